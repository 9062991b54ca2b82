"""Reading Eurostat's list of local administrative units (LAU): population, area, degree of urbanisation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.europe.italian import REGIONS, comune_code
from sadzonka.places.formats.europe.nuts import PROVINCES_OF_TRENTINO, REGIONI, countries
from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Column, Level, Line, Mark, Reading, Unit
from sadzonka.places.formats.tables import (
    Table,
    folded,
    hinted_year,
    number_notes,
    numbers,
    tables,
)

LAYOUT = "eurostat-lau"
URL = "https://ec.europa.eu/eurostat/web/nuts/local-administrative-units"
LICENCE = "© European Union, Eurostat: re-use with the source named (2011/833/EU)"
KINDS = {"IT": "comune", "PL": ""}  # of a gmina the list does not say whether it is urban or rural
M2_PER_KM2 = 1_000_000
# Some countries send km² where the list says m². Between the medians of both lies a gap of two orders:
# no country's middle unit is below 0.1 km² or above 10,000 km².
LEAST_MEDIAN_M2 = 100_000
YEAR_OF_LIST = re.compile(r"lau\D{0,3}((?:19|20)\d\d)", re.IGNORECASE)
# Codes of one length of which some begin with 0: a spreadsheet takes it. Poland's have 13 digits, or 7 or 6.
DIGITS = {"DE": 8, "GR": 8, "ES": 5, "FR": 5, "HR": 5, "LV": 7, "LU": 4, "HU": 5, "PT": 6, "FI": 3, "SE": 4}
POLISH_DIGITS = (7, 6)
COLUMNS = (("POPULATION", "population"), ("TOTAL AREA", "area_km2"), ("DEGURBA", "degurba"))


def recognises(opened: Opened) -> bool:
    """Whether a sheet names local units by LAU code and NUTS 3 region."""
    return next(tables(opened, _is_header), None) is not None


def _is_header(names: list[str]) -> bool:
    return "lau code" in names and any(_is_nuts(name) for name in names) and any(map(_is_name, names))


def _is_nuts(name: str) -> bool:
    return (
        name.startswith(("nuts 3 code", "nuts3", "nuts 3"))
        or re.fullmatch(r"code (19|20)\d\d", name) is not None
    )


def _is_name(name: str) -> bool:
    return name.startswith("lau name")


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of the list, read: the lines that name a unit, and their figures."""

    lines: list[Line]
    units: list[Unit]
    figures: NDArray[np.float64]
    marks: NDArray[np.uint8]
    notes: list[Note]


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return all local units of the list; the year is chosen or hinted at by the file's name."""
    found = [_part(table, opened.separator) for table in tables(opened, _is_header)]
    lines = tuple(line for part in found for line in part.lines)
    figures = np.concatenate([part.figures for part in found])
    notes = [note for part in found for note in part.notes]
    notes += _areas_in_km2(lines, figures[:, 1])
    notes += _twice(lines)
    year = choices.get("year") or _hinted(opened.file_name)
    names = sorted({line.country for line in lines})
    notes += _explanations(lines, figures, year)
    return Reading(
        layout=LAYOUT,
        country=names[0] if len(names) == 1 else "",
        publisher="Eurostat",
        title="Local administrative units (LAU)",
        period=str(year or ""),
        url=URL,
        licence=LICENCE,
        as_of=dt.date(year, 1, 1) if year else None,
        lines=lines,
        columns=tuple(Column(label, year, label, indicator) for label, indicator in COLUMNS),
        figures=figures,
        marks=np.concatenate([part.marks for part in found]),
        units=tuple(unit for part in found for unit in part.units),
        notes=tuple(notes),
    )


def _explanations(lines: Sequence[Line], figures: NDArray[np.float64], year: int | None) -> Iterator[Note]:
    yield Note("lau-year", params={"year": year or "?"})
    ours = sum(line.country in KINDS for line in lines)
    if ours:
        yield Note("lau-county", params={"count": ours})
    for (label, _indicator), column in zip(COLUMNS, figures.T, strict=True):
        missing = int(np.isnan(column).sum())
        if missing:
            yield Note("without-figures", column=label, params={"count": missing, "label": label})


def _hinted(file_name: str) -> int | None:
    """Return the year of the list: the one after "lau", not the year of the NUTS beside it."""
    match = YEAR_OF_LIST.search(file_name)
    return int(match[1]) if match else hinted_year(file_name)


