"""The figures of a file beside those that are stored, and their sums beside the published ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Mark, Reading
from sadzonka.places.imports.columns import Meanings
from sadzonka.places.imports.matching import Matched
from sadzonka.places.imports.stored import Figures, figure_key, stored_figures
from sadzonka.places.models import Indicator

MOST_CHANGES = 20_000  # kept in a report; more are counted
MOST_TWICE = 200


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a file that say something of a municipality, as columns of one length."""

    place: NDArray[np.int64]  # index in Matched.keys
    indicator: NDArray[np.int64]  # index in `Compared.indicators`
    year: NDArray[np.int64]
    value: NDArray[np.float64]  # in our unit, NaN without a value
    mark: NDArray[np.uint8]
    line: NDArray[np.int64]

    def chosen(self, which: NDArray[Any]) -> Cells:
        return Cells(
            self.place[which],
            self.indicator[which],
            self.year[which],
            self.value[which],
            self.mark[which],
            self.line[which],
        )


@dataclass(frozen=True, slots=True)
class Larger:
    """One figure of a country or region."""

    country: str
    region: str
    indicator: str
    year: int
    value: float | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is stored with another value; None where there is none."""

    place: int
    indicator: str
    year: int
    stored: float | None
    file: float | None
    line: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum over the municipalities of a file beside the figure of the whole country in the same file."""

    indicator: str
    year: int
    municipalities: float
    published: float

    @property
    def is_equal(self) -> bool:
        return bool(np.isclose(self.municipalities, self.published, rtol=1e-9, atol=1e-6))


@dataclass(slots=True)
class Compared:
    """Everything a file says in figures; `cells` holds each municipality, indicator and year once."""

    indicators: list[Indicator]
    cells: Cells
    unwritten: NDArray[np.bool_]  # which cells this very file has not brought before
    larger: list[Larger] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    new: int = 0
    same: int = 0
    changed: int = 0
    changes: list[Change] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def marked(self, mark: Mark) -> int:
        return int((self.cells.mark == mark).sum())


def compared(reading: Reading, places: Matched, meanings: Meanings, own: Figures | None) -> Compared:
    """Return the file's figures beside the stored ones; `own` are those that this very file brought."""
    used = [meaning for meaning in meanings.labels.values() if meaning.indicator]
    keys = sorted({meaning.indicator for meaning in used})
    indicators = [meanings.indicators[key] for key in keys]
    columns, index, factor, year = [], [], [], []
    for meaning in used:
        for number in meaning.columns:
            if (known := reading.columns[number].year) is not None:
                columns.append(number)
                index.append(keys.index(meaning.indicator))
                factor.append(meaning.factor)
                year.append(known)
    cells = _cells(
        reading, places, columns, np.array(index, dtype=np.int64), np.array(year, dtype=np.int64), factor
    )
    cells, notes = _once(reading, cells, indicators)
    result = Compared(indicators, cells, np.ones(len(cells.place), dtype=bool), notes=notes)
    result.larger = list(_larger(reading, places, columns, [keys[one] for one in index], year, factor))
    result.sums = _sums(reading, places, result)
    _beside_stored(result, places, own)
    return result


def _cells(  # noqa: PLR0917 - a step of one computation
    reading: Reading,
    places: Matched,
    columns: list[int],
    index: NDArray[np.int64],
    year: NDArray[np.int64],
    factor: list[float],
) -> Cells:
    if not columns or not places.lines.size:
        none = np.zeros(0, dtype=np.int64)
        return Cells(none, none, none, np.zeros(0), np.zeros(0, dtype=np.uint8), none)
    block = np.ix_(places.lines, np.array(columns))
    marks = reading.marks[block]
    rows, numbers = np.nonzero(marks != Mark.ABSENT)
    values = reading.figures[block][rows, numbers] * np.array(factor)[numbers]
    return Cells(
        places.places[rows], index[numbers], year[numbers], values, marks[rows, numbers], places.lines[rows]
    )


