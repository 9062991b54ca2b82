"""Where people who saw the same thing give it levels that do not fit together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FAR_APART = 2  # levels: a step of one is a matter of wording
WINDOW = 3  # adjacent levels that count as the same view


@dataclass(frozen=True, slots=True)
class Spread:
    """The levels that one question got, side by side."""

    lowest: int
    highest: int
    outside: frozenset[int]

    @property
    def is_contradiction(self) -> bool:
        """Whether two of the levels lie so far apart that it has to be talked about."""
        return self.highest - self.lowest >= FAR_APART


def spread_of(levels: Sequence[int]) -> Spread | None:
    """Return how far levels lie apart and which stand outside the majority's view, None without any.

    The majority's view is the three adjacent levels that hold most of the levels given, if that is more
    than half of them. Where several threes hold as many, only what is outside all of them is outside.

    >>> spread_of([4, 4, 3, 0])
    Spread(lowest=0, highest=4, outside=frozenset({0}))
    >>> spread_of([3, 4]).is_contradiction
    False
    >>> spread_of([1, 5]).outside  # no majority: neither of the two is outside
    frozenset()
    """
    if not levels:
        return None
    windows = [range(lowest, lowest + WINDOW) for lowest in range(min(levels), max(levels) + 1)]
    held = [sum(level in window for level in levels) for window in windows]
    most = max(held)
    best = [window for window, count in zip(windows, held, strict=True) if count == most]
    outside = {level for level in levels if not any(level in window for window in best)}
    return Spread(min(levels), max(levels), frozenset(outside if 2 * most > len(levels) else ()))
