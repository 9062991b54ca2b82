"""The ministry of finance's tables of the local governments' share in income tax: codes in four columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland.cells import (
    Remarks,
    figures,
    is_blank,
    letter,
    say_of_lines,
)
from sadzonka.places.formats.poland.codes import (
    COUNTRY,
    FIRST_CITY_COUNTY,
    REUSE,
    Place,
    digits_of,
    line,
    place,
    single_digits,
    two_digits,
)
from sadzonka.places.formats.poland.headers import Titles, row_with, squeezed, titles, year_above
from sadzonka.places.formats.reading import Column, Line, Mark, Reading
from sadzonka.places.formats.tables import hinted_year, text_of

LAYOUT = "mf-income"
CODES = (("wk",), ("pk",), ("gk",), ("gt",))
NONE = ("-", "–", "")
GMINA_SHARE = "75621"  # chapter of the budget; 75622 is the powiat's share, 75623 the voivodeship's
PERSONAL_INCOME_TAX = "0010"
RECEIVED, CHAPTER = "dochodywykonane", "rozdział"
NAMES = ("nazwa", "województwo", "powiat", "klasyfikacja", "dział", "rozdział", "paragraf")
YEAR_IN_NAME = re.compile(r"za[_ -]*(20\d\d)")


class Table(NamedTuple):
    """Where the table stands; `over` are the titles over its columns."""

    sheet: Sheet
    top: int
    bottom: int
    codes: list[int]
    over: list[Titles]

    def column(self, word: str) -> int:
        """Return the column whose lowest title begins with a word, -1 when none does."""
        return next(
            (at for at, found in enumerate(self.over) if found and squeezed(found[-1]).startswith(word)), -1
        )


class Shares(NamedTuple):
    """The lines of the gminas' share, each with its cells and its paragraph of the budget classification."""

    lines: list[Line]
    rows: list[Sequence[Cell]]
    paragraphs: list[str]


def recognises(opened: Opened) -> bool:
    """Say whether the file has the columns WK, PK, GK, GT and the income received by chapter."""
    return _found(opened) is not None


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the gminas' share; what cities with the rights of a powiat receive as a powiat is left out."""
    table = _found(opened)
    if table is None:
        raise Refused("unknown-layout")
    remarks = Remarks()
    shares = _shares(table, remarks)
    year = _year(table, opened.file_name, choices)
    lines, columns, values, marks = _by_paragraph(shares, table, year, opened.separator, remarks)
    say_of_lines(lines, single_digits(shares.rows, table.codes[:3]), remarks)
    title = next((text_of(row[0]) for row in table.sheet.rows[: table.top] if text_of(row[0])), "")
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher="Ministerstwo Finansów",
        title=title or "Udziały jednostek samorządu terytorialnego w podatku dochodowym",
        period=str(year or ""),
        url="https://www.gov.pl/web/finanse",
        licence=REUSE,
        lines=tuple(lines),
        columns=tuple(columns),
        figures=values,
        marks=marks,
        notes=remarks.notes,
    )


def _found(opened: Opened) -> Table | None:
    for sheet, top, codes in row_with(opened, *CODES):
        bottom = next(
            (at for at in range(top + 1, len(sheet.rows)) if two_digits(sheet.rows[at][codes[0]])), top
        )
        table = Table(sheet, top, bottom, codes, titles(sheet, top, bottom))
        if table.column(RECEIVED) >= 0 and table.column(CHAPTER) >= 0:
            return table
    return None


def _year(table: Table, file_name: str, choices: Mapping[str, Any]) -> int | None:
    named = YEAR_IN_NAME.search(file_name)
    hint = int(named[1]) if named else hinted_year(file_name)
    return year_above(table.sheet, table.bottom) or choices.get("year") or hint


def _shares(table: Table, remarks: Remarks) -> Shares:
    """Return the lines of chapter 75621; those of other chapters are explained."""
    shares = Shares([], [], [])
    chapter, paragraph, name = table.column(CHAPTER), table.column("paragraf"), table.column("nazwa")
    for number, row in enumerate(table.sheet.rows[table.bottom :], table.bottom + 1):
        if is_blank(row):
            continue
        written = " ".join(text_of(row[at]) for at in table.codes)
        if not written.strip():
            if text_of(row[table.column(RECEIVED)]):
                remarks.error("no-code", number, letter(table.codes[0]))
            else:
                remarks.count("remark-lines")
            continue
        if (found_chapter := digits_of(row[chapter])[0]) != GMINA_SHARE:
            remarks.count("not-the-gmina-share", chapter=found_chapter)
            continue
        found = _place([row[at] for at in table.codes])
        if found is None:
            remarks.error("bad-code", number, letter(table.codes[0]), value=written)
            continue
        shares.lines.append(line(number, found, text_of(row[name]) if name >= 0 else "", written))
        shares.rows.append(row)
        shares.paragraphs.append(digits_of(row[paragraph])[0].zfill(4) if paragraph >= 0 else "")
    return shares


def _place(cells: Sequence[Cell]) -> Place | None:
    """Return the gmina of WK, PK, GK, GT; cities with the rights of a powiat have dashes for the last two."""
    region, county = two_digits(cells[0]), two_digits(cells[1])
    gmina, kind = text_of(cells[2]), digits_of(cells[3])[0]
    if gmina in NONE:
        return place(f"{region}{county}011") if county >= FIRST_CITY_COUNTY and county.isdecimal() else None
    return place(region + county + two_digits(cells[2]) + kind)


def _by_paragraph(
    shares: Shares, table: Table, year: int | None, separator: str, remarks: Remarks
) -> tuple[list[Line], list[Column], NDArray[np.float64], NDArray[np.uint8]]:
    """Return a line per gmina, a column per amount and paragraph (0010 personal, 0020 corporate tax)."""
    amounts = [at for at, found in enumerate(table.over) if found and _is_amount(found, at, table)]
    cells, kinds = figures(
        shares.rows, [at.number for at in shares.lines], amounts, remarks, separator=separator
    )
    paragraphs = sorted(set(shares.paragraphs))
    lines: dict[str, Line] = {}
    for one in shares.lines:
        lines.setdefault(one.code, one)
    at_line = {code: at for at, code in enumerate(lines)}
    values = np.full((len(lines), len(amounts) * len(paragraphs)), np.nan)
    marks = np.full(values.shape, Mark.ABSENT, dtype=np.uint8)
    first: dict[tuple[str, str], int] = {}
    for at, (one, paragraph) in enumerate(zip(shares.lines, shares.paragraphs, strict=True)):
        if (before := first.setdefault((one.code, paragraph), one.number)) != one.number:
            remarks.error("filled-twice", one.number, code=one.code, first=before, second=one.number)
            continue
        begin = paragraphs.index(paragraph) * len(amounts)
        values[at_line[one.code], begin : begin + len(amounts)] = cells[at]
        marks[at_line[one.code], begin : begin + len(amounts)] = kinds[at]
    columns = [
        Column(
            f"{': '.join(table.over[at])} [zł, {GMINA_SHARE}, {paragraph}]",
            year,
            letter(at),
            "pit_share_pln" if _is_received(table.over[at]) and paragraph == PERSONAL_INCOME_TAX else "",
        )
        for paragraph in paragraphs
        for at in amounts
    ]
    return list(lines.values()), columns, values, marks


def _is_received(over: Titles) -> bool:
    return squeezed(over[-1]).startswith(RECEIVED)


def _is_amount(over: Titles, at: int, table: Table) -> bool:
    return at not in table.codes and not squeezed(over[-1]).startswith(NAMES)
