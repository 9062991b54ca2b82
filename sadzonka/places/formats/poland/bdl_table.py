"""Tables of BDL as it exports them (CTAB): a line per unit, a column per dimension and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland import bdl
from sadzonka.places.formats.poland.bdl_time import units_through_time
from sadzonka.places.formats.poland.cells import (
    Remarks,
    figures,
    filled_twice,
    header_row,
    holds_figures,
    is_blank,
    letter,
    say_of_lines,
)
from sadzonka.places.formats.poland.codes import COUNTRY, REUSE, Codes, UnclearCode, line
from sadzonka.places.formats.reading import Column, Line, Reading
from sadzonka.places.formats.tables import text_of

LAYOUT = "bdl-table"


class Header(NamedTuple):
    """Where a table stands: the row of its header, the columns of code and name."""

    row: int
    code: int
    name: int


def recognises(opened: Opened) -> bool:
    """Say whether the file is a table of BDL: Kod, Nazwa, and a heading with dimension, year and unit."""
    return _found(opened) is not None


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the figures of a table, and what its lines tell about types through time."""
    found = _found(opened)
    if found is None:
        raise Refused("unknown-layout")
    sheet, header = found
    remarks = Remarks()
    positions, columns = _columns(sheet, header, remarks)
    lines, names, rows = _lines(sheet, header, positions, remarks)
    values, marks = figures(
        rows, [at.number for at in lines], positions, remarks, separator=opened.separator, signs=bdl.SIGNS
    )
    if columns:  # a table of quarters has no figures of ours that could be there twice
        filled_twice(lines, marks, remarks)
    units = units_through_time(
        lines=lines, names=names, columns=columns, values=values, marks=marks, remarks=remarks
    )
    table = bdl.table_of(opened.file_name)
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher=bdl.PUBLISHER,
        title=bdl.title(table),
        period=bdl.period(column.year for column in columns),
        url=bdl.address(table),
        licence=REUSE,
        lines=tuple(lines),
        columns=tuple(columns),
        figures=values,
        marks=marks,
        units=units,
        notes=remarks.notes,
    )


def _found(opened: Opened) -> tuple[Sheet, Header] | None:
    for sheet in opened.sheets:
        found = header_row(sheet, "kod", "nazwa")
        if found and any(bdl.heading(text_of(cell)) for cell in sheet.rows[found[0]]):
            return sheet, Header(found[0], *found[1])
    return None


def _columns(sheet: Sheet, header: Header, remarks: Remarks) -> tuple[list[int], list[Column]]:
    """Return the columns of yearly figures and where they stand, saying why others are not read."""
    positions, columns = [], []
    seen: set[tuple[str, int]] = set()
    for at, cell in enumerate(sheet.rows[header.row]):
        text = text_of(cell)
        if at in (header.code, header.name):
            continue
        if not text:
            if holds_figures(sheet.rows[header.row + 1 :], at, bdl.SIGNS):
                remarks.error("no-heading", header.row + 1, letter(at))
            continue
        found = bdl.heading(text)
        if found is None:
            if holds_figures(sheet.rows[header.row + 1 :], at, bdl.SIGNS):
                positions.append(at)
                columns.append(Column(text, None, letter(at)))
            else:
                remarks.say("not-figures", label=text)
        elif found.is_part_of_year:
            remarks.say("part-of-year", label=text)
        elif (found.label, found.year) in seen:
            remarks.error("column-twice", header.row + 1, letter(at), label=text)
        else:
            seen.add((found.label, found.year))
            positions.append(at)
            columns.append(Column(found.label, found.year, letter(at)))
    return positions, columns


def _lines(
    sheet: Sheet, header: Header, positions: Sequence[int], remarks: Remarks
) -> tuple[list[Line], list[str], list[Sequence[Cell]]]:
    """Return the lines with their names as written and their cells; codes that are none are errors."""
    lines, names, rows = [], [], []
    below = sheet.rows[header.row + 1 :]
    codes = Codes([row[header.code] for row in below], [text_of(row[header.name]) for row in below])
    for number, row in enumerate(below, header.row + 2):
        code, name = text_of(row[header.code]), text_of(row[header.name])
        if not code:
            if any(text_of(row[at]) for at in positions):
                remarks.error("no-code", number, letter(header.code))
            elif not is_blank(row):
                remarks.count("remark-lines")
            continue
        try:
            place = codes.place(row[header.code], name)
        except UnclearCode as unclear:
            # A remark below the table begins in the first column.
            if not any(text_of(row[at]) for at in positions) and not name:
                remarks.count("remark-lines")
            else:
                remarks.error(unclear.key, number, letter(header.code), **unclear.params)
            continue
        lines.append(line(number, place, name, code))
        names.append(name)
        rows.append(row)
    say_of_lines(lines, codes.put_back, remarks)
    return lines, names, rows
