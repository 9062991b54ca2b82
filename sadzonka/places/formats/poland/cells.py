"""Reading Polish tables cell by cell: figures with their signs, and what is said about the others."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Cell, Sheet
from sadzonka.places.formats.reading import Level, Line, Mark
from sadzonka.places.formats.tables import folded, text_of

Signs = Mapping[str, tuple[float, Mark]]
# Printed tables of GUS: "-" the thing did not occur, "." and "x" no data or not applicable, "#" secret.
PRINTED: Signs = {
    **dict.fromkeys(("-", "–", "—"), (0.0, Mark.ORDINARY)),
    **dict.fromkeys((".", "x", "X"), (math.nan, Mark.MISSING)),
    "#": (math.nan, Mark.SECRET),
}
NO_SIGNS: Signs = {}
WITHOUT_FIGURE = (Mark.SECRET, Mark.MISSING, Mark.ABSENT)
HEADER_WITHIN = 30
MOST_ERRORS = 200
LARGEST, LONGEST = 1e18, 30  # no office publishes more
SHOWN = 40  # characters of a broken cell in a message
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
# Spaces part thousands only: "12 34" is no number.
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+)(?:[.,]\d+)?(?:[eE][+-]?\d{1,2})?")
LIKE_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


class NoNumberError(ValueError):
    """A cell that should hold a figure and holds something else."""


class Remarks:
    """What is said about a file while it is read: errors one by one up to a number, explanations counted."""

    def __init__(self) -> None:
        self._said: list[Note] = []
        self._errors = 0
        self._counted: Counter[tuple[str, Weight, tuple[tuple[str, Any], ...]]] = Counter()

    def error(self, key: str, row: int | None = None, column: str = "", **params: Any) -> None:
        """Say what stops the import, and where."""
        self._errors += 1
        if self._errors <= MOST_ERRORS:
            self._said.append(Note(key, Weight.ERROR, row, column, params))

    def say(self, key: str, weight: Weight = Weight.EXPLANATION, **params: Any) -> None:
        """Say something about the file as a whole."""
        self._said.append(Note(key, weight, params=params))

    def count(self, key: str, weight: Weight = Weight.EXPLANATION, **params: Any) -> None:
        """Count one more line or cell of which the same is said; the text has %(count)s."""
        self._counted[key, weight, tuple(params.items())] += 1

    @property
    def notes(self) -> tuple[Note, ...]:
        """All that was said."""
        counted = [
            Note(key, weight, params={"count": count, **dict(params)})
            for (key, weight, params), count in self._counted.items()
        ]
        more = self._errors - MOST_ERRORS
        rest = [Note("more-errors", Weight.ERROR, params={"count": more})] if more > 0 else []
        return (*self._said, *rest, *counted)


def letter(column: int) -> str:
    """Return a column's letters as spreadsheets count: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def header_row(sheet: Sheet, *wanted: str) -> tuple[int, list[int]] | None:
    """Return the first row that has all these headings, and where; case and accents do not matter."""
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        names = [folded(cell) for cell in row]
        places = [names.index(word) if word in names else -1 for word in wanted]
        if min(places) >= 0:
            return number, places
    return None


def is_blank(row: Sequence[Cell]) -> bool:
    return not any(text_of(cell) for cell in row)


def decimal_sign(cells: Iterable[Cell], separator: str) -> str:
    """Return the decimal sign of a file: a point between commas, elsewhere a comma.

    The other one is taken where only it is there, and not every time so that it may part thousands.
    """
    own, other = (".", ",") if separator == "," else (",", ".")
    found = [text for cell in cells if isinstance(cell, str) and (text := _with_sign(cell))]
    if any(own in text for text in found):
        return own
    return own if all(LIKE_THOUSANDS.fullmatch(text) for text in found) else other


def _with_sign(cell: str) -> str:
    text = cell.strip()
    return text if ("," in text or "." in text) and NUMBER.fullmatch(text) else ""


