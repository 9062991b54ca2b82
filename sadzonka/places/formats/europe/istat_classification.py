"""Reading Istat's workbook of classifications: area, population and altitude of every comune."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sadzonka.places.formats.europe import italian
from sadzonka.places.formats.notes import Note
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Column, Level, Line, Reading, Unit
from sadzonka.places.formats.tables import (
    Numbers,
    Table,
    folded,
    hinted_year,
    number_notes,
    numbers,
    tables,
    text_of,
    years_in,
)

LAYOUT = "istat-classification"
URL = "https://www.istat.it/classificazione/principali-statistiche-geografiche-sui-comuni/"


def recognises(opened: Opened) -> bool:
    """Whether a sheet names comuni with their area and altitude."""
    return next(tables(opened, _is_header), None) is not None


def _is_header(names: list[str]) -> bool:
    return (
        "codice regione" in names
        and any(_is_code(name) for name in names)
        and any(_indicator(name) == "area_km2" for name in names)
        and any(name.startswith("zona altimetrica") or _indicator(name) == "altitude_m" for name in names)
    )


def _is_code(name: str) -> bool:
    return name.startswith(("codice istat del comune", "codice comune"))


def _indicator(name: str) -> str:
    if name.startswith("superficie"):
        return "area_km2"
    if name.startswith(("popolazione legale", "popolazione residente")):
        return "population"
    if name == "grado di urbanizzazione":
        return "degurba"
    return "altitude_m" if name.startswith("altitudine del centro") else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """One column of figures and where it stands in the table."""

    position: int
    column: Column
    found: Numbers


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return area, population and altitude of the comuni, each of the year that header or legend name."""
    table = next(tables(opened, _is_header))
    position = table.position(lambda name: _is_code(name) and "alfanumerico" in name, _is_code) or 0
    label = table.header[position]
    known = italian.comuni(table.columns[position], table.first, label)
    kept = [at for at, code in enumerate(known.codes) if code]
    day = _day(table, opened, choices)
    figures = list(_figures(table, opened, choices))
    units = _units(table, known.codes)
    is_whole = italian.tells_all(units)
    notes = [*known.notes, *italian.twice(known.codes, table.first, label)]
    notes += italian.region_notes(units)
    for each in figures:
        notes += number_notes(each.found, table.columns[each.position], table.first, each.column.label)
    left_out = [name for name in table.header if name and _is_left_out(folded(name))]
    if left_out:
        notes.append(Note("columns-left-out", params={"columns": ", ".join(left_out)}))
    return Reading(
        layout=LAYOUT,
        country="IT",
        publisher="Istat",
        title="Classificazioni statistiche e dimensione dei comuni",
        period=_period([each.column.year for each in figures]),
        url=URL,
        licence=italian.LICENCE,
        as_of=day,
        lists_all_of="IT" if is_whole and day else "",
        lines=tuple(
            Line(table.first + at, "IT", Level.MUNICIPALITY, unit.code, unit.name, unit.kind, written)
            for at, unit, written in zip(kept, units, _written(table, position, kept), strict=True)
        ),
        columns=tuple(each.column for each in figures),
        figures=_matrix([each.found.values for each in figures], kept),
        marks=_matrix([each.found.marks for each in figures], kept).astype(np.uint8),
        units=units,
        notes=tuple(notes),
    )


def _written(table: Table, position: int, kept: list[int]) -> list[str]:
    return [text_of(table.columns[position][at]) for at in kept]


def _matrix(columns: list[Any], kept: list[int]) -> Any:
    return np.column_stack(columns)[kept] if columns else np.zeros((len(kept), 0))


def _figures(table: Table, opened: Opened, choices: Mapping[str, Any]) -> Iterator[Figures]:
    """Yield the columns of figures; a second one of the same year is kept without indicator."""
    seen = set()
    for position, name in enumerate(table.header):
        indicator = _indicator(folded(name))
        if not indicator:
            continue
        year = _year(name) or _year_of_legend(opened, name) or choices.get("year")
        is_first = (indicator, year) not in seen
        seen.add((indicator, year))
        yield Figures(
            position,
            Column(name, year, f"column {position + 1}", indicator if is_first else ""),
            numbers(table.columns[position], opened.separator),
        )


def _year(name: str) -> int | None:
    """Return the year of a header; people of 1 January are those of the day before."""
    day = italian.day_in(name)
    if day and folded(name).startswith("popolazione") and (day.month, day.day) == (1, 1):
        return day.year - 1
    return day.year if day else next(iter(years_in(name)), None)


def _year_of_legend(opened: Opened, name: str) -> int | None:
    """Return the year that the workbook's legend gives for a column without one."""
    for sheet in opened.sheets:
        heads = [folded(cell) for cell in sheet.rows[0]] if sheet.rows else []
        if "campo" not in heads or "anno" not in heads:
            continue
        field, year = heads.index("campo"), heads.index("anno")
        for row in sheet.rows[1:]:
            if folded(row[field]) == folded(name):
                return next(iter(years_in(text_of(row[year]))), None)
    return None


def _day(table: Table, opened: Opened, choices: Mapping[str, Any]) -> dt.date | None:
    """Return the day of the area, else of the sheet's name, else 1 January of a year that is told."""
    areas = [name for name in table.header if _indicator(folded(name)) == "area_km2"]
    for text in (*areas, table.sheet):
        day = italian.day_in(text)
        if day:
            return day
    year = choices.get("year") or hinted_year(opened.file_name)
    return dt.date(year, 1, 1) if year else None


def _units(table: Table, codes: tuple[str, ...]) -> tuple[Unit, ...]:
    names = italian.names_of(table)
    regions = table.texts(table.position(lambda name: name == "codice regione"))
    return tuple(
        Unit(
            country="IT",
            code=code,
            name=names[at],
            kind="comune",
            county=code[:3],
            county_name="",
            region=regions[at].zfill(2),
            region_name=italian.REGIONS.get(regions[at].zfill(2), ""),
            number=table.first + at,
        )
        for at, code in enumerate(codes)
        if code
    )


def _is_left_out(name: str) -> bool:
    return not (_indicator(name) or _is_code(name) or name.startswith(("denominazione", "codice")))


def _period(years: list[int | None]) -> str:
    known = sorted(year for year in years if year)
    return f"{known[0]}–{known[-1]}" if known and known[0] != known[-1] else str(next(iter(known), ""))
