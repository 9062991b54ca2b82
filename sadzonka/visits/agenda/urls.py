"""Addresses: agendas that do not contradict themselves, confirmed by their hosts."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.agenda import views

urlpatterns = [
    path(_("visits/<slug:slug>/agenda/"), views.visit_agenda, name="visit_agenda"),
    path(_("visits/<slug:slug>/agenda.ics"), views.visit_calendar, name="visit_calendar"),
    path(_("visits/<slug:slug>/desk/hosts/"), views.host_requests, name="host_requests"),
    path(_("hosting/<str:token>/"), views.hosting, name="hosting"),
]
