"""The worked example: an invented practice and place, analysed before the reader's eyes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import (
    DIMENSIONS,
    METHOD,
    SIMPLEX,
    Alternative,
    Analysis,
    Clause,
    Criterion,
    Facts,
    FirstQuestion,
    Practice,
    Record,
    State,
    ValueFunction,
    WeightSet,
    analyse,
    first_questions,
    input_record,
)
from sadzonka.analysis.changes import Change, ChangeSet, smallest_change

DAY = dt.date(2026, 11, 26)  # the example's own: its record and hash are the same on every day
PLACE, PRACTICE_VERSION = "example", "example 1"
RUN, ROOMS = "run", "rooms"

CLAUSES = (
    Clause(RUN, (Alternative("cooperative", "partner", 1), Alternative("agreement", "municipality", 1))),
    Clause(ROOMS, (Alternative("own-rooms", "municipality", 2), Alternative("building", "municipality", 3))),
)
WAYS: Mapping[str, Promise] = {
    "cooperative": _("A social cooperative works here or nearby"),
    "agreement": _("A neighbouring municipality runs it for both, by an agreement"),
    "own-rooms": _("The municipality has rooms of its own"),
    "building": _("A building can be converted"),
}
CONDITIONS: Mapping[str, tuple[Promise, tuple[str, ...]]] = {
    RUN: (_("Somebody runs it"), ("cooperative", "agreement")),
    ROOMS: (_("There are rooms for it"), ("own-rooms", "building")),
}
DEFAULT_STATES: Mapping[str, State] = {
    "cooperative": State.MET,
    "agreement": State.UNKNOWN,
    "own-rooms": State.UNKNOWN,
    "building": State.UNMET,
}
# The example of the specification: four values known, one missing.
DEFAULT_VALUES: Mapping[str, float | None] = {
    "need": 0.7,
    "fit": 0.45,
    "readiness": 0.6,
    "feasibility": None,
    "support": 0.55,
}
STEPS: Mapping[str, Change] = {
    "readiness": Change("step", "readiness", (0.8, 0.8), 1, "municipality"),
    "feasibility": Change("step", "feasibility", (0.5, 0.5), 2, "municipality"),
    "support": Change("step", "support", (0.75, 0.75), 1, "municipality"),
}
STEP_WORDS: Mapping[str, Promise] = {
    "readiness": _("Train two people of the welfare office"),
    "feasibility": _("Put it into the budget and name who is in charge"),
    "support": _("Let the council decide on it"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """What is set in the example: values from 0 to 1 (None: not known), states, a floor, a weight set."""

    values: Mapping[str, float | None]
    states: Mapping[str, State]
    floor: tuple[str, float] | None = None
    weights: WeightSet = SIMPLEX


@dataclass(frozen=True)
class Example:
    """What the analysis library says about the example as it is set."""

    given: Given

    @property
    def practice(self) -> Practice:
        level = ValueFunction(((0, 0), (1, 1)))
        criteria = tuple(Criterion(name, name, 1, level, limits=(0, 1)) for name in DIMENSIONS)
        return Practice(CLAUSES, criteria, floors=(self.given.floor,) if self.given.floor else ())

    @property
    def facts(self) -> Facts:
        known = {name: value for name, value in self.given.values.items() if value is not None}
        return Facts(
            states={key: state for key, state in self.given.states.items() if state is not State.UNKNOWN},
            readings={name: (value, value) for name, value in known.items()},
        )

    @cached_property
    def analysis(self) -> Analysis:
        return analyse(self.practice, self.facts, self.given.weights)

    @cached_property
    def questions(self) -> tuple[FirstQuestion, ...]:
        return first_questions(self.practice, self.facts, self.given.weights)

    @cached_property
    def change(self) -> ChangeSet | None:
        ways = (
            Change("alternative", one.key, cost_class=one.cost_class, changed_by=one.changed_by)
            for one in self.practice.alternatives
            if self.facts.state_of(one.key) is not State.MET
        )
        return smallest_change(self.practice, self.facts, (*ways, *STEPS.values()), self.given.weights)

    @property
    def record(self) -> Record:
        """All that the example rests on, as every stored analysis is written down."""
        return input_record(
            municipality=PLACE,
            on=DAY,
            practice_version=PRACTICE_VERSION,
            practice=self.practice,
            facts=self.facts,
            weights=self.given.weights,
            method=METHOD,
            observations=(),
            answers={},
        )


def beginning() -> Example:
    """Return the example as the page opens with it."""
    return Example(Given(DEFAULT_VALUES, DEFAULT_STATES))
