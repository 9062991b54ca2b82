"""The team of a municipality, and the pages on which it assesses a practice together."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sadzonka.common.once import renewed
from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.rules import affiliation_of, may_keep_municipality
from sadzonka.people.signed_in import person_of
from sadzonka.places.queries import Place, place
from sadzonka.practices.ideas.queries import interests_of
from sadzonka.practices.queries import shown_versions
from sadzonka.transfer.answer import answer_page
from sadzonka.transfer.assessment import actions, queries, rules, stored
from sadzonka.transfer.assessment.agreement import reliability
from sadzonka.transfer.assessment.forms import BallotForm, ConditionsForm, NextForm, StartForm
from sadzonka.transfer.models import MOST_ROUNDS, Assessment
from sadzonka.transfer.queries import is_in_force

# --- the team


@never_cache
@login_required
@require_safe
def team(request: HttpRequest, country: str, code: str) -> HttpResponse:
    found = _team_or_404(request, country, code)
    if country != found.municipality.country_id:
        return redirect("team", found.municipality.country_id, code)
    return _team_page(request, found, StartForm(shown_versions()))


@never_cache
@login_required
@require_POST
def assessment_start(request: HttpRequest, country: str, code: str) -> HttpResponse:
    found, person = _team_or_404(request, country, code), person_of(request)
    if not may_keep_municipality(person, found.municipality):
        raise NothingHere(_("You cannot start an assessment for this municipality."), [found.municipality])
    form = StartForm(shown_versions(), request.POST)
    if not form.is_valid():
        return _team_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.versions[form.cleaned_data["practice"]]
    return redirect(actions.start_assessment(municipality=found.municipality, version=version, by=person))


def _team_page(
    request: HttpRequest, found: Place, form: StartForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    person = person_of(request)
    assessments = list(queries.assessments_of(found.municipality))
    return render(
        request,
        "transfer/assessment/team.html",
        {
            "municipality": found.municipality,
            "period": found.period,
            "is_mine": affiliation_of(person, found.municipality) is not None,
            "may_keep": may_keep_municipality(person, found.municipality),
            "people": queries.people_of(found.municipality),
            "open": [one for one in assessments if one.is_open],
            "stored": [one for one in assessments if not one.is_open],
            "plans": queries.plans_of(found.municipality),
            "interests": interests_of(found.municipality, form.versions.values()),
            "form": form,
        },
        status=status,
    )


def _team_or_404(request: HttpRequest, country: str, code: str) -> Place:
    found = place(country, code)
    if found is None or not rules.may_see_team(request.user, found.municipality):
        raise NothingHere(_("There is no municipality at this address for which you work."))
    return found


# --- one assessment


@never_cache
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = queries.assessment_whole(pk)
    if found is None or not rules.may_see_assessment(request.user, found):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise _nothing_here()
    return _assessment_page(request, found)


@never_cache
@login_required
@require_POST
def assessment_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round, open the next one, or store: one step from where the page was."""
    found, person = _teams_or_404(request, pk), person_of(request)
    if not rules.may_keep_assessment(person, found):
        raise _nothing_here()
    form = NextForm(request.POST)
    if not form.is_valid():
        damaged = _("This form is damaged. Open the page anew.")
        return _assessment_page(request, found, damaged, HTTPStatus.UNPROCESSABLE_ENTITY)
    step, number = form.cleaned_data["step"], form.cleaned_data["round"]
    try:
        if step == NextForm.CLOSE:
            actions.close_round(assessment=found, by=person, number=number)
        elif step == NextForm.OPEN:
            actions.open_round(assessment=found, by=person, number=number)
        else:
            actions.store_assessment(assessment=found, by=person)
    except (actions.AssessmentHasMovedOn, actions.NoMoreRounds):
        now = queries.assessment_whole(pk) or found
        moved = _("Somebody has led this assessment on meanwhile. Here is where it stands now.")
        return _assessment_page(request, now, moved, HTTPStatus.CONFLICT)
    return redirect(found)


