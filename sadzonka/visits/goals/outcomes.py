"""What became of a goal: reached, not reached, or not known; what is missing is never zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sadzonka.common.words import Words
from sadzonka.visits.models import Goal

Counts = dict[str, int | None]  # by measure


class Verdict(StrEnum):
    """Whether a goal was reached."""

    REACHED = "reached"
    NOT_REACHED = "not-reached"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """A page on which it can be read what was counted."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal with what was achieved, None while that is not known, and the pages that were counted."""

    goal: Goal
    achieved: Decimal | None
    pages: tuple[Link, ...] = ()

    @property
    def is_counted(self) -> bool:
        return self.goal.measure != Goal.Measure.BY_HAND

    @property
    def measured(self) -> Words | str:
        """What is measured, in words; empty when nobody has said it."""
        return str(self.goal.get_measure_display()) if self.is_counted else self.goal.measure_text

    @property
    def verdict(self) -> Verdict:
        if self.achieved is None or self.goal.target is None:
            return Verdict.UNKNOWN
        return Verdict.REACHED if self.achieved >= self.goal.target else Verdict.NOT_REACHED


@dataclass(frozen=True, slots=True)
class Tally:
    """How many goals a visit has, and what became of them."""

    reached: int
    not_reached: int
    unknown: int

    @property
    def goals(self) -> int:
        return self.reached + self.not_reached + self.unknown


def outcome(goal: Goal, counts: Counts, pages: dict[str, list[Link]] | None = None) -> Outcome:
    """Return what became of a goal: what was counted, or what was entered by hand."""
    if goal.measure == Goal.Measure.BY_HAND:
        return Outcome(goal, goal.achieved)
    count = counts[goal.measure]
    return Outcome(
        goal, None if count is None else Decimal(count), tuple((pages or {}).get(goal.measure, ()))
    )


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count the goals by what became of them."""
    verdicts = [one.verdict for one in outcomes]
    return Tally(*(verdicts.count(verdict) for verdict in Verdict))
