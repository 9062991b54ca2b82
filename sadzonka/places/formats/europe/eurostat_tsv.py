"""Reading Eurostat's TSV tables: dimensions in the first cell of a line, years across, flags behind."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sadzonka.places.formats.europe.nuts import mark_of, place_of
from sadzonka.places.formats.long_tables import Figure, crossed
from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Column, Line, Mark, Reading
from sadzonka.places.formats.tables import NUMBER, text_of

LAYOUT = "eurostat-tsv"
LICENCE = "© European Union, Eurostat: re-use with the source named (2011/833/EU)"
HEAD = re.compile(r"(?P<dimensions>[a-z_0-9]+(?:,[a-z_0-9]+)*)\\(?:TIME_PERIOD|time)", re.IGNORECASE)
ANNUAL = re.compile(r"(?:19|20)\d\d")
DATASET = re.compile(r"estat_(?P<long>[a-z0-9_]+?)(?:_linear)?\.|(?P<short>t[a-z]{2}\d{5})", re.IGNORECASE)
# "12.3 bp", ": c", "0n" (less than half of the unit), and since 2025 ": @C" or "5 p@N".
CELL = re.compile(
    r"(?P<value>:|[+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*(?P<flags>[a-zA-Z]*)\s*(?:@(?P<confidentiality>[A-Za-z]+))?"
)


def recognises(opened: Opened) -> bool:
    """Whether the first cell names dimensions and, behind a backslash, the time across."""
    rows = opened.sheets[0].rows if opened.kind == "text" and opened.sheets else ()
    return bool(rows) and HEAD.fullmatch(_cells(opened, rows[0])[0]) is not None


def _cells(opened: Opened, row: Sequence[Any]) -> list[str]:
    """Return the cells of a line between tabs, also where commas were taken for the separator."""
    texts = [text_of(cell) if cell is None else str(cell) for cell in row]
    if opened.separator and opened.separator != "\t":
        texts = opened.separator.join(texts).rstrip(opened.separator).split("\t")
    return [text.strip() for text in texts]


@dataclass(frozen=True, slots=True)
class Head:
    """The dimensions in the first cell, the times across, and the dataset that the file's name hints at."""

    dataset: str
    dimensions: tuple[str, ...]
    times: tuple[str, ...]


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the annual figures by region; a label is the dimensions but region, unit and frequency."""
    first, *rows = (_cells(opened, row) for row in opened.sheets[0].rows)
    match = HEAD.fullmatch(first[0])
    dimensions = match["dimensions"].casefold().split(",") if match else []
    dataset = _dataset(opened.file_name)
    head = Head(dataset, tuple(dimensions), tuple(time for time in first[1:] if time))
    figures: list[Figure] = []
    notes: list[Note] = []
    not_annual = sum(not ANNUAL.fullmatch(time) for time in head.times)
    for number, cells in enumerate(rows, 2):
        found, wrong = _line_of(number, cells, head)
        figures += found
        notes += wrong
    if not_annual:
        notes.append(Note("columns-not-annual", params={"count": not_annual}))
    crossing = crossed(figures)
    lines = tuple(_line(number, geo) for number, geo in zip(crossing.numbers, crossing.units, strict=True))
    years = sorted({year for _label, year in crossing.columns})
    countries = {line.country for line in lines}
    return Reading(
        layout=LAYOUT,
        country=countries.pop() if len(countries) == 1 else "",
        publisher="Eurostat",
        title=f"Eurostat {dataset}".strip(),
        period=f"{years[0]}–{years[-1]}" if years else "",
        licence=LICENCE,
        lines=lines,
        columns=tuple(Column(label, year, str(year)) for label, year in crossing.columns),
        figures=crossing.figures,
        marks=crossing.marks,
        notes=(*notes, *crossing.notes),
    )


def _dataset(file_name: str) -> str:
    """Return the code of the dataset: the content does not say it.

    >>> _dataset("estat_demo_r_d3dens.tsv"), _dataset("my tgs00003 copy.tsv"), _dataset("table.tsv")
    ('demo_r_d3dens', 'tgs00003', '')
    """
    match = DATASET.search(file_name)
    return (match["long"] or match["short"]).casefold() if match else ""


def _line_of(number: int, cells: list[str], head: Head) -> tuple[list[Figure], list[Note]]:
    values = dict(zip(head.dimensions, (text.strip() for text in cells[0].split(",")), strict=False))
    geo = values.pop("geo", "")
    if not geo or len(values) + 1 != len(head.dimensions):
        return [], [Note("bad-line", Weight.ERROR, number, params={"value": cells[0][:40]})] if any(
            cells
        ) else []
    if values.pop("freq", "A") != "A":
        return [], [Note("part-of-year-lines", row=number, params={"count": 1})]
    unit = values.pop("unit", "")
    named = (
        f"{head.dataset}:" if head.dataset else "",
        ", ".join(values.values()),
        f"[{unit}]" if unit else "",
    )
    label = " ".join(filter(None, named))
    figures, notes = [], []
    for time, text in zip(head.times, cells[1:], strict=False):
        if not text or not ANNUAL.fullmatch(time):
            continue
        figure = _figure(text)
        if figure is None:
            notes.append(Note("bad-number", Weight.ERROR, number, time, {"value": text[:40]}))
        else:
            figures.append(Figure(number, geo, label, int(time), *figure))
    return figures, notes


def _figure(text: str) -> tuple[float, Mark] | None:
    """Return the value of a cell and how its flags qualify it.

    >>> _figure("123 e"), _figure(": c"), _figure("=1")
    ((123.0, <Mark.ESTIMATE: 1>), (nan, <Mark.SECRET: 7>), None)
    """
    match = CELL.fullmatch(text)
    value = match["value"] if match else ""
    if match is None or (value != ":" and not NUMBER.fullmatch(value)):
        return None
    mark = mark_of(match["flags"], has_value=value != ":", confidentiality=match["confidentiality"] or "")
    return (math.nan if mark in {Mark.SECRET, Mark.MISSING} else float(value)), mark


def _line(number: int, geo: str) -> Line:
    place = place_of(geo)
    return Line(number, place.country, place.level, place.code, "", "", geo)
