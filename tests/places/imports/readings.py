"""Small readings as a reader would return them, about the demonstration's municipalities or a new country."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Column, Level, Line, Mark, Reading, Unit
from sadzonka.places.imports.actions import import_at_once
from sadzonka.places.imports.plan import File, Plan, content_hash, plan_of
from sadzonka.places.models import FileImport

NAN = float("nan")
CHODZIEZ, MARGONIN = "300101", "300103"


def line(
    code: str, name: str = "", *, level: Level = Level.MUNICIPALITY, country: str = "PL", row: int = 2
) -> Line:
    return Line(row, country, level, code, name, written=code)


def unit(code: str, name: str, kind: str = "rural", **fields: Any) -> Unit:
    """Return what a list of Slovenia says of a municipality; the demonstration has none there."""
    told = {"country": "SI", "county": "SI031", "county_name": "Pomurska", "region": "SI03"}
    return Unit(**{**told, "code": code, "name": name, "kind": kind, "region_name": "Vzhodna", **fields})


def reading(
    lines: Sequence[Line] = (),
    columns: Sequence[Column] = (),
    figures: Sequence[Sequence[float]] = (),
    marks: Sequence[Sequence[int]] | None = None,
    **fields: Any,
) -> Reading:
    """Return a reading; figures that are NaN are missing unless `marks` say otherwise."""
    matrix = np.array(figures, dtype=float).reshape(len(lines), len(columns))
    found = np.where(np.isnan(matrix), Mark.MISSING, Mark.ORDINARY) if marks is None else np.array(marks)
    told = {"layout": "bdl-table", "country": "PL", "publisher": "GUS", "title": "BDL X_1", "period": "2031"}
    return Reading(
        **{**told, **fields},
        lines=tuple(lines),
        columns=tuple(columns),
        figures=matrix,
        marks=found.astype(np.uint8).reshape(matrix.shape),
    )


def a_list(day: str, *units: Unit, country: str = "SI", layout: str = "eurostat-lau") -> Reading:
    """Return the whole list of a country on a day."""
    return reading(
        layout=layout,
        country=country,
        period=day,
        as_of=dt.date.fromisoformat(day),
        lists_all_of=country,
        units=units,
    )


def file_of(found: Reading, choices: Mapping[str, Any] | None = None, content: bytes = b"") -> File:
    """Return a file that was read so; what it says stands for its content."""
    opened = Opened("table.csv", "text", separator=";", encoding="utf-8")
    return File("table.csv", content_hash(content or repr(found).encode()), opened, found, choices or {})


def planned(found: Reading, **choices: Any) -> Plan:
    return plan_of(file_of(found, choices))


def imported(found: Reading, **choices: Any) -> FileImport | None:
    _plan, done = import_at_once(file=file_of(found, choices), size=1)
    return done


def population(year: int = 2031) -> Column:
    return Column("ludność", year, "C", "population")
