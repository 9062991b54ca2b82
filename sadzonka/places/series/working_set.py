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

Floats = NDArray[np.float64]
# Of this many questions the answers are kept in memory; 99,140 municipalities x 12 indicators are 20 MB.
KEPT = 4


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


def working_set(country: str | None, indicators: Sequence[Indicator], day: dt.date) -> WorkingSet:
    """Return the working set of a country, or of all, on a day; from memory while nothing was imported.

    The same as `queries.figures_of` and its ageing for each municipality that exists on the day.
    """
    key = (country, tuple(_written(one) for one in indicators), day, _state())
    return _MEMORY.get(key, lambda: _computed(country, indicators, day))


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


def _state() -> tuple[object, ...]:
    """Return what changes whenever figures or territories do; in one query of some microseconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT MAX(id) FROM places_release), (SELECT COUNT(*) FROM places_release),"
            " (SELECT MAX(id) FROM places_observation),"
            " (SELECT MAX(id) FROM places_succession), (SELECT COUNT(*) FROM places_succession),"
            " (SELECT MAX(id) FROM places_municipality), (SELECT MAX(id) FROM places_period)"
        )
        return (str(connection.settings_dict["NAME"]), *cursor.fetchone())


def _computed(country: str | None, indicators: Sequence[Indicator], day: dt.date) -> WorkingSet:
    ids, countries, codes, is_invented, is_there = _municipalities(day)
    columns = Columns(ids, territory_of(None, day), day)
    wanted = is_there if country is None else is_there & (countries == country)
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
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT DISTINCT municipality_id FROM places_period"
            " WHERE (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to >= %s)",
            [day, day],
        )
        there = np.fromiter(chain.from_iterable(cursor.fetchall()), dtype=np.int64)
    ids, countries, codes, is_invented = zip(*rows, strict=True) if rows else ((), (), (), ())
    numbers = np.array(ids, dtype=np.int64)
    return (
        numbers,
        np.array(countries, dtype=np.str_),
        np.array(codes, dtype=np.str_),
        np.array(is_invented, dtype=np.bool_),
        np.isin(numbers, there),
    )


def _shared(array: NDArray[Any]) -> NDArray[Any]:
    array.flags.writeable = False
    return array


class _Memory:
    """The last few working sets of this process; who asks while one is computed waits for it."""

    def __init__(self) -> None:
        self._found: OrderedDict[object, WorkingSet] = OrderedDict()
        self._looking, self._computing = threading.Lock(), threading.Lock()

    def get(self, key: object, compute: Callable[[], WorkingSet]) -> WorkingSet:
        """Return what is kept under a key; compute it when it is not, one at a time."""
        if (found := self._kept(key)) is not None:
            return found
        with self._computing:
            if (found := self._kept(key)) is None:
                found = compute()
                self._keep(key, found)
            return found

    def forget(self) -> None:
        with self._looking:
            self._found.clear()

    def _kept(self, key: object) -> WorkingSet | None:
        with self._looking:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def _keep(self, key: object, found: WorkingSet) -> None:
        with self._looking:
            self._found[key] = found
            while len(self._found) > KEPT:
                self._found.popitem(last=False)


_MEMORY = _Memory()


def forget_working_sets() -> None:
    """Empty the memory: for when a database was replaced under a running process."""
    _MEMORY.forget()
