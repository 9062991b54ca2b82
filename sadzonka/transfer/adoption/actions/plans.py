"""Making a plan from a stored assessment, and keeping its steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm, claim
from sadzonka.people.models import Person
from sadzonka.people.rules import may_keep_municipality
from sadzonka.transfer.adoption.rules import may_keep_plan
from sadzonka.transfer.models import Assessment, Decision, Plan, Step


class AssessmentIsNotStored(Exception):
    """A plan rests on an assessment that is stored; this one is still open."""


class PlanIsDecided(Exception):
    """The council has decided about the plan: only steps can be marked as done."""


@dataclass(frozen=True, slots=True)
class StepContent:
    """What a step says: who does what until when, and which condition or criterion it is about."""

    text: str
    owner: str
    due_on: dt.date
    alternative_key: str = ""
    criterion_key: str = ""
    note: str = ""


@transaction.atomic
def start_plan(*, assessment: Assessment, by: Person, language: str) -> Plan:
    """Make the plan of a stored assessment; a second start returns the first one.

    Raises AssessmentIsNotStored while people are still answering.
    """
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if not may_keep_municipality(by, locked.municipality):
        raise PermissionDenied
    known = Plan.objects.filter(assessment=locked).first()
    if known is not None:
        return known
    if locked.state != Assessment.State.STORED:
        raise AssessmentIsNotStored
    plan = Plan.objects.create(assessment=locked, started_by=by, language=language)
    log(instance=plan, action="wagtail.create", user=by, data={"assessment": locked.pk})
    return plan


@transaction.atomic
def describe_plan(*, plan: Plan, revision: int, summary: str, by: Person) -> Plan:
    """Say in short what the plan is; the same again changes nothing.

    Raises StaleForm and PlanIsDecided.
    """
    locked = _locked(plan, by)
    if locked.summary == summary:
        return locked
    changed = claim(plan, revision)
    before, changed.summary = changed.summary, summary
    changed.save(update_fields=["summary", "revision"])
    log(instance=changed, action="wagtail.edit", user=by, data={"before": before, "after": summary})
    return changed


@transaction.atomic
def add_step(*, plan: Plan, revision: int, content: StepContent, by: Person) -> Step:
    """Add a step; the same form sent twice adds one. Raises StaleForm and PlanIsDecided."""
    locked = _locked(plan, by)
    if locked.revision != revision:
        known = locked.steps.filter(**asdict(content)).first()
        if known is not None:
            return known
    claim(plan, revision).save(update_fields=["revision"])
    step = locked.steps.create(**asdict(content))
    log(instance=step, action="wagtail.create", user=by, data={"plan": locked.pk, **asdict(content)})
    return step


@transaction.atomic
def change_step(*, step: Step, revision: int, content: StepContent, by: Person) -> Step:
    """Change what a step says; the same again changes nothing. Raises StaleForm and PlanIsDecided."""
    locked = _locked(step.plan, by)
    known = locked.steps.filter(pk=step.pk).first()
    if known is None:  # somebody has removed it meanwhile
        raise StaleForm(locked)
    before = content_of(known)
    if before == content:
        return known
    claim(locked, revision).save(update_fields=["revision"])
    for name, value in asdict(content).items():
        setattr(known, name, value)
    known.save(update_fields=[*asdict(content)])
    log(
        instance=known,
        action="wagtail.edit",
        user=by,
        data={"before": asdict(before), "after": asdict(content)},
    )
    return known


@transaction.atomic
def remove_step(*, step: Step, by: Person) -> Plan:
    """Take a step out of its plan; what it said stays in the log. Raises PlanIsDecided."""
    locked = _locked(step.plan, by)
    known = locked.steps.filter(pk=step.pk).first()
    if known is not None:
        log(instance=known, action="wagtail.delete", user=by, data=asdict(content_of(known)))
        known.delete()
        locked.revision += 1
        locked.save(update_fields=["revision"])
    return locked


@transaction.atomic
def mark_step(*, step: Step, done_on: dt.date | None, by: Person) -> Step:
    """Say when a step was done, None when it is not after all; after the decision too."""
    if not may_keep_plan(by, step.plan):
        raise PermissionDenied
    locked = Step.objects.select_for_update().filter(pk=step.pk).first()
    if locked is None:  # somebody has removed it meanwhile
        return step
    before = locked.done_on
    if before != done_on:
        locked.done_on = done_on
        locked.save(update_fields=["done_on"])
        log(
            instance=locked,
            action="wagtail.edit",
            user=by,
            data={"before": {"done_on": before}, "after": {"done_on": done_on}},
        )
    return locked


def content_of(step: Step) -> StepContent:
    """Return what a step says."""
    return StepContent(**{name: getattr(step, name) for name in StepContent.__slots__})


def _locked(plan: Plan, by: Person) -> Plan:
    if not may_keep_plan(by, plan):
        raise PermissionDenied
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if Decision.objects.filter(plan=locked).exists():
        raise PlanIsDecided
    return locked
