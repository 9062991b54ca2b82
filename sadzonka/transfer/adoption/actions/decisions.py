"""Recording what the council or the mayor decided about a plan."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.people.models import Person
from sadzonka.transfer.adoption.actions.plans import PlanIsDecided
from sadzonka.transfer.adoption.ladder import InTheFuture, TooEarly
from sadzonka.transfer.adoption.rules import may_keep_plan
from sadzonka.transfer.assessment.actions import freeze_assessment
from sadzonka.transfer.models import Adoption, Decision, Plan, Stage


class ReasonIsMissing(Exception):
    """Whoever declines or gives up says why: others learn from it."""


@transaction.atomic
def record_decision(
    *,
    plan: Plan,
    kind: str,
    outcome: str,
    number: str,
    decided_on: dt.date,
    by: Person,
    reason: str = "",
    url: str = "",
) -> Decision:
    """Store a decision, freeze the assessment it rests on, and begin the adoption that is followed from it.

    The same form sent twice is one decision; another one raises PlanIsDecided. Raises TooEarly, InTheFuture
    and ReasonIsMissing.
    """
    if not may_keep_plan(by, plan):
        raise PermissionDenied
    locked = Plan.objects.select_for_update(of=("self",)).select_related("assessment").get(pk=plan.pk)
    fields = {"kind": kind, "outcome": outcome, "number": number, "decided_on": decided_on}
    fields |= {"reason": reason, "url": url}
    known = Decision.objects.filter(plan=locked).first()
    if known is not None:
        if all(getattr(known, name) == value for name, value in fields.items()):
            return known
        raise PlanIsDecided
    stage = Stage.Outcome.DECIDED if outcome == Decision.Outcome.ADOPTED else Stage.Outcome.DECLINED
    if decided_on > timezone.localdate():
        raise InTheFuture(stage)
    stored_on = locked.assessment.stored_on
    if stored_on and decided_on < stored_on:
        raise TooEarly(stage, stored_on)
    if stage in Stage.NEED_A_REASON and not reason:
        raise ReasonIsMissing
    decision = Decision.objects.create(plan=locked, recorded_by=by, **fields)
    log(instance=decision, action="wagtail.create", user=by, data={"plan": locked.pk, **fields})
    freeze_assessment(assessment=locked.assessment, by=by)
    _begin_adoption(decision, stage, by)
    return decision


def _begin_adoption(decision: Decision, outcome: str, by: Person) -> None:
    plan, decided_on = decision.plan, decision.decided_on
    adoption = Adoption.objects.create(
        municipality=plan.assessment.municipality,
        practice=plan.assessment.practice,
        plan=plan,
        language=plan.language,
    )
    # A decision that is older than its plan here was entered afterwards: it was considered by then.
    considered_on = min(timezone.localdate(plan.started_at), decided_on)
    adoption.stages.create(outcome=Stage.Outcome.CONSIDERED, reached_on=considered_on, recorded_by=by)
    adoption.stages.create(
        outcome=outcome,
        reached_on=decided_on,
        reason=decision.reason,
        source=decision.number,
        recorded_by=by,
    )
    log(instance=adoption, action="wagtail.create", user=by, data={"decision": decision.pk})
