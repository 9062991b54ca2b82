"""What would have to change: the fewest changes that reach the next class (method, section 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.conditions import smallest_repair
from sadzonka.analysis.facts import Facts, check_facts
from sadzonka.analysis.method import Method
from sadzonka.analysis.practice import CLASSES, DIMENSIONS, Alternative, Criterion, Practice
from sadzonka.analysis.result import (
    Analysis,
    CriterionValue,
    analyse,
    criterion_values,
    inner_weights,
    whole_weight,
)
from sadzonka.analysis.shares import BILLION, DECIMALS, Floats, classes, scores, under_floor
from sadzonka.analysis.states import State
from sadzonka.analysis.value_function import Interval, ValueFunction
from sadzonka.analysis.weights import SIMPLEX, WeightSet

MOST_CHANGES = 15  # steps among which every set is compared: 32,768 sets


@dataclass(frozen=True, slots=True)
class Change:
    """Something that people can do: a step on a criterion, or meeting an alternative of a condition.

    `key` is the criterion's or the alternative's. `reading` [l, u], in the criterion's units, is where a
    step leads; an alternative has none. `cost_class` is ordinal, 0 the cheapest; `changed_by` names who can
    do it. Anything else raises `MethodError`.

    >>> Change("step", "will", reading=(4, 4), cost_class=1).reading
    (4.0, 4.0)
    >>> Change("step", "will")
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: will: a step needs a reading, an alternative has none
    """

    kind: Literal["step", "alternative"]
    key: str
    reading: Interval | None = None
    cost_class: int = 0
    changed_by: str = ""

    def __post_init__(self) -> None:
        """Refuse what is neither, and a step that leads nowhere."""
        if self.kind not in ("step", "alternative"):
            raise MethodError("change", f"{self.kind!r} is neither step nor alternative")
        if (self.reading is None) == (self.kind == "step"):
            raise MethodError(self.key, "a step needs a reading, an alternative has none")
        Alternative(self.key, self.changed_by, self.cost_class)  # keys and cost classes obey the same rules
        if self.reading is not None:
            object.__setattr__(self, "reading", Facts(readings={self.key: self.reading}).readings[self.key])


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that together open the gate and bring the lower end of the class to `target`.

    `changes` stand in the practice's order, conditions first; `adds[i]` is what the i-th adds to the lower
    end of the score, 0 for an alternative. `target` is an index in `CLASSES`. `before` and `after` are the
    analyses without and with all of them.

    >>> found = smallest_change(Practice((), ()), Facts(), (), target=0)
    >>> found.changes, found.after.class_words
    ((), ('distant', 'strong'))
    """

    changes: tuple[Change, ...]
    adds: tuple[float, ...]
    target: int
    before: Analysis
    after: Analysis


def changed_facts(practice: Practice, facts: Facts, changes: Iterable[Change]) -> Facts:
    """Return what would be known about the place once `changes` are made.

    An alternative becomes met. A step to the value v turns the value [l, u] into [max(l, v), max(u, v)]:
    values never fall, and what was uncertain above v stays so. The reading is one that has just these
    values. That of a missing criterion goes up to the best reading that can exist, whose value may be
    under 1. Two changes of one kind with one key, and what does not fit the practice, raise `MethodError`.
    Source: method, section 8.

    >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
    >>> practice, step = Practice((), (will,)), Change("step", "will", (3, 3))
    >>> for now in ({"will": (1, 2)}, {"will": (2, 4)}, {"will": (4, 5)}, {}):
    ...     changed_facts(practice, Facts(readings=now), [step]).readings["will"]
    (3.0, 3.0)
    (3.0, 4.0)
    (4.0, 5.0)
    (3.0, 5.0)
    """
    changes = tuple(changes)
    _check(practice, facts, changes)
    criteria = {criterion.key: criterion for criterion in practice.criteria}
    states, readings = dict(facts.states), dict(facts.readings)
    for change in changes:
        if change.reading is None:
            states[change.key] = State.MET
        else:
            readings |= _stepped(criteria[change.key], facts.readings.get(change.key), change.reading)
    return Facts(states, readings)


