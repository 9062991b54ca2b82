"""Addresses of the exchange about visits, and of the one about everything."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.exchange import views

urlpatterns: list[URLPattern] = [
    path(_("exchange/"), views.exchange, name="exchange"),
    path(_("visits/<slug:slug>/exchange/"), views.visit_exchange, name="visit_exchange"),
    path(_("visits/<slug:slug>/exchange/ask/"), views.visit_ask, name="visit_ask"),
]
