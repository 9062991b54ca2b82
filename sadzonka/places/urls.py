"""Addresses of places and statistics; before those of analyses, whose last part is the slug of a practice."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.places.atlas import views
from sadzonka.places.desk import urls as desk
from sadzonka.places.likeness import views as likeness

urlpatterns: list[URLPattern] = [
    path(_("municipalities/<str:country>/"), views.country, name="country"),
    path(_("municipalities/<str:country>/map.svg"), views.country_map, name="country_map"),
    path(_("municipalities/<str:country>/region/<str:code>/"), views.region, name="region"),
    path(_("municipalities/<str:country>/county/<str:code>/"), views.county, name="county"),
    path(_("municipalities/<str:country>/<str:code>/through-time/"), views.through_time, name="through_time"),
    path(_("municipalities/<str:country>/<str:code>/likenesses/"), likeness.likenesses, name="likenesses"),
    path(_("indicators/"), views.indicators, name="indicators"),
    path(_("indicators/<slug:key>/"), views.indicator, name="indicator"),
    *desk.urlpatterns,
]
