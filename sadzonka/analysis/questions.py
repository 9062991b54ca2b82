"""What to find out first about a place, and what is not worth measuring (method, section 8)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from sadzonka.analysis.conditions import clause_reports, gate_of
from sadzonka.analysis.facts import Facts
from sadzonka.analysis.practice import DIMENSIONS, Alternative, Clause, Practice
from sadzonka.analysis.result import (
    GOOD,
    CriterionValue,
    criterion_values,
    dimension_intervals,
    inner_weights,
)
from sadzonka.analysis.shares import DECIMALS, classes, scores, under_floor
from sadzonka.analysis.states import Gate, State, all_of, any_of
from sadzonka.analysis.weights import SIMPLEX, WeightSet

_Row: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """Something not yet known: the state of an alternative, or the value of a criterion.

    `worth` of a criterion is how much of the score's width it explains, a_j w_k (u_j - l_j) in [0, 1];
    of a condition, the share of the unknown clauses that it alone would meet. `flips`: some answer,
    everything else as unknown as now, changes the gate or the class interval. `is_worth_measuring`: for
    some answers to everything else, this one decides about the gate or the class.

    >>> FirstQuestion("condition", "agreement", 1.0, flips=True, is_worth_measuring=True).kind
    'condition'
    """

    kind: Literal["condition", "criterion"]
    key: str
    worth: float
    flips: bool
    is_worth_measuring: bool


def first_questions(
    practice: Practice, facts: Facts, weights: WeightSet = SIMPLEX
) -> tuple[FirstQuestion, ...]:
    """List everything not known for certain, what to find out first at the head.

    First what is worth measuring, of that conditions before criteria, then by worth, then in the
    practice's order. The test of what is worth measuring is exact for values that may lie anywhere in
    their intervals. Facts that do not fit raise `MethodError`. Source: method, section 8.

    >>> practice = Practice((Clause("who", (Alternative("agreement"),)),), (), floors=(("need", 0.3),))
    >>> [(one.key, one.flips) for one in first_questions(practice, Facts())]
    [('agreement', True)]
    """
    questions = [*_condition_questions(practice, facts), *_criterion_questions(practice, facts, weights)]
    return tuple(sorted(questions, key=lambda one: (not one.is_worth_measuring, one.kind, -one.worth)))


def _condition_questions(practice: Practice, facts: Facts) -> Iterable[FirstQuestion]:
    reports = clause_reports(practice, facts)
    gate = gate_of(reports)
    unknown_clauses = {report.key for report in reports if report.state is State.UNKNOWN}
    unknown = [one for one in practice.alternatives if facts.state_of(one.key) is State.UNKNOWN]
    best = {one.key: State.MET for one in unknown}
    for one in unknown:
        clauses = [c for c in practice.clauses if c.key in unknown_clauses and one in c.alternatives]
        answers = (_gate_if(practice, facts, {one.key: state}) for state in (State.UNMET, State.MET))
        yield FirstQuestion(
            kind="condition",
            key=one.key,
            worth=round(len(clauses) / len(unknown_clauses), DECIMALS) if clauses else 0.0,
            flips=any(answer is not gate for answer in answers),
            is_worth_measuring=any(
                _gate_if(practice, facts, best | _all_but(one, clause)) is Gate.OPEN for clause in clauses
            ),
        )


def _all_but(alternative: Alternative, clause: Clause) -> dict[str, State]:
    """Answers that leave a clause, where nothing is met yet, to `alternative` alone.

    With the best answers to all else, the alternative decides about the gate if it opens it now: the gate
    only rises with each answer, so no other answers could let it decide through this clause.
    """
    return {one.key: State.UNMET for one in clause.alternatives if one != alternative}


def _gate_if(practice: Practice, facts: Facts, answers: dict[str, State]) -> Gate:
    def state(alternative: Alternative) -> State:
        return answers.get(alternative.key, facts.state_of(alternative.key))

    return Gate(all_of(any_of(map(state, clause.alternatives)) for clause in practice.clauses).value)


def _criterion_questions(practice: Practice, facts: Facts, weights: WeightSet) -> Iterable[FirstQuestion]:
    values = criterion_values(practice, facts)
    open_values = [one for one in values if one.value[0] < one.value[1]]
    if not open_values:
        return
    box, inside = _Box.of(practice, values, weights), inner_weights(practice)
    flips = box.flips([_answered(box, values, one) for one in open_values])
    for one, flips_now in zip(open_values, flips, strict=True):
        k = DIMENSIONS.index(one.criterion.dimension)
        width = inside[one.criterion.key] * (one.value[1] - one.value[0])
        yield FirstQuestion(
            kind="criterion",
            key=one.criterion.key,
            worth=round(box.weights[k] * width, DECIMALS),
            flips=flips_now,
            is_worth_measuring=box.may_decide_the_class(k, width),
        )


def _answered(box: _Box, values: Sequence[CriterionValue], one: CriterionValue) -> tuple[_Row, _Row]:
    """Lower ends of the dimensions once `one` is at its best, and upper ends once it is at its worst."""
    k = DIMENSIONS.index(one.criterion.dimension)
    others = [v for v in values if v.criterion.dimension == one.criterion.dimension and v is not one]
    worst, best = (dimension_intervals([*others, replace(one, value=(end, end))])[k] for end in one.value)
    return (*box.lower[:k], best[0], *box.lower[k + 1 :]), (*box.upper[:k], worst[1], *box.upper[k + 1 :])


@dataclass(frozen=True, slots=True)
class _Box:
    """All that the dimensions may still turn out to be: any point between `lower` and `upper`."""

    lower: _Row
    upper: _Row
    weights: tuple[float, ...]
    floors: tuple[float, ...]
    thresholds: tuple[float, ...]

    @classmethod
    def of(cls, practice: Practice, values: Sequence[CriterionValue], weights: WeightSet) -> _Box:
        lower, upper = zip(*dimension_intervals(values), strict=True)
        return cls(lower, upper, weights.centroid, practice.floor_per_dimension, practice.thresholds)

    def flips(self, answered: list[tuple[_Row, _Row]]) -> list[bool]:
        """Whether the class interval changes with these (lower ends, upper ends) instead of the box's."""
        rows = [(self.lower, self.upper), *answered]
        found = classes(scores(rows, self.weights), self.thresholds, under_floor(rows, self.floors))
        return [bool(row) for row in (found[1:] != found[0]).any(axis=1)]

    def may_decide_the_class(self, k: int, width: float) -> bool:
        """Whether a criterion that moves dimension `k` by `width` decides, the rest being somewhere.

        The class never falls as values rise, so only its worst and its best are compared. What the rest
        can make of the score is an interval without gaps, so a threshold is crossed somewhere as soon as
        one lies within reach.
        """
        step = self.weights[k] * width
        first, good, *_ = self.thresholds
        if step > 0 and self._score(self.lower) < first <= self._score(self.upper):
            return True
        if any(top < floor for top, floor in zip(self.upper, self.floors, strict=True)):
            return False  # capped whatever happens
        at_best = [low + width * (i == k) for i, low in enumerate(self.lower)]
        uncapped = map(max, at_best, self.floors)  # the least at which nothing is capped
        at_worst = self._score(value - width * (i == k) for i, value in enumerate(uncapped))
        greatest = self._score(self.upper)
        if step > 0 and any(at_worst < t <= greatest for t in self.thresholds[GOOD - 1 :]):
            return True
        return self._may_lift_the_cap(k, width, good)

    def _may_lift_the_cap(self, k: int, width: float, good: float) -> bool:
        """Whether, at worst, it leaves dimension `k` under its floor where the score is good at its best."""
        if round(self.lower[k], DECIMALS) >= self.floors[k]:
            return False
        # Once the dimension reaches the ceiling, even this criterion at its worst leaves it on its floor.
        ceiling = round(self.floors[k] + width, DECIMALS)
        if self.upper[k] < ceiling or not self.weights[k]:
            return self._score(self.upper) >= good
        return self._score(ceiling if i == k else top for i, top in enumerate(self.upper)) > good

    def _score(self, dimensions: Iterable[float]) -> float:
        terms = (weight * value for weight, value in zip(self.weights, dimensions, strict=True))
        return round(math.fsum(terms), DECIMALS)
