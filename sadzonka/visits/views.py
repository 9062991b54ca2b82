"""Visits, their series, and one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.practices.ideas.queries import interests_in_versions
from sadzonka.visits.agenda.queries import days_of
from sadzonka.visits.agenda.replies import confirmations
from sadzonka.visits.goals.outcomes import tally
from sadzonka.visits.goals.queries import outcomes_of
from sadzonka.visits.lifecycle import ENDED
from sadzonka.visits.observation.queries import agreed_debriefs
from sadzonka.visits.queries import (
    announced_visits,
    series_with_visits,
    versions_seen_on,
    visit_whole,
    visits_by_series,
)
from sadzonka.visits.recruitment.queries import call_of
from sadzonka.visits.recruitment.rules import standing_of
from sadzonka.visits.rules import may_observe, may_see_visit

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
    versions = list(versions_seen_on(found))
    return render(
        request,
        "visits/visit.html",
        {
            "visit": found,
            "is_over": found.state in ENDED,
            "call": call_of(found),
            "call_stands": standing_of(call_of(found)),
            "days": days_of(found.agenda.all()),
            "confirmations": confirmations(found.agenda.all()),
            "versions": versions,
            "interests": interests_in_versions(versions, since=found.starts_on),
            "agreed": agreed_debriefs(found),
            "may_observe": may_observe(request.user, found),
            "tally": tally(outcomes_of(found, found.goals.all())),
            "marks": found.project.programme.marks.all() if found.project else [],
        },
    )
