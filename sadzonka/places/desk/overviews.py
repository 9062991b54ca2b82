"""What statistics there are: releases, coverage by indicator and year, and what is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.places.desk import words
from sadzonka.places.desk.ageing import ages_of, lists_of_units
from sadzonka.places.desk.coverage import coverage_of
from sadzonka.places.desk.door import let_in
from sadzonka.places.desk.queries import (
    countries_with_figures,
    extent_of,
    publishers_and_layouts,
    release_called,
    releases_matching,
)
from sadzonka.places.desk.rules import may_import

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.places.models import Country

RELEASES_ON_A_PAGE = 50


@require_safe
@never_cache
@login_required
def releases(request: HttpRequest) -> HttpResponse:
    """List what offices published, by publisher and layout."""
    let_in(request)
    publishers, layouts = publishers_and_layouts()
    publisher, layout = request.GET.get("publisher", ""), request.GET.get("layout", "")
    page = Paginator(releases_matching(publisher=publisher, layout=layout), RELEASES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "places/desk/releases.html",
        {
            "page_obj": page,
            "rows": [(one, words.name_of(one.layout)) for one in page],
            "publishers": publishers,
            "layouts": [(slug, words.name_of(slug)) for slug in layouts],
            "publisher": publisher,
            "layout": layout,
        },
    )


@require_safe
@never_cache
@login_required
def release(request: HttpRequest, key: str) -> HttpResponse:
    """Show one release: where it comes from, and what it says of which years."""
    let_in(request)
    found = release_called(key)
    if found is None:
        raise NothingHere(_("There is no release at this address."))
    return render(
        request,
        "places/desk/release.html",
        {
            "release": found,
            "layout": words.name_of(found.layout),
            "extent": extent_of(found),
            "may_import": may_import(request.user),
        },
    )


def _chosen(request: HttpRequest, known: list[Country]) -> Country | None:
    """Return the country asked for, the first one when none is; one that is not known is not here."""
    wanted = request.GET.get("country", "").upper()
    if not wanted:
        return known[0] if known else None
    found = next((country for country in known if country.code == wanted), None)
    if found is None:
        raise NothingHere(_("There are no figures of this country."))
    return found


@require_safe
@never_cache
@login_required
def coverage(request: HttpRequest) -> HttpResponse:
    """Show how many of how many municipalities have which figure of which year."""
    let_in(request)
    known = countries_with_figures()
    country = _chosen(request, known)
    return render(
        request,
        "places/desk/coverage.html",
        {"countries": known, "country": country, "coverage": coverage_of(country) if country else None},
    )


@require_safe
@never_cache
@login_required
def stale(request: HttpRequest) -> HttpResponse:
    """Show which figures and lists of units are too old, what becomes of them and where newer ones are."""
    let_in(request)
    known = countries_with_figures()
    country = _chosen(request, known)
    return render(
        request,
        "places/desk/stale.html",
        {
            "countries": known,
            "country": country,
            "ages": ages_of(country) if country else [],
            "lists": lists_of_units(known),
            "may_import": may_import(request.user),
        },
    )