def figure(cell: Cell, sign: str) -> float:
    """Return the number of a cell; thousands may stand apart."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if abs(cell) < LARGEST:
            return float(cell)
    elif isinstance(cell, str) and NUMBER.fullmatch(text := cell.strip()):
        other = "." if sign == "," else ","
        if other not in text and len(text) < LONGEST:
            return float(text.translate(SPACES).replace(",", "."))
    raise NoNumberError(cell)


def figures(
    rows: Sequence[Sequence[Cell]],
    numbers: Sequence[int],
    columns: Sequence[int],
    remarks: Remarks,
    *,
    separator: str = "",
    signs: Signs = NO_SIGNS,
) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Return figures and marks of some columns, lines x columns; `numbers` are the rows as people count."""
    values = np.full((len(rows), len(columns)), np.nan)
    marks = np.full((len(rows), len(columns)), Mark.ABSENT, dtype=np.uint8)
    sign = decimal_sign((row[column] for row in rows for column in columns), separator)
    for at, row in enumerate(rows):
        of_line, marks_of_line = values[at], marks[at]
        for position, column in enumerate(columns):
            cell = row[column]
            if cell is None or cell == "":
                continue
            try:
                value, mark = cell_value(cell, sign, signs)
            except NoNumberError:
                remarks.error("bad-number", numbers[at], letter(column), value=shown(cell))
                continue
            of_line[position], marks_of_line[position] = value, mark
    return values, marks


def cell_value(cell: Cell, sign: str, signs: Signs) -> tuple[float, Mark]:
    """Return what a cell says: a figure, a sign with its meaning, or nothing when it holds spaces only."""
    if type(cell) is str:
        if len(cell) < LONGEST and cell.isascii() and cell.isdecimal():  # nearly all cells of large tables
            return float(cell), Mark.ORDINARY
        text = cell.strip()
        if not text:
            return math.nan, Mark.ABSENT
        if text in signs:
            return signs[text]
    return figure(cell, sign), Mark.ORDINARY


def holds_figures(rows: Sequence[Sequence[Cell]], at: int, signs: Signs = NO_SIGNS) -> bool:
    """Say whether a column holds figures and nothing else."""
    cells = [row[at] for row in rows if text_of(row[at])]
    try:
        for cell in cells:
            cell_value(cell, "," if "," in str(cell) else ".", signs)
    except NoNumberError:
        return False
    return bool(cells)


def shown(cell: Cell) -> str:
    """Return a cell for a message."""
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell).strip()[:SHOWN]


LEFT_OUT = {
    **dict.fromkeys((Level.COUNTRY, Level.REGION, Level.COUNTY), "aggregate"),
    Level.PART: "part",
    Level.OTHER: "other-unit",
}


def say_of_lines(lines: Sequence[Line], put_back: Sequence[str], remarks: Remarks) -> None:
    """Say how many lines are about larger or smaller units, and which codes got their zero back."""
    if not lines:
        remarks.error("no-lines")
    for line in lines:
        if line.level in LEFT_OUT:
            remarks.count(LEFT_OUT[line.level])
    if put_back:
        remarks.say("zeros-put-back", Weight.WARNING, count=len(put_back), example=put_back[0])


def filled_twice(lines: Sequence[Line], marks: NDArray[np.uint8], remarks: Remarks) -> None:
    """Refuse two figures of one unit for one column; "no data" beside a figure gives way to it."""
    groups: dict[tuple[Level, str], list[int]] = {}
    for at, line in enumerate(lines):
        if line.level is not Level.OTHER:
            groups.setdefault(
                (line.level, line.written if line.level is Level.PART else line.code), []
            ).append(at)
    for (_, code), group in groups.items():
        if len(group) == 1:
            continue
        told = marks[group] != Mark.ABSENT
        known = told & ~np.isin(marks[group], WITHOUT_FIGURE)
        silent = told & ~known & known.any(axis=0)
        marks[np.ix_(group, range(marks.shape[1]))] = np.where(silent, Mark.ABSENT, marks[group])
        # Without figures at all, the line itself is what is there twice.
        twice = np.flatnonzero((told & ~silent).sum(axis=0) > 1)
        if len(twice) or not marks.shape[1]:
            both = np.flatnonzero((told & ~silent)[:, twice[0]]) if len(twice) else [0, 1]
            first, second = (lines[group[at]].number for at in both[:2])
            remarks.error("filled-twice", second, code=code or "Polska", first=first, second=second)
