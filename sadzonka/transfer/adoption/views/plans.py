"""Pages of a plan: its steps, its summary, and the decision about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sadzonka.common.once import renewed
from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.rules import may_keep_municipality
from sadzonka.people.signed_in import person_of
from sadzonka.transfer.adoption.actions.decisions import record_decision
from sadzonka.transfer.adoption.actions.plans import (
    AssessmentIsNotStored,
    PlanIsDecided,
    add_step,
    change_step,
    describe_plan,
    mark_step,
    remove_step,
    start_plan,
)
from sadzonka.transfer.adoption.forms import DecisionForm, DoneForm, StepForm, SummaryForm
from sadzonka.transfer.adoption.queries import plan_whole
from sadzonka.transfer.adoption.repairs import repairs_of
from sadzonka.transfer.adoption.rules import is_decided, may_keep_plan, may_read_plan, may_read_whole_plan
from sadzonka.transfer.adoption.views.pages import (
    FormPage,
    changed_meanwhile,
    nothing_for,
)
from sadzonka.transfer.models import Assessment, Plan, Step

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
@login_required
def plan_start(request: HttpRequest, pk: int) -> HttpResponse:
    assessment = Assessment.objects.filter(pk=pk).select_related("municipality").first()
    if assessment is None or not may_keep_municipality(request.user, assessment.municipality):
        raise NothingHere(_("There is no assessment at this address."))
    try:
        return redirect(
            start_plan(assessment=assessment, by=person_of(request), language=get_language() or "pl")
        )
    except AssessmentIsNotStored:
        messages.warning(request, _("A plan rests on a stored assessment: store this one first."))
        return redirect(assessment)


@never_cache
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = plan_whole(pk)
    if found is None or not may_read_plan(request.user, found):
        return nothing_for(request, _("There is no plan at this address."))
    return render(
        request,
        "transfer/adoption/plan.html",
        {
            "plan": found,
            "assessment": found.assessment,
            "municipality": found.assessment.municipality,
            "text": found.assessment.version.text_in(),
            "repairs": repairs_of(found),
            "is_decided": is_decided(found),
            "is_insider": may_read_whole_plan(request.user, found),
            "may_keep": may_keep_plan(request.user, found),
            "today": timezone.localdate(),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan_summary(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    page = FormPage(_("The plan in short"), _("Save"), found.get_absolute_url())
    if is_decided(found):
        return _decided(request, found)
    if request.method != "POST":
        return page.answer(request, SummaryForm.opened(found))
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return page.answer(request, form)
    try:
        return redirect(describe_plan(plan=found, by=person_of(request), **form.cleaned_data))
    except StaleForm as stale:
        return page.refuse(request, SummaryForm(renewed(request.POST, stale.record)), changed_meanwhile())
    except PlanIsDecided:
        return page.refuse(request, form, _decided_meanwhile())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    page = FormPage(_("A step"), _("Add the step"), found.get_absolute_url(), _name(found))
    return _step_form(request, page, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    known = get_object_or_404(found.steps.all(), pk=step_pk)
    page = FormPage(
        _("Change a step"),
        _("Save the step"),
        found.get_absolute_url(),
        _name(found),
        more={"removed": known},
    )
    return _step_form(request, page, found, known)


def _step_form(request: HttpRequest, page: FormPage, plan: Plan, known: Step | None = None) -> HttpResponse:
    if is_decided(plan):
        return _decided(request, plan)
    repairs = repairs_of(plan)
    if request.method != "POST":
        about = request.GET.get("about", "")
        return page.answer(request, StepForm.opened(plan, repairs, step=known, about=about))
    form = StepForm(request.POST, repairs=repairs)
    if not form.is_valid():
        return page.answer(request, form)
    revision, content = form.cleaned_data["revision"], form.content()
    try:
        if known is None:
            add_step(plan=plan, revision=revision, content=content, by=person_of(request))
        else:
            change_step(step=known, revision=revision, content=content, by=person_of(request))
    except StaleForm as stale:
        form = StepForm(renewed(request.POST, stale.record), repairs=repairs)
        return page.refuse(request, form, changed_meanwhile())
    except PlanIsDecided:
        return page.refuse(request, form, _decided_meanwhile())
    return redirect(plan)


@require_POST
@login_required
def step_remove(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    known = get_object_or_404(found.steps.all(), pk=step_pk)
    try:
        return redirect(remove_step(step=known, by=person_of(request)))
    except PlanIsDecided:
        return _decided(request, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step_done(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    known = get_object_or_404(found.steps.all(), pk=step_pk)
    page = FormPage(
        _("When was it done?"), _("Mark as done"), found.get_absolute_url(), known.text, more={"done": known}
    )
    if request.method != "POST":
        form = DoneForm(initial={"done_on": known.done_on or timezone.localdate()})
        return page.answer(request, form)
    if "undone" in request.POST:
        mark_step(step=known, done_on=None, by=person_of(request))
        return redirect(found)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return page.answer(request, form)
    mark_step(step=known, done_on=form.cleaned_data["done_on"], by=person_of(request))
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = _kept_plan_or_404(request, pk)
    page = FormPage(
        _("What was decided?"),
        _("Record the decision"),
        found.get_absolute_url(),
        _("It freezes the assessment and the plan, and everybody can read them from then on."),
    )
    if request.method != "POST":
        return (
            _decided(request, found) if is_decided(found) else page.answer(request, DecisionForm(plan=found))
        )
    form = DecisionForm(request.POST, plan=found)
    if not form.is_valid():
        return page.answer(request, form)
    try:
        recorded = record_decision(plan=found, by=person_of(request), **form.cleaned_data)
    except PlanIsDecided:
        return page.refuse(request, form, _decided_meanwhile())
    return redirect(recorded.plan.adoption)


def _kept_plan_or_404(request: HttpRequest, pk: int) -> Plan:
    found = plan_whole(pk)
    if found is None or not may_keep_plan(request.user, found):
        raise NothingHere(_("There is no plan at this address."))
    return found


def _name(plan: Plan) -> str:
    return f"{plan.assessment.municipality}: {plan.assessment.version.text_in() or plan.assessment.practice}"


def _decided(request: HttpRequest, plan: Plan) -> HttpResponse:
    messages.warning(request, _decided_meanwhile())
    return redirect(plan)


def _decided_meanwhile() -> str:
    return _("A decision about this plan is recorded: from then on only steps can be marked as done.")
