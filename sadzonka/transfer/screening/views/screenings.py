"""Starting a screening, watching it, and reading what it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from sadzonka.common.pages import NothingHere
from sadzonka.common.tables import csv_answer
from sadzonka.people.signed_in import person_of
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.actions.screenings import (
    UNDER_WAY,
    ScreeningIsUnderWay,
    is_stuck,
    start_again,
    start_screening,
)
from sadzonka.transfer.screening.door import let_in, screening_or_404
from sadzonka.transfer.screening.exports import screening_rows
from sadzonka.transfer.screening.forms import ChoosingForm, StartForm
from sadzonka.transfer.screening.lines import groups_shown, summary_of
from sadzonka.transfer.screening.queries import (
    counties_in,
    fitting,
    outcome_found,
    regions_to_screen,
    screenings,
)
from sadzonka.transfer.screening.ranking import in_order
from sadzonka.transfer.screening.rules import may_screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.common.pages import PageRequest
    from sadzonka.transfer.models import Screening
    from sadzonka.transfer.screening.outcome import Outcome

SCREENINGS_ON_A_PAGE = 25
MUNICIPALITIES_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def screening_list(request: HttpRequest) -> HttpResponse:
    """List the screenings; start one."""
    let_in(request)
    if request.method != "POST":
        return _listed(request, _start_form(request) if may_screen(request.user) else None)
    form = _start_form(request)
    if not form.is_valid():
        return _listed(request, form, status=422)
    return redirect(start_screening(by=person_of(request), **form.wanted()))


def _start_form(request: HttpRequest) -> StartForm:
    return StartForm(
        request.POST if request.method == "POST" else None,
        versions=list(analysable_versions()),
        regions=regions_to_screen(),
    )


def _listed(request: HttpRequest, form: StartForm | None, status: int = 200) -> HttpResponse:
    page = Paginator(screenings(), SCREENINGS_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, one.version.text_in(), words.weights_words(one.weights), is_stuck(one)) for one in page]
    return render(
        request, "transfer/screening/list.html", {"form": form, "page_obj": page, "rows": rows}, status=status
    )


@require_safe
@never_cache
@login_required
def screening(request: PageRequest, number: int) -> HttpResponse:
    """Show how far a screening is, or what it found."""
    found = screening_or_404(request, number)
    is_under_way = found.state in UNDER_WAY
    if request.htmx.target == "standing":
        if is_under_way and not is_stuck(found):
            return render(request, "transfer/screening/_standing.html", {"screening": found})
        return HttpResponseClientRefresh()
    return render(
        request,
        "transfer/screening/screening.html",
        {
            "screening": found,
            "text": found.version.text_in(),
            "weights": words.weights_words(found.weights),
            "is_under_way": is_under_way,
            "is_stuck": is_stuck(found),
            "complaint": words.complaint_of(found.complaint),
            "may_screen": may_screen(request.user),
            **_shown(request, found, outcome_found(found)),
        },
    )


def _shown(request: HttpRequest, found: Screening, outcome: Outcome | None) -> dict[str, object]:
    if outcome is None:
        return {"summary": None}
    form = _choosing(request, found)
    rows = fitting(found, outcome, in_order(outcome).tolist(), form.chosen())
    page = Paginator(rows, MUNICIPALITIES_ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "summary": summary_of(outcome),
        "choosing": form,
        "page_obj": page,
        "count": len(rows),
        "groups": groups_shown(found, outcome, list(page)),
        "provenance": found.provenance,
    }


def _choosing(request: HttpRequest, found: Screening) -> ChoosingForm:
    return ChoosingForm(request.GET, counties=counties_in(found), has_regions=found.region_id is None)


@require_POST
@login_required
def screening_again(request: HttpRequest, number: int) -> HttpResponse:
    """Start again what failed or stands still."""
    found = screening_or_404(request, number)
    try:
        start_again(screening=found, by=person_of(request))
    except ScreeningIsUnderWay:
        messages.info(request, _("This screening is under way, or has ended."))
    else:
        messages.success(request, _("It was started again."))
    return redirect(found)


@require_safe
@never_cache
@login_required
def screening_table(request: HttpRequest, number: int) -> HttpResponse:
    """Send what a screening found as a table, the municipalities that are chosen only."""
    found = screening_or_404(request, number)
    outcome = outcome_found(found)
    if outcome is None:
        raise NothingHere(_("There is no table yet: the screening has found nothing so far."))
    rows = fitting(found, outcome, in_order(outcome).tolist(), _choosing(request, found).chosen())
    return csv_answer(screening_rows(found, outcome, rows), name=f"screening-{number}.csv")
