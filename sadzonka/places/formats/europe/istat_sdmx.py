"""Reading SDMX-CSV as Istat and Eurostat write it: a line per figure, a column per dimension."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sadzonka.places.formats.europe.italian import comune_code
from sadzonka.places.formats.europe.nuts import Place, mark_of, place_of
from sadzonka.places.formats.long_tables import Crossed, Figure, crossed
from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Column, Level, Line, Mark, Reading
from sadzonka.places.formats.tables import Table, folded, numbers, tables, text_of

LAYOUT = "istat-sdmx"
AREAS = ("ref area", "geo", "itter107")
FLAGS = ("obs status", "obs flag")
CONFIDENTIALITY = "conf status"
# What stands beside the dimensions of a figure; every other column is a dimension and part of the label.
NOT_DIMENSIONS = {
    *("dataflow", "structure", "structure id", "structure name", "action", "last update", "freq"),
    *("time period", "obs value", "decimals", "unit mult", "base per", "breaks", "metadata"),
    *AREAS,
    *FLAGS,
    CONFIDENTIALITY,
}
ANNUAL = re.compile(r"(?:19|20)\d\d")
DATAFLOW = re.compile(r"(?:(?P<agency>[^:]*):)?(?P<name>[^(]+)(?:\(.*\))?")
PROVINCE = re.compile(r"\d{3}")
POWERS = {str(power) for power in range(-9, 13)}  # UNIT_MULT: 3 says thousands
PUBLISHERS = {"ESTAT": "Eurostat"}
FIRST_OF_JANUARY = "DATA_TYPE=JAN"


def recognises(opened: Opened) -> bool:
    """Whether the columns are those of SDMX-CSV."""
    return next(tables(opened, _is_header), None) is not None


def _is_header(names: list[str]) -> bool:
    return (
        {"time period", "obs value"} <= set(names)
        and any(area in names for area in AREAS)
        and any(name in {"dataflow", "structure id"} for name in names)
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """The columns of the file that every figure needs."""

    table: Table
    flow: str
    agency: str
    areas: list[str]
    times: list[str]
    labels: list[str]
    flags: list[str]
    confidentiality: list[str]


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the annual figures by area; the label of a column is its dataflow with all its dimensions."""
    table = next(tables(opened, _is_header))
    rows = _rows(table)
    found, notes = _figures(rows, opened.separator)
    crossing = crossed(found)
    lines = tuple(_line(number, unit) for number, unit in zip(crossing.numbers, crossing.units, strict=True))
    years = sorted({year for _label, year in crossing.columns})
    countries = {line.country for line in lines} - {""}
    return Reading(
        layout=LAYOUT,
        country=countries.pop() if len(countries) == 1 else "",
        publisher=PUBLISHERS.get(rows.agency, "Istat"),
        title=f"SDMX {rows.flow}",
        period=f"{years[0]}–{years[-1]}" if years else "",
        lines=lines,
        columns=_columns(crossing),
        figures=crossing.figures,
        marks=crossing.marks,
        notes=(*notes, *crossing.notes),
    )


def _rows(table: Table) -> Rows:
    names = [folded(name) for name in table.header]
    flow = table.texts(_first(names, "dataflow", "structure id"))
    match = DATAFLOW.fullmatch(next(iter(flow), ""))
    dimensions = sorted(
        (table.header[at], at)
        for at, name in enumerate(names)
        if name and name not in NOT_DIMENSIONS and not name.startswith("note ")
    )
    texts = [(dimension, table.texts(at)) for dimension, at in dimensions]
    flags = [table.texts(at) for at, name in enumerate(names) if name in FLAGS]
    confidentiality = table.texts(names.index(CONFIDENTIALITY) if CONFIDENTIALITY in names else None)
    name = match["name"] if match else ""
    return Rows(
        table,
        name,
        (match["agency"] or "") if match else "",
        table.texts(_first(names, *AREAS)),
        table.texts(names.index("time period")),
        [
            f"{name}: {', '.join(f'{dimension}={values[at]}' for dimension, values in texts)}"
            for at in range(len(table))
        ],
        ["".join(values) for values in zip(*flags, strict=True)] if flags else [""] * len(table),
        confidentiality,
    )


def _first(names: Sequence[str], *wanted: str) -> int:
    return next(names.index(name) for name in wanted if name in names)


def _figures(rows: Rows, separator: str) -> tuple[list[Figure], list[Note]]:
    table = rows.table
    names = [folded(name) for name in table.header]
    # SDMX writes a decimal point, whatever separates the columns.
    values = numbers(table.columns[names.index("obs value")], ",")
    powers = table.texts(names.index("unit mult")) if "unit mult" in names else [""] * len(table)
    frequencies = table.texts(names.index("freq")) if "freq" in names else ["A"] * len(table)
    broken = set(values.broken)
    figures, notes = [], []
    counts = {"part-of-year-lines": 0, "lines-without-code": 0, "first-of-january": 0}
    for at, (area, time) in enumerate(zip(rows.areas, rows.times, strict=True)):
        if not area:
            counts["lines-without-code"] += 1
            continue
        if frequencies[at] not in {"A", ""} or not ANNUAL.fullmatch(time):
            counts["part-of-year-lines"] += 1
            continue
        wrong = _wrong(
            area, powers[at], text_of(table.columns[names.index("obs value")][at]) if at in broken else ""
        )
        if wrong:
            notes.append(Note(wrong[0], Weight.ERROR, table.first + at, wrong[1], {"value": wrong[2][:40]}))
            continue
        is_january = FIRST_OF_JANUARY in rows.labels[at]
        counts["first-of-january"] += is_january
        value, mark = _qualified(float(values.values[at]), rows, at, powers[at])
        figures.append(Figure(table.first + at, area, rows.labels[at], int(time) - is_january, value, mark))
    notes += [Note(key, params={"count": count}) for key, count in counts.items() if count]
    return figures, notes


def _wrong(area: str, power: str, broken: str) -> tuple[str, str, str] | None:
    """Return what is wrong in a line: the note, the column and the cell."""
    if broken:
        return "bad-number", "OBS_VALUE", broken
    if power and power not in POWERS:
        return "bad-number", "UNIT_MULT", power
    return ("bad-istat-code", "REF_AREA", area) if _is_bad(area) else None


def _qualified(value: float, rows: Rows, at: int, power: str) -> tuple[float, Mark]:
    mark = mark_of(rows.flags[at], has_value=not math.isnan(value), confidentiality=rows.confidentiality[at])
    if mark in {Mark.SECRET, Mark.MISSING}:
        return math.nan, mark
    return value * 10 ** int(power or 0), mark


def _is_bad(area: str) -> bool:
    """Whether an area of digits is neither a comune nor a province."""
    return area.isdigit() and not PROVINCE.fullmatch(area) and not comune_code(area)


def _line(number: int, area: str) -> Line:
    place = _place(area)
    kind = "comune" if place.level is Level.MUNICIPALITY else ""
    return Line(number, place.country, place.level, place.code, "", kind, area)


def _place(area: str) -> Place:
    if PROVINCE.fullmatch(area):
        return Place("IT", Level.COUNTY, area)
    if area.isdigit():
        return Place("IT", Level.MUNICIPALITY, comune_code(area))
    return place_of(area)


def _columns(crossing: Crossed) -> tuple[Column, ...]:
    return tuple(Column(label, year, "OBS_VALUE") for label, year in crossing.columns)