def _part(table: Table, separator: str) -> Part:
    nuts = table.texts(table.position(_is_nuts))
    written = table.texts(table.position(lambda name: name == "lau code"))
    national = table.texts(table.position(lambda name: name == "lau name national", _is_name))
    latin = table.texts(table.position(lambda name: name == "lau name latin"))
    by_country: dict[str, str] = {}
    zeros = _Zeros(nuts, written, table.columns[table.position(lambda name: name == "lau code") or 0])
    lines, units, kept, notes, empty = [], [], [], [], 0
    for at, (region, lau) in enumerate(zip(nuts, written, strict=True)):
        if not lau or not region:
            empty += 1
            continue
        country = by_country.setdefault(region[:2], countries().get(region[:2], ""))
        code = _code(country, zeros.put_back(region, lau, at)) if country else ""
        if not code:
            notes.append(
                Note("bad-lau-code", Weight.ERROR, table.first + at, "LAU CODE", {"value": f"{region} {lau}"})
            )
            continue
        kept.append(at)
        kind = KINDS.get(country, "local-unit")
        line = Line(table.first + at, country, Level.MUNICIPALITY, code, national[at] or latin[at], kind, lau)
        lines.append(line)
        units.append(_unit(line, region))
    if zeros.found:
        params = {"count": len(zeros.found), "example": zeros.found[0]}
        notes.append(Note("zeros-put-back", Weight.WARNING, column="LAU CODE", params=params))
    if empty:
        notes.append(Note("lines-without-code", column="LAU CODE", params={"count": empty}))
    figures, marks, broken = _figures(table, separator, kept)
    return Part(lines, units, figures, marks, notes + broken)


class _Zeros:
    """The zeros that codes of one length begin with, where a program took the column for numbers.

    A text beside others that kept their zero has lost something else: it is given back as "", no code.
    """

    def __init__(self, nuts: Sequence[str], written: Sequence[str], cells: Sequence[object]) -> None:
        self._is_text = [isinstance(cell, str) for cell in cells]
        polish = {len(lau) for region, lau in zip(nuts, written, strict=True) if region[:2] == "PL"}
        self._digits = DIGITS | {"PL": next((one for one in POLISH_DIGITS if one in polish), 0)}
        self._kept = {
            region[:2]
            for region, lau, is_text in zip(nuts, written, self._is_text, strict=True)
            if is_text and lau.startswith("0")
        }
        self.found: list[str] = []

    def put_back(self, region: str, lau: str, at: int) -> str:
        country = region[:2]
        missing = self._digits.get(countries().get(country, ""), 0) - len(lau)
        if missing <= 0 or not (lau.isascii() and lau.isdigit()):
            return lau
        if missing > 1 or (self._is_text[at] and country in self._kept):
            return ""
        self.found.append(lau)
        return f"0{lau}"


def _code(country: str, lau: str) -> str:
    """Return our code: TERYT in Poland, Istat's in Italy, elsewhere the LAU code as it is.

    >>> _code("PL", "1001121200101"), _code("PL", "1212001"), _code("IT", "1001"), _code("DE", "01001000")
    ('120101', '121200', '001001', '01001000')
    """
    if country == "IT":
        return comune_code(lau)
    if country != "PL":
        return lau
    if not (lau.isascii() and lau.isdigit()):
        return ""
    return {13: lau[4:6] + lau[9:13], 7: lau[:6], 6: lau}.get(len(lau), "")


def _unit(line: Line, nuts: str) -> Unit:
    """Return what the list says of a unit; powiat and provincia are told by the code itself, not by NUTS."""
    county, region = nuts, nuts[:4]
    region_name = region
    if line.country in KINDS:  # a voivodeship stands in the code, a regione does not
        county, region = "", "04" if region in PROVINCES_OF_TRENTINO else REGIONI.get(region, "")
        region_name = REGIONS.get(region, "")
    return Unit(
        line.country, line.code, line.name, line.kind, county, county, region, region_name, number=line.number
    )


def _figures(table: Table, separator: str, kept: Sequence[int]) -> tuple[Any, Any, list[Note]]:
    values, marks, notes = [], [], []
    for label, _indicator in COLUMNS:
        position = table.position(_begins_with(folded(label)))
        if position is None:
            values.append(np.full(len(table), np.nan))
            marks.append(np.full(len(table), Mark.ABSENT, dtype=np.uint8))
            continue
        found = numbers(table.columns[position], separator)
        values.append(found.values / M2_PER_KM2 if _is_in_m2(table.header[position], label) else found.values)
        marks.append(found.marks)
        notes += number_notes(found, table.columns[position], table.first, label)
    return np.column_stack(values)[kept], np.column_stack(marks)[kept], notes


def _begins_with(words: str) -> Callable[[str], bool]:
    return lambda name: name.startswith(words)


def _is_in_m2(header: str, label: str) -> bool:
    return label == "TOTAL AREA" and "km2" not in folded(header)


def _areas_in_km2(lines: Sequence[Line], areas: NDArray[np.float64]) -> Iterator[Note]:
    """Put right the areas of countries that wrote km² as if it were m², in place; yield what was done."""
    codes = np.array([line.country for line in lines])
    for country in np.unique(codes):
        rows = codes == country
        known = areas[rows][~np.isnan(areas[rows])]
        if len(known) and np.median(known) * M2_PER_KM2 < LEAST_MEDIAN_M2:
            areas[rows] *= M2_PER_KM2
            yield Note("area-in-km2", Weight.WARNING, column="TOTAL AREA", params={"country": str(country)})


def _twice(lines: Sequence[Line]) -> Iterator[Note]:
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        other = seen.setdefault((line.country, line.code), line.number)
        if other != line.number:
            yield Note(
                "code-twice", Weight.ERROR, line.number, "LAU CODE", {"value": line.written, "other": other}
            )
