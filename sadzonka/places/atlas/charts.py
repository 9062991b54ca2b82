"""Small line charts: where the points of a series stand in a drawing of 100 by 100, gaps left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

SIDE = 100
AIR = 8  # above the highest and below the lowest point


@dataclass(frozen=True, slots=True)
class Dot:
    """One known figure and its place in per cent."""

    year: int
    value: float
    x: float
    y: float
    is_qualified: bool
    is_other_territory: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line through known figures; it breaks where a year is not known."""

    first: int
    last: int
    lowest: Dot
    highest: Dot
    dots: tuple[Dot, ...]
    line: str
    marks: tuple[float, ...]
    gaps: tuple[int, ...]

    @property
    def newest(self) -> Dot:
        return self.dots[-1]

    @property
    def is_flat(self) -> bool:
        return self.lowest.value == self.highest.value


@dataclass(frozen=True, slots=True)
class Value:
    """What a chart takes: a year, its figure or None, and whether it is qualified or of another territory."""

    year: int
    value: float | None
    is_qualified: bool = False
    is_other_territory: bool = False


def line_chart(values: Iterable[Value], changes: Iterable[int] = ()) -> LineChart | None:
    """Draw a series; `changes` are years in which the territory changed. None when nothing is known.

    A year that is missing, secret or not in the series at all is a gap, never a zero; neither does a line
    lead from figures of one territory to those of another.

    >>> chart = line_chart([Value(2020, 5.0), Value(2021, None), Value(2022, 9.0), Value(2023, 7.0)])
    >>> chart.line, chart.gaps, (chart.lowest.year, chart.highest.year)
    ('M66.7 8L100 50', (2021,), (2020, 2022))
    """
    series = sorted(values, key=lambda one: one.year)
    known = [(one, one.value) for one in series if one.value is not None]
    if not known:
        return None
    first, last = series[0].year, series[-1].year
    low, high = min(value for _one, value in known), max(value for _one, value in known)
    dots = tuple(
        Dot(
            one.year,
            value,
            x=_x(one.year, first, last),
            y=_y(value, low, high),
            is_qualified=one.is_qualified,
            is_other_territory=one.is_other_territory,
        )
        for one, value in known
    )
    return LineChart(
        first=first,
        last=last,
        lowest=min(dots, key=lambda dot: dot.value),
        highest=max(dots, key=lambda dot: dot.value),
        dots=dots,
        line=_line(dots),
        marks=tuple(_x(year, first, last) for year in sorted(set(changes)) if first < year <= last),
        gaps=tuple(sorted(set(range(first, last + 1)) - {dot.year for dot in dots})),
    )


def _x(year: int, first: int, last: int) -> float:
    return SIDE / 2 if first == last else round((year - first) / (last - first) * SIDE, 1)


def _y(value: float, low: float, high: float) -> float:
    if low == high:
        return SIDE / 2
    return round(SIDE - AIR - (value - low) / (high - low) * (SIDE - 2 * AIR), 1)


def _line(dots: Sequence[Dot]) -> str:
    """Return the data of a path through dots of consecutive years."""
    pieces: list[str] = []
    for before, after in pairwise(dots):
        if after.year == before.year + 1 and after.is_other_territory == before.is_other_territory:
            if not pieces or not pieces[-1].endswith(_place(before)):
                pieces.append(f"M{_place(before)}")
            pieces.append(f"L{_place(after)}")
    return "".join(pieces)


def _place(dot: Dot) -> str:
    return f"{dot.x:g} {dot.y:g}"
