"""Headers of Polish tables over several rows and merged cells, and the year that titles above tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland.cells import HEADER_WITHIN
from sadzonka.places.formats.tables import text_of, years_in

# The titles over one column from the top down, without empty ones; a merged cell stands over all its columns.
Titles = tuple[str, ...]


def squeezed(cell: Cell) -> str:
    """Return letters and digits only: hyphens at line ends and spaces do not matter."""
    return "".join(letter for letter in text_of(cell).casefold() if letter.isalnum())


def row_with(opened: Opened, *beginnings: Sequence[str]) -> Iterator[tuple[Sheet, int, list[int]]]:
    """Yield sheets with the row in which a word of each group begins a cell, and where it does."""
    for sheet in opened.sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            words = [squeezed(cell) for cell in row]
            places = [
                next((at for at, word in enumerate(words) if word.startswith(tuple(group))), -1)
                for group in beginnings
            ]
            if min(places) >= 0:
                yield sheet, number, places
                break


def titles(sheet: Sheet, top: int, bottom: int) -> list[Titles]:
    """Return the titles over every column in the rows from `top` to before `bottom`.

    Where the file knows its merged cells they are followed. Where it does not (CSV), a title stands over the
    columns to its right as long as those have none in its row and another one beneath.
    """
    rows = [[text_of(cell) for cell in row] for row in sheet.rows[top:bottom]]
    if sheet.merged:
        _spread(rows, sheet, top)
    else:
        _guess(rows)
    over = [[row[at] for row in rows] for at in range(len(rows[0]))] if rows else []
    # Some tables number their columns in a row of their own.
    return [
        tuple(dict.fromkeys(title.rstrip(":") for title in column if title and not title.isdecimal()))
        for column in over
    ]


def _spread(rows: list[list[str]], sheet: Sheet, top: int) -> None:
    """Write the title of each merged cell over all its columns."""
    for first_row, first, last_row, last in sheet.merged:
        if top <= first_row < top + len(rows):
            for row in rows[first_row - top : last_row - top + 1]:
                for at in range(first, min(last + 1, len(row))):
                    row[at] = rows[first_row - top][first]


def _guess(rows: list[list[str]]) -> None:
    own = [list(row) for row in rows]
    for number, row in enumerate(rows):
        for at in range(1, len(row)):
            has_beneath = any(beneath[at] for beneath in own[number + 1 :])
            if not row[at] and has_beneath and not any(above[at] for above in own[:number]):
                row[at] = row[at - 1]


def year_above(sheet: Sheet, bottom: int) -> int | None:
    """Return the one year that the rows above the figures name; None when they name none or several."""
    years = {
        year
        for row in sheet.rows[:bottom]
        for cell in row
        if isinstance(cell, str)
        for year in years_in(cell)
    }
    return years.pop() if len(years) == 1 else None
