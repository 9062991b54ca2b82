"""Addresses: sheets, debriefs, and the agreed text."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.observation import views

urlpatterns: list[URLPattern] = [
    path(_("visits/<slug:slug>/sheets/<slug:key>/"), views.sheet, name="sheet"),
    path(_("visits/<slug:slug>/debriefs/"), views.debriefs, name="debriefs"),
    path(_("visits/<slug:slug>/debriefs/<slug:key>/"), views.debrief, name="debrief"),
    path(_("visits/<slug:slug>/debriefs/<slug:key>/reopen/"), views.reopen, name="debrief_reopen"),
    path(_("visits/<slug:slug>/debriefs/<slug:key>/card/"), views.make_card, name="debrief_card"),
    path(_("visits/<slug:slug>/debriefs/<slug:key>/idea/"), views.make_idea, name="debrief_idea"),
    path(_("visits/<slug:slug>/agreed/<slug:key>/"), views.agreed_text, name="agreed_text"),
]
