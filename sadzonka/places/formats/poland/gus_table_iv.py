"""GUS, "Tabl. IV": population, births, deaths and migration by gmina, under a bilingual header."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Cell, Opened, Sheet
from sadzonka.places.formats.poland.cells import (
    HEADER_WITHIN,
    PRINTED,
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
    GUS,
    REUSE,
    VOIVODESHIPS,
    WHOLE,
    Codes,
    Place,
    UnclearCode,
    clean_name,
    digits_of,
    line,
)
from sadzonka.places.formats.poland.headers import Titles, row_with, squeezed, titles, year_above
from sadzonka.places.formats.reading import Column, Level, Line, Reading
from sadzonka.places.formats.tables import hinted_year, text_of, years_in

LAYOUT = "gus-table-iv"
CODE = ("identyfikatorterytorialny", "kodterytorialny", "territorialcode", "teryt")
# What a title without spaces and hyphens begins with, in Polish or in English; the first that fits counts.
TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("infant_deaths", ("zgonyniemowląt", "infantdeaths")),
    ("population", ("ludność", "population")),
    ("marriages", ("małżeństwa", "marriages")),
    ("live_births", ("urodzeniażywe", "livebirths")),
    ("deaths", ("zgony", "deaths")),
    ("natural_increase", ("przyrostnaturalny", "naturalincrease")),
    ("net_migration", ("ogólnesaldomigracji", "totalnetmigration")),
)
NEEDED = {"population", "live_births", "deaths"}
IN_TOTAL = ("ogółem", "total")
RATE = ("na1000ludności", "per1000ofpopulation", "per1000population")
COUNTS = ("population", "marriages", "live_births", "deaths", "net_migration")
RATES = ("live_births", "deaths", "natural_increase", "net_migration")
CODES_BY_NAME = {name: code for code, name in VOIVODESHIPS.items()}


class Table(NamedTuple):
    """Where the table stands: the first row of its header, the first of its figures, two columns."""

    sheet: Sheet
    top: int
    bottom: int
    code: int
    name: int


class Topic(NamedTuple):
    """What a column is about: births, deaths ..., a number or per 1,000 inhabitants; "" for others."""

    name: str
    is_rate: bool

    @property
    def indicator(self) -> str:
        """Its key in the catalogue, "" when there is none."""
        if self.is_rate:
            return f"{self.name}_per_1000" if self.name in RATES else ""
        return self.name if self.name in COUNTS else ""


def recognises(opened: Opened) -> bool:
    """Say whether the file has a column of TERYT codes beside population, births and deaths."""
    return _found(opened) is not None


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the figures of the table; a dash in it is zero."""
    table = _found(opened)
    if table is None:
        raise Refused("unknown-layout")
    sheet = table.sheet
    remarks = Remarks()
    year = year_above(sheet, table.bottom) or choices.get("year") or hinted_year(opened.file_name)
    positions, columns = _columns(table, year, remarks)
    lines, rows = _lines(table, remarks)
    values, marks = figures(
        rows, [at.number for at in lines], positions, remarks, separator=opened.separator, signs=PRINTED
    )
    filled_twice(lines, marks, remarks)
    if others := [other.name for other in opened.sheets if other is not sheet and other.rows]:
        remarks.say("other-sheets", names=", ".join(others))
    return Reading(
        layout=LAYOUT,
        country=COUNTRY,
        publisher=GUS,
        title="Tabl. IV. Ludność, ruch naturalny oraz migracje ludności według gmin"
        + (f" {year}" if year else ""),
        period=str(year or ""),
        url="https://stat.gov.pl/",
        licence=REUSE,
        lines=tuple(lines),
        columns=tuple(columns),
        figures=values,
        marks=marks,
        notes=remarks.notes,
    )


def _found(opened: Opened) -> Table | None:
    for sheet, top, (code,) in row_with(opened, CODE):
        # Names stand left of the figures: in the first other column that has any text below.
        body = sheet.rows[top + 1 :]
        name = next((at for at in range(len(sheet.rows[top])) if at != code and _has_words(body, at)), -1)
        if name < 0:
            continue
        bottom = next(
            (at for at in range(top + 1, len(sheet.rows)) if _is_first(sheet.rows[at], code, name)), -1
        )
        if 0 < bottom <= top + HEADER_WITHIN:
            table = Table(sheet, top, bottom, code, name)
            # A table of one year says it in its title; columns of several years are another kind of table.
            is_of_one_year = len(set(years_in(" ".join(map(text_of, sheet.rows[top]))))) <= 1
            if is_of_one_year and {topic.name for topic in _topics(table)} >= NEEDED:
                return table
    return None


