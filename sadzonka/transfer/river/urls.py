"""Addresses of the river."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.river import views

urlpatterns: list[URLPattern] = [
    path(_("visits/series/<slug:slug>/river/"), views.series_river, name="series_river"),
    path(_("visits/<slug:slug>/river/"), views.visit_river, name="visit_river"),
]
