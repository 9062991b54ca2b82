"""Reading Istat's list of the comuni of Italy ("Elenco dei comuni italiani")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils import timezone

from sadzonka.places.formats.europe import italian
from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Level, Line, Reading, Unit
from sadzonka.places.formats.tables import Table, hinted_year, tables

LAYOUT = "istat-list"
URL = "https://www.istat.it/classificazione/codici-dei-comuni-delle-province-e-delle-regioni/"
NO_NAME = {"", "-", "–"}  # a province without metropolitan city, or the other way round


def recognises(opened: Opened) -> bool:
    """Whether a sheet names comuni with the codes and names of province and region."""
    return next(tables(opened, _is_header), None) is not None


def _is_header(names: list[str]) -> bool:
    return (
        any(_is_code(name) or _is_numeric_code(name) for name in names)
        and {"codice regione", "denominazione regione"} <= set(names)
        and any(name.startswith("progressivo del comune") for name in names)
    )


def _is_code(name: str) -> bool:
    return name.startswith("codice comune formato alfanumerico")


def _is_numeric_code(name: str) -> bool:
    return name.startswith("codice comune formato numerico")


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the comuni with province and region, on 1 January of the year that is chosen or hinted at."""
    table = next(tables(opened, _is_header))
    position = table.position(_is_code, _is_numeric_code)
    column = table.header[position or 0]
    found = italian.comuni(table.columns[position or 0], table.first, column)
    units = _units(table, found.codes)
    year = choices.get("year") or hinted_year(opened.file_name)
    as_of = dt.date(year, 1, 1) if year else _retrieved(choices)
    is_whole = italian.tells_all(units)
    notes = [*found.notes, *italian.twice(found.codes, table.first, column)]
    notes += italian.region_notes(units)
    notes += [
        Note("no-name", Weight.ERROR, unit.number, params={"value": unit.code})
        for unit in units
        if not unit.name
    ]
    if not is_whole:
        notes.append(Note("extract", params={"count": len(units)}))
    if not year:
        notes.append(Note("list-undated", Weight.WARNING, params={"day": as_of.isoformat()}))
    return Reading(
        layout=LAYOUT,
        country="IT",
        publisher="Istat",
        title="Elenco dei comuni italiani",
        period=str(year or ""),
        url=URL,
        licence=italian.LICENCE,
        as_of=as_of,
        lists_all_of="IT" if is_whole and year else "",
        lines=tuple(
            Line(unit.number, "IT", Level.MUNICIPALITY, unit.code, unit.name, unit.kind, unit.code)
            for unit in units
        ),
        figures=np.zeros((len(units), 0)),
        marks=np.zeros((len(units), 0), dtype=np.uint8),
        units=units,
        notes=tuple(notes),
    )


def _retrieved(choices: Mapping[str, Any]) -> dt.date:
    """Return the day on which the list was fetched: Istat's page always has the list of today."""
    retrieved_on = choices.get("retrieved_on")
    return dt.date.fromisoformat(retrieved_on) if retrieved_on else timezone.localdate()


def _units(table: Table, codes: tuple[str, ...]) -> tuple[Unit, ...]:
    names = italian.names_of(table)
    regions = table.texts(table.position(lambda name: name == "codice regione"))
    region_names = table.texts(table.position(lambda name: name == "denominazione regione"))
    counties = _county_names(table)
    return tuple(
        Unit(
            country="IT",
            code=code,
            name=names[at],
            kind="comune",
            # The historical code of the province: a metropolitan city also has its own (201 for Torino).
            county=code[:3],
            county_name=counties[at],
            region=regions[at].zfill(2),
            region_name=region_names[at],
            number=table.first + at,
        )
        for at, code in enumerate(codes)
        if code
    )


def _county_names(table: Table) -> list[str]:
    """Return the names of the provinces; before 2015 metropolitan cities stood in a column of their own."""
    unit = table.texts(table.position(lambda name: name.startswith("denominazione dell unita territoriale")))
    province = table.texts(table.position(lambda name: name.startswith("denominazione provincia")))
    city = table.texts(table.position(lambda name: name.startswith("denominazione citta metropolitana")))
    return [
        next((name for name in names if name not in NO_NAME), "")
        for names in zip(unit, province, city, strict=True)
    ]
