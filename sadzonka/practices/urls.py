"""Addresses of ideas and interest."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.practices import exchange
from sadzonka.practices.ideas import declaring, views

urlpatterns: list[URLPattern] = [
    path(_("practices/<slug:slug>/exchange/"), exchange.practice_exchange, name="practice_exchange"),
    path(_("practices/<slug:slug>/exchange/ask/"), exchange.practice_ask, name="practice_ask"),
    path(_("practices/<slug:slug>/interest/"), declaring.interest, name="interest"),
    path(_("ideas/"), views.idea_list, name="ideas"),
    path(_("ideas/new/"), views.idea_new, name="idea_new"),
    path(_("ideas/<int:pk>/"), views.idea, name="idea"),
    path(_("ideas/<int:pk>/edit/"), views.idea_edit, name="idea_edit"),
    path(_("ideas/<int:pk>/interest/"), declaring.idea_interest, name="idea_interest"),
    path(_("ideas/<int:pk>/hide/"), views.idea_hide, name="idea_hide"),
    path(_("ideas/<int:pk>/practice/"), views.idea_practice, name="idea_practice"),
]
