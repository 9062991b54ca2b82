"""What a card says that people can change, in the words of the page and as the computation takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sadzonka.analysis import Change, Facts, State
from sadzonka.analysis.states import any_of
from sadzonka.practices.choices import ChangedBy
from sadzonka.practices.models import Alternative, Clause, Criterion, Version
from sadzonka.practices.queries import QUESTION_LEVELS
from sadzonka.transfer.addresses import name_of
from sadzonka.transfer.queries import is_in_force


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that people can do: meet an alternative of `clauses`, or take the step on a criterion."""

    change: Change
    alternative: Alternative | None = None
    criterion: Criterion | None = None
    clauses: tuple[Clause, ...] = ()

    @property
    def name(self) -> str:
        """The name under which it stands in an address."""
        return name_of(self.change)

    @property
    def changed_by(self) -> str:
        return str(ChangedBy(self.change.changed_by).label)

    @property
    def subject(self) -> Alternative | Criterion | None:
        """What says who can change it and what it takes."""
        return self.alternative or self.criterion

    def __str__(self) -> str:
        if self.criterion is not None:
            return f"{self.criterion.name}: {self.criterion.step}"
        return f"{', '.join(str(clause.name) for clause in self.clauses)}: {self.alternative}"


def options_of(version: Version, day: dt.date) -> tuple[Option, ...]:
    """Return all that a card says people can change, conditions first, each in the card's order.

    A law that is not in force can be met by nobody, and of a step it must be known where it leads.
    """
    return (*_alternatives(version, day), *_steps(version))


def _alternatives(version: Version, day: dt.date) -> Iterable[Option]:
    clauses: dict[str, list[Clause]] = {}
    alternatives: dict[str, Alternative] = {}
    for clause in version.clauses.all():
        for one in clause.alternatives.all():
            clauses.setdefault(one.key, []).append(clause)
            alternatives.setdefault(one.key, one)
    for key, one in alternatives.items():
        if one.changed_by != ChangedBy.NOBODY and is_in_force(one, day):
            change = Change("alternative", key, cost_class=one.cost_class, changed_by=one.changed_by)
            yield Option(change, alternative=one, clauses=tuple(clauses[key]))


def _steps(version: Version) -> Iterable[Option]:
    for one in version.criteria.all():
        if not (one.is_alterable and one.step) or one.changed_by == ChangedBy.NOBODY:
            continue
        reading = reading_given(one, one.step_reading)
        if reading is not None:
            change = Change("step", one.key, (reading, reading), one.cost_class, one.changed_by)
            yield Option(change, criterion=one)


def reading_given(criterion: Criterion, reading: float | None) -> float | None:
    """Return a reading that a card gives; None when it gives none, or a level that does not exist."""
    least, greatest = QUESTION_LEVELS
    if reading is None or (criterion.is_question and not least <= reading <= greatest):
        return None
    return reading


def open_options(options: Iterable[Option], facts: Facts) -> tuple[Option, ...]:
    """Return what is not reached yet: ways to meet an open condition, steps to a value above today's."""
    return tuple(one for one in options if _is_open(one, facts))


def _is_open(option: Option, facts: Facts) -> bool:
    if option.criterion is not None:
        return _is_above(option, facts)
    return any(
        any_of(facts.state_of(one.key) for one in clause.alternatives.all()) is not State.MET
        for clause in option.clauses
    )


def _is_above(option: Option, facts: Facts) -> bool:
    """Whether a step leads to a value above the lower end of today's."""
    if option.criterion is None or option.change.reading is None:
        return False
    value, now = option.criterion.value_function(), facts.readings.get(option.change.key)
    return value.over(option.change.reading)[0] > (0.0 if now is None else value.over(now)[0])