def _assessment_page(
    request: HttpRequest, found: Assessment, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = _context(request, found) | {"problem": problem}
    if found.is_open:
        context |= _open_context(request, found)
        return render(request, "transfer/assessment/open.html", context, status=status)
    check = stored.check(found)
    if not check.complaint:
        outlook = stored.stored_outlook(found)
        context |= {"outlook": outlook, "answer": answer_page(outlook)}
    context |= {"check": check, "panel": stored.panel_lines(found)}
    return render(request, "transfer/assessment/stored.html", context, status=status)


def _context(request: HttpRequest, found: Assessment) -> dict[str, Any]:
    """Return what every page of an assessment needs."""
    return {
        "assessment": found,
        "municipality": found.municipality,
        "period": found.municipality.period_at(),
        "version": found.version,
        "text": found.version.text_in(),
        "may_see_team": rules.may_see_team(request.user, found.municipality),
        "may_keep": rules.may_keep_assessment(request.user, found),
        "most_rounds": MOST_ROUNDS,
    }


def _open_context(request: HttpRequest, found: Assessment) -> dict[str, Any]:
    own = queries.own_ballot(found, request.user)
    groups, findings, today = queries.turnout(found), queries.findings_of(found), timezone.localdate()
    has_sent = own is not None and own.is_sent
    return {
        "may_answer": rules.may_answer(request.user, found),
        "own": own,
        "may_see_round": rules.may_see_round(request.user, found, found.round, has_sent=has_sent),
        "groups": groups,
        "people_count": sum(group.people for group in groups),
        "sent_count": sum(group.sent for group in groups),
        "questions": queries.questions_of(found.version),
        "clauses": [
            (
                clause,
                [(one, findings.get(one.key), is_in_force(one, today)) for one in clause.alternatives.all()],
            )
            for clause in found.version.clauses.all()
        ],
    }


@never_cache
@require_safe
def assessment_record(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a stored assessment as data: enough to compute it again anywhere."""
    found = Assessment.objects.filter(pk=pk).first()
    if found is None or found.is_open:
        raise _nothing_here()
    return JsonResponse(stored.public_record(found), json_dumps_params={"ensure_ascii": False, "indent": 2})


# --- answering


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _teams_or_404(request, pk), person_of(request)
    if not rules.may_answer(person, found):
        raise _nothing_here()
    own = queries.own_ballot(found, person)
    if request.method == "POST":
        return _answered(request, found, BallotForm(found.version, request.POST))
    if found.state != Assessment.State.RATING:
        return redirect(found)
    form = BallotForm.showing(found, own, queries.newest_own_ballot(found, person))
    return _ballot_page(request, found, form, is_sent=own is not None and own.is_sent)


def _answered(request: HttpRequest, found: Assessment, form: BallotForm) -> HttpResponse:
    if not form.is_valid():
        return _ballot_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answer = actions.send_ballot if form.is_sending else actions.save_ballot
    try:
        answer(
            assessment=found,
            by=person_of(request),
            number=form.cleaned_data["round"],
            revision=form.cleaned_data["revision"],
            answers=form.answers(),
        )
    except StaleForm as stale:
        kept = BallotForm(found.version, renewed(request.POST, stale.record))
        problem = _(
            "You saved other answers meanwhile, perhaps in another tab. What you wrote is still here: "
            "save or send it again, and it takes their place."
        )
        return _ballot_page(request, found, kept, problem, HTTPStatus.CONFLICT)
    except actions.BallotIsSent:
        problem = _("You have sent your answers of this round already; what you wrote here was not stored.")
        return _ballot_page(request, found, form, problem, HTTPStatus.CONFLICT, is_sent=True)
    except actions.AssessmentHasMovedOn:
        problem = _(
            "This round was closed meanwhile. What you wrote was not stored; you can copy it from here."
        )
        return _ballot_page(request, found, form, problem, HTTPStatus.CONFLICT, is_sent=True)
    if form.is_sending:
        messages.success(request, _("Thank you, your answers are sent."))
        return redirect("discussion", found.pk)
    messages.success(request, _("Your answers are saved. Nobody else sees them until you send them."))
    return redirect("ballot", found.pk)


def _ballot_page(
    request: HttpRequest,
    found: Assessment,
    form: BallotForm,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    *,
    is_sent: bool = False,
) -> HttpResponse:
    context = _context(request, found) | {"form": form, "problem": problem, "is_sent": is_sent}
    return render(request, "transfer/assessment/ballot.html", context, status=status)


@never_cache
@login_required
@require_safe
def discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what people answered, round by round, as far as this person may see it."""
    found = _teams_or_404(request, pk)
    has_sent = queries.has_sent(found, request.user)
    questions = queries.questions_of(found.version)
    rounds = []
    for number in range(found.round, 0, -1):
        if rules.may_see_round(request.user, found, number, has_sent=has_sent):
            is_running = found.state == Assessment.State.RATING and number == found.round
            counted = (
                queries.sent_ballots(found, number) if is_running else queries.newest_ballots(found, number)
            )
            reports = queries.question_reports(questions, counted)
            together = None if is_running else reliability(questions, counted)
            rounds.append((number, is_running, len(counted), reports, together))
    context = _context(request, found) | {
        "rounds": rounds,
        "is_hidden": found.state == Assessment.State.RATING and not has_sent,
        "may_answer": rules.may_answer(request.user, found),
        "levels": range(6),
    }
    return render(request, "transfer/assessment/discussion.html", context)


# --- conditions


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conditions(request: HttpRequest, pk: int) -> HttpResponse:
    found, person = _teams_or_404(request, pk), person_of(request)
    if not (rules.may_keep_assessment(person, found) and (found.is_open or request.method == "POST")):
        raise _nothing_here()
    findings = queries.findings_of(found)
    if request.method != "POST":
        return _conditions_page(request, found, ConditionsForm(found, findings))
    form = ConditionsForm(found, findings, request.POST)
    if not form.is_valid():
        return _conditions_page(request, found, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.verify_conditions(
            assessment=found,
            by=person,
            revision=form.cleaned_data["revision"],
            language=get_language() or "",
            found=form.verifications(),
        )
    except StaleForm as stale:
        again = renewed(request.POST, stale.record)
        problem = _(
            "Somebody changed this assessment meanwhile. What you wrote is still here: look at it once "
            "more and save it again."
        )
        kept = ConditionsForm(found, findings, again)
        return _conditions_page(request, found, kept, problem, HTTPStatus.CONFLICT)
    except actions.AssessmentHasMovedOn:
        problem = _(
            "This assessment was stored meanwhile. What you wrote was not stored; you can copy it from here."
        )
        return _conditions_page(request, found, form, problem, HTTPStatus.CONFLICT)
    messages.success(request, _("What you verified is stored."))
    return redirect(found)


def _conditions_page(
    request: HttpRequest,
    found: Assessment,
    form: ConditionsForm,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = _context(request, found) | {"form": form, "problem": problem, "today": timezone.localdate()}
    return render(request, "transfer/assessment/conditions.html", context, status=status)


def _teams_or_404(request: HttpRequest, pk: int) -> Assessment:
    """Return an assessment that the person's own team works on."""
    found = queries.assessment_whole(pk)
    if found is None or not rules.may_see_team(request.user, found.municipality):
        raise _nothing_here()
    return found


def _nothing_here() -> NothingHere:
    return NothingHere(_("There is no assessment at this address, or it is not open to you."))
