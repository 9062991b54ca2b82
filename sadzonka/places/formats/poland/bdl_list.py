"""Relational tables of BDL (CREL): a line per unit, dimension and year, each figure with its attribute."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sadzonka.places.formats.notes import Refused, Weight
from sadzonka.places.formats.opening import Cell, Opened
from sadzonka.places.formats.poland import bdl
from sadzonka.places.formats.poland.bdl_grid import Entry, Grid
from sadzonka.places.formats.poland.cells import (
    NoNumberError,
    Remarks,
    cell_value,
    decimal_sign,
    header_row,
    is_blank,
    letter,
    shown,
)
from sadzonka.places.formats.poland.codes import COUNTRY, REUSE, Codes, UnclearCode
from sadzonka.places.formats.reading import Mark, Reading
from sadzonka.places.formats.tables import folded, text_of

LAYOUT = "bdl-list"
REQUIRED = ("kod", "nazwa", "rok", "wartosc")  # the export itself spells it Wartosc, others Wartość
PARTS_OF_YEAR = ("kwartal", "miesiac", "polrocze")


class Header(NamedTuple):
    """Which column of a list is what; -1 is a column that is not there."""

    code: int
    name: int
    year: int
    value: int
    unit: int
    attribute: int
    dimensions: tuple[int, ...]
    parts_of_year: tuple[int, ...]


def recognises(opened: Opened) -> bool:
    """Say whether the file is a list of BDL: columns for code, name, year and value."""
    return any(header_row(sheet, *REQUIRED) for sheet in opened.sheets)


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the figures of a list as lines x columns, each with the mark of its attribute."""
    found = next(((sheet, at) for sheet in opened.sheets if (at := header_row(sheet, *REQUIRED))), None)
    if found is None:
        raise Refused("unknown-layout")
    sheet, (top, required) = found
    header = _header(sheet.rows[top], required)
    below = sheet.rows[top + 1 :]
    remarks = Remarks()
    codes = Codes([row[header.code] for row in below], [text_of(row[header.name]) for row in below])
    sign = decimal_sign((row[header.value] for row in below), opened.separator)
    grid = Grid(remarks)
    unknown: Counter[str] = Counter()
    for number, cells in enumerate(below, top + 2):
        entry = _entry(number, cells, header, codes, remarks)
        if entry is None:
            continue
        try:
            value, mark = cell_value(cells[header.value], sign, bdl.SIGNS)
        except NoNumberError:
            remarks.error("bad-number", number, letter(header.value), value=shown(cells[header.value]))
            continue
        symbol = text_of(cells[header.attribute]) if header.attribute >= 0 else ""
        if symbol and symbol not in bdl.SYMBOLS:
            unknown[symbol] += 1
        if symbol:
            value, mark = _qualified(value, mark, bdl.SYMBOLS.get(symbol, Mark.MISSING))
        grid.enter(entry, value, mark)
    for symbol, count in unknown.items():
        remarks.say("unknown-attribute", Weight.WARNING, value=symbol, count=count)
    columns, lines, values, marks, units = grid.finished(codes.put_back, letter(header.value))
    table = bdl.table_of(opened.file_name)
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher=bdl.PUBLISHER,
        title=bdl.title(table),
        period=bdl.period(column.year for column in columns),
        url=bdl.address(table),
        licence=REUSE,
        lines=lines,
        columns=columns,
        figures=values,
        marks=marks,
        units=units,
        notes=remarks.notes,
    )


def _header(row: Sequence[Cell], required: Sequence[int]) -> Header:
    names = [folded(cell) for cell in row]
    unit = next((at for at, name in enumerate(names) if name.startswith("jednostka")), -1)
    attribute = next((at for at, name in enumerate(names) if name.startswith("atrybut")), -1)
    parts = tuple(at for at, name in enumerate(names) if name.startswith(PARTS_OF_YEAR))
    taken = {*required, unit, attribute, *parts}
    dimensions = tuple(at for at, name in enumerate(names) if name and at not in taken)
    code, name, year, value = required
    return Header(code, name, year, value, unit, attribute, dimensions, parts)


def _entry(
    number: int, cells: Sequence[Cell], header: Header, codes: Codes, remarks: Remarks
) -> Entry | None:
    """Return what a line is about, or None after saying why it is not read."""
    if is_blank(cells):
        return None
    year, name = text_of(cells[header.year]), text_of(cells[header.name])
    if not text_of(cells[header.code]) or not (year or name):
        if text_of(cells[header.value]):
            remarks.error("no-code", number, letter(header.code))
        else:
            remarks.count("remark-lines")
        return None
    try:
        place = codes.place(cells[header.code], name)
    except UnclearCode as unclear:
        remarks.error(unclear.key, number, letter(header.code), **unclear.params)
        return None
    dimensions = [text_of(cells[at]) for at in header.dimensions]
    if any(text_of(cells[at]) for at in header.parts_of_year) or any(map(bdl.is_part_of_year, dimensions)):
        remarks.count("part-of-year-lines")
        return None
    if not (year.isdecimal() and len(year) == 4):  # noqa: PLR2004
        remarks.error("bad-year", number, letter(header.year), value=year[:40])
        return None
    unit = text_of(cells[header.unit]) if header.unit >= 0 else ""
    return Entry(number, place, name, text_of(cells[header.code]), bdl.label(dimensions, unit), int(year))


def _qualified(value: float, mark: Mark, attribute: Mark) -> tuple[float, Mark]:
    """Return a figure as its attribute qualifies it; an empty cell stays empty."""
    if math.isnan(value) and attribute not in (Mark.SECRET, Mark.MISSING):
        return value, mark
    return bdl.marked(value, attribute)