def smallest_change(
    practice: Practice,
    facts: Facts,
    changes: Iterable[Change],
    weights: WeightSet = SIMPLEX,
    method: Method | None = None,
    *,
    target: int | None = None,
) -> ChangeSet | None:
    """Find the fewest of `changes` that open the gate and bring the lower end's class to `target`.

    `target` is an index in `CLASSES`, by default of the class after the present lower one, at most the last;
    floors count. Among equally many the set whose dearest cost class is lowest wins (then the second
    dearest ...), then the one earliest in the practice's order, conditions before criteria. Exact, because
    alternatives move the gate alone and steps the class alone: the best of both together is the best of
    each. Empty when all is reached already, None when even all changes together do not reach it. What does
    not fit the practice, two changes of one kind with one key, and more than `MOST_CHANGES` steps of which
    each might help raise `MethodError`. Source: method, section 8.

    >>> level = ValueFunction(((0, 0), (5, 1)))
    >>> practice = Practice((), tuple(Criterion(name, name, 1, level) for name in DIMENSIONS))
    >>> facts = Facts(readings=dict.fromkeys(DIMENSIONS, (2, 2)))
    >>> found = smallest_change(practice, facts, [Change("step", name, (4, 4)) for name in DIMENSIONS])
    >>> [change.key for change in found.changes], found.adds, found.after.class_words
    (['need', 'fit'], (0.08, 0.08), ('good', 'good'))
    """
    changes = tuple(changes)
    before = analyse(practice, facts, weights, method)
    best = changed_facts(practice, facts, changes)
    goal = min(before.class_interval[0] + 1, len(CLASSES) - 1) if target is None else _checked_target(target)
    repair = _repair(practice, facts, before, changes)
    steps = _steps(practice, before, criterion_values(practice, best), changes, goal)
    if repair is None or steps is None:
        return None
    chosen = (*repair, *steps)
    after = analyse(practice, changed_facts(practice, facts, chosen), weights, method)
    inside = inner_weights(practice)
    adds = tuple(_added(change, inside, before, after) for change in chosen)
    return ChangeSet(chosen, adds, goal, before, after)


def _check(practice: Practice, facts: Facts, changes: Sequence[Change]) -> None:
    """Refuse facts and changes that do not fit the practice, and two changes of the same."""
    check_facts(practice, facts)
    steps = {change.key: change.reading for change in changes if change.reading is not None}
    alternatives = {change.key: State.MET for change in changes if change.reading is None}
    check_facts(practice, Facts(alternatives, steps))
    seen: set[tuple[str, str]] = set()
    for change in changes:
        if (change.kind, change.key) in seen:
            raise MethodError(change.key, f"two changes are a {change.kind} of this key")
        seen.add((change.kind, change.key))


def _checked_target(target: int) -> int:
    if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < len(CLASSES):
        raise MethodError("target", f"{target!r} is no index of a class, 0 to {len(CLASSES) - 1}")
    return target


# --- where a step leads


def _stepped(criterion: Criterion, now: Interval | None, step: Interval) -> dict[str, Interval]:
    """Return the reading of the criterion after the step, by its key; nothing while it stays missing.

    The greatest value that is then possible is one of `now` or of the step. From the lower end of that
    reading to where this value is, values only rise (they have one peak), so somewhere between lies the
    reading with the least value that is then possible.
    """
    value = criterion.value_function
    lower, upper = (0.0, 1.0) if now is None else value.over(now)
    least, most = value.over(step)
    if least <= lower and most <= upper:
        return {} if now is None else {criterion.key: now}
    around = now or _every_reading(criterion, step)
    holder = around if value.over(around)[1] >= most else step
    floor = max(lower, least)
    top = _best(value, holder)
    for end in (*step, *holder):  # where an end has just that value, no arithmetic blurs it
        reading = (min(end, top), max(end, top))
        if value.over(reading) == (floor, value(top)):
            return {criterion.key: reading}
    end = _crossing(value, min(holder, key=value), top, floor)
    return {criterion.key: (min(end, top), max(end, top))}


def _every_reading(criterion: Criterion, step: Interval) -> Interval:
    points = criterion.value_function.points
    return criterion.limits or (min(points[0][0], step[0]), max(points[-1][0], step[1]))


def _best(value: ValueFunction, reading: Interval) -> float:
    """Where within the reading the value is greatest."""
    lower, upper = reading
    peak, _ = value.peak
    return peak if lower < peak < upper else max(reading, key=value)


def _crossing(value: ValueFunction, under: float, over: float, floor: float) -> float:
    """Where the value, rising from `under` to `over`, reaches `floor`: halved until no number is between."""
    middle = (under + over) / 2
    while middle not in (under, over):
        under, over = (under, middle) if value(middle) >= floor else (middle, over)
        middle = (under + over) / 2
    return over


