"""Reading tables of no known layout: codes, names, years and figures are found, or chosen by staff."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sadzonka.places.formats.codes import SCHEMES, CodeColumn, Told, cleaned, decoder
from sadzonka.places.formats.europe.italian import keeps_zero
from sadzonka.places.formats.europe.nuts import Place
from sadzonka.places.formats.long_tables import Figure, crossed
from sadzonka.places.formats.notes import Note, Refused, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.plain_columns import (
    YEAR_ALONE,
    Columns,
    label_and_year,
    plain_table,
    roles,
    unsure_table,
)
from sadzonka.places.formats.reading import Column, Level, Line, Mark, Point, Reading
from sadzonka.places.formats.tables import FORMULA_BEGINS, Table, hinted_year, number_notes, numbers, text_of

LAYOUT = "plain"
LETTERS = ("PL", "IT")  # Eurostat puts the country before the code
REPEATED_IN_A_REGISTER, SHARE_IN_A_REGISTER = 3, 0.1
DEGREES_OF_LATITUDE, DEGREES_OF_LONGITUDE = 90, 180


def recognises(opened: Opened) -> bool:
    """Whether a sheet has a column that holds codes of gminas or comuni, or may do so."""
    return unsure_table(opened) is not None


@dataclass(frozen=True, slots=True)
class Source:
    """A table with what is known of its columns and which unit each of its lines names."""

    opened: Opened
    table: Table
    columns: Columns
    country: str
    places: tuple[Place | None, ...]  # None: no code, or a wrong one
    notes: tuple[Note, ...]
    year: int | None  # of columns that name none
    is_year_hinted: bool  # staff did not say it, the name of the file does


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the figures of a table with a line per municipality, or per year, or per organisation."""
    plain, told = choices.get("plain") or {}, Told.of(choices)
    found = plain_table(opened, told)
    if found is None:
        return _unsure(opened, told)
    table, code = found
    if code.question:
        return _undecided(opened, table, code.question, count=len(table))
    try:
        columns = roles(table, code, plain, opened.separator)
    except Refused as refusal:  # staff named a column of another table
        return _undecided(opened, table, refusal.note.key, **refusal.note.params)
    places, notes = _places(table, code)
    chosen = choices.get("year")
    year = chosen or hinted_year(opened.file_name)
    source = Source(opened, table, columns, decoder(code.schemes[0])[0], places, notes, year, not chosen)
    if columns.year is not None:
        return _long(source)
    if plain.get("count") or _is_register(source):
        return _register(source, plain.get("count") or "")
    return _wide(source, plain.get("columns") or {})


def _unsure(opened: Opened, told: Told) -> Reading:
    unsure = unsure_table(opened)
    if unsure is None:
        raise Refused("unknown-layout")
    table, code = unsure
    if told.column:
        key = "no-codes-in-column" if told.column in table.header else "no-such-column"
        return _undecided(opened, table, key, value=told.column)
    return _undecided(opened, table, "choose-code", column=table.header[code.position])


def _undecided(opened: Opened, table: Table, key: str, **params: Any) -> Reading:
    """Return nothing but what staff must choose first, and from which columns."""
    notes = (Note(key, Weight.QUESTION, params=params),)
    return Reading(LAYOUT, "", "", opened.file_name, "", notes=notes, headers=_headers(table))


def _headers(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in table.header if name))


def _places(table: Table, code: CodeColumn) -> tuple[tuple[Place | None, ...], tuple[Note, ...]]:
    """Return which unit each line names; a code that lost its zero gets it back where that is certain."""
    column, cells = table.header[code.position], table.columns[code.position]
    scheme = code.schemes[0]
    decode = decoder(scheme)[1]
    width = max((len(cleaned(text_of(cell))) for cell in cells), default=0) if scheme in SCHEMES else 0
    keeps_zeros = any(keeps_zero(cell) for cell in cells)
    places: list[Place | None] = []
    notes, put_back, empty = [], [], 0
    for number, cell in enumerate(cells, table.first):
        written = cleaned(text_of(cell))
        place = decode(written) if written else None
        is_short = len(written) < width and not written.startswith(LETTERS)
        if keeps_zeros and isinstance(cell, str) and is_short:
            place = None  # the other texts kept their zeros: this one lost something else
        places.append(place)
        empty += not written
        if written and place is None:
            notes.append(Note("bad-code", Weight.ERROR, number, column, {"value": written[:40]}))
        elif place and is_short:
            put_back.append(written)
    if put_back:
        params = {"count": len(put_back), "example": put_back[0]}
        notes.append(Note("zeros-put-back", column=column, params=params))
    if empty:
        notes.append(Note("lines-without-code", column=column, params={"count": empty}))
    return tuple(places), tuple(notes)


