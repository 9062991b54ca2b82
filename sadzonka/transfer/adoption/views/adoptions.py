"""Pages of adoptions: all stories, one of them, and recording what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.once import renewed
from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.signed_in import person_of
from sadzonka.practices.queries import shown_versions
from sadzonka.transfer.adoption.actions.adoptions import (
    AdoptionIsKnown,
    add_precedent,
    add_stage,
    correct_stage,
    describe_adaptations,
)
from sadzonka.transfer.adoption.forms import AdaptationsForm, CorrectionForm, PrecedentForm, StageForm
from sadzonka.transfer.adoption.ladder import LadderError, next_outcomes
from sadzonka.transfer.adoption.listing import Listing
from sadzonka.transfer.adoption.queries import (
    Story,
    first_interest,
    stories,
    story_of,
    told_adoptions,
)
from sadzonka.transfer.adoption.rules import may_enter_precedent, may_keep_adoption
from sadzonka.transfer.adoption.views.pages import FormPage, changed_meanwhile
from sadzonka.transfer.adoption.words import refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def adoption_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "transfer/adoption/list.html",
        {
            "listing": Listing(stories(told_adoptions()), request.GET),
            "may_enter": may_enter_precedent(request.user),
        },
    )


@require_safe
def adoption(request: HttpRequest, pk: int) -> HttpResponse:
    found = _story_or_404(pk)
    return render(
        request,
        "transfer/adoption/adoption.html",
        {
            "story": found,
            "adoption": found.adoption,
            "municipality": found.adoption.municipality,
            "plan": found.adoption.plan,
            "text": found.text,
            "interested_at": first_interest(found.adoption),
            "may_keep": may_keep_adoption(request.user, found.adoption),
            "next_outcomes": _next(found),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adoption_stage(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_story_or_404(request, pk)
    outcomes = _next(found)
    page = FormPage(
        _("What was reached?"),
        _("Record"),
        found.adoption.get_absolute_url(),
        str(found.adoption.municipality),
    )
    if request.method != "POST":
        form = StageForm(outcomes=outcomes, initial={"revision": found.adoption.revision})
        return page.answer(request, form)
    # A form that was sent twice names a stage that is recorded by now: the action decides what it means.
    known = tuple(one.outcome for one in found.stages)
    form = StageForm(request.POST, outcomes=(*known, *outcomes))
    if not form.is_valid():
        form = StageForm(request.POST, outcomes=outcomes)
        return page.answer(request, form)
    try:
        add_stage(adoption=found.adoption, by=person_of(request), **form.cleaned_data)
    except StaleForm as stale:
        form = StageForm(renewed(request.POST, stale.record), outcomes=outcomes)
        return page.refuse(request, form, changed_meanwhile())
    except LadderError as error:
        form.add_error("reached_on", refusal(error))
        return page.answer(request, form)
    return redirect(found.adoption)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stage(request: HttpRequest, pk: int, outcome: str) -> HttpResponse:
    found = _kept_story_or_404(request, pk)
    known = next((one for one in found.stages if one.outcome == outcome), None)
    if known is None:
        raise NothingHere(_("This adoption has no such stage."))
    page = FormPage(
        _("Correct a stage"),
        _("Save the correction"),
        found.adoption.get_absolute_url(),
        known.get_outcome_display(),
    )
    if request.method != "POST":
        return page.answer(request, CorrectionForm.opened(known, found.adoption))
    form = CorrectionForm(request.POST, outcome=outcome)
    if not form.is_valid():
        return page.answer(request, form)
    try:
        correct_stage(stage=known, by=person_of(request), **form.cleaned_data)
    except StaleForm as stale:
        form = CorrectionForm(renewed(request.POST, stale.record), outcome=outcome)
        return page.refuse(request, form, changed_meanwhile())
    except LadderError as error:
        form.add_error("reached_on", refusal(error))
        return page.answer(request, form)
    return redirect(found.adoption)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adoption_adaptations(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_story_or_404(request, pk).adoption
    page = FormPage(
        _("What was done differently?"), _("Save"), found.get_absolute_url(), str(found.municipality)
    )
    if request.method != "POST":
        return page.answer(request, AdaptationsForm.opened(found))
    form = AdaptationsForm(request.POST)
    if not form.is_valid():
        return page.answer(request, form)
    try:
        return redirect(describe_adaptations(adoption=found, by=person_of(request), **form.cleaned_data))
    except StaleForm as stale:
        form = AdaptationsForm(renewed(request.POST, stale.record))
        return page.refuse(request, form, changed_meanwhile())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def adoption_new(request: HttpRequest) -> HttpResponse:
    if not may_enter_precedent(request.user):
        raise NothingHere(_("There is no adoption at this address."))
    page = FormPage(
        _("An adoption elsewhere"),
        _("Enter the adoption"),
        "../",
        _(
            "What a source tells of a municipality that took up a practice or turned it down. Give the days "
            "that the source gives; where it names only a year, take its last day and say so as the source."
        ),
    )
    versions = list(shown_versions())
    if request.method != "POST":
        return page.answer(request, PrecedentForm(versions=versions, initial={"country": "PL"}))
    form = PrecedentForm(request.POST, versions=versions)
    if not form.is_valid():
        return page.answer(request, form)
    cleaned = form.cleaned_data
    try:
        entered = add_precedent(
            municipality=cleaned["municipality"],
            practice=form.versions[cleaned["practice"]].practice,
            path=form.path(),
            source=cleaned["source"],
            reason=cleaned["reason"],
            adaptations=cleaned["adaptations"],
            language=get_language() or "pl",
            by=person_of(request),
        )
    except AdoptionIsKnown as known:
        page = FormPage(page.title, page.button, known.adoption.get_absolute_url(), page.lede)
        return page.refuse(
            request,
            form,
            _("This municipality stands here with this practice already: go back to correct its stages."),
        )
    except LadderError as error:
        form.add_error(f"on-{error.outcome}", refusal(error))
        return page.answer(request, form)
    return redirect(entered)


def _next(story: Story) -> tuple[str, ...]:
    return next_outcomes([one.outcome for one in story.stages], may_skip=story.adoption.plan_id is None)


def _story_or_404(pk: int) -> Story:
    found = story_of(pk)
    if found is None:
        raise NothingHere(_("There is no adoption at this address."))
    return found


def _kept_story_or_404(request: HttpRequest, pk: int) -> Story:
    found = _story_or_404(pk)
    if not may_keep_adoption(request.user, found.adoption):
        raise NothingHere(_("There is no adoption at this address."), [])
    return found