# --- the search


def _repair(
    practice: Practice, facts: Facts, before: Analysis, changes: Sequence[Change]
) -> tuple[Change, ...] | None:
    """Fewest alternatives on offer that open the gate."""
    offers = {change.key: change for change in changes if change.kind == "alternative"}
    clauses = []
    for clause, report in zip(practice.clauses, before.clauses, strict=True):
        is_met = report.state is State.MET
        ways = [one for one in clause.alternatives if is_met or one.key in offers]
        if not ways:
            return None
        priced = (replace(one, cost_class=offers[one.key].cost_class) for one in ways if one.key in offers)
        by_key = {one.key: one for one in priced}
        clauses.append(replace(clause, alternatives=tuple(by_key.get(one.key, one) for one in ways)))
    offered = Practice(tuple(clauses), ())
    known = {one.key: facts.state_of(one.key) for one in offered.alternatives}
    return tuple(offers[one.key] for one in smallest_repair(offered, Facts(known)))


def _steps(
    practice: Practice,
    before: Analysis,
    best: Sequence[CriterionValue],
    changes: Sequence[Change],
    goal: int,
) -> tuple[Change, ...] | None:
    """Fewest steps that bring the lower end to `goal`, where `best` are the values after all of them."""
    if before.class_interval[0] >= goal:
        return ()
    offers = {change.key: change for change in changes if change.kind == "step"}
    places = [
        place
        for place, (now, then) in enumerate(zip(before.criteria, best, strict=True))
        if then.value[0] > now.value[0] and _may_help(before, now.criterion.dimension)
    ]
    if len(places) > MOST_CHANGES:
        raise MethodError("changes", f"{len(places)} steps might help, more than {MOST_CHANGES}")
    rows = _lower_ends(before.criteria, best, places)
    is_capped = under_floor(rows, practice.floor_per_dimension)
    found = classes(scores(rows, before.weights.centroid), before.thresholds, is_capped)
    sets = [
        [place for bit, place in enumerate(places) if i >> bit & 1] for i in np.flatnonzero(found >= goal)
    ]

    def rank(chosen: list[int]) -> tuple[int, list[int], list[int]]:
        costs = (offers[practice.criteria[place].key].cost_class for place in chosen)
        return len(chosen), sorted(costs, reverse=True), chosen

    chosen = min(sets, key=rank, default=None)
    return chosen if chosen is None else tuple(offers[practice.criteria[place].key] for place in chosen)


def _lower_ends(now: Sequence[CriterionValue], then: Sequence[CriterionValue], places: list[int]) -> Floats:
    """Lower ends (2 ** m, 5) of the dimensions: row i has the steps at those places whose bit i has.

    Sums of whole billionths by whole millionths as in `dimension_intervals`, so equal to it to the bit.
    """
    sums, weights = np.zeros((1, len(DIMENSIONS))), np.zeros(len(DIMENSIONS))
    for one in now:
        k = DIMENSIONS.index(one.criterion.dimension)
        weights[k] += whole_weight(one.criterion)
        sums[:, k] += whole_weight(one.criterion) * round(one.value[0] * BILLION)
    for place in places:
        before, after, stepped = now[place], then[place], sums.copy()
        rise = round(after.value[0] * BILLION) - round(before.value[0] * BILLION)
        stepped[:, DIMENSIONS.index(before.criterion.dimension)] += whole_weight(before.criterion) * rise
        sums = np.concatenate((sums, stepped))
    return np.rint(sums / np.maximum(weights, 1.0)) / BILLION


def _may_help(before: Analysis, dimension: str) -> bool:
    """Whether raising the lower end of a dimension can raise the class: it has a weight, or caps."""
    weight = before.weights.centroid[DIMENSIONS.index(dimension)]
    return weight > 0 or dimension in before.under_floor[0]


def _added(change: Change, inside: Mapping[str, float], before: Analysis, after: Analysis) -> float:
    """Return what the change adds to the lower end of the score."""
    if change.kind == "alternative":
        return 0.0
    for now, then in zip(before.criteria, after.criteria, strict=True):
        if now.criterion.key == change.key:
            weight = before.weights.centroid[DIMENSIONS.index(now.criterion.dimension)]
            return round(weight * inside[change.key] * (then.value[0] - now.value[0]), DECIMALS)
    return 0.0
