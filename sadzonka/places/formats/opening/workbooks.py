"""Workbooks (xls, xlsx, ods): the values of all their sheets, hidden ones too.

Merged cells hold their value in the first cell only; dates come as dates, whichever day the workbook counts
from; whole numbers as int; a cell with an error as the error's text, so that nobody takes it for empty.
"""

from __future__ import annotations

import datetime as dt
import io
from itertools import chain, repeat
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import compound, office_open, open_document
from sadzonka.places.formats.opening.contents import Cell, Sheet
from sadzonka.places.formats.opening.extents import Extent
from sadzonka.places.formats.opening.limits import MAX_CELLS
from sadzonka.places.formats.opening.packing import members

EXACT = 2**53  # beyond it not every whole number is a float


def sheets_of(content: bytes) -> tuple[Sheet, ...]:
    """Return all sheets of cells of a workbook that `extents_of` lets through."""
    extents = extents_of(content)
    if sum(extent.rows * extent.columns for extent in extents) > MAX_CELLS:
        raise Refused("too-many-cells", limit=MAX_CELLS)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            listed = workbook.sheets_metadata
            require_told_apart(len(listed), extents)
            return tuple(
                sheet_of(workbook.get_sheet_by_name(sheet.name), extent)
                for sheet, extent in zip(listed, chain(extents, repeat(Extent())), strict=False)
                if sheet.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise Refused("encrypted") from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("damaged") from error
    except BaseException as error:
        # The library is written in Rust: where it gives up, Python sees an exception outside `Exception`.
        if type(error).__name__ == "PanicException":
            raise Refused("damaged") from error
        raise


def require_told_apart(sheets: int, extents: list[Extent]) -> None:
    """Refuse errors of which it cannot be told in which sheet they are."""
    if sheets != len(extents) and any(extent.errors for extent in extents):
        raise Refused("damaged")


def extents_of(content: bytes) -> list[Extent]:
    """Return how far each sheet reaches, in the workbook's order."""
    if content.startswith(compound.COMPOUND):
        return compound.extents_of(content)
    archive, files = members(content)
    with archive:
        if any(file.filename == "[Content_Types].xml" for file in files):
            return office_open.extents_of(archive, files)
        return open_document.extents_of(archive, files)


def sheet_of(sheet: Any, extent: Extent) -> Sheet:
    """Return one sheet from its first line on, without empty rows and columns at its end."""
    rows = [[cell_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    width = max((len(row) for row in rows), default=0)
    width = max(width, *(column + 1 for _row, column, _text in extent.errors)) if extent.errors else width
    height = max([len(rows), *(row + 1 for row, _column, _text in extent.errors)])
    rows += [[] for _missing in range(height - len(rows))]
    rows = [row if len(row) == width else row + [None] * (width - len(row)) for row in rows]
    for number, column, text in extent.errors:
        rows[number][column] = text
    while rows and rows[-1].count(None) == width:
        rows.pop()
    while width and all(row[width - 1] is None for row in rows):
        width -= 1
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, [row[:width] for row in rows], merged)


def cell_of(value: Any) -> Cell:
    """Return the value of a cell: None when it is empty, times of day and spans of time as text."""
    if value == "":
        return None
    if type(value) is float and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if isinstance(value, (dt.time, dt.timedelta)):
        return str(value)
    return value
