"""Following an adoption: its stages, what was done differently, and precedents from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.common.revisions import claim
from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice
from sadzonka.transfer.adoption.actions.decisions import ReasonIsMissing
from sadzonka.transfer.adoption.ladder import OutOfTurn, Reached, TooEarly, check, in_order
from sadzonka.transfer.adoption.rules import may_enter_precedent, may_keep_adoption
from sadzonka.transfer.models import Adoption, Decision, Stage


class SourceIsMissing(Exception):
    """What happened elsewhere is entered from a source only."""


class AdoptionIsKnown(Exception):
    """The same municipality and practice stand here already, without a plan: `adoption` is that one."""

    def __init__(self, adoption: Adoption) -> None:
        super().__init__(str(adoption.pk))
        self.adoption = adoption


@transaction.atomic
def add_stage(
    *,
    adoption: Adoption,
    revision: int,
    outcome: str,
    reached_on: dt.date,
    by: Person,
    reason: str = "",
    source: str = "",
) -> Stage:
    """Record the next stage of an adoption; the same form sent twice records one.

    Raises StaleForm, a LadderError when the stage does not fit those before it, and ReasonIsMissing.
    """
    locked = _locked(adoption, by)
    fields = {"reached_on": reached_on, "reason": reason, "source": source}
    stages = list(locked.stages.all())
    known = next((one for one in stages if one.outcome == outcome), None)
    if known is not None and _fields(known) == fields:
        return known
    changed = claim(locked, revision)
    _check_reason(outcome, reason)
    _check_path(changed, [*in_order(_reached(stages)), Reached(outcome, reached_on)])
    changed.save(update_fields=["revision"])
    stage = changed.stages.create(outcome=outcome, recorded_by=by, **fields)
    log(instance=stage, action="wagtail.create", user=by, data={"adoption": adoption.pk, **fields})
    return stage


@transaction.atomic
def correct_stage(
    *, stage: Stage, revision: int, reached_on: dt.date, by: Person, reason: str = "", source: str = ""
) -> Stage:
    """Correct the day, reason or source of a recorded stage; the order of all stages stays valid.

    A decision recorded here is corrected with its stage. Raises what `add_stage` raises.
    """
    locked = _locked(stage.adoption, by)
    after = {"reached_on": reached_on, "reason": reason, "source": source}
    stages = list(locked.stages.all())
    known = next(one for one in stages if one.pk == stage.pk)
    before = _fields(known)
    if before == after:
        return known
    changed = claim(locked, revision)
    _check_reason(known.outcome, reason)
    others = _reached(one for one in stages if one.pk != known.pk)
    _check_path(changed, in_order([*others, Reached(known.outcome, reached_on)]))
    changed.save(update_fields=["revision"])
    for name, value in after.items():
        setattr(known, name, value)
    known.save(update_fields=[*after])
    log(instance=known, action="wagtail.edit", user=by, data={"before": before, "after": after})
    _correct_decision(changed, known, by)
    return known


@transaction.atomic
def describe_adaptations(*, adoption: Adoption, revision: int, adaptations: str, by: Person) -> Adoption:
    """Say what was done differently from the card; the same again changes nothing. Raises StaleForm."""
    locked = _locked(adoption, by)
    if locked.adaptations == adaptations:
        return locked
    changed = claim(locked, revision)
    before, changed.adaptations = changed.adaptations, adaptations
    changed.save(update_fields=["adaptations", "revision"])
    log(instance=changed, action="wagtail.edit", user=by, data={"before": before, "after": adaptations})
    return changed


@transaction.atomic
def add_precedent(
    *,
    municipality: Municipality,
    practice: Practice,
    path: Sequence[Reached],
    source: str,
    language: str,
    by: Person,
    reason: str = "",
    adaptations: str = "",
) -> Adoption:
    """Enter an adoption that a source tells of, with as many stages as it tells; the same twice is one.

    Raises SourceIsMissing, a LadderError, ReasonIsMissing, and AdoptionIsKnown when another one without a
    plan stands here for the same municipality and practice.
    """
    if not may_enter_precedent(by):
        raise PermissionDenied
    if not source:
        raise SourceIsMissing
    if not path:
        raise OutOfTurn(Stage.Outcome.CONSIDERED)
    path = in_order(path)
    _check_reason(path[-1].outcome, reason)
    check(path, today=timezone.localdate(), may_skip=True)
    Municipality.objects.select_for_update().get(pk=municipality.pk)  # two people at once enter one
    stages = [
        Stage(
            outcome=one.outcome,
            reached_on=one.on,
            reason=reason if one.outcome in Stage.NEED_A_REASON else "",
            source=source,
            recorded_by=by,
        )
        for one in path
    ]
    known = Adoption.objects.filter(municipality=municipality, practice=practice, plan=None).first()
    if known is not None:
        told = {one.outcome: _fields(one) for one in known.stages.all()}
        if known.adaptations == adaptations and told == {one.outcome: _fields(one) for one in stages}:
            return known
        raise AdoptionIsKnown(known)
    adoption = Adoption.objects.create(
        municipality=municipality, practice=practice, adaptations=adaptations, language=language
    )
    for stage in stages:
        stage.adoption = adoption
        stage.save()
    data = {"source": source, "stages": {str(one.outcome): one.on for one in path}}
    log(instance=adoption, action="wagtail.create", user=by, data=data)
    return adoption


def _locked(adoption: Adoption, by: Person) -> Adoption:
    if not may_keep_adoption(by, adoption):
        raise PermissionDenied
    return Adoption.objects.select_for_update().get(pk=adoption.pk)


def _fields(stage: Stage) -> dict[str, object]:
    return {"reached_on": stage.reached_on, "reason": stage.reason, "source": stage.source}


def _reached(stages: Iterable[Stage]) -> list[Reached]:
    return [Reached(one.outcome, one.reached_on) for one in stages]


def _check_reason(outcome: str, reason: str) -> None:
    if outcome in Stage.NEED_A_REASON and not reason:
        raise ReasonIsMissing


def _check_path(adoption: Adoption, path: Sequence[Reached]) -> None:
    """Hold the path to the ladder; rungs may be missing where a source was all there was to begin with."""
    check(path, today=timezone.localdate(), may_skip=adoption.plan_id is None)


def _correct_decision(adoption: Adoption, stage: Stage, by: Person) -> None:
    if stage.outcome not in (Stage.Outcome.DECIDED, Stage.Outcome.DECLINED):
        return
    decision = Decision.objects.filter(plan=adoption.plan_id).select_related("plan__assessment").first()
    if decision is None:
        return
    stored_on = decision.plan.assessment.stored_on
    if stored_on and stage.reached_on < stored_on:
        raise TooEarly(stage.outcome, stored_on)
    before = {"decided_on": decision.decided_on, "reason": decision.reason}
    decision.decided_on, decision.reason = stage.reached_on, stage.reason
    decision.save(update_fields=["decided_on", "reason"])
    after = {"decided_on": decision.decided_on, "reason": decision.reason}
    log(instance=decision, action="wagtail.edit", user=by, data={"before": before, "after": after})
