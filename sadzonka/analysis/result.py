"""The analysis of one practice for one place: values, score, shares, class (method, sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sadzonka.analysis.conditions import ClauseReport, clause_reports, gate_of
from sadzonka.analysis.facts import Facts
from sadzonka.analysis.method import METHOD, Method
from sadzonka.analysis.practice import CLASSES, DIMENSIONS, Criterion, Practice
from sadzonka.analysis.shares import BILLION, DECIMALS, POSSIBLE, classes, scores, share_at_least
from sadzonka.analysis.states import Gate
from sadzonka.analysis.value_function import Interval
from sadzonka.analysis.weights import SIMPLEX, WeightSet

GOOD = 2  # index in CLASSES, and 1 + index of its threshold
MILLION = 1e6  # weights inside a dimension count in whole millionths


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """The value [l, u] within [0, 1] of one criterion; [0, 1] when nothing is known.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> CriterionValue(Criterion("a", "need", 1, ValueFunction(((0, 0), (5, 1)))), (0.0, 1.0), False).is_known
    False
    """

    criterion: Criterion
    value: Interval
    is_known: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """Anticipated transferability of a practice to a place, with what it rests on.

    Intervals are (lower, upper) within [0, 1], rounded to 9 decimals; `dimensions` follow `DIMENSIONS`,
    `shares` follow `thresholds` and are shares of weightings, not probabilities. `class_interval` holds
    indices in `CLASSES`. `under_floor` names, for the lower and for the upper end, the dimensions that cap
    the class at "possible". `completeness` is the weight of the criteria about which something is known.
    `weighting_bounds` are the least and the greatest score that any weighting gives. `method` is the
    edition that was followed.

    >>> analyse(Practice((), ()), Facts()).class_words
    ('distant', 'strong')
    """

    gate: Gate
    clauses: tuple[ClauseReport, ...]
    criteria: tuple[CriterionValue, ...]
    dimensions: tuple[Interval, ...]
    score: Interval
    thresholds: tuple[float, ...]
    shares: tuple[Interval, ...]
    class_interval: tuple[int, int]
    under_floor: tuple[tuple[str, ...], tuple[str, ...]]
    completeness: float
    weighting_bounds: Interval
    weights: WeightSet
    method: Method

    @property
    def class_words(self) -> tuple[str, str]:
        """The words of the class interval.

        >>> analyse(Practice((), (), floors=(("need", 0.2),)), Facts()).class_words
        ('distant', 'strong')
        """
        lower, upper = self.class_interval
        return CLASSES[lower], CLASSES[upper]

    @property
    def is_capped(self) -> tuple[bool, bool]:
        """Whether a dimension is under its floor, at the lower and at the upper end.

        >>> analyse(Practice((), (), floors=(("need", 0.2),)), Facts()).is_capped
        (True, False)
        """
        at_lower, at_upper = self.under_floor
        return bool(at_lower), bool(at_upper)

    @property
    def is_robustly_good(self) -> bool:
        """Whether even the lower end is at least good for 95 % of all weightings, and nothing is capped.

        >>> analyse(Practice((), ()), Facts()).is_robustly_good
        False
        """
        return self.shares[GOOD - 1][0] >= self.method.robust_share and not any(self.is_capped)

    @property
    def is_possibly_good(self) -> bool:
        """Whether the upper end is at least good for 5 % of all weightings, and is not capped.

        >>> analyse(Practice((), ()), Facts()).is_possibly_good
        True
        """
        return self.shares[GOOD - 1][1] >= self.method.possible_share and not self.is_capped[1]

    @property
    def standing(self) -> int:
        """Place in the order in which a place's practices are shown, 0 first (method, section 5).

        0 open and robustly good; 1 not blocked and possibly good; 2 not blocked, upper class at least
        possible; 3 not blocked, others; 4 blocked.

        >>> analyse(Practice((), ()), Facts()).standing
        1
        """
        if self.gate is Gate.BLOCKED:
            return 4
        if self.gate is Gate.OPEN and self.is_robustly_good:
            return 0
        if self.is_possibly_good:
            return 1
        return 2 if self.class_interval[1] >= POSSIBLE else 3


def analyse(
    practice: Practice, facts: Facts, weights: WeightSet = SIMPLEX, method: Method | None = None
) -> Analysis:
    """Analyse one practice for one place, by today's method unless another edition is given.

    Values are computed also where the gate is blocked. Facts that do not fit the practice raise
    `MethodError`. Source: method, sections 2 to 5.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> level = ValueFunction(((0, 0), (1, 1)))
    >>> practice = Practice((), tuple(Criterion(name, name, 1, level) for name in DIMENSIONS))
    >>> known = {"need": 0.7, "fit": 0.45, "readiness": 0.6, "support": 0.55}
    >>> found = analyse(practice, Facts(readings={key: (value, value) for key, value in known.items()}))
    >>> found.score, found.class_words, found.completeness
    ((0.46, 0.66), ('possible', 'good'), 0.8)
    >>> [round(end, 3) for end in found.shares[1]]
    [0.179, 0.952]
    """
    reports = clause_reports(practice, facts)
    values = criterion_values(practice, facts)
    dimensions = dimension_intervals(values)
    ends = list(zip(*dimensions, strict=True))
    floors = practice.floor_per_dimension
    under = tuple(
        tuple(name for name, value, floor in zip(DIMENSIONS, end, floors, strict=True) if value < floor)
        for end in ends
    )
    score = scores(ends, weights.centroid)
    y = weights.image(ends)
    shares = share_at_least(y, practice.thresholds).round(DECIMALS)
    class_lower, class_upper = classes(score, practice.thresholds, [bool(names) for names in under]).tolist()
    return Analysis(
        gate=gate_of(reports),
        clauses=reports,
        criteria=values,
        dimensions=dimensions,
        score=(float(score[0]), float(score[1])),
        thresholds=practice.thresholds,
        shares=tuple(zip(*shares.tolist(), strict=True)),
        class_interval=(class_lower, class_upper),
        under_floor=(under[0], under[1]),
        completeness=_completeness(values, weights),
        weighting_bounds=(float(y[0].min()), float(y[1].max())),
        weights=weights,
        method=method or METHOD,
    )


def criterion_values(practice: Practice, facts: Facts) -> tuple[CriterionValue, ...]:
    """Value [l, u] of every criterion in the practice's order, in whole billionths.

    Facts must fit the practice (`check_facts`). Source: method, section 3.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> practice = Practice((), (Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1)))),))
    >>> criterion_values(practice, Facts(readings={"will": (2, 3)}))[0].value
    (0.4, 0.6)
    """
    values = []
    for criterion in practice.criteria:
        reading = facts.readings.get(criterion.key)
        lower, upper = (0.0, 1.0) if reading is None else criterion.value_function.over(reading)
        value = (round(lower * BILLION) / BILLION, round(upper * BILLION) / BILLION)
        values.append(CriterionValue(criterion, value, is_known=reading is not None))
    return tuple(values)


def dimension_intervals(values: Sequence[CriterionValue]) -> tuple[Interval, ...]:
    """Value [l, u] of the five dimensions: weighted means of their criteria, [0, 1] without any.

    Values count in whole billionths and weights in whole millionths (`whole_weight`), so the mean is exact
    before it is rounded to a billionth, half to even: the order of criteria is irrelevant, thirds of a
    dimension make a whole, and only the weights' ratios matter. Source: method, section 3.

    >>> dimension_intervals(())[0]
    (0.0, 1.0)
    """
    members = ([v for v in values if v.criterion.dimension == name] for name in DIMENSIONS)
    return tuple(map(_dimension_interval, members))


def whole_weight(criterion: Criterion) -> int:
    """Weight of a criterion inside its dimension in whole millionths, at least one.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> whole_weight(Criterion("a third", "need", 1 / 3, ValueFunction(((0, 0), (5, 1)))))
    333333
    """
    return max(round(criterion.weight * MILLION), 1)


def inner_weights(practice: Practice) -> dict[str, float]:
    """Weights in (0, 1] of the criteria inside their dimensions, by key, as `dimension_intervals` takes them.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> level = ValueFunction(((0, 0), (5, 1)))
    >>> criteria = Criterion("a", "need", 1 / 3, level), Criterion("b", "need", 2 / 3, level)
    >>> inner_weights(Practice((), criteria))
    {'a': 0.333333, 'b': 0.666667}
    """
    totals = dict.fromkeys(DIMENSIONS, 0)
    for one in practice.criteria:
        totals[one.dimension] += whole_weight(one)
    return {one.key: whole_weight(one) / totals[one.dimension] for one in practice.criteria}


def _dimension_interval(values: list[CriterionValue]) -> Interval:
    if not values:
        return 0.0, 1.0
    lower = _mean((one.criterion, one.value[0]) for one in values)
    return lower, _mean((one.criterion, one.value[1]) for one in values)


def _mean(values: Iterable[tuple[Criterion, float]]) -> float:
    """Weighted mean of values in [0, 1], in whole billionths; sums stay below 2**53, so they are exact."""
    total = weights = 0
    for criterion, value in values:
        weight = whole_weight(criterion)
        total += weight * round(value * BILLION)
        weights += weight
    # An exact quotient that is no tie is 1 / (2 * weights), about 5e-7, or more away from one; a float64 up
    # to 1e9 is within 6e-8 of it, and a tie is a float64 itself: this rounds the exact one, half to even.
    return round(total / max(weights, 1)) / BILLION


def _completeness(values: Sequence[CriterionValue], weights: WeightSet) -> float:
    """Score of the knowledge itself: 1 for what is known, 0 for what is not."""
    members = ([v for v in values if v.criterion.dimension == name] for name in DIMENSIONS)
    known = [_mean((one.criterion, float(one.is_known)) for one in those) for those in members]
    return float(scores(known, weights.centroid))
