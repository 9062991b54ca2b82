"""Places for everybody: a country, a region, a county, a municipality through time, and the indicators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.common.tables import csv_answer
from sadzonka.places.atlas.browsing import (
    MANY,
    RegionalFigures,
    counties_of,
    listed,
    newest_known,
    real_count,
    regional_series,
    regions_of,
    under_counties,
)
from sadzonka.places.atlas.extents import extents, regional_countries, releases_with, year_counts
from sadzonka.places.atlas.maps import drawing_of, map_by_county, map_by_region, municipalities_map
from sadzonka.places.atlas.through_time import (
    COLUMNS,
    Series,
    changes_of,
    contexts_of,
    endings_of,
    releases_of,
    rows_of,
    series_of_place,
    table_of,
)
from sadzonka.places.models import Country, County, Indicator, Region
from sadzonka.places.pages import place_or_404
from sadzonka.places.queries import Place

A_DAY = 86_400


# --- browsing


@require_safe
def country(request: HttpRequest, country: str) -> HttpResponse:
    found = _country_or_404(country)
    if country != found.code:
        return redirect(found)
    parts = regions_of(found)
    return render(
        request,
        "places/country.html",
        {
            "country": found,
            "parts": parts,
            "count": real_count(parts),
            "map": map_by_region(found, parts),
            "regional": RegionalFigures(regional_series(found.code, None)),
        },
    )


@require_safe
def country_map(request: HttpRequest, country: str) -> HttpResponse:
    """Answer with the outlines of a country's regions, to which its pages refer; browsers keep them."""
    drawing = drawing_of(_country_or_404(country), "region")
    if drawing.outlines is None:
        raise NothingHere(_("There is no map of this country: no boundaries or coordinates are known."))
    etag = quote_etag(drawing.tag)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or render(
        request, "places/country_map.svg", {"drawing": drawing}, content_type="image/svg+xml"
    )
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=A_DAY)
    return response


@require_safe
def region(request: HttpRequest, country: str, code: str) -> HttpResponse:
    found = Region.objects.select_related("country").filter(country=country.upper(), code=code).first()
    if found is None:
        raise _nothing_in(country)
    if country != found.country_id:
        return redirect(found)
    counties = counties_of(found)
    is_large = sum(part.count for part in counties) > MANY
    municipalities = [] if is_large else listed(found)
    return render(
        request,
        "places/region.html",
        {
            "region": found,
            "country": found.country,
            "counties": counties,
            "groups": under_counties(municipalities, counties) if municipalities else [],
            "count": real_count(counties),
            "map": map_by_county(found, counties) if is_large else municipalities_map(found, municipalities),
            "regional": RegionalFigures(regional_series(found.country_id, found)),
        },
    )


@require_safe
def county(request: HttpRequest, country: str, code: str) -> HttpResponse:
    counties = County.objects.select_related("region__country")
    found = counties.filter(region__country=country.upper(), code=code).order_by("pk").first()
    if found is None:
        raise _nothing_in(country)
    if country != found.region.country_id:
        return redirect(found)
    municipalities = listed(found)
    populations = newest_known("population", [one.number for one in municipalities])
    return render(
        request,
        "places/county.html",
        {
            "county": found,
            "rows": [(one, populations.get(one.number)) for one in municipalities],
            "releases": sorted({row.release for row in populations.values()}, key=lambda one: one.key),
            "map": municipalities_map(found, municipalities),
        },
    )


def _country_or_404(code: str) -> Country:
    found = Country.objects.filter(code=code.upper()).first()
    if found is None:
        raise NothingHere(_("There is no country at this address."), list(Country.objects.all()[:3]))
    return found


def _nothing_in(country: str) -> NothingHere:
    near = list(Country.objects.filter(code=country.upper()))
    return NothingHere(_("There is no region or county at this address."), near)


# --- through time


@require_safe
def through_time(request: HttpRequest, country: str, code: str) -> HttpResponse:
    place = place_or_404(country, code)
    if country != place.municipality.country_id:
        address = reverse("through_time", args=[place.municipality.country_id, code])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    key = request.GET.get("indicator", "")[:50]
    series = series_of_place(place, key)
    if key and not series:
        raise NothingHere(
            _("Nothing is known of this indicator here."), list(Indicator.objects.filter(key=key))
        )
    if request.GET.get("format") == "csv":
        return _table(place, series)
    return _one_indicator(request, place, series[0]) if key else _all_indicators(request, place, series)


def _all_indicators(request: HttpRequest, place: Place, series: list[Series]) -> HttpResponse:
    shown = {"series": series, **_territory(place)}
    return render(request, "places/through_time.html", shown)


def _one_indicator(request: HttpRequest, place: Place, series: Series) -> HttpResponse:
    contexts, releases = contexts_of(place, series.indicator), releases_of(series)
    shown = {
        "series": series,
        "contexts": contexts,
        "rows": rows_of(series, contexts, releases),
        "releases": releases,
        **_territory(place),
    }
    return render(request, "places/one_indicator.html", shown)


def _territory(place: Place) -> dict[str, object]:
    return {"place": place, "changes": changes_of(place), "endings": endings_of(place)}


def _table(place: Place, series: list[Series]) -> HttpResponse:
    name = "-".join([place.municipality.country_id, place.municipality.code, *_keys(series)])
    return csv_answer([COLUMNS, *table_of(place, series)], name=f"{name}.csv")


def _keys(series: list[Series]) -> list[str]:
    return [series[0].indicator.key] if len(series) == 1 else []


# --- indicators


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    known = extents()
    found = Indicator.objects.select_related("numerator", "denominator")
    rows = [(one, known.get(one.pk, [])) for one in found]
    return render(request, "places/indicators.html", {"rows": rows})


@require_safe
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    found = Indicator.objects.select_related("numerator", "denominator").filter(key=key).first()
    if found is None:
        raise NothingHere(_("There is no indicator at this address."), list(Indicator.objects.all()[:3]))
    return render(
        request,
        "places/indicator.html",
        {
            "indicator": found,
            "counts": year_counts(found),
            "regional_countries": regional_countries(found),
            "releases": releases_with(found),
        },
    )
