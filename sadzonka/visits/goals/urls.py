"""Addresses: goals of a visit against evidence."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.goals import views

urlpatterns = [
    path(_("visits/<slug:slug>/goals/"), views.goals, name="goals"),
    path(_("visits/<slug:slug>/desk/goals/"), views.goals_edit, name="goals_edit"),
]
