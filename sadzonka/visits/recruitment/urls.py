"""Addresses: from the call to a confirmed group: applications, checks, scores, choice, reserve."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.recruitment.views import applications, applying, calls, choosing, links

urlpatterns = [
    path(_("visits/<slug:slug>/apply/"), applying.apply, name="apply"),
    path(_("application/<str:token>/"), links.application, name="application"),
    path(_("application/<str:token>/answer/"), links.application_answer, name="application_answer"),
    path(_("delegation/<str:token>/"), links.delegation, name="delegation"),
    path(_("visits/<slug:slug>/desk/call/"), calls.call_edit, name="call_edit"),
    path(_("visits/<slug:slug>/desk/applications/"), applications.applications, name="applications"),
    path(
        _("visits/<slug:slug>/desk/applications/<slug:reference>/"),
        applications.application_desk,
        name="application_desk",
    ),
    path(_("visits/<slug:slug>/desk/choice/"), choosing.choice, name="choice"),
]
