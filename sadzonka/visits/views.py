"""Visits, their series, and one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.visits.queries import (
    announced_visits,
    series_with_visits,
    versions_seen_on,
    visit_whole,
    visits_by_series,
)
from sadzonka.visits.rules import may_see_visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def visit_list(request: HttpRequest) -> HttpResponse:
    return render(request, "visits/list.html", {"visits": visits_by_series()})


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = series_with_visits(slug)
    if found is None:
        raise NothingHere(_("There is no series of visits at this address."))
    return render(request, "visits/series.html", {"series": found})


@require_safe
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    found = visit_whole(slug)
    if found is None or not may_see_visit(request.user, found):
        raise NothingHere(_("There is no visit at this address."), list(announced_visits()[:3]))
    return render(
        request,
        "visits/visit.html",
        {
            "visit": found,
            "versions": versions_seen_on(found),
            "marks": found.project.programme.marks.all() if found.project else [],
        },
    )
