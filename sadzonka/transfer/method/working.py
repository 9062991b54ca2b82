"""The example prepared for its page: every intermediate step in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise

from sadzonka.analysis import (
    CLASSES,
    DIMENSIONS,
    FirstQuestion,
    Interval,
    State,
    classes,
    fingerprint,
    smallest_repair,
)
from sadzonka.analysis.changes import Change
from sadzonka.practices.choices import ChangedBy, CostClass, Dimension
from sadzonka.transfer.method.example import CONDITIONS, STEP_WORDS, WAYS, Example
from sadzonka.transfer.method.recursion import ShareSteps, share_steps, short_fraction
from sadzonka.transfer.states import Stated
from sadzonka.transfer.words import CLASS_WORDS, gate_word

GOOD = CLASSES.index("good")


@dataclass(frozen=True, slots=True)
class Way(Stated):
    """One way to meet a condition of the example."""

    statement: Promise
    state: State


@dataclass(frozen=True, slots=True)
class Condition(Stated):
    """One condition of the example."""

    name: Promise
    state: State
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension: its value, its mean weight, and what the two add to the score."""

    dimension: Dimension
    is_known: bool
    value: Interval
    weight: float
    floor: float
    is_under_floor: tuple[bool, bool]

    @property
    def adds(self) -> Interval:
        return self.weight * self.value[0], self.weight * self.value[1]


@dataclass(frozen=True, slots=True)
class Corner:
    """One of the five most extreme weightings, and the score that it gives."""

    weights: tuple[float, ...]
    score: Interval


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the recursion, as a decimal and, where it is short, as a fraction."""

    exact: Fraction

    @property
    def decimal(self) -> float:
        return float(self.exact)

    @property
    def fraction(self) -> str:
        return short_fraction(self.exact)


@dataclass(frozen=True, slots=True)
class Recursion:
    """The recursion of one end as a table."""

    steps: ShareSteps

    @property
    def above(self) -> list[float]:
        return [float(one) for one in self.steps.above]

    @property
    def below(self) -> list[float]:
        return [float(one) for one in self.steps.below]

    @property
    def lines(self) -> Iterator[tuple[float | None, list[Cell]]]:
        """Yield the value below the threshold that a line takes in (None: the line as it begins)."""
        for z, line in zip((None, *self.below), self.steps.lines, strict=True):
            yield z, [Cell(number) for number in line]

    @property
    def share_below(self) -> Cell:
        return Cell(self.steps.share_below)

    @property
    def share(self) -> Cell:
        return Cell(self.steps.share)


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """A class, where it begins, and the share of weightings that reaches it."""

    word: Promise
    begins: float
    share: Interval


@dataclass(frozen=True, slots=True)
class Question:
    """Something worth finding out."""

    words: Promise
    question: FirstQuestion


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One of the changes that together reach the next class."""

    change: Change
    words: Promise
    adds: float

    @property
    def changed_by(self) -> Promise:
        return ChangedBy(self.change.changed_by).label

    @property
    def cost(self) -> Promise:
        return CostClass(self.change.cost_class).label

    @property
    def leads_to(self) -> float | None:
        return self.change.reading[0] if self.change.reading else None


