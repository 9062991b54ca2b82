"""TERC, the official list of Polish voivodeships, powiats and gminas on a day, with the type of each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland.cells import (
    Remarks,
    filled_twice,
    header_row,
    is_blank,
    letter,
    say_of_lines,
)
from sadzonka.places.formats.poland.codes import (
    COUNTRY,
    GUS,
    REUSE,
    VOIVODESHIPS,
    WHOLE,
    Place,
    digits_of,
    line,
    place,
    single_digits,
    two_digits,
)
from sadzonka.places.formats.reading import Level, Line, Reading, Unit
from sadzonka.places.formats.tables import folded, text_of

LAYOUT = "terc"
REQUIRED = ("woj", "pow", "gmi", "rodz", "nazwa")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
POLISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Header(NamedTuple):
    """Which column is what; `day` is -1 where the file has none."""

    region: int
    county: int
    gmina: int
    kind: int
    name: int
    day: int


def recognises(opened: Opened) -> bool:
    """Say whether the file is TERC: columns WOJ, POW, GMI, RODZ, NAZWA."""
    return _found(opened) is not None


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return every gmina of the list with its type, powiat and voivodeship on its day."""
    found = _found(opened)
    if found is None:
        raise Refused("unknown-layout")
    sheet, top, header = found
    remarks = Remarks()
    lines = _lines(sheet, top, header, remarks)
    say_of_lines(lines, single_digits(sheet.rows[top + 1 :], header[:3]), remarks)
    figures, marks = np.zeros((len(lines), 0)), np.zeros((len(lines), 0), dtype=np.uint8)
    filled_twice(lines, marks, remarks)
    day = _day([row[header.day] for row in sheet.rows[top + 1 :]] if header.day >= 0 else [], opened, remarks)
    units = _units(lines)
    is_whole = _lists_whole_country(lines)
    if not is_whole:
        remarks.say("not-the-whole-country")
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher=GUS,
        title=f"Rejestr TERYT, system TERC, stan na {day:%d.%m.%Y}" if day else "Rejestr TERYT, system TERC",
        period=day.isoformat() if day else "",
        url="https://eteryt.stat.gov.pl/",
        licence=REUSE,
        as_of=day,
        lists_all_of=COUNTRY if is_whole else "",
        lines=tuple(lines),
        figures=figures,
        marks=marks,
        units=units,
        notes=remarks.notes,
    )


def _found(opened: Opened) -> tuple[Sheet, int, Header] | None:
    for sheet in opened.sheets:
        if found := header_row(sheet, *REQUIRED):
            names = [folded(cell) for cell in sheet.rows[found[0]]]
            day = next((at for at, name in enumerate(names) if name.startswith("stan")), -1)
            region, county, gmina, kind, name = found[1]
            return sheet, found[0], Header(region, county, gmina, kind, name, day)
    return None


def _lines(sheet: Sheet, top: int, header: Header, remarks: Remarks) -> list[Line]:
    lines = []
    for number, row in enumerate(sheet.rows[top + 1 :], top + 2):
        if is_blank(row):
            continue
        code, found = _code(row, header)
        if found is None:
            remarks.error("bad-code", number, letter(header.region), value=code)
        else:
            lines.append(line(number, found, text_of(row[header.name]), code))
    return lines


def _code(row: Sequence[Cell], header: Header) -> tuple[str, Place | None]:
    """Return the 7 digits of a line and what they stand for; the columns hold two digits each."""
    parts = [two_digits(row[at]) for at in (header.region, header.county, header.gmina)]
    code = "".join(parts) + digits_of(row[header.kind])[0]
    # A code with a gap, such as a gmina without powiat, is none.
    has_gap = any(after and not before for before, after in pairwise(parts))
    return code, None if has_gap or not code.isdecimal() else place(code.ljust(WHOLE, "0"))


def _day(cells: Sequence[Cell], opened: Opened, remarks: Remarks) -> dt.date | None:
    """Return the day of the list: from its column, else from the name of the file."""
    days = sorted({day for cell in set(cells) if (day := _date(cell))})
    if len(days) > 1:
        remarks.error("several-dates", first=days[0].isoformat(), last=days[-1].isoformat())
    hint = _date(opened.file_name)
    if not days and hint is None:
        remarks.error("no-date")
    return days[-1] if days else hint


def _date(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = str(cell or "")
    try:
        if found := ISO_DATE.search(text):
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        if found := POLISH_DATE.search(text):
            return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:  # the 31st of a month that has 30 days
        return None
    return None


def _lists_whole_country(lines: Sequence[Line]) -> bool:
    """Say whether every voivodeship and powiat has its gminas: the list was not cut off or filtered."""
    gminas = {at.code for at in lines if at.level is Level.MUNICIPALITY}
    counties = {at.code for at in lines if at.level is Level.COUNTY}
    return {code[:4] for code in gminas} == counties and {code[:2] for code in counties} == set(VOIVODESHIPS)


def _units(lines: Sequence[Line]) -> tuple[Unit, ...]:
    names = {at.code: at.name for at in lines if at.level in (Level.REGION, Level.COUNTY)}
    return tuple(
        Unit(
            country=COUNTRY,
            code=at.code,
            name=at.name,
            kind=at.kind,
            county=at.code[:4],
            county_name=names.get(at.code[:4], ""),
            region=at.code[:2],
            region_name=names.get(at.code[:2], VOIVODESHIPS[at.code[:2]]),
            number=at.number,
        )
        for at in lines
        if at.level is Level.MUNICIPALITY
    )
