"""Answers of BDL's interface for programs (JSON): figures by variable or by unit, each with its attribute.

Also answers as the package pyBDL keeps them: several in one document, each under the name of its question.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from sadzonka.places.formats.notes import Refused, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import bdl
from sadzonka.places.formats.poland.bdl_grid import Entry, Grid
from sadzonka.places.formats.poland.cells import NoNumberError, Remarks, figure, say_of_lines, shown
from sadzonka.places.formats.poland.codes import (
    COUNTRY,
    OTHER,
    REUSE,
    Place,
    clean_name,
    line,
    place_of_bdl_id,
    years_in_name,
)
from sadzonka.places.formats.reading import Level, Mark, Reading, Unit

LAYOUT = "bdl-api"
QUESTIONS = ("get_", "list_", "search_")
ALL_MUNICIPALITIES = "1"  # the aggregate that sums up everything
# The API's dictionaries, by the keys that every entry of them has and those that it may have besides.
DICTIONARIES: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    (
        "api-variables",
        frozenset({"id", "subjectId", "level", "measureUnitId", "measureUnitName"}),
        frozenset({"n1", "n2", "n3", "n4", "n5", "years"}),
    ),
    (
        "api-subjects",
        frozenset({"id", "name", "hasVariables"}),
        frozenset(
            {
                "parentId",
                "children",
                "levels",
                "years",
                "availability",
                "dimensions",
                "lastUpdate",
                "description",
            }
        ),
    ),
    (
        "api-units",
        frozenset({"id", "name", "level", "hasDescription"}),
        frozenset({"parentId", "kind", "years", "description"}),
    ),
    ("api-attributes", frozenset({"id", "name", "symbol", "description"}), frozenset()),
    ("api-years", frozenset({"id", "hasLocalities"}), frozenset({"quarterly"})),
    ("api-aggregates", frozenset({"id", "name", "level"}), frozenset({"description"})),
    ("api-measures", frozenset({"id", "name", "description"}), frozenset()),
    ("api-levels", frozenset({"id", "name"}), frozenset()),
)


class Series(NamedTuple):
    """The figures of one variable for one unit, as the API gives them."""

    unit: str
    name: str
    label: str
    aggregate: str
    values: list[dict[str, Any]]


def recognises(opened: Opened) -> bool:
    """Say whether the document is an answer of the API: series of figures, or one of its dictionaries."""
    return opened.kind == "json" and any(
        _is_answer(answer) or _dictionary(answer) for answer in _answers(opened.document)
    )


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the figures of all answers; of dictionaries only the list of units tells something."""
    if not recognises(opened):
        raise Refused("unknown-layout")
    remarks = Remarks()
    grid = Grid(remarks)
    unknown: Counter[str] = Counter()
    units: dict[str, Mapping[str, Any]] = {}
    for answer in _answers(opened.document):
        if _is_answer(answer):
            _say_what_is_missing(answer, remarks)
            for number, series in enumerate(_series(answer), 1):
                _enter(number, series, grid, unknown, remarks)
        elif kind := _dictionary(answer):
            if kind == "api-units":
                units |= {str(entry["id"]): entry for entry in _entries(answer)}
            elif kind not in {note.key for note in remarks.notes}:
                remarks.say(kind)
    for attribute, count in unknown.items():
        remarks.say("unknown-attribute", Weight.WARNING, value=attribute, count=count)
    if not grid:
        return _list_of_units(units, choices, remarks)
    columns, lines, values, marks, dated = grid.finished()
    return _reading(
        remarks,
        period=bdl.period(column.year for column in columns),
        lines=lines,
        columns=columns,
        figures=values,
        marks=marks,
        units=dated,
    )


def _reading(remarks: Remarks, period: str = "", **found: Any) -> Reading:
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher=bdl.PUBLISHER,
        title="BDL API",
        period=period,
        url="https://api.stat.gov.pl/Home/BdlApi",
        licence=REUSE,
        notes=remarks.notes,
        **found,
    )


def _answers(document: object) -> Iterator[Mapping[str, Any]]:
    """Yield the answers of a document, each as the API gives lists: a mapping with `results`."""
    if isinstance(document, list):
        if any(isinstance(item, dict) and "results" in item for item in document):
            for item in document:
                yield from _answers(item)
        else:
            yield {"results": document}
    elif isinstance(document, dict):
        questions = [value for key, value in document.items() if key.startswith(QUESTIONS)]
        if questions:
            for value in questions:
                yield from _answers(value)
        else:
            yield document if isinstance(document.get("results"), list) else {"results": [document]}


def _entries(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for entry in answer["results"] if isinstance(entry, dict)]


def _is_answer(answer: Mapping[str, Any]) -> bool:
    """Say whether every entry is a series of figures."""
    entries = _entries(answer)
    return bool(entries) and all(
        "id" in entry
        and isinstance(entry.get("values"), list)
        and all(isinstance(value, dict) and "year" in value and "val" in value for value in entry["values"])
        for entry in entries
    )


