"""What lines of BDL tell about time: which type a gmina had in which year, when one began or ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.poland.cells import Remarks
from sadzonka.places.formats.poland.codes import COUNTRY, years_in_name
from sadzonka.places.formats.reading import Column, Level, Line, Mark, Unit

NO_ENTRY = (Mark.ABSENT, Mark.MISSING)
# A table in which more begin or end has gaps for other reasons: a phenomenon that is not everywhere.
MOST_PLACES, MOST_SHARE = 10, 0.01
SAME = 1e-9
SHOWS_CHANGE = 2  # years; one shows none


@dataclass(frozen=True, slots=True)
class Run:
    """Years without a break in which a gmina was counted on one line."""

    line: Line
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Existence:
    """The runs of one gmina, and whether it began or ended within the table."""

    runs: tuple[Run, ...]
    begins: bool = False
    ends: bool = False
    is_dated: bool = True  # the years of all that are known
    is_named: bool = False  # the name itself says that it begins or ends


def units_through_time(
    *,
    lines: Sequence[Line],
    names: Sequence[str],
    columns: Sequence[Column],
    values: NDArray[np.float64],
    marks: NDArray[np.uint8],
    remarks: Remarks,
) -> tuple[Unit, ...]:
    """Return the dated types of gminas that changed, began or ended in the table's years; `names` as written.

    The bank keeps one line per type, filled in the years in which the gmina had it; types, codes and borders
    change on 1 January. That a gmina began or ended is only taken from its name ("od 2013"), or where few do
    and the sums of the municipalities equal the published ones: then the empty cells hide no figures.
    """
    years, entered = _years_entered(columns, marks)
    own = [at for at, line in enumerate(lines) if line.level is Level.MUNICIPALITY]
    filled = [at for at in range(len(years)) if entered[own, at].any()]
    if len(filled) < SHOWS_CHANGE:
        return ()
    years, entered = [years[at] for at in filled], entered[:, filled]
    groups: dict[str, list[int]] = {}
    for at in own:
        groups.setdefault(lines[at].code, []).append(at)
    whole = np.logical_and.reduce(entered, axis=1)
    found = {
        code: _existence([(lines[at], names[at], entered[at]) for at in group], years)
        for code, group in groups.items()
        if len(group) > 1 or not whole[group[0]] or "od " in names[group[0]]
    }
    undated = {code for code, existence in found.items() if not existence.is_dated}
    guessed = {
        code
        for code, existence in found.items()
        if (existence.begins or existence.ends) and not existence.is_named and code not in undated
    }
    accounted = _regions_accounted_for(lines, columns, values)
    are_few = len(guessed) <= max(MOST_PLACES, MOST_SHARE * len(groups))
    unsure = {code for code in guessed if not are_few or code[:2] not in accounted}
    if undated:
        remarks.say("change-undated", Weight.WARNING, count=len(undated))
    if unsure:
        remarks.say("gaps-in-figures", count=len(unsure))
    counties = {line.code: line.name for line in lines if line.level in (Level.COUNTY, Level.REGION)}
    return tuple(
        unit
        for code, existence in found.items()
        if code not in undated
        for unit in _units(existence, counties, is_sure=code not in unsure)
    )


def _years_entered(
    columns: Sequence[Column], marks: NDArray[np.uint8]
) -> tuple[list[int], NDArray[np.bool_]]:
    """Return the years of the columns, and in which of them each line has an entry: lines x years."""
    years = sorted({column.year for column in columns if column.year})
    entered = np.zeros((len(marks), len(years)), dtype=bool)
    for at, year in enumerate(years):
        of_year = [number for number, column in enumerate(columns) if column.year == year]
        entered[:, at] = ~np.isin(marks[:, of_year], NO_ENTRY).all(axis=1)
    return years, entered


def _existence(group: Sequence[tuple[Line, str, NDArray[np.bool_]]], years: Sequence[int]) -> Existence:
    """Return in which years a gmina was counted on which line."""
    by_year = [
        (year, next((line for line, _, entered in group if entered[at]), None))
        for at, year in enumerate(years)
    ]
    told = [(year, line) for year, line in by_year if line is not None]
    runs = []
    for _, same in groupby(told, key=lambda pair: pair[1].kind):
        kept = list(same)
        runs.append(Run(kept[0][1], kept[0][0], kept[-1][0]))
    if not runs:
        return Existence(())
    since = {years_in_name(name)[0] for _, name, _ in group}
    until = {years_in_name(name)[1] for _, name, _ in group}
    first, last = runs[0].first, runs[-1].last
    begins, ends = first > years[0] or first in since, last < years[-1] or last in until
    # A year that the table does not have, or in which it has nothing, may be the one of the change.
    is_dated = (
        all(after.first == before.last + 1 for before, after in pairwise(runs))
        and (not begins or first in since or first - 1 in years)
        and (not ends or last in until or last + 1 in years)
    )
    is_named = (not begins or first in since) and (not ends or last in until)
    return Existence(tuple(runs), begins, ends, is_dated, is_named)


def _regions_accounted_for(
    lines: Sequence[Line], columns: Sequence[Column], values: NDArray[np.float64]
) -> set[str]:
    """Return the voivodeships whose municipalities' figures add up to the published ones, each year.

    Where a file has no line of a voivodeship, the country's sum is taken.
    """
    own = np.array([line.level is Level.MUNICIPALITY for line in lines])
    region = np.array([line.code[:2] for line in lines])
    published = {
        line.code: at for at, line in enumerate(lines) if line.level in (Level.COUNTRY, Level.REGION)
    }
    labels: dict[str, list[int]] = {}
    for at, column in enumerate(columns):
        labels.setdefault(column.label, []).append(at)

    def agrees(code: str) -> bool:
        row = published.get(code, published.get(""))
        if row is None:
            return False
        summed = own & (region == code) if code in published else own
        sums = np.nansum(values[summed], axis=0)
        same = np.abs(sums - values[row]) <= SAME * np.maximum(1, np.abs(sums))
        return any(same[columns_of].all() for columns_of in labels.values())

    return {code for code in set(region[own].tolist()) if agrees(code)}


def _units(existence: Existence, names: dict[str, str], *, is_sure: bool) -> list[Unit]:
    """Return the units of a gmina; a stable one has none."""
    begins, ends = existence.begins and is_sure, existence.ends and is_sure
    runs = existence.runs
    if len(runs) == 1 and not begins and not ends:
        return []
    return [
        Unit(
            country=COUNTRY,
            code=run.line.code,
            name=run.line.name,
            kind=run.line.kind,
            county=run.line.code[:4],
            county_name=names.get(run.line.code[:4], ""),
            region=run.line.code[:2],
            region_name=names.get(run.line.code[:2], ""),
            valid_from=dt.date(run.first, 1, 1) if number or begins else None,
            valid_to=dt.date(run.last, 12, 31) if number < len(runs) - 1 or ends else None,
            number=run.line.number,
        )
        for number, run in enumerate(runs)
    ]
