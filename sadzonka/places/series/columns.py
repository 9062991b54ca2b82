"""Whole columns of figures: one indicator in one year for every municipality, straight from the database."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Exists, Max, OuterRef
from numpy.typing import NDArray

from sadzonka.places.models import Indicator, Observation, Release
from sadzonka.places.series.derived import changes, ratios, years_around
from sadzonka.places.series.time import Territory, is_one_place

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
KEPT = 16  # columns that several rates are computed from are read once; all of them would take 50 MB
OF_RELEASE = " FROM places_observation WHERE release_id = %s AND indicator_id = %s AND period = %s"
# SQLite knows no NaN; no figure is infinite.
ROW_BY_ROW = f"SELECT municipality_id, COALESCE(value, 9e999){OF_RELEASE}"
# PostgreSQL hands over a column as one run of big-endian numbers: no Python object per figure.
AT_ONCE = (
    "SELECT string_agg(int8send(municipality_id), ''::bytea),"
    f" string_agg(float8send(COALESCE(value, 'NaN'::float8)), ''::bytea){OF_RELEASE}"
)


@dataclass(frozen=True, slots=True)
class Column:
    """Figures of one year by place in the list of municipalities: NaN where none is known.

    `is_present` is false where a figure counts the territory of that year, which was another one.
    """

    values: Floats
    is_present: Flags


@dataclass(frozen=True, slots=True)
class Plan:
    """How the columns of a year become columns of the present territory; numbers are places in the list.

    A sum at `sums[part_of[i]]` counts `parts[i]`; `is_single` where one municipality is all there is to sum.
    At `others` stands the figure of `formers`, for another territory; `unknown` cannot be told at all.
    `itself` is true where the municipality was there already: its own figure is of another territory.
    """

    sums: Places
    part_of: Places
    parts: Places
    is_single: Flags
    others: Places
    formers: Places
    unknown: Places
    itself: Flags


class Columns:
    """The columns of all municipalities in `ids`, in this order, as they were known on a day."""

    def __init__(self, ids: Places, territory: Territory, day: dt.date) -> None:
        """Take all municipalities that ever were: the sums are made of those that are gone."""
        self._territory, self._day, self._size = territory.on(day), day, len(ids)
        self._order = np.argsort(ids)
        self._sorted = ids[self._order]
        self._years: dict[int, list[int]] = {}
        self._stored: OrderedDict[tuple[int, int], Column] = OrderedDict()
        self._plans: dict[int, Plan | None] = {}

    def years(self, indicator: Indicator) -> list[int]:
        """Return the years for which an indicator may be known, the newest first."""
        of = (indicator, indicator.numerator) if indicator.formula else (indicator,)
        return sorted({year for one in of if one for year in self._years_of(one.pk)}, reverse=True)

    def column(self, indicator: Indicator, year: int) -> Column:
        """Return an indicator's figures of a year: published, else computed where it has a formula."""
        own = self._in_present_territory(indicator, year)
        if not indicator.formula or indicator.numerator is None:
            return own
        made = self._computed(indicator, indicator.numerator, year)
        is_own = ~np.isnan(own.values)
        return Column(
            np.where(is_own, own.values, made.values), np.where(is_own, own.is_present, made.is_present)
        )

    def _computed(self, indicator: Indicator, numerator: Indicator, year: int) -> Column:
        top = self._in_present_territory(numerator, year)
        if indicator.formula == Indicator.Formula.CHANGE:
            then = self._in_present_territory(numerator, year - indicator.over_years)
            is_same = top.is_present & then.is_present
            return Column(changes(top.values, np.where(is_same, then.values, np.nan)), is_same)
        bottom, is_present = np.full(self._size, np.nan), top.is_present.copy()
        for other in years_around(year, indicator.years_apart):
            if indicator.denominator is None:
                break
            near = self._in_present_territory(indicator.denominator, other)
            is_same = (top.is_present & near.is_present) | (other == year)
            fits = np.isnan(bottom) & ~np.isnan(near.values) & is_same
            bottom[fits] = near.values[fits]
            is_present[fits] &= near.is_present[fits]
        return Column(ratios(top.values, bottom, indicator.factor), is_present)

    def _in_present_territory(self, indicator: Indicator, year: int) -> Column:
        """Return published figures as `Territory.points` does for one municipality, for all at once."""
        key = (indicator.pk, year)
        if key not in self._stored:
            values, is_present = self._published(indicator.pk, year), np.ones(self._size, dtype=np.bool_)
            plan = self._plan(year) if year in self._years_of(indicator.pk) else None
            if plan is not None:
                _apply(plan, values, is_present, is_additive=indicator.is_additive)
            self._stored[key] = Column(values, is_present)
        self._stored.move_to_end(key)
        while len(self._stored) > KEPT:
            self._stored.popitem(last=False)
        return self._stored[key]

    def _plan(self, year: int) -> Plan | None:
        """Return how figures of a year are carried to the present territory, None when nothing changed."""
        if year not in self._plans:
            self._plans[year] = self._made_plan(year)
        return self._plans[year]

    def _made_plan(self, year: int) -> Plan | None:
        known = self._places(np.array(sorted(self._territory.touched), dtype=np.int64))
        sums, others, unknown = list[tuple[int, list[int]]](), list[tuple[int, int]](), list[int]()
        itself = np.zeros(self._size, dtype=np.bool_)
        for municipality, place in known.items():
            makeup = self._territory.makeup(municipality, year)
            if makeup.is_exact and makeup.wholes in {(), (municipality,)}:
                continue
            wholes = list(self._places(np.array(makeup.wholes, dtype=np.int64)).values())
            itself[place] = municipality in makeup.wholes
            if makeup.is_exact:
                sums.append((place, wholes))
            elif is_one_place(municipality, makeup):
                others.append((place, wholes[0]))
            else:
                unknown.append(place)
        if not (sums or others or unknown):
            return None
        return Plan(
            sums=_places(place for place, _wholes in sums),
            part_of=_places(chain.from_iterable(repeat(i, len(of)) for i, (_place, of) in enumerate(sums))),
            parts=_places(chain.from_iterable(wholes for _place, wholes in sums)),
            is_single=np.array([len(wholes) == 1 for _place, wholes in sums], dtype=np.bool_),
            others=_places(place for place, _former in others),
            formers=_places(former for _place, former in others),
            unknown=_places(unknown),
            itself=itself,
        )

    def _places(self, ids: Places) -> dict[int, int]:
        """Return the place in the list by number, of those that are in it, in the order given."""
        where = np.minimum(np.searchsorted(self._sorted, ids), max(self._size - 1, 0))
        found = zip(ids.tolist(), where.tolist(), strict=True)
        return {one: int(self._order[at]) for one, at in found if self._size and self._sorted[at] == one}

    def _published(self, indicator: int, year: int) -> Floats:
        """Return the figures of a year; where several releases tell one, that retrieved last counts."""
        values = np.full(self._size, np.nan)
        if not self._size or year not in self._years_of(indicator):
            return values
        for release in self._releases_of(indicator, year):
            ids, figures = _figures(release, indicator, year)
            where = np.minimum(np.searchsorted(self._sorted, ids), self._size - 1)
            is_known = self._sorted[where] == ids
            values[self._order[where[is_known]]] = figures[is_known]
        return values

    def _years_of(self, indicator: int) -> list[int]:
        """Return the years of stored figures, the newest first, by steps through the index."""
        if indicator not in self._years:
            found, rows = list[int](), Observation.objects.filter(indicator=indicator)
            before = self._day.year + 1
            while (
                newest := rows.filter(period__lt=before).aggregate(found=Max("period"))["found"]
            ) is not None:
                found.append(newest)
                before = newest
            self._years[indicator] = found
        return self._years[indicator]

    def _releases_of(self, indicator: int, year: int) -> list[int]:
        there = Observation.objects.filter(release=OuterRef("pk"), indicator=indicator, period=year)
        known = Release.objects.filter(Exists(there), retrieved_on__lte=self._day)
        return list(known.order_by("retrieved_on", "pk").values_list("pk", flat=True))


