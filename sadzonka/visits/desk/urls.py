"""Addresses: running a visit: its states, its call, its mails."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.desk import views

urlpatterns: list[URLPattern] = [
    path(_("desk/"), views.desks, name="desks"),
    path(_("visits/<slug:slug>/desk/"), views.desk, name="desk"),
    path(_("visits/<slug:slug>/desk/state/"), views.desk_state, name="desk_state"),
    path(_("visits/<slug:slug>/desk/mails/"), views.desk_mails, name="desk_mails"),
]
