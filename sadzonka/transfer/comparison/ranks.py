"""Where each practice stands among all of them for one municipality: the expected rank, as an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sadzonka.analysis import Interval
from sadzonka.analysis.pairwise import rank_bounds
from sadzonka.places.queries import fold
from sadzonka.practices.models import CardText
from sadzonka.transfer.queries import Outlook
from sadzonka.transfer.words import gate_word


@dataclass(frozen=True, slots=True)
class RankLine:
    """One practice and the mean of its places over all weightings, from the best to the worst it can be."""

    outlook: Outlook
    text: CardText
    best: float
    worst: float
    total: int

    @property
    def slug(self) -> str:
        return self.outlook.version.practice.slug

    @property
    def gate(self) -> str:
        return str(gate_word(self.outlook.analysis.gate))

    @property
    def along(self) -> Interval:
        """The interval on a drawing from 0, the first place, to 1, the last one."""
        return (self.best - 1) / (self.total - 1), (self.worst - 1) / (self.total - 1)


def rank_lines(outlooks: Sequence[Outlook]) -> tuple[RankLine, ...]:
    """Return every practice with its expected rank, by title: the order says nothing.

    Scores count as if all conditions were met. Fewer than two practices have no ranks.
    """
    if len(outlooks) <= 1:
        return ()
    weights = outlooks[0].analysis.weights
    ends = [
        weights.image(np.array([[value[end] for value in one.analysis.dimensions] for one in outlooks]))
        for end in (0, 1)
    ]
    best, worst = rank_bounds(*ends)
    lines = [
        RankLine(one, text, float(best[row]), float(worst[row]), len(outlooks))
        for row, one in enumerate(outlooks)
        if (text := one.version.text_in())
    ]
    return tuple(sorted(lines, key=lambda line: (fold(line.text.title), line.slug)))