def _dictionary(answer: Mapping[str, Any]) -> str:
    """Return which of the API's dictionaries the entries belong to, "" when to none."""
    entries = _entries(answer)
    for kind, required, possible in DICTIONARIES:
        if entries and all(required <= entry.keys() <= required | possible for entry in entries):
            return kind
    return ""


def _series(answer: Mapping[str, Any]) -> Iterator[Series]:
    """Yield the series of an answer by variable (entries are units) or by unit (entries are variables)."""
    aggregate = str(answer.get("aggregateId", ALL_MUNICIPALITIES))
    for entry in _entries(answer):
        if "unitId" in answer:
            unit, name, variable = answer["unitId"], answer.get("unitName", ""), entry["id"]
        else:
            unit, name, variable = entry["id"], entry.get("name") or "", answer.get("variableId", "")
        yield Series(str(unit), str(name), f"variable {variable}".strip(), aggregate, entry["values"])


def _say_what_is_missing(answer: Mapping[str, Any], remarks: Remarks) -> None:
    """Say that an answer is one page of several."""
    count, total = len(answer["results"]), answer.get("totalRecords", 0)
    if isinstance(total, int) and total > count and "unitId" not in answer:
        remarks.say("units-missing", Weight.WARNING, count=count, total=total)


def _enter(number: int, series: Series, grid: Grid, unknown: Counter[str], remarks: Remarks) -> None:
    place = place_of_bdl_id(series.unit)
    if place is None:
        remarks.error("bad-code", number, value=series.unit[:40])
        return
    larger = place.level in (Level.COUNTRY, Level.REGION, Level.COUNTY)
    if larger and series.aggregate != ALL_MUNICIPALITIES:
        remarks.count("other-aggregate", aggregate=series.aggregate)
        place = OTHER
    for entry in series.values:
        year = str(entry["year"])
        if not (year.isdecimal() and len(year) == 4):  # noqa: PLR2004
            if year[:4].isdecimal():
                remarks.count("part-of-year-lines")
            else:
                remarks.error("bad-year", number, series.label, value=year[:40])
            continue
        try:
            value, mark = _figure(entry, unknown)
        except NoNumberError:
            remarks.error("bad-number", number, series.label, value=shown(entry["val"]))
            continue
        grid.enter(Entry(number, place, series.name, series.unit, series.label, int(year)), value, mark)


def _figure(entry: Mapping[str, Any], unknown: Counter[str]) -> tuple[float, Mark]:
    """Return the figure of a year as its attribute qualifies it; an unknown one may mean that it is none."""
    attribute = entry.get("attrId", 1)
    known = bdl.ATTRIBUTES.get(attribute) if isinstance(attribute, int) else None
    if known is None:
        unknown[str(attribute)[:40]] += 1
    mark = known[1] if known else Mark.MISSING
    if entry["val"] is None:
        return math.nan, mark if mark in (Mark.SECRET, Mark.MISSING) else Mark.ABSENT
    return bdl.marked(figure(entry["val"], "."), mark)


def _list_of_units(
    entries: Mapping[str, Mapping[str, Any]], choices: Mapping[str, Any], remarks: Remarks
) -> Reading:
    """Return the gminas of the API's list of units as lines and units; without gminas it tells nothing."""
    placed = [
        (found, number, entry)
        for number, entry in enumerate(entries.values(), 1)
        if (found := place_of_bdl_id(str(entry["id"])))
    ]
    names = {
        found.code: clean_name(str(entry["name"]), found.level)
        for found, _, entry in placed
        if found is not OTHER
    }
    municipalities = [item for item in placed if item[0].level is Level.MUNICIPALITY]
    if entries and not municipalities:
        remarks.say("api-units")
    lines = tuple(
        line(number, found, str(entry["name"]), str(entry["id"]))
        for found, number, entry in placed
        if municipalities
    )
    if lines:
        say_of_lines(lines, (), remarks)
    year = choices.get("year")
    return _reading(
        remarks,
        as_of=dt.date(year, 1, 1) if year else None,
        lines=lines,
        figures=np.zeros((len(lines), 0)),
        marks=np.zeros((len(lines), 0), dtype=np.uint8),
        units=tuple(
            _unit(found, number, str(entry["name"]), names) for found, number, entry in municipalities
        ),
    )


def _unit(found: Place, number: int, name: str, names: Mapping[str, str]) -> Unit:
    first, last = years_in_name(name)
    return Unit(
        country=COUNTRY,
        code=found.code,
        name=clean_name(name, Level.MUNICIPALITY),
        kind=found.kind,
        county=found.code[:4],
        county_name=names.get(found.code[:4], ""),
        region=found.code[:2],
        region_name=names.get(found.code[:2], ""),
        valid_from=dt.date(first, 1, 1) if first else None,
        valid_to=dt.date(last, 12, 31) if last else None,
        number=number,
    )
