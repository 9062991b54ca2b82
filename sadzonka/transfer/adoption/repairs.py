"""What a plan has to repair: the open conditions of its assessment, the criteria that can be changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from sadzonka import analysis
from sadzonka.analysis import Facts, State
from sadzonka.analysis.states import any_of
from sadzonka.practices.models import Alternative, Clause, Criterion, Version
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.explanation.repair import repair_of
from sadzonka.transfer.explanation.ways import Way, ways_of
from sadzonka.transfer.models import Assessment, Plan, Step
from sadzonka.transfer.queries import NO_ANSWERS, Knowledge, Outlook
from sadzonka.transfer.states import Stated


@dataclass(frozen=True, slots=True)
class OpenAlternative(Stated):
    """One way of meeting a condition that is not met or not known."""

    alternative: Alternative
    state: State
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class OpenClause(Stated):
    """A condition that was not met or not known when the assessment was stored, and the steps for it."""

    clause: Clause
    state: State
    alternatives: tuple[OpenAlternative, ...]
    steps: tuple[Step, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.steps)


@dataclass(frozen=True, slots=True)
class Alterable:
    """A criterion that people can change and that is not yet at its best, and the steps for it."""

    criterion: Criterion
    steps: tuple[Step, ...]
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class Repairs:
    """All that a plan's steps can be about, as the stored assessment left it.

    `way` are the fewest changes that surely lead to the next class; None when the assessment is at the last.
    """

    clauses: tuple[OpenClause, ...]
    alterable: tuple[Alterable, ...]
    way: Way | None

    @property
    def uncovered(self) -> tuple[OpenClause, ...]:
        return tuple(one for one in self.clauses if not one.is_covered)

    @property
    def suggested(self) -> tuple[OpenAlternative, ...]:
        """The smallest set of changes that would open the gate, without what a step is about already."""
        return tuple(
            alternative
            for clause in self.uncovered
            for alternative in clause.alternatives
            if alternative.is_suggested
        )


def repairs_of(plan: Plan) -> Repairs:
    """Return what a plan has to repair, from the record that its assessment stored."""
    version, steps = plan.assessment.version, tuple(plan.steps.all())
    result: dict[str, Any] = json.loads(plan.assessment.result_json or "{}")
    states = _states(result)
    recorded = _recorded(plan.assessment)
    way = ways_of(recorded).nearest
    suggested = {line.option.change for line in way.lines or ()} if way else set()
    fewest = {one.key for one in suggested if one.kind == "alternative"} or {
        one.key for one in repair_of(recorded)
    }
    clauses = (_open_clause(clause, states, fewest, steps) for clause in version.clauses.all())
    return Repairs(
        clauses=tuple(one for one in clauses if one.state is not State.MET),
        alterable=_alterable(version, result, steps, {one.key for one in suggested if one.kind == "step"}),
        way=way,
    )


def _recorded(assessment: Assessment) -> Outlook:
    """Return the analysis that an assessment stored, from its record alone."""
    version, record = assessment.version, json.loads(assessment.input_json or "{}")
    model = analysis.practice_of(record) if record else analysis_model(version)
    facts = analysis.facts_of(record) if record else Facts()
    found = analysis.analysis_of(record) if record else analysis.analyse(model, facts)
    day = assessment.stored_on or timezone.localdate()
    knowledge = Knowledge(assessment.municipality, day, figures={}, findings={}, judgements={})
    return Outlook(version, knowledge, model, facts, found, NO_ANSWERS)


def _states(result: dict[str, Any]) -> dict[str, State]:
    return {
        key: State.from_word(word)
        for clause in result.get("clauses", ())
        for key, word in clause["alternatives"].items()
    }


def _open_clause(
    clause: Clause, states: dict[str, State], fewest: set[str], steps: tuple[Step, ...]
) -> OpenClause:
    alternatives = tuple(
        OpenAlternative(one, states.get(one.key, State.UNKNOWN), one.key in fewest)
        for one in clause.alternatives.all()
    )
    keys = {one.alternative.key for one in alternatives}
    return OpenClause(
        clause,
        any_of(one.state for one in alternatives),
        alternatives,
        tuple(step for step in steps if step.alternative_key in keys),
    )


def _alterable(
    version: Version, result: dict[str, Any], steps: tuple[Step, ...], suggested: set[str]
) -> tuple[Alterable, ...]:
    best = {one["key"] for one in result.get("criteria", ()) if one["is_known"] and min(one["value"]) >= 1}
    return tuple(
        Alterable(one, tuple(step for step in steps if step.criterion_key == one.key), one.key in suggested)
        for one in version.criteria.all()
        if one.is_alterable and one.step and one.key not in best
    )
