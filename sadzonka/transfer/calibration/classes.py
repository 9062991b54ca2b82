"""Of the adoptions anticipated to be of each class, how many came that far: counts, and rates from ten on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from sadzonka.analysis.learning import ClassOutcome, calibration
from sadzonka.transfer.calibration.cases import Case
from sadzonka.transfer.words import CLASS_WORDS, percent


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a class came that far; with fewer than ten there is no rate."""

    outcome: ClassOutcome

    @property
    def interval_percent(self) -> tuple[str, str] | None:
        """Wilson's interval in percent, the lower end rounded down and the upper one up."""
        low, high = percent(self.outcome.interval)
        return (str(low), str(high)) if self.outcome.shows_percentage else None

    @property
    def pooled_percent(self) -> str:
        """The rate with the order of the classes kept, in per cent."""
        if self.outcome.pooled is None or not self.outcome.shows_percentage:
            return ""
        return str(round(self.outcome.pooled * 100))


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class: those whose lower end it was at the decision, and those whose upper end."""

    word: Promise
    by_lower: Count
    by_upper: Count

    @property
    def counts(self) -> tuple[Count, Count]:
        return self.by_lower, self.by_upper


def class_rows(outcomes: Iterable[tuple[Case, bool | None]]) -> tuple[ClassRow, ...]:
    """Return a row for each class, the lowest first, of cases and whether they came that far."""
    told = list(outcomes)
    lower, upper = (calibration((case.class_interval[end], came) for case, came in told) for end in (0, 1))
    return tuple(
        ClassRow(word, Count(low), Count(high))
        for word, low, high in zip(CLASS_WORDS, lower, upper, strict=True)
    )