def _has_words(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    words = sum(1 for row in rows[:HEADER_WITHIN] if text_of(row[at])[:1].isalpha())
    return words > len(rows[:HEADER_WITHIN]) // 2


def _is_first(row: Sequence[Cell], code: int, name: int) -> bool:
    """Say whether a row is the first below the header: the country, a voivodeship, or a code."""
    digits, _ = digits_of(row[code])
    return _unit_without_code(text_of(row[name])) is not None or (
        digits.isdecimal() and len(digits) >= WHOLE - 1
    )


def _unit_without_code(name: str) -> Place | None:
    """Return the country or the voivodeship that a name tells."""
    if name.casefold().startswith(("polska", "poland")):
        return Place(Level.COUNTRY, "")
    code = CODES_BY_NAME.get(clean_name(name, Level.REGION))
    return Place(Level.REGION, code) if code else None


def _topics(table: Table) -> list[Topic]:
    return topics(titles(table.sheet, table.top, table.bottom), is_merged=bool(table.sheet.merged))


def topics(over: Sequence[Titles], *, is_merged: bool) -> list[Topic]:
    """Return what each column is about, by the titles over it.

    "per 1,000 inhabitants" stands beneath several columns at once. In a file without merged cells it is
    written under the first of them: it counts for those to its right until a topic comes again.
    """
    found = []
    in_rates: set[str] = set()  # the topics since that measure was written
    for at in over:
        words = [squeezed(title) for title in at]
        name = _topic(words)
        says_so = any(measure in word for word in words for measure in RATE)
        goes_on = (
            bool(in_rates) and not is_merged and name in RATES and name not in in_rates and len(words) == 1
        )
        in_rates = in_rates | {name} if says_so or goes_on else set()
        found.append(Topic(name, is_rate=bool(in_rates)))
    return found


def _topic(words: Sequence[str]) -> str:
    if not words:
        return ""
    name = next((name for name, beginnings in TOPICS if words[0].startswith(beginnings)), "")
    beneath = [word for word in words[1:] if not any(measure in word for measure in RATE)]
    return name if all(word.startswith(IN_TOTAL) for word in beneath) else ""


def _columns(table: Table, year: int | None, remarks: Remarks) -> tuple[list[int], list[Column]]:
    """Return the columns of figures; a topic that stands there twice is not taken for certain."""
    over = titles(table.sheet, table.top, table.bottom)
    about = topics(over, is_merged=bool(table.sheet.merged))
    positions = [at for at, found in enumerate(over) if found and at not in (table.code, table.name)]
    for at, found in enumerate(over):
        if not found and holds_figures(table.sheet.rows[table.bottom :], at, PRINTED):
            remarks.error("no-heading", table.top + 1, letter(at))
    return positions, [
        Column(
            ": ".join(over[at]) + (" na 1000 ludności" if about[at].is_rate and len(over[at]) == 1 else ""),
            year,
            letter(at),
            about[at].indicator if about.count(about[at]) == 1 else "",
        )
        for at in positions
    ]


def _lines(table: Table, remarks: Remarks) -> tuple[list[Line], list[Sequence[Cell]]]:
    body = table.sheet.rows[table.bottom :]
    codes = Codes([row[table.code] for row in body], [text_of(row[table.name]) for row in body])
    lines, rows = [], []
    for number, row in enumerate(body, table.bottom + 1):
        name = text_of(row[table.name])
        if is_blank(row):
            continue
        code = text_of(row[table.code])
        found = _unit_without_code(name) if not code else None
        if found is None and not code:
            if sum(1 for cell in row if text_of(cell)) > 1:
                remarks.error("no-code", number, letter(table.code))
            else:
                remarks.count("remark-lines")
            continue
        try:
            found = found or codes.place(row[table.code], name)
        except UnclearCode as unclear:
            remarks.error(unclear.key, number, letter(table.code), **unclear.params)
            continue
        lines.append(line(number, found, name, code))
        rows.append(row)
    say_of_lines(lines, codes.put_back, remarks)
    return lines, rows
