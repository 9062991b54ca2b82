"""Who of those that took a practice up is most like each of many municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sadzonka.analysis import Interval, Space, nearest
from sadzonka.places.likeness.comparing import compared_indicators, scale_of
from sadzonka.places.models import Indicator
from sadzonka.places.series.working_set import working_set
from sadzonka.transfer.adoption.queries import Precedent, precedents_of
from sadzonka.transfer.models import Screening


@dataclass(frozen=True, slots=True)
class Nearest:
    """The adopter most like a municipality, failures included: how it ended, and how far apart they are."""

    name: str
    outcome: str
    distance: Interval


def nearest_adopters(screening: Screening, municipalities: Sequence[int]) -> dict[int, Nearest]:
    """Return the nearest real adopter of each municipality; none where too little is known to compare."""
    adopters = [
        one for one in precedents_of(screening.version.practice) if not one.adoption.municipality.is_invented
    ]
    if not adopters:
        return {}
    indicators = _indicators(screening)
    known = working_set(None, indicators, screening.day)
    rows = {number: row for row, number in enumerate(known.ids.tolist())}
    there = [(one, rows[number]) for one in adopters if (number := one.adoption.municipality_id) in rows]
    if not there or not indicators:
        return {}
    at = np.array([row for _one, row in there])
    space = Space.of([scale_of(one) for one in indicators], known.lower[at], known.upper[at])
    found: dict[int, Nearest] = {}
    for number in municipalities:
        if number in rows:
            row = rows[number]
            box = space.box(known.lower[row], known.upper[row])
            for like in nearest(space, box, 1, at != row):  # nobody is a precedent for itself
                found[number] = _told(there[like.index][0], (like.lower, like.upper))
    return found


def _told(precedent: Precedent, distance: Interval) -> Nearest:
    return Nearest(precedent.name, str(precedent.newest.get_outcome_display()), distance)


def _indicators(screening: Screening) -> list[Indicator]:
    """Return by what adopters are compared: what the card says, else what has a fixed range."""
    own = list(screening.version.compared_by.values_list("pk", flat=True))
    return [one for one in compared_indicators() if not own or one.pk in own]
