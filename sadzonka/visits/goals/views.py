"""The goals of a visit against evidence, for everybody; and the form in which staff record them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.people.signed_in import person_of
from sadzonka.visits.goals.actions import record_goals
from sadzonka.visits.goals.forms import GoalsForm
from sadzonka.visits.goals.outcomes import tally
from sadzonka.visits.goals.queries import outcomes_with_pages, visit_with_goals
from sadzonka.visits.pages import at_desk
from sadzonka.visits.queries import announced_visits
from sadzonka.visits.rules import may_read_desk, may_run_visit, may_see_visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.visits.models import Visit


@require_safe
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_with_goals(slug)
    if visit is None or not may_see_visit(request.user, visit):
        raise NothingHere(_("There is no visit at this address."), list(announced_visits()[:3]))
    return render(request, "visits/goals/goals.html", _page(request, visit))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def goals_edit(request: HttpRequest, slug: str) -> HttpResponse:
    visit = at_desk(request, visit_with_goals(slug))
    if not may_run_visit(request.user):
        return redirect("goals", visit.slug)
    form = GoalsForm(visit, request.POST if request.method == "POST" else None)
    if form.is_valid():
        changed = record_goals(visit=visit, by=person_of(request), records=form.records())
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("goals_edit", visit.slug)
    status = 422 if form.is_bound else 200
    return render(request, "visits/goals/edit.html", {**_page(request, visit), "form": form}, status=status)


def _page(request: HttpRequest, visit: Visit) -> dict[str, object]:
    outcomes = outcomes_with_pages(visit, visit.goals.all())
    return {
        "visit": visit,
        "outcomes": outcomes,
        "tally": tally(outcomes),
        "may_record": may_run_visit(request.user),
        "may_read_attendance": may_read_desk(request.user),
        "marks": visit.project.programme.marks.all() if visit.project else [],
    }
