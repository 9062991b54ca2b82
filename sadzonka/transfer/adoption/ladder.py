"""The outcome ladder: which stage may follow which, and on what day at the earliest; no database."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sadzonka.transfer.models import Stage

Outcome = Stage.Outcome
RUNGS = (
    Outcome.CONSIDERED,
    Outcome.DECIDED,
    Outcome.STARTED,
    Outcome.DELIVERED,
    Outcome.SUSTAINED_12,
    Outcome.SUSTAINED_24,
)
ENDS = (Outcome.DECLINED, Outcome.ABANDONED)
MONTHS_OF_SERVICE = {Outcome.SUSTAINED_12: 12, Outcome.SUSTAINED_24: 24}


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage as the ladder sees it: what was reached, on which day."""

    outcome: str
    on: dt.date


class LadderError(Exception):
    """These stages cannot stand in this order on these days; `outcome` is the first that does not fit."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class OutOfTurn(LadderError):
    """The stage does not follow the one before it."""


class InTheFuture(LadderError):
    """The day has not come yet."""


class TooEarly(LadderError):
    """The day lies before `earliest`, the first one that fits what came before."""

    def __init__(self, outcome: str, earliest: dt.date) -> None:
        super().__init__(outcome)
        self.earliest = earliest


def next_outcomes(path: Sequence[str], *, may_skip: bool = False) -> tuple[str, ...]:
    """Return what may follow the stages reached so far, in the ladder's order; nothing follows an end.

    With `may_skip` rungs whose day nobody knows are left out, as for an adoption known from a source only.

    >>> [str(one) for one in next_outcomes(["considered"])]
    ['decided', 'declined']
    >>> [str(one) for one in next_outcomes(["considered", "decided", "started"])]
    ['delivered', 'abandoned']
    >>> next_outcomes(["considered", "declined"])
    ()
    """
    if path and path[-1] in ENDS:
        return ()
    height = RUNGS.index(Outcome(path[-1])) + 1 if path else 0
    higher = RUNGS[height:] if may_skip else RUNGS[height : height + 1]
    rungs = [one for one in higher if one not in MONTHS_OF_SERVICE or Outcome.DELIVERED in path]
    is_decided = height > RUNGS.index(Outcome.DECIDED)
    ends = [Outcome.ABANDONED] if is_decided else [Outcome.DECLINED] if path else []
    if may_skip and not is_decided:
        ends = list(ENDS)
    return (*rungs, *ends)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later, or the last one of a shorter month.

    >>> months_after(dt.date(2024, 2, 29), 12), months_after(dt.date(2023, 2, 28), 12)
    (datetime.date(2025, 2, 28), datetime.date(2024, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def earliest_day(outcome: str, path: Sequence[Reached]) -> dt.date | None:
    """Return the first day on which a stage may follow those reached; None when any day may."""
    if not path:
        return None
    earliest = path[-1].on
    delivered = next((one.on for one in path if one.outcome == Outcome.DELIVERED), None)
    if delivered and outcome in MONTHS_OF_SERVICE:
        earliest = max(earliest, months_after(delivered, MONTHS_OF_SERVICE[Outcome(outcome)]))
    return earliest


def check(path: Sequence[Reached], *, today: dt.date, may_skip: bool = False) -> None:
    """Raise the LadderError of the first stage that does not fit what came before it."""
    for number, stage in enumerate(path):
        before = path[:number]
        if stage.outcome not in next_outcomes([one.outcome for one in before], may_skip=may_skip):
            raise OutOfTurn(stage.outcome)
        earliest = earliest_day(stage.outcome, before)
        if earliest and stage.on < earliest:
            raise TooEarly(stage.outcome, earliest)
        if stage.on > today:
            raise InTheFuture(stage.outcome)


def in_order(stages: Sequence[Reached]) -> list[Reached]:
    """Return stages from the lowest rung to the highest, an end last, whatever their days.

    >>> path = [Reached("abandoned", dt.date(2020, 1, 1)), Reached("decided", dt.date(2019, 1, 1))]
    >>> [one.outcome for one in in_order(path)]
    ['decided', 'abandoned']
    """
    return sorted(stages, key=lambda one: [*RUNGS, *ENDS].index(Outcome(one.outcome)))
