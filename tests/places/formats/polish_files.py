"""Files laid out as Polish offices publish them, written by tests, and ways to look at what was read."""

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import Opened, open_file
from sadzonka.places.formats.reading import Level, Mark, Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))


def official(path: str) -> Opened:
    """An official file of the data folder."""
    return open_file(Path(path).name, (DATA / path).read_bytes())


def text_file(lines: Iterable[str], name: str = "export.csv") -> Opened:
    """A text file of these lines."""
    return open_file(name, "\r\n".join([*lines, ""]).encode())


def workbook(rows: Iterable[Sequence[Any]], merged: Iterable[str] = (), name: str = "table.xlsx") -> Opened:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cells in merged:
        book.active.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return open_file(name, content.getvalue())


def errors(reading: Reading) -> list[tuple[str, int | None, str]]:
    """Key, row and column of every error."""
    return [(note.key, note.row, note.column) for note in reading.notes if note.weight is Weight.ERROR]


def said(reading: Reading) -> dict[str, Mapping[str, Any]]:
    """The notes that are no errors: parameters by key."""
    return {note.key: dict(note.params) for note in reading.notes if note.weight is not Weight.ERROR}


def marks(reading: Reading) -> list[list[Mark]]:
    return [[Mark(mark) for mark in line] for line in reading.marks]


def figures(reading: Reading) -> list[list[float | None]]:
    """Lines x columns; None where there is no figure."""
    return [[None if np.isnan(value) else value for value in line] for line in reading.figures.tolist()]


def codes(reading: Reading, level: Level = Level.MUNICIPALITY) -> list[str]:
    return [line.code for line in reading.lines if line.level is level]


def sums(reading: Reading, level: Level = Level.MUNICIPALITY) -> list[float]:
    """The sum of each column over all lines of a level."""
    chosen = [line.level is level for line in reading.lines]
    return [float(total) for total in np.nansum(reading.figures[chosen], axis=0)]


def has_figures_exactly_where_marks_say(reading: Reading) -> bool:
    without = np.isin(reading.marks, (Mark.SECRET, Mark.MISSING, Mark.ABSENT))
    return bool((np.isnan(reading.figures) == without).all())
