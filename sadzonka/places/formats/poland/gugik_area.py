"""GUGiK's list of the areas of voivodeships, powiats and gminas, in hectares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland.cells import (
    Remarks,
    figures,
    filled_twice,
    holds_figures,
    is_blank,
    letter,
    say_of_lines,
)
from sadzonka.places.formats.poland.codes import (
    COUNTRY,
    REUSE,
    Codes,
    UnclearCode,
    line,
    split_code,
)
from sadzonka.places.formats.poland.headers import row_with, squeezed, year_above
from sadzonka.places.formats.reading import Column, Line, Reading
from sadzonka.places.formats.tables import hinted_year, text_of

LAYOUT = "gugik-area"
CODE, NAME = ("teryt", "identyfikatorteryt", "kodteryt"), ("nazwa",)
HECTARES, SQUARE_KM = ("powierzchniaha", "powierzchniawha"), ("powierzchniakm", "powierzchniawkm")
HECTARES_PER_KM2 = 100


def recognises(opened: Opened) -> bool:
    """Say whether the file lists areas in hectares by TERYT code."""
    return any(row_with(opened, CODE, NAME, HECTARES))


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the areas in km²: hectares divided by 100, not the column of whole km² beside them."""
    found = next(row_with(opened, CODE, NAME, HECTARES), None)
    if found is None:
        raise Refused("unknown-layout")
    sheet, top, (code, name, hectares) = found
    remarks = Remarks()
    year = year_above(sheet, top) or choices.get("year") or hinted_year(opened.file_name)
    positions, columns = _columns(sheet, top, (code, name, hectares), year, remarks)
    lines, rows = _lines(sheet, top, (code, name, hectares), remarks)
    values, marks = figures(rows, [at.number for at in lines], positions, remarks, separator=opened.separator)
    values[:, 0] /= HECTARES_PER_KM2
    filled_twice(lines, marks, remarks)
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher="Główny Urząd Geodezji i Kartografii (GUGiK)",
        title="Wykaz powierzchni geodezyjnych województw, powiatów i gmin" + (f" {year}" if year else ""),
        period=str(year or ""),
        url="https://www.gov.pl/web/gugik",
        licence=REUSE,
        lines=tuple(lines),
        columns=tuple(columns),
        figures=values,
        marks=marks,
        notes=remarks.notes,
    )


def _columns(
    sheet: Sheet, top: int, taken: tuple[int, int, int], year: int | None, remarks: Remarks
) -> tuple[list[int], list[Column]]:
    """Return the hectares as km², then whatever else holds figures, saying why the rest is not read."""
    _, _, hectares = taken
    titles = [text_of(cell) for cell in sheet.rows[top]]
    positions = [hectares]
    columns = [Column(f"{titles[hectares]} : 100 = [km2]", year, letter(hectares), "area_km2")]
    for at, title in enumerate(titles):
        if at in taken:
            continue
        if not title:
            if holds_figures(sheet.rows[top + 1 :], at):
                remarks.error("no-heading", top + 1, letter(at))
        elif squeezed(title).startswith(SQUARE_KM):
            remarks.say("rounded-column", label=title)
        elif holds_figures(sheet.rows[top + 1 :], at):
            positions.append(at)
            columns.append(Column(title, year, letter(at)))
        else:
            remarks.say("not-figures", label=title)
    return positions, columns


def _lines(
    sheet: Sheet, top: int, at: tuple[int, int, int], remarks: Remarks
) -> tuple[list[Line], list[Sequence[Cell]]]:
    code, name, hectares = at
    body = sheet.rows[top + 1 :]
    written = [cell if isinstance(cell := row[code], int | float) else split_code(cell) for row in body]
    codes = Codes(written, shorter=True)
    lines, rows = [], []
    for number, (row, cell) in enumerate(zip(body, written, strict=True), top + 2):
        if is_blank(row):
            continue
        if not text_of(cell):
            if text_of(row[hectares]):
                remarks.error("no-code", number, letter(code))
            else:
                remarks.count("remark-lines")
            continue
        try:
            found = codes.place(cell, text_of(row[name]) if len(text_of(cell)) > 4 else "")  # noqa: PLR2004
        except UnclearCode as unclear:
            if text_of(row[hectares]):
                remarks.error(unclear.key, number, letter(code), **unclear.params)
            else:
                remarks.count("remark-lines")
            continue
        lines.append(line(number, found, text_of(row[name]), text_of(row[code])))
        rows.append(row)
    say_of_lines(lines, codes.put_back, remarks)
    return lines, rows