def _once(reading: Reading, cells: Cells, indicators: list[Indicator]) -> tuple[Cells, list[Note]]:
    """Keep each municipality, indicator and year once; two different figures for one are an error."""
    key = figure_key(cells.place, cells.indicator, cells.year)
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order][1:] == key[order][:-1]) + 1
    if not again.size:
        return cells, []
    first, second = order[again - 1], order[again]
    alike = (cells.mark[first] == cells.mark[second]) & (
        np.isclose(cells.value[first], cells.value[second], equal_nan=True)
        & (cells.line[first] == cells.line[second])
    )
    notes = [
        Note(
            "figure-twice",
            Weight.ERROR,
            reading.lines[cells.line[two]].number,
            "",
            {
                "name": reading.lines[cells.line[two]].name,
                "code": reading.lines[cells.line[two]].code,
                "indicator": indicators[cells.indicator[two]].key,
                "year": int(cells.year[two]),
                "other": reading.lines[cells.line[one]].number,
            },
        )
        for one, two in zip(first[~alike][:MOST_TWICE], second[~alike][:MOST_TWICE], strict=True)
    ]
    return cells.chosen(np.delete(order, again)), notes


def _larger(  # noqa: PLR0917 - a step of one computation
    reading: Reading,
    places: Matched,
    columns: list[int],
    keys: list[str],
    years: list[int],
    factors: list[float],
) -> Iterator[Larger]:
    seen = set()
    for line, country, region in places.larger:
        for number, key, year, factor in zip(columns, keys, years, factors, strict=True):
            mark = Mark(int(reading.marks[line, number]))
            if mark is Mark.ABSENT or (country, region, key, year) in seen:
                continue
            seen.add((country, region, key, year))
            value = float(reading.figures[line, number]) * factor
            yield Larger(country, region, key, year, None if np.isnan(value) else value, mark)


def _sums(reading: Reading, places: Matched, result: Compared) -> list[Sum]:
    """Return sums of additive indicators over one country's municipalities where it has a row of its own."""
    sums = []
    cells = result.cells
    if not cells.place.size:
        return []
    country = np.array([key[0] for key in places.keys])
    for one in result.larger:
        number = next(i for i, indicator in enumerate(result.indicators) if indicator.key == one.indicator)
        if one.region or one.value is None or not result.indicators[number].is_additive:
            continue
        of_these = (
            (cells.indicator == number) & (cells.year == one.year) & (country[cells.place] == one.country)
        )
        sums.append(Sum(one.indicator, one.year, float(np.nansum(cells.value[of_these])), one.value))
    result.notes += [
        Note(
            "sum-differs",
            Weight.WARNING,
            params={
                "indicator": one.indicator,
                "year": one.year,
                "sum": f"{one.municipalities:g}" if one.municipalities % 1 else f"{one.municipalities:.0f}",
                "published": f"{one.published:g}" if one.published % 1 else f"{one.published:.0f}",
            },
        )
        for one in sums
        if not one.is_equal
    ]
    return sums


def _beside_stored(result: Compared, places: Matched, own: Figures | None) -> None:
    """Count what is new, the same and changed against the newest stored figures."""
    cells = result.cells
    if not cells.place.size:
        return
    pks = np.array([indicator.pk or 0 for indicator in result.indicators], dtype=np.int64)
    key = figure_key(places.ids[cells.place], pks[cells.indicator], cells.year)
    is_known = (places.ids[cells.place] > 0) & (pks[cells.indicator] > 0)
    years = np.unique(cells.year).tolist()
    stored = stored_figures(years, [pk for pk in pks.tolist() if pk])
    position, found = _positions(stored.key, key)
    found &= is_known
    value, mark = np.full(len(key), np.nan), np.zeros(len(key), dtype=np.uint8)
    value[found], mark[found] = stored.value[position[found]], stored.mark[position[found]]
    same = found & (mark == cells.mark) & np.isclose(value, cells.value, rtol=1e-12, atol=0, equal_nan=True)
    differs = np.flatnonzero(found & ~same)
    result.new, result.same, result.changed = int((~found).sum()), int(same.sum()), len(differs)
    result.changes = [
        Change(
            int(cells.place[i]),
            result.indicators[cells.indicator[i]].key,
            int(cells.year[i]),
            _or_none(value[i]),
            _or_none(cells.value[i]),
            int(cells.line[i]),
        )
        for i in differs[:MOST_CHANGES].tolist()
    ]
    if own is not None:
        result.unwritten = ~(_positions(np.sort(own.key), key)[1] & is_known)


def _positions(
    keys: NDArray[np.int64], wanted: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where each wanted key stands in the sorted keys, and whether it does."""
    if not keys.size:
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=bool)
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return position, keys[position] == wanted


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