def _lines(source: Source, positions: Sequence[int]) -> tuple[Line, ...]:
    table = source.table
    names = table.texts(source.columns.name)
    written = table.texts(source.columns.code.position)
    kind = "comune" if source.country == "IT" else ""
    return tuple(
        Line(table.first + at, place.country, place.level, place.code, names[at], kind, written[at])
        for at in positions
        if (place := source.places[at]) is not None
    )


def _reading(source: Source, **parts: Any) -> Reading:
    years = sorted({column.year for column in parts.get("columns", ()) if column.year})
    period = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(next(iter(years), ""))
    notes = (*source.notes, *parts.pop("notes"), *_left_out(source))
    return Reading(
        LAYOUT,
        source.country,
        "",
        source.opened.file_name,
        period,
        notes=notes,
        headers=_headers(source.table),
        **parts,
    )


def _left_out(source: Source) -> Iterator[Note]:
    """Say which columns hold no figures, and where a formula stands among their texts."""
    names = [source.table.header[at] for at in source.columns.texts]
    if names:
        yield Note("columns-left-out", params={"columns": ", ".join(names)})
    for at in source.columns.texts:
        for number, text in enumerate(source.table.texts(at), source.table.first):
            if text.startswith(FORMULA_BEGINS):
                yield Note("formula", Weight.ERROR, number, source.table.header[at], {"value": text[:40]})


def _wide(source: Source, chosen: Mapping[str, Any]) -> Reading:
    table = source.table
    kept = [at for at, place in enumerate(source.places) if place]
    columns, notes, is_hinted = [], [], False
    for at, found in source.columns.figures.items():
        header = table.header[at]
        label, year = label_and_year(header)
        choice = chosen.get(header) or {}
        is_hinted |= year is None and not choice.get("year")
        columns.append(
            Column(
                label or table.sheet or header,
                choice.get("year") or year or source.year,
                header,
                choice.get("indicator", ""),
                undated_header="" if year else header,
            )
        )
        notes += number_notes(found, table.columns[at], table.first, header)
    if is_hinted:
        notes += _year_notes(source)
    found_columns = source.columns.figures.values()
    points, point_notes = _points(source)
    return _reading(
        source,
        lines=_lines(source, kept),
        columns=tuple(columns),
        figures=np.column_stack([np.zeros((len(table), 0)), *(found.values for found in found_columns)])[
            kept
        ],
        marks=np.column_stack(
            [np.zeros((len(table), 0), dtype=np.uint8), *(found.marks for found in found_columns)]
        )[kept],
        points=points,
        notes=(*notes, *point_notes, *_twice(source)),
    )


def _year_notes(source: Source) -> list[Note]:
    """Warn where only the name of the file tells of which year figures are."""
    if not source.year or not source.is_year_hinted:
        return []
    return [Note("year-from-name", Weight.WARNING, params={"year": source.year})]


def _twice(source: Source) -> Iterator[Note]:
    seen: dict[tuple[str, str], int] = {}
    header = source.table.header[source.columns.code.position]
    for number, place in enumerate(source.places, source.table.first):
        if place and place.level is Level.MUNICIPALITY:
            other = seen.setdefault((place.country, place.code), number)
            if other != number:
                yield Note("code-twice", Weight.ERROR, number, header, {"value": place.code, "other": other})


