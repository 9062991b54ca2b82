"""What the municipalities of a region could use: every published practice looked at from each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis import Gate, Practice, State
from sadzonka.analysis.sweep import Sweep, sweep
from sadzonka.places.models import Region
from sadzonka.practices.choices import LEVELS
from sadzonka.practices.models import CardText, Version
from sadzonka.practices.queries import analysable_versions, analysis_model
from sadzonka.transfer.screening.assembly import Assembled, assembly
from sadzonka.transfer.screening.outcome import GATES

Floats = NDArray[np.float64]
MOST_ASKED = 3
ROBUST, PERHAPS, BLOCKED = 0, 1, 4  # standings of method section 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Something to ask the municipalities, and in how many of them the answer alone may decide."""

    words: object
    count: int


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A practice seen from all municipalities of a region: how many stand where, and what to ask first."""

    version: Version
    text: CardText | None
    count: int
    robust: int
    perhaps: int
    blocked: int
    blocked_by: object | None
    asked: tuple[Asked, ...]

    @property
    def others(self) -> int:
        """How many are not blocked and not even possibly good on what is known."""
        return self.count - self.robust - self.perhaps - self.blocked

    @property
    def drawing(self) -> str:
        """The drawing for where most hope is: robust somewhere, to be found out somewhere, or nowhere."""
        return "young_plant" if self.robust else "bud" if self.perhaps else "stone"


def region_lines(region: Region, day: dt.date) -> list[RegionLine]:
    """Return the published practices: where most municipalities surely could, then perhaps could use them.

    In as many queries for any number of practices and municipalities.
    """
    versions = list(analysable_versions())
    known = assembly(versions, region.country_id, region, day)
    lines = [_line(version, known.of(version)) for version in versions] if len(known.ids) else []
    return sorted(
        lines, key=lambda one: (-one.robust, -one.perhaps, one.blocked, str(one.text or one.version))
    )


def _line(version: Version, known: Assembled) -> RegionLine:
    model = analysis_model(version)
    found = sweep(model, known.states, known.readings, places=len(known.ids))
    counts = np.bincount(found.standing, minlength=BLOCKED + 1)
    asked = sorted(_asked(version, model, known, found), key=lambda one: -one.count)
    return RegionLine(
        version=version,
        text=version.text_in(),
        count=len(known.ids),
        robust=int(counts[ROBUST]),
        perhaps=int(counts[PERHAPS]),
        blocked=int(counts[BLOCKED]),
        blocked_by=_blocked_by(version, model, known),
        asked=tuple(one for one in asked if one.count)[:MOST_ASKED],
    )


def clause_states(model: Practice, states: Mapping[str, Floats], places: int) -> Floats:
    """Return the state of each condition in each place, (clauses, n): the best of its alternatives'."""
    unknown = np.full(places, State.UNKNOWN.value)
    rows = [
        np.max([states.get(one.key, unknown) for one in clause.alternatives], axis=0)
        for clause in model.clauses
    ]
    return np.array(rows).reshape(len(model.clauses), places)


def _gates(model: Practice, states: Mapping[str, Floats], places: int) -> Floats:
    return clause_states(model, states, places).min(axis=0, initial=Gate.OPEN.value)


def _blocked_by(version: Version, model: Practice, known: Assembled) -> object | None:
    """Return the condition that most often is not met, the first of equals; None when none is unmet."""
    unmet = (clause_states(model, known.states, len(known.ids)) == State.UNMET.value).sum(axis=1)
    if not unmet.any():
        return None
    return list(version.clauses.all())[int(unmet.argmax())].name


def _asked(version: Version, model: Practice, known: Assembled, found: Sweep) -> Iterator[Asked]:
    """Yield every condition and question with the number of places where its answer alone decides."""
    for clause in version.clauses.all():
        for alternative in clause.alternatives.all():
            changed = _changes_gate(model, known, alternative.key)
            yield Asked(alternative.statement, int(np.count_nonzero(changed)))
    is_open = found.gate != GATES.index(Gate.BLOCKED)
    for criterion in version.criteria.all():
        if criterion.is_question:
            changed = _changes_class(model, known, found, criterion.key) & is_open
            yield Asked(criterion.question, int(np.count_nonzero(changed)))


def _changes_gate(model: Practice, known: Assembled, key: str) -> NDArray[np.bool_]:
    """Whether some answer about an unknown alternative opens or blocks the gate, all else staying, (n,)."""
    places = len(known.ids)
    present = known.states.get(key, np.full(places, State.UNKNOWN.value))
    is_unknown, before = present == State.UNKNOWN.value, _gates(model, known.states, places)
    changes = np.zeros(places, dtype=np.bool_)
    for answer in (State.UNMET, State.MET):
        states = {**known.states, key: np.where(is_unknown, answer.value, present)}
        changes |= _gates(model, states, places) != before
    return changes


def _changes_class(model: Practice, known: Assembled, found: Sweep, key: str) -> NDArray[np.bool_]:
    """Whether some answer to a question changes the class interval, all else staying as unknown, (n,)."""
    places = len(known.ids)
    nothing = np.full(places, np.nan)
    lower, upper = known.readings.get(key, (nothing, nothing))
    worst, best = np.nan_to_num(lower, nan=0.0), np.nan_to_num(upper, nan=float(LEVELS - 1))
    at_best, at_worst = (
        sweep(model, known.states, {**known.readings, key: (level, level)}, places=places)
        for level in (best, worst)
    )
    lifts = at_best.class_interval[0] != found.class_interval[0]
    sinks = at_worst.class_interval[1] != found.class_interval[1]
    return (lifts | sinks) & (worst < best)
