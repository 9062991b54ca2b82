"""Where the river runs: pure positions, as wide at each station as its number is large."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 360
TOP, GAP = 34, 74  # the first station, and from one to the next
MIDDLE, MEANDER = 84, 9  # where the river runs, and how far it swings
WIDEST, NARROWEST, DRY = 56.0, 5.0, 1.0  # half the river at the largest number, at small ones, at none
LABELS = 176  # where the words begin
LINE, LETTERS = 17, 26  # from one line to the next; letters on one


@dataclass(frozen=True, slots=True)
class Station:
    """One number of the river: its place, half the river's width there, its words in lines: (y, text)."""

    x: float
    y: int
    half: float
    number: int
    lines: tuple[tuple[int, str], ...]

    @property
    def bank(self) -> float:
        """Where the river ends and the line to the words begins."""
        return round(self.x + self.half, 1)


@dataclass(frozen=True, slots=True)
class River:
    """The water and its banks as the data of SVG paths, and its stations from spring to mouth."""

    water: str
    banks: str
    stations: tuple[Station, ...]
    view_box: str


def river(numbers: Sequence[tuple[str, int]]) -> River:
    """Draw a river through numbers with their words, the first at its spring.

    >>> [one.half for one in river([("seen", 4), ("planned", 1), ("delivered", 0)]).stations]
    [56.0, 14.0, 1.0]
    """
    most = max((number for _words, number in numbers), default=0)
    stations = tuple(_station(place, words, number, most) for place, (words, number) in enumerate(numbers))
    height = TOP + GAP * len(stations) - LINE
    left, right = _bank(stations, height, -1), _bank(stations, height, 1)
    return River(_water(left, right), _banks(left, right), stations, f"0 0 {WIDTH} {height}")


def half_width(number: int, most: int) -> float:
    """Return half the river's width: in proportion, but never so narrow that it cannot be seen.

    >>> half_width(1, 1000), half_width(0, 1000)
    (5.0, 1.0)
    """
    return max(NARROWEST, round(WIDEST * number / most, 1)) if number else DRY


def _station(place: int, words: str, number: int, most: int) -> Station:
    y = TOP + GAP * place
    lines = textwrap.wrap(words, LETTERS, max_lines=2, placeholder="…")
    return Station(
        x=MIDDLE + (MEANDER if place % 2 else -MEANDER),
        y=y,
        half=half_width(number, most),
        number=number,
        lines=tuple((y + 9 + LINE * count, line) for count, line in enumerate(lines, start=1)),
    )


def _bank(stations: Sequence[Station], height: int, side: int) -> list[tuple[float, float]]:
    """Return the points of one bank (-1 left, 1 right) from above the first station to below the last."""
    points = [(round(one.x + side * one.half, 1), float(one.y)) for one in stations]
    return [(points[0][0], 0.0), *points, (points[-1][0], float(height))] if points else []


def _water(left: Sequence[tuple[float, float]], right: Sequence[tuple[float, float]]) -> str:
    if not left:
        return ""
    upwards = right[::-1]
    return f"M{_point(left[0])}{_curves(left)}L{_point(upwards[0])}{_curves(upwards)}Z"


def _banks(*banks: Sequence[tuple[float, float]]) -> str:
    return "".join(f"M{_point(bank[0])}{_curves(bank)}" for bank in banks if bank)


def _curves(points: Sequence[tuple[float, float]]) -> str:
    """Return curves through the points that leave and reach each of them straight down."""
    return "".join(
        f"C{_point((x, (y + next_y) / 2))} {_point((next_x, (y + next_y) / 2))} {_point((next_x, next_y))}"
        for (x, y), (next_x, next_y) in pairwise(points)
    )


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:g},{point[1]:g}"
