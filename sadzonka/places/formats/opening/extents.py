"""How far the cells of a sheet reach: known before a library makes room for the rectangle they lie in."""

from __future__ import annotations

from dataclasses import dataclass, field

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach, the row that came last, and the cells that hold an error."""

    rows: int = 0
    row: int = 0
    columns: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Take in a cell, counted from 0; libraries rely on rows that ascend."""
        if row < self.row:
            raise Refused("damaged")
        self.row = row
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if self.rows > MAX_ROWS:
            raise Refused("too-many-rows", limit=MAX_ROWS)
        if self.columns > MAX_COLUMNS:
            raise Refused("too-many-columns", limit=MAX_COLUMNS)
        if self.rows * self.columns > MAX_CELLS:
            raise Refused("too-many-cells", limit=MAX_CELLS)


def letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(65 + place) + name
    return name


def number_of(name: str) -> int:
    """Return the number of a column, counted from 0.

    >>> number_of("A"), number_of("ZZ")
    (0, 701)
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1
