"""Reading, checking and scoring applications at the desk."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.signed_in import person_of
from sadzonka.visits.models import Application
from sadzonka.visits.recruitment.actions import (
    NotToBeChecked,
    NotToBeScored,
    TooLate,
    check_application,
    score_application,
    withdraw,
)
from sadzonka.visits.recruitment.forms.answering import AnswerForm
from sadzonka.visits.recruitment.forms.desk import CheckForm, ScoreForm
from sadzonka.visits.recruitment.forms.renewing import renew
from sadzonka.visits.recruitment.queries import (
    application_of_call,
    applications_of,
    practices_to_choose,
    scorings_of,
)
from sadzonka.visits.recruitment.rules import CHECKED, SCORED, can_be_withdrawn, may_score
from sadzonka.visits.recruitment.views.desk import call_at_desk
from sadzonka.visits.rules import may_run_visit


@never_cache
@require_safe
@login_required
def applications(request: HttpRequest, slug: str) -> HttpResponse:
    """List the applications of a call, all or those in one state."""
    call = call_at_desk(request, slug)
    everything = applications_of(call)
    state = request.GET.get("state", "")
    found = [one for one in everything if one.state == state or state not in Application.State.values]
    points, reviewers = scorings_of(call, found), list(call.reviewers.all())
    per_state = Counter(one.state for one in everything)
    per_municipality = Counter(
        one.municipality_id for one in everything if one.state != Application.State.STARTED
    )
    return render(
        request,
        "visits/recruitment/applications.html",
        {
            "visit": call.visit,
            "call": call,
            "total": len(everything),
            "state": state if state in Application.State.values else "",
            "states": [
                (value, label, per_state[value])
                for value, label in Application.State.choices
                if per_state[value]
            ],
            "held": sum(one.state in Application.HOLD_A_PLACE for one in everything),
            "lines": [
                (
                    one,
                    points[one.pk].shown_to(request.user, reviewers),  # type: ignore[arg-type]
                    per_municipality[one.municipality_id],
                )
                for one in found
            ],
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def application_desk(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Show everything about an application; check it, score it, withdraw it on the applicant's word."""
    call = call_at_desk(request, slug)
    found = application_of_call(call, reference)
    if found is None:
        raise NothingHere(_("This visit has no application of this reference."))
    page = ApplicationPage(request, found)
    if request.method != "POST":
        return page.shown()
    answers = {"check": page.check, "score": page.score, "withdraw": page.withdraw}
    answer = answers.get(request.POST.get("part", ""))
    if answer is None:
        return page.shown(status=422)
    return answer()


class ApplicationPage:
    """One application with the forms of whoever looks at it."""

    def __init__(self, request: HttpRequest, application: Application) -> None:
        self.request, self.application, self.call = request, application, application.call
        self.part = request.POST.get("part", "")
        self.scoring = scorings_of(self.call, [application])[application.pk]
        self.is_reviewer = may_score(request.user, self.call)
        own = self.scoring.by_reviewer.get(request.user, {})  # type: ignore[arg-type]
        self.checking = CheckForm(self._data("check"), application=application)
        self.scores = ScoreForm(self._data("score"), criteria=self.scoring.criteria, given=own)
        self.withdrawing = AnswerForm(self._data("withdraw"), prefix="withdraw")

    def _data(self, part: str) -> QueryDict | None:
        return self.request.POST if self.part == part else None

    def check(self) -> HttpResponse:
        if not self.checking.is_valid():
            return self.shown(status=422)
        cleaned = self.checking.cleaned_data
        try:
            check_application(
                application=self.application,
                revision=cleaned["revision"],
                decision=Application.State(cleaned["decision"]),
                reason=cleaned["reason"],
                by=person_of(self.request),
            )
        except StaleForm as stale:
            self.checking.add_error(
                None,
                _(
                    "This application has changed since you opened the page. What it says now stands here; "
                    "what you typed is kept. Save again if it still holds."
                ),
            )
            renew(self.checking, stale.record.revision)
            return self.shown(status=409)
        except NotToBeChecked:
            messages.warning(self.request, _("This application is past the formal check."))
            return self.back()
        messages.success(self.request, _("Noted. If there is something to tell, the mail waits for review."))
        return self.back()

    def score(self) -> HttpResponse:
        if not self.is_reviewer:
            raise NothingHere(_("Only the reviewers of the call give points."))
        if not self.scores.is_valid():
            return self.shown(status=422)
        try:
            score_application(
                application=self.application,
                points=self.scores.points(),
                by=person_of(self.request),
            )
        except NotToBeScored:
            messages.warning(self.request, _("Points are given between the sending and the choice."))
        else:
            messages.success(self.request, _("Your points are saved."))
        return self.back()

    def withdraw(self) -> HttpResponse:
        if not self.withdrawing.is_valid():
            return self.shown(status=422)
        try:
            withdraw(
                application=self.application,
                reason=self.withdrawing.cleaned_data["reason"],
                by=person_of(self.request),
            )
        except TooLate:
            messages.warning(self.request, _("This application can no longer be withdrawn."))
        else:
            messages.success(self.request, _("Withdrawn; the reserve list has moved up where it could."))
        return self.back()

    def back(self) -> HttpResponse:
        return redirect("application_desk", self.call.visit.slug, self.application.reference)

    def shown(self, *, status: int = 200) -> HttpResponse:
        found, is_staff = self.application, may_run_visit(self.request.user)
        titles = dict(practices_to_choose(self.call.visit))
        return render(
            self.request,
            "visits/recruitment/application_desk.html",
            {
                "visit": self.call.visit,
                "call": self.call,
                "application": found,
                "practices": [titles.get(practice, practice.slug) for practice in found.practices.all()],
                "points": self.scoring.shown_to(
                    person_of(self.request),
                    self.call.reviewers.all(),
                ),
                "reviews": len(self.scoring.complete),
                "checking": self.checking if is_staff and found.state in CHECKED else None,
                "scores": self.scores if self.is_reviewer and found.state in SCORED else None,
                "withdrawing": self.withdrawing if is_staff and can_be_withdrawn(found) else None,
            },
            status=status,
        )