def _points(source: Source) -> tuple[tuple[Point, ...], list[Note]]:
    columns = source.columns
    if columns.latitude is None or columns.longitude is None:
        return (), []
    table = source.table
    # A coordinate has no thousands: its point or comma is decimal, however many digits follow.
    latitudes = numbers(table.columns[columns.latitude], ",")
    longitudes = numbers(table.columns[columns.longitude], ",")
    points, notes, missing = [], [], 0
    for at, place in enumerate(source.places):
        latitude, longitude = float(latitudes.values[at]), float(longitudes.values[at])
        if place is None or place.level is not Level.MUNICIPALITY:
            continue
        if np.isnan(latitude) or np.isnan(longitude):
            missing += 1
        elif abs(latitude) > DEGREES_OF_LATITUDE or abs(longitude) > DEGREES_OF_LONGITUDE:
            params = {"value": f"{latitude:g}, {longitude:g}"}
            notes.append(Note("bad-point", Weight.ERROR, table.first + at, params=params))
        else:
            points.append(Point(place.country, place.code, latitude, longitude))
    if missing:
        notes.append(Note("no-point", params={"count": missing}))
    return tuple(points), notes


def _long(source: Source) -> Reading:
    """Read a line per municipality and year."""
    table, columns = source.table, source.columns
    years = table.texts(columns.year)
    indicators = table.texts(columns.indicator)
    entries: list[Figure] = []
    notes = [
        Note("bad-year", Weight.ERROR, number, table.header[columns.year or 0], {"value": year[:40]})
        for number, year in enumerate(years, table.first)
        if not YEAR_ALONE.fullmatch(year)
    ]
    written: dict[str, int] = {}
    for position, found in columns.figures.items():
        notes += number_notes(found, table.columns[position], table.first, table.header[position])
        label = label_and_year(table.header[position])[0]
        for at, place in enumerate(source.places):
            if place and YEAR_ALONE.fullmatch(years[at]) and found.marks[at] != Mark.ABSENT:
                unit = f"{place.level}/{place.code}"
                written.setdefault(unit, at)
                mark, value = Mark(int(found.marks[at])), float(found.values[at])
                number = table.first + at
                entries.append(Figure(number, unit, indicators[at] or label, int(years[at]), value, mark))
    crossing = crossed(entries)
    return _reading(
        source,
        lines=_lines(source, [written[unit] for unit in crossing.units]),
        columns=tuple(Column(label, year, "") for label, year in crossing.columns),
        figures=crossing.figures,
        marks=crossing.marks,
        notes=(*notes, *crossing.notes),
    )


def _is_register(source: Source) -> bool:
    """Whether lines of one municipality are different organisations, not one line written twice.

    A code that was mistyped also gives two lines with different names, but rarely, and not in three places.
    """
    groups = defaultdict(list)
    for at, place in enumerate(source.places):
        if place:
            groups[place].append(at)
    repeated = [group for group in groups.values() if len(group) > 1]
    lines = sum(map(len, repeated))
    if len(repeated) < REPEATED_IN_A_REGISTER or lines < len(source.places) * SHARE_IN_A_REGISTER:
        return False
    columns = source.columns
    for column in (*columns.texts, *([] if columns.name is None else [columns.name])):
        texts = source.table.texts(column)
        if sum(len({texts[at] for at in group}) > 1 for group in repeated) * 2 > len(repeated):
            return True
    return False


def _register(source: Source, count: str) -> Reading:
    """Count the lines of each municipality, when staff say what is counted; who is not listed is not zero."""
    lines = Counter(place for place in source.places if place and place.level is Level.MUNICIPALITY)
    note = Note("register", params={"count": sum(lines.values()), "places": len(lines)})
    if not count:
        return _reading(source, is_register=True, notes=(note,))
    first = {place: at for at, place in reversed(list(enumerate(source.places))) if place}
    column = Column(text_of(source.opened.file_name), source.year, "", count)
    return _reading(
        source,
        is_register=True,
        lines=_lines(source, [first[place] for place in lines]),
        columns=(column,),
        figures=np.array([[float(number)] for number in lines.values()]),
        marks=np.zeros((len(lines), 1), dtype=np.uint8),
        notes=(note, *_year_notes(source)),
    )
