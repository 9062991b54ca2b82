"""What was in place where a practice was delivered, and where it was given up: its card's claims, tested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import Interval
from sadzonka.analysis.learning import Separation, necessity, separation
from sadzonka.practices.models import CardText, Clause, Criterion
from sadzonka.transfer.adoption.queries import Story
from sadzonka.transfer.calibration.cases import Case

FEWEST_OF_EACH = 2
CONSISTENT = 0.9  # usual for a claim that something is necessary (Schneider & Wagemann 2012)
RELEVANT = 0.6  # our convention: below it a condition is in place nearly everywhere
# By whether it was also in place nearly everywhere else, and whether something was delivered without it.
NECESSARY_WORDS = {
    (False, False): _("in place wherever it was delivered, and less often elsewhere"),
    (False, True): _("in place almost wherever it was delivered, and less often elsewhere"),
    (True, False): _("nearly trivial: in place wherever it was delivered, and nearly everywhere else"),
    (True, True): _("nearly trivial: in place almost wherever it was delivered, and nearly everywhere else"),
}
SEPARATION_WORDS = {"strong": _("parts them strongly"), "weak": _("parts them weakly")}


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """A condition or criterion held against what became of the adoptions in which it was known.

    `n` were known; with fewer than two delivered or two abandoned among them there is nothing to test and
    the three measures are None. Each of them is an interval where a value was one. `deviant` were delivered
    surely without it. `separation` is that of a criterion's values.
    """

    subject: Clause | Criterion
    n: int
    consistency: Interval | None = None
    coverage: Interval | None = None
    relevance: Interval | None = None
    deviant: tuple[Story, ...] = ()
    separation: Separation | None = None

    @property
    def is_tested(self) -> bool:
        return self.consistency is not None

    @property
    def measures(self) -> tuple[Interval | None, ...]:
        return self.consistency, self.coverage, self.relevance

    @property
    def reading(self) -> Promise:
        """What the measures say, in words."""
        if self.consistency is None or self.relevance is None:
            return _("too few to test")
        if self.consistency[1] < CONSISTENT:
            return _("not necessary here: delivered also where it was missing or weak")
        if self.consistency[0] < CONSISTENT or self.relevance[0] < RELEVANT <= self.relevance[1]:
            return _("not settled: what was known then is too wide")
        return NECESSARY_WORDS[self.relevance[0] < RELEVANT, bool(self.deviant)]

    @property
    def parting(self) -> Promise:
        """Whether the criterion's values part what was delivered from what was given up, in words."""
        if self.separation is None or self.separation.value is None:
            return _("too few to test")
        return SEPARATION_WORDS.get(self.separation.mark or "", _("does not part them"))


@dataclass(frozen=True, slots=True)
class PracticeTests:
    """All that a practice's card calls necessary or helpful, held against how its adoptions ended."""

    text: CardText | None
    slug: str
    delivered: int
    abandoned: int
    conditions: tuple[ClaimTest, ...]
    criteria: tuple[ClaimTest, ...]

    @property
    def count(self) -> int:
        return self.delivered + self.abandoned

    @property
    def is_testable(self) -> bool:
        return min(self.delivered, self.abandoned) >= FEWEST_OF_EACH


def practice_tests(cases: Iterable[Case]) -> tuple[PracticeTests, ...]:
    """Return the tests of every practice that was delivered in one place and given up in another, by slug."""
    by_practice: dict[str, list[Case]] = {}
    for case in cases:
        if case.is_delivered is not None:
            by_practice.setdefault(case.story.adoption.practice.slug, []).append(case)
    return tuple(
        _tests_of(slug, found)
        for slug, found in sorted(by_practice.items())
        if {case.is_delivered for case in found} == {True, False}
    )


def _tests_of(slug: str, cases: Sequence[Case]) -> PracticeTests:
    versions = sorted({case.version.number: case.version for case in cases}.items())
    clauses: dict[str, Clause] = {one.key: one for _n, made in versions for one in made.clauses.all()}
    criteria: dict[str, Criterion] = {one.key: one for _n, made in versions for one in made.criteria.all()}
    return PracticeTests(
        text=cases[0].story.text,
        slug=slug,
        delivered=sum(case.is_delivered is True for case in cases),
        abandoned=sum(case.is_delivered is False for case in cases),
        conditions=tuple(_test(one, _degrees(one.key, cases), cases) for one in clauses.values()),
        criteria=tuple(_test(one, _values(one.key, cases), cases) for one in criteria.values()),
    )


def _degrees(key: str, cases: Sequence[Case]) -> dict[int, Interval]:
    """Return by row whether a condition was met, 1 or 0, where that was known at the decision."""
    states = ((row, case.clauses.get(key)) for row, case in enumerate(cases))
    return {row: (state.value, state.value) for row, state in states if state is not None}


def _values(key: str, cases: Sequence[Case]) -> dict[int, Interval]:
    """Return by row the value of a criterion, where something was known at the decision."""
    return {row: case.values[key] for row, case in enumerate(cases) if key in case.values}


def _test(subject: Clause | Criterion, known: Mapping[int, Interval], cases: Sequence[Case]) -> ClaimTest:
    came = {row: cases[row].is_delivered is True for row in known}
    if min(sum(came.values()), len(came) - sum(came.values())) < FEWEST_OF_EACH:
        return ClaimTest(subject, len(known))
    lows, highs = zip(*known.values(), strict=True)
    outcome = list(came.values())
    # Coverage is least where it was low in what was delivered and high in the rest, and the reverse.
    low_where_delivered = [low if has else high for has, low, high in zip(outcome, lows, highs, strict=True)]
    high_where_delivered = [high if has else low for has, low, high in zip(outcome, lows, highs, strict=True)]
    at_lows, at_highs = necessity(lows, outcome), necessity(highs, outcome)
    rows = list(known)
    return ClaimTest(
        subject,
        len(known),
        consistency=_between(at_lows.consistency, at_highs.consistency),
        coverage=_between(
            necessity(low_where_delivered, outcome).coverage,
            necessity(high_where_delivered, outcome).coverage,
        ),
        relevance=_between(at_highs.relevance, at_lows.relevance),
        deviant=tuple(cases[rows[row]].story for row in at_highs.deviant_rows),
        separation=separation(
            [_rating(low) for has, low in zip(outcome, lows, strict=True) if has],
            [_rating(high) for has, high in zip(outcome, highs, strict=True) if not has],
        ),
    )


def _between(low: float | None, high: float | None) -> Interval | None:
    """Return both ends; None where one of them means nothing, as when it was in place nowhere."""
    return None if low is None or high is None else (low, high)


def _rating(value: float) -> float:
    """Return a value from 0 to 1 on the scale of ratings, -2 hinders to +2 helps."""
    return 4 * value - 2
