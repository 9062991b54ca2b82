"""Names on a map: those that come first stand, none across another and none cut off at an edge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LETTER, LINE = 8.8, 22  # pixels: how wide a letter of a name is on average, how high its line


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the middle of its line, in the units of the drawing."""

    name: str
    x: float
    y: float

    @property
    def _reach(self) -> float:
        return len(self.name) * LETTER / 2

    def within(self, width: float) -> Label:
        """Return it moved sideways so that all of it is on a drawing of that width."""
        reach = self._reach
        return Label(self.name, round(max(reach, min(self.x, width - reach)), 1), self.y)

    def crosses(self, other: Label) -> bool:
        return abs(self.y - other.y) < LINE and abs(self.x - other.x) < self._reach + other._reach


def labels(wanted: Iterable[Label], width: float, most: int) -> tuple[Label, ...]:
    """Return at most so many of the wanted names that do not cross each other, the first ones first.

    >>> [one.name for one in labels([Label("Parma", 90, 50), Label("Modena", 99, 55)], 800, most=7)]
    ['Parma']
    """
    placed: list[Label] = []
    for one in wanted:
        label = one.within(width)
        if len(placed) < most and not any(label.crosses(other) for other in placed):
            placed.append(label)
    return tuple(placed)
