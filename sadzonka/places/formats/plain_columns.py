"""What the columns of a plain table are for: found from their names and values, or as staff say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sadzonka.places.formats.codes import PROMISING, CodeColumn, Told, code_column, judged, taken_for_codes
from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.tables import (
    HEADER_WITHIN,
    NUMBER,
    Numbers,
    Table,
    folded,
    numbers,
    table_under,
    text_of,
    years_in,
)

SAMPLE = 400  # lines by which the header and the column of codes are found
CELLS_OF_A_HEADER = 2
NAMES = {
    "name",
    "nazwa",
    "nome",
    "denominazione",
    "gmina",
    "comune",
    "municipality",
    "nome comune",
    "nazwa gminy",
}
YEARS = {"year", "rok", "anno", "time period", "jahr"}
LATITUDES = {"lat", "latitude", "latitudine", "szerokosc", "szerokosc geograficzna"}
LONGITUDES = {"lon", "lng", "long", "longitude", "longitudine", "dlugosc", "dlugosc geograficzna"}
INDICATORS = {"indicator", "wskaznik", "indicatore", "variable", "zmienna", "variabile"}
DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
IDENTIFIER = re.compile(r"0\d+")
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table is for, by position."""

    code: CodeColumn
    name: int | None = None
    year: int | None = None
    indicator: int | None = None
    latitude: int | None = None
    longitude: int | None = None
    figures: Mapping[int, Numbers] = field(default_factory=dict)
    texts: tuple[int, ...] = ()


Judge = Callable[[Table], CodeColumn | None]


def plain_table(opened: Opened, told: Told) -> tuple[Table, CodeColumn] | None:
    """Return the first table with a column of codes, of those that staff name; None: there is none."""
    return _first(opened, lambda table: _codes(table, told))


def unsure_table(opened: Opened) -> tuple[Table, CodeColumn] | None:
    """Return the first table with a column of which any cell may be a code, however few: staff must look."""
    return _first(opened, _any_codes)


def _first(opened: Opened, judge: Judge) -> tuple[Table, CodeColumn] | None:
    if opened.kind == "parquet":
        table = Table("", tuple(opened.columns), tuple(opened.columns.values()), 1)
        found = judge(table)
        return (table, found) if found else None
    for sheet in opened.sheets:
        line = _header_line(sheet, judge)
        if line is not None:
            table = table_under(sheet.name, _header(sheet, line), sheet.rows[line + 1 :], line + 2)
            found = judge(table)
            if found:
                return table, found
    return None


def _header_line(sheet: Sheet, judge: Judge) -> int | None:
    """Return the last line of names above the codes: titles may stand over it."""
    for line in reversed(range(min(HEADER_WITHIN, len(sheet.rows)))):
        cells = [text_of(cell) for cell in sheet.rows[line]]
        if sum(map(bool, cells)) < CELLS_OF_A_HEADER or any(map(_is_value, cells)):
            continue
        sample = sheet.rows[line + 1 : line + 1 + SAMPLE]
        if judge(table_under(sheet.name, _header(sheet, line), sample, line + 2)):
            return line
    return None


def _is_value(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None and YEAR_ALONE.fullmatch(text) is None


def _header(sheet: Sheet, line: int) -> tuple[str, ...]:
    """Return the names of columns; one that is only a year takes the merged name above it along."""
    cells = [text_of(cell) for cell in sheet.rows[line]]
    if line == 0:
        return tuple(cells)
    above, group = [], ""
    for cell in sheet.rows[line - 1]:
        group = text_of(cell) or group
        above.append(group)
    return tuple(
        f"{over} {cell}".strip() if not cell or YEAR_ALONE.fullmatch(cell) else cell
        for over, cell in zip(above, cells, strict=True)
    )


def _codes(table: Table, told: Told) -> CodeColumn | None:
    if not told.column:
        return code_column(table.header, [table.texts(at) for at in range(len(table.header))], told)
    if told.column not in table.header:
        return None
    position = table.header.index(told.column)
    return taken_for_codes(position, told.column, table.texts(position), told)


def _any_codes(table: Table) -> CodeColumn | None:
    """Return the column that looks most like codes, the first of those that do; years come last."""

    def likeness(column: CodeColumn) -> tuple[bool, bool, bool]:
        has_hint, _zeros, share, _count = column.rank
        return not _is_years(table.texts(column.position)), has_hint, share >= PROMISING

    columns = [taken_for_codes(at, name, table.texts(at)) for at, name in enumerate(table.header) if name]
    return max(filter(None, columns), key=likeness, default=None)


def _is_years(texts: Iterable[str]) -> bool:
    return all(not text or YEAR_ALONE.fullmatch(text) for text in texts)


def roles(table: Table, code: CodeColumn, plain: Mapping[str, Any], separator: str) -> Columns:
    """Return what each column is for."""
    name = _chosen(table, plain.get("name")) if plain.get("name") else _named(table, NAMES, code.position)
    year = _chosen(table, plain.get("year_column")) if plain.get("year_column") else _year_column(table)
    latitude, longitude = _named(table, LATITUDES), _named(table, LONGITUDES)
    indicator = _named(table, INDICATORS)
    taken = {code.position, name, year, latitude, longitude, indicator}
    chosen = plain.get("columns") or {}
    figures, texts = {}, []
    for at, cells in enumerate(table.columns):
        if at in taken or not table.header[at]:
            continue
        if table.header[at] not in chosen and _is_another_code(table, at):
            texts.append(at)
            continue
        found = numbers(cells, separator)
        if table.header[at] in chosen or _is_numeric(found, cells):
            figures[at] = found
        else:
            texts.append(at)
    for header in chosen:
        _chosen(table, header)
    return Columns(code, name, year, indicator, latitude, longitude, figures, tuple(texts))


def _chosen(table: Table, header: str | None) -> int:
    if header not in table.header:
        raise Refused("no-such-column", column=str(header), value=str(header))
    return table.header.index(header)


def _named(table: Table, names: Collection[str], besides: int = -1) -> int | None:
    for at, header in enumerate(table.header):
        if at != besides and folded(header) in names:
            return at
    return None


def _year_column(table: Table) -> int | None:
    at = _named(table, YEARS)
    return at if _is_years(table.texts(at)) else None


def _is_another_code(table: Table, at: int) -> bool:
    """Whether a column holds the codes in another spelling, for example without their zeros."""
    sample = [text for text in table.texts(at)[:SAMPLE] if text]
    found = judged(at, table.header[at], sample)
    return found is not None and found.rank[0]


def _is_numeric(found: Numbers, cells: Sequence[Cell]) -> bool:
    filled = sum(cell not in {None, ""} for cell in cells)
    # Digits with a zero in front are an identifier: of a region, of an organisation, a telephone.
    is_identifier = any(isinstance(cell, str) and IDENTIFIER.fullmatch(cell) for cell in cells)
    return filled > 0 and found.count * 2 >= filled and not is_identifier


def label_and_year(header: str) -> tuple[str, int | None]:
    """Return what a column is called without its year, and the year.

    >>> [label_and_year(header) for header in ("unemployed_2020", "Ludność (31.12.2023)", "2022")]
    [('unemployed', 2020), ('Ludność', 2023), ('', 2022)]
    """
    years = years_in(header)
    if not years:
        return header.strip(), None
    if len(set(years)) > 1:
        return header.strip(), years[-1]
    label = DATE.sub(" ", header).replace(str(years[0]), " ")
    label = re.sub(r"[\s_]*[(\[]\s*[)\]]", " ", label)
    return " ".join(label.split()).strip(" _-,;:/"), years[0]
