"""The river of one visit and of a series."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.transfer.river.drawing import river
from sadzonka.transfer.river.queries import Followed, what_followed
from sadzonka.visits.models import Series, Visit
from sadzonka.visits.queries import announced_visits, series_with_visits
from sadzonka.visits.rules import may_see_visit


@require_safe
def visit_river(request: HttpRequest, slug: str) -> HttpResponse:
    found = Visit.objects.select_related("series").filter(slug=slug).first()
    if found is None or not may_see_visit(request.user, found):
        raise NothingHere(_("There is no visit at this address."), list(announced_visits()[:3]))
    return _river(request, found, [found])


@require_safe
def series_river(request: HttpRequest, slug: str) -> HttpResponse:
    found = series_with_visits(slug)
    if found is None:
        raise NothingHere(_("There is no series of visits at this address."))
    return _river(request, found, found.announced)  # type: ignore[attr-defined]


def _river(request: HttpRequest, subject: Visit | Series, visits: Sequence[Visit]) -> HttpResponse:
    followed = what_followed(visits)
    rows = stations(followed.total)
    return render(
        request,
        "transfer/river/river.html",
        {
            "subject": subject,
            "name": subject.title if isinstance(subject, Visit) else subject.name,
            "is_series": isinstance(subject, Series),
            "visit_count": len(visits),
            "followed": followed,
            "rows": rows,
            "river": river(rows),
        },
    )


def stations(total: Followed) -> list[tuple[str, int]]:
    """Return the stations of the river from its spring, each with its number."""
    return [
        (_("practices with a card"), total.practices),
        (_("municipalities interested"), total.interest),
        (_("assessments started"), total.assessments),
        (_("assessments stored"), total.stored),
        (_("plans"), total.plans),
        (_("decisions to adopt"), total.adopted),
        (_("services started"), total.started),
        (_("services delivered"), total.delivered),
        (_("sustained for 12 months or longer"), total.sustained),
    ]