def _places(numbers: Any) -> Places:
    return np.fromiter(numbers, dtype=np.int64)


def _apply(plan: Plan, values: Floats, is_present: Flags, *, is_additive: bool) -> None:
    """Carry a column of a year over to the present territory, in place."""
    then = values.copy()
    # Its own figure of a year in which it was not there yet: the office counted today's territory.
    is_counted_back = ~np.isnan(then) & ~plan.itself
    total = np.zeros(len(plan.sums))
    np.add.at(total, plan.part_of, then[plan.parts])  # unknown parts make unknown sums
    carried = np.where(plan.is_single | is_additive, total, np.nan)
    values[plan.sums] = np.where(is_counted_back[plan.sums], then[plan.sums], carried)
    values[plan.others] = np.where(is_counted_back[plan.others], then[plan.others], then[plan.formers])
    is_present[plan.others] = is_counted_back[plan.others]
    values[plan.unknown] = np.where(is_counted_back[plan.unknown], then[plan.unknown], np.nan)


def _figures(release: int, indicator: int, year: int) -> tuple[Places, Floats]:
    """Return municipalities and their figures of one release; a figure that is not known is NaN."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(AT_ONCE, [release, indicator, year])
            ids, values = (one or b"" for one in cursor.fetchone())
            return np.frombuffer(ids, ">i8").astype(np.int64), np.frombuffer(values, ">f8").astype(np.float64)
        cursor.execute(ROW_BY_ROW, [release, indicator, year])
        pairs = np.fromiter(chain.from_iterable(cursor), dtype=np.float64).reshape(-1, 2)
    figures = pairs[:, 1]
    return pairs[:, 0].astype(np.int64), np.where(np.isinf(figures), np.nan, figures)