class Working:
    """The example, step by step, in the order in which the page tells it."""

    def __init__(self, example: Example) -> None:
        self.example, self.analysis = example, example.analysis
        self.weights = example.given.weights
        ends = zip(*self.analysis.dimensions, strict=True)
        self._images = [self.weights.image(end).tolist() for end in ends]

    @property
    def gate(self) -> Promise:
        return gate_word(self.analysis.gate)

    @property
    def conditions(self) -> list[Condition]:
        return [
            Condition(
                CONDITIONS[report.key][0],
                report.state,
                tuple(Way(WAYS[one.alternative.key], one.state) for one in report.alternatives),
            )
            for report in self.analysis.clauses
        ]

    @property
    def repair(self) -> list[Promise]:
        """The fewest ways that would open the gate."""
        return [WAYS[one.key] for one in smallest_repair(self.example.practice, self.example.facts)]

    @property
    def dimensions(self) -> list[DimensionRow]:
        at_lower, at_upper = self.analysis.under_floor
        floors = dict(self.example.practice.floors)
        return [
            DimensionRow(
                Dimension(name),
                self.example.given.values[name] is not None,
                value,
                weight,
                floors.get(name, 0.0),
                (name in at_lower, name in at_upper),
            )
            for name, value, weight in zip(
                DIMENSIONS, self.analysis.dimensions, self.weights.centroid, strict=True
            )
        ]

    @property
    def mean_of_known(self) -> float | None:
        """What averaging only what is known would say; None where that is everything or nothing."""
        known = [row for row in self.dimensions if row.is_known]
        weight = math.fsum(row.weight for row in known)
        if len(known) in {0, len(DIMENSIONS)} or not weight:
            return None
        return round(math.fsum(row.adds[0] for row in known) / weight, 9)

    @property
    def class_of_mean(self) -> Promise | None:
        """The class that such an average would claim."""
        mean = self.mean_of_known
        if mean is None:
            return None
        return CLASS_WORDS[int(classes([mean], self.analysis.thresholds, [False])[0])]

    @property
    def corners(self) -> list[Corner]:
        lower, upper = self._images
        return [
            Corner(weights, ends)
            for weights, ends in zip(self.weights.vertices, zip(lower, upper, strict=True), strict=True)
        ]

    @property
    def weights_by_corner(self) -> list[tuple[DimensionRow, tuple[float, ...]]]:
        """Each dimension with its weight at each of the five corners."""
        return list(zip(self.dimensions, zip(*self.weights.vertices, strict=True), strict=True))

    @property
    def thresholds(self) -> list[ThresholdRow]:
        rows = zip(CLASS_WORDS[1:], self.analysis.thresholds, self.analysis.shares, strict=True)
        return [ThresholdRow(*row) for row in rows]

    @property
    def good(self) -> ThresholdRow:
        return self.thresholds[GOOD - 1]

    @property
    def recursions(self) -> list[Recursion]:
        """The recursion for "good", at the lower and at the upper end."""
        return [Recursion(share_steps(image, self.good.begins)) for image in self._images]

    @property
    def lowest_class(self) -> Promise:
        return CLASS_WORDS[self.analysis.class_interval[0]]

    @property
    def highest_class(self) -> Promise:
        return CLASS_WORDS[self.analysis.class_interval[1]]

    @property
    def class_name(self) -> str:
        return CLASSES[self.analysis.class_interval[0]]

    @property
    def questions(self) -> list[Question]:
        return [Question(_words_of(one), one) for one in self.example.questions if one.is_worth_measuring]

    @property
    def not_worth_measuring(self) -> list[Question]:
        return [Question(_words_of(one), one) for one in self.example.questions if not one.is_worth_measuring]

    @property
    def target(self) -> Promise:
        """The next class, or the last one."""
        return CLASS_WORDS[min(self.analysis.class_interval[0] + 1, len(CLASSES) - 1)]

    @property
    def is_reachable(self) -> bool:
        return self.example.change is not None

    @property
    def changes(self) -> list[ChangeRow]:
        found = self.example.change
        if found is None:
            return []
        return [
            ChangeRow(one, STEP_WORDS[one.key] if one.kind == "step" else WAYS[one.key], adds)
            for one, adds in zip(found.changes, found.adds, strict=True)
        ]

    @property
    def after(self) -> tuple[Promise, Interval] | None:
        """The class at the lower end and the score once all of them are made."""
        found = self.example.change
        return (CLASS_WORDS[found.after.class_interval[0]], found.after.score) if found else None

    @property
    def hash(self) -> str:
        return fingerprint(self.example.record)


def _words_of(question: FirstQuestion) -> Promise:
    return WAYS[question.key] if question.kind == "condition" else Dimension(question.key).label
