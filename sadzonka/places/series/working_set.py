"""The working set of the analysis: municipalities x indicators as intervals, kept in memory."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from sadzonka.places.models import Indicator
from sadzonka.places.series.columns import Columns
from sadzonka.places.series.time import territory_of
from sadzonka.places.versions import figures_version

Floats = NDArray[np.float64]
MUNICIPALITY = [("id", "i8"), ("country", "U2"), ("code", "U13"), ("is_invented", "?")]
# Of this many questions the answers are kept in memory; 99,140 municipalities x 15 indicators are 34 MB.
KEPT = 2


@dataclass(frozen=True, slots=True)
class WorkingSet:
    """What is known of every municipality on a day, municipalities x indicators, in the order of the codes.

    `lower` and `upper` are the readings of method section 3 in the indicators' units, NaN where nothing is
    known or the figure is too old to say anything; `years` the year of the figure, 0 where none counts.
    The arrays are read-only: everybody shares them.
    """

    ids: NDArray[np.int64]
    codes: NDArray[np.str_]
    countries: NDArray[np.str_]
    is_invented: NDArray[np.bool_]
    keys: tuple[str, ...]
    lower: Floats
    upper: Floats
    years: NDArray[np.int16]

    def row_of(self, municipality: int) -> int | None:
        """Return the row of a municipality by its number, None when it did not exist on the day."""
        found = np.flatnonzero(self.ids == municipality)
        return int(found[0]) if found.size else None

    def of(self, country: str) -> WorkingSet:
        """Return the part of a country: the same arrays, seen from its first to its last row."""
        rows = slice(*(int(np.searchsorted(self.countries, country, side)) for side in ("left", "right")))
        return WorkingSet(
            ids=self.ids[rows],
            codes=self.codes[rows],
            countries=self.countries[rows],
            is_invented=self.is_invented[rows],
            keys=self.keys,
            lower=self.lower[rows],
            upper=self.upper[rows],
            years=self.years[rows],
        )


def working_set(country: str | None, indicators: Sequence[Indicator], day: dt.date) -> WorkingSet:
    """Return the working set of a country, or of all, on a day; from memory while nothing was imported.

    The same as `queries.figures_of` and its ageing for each municipality that exists on the day.
    """
    key = (tuple(_written(one) for one in indicators), day, figures_version())
    return _MEMORY.get(key, country, lambda: _computed(indicators, day))


def _written(indicator: Indicator) -> tuple[object, ...]:
    """Return all that a reading depends on: a changed catalogue is another question."""
    return (
        indicator.pk,
        indicator.key,
        *(indicator.is_additive, indicator.max_age_years, indicator.formula, indicator.factor),
        *(indicator.numerator_id, indicator.denominator_id, indicator.years_apart, indicator.over_years),
        *(part.is_additive for part in (indicator.numerator, indicator.denominator) if part),
        tuple(sorted(indicator.relative_change_over_years.items())),
    )


def _computed(indicators: Sequence[Indicator], day: dt.date) -> WorkingSet:
    ids, countries, codes, is_invented, wanted = _municipalities(day)
    columns = Columns(ids, territory_of(None, day), day)
    shape = (int(wanted.sum()), len(indicators))
    lower, upper, years = np.empty(shape), np.empty(shape), np.empty(shape, dtype=np.int16)
    for at, indicator in enumerate(indicators):
        values, found = _newest(columns, indicator, wanted, day)
        lower[:, at], upper[:, at] = _aged(values, found, indicator, day)
        years[:, at] = np.where(np.isnan(lower[:, at]), 0, found)
    return WorkingSet(
        ids=_shared(ids[wanted]),
        codes=_shared(codes[wanted]),
        countries=_shared(countries[wanted]),
        is_invented=_shared(is_invented[wanted]),
        keys=tuple(one.key for one in indicators),
        lower=_shared(lower),
        upper=_shared(upper),
        years=_shared(years),
    )


def _newest(
    columns: Columns, indicator: Indicator, wanted: NDArray[np.bool_], day: dt.date
) -> tuple[Floats, NDArray[np.int64]]:
    """Return the newest known figure of each wanted municipality and its year, unless far too old."""
    values, years = np.full(int(wanted.sum()), np.nan), np.zeros(int(wanted.sum()), dtype=np.int64)
    oldest = day.year - max(indicator.max_age_years, *map(int, indicator.relative_change_over_years), 0)
    for year in columns.years(indicator):
        is_open = np.isnan(values)
        if year < oldest or not is_open.any():
            break
        figures = columns.column(indicator, year).values[wanted]
        fits = is_open & ~np.isnan(figures)
        values[fits], years[fits] = figures[fits], year
    return values, years


def _aged(
    values: Floats, years: NDArray[np.int64], indicator: Indicator, day: dt.date
) -> tuple[Floats, Floats]:
    """Return figures as intervals, by the rule of `analysis.aged_reading`: points, wider, or unknown."""
    ages = day.year - years
    share = np.full(values.shape, np.nan)
    for age, wider in indicator.relative_change_over_years.items():
        share[ages == int(age)] = wider
    share[ages <= indicator.max_age_years] = 0.0
    change = np.abs(values) * share
    return values - change, values + change


def _municipalities(day: dt.date) -> tuple[Any, ...]:
    """Return all municipalities that ever were, in the order of their codes, and which are there on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, country_id, code, is_invented FROM places_municipality ORDER BY country_id, code"
        )
        found = np.fromiter(
            cursor, dtype=MUNICIPALITY
        )  # row by row: lists of them all would stay on the heap
        cursor.execute(
            "SELECT DISTINCT municipality_id FROM places_period"
            " WHERE (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to >= %s)",
            [day, day],
        )
        there = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)
    ids, countries, codes, is_invented = (found[name].copy() for name in found.dtype.names or ())
    return ids, countries, codes, is_invented, np.isin(ids, there)


def _shared(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array


class _Memory:
    """The last few working sets of this process; who asks while one is computed waits for it.

    Countries are parts of the whole: it is computed and kept once for all of them.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[object, dict[str | None, WorkingSet]] = OrderedDict()
        self._looking, self._computing = threading.Lock(), threading.Lock()

    def get(self, key: object, country: str | None, compute: Callable[[], WorkingSet]) -> WorkingSet:
        """Return what is kept under a key; compute it when it is not, one at a time."""
        if (found := self._kept(key, country)) is not None:
            return found
        with self._computing:
            if (found := self._kept(key, country)) is None:
                everything = compute()
                found = everything if country is None else everything.of(country)
                self._keep(key, {None: everything, country: found})
            return found

    def forget(self) -> None:
        with self._looking:
            self._found.clear()

    def _kept(self, key: object, country: str | None) -> WorkingSet | None:
        with self._looking:
            if (parts := self._found.get(key)) is None:
                return None
            self._found.move_to_end(key)
            if country is not None and country not in parts:
                parts[country] = parts[None].of(country)
            return parts[country]

    def _keep(self, key: object, parts: dict[str | None, WorkingSet]) -> None:
        with self._looking:
            self._found[key] = parts
            while len(self._found) > KEPT:
                self._found.popitem(last=False)


_MEMORY = _Memory()


def forget_working_sets() -> None:
    """Empty the memory: for when a database was replaced under a running process."""
    _MEMORY.forget()
