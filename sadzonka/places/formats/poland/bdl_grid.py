"""Figures of BDL that come one by one, put into lines and columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.poland.bdl_time import units_through_time
from sadzonka.places.formats.poland.cells import Remarks, filled_twice, say_of_lines
from sadzonka.places.formats.poland.codes import Place, line
from sadzonka.places.formats.reading import Column, Line, Mark, Unit

Finished = tuple[
    tuple[Column, ...], tuple[Line, ...], NDArray[np.float64], NDArray[np.uint8], tuple[Unit, ...]
]


class Entry(NamedTuple):
    """Which figure: of which unit, what and of which year; `number` is where it stands."""

    number: int
    place: Place
    name: str
    code: str
    label: str
    year: int


class Grid:
    """Lines by code as written, columns by label and year, in the order in which they come."""

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._lines: dict[str, tuple[int, Line]] = {}
        self._names: list[str] = []
        self._columns: dict[tuple[str, int], int] = {}
        self._entries: dict[tuple[int, int], tuple[int, float, Mark]] = {}

    def __bool__(self) -> bool:
        return bool(self._lines)

    def enter(self, entry: Entry, value: float, mark: Mark) -> None:
        """Put one figure in its place; a second one in the same place is an error."""
        at = self._line(entry)
        column = self._columns.setdefault((entry.label, entry.year), len(self._columns))
        before = self._entries.get((at, column))
        if before is not None:
            self._remarks.error(
                "filled-twice", entry.number, code=entry.code, first=before[0], second=entry.number
            )
            return
        self._entries[at, column] = (entry.number, value, mark)

    def _line(self, entry: Entry) -> int:
        """Return the position of a unit's line; its number is where it first stands."""
        known = self._lines.get(entry.code)
        if known is None:
            found = line(entry.number, entry.place, entry.name, entry.code)
            known = self._lines[entry.code] = len(self._lines), found
            self._names.append(entry.name)
        return known[0]

    def finished(self, put_back: Sequence[str] = (), place: str = "") -> Finished:
        """Return columns, lines, figures, marks, and the types of gminas through time."""
        lines = tuple(found for _, found in self._lines.values())
        columns = tuple(Column(label, year, place) for label, year in self._columns)
        values = np.full((len(lines), len(columns)), np.nan)
        marks = np.full(values.shape, Mark.ABSENT, dtype=np.uint8)
        for (at, column), (_, value, mark) in self._entries.items():
            values[at, column], marks[at, column] = value, mark
        filled_twice(lines, marks, self._remarks)
        say_of_lines(lines, put_back, self._remarks)
        units = units_through_time(
            lines=lines,
            names=self._names,
            columns=columns,
            values=values,
            marks=marks,
            remarks=self._remarks,
        )
        return columns, lines, values, marks, units
