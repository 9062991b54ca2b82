"""In which order a screening's municipalities are read, and in which groups: for staff only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sadzonka.transfer.screening.outcome import Outcome

HALF = 0.5  # of all weightings
SURE, POSSIBLE = 0, 1


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the order: those who reach a band, those who reach none, or those who are blocked.

    `place` is that of the band among the outcome's bands; it is their number for those who reach none, and
    one more for the blocked ones.
    """

    place: int
    rows: tuple[int, ...]


def groups_of(outcome: Outcome) -> NDArray[np.int64]:
    """Return the group (n,) of each municipality: the first band it may reach for half of the weightings."""
    reached = outcome.acceptability.shares[POSSIBLE] >= HALF
    bands = len(outcome.bands)
    first = np.where(reached.any(axis=0), reached.argmax(axis=0), bands)
    return np.where(outcome.is_blocked, bands + 1, first).astype(np.int64)


def in_order(outcome: Outcome) -> NDArray[np.int64]:
    """Return the rows (n,) in the order of reading.

    By the band that they may reach for half of the weightings, then by the share of weightings for which
    they surely do (who reaches none: may reach the widest). Where little is known these are the same for
    nearly all: then by the score at worst, by that at best, and by code.
    """
    groups = groups_of(outcome)
    sure, possible = outcome.acceptability.shares
    widest, rows = len(outcome.bands) - 1, np.arange(len(outcome))
    of_group = sure[np.minimum(groups, widest), rows]
    share = np.where(groups <= widest, of_group, possible[widest])
    at_worst, at_best = outcome.score
    return np.lexsort((rows, -at_best, -at_worst, -share, groups))


def grouped(outcome: Outcome, rows: Iterable[int]) -> list[Group]:
    """Return rows that are in order under their groups."""
    groups = groups_of(outcome)
    return [Group(place, tuple(found)) for place, found in groupby(rows, key=lambda row: int(groups[row]))]
