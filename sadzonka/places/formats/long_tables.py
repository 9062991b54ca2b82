"""Long tables, a line per figure: turned into a line per unit and a column per label and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Mark


class Figure(NamedTuple):
    """One line of a long table."""

    number: int  # of the line
    unit: str
    label: str
    year: int
    value: float
    mark: Mark


@dataclass(frozen=True, slots=True)
class Crossed:
    """The figures as units x columns; `numbers` are the lines on which the units were first named."""

    units: tuple[str, ...]
    numbers: tuple[int, ...]
    columns: tuple[tuple[str, int], ...]
    figures: NDArray[np.float64]
    marks: NDArray[np.uint8]
    notes: tuple[Note, ...]


def crossed(figures: Iterable[Figure]) -> Crossed:
    """Return the figures by unit, label and year; two figures for one cell are an error."""
    entries = list(figures)
    units: dict[str, int] = {}
    numbers = []
    for entry in entries:
        if entry.unit not in units:
            units[entry.unit] = len(units)
            numbers.append(entry.number)
    columns = {
        column: at for at, column in enumerate(sorted({(entry.label, entry.year) for entry in entries}))
    }
    values = np.full((len(units), len(columns)), np.nan)
    marks = np.full(values.shape, Mark.ABSENT, dtype=np.uint8)
    notes = []
    for entry in entries:
        cell = units[entry.unit], columns[entry.label, entry.year]
        if marks[cell] != Mark.ABSENT:
            params = {"code": entry.unit, "label": entry.label, "year": entry.year}
            notes.append(Note("two-figures", Weight.ERROR, entry.number, params=params))
            continue
        values[cell], marks[cell] = entry.value, entry.mark
    return Crossed(tuple(units), tuple(numbers), tuple(columns), values, marks, tuple(notes))
