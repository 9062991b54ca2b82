"""Addresses: who was there, and the papers that say so."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.attendance import views

urlpatterns = [
    path(_("visits/<slug:slug>/desk/attendance/"), views.attendance, name="attendance"),
    path(_("visits/<slug:slug>/desk/attendance/<slug:key>/"), views.attendance_item, name="attendance_item"),
    path(
        _("visits/<slug:slug>/papers/attendance-<slug:which>.pdf"),
        views.attendance_list,
        name="attendance_list",
    ),
    path(_("visits/<slug:slug>/papers/programme.pdf"), views.programme, name="programme"),
    path(_("visits/<slug:slug>/papers/certificates.pdf"), views.certificates, name="certificates"),
    path(
        _("visits/<slug:slug>/papers/certificate-<slug:reference>.pdf"),
        views.certificate,
        name="certificate",
    ),
]
