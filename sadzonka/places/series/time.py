"""Municipalities through time: figures of earlier years in the territory of today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from sadzonka.places.models import Indicator, Municipality, Observation, Status, Succession
from sadzonka.places.series.derived import computed_points
from sadzonka.places.series.points import How, Makeup, Point, published, weakest

Kind = Succession.Kind
Rows = Mapping[int, Mapping[int, Observation]]  # by municipality and year
Series = dict[int, tuple[Point, ...]]  # by municipality, the oldest year first
# More than so many are not named one by one: a database limits how many values a query may hold.
MANY = 500
# The successions of some municipalities, of all whose place they took, directly or through others.
OF_KIN = """places_succession.id IN (
    WITH RECURSIVE kin(id) AS (
        SELECT id FROM places_municipality WHERE id IN ({})
        UNION SELECT predecessor_id FROM places_succession JOIN kin ON successor_id = kin.id
    )
    SELECT one.id FROM places_succession one JOIN kin
    ON one.successor_id = kin.id OR one.predecessor_id = kin.id
)"""


class Territory:
    """How municipalities came to the territory that they have on a day.

    A change counts for the figures of all years before the one in which it happened: nearly all happen on
    1 January.
    """

    def __init__(
        self, successions: Iterable[Succession], begins: Mapping[int, dt.date], day: dt.date
    ) -> None:
        """Take successions, and the first day of each municipality in them that did not always exist."""
        self.successions, self.day = tuple(successions), day
        self._begins = begins
        self._into: dict[int, list[Succession]] = defaultdict(list)
        self._parts_of: dict[int, list[Succession]] = defaultdict(list)
        for one in self.successions:
            if one.happened_on <= day:
                self._into[one.successor_id].append(one)
                if one.kind == Kind.SPLIT:
                    self._parts_of[one.predecessor_id].append(one)
        self._makeups: dict[tuple[int, int], Makeup] = {}

    def on(self, day: dt.date) -> Territory:
        """Return the same as it was on another day."""
        return self if day == self.day else Territory(self.successions, self._begins, day)

    @cached_property
    def touched(self) -> frozenset[int]:
        """The municipalities whose figures of earlier years are not simply their own."""
        return frozenset((*self._into, *self._parts_of))

    @cached_property
    def names(self) -> dict[int, str]:
        """The municipalities in the successions by number, as they are called."""
        return {one.pk: str(one) for each in self.successions for one in (each.predecessor, each.successor)}

    def kin(self, municipality: int) -> frozenset[int]:
        """Return a municipality and all whose place it took, wholly or in part, also through others."""
        found, waiting = set[int](), [municipality]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += [into.predecessor_id for into in self._into.get(one, ())]
        return frozenset(found)

    def makeup(self, municipality: int, year: int) -> Makeup:
        """Return what the present territory of a municipality was made of in a year; nothing twice."""
        if (municipality, year) not in self._makeups:
            found = _Found()
            self._look_back(municipality, year, self.day, (), found)
            self._makeups[municipality, year] = found.makeup
        return self._makeups[municipality, year]

    def _look_back(
        self, municipality: int, year: int, until: dt.date, path: tuple[Succession, ...], found: _Found
    ) -> None:
        """Gather what a municipality was made of, as it stood on `until`, back to `year`."""
        into = [
            one
            for one in self._into.get(municipality, ())
            if year < one.happened_on.year and one.happened_on <= until and one not in path
        ]
        for one in into:
            if one.kind == Kind.SPLIT:
                found.gained[one] = None
            else:
                found.joined[one] = None
                self._look_back(one.predecessor_id, year, one.happened_on, (*path, one), found)
        for one in self._parts_of.get(municipality, ()):
            if year < one.happened_on.year and one.happened_on <= until:
                found.lost[one] = None
        is_new_code = any(one.kind == Kind.RENUMBERING for one in into)
        if not is_new_code and self._begins.get(municipality, dt.date.min).year <= year:
            found.wholes[municipality] = None

    def points(self, municipality: int, indicator: Indicator, rows: Rows) -> tuple[Point, ...]:
        """Return the published series of a municipality in its present territory, the oldest year first.

        `rows` holds the figures of the indicator for the municipality and its kin.
        """
        if municipality not in self.touched:
            own = rows.get(municipality, {})
            return tuple(published(own[year]) for year in sorted(own))
        years = sorted({year for one in self.kin(municipality) for year in rows.get(one, ())})
        found = (self._point(municipality, indicator, year, rows) for year in years)
        return tuple(point for point in found if point is not None)

    def _point(self, municipality: int, indicator: Indicator, year: int, rows: Rows) -> Point | None:
        own, makeup = rows.get(municipality, {}).get(year), self.makeup(municipality, year)
        is_itself = makeup.wholes in {(), (municipality,)} and makeup.is_exact
        # Its own figure of a year in which it was not there yet: the office counted today's territory.
        is_counted_back = own is not None and own.value is not None and municipality not in makeup.wholes
        if is_itself or is_counted_back:
            return published(own) if own else None
        known_of = {one: row for one in makeup.wholes if (row := rows.get(one, {}).get(year))}
        if makeup.is_exact and len(makeup.wholes) == 1:
            how = How.PREDECESSOR
        elif makeup.is_exact:
            return _sum(indicator, year, makeup, known_of, self.names) if known_of else None
        elif is_one_place(municipality, makeup):
            how = How.BEFORE_CHANGE
        else:
            givers = (rows.get(one.predecessor_id, {}).get(year) for one in makeup.gained)
            there = tuple(row for row in (*known_of.values(), *givers) if row)
            return _other_territory(indicator, year, makeup, there) if there else None
        return next(
            (Point(indicator, year, row.value, row.status, how, (row,), makeup) for row in known_of.values()),
            None,
        )


class _Found:
    """What is gathered on the way back; dicts because nothing counts twice and order matters."""

    def __init__(self) -> None:
        self.wholes: dict[int, None] = {}
        self.joined: dict[Succession, None] = {}
        self.lost: dict[Succession, None] = {}
        self.gained: dict[Succession, None] = {}

    @property
    def makeup(self) -> Makeup:
        return Makeup(tuple(self.wholes), tuple(self.joined), tuple(self.lost), tuple(self.gained))


def is_one_place(municipality: int, makeup: Makeup) -> bool:
    """Whether it was itself already, under this code or an earlier one, though with other borders."""
    is_renumbered = all(one.kind == Kind.RENUMBERING for one in makeup.joined)
    return makeup.wholes == (municipality,) or (len(makeup.wholes) == 1 and is_renumbered)


def _sum(
    indicator: Indicator,
    year: int,
    makeup: Makeup,
    known_of: Mapping[int, Observation],
    names: Mapping[int, str],
) -> Point:
    rows = tuple(known_of.values())
    if not indicator.is_additive:
        return _other_territory(indicator, year, makeup, rows)
    lacking = tuple(
        names.get(one, str(one))
        for one in makeup.wholes
        if one not in known_of or known_of[one].value is None
    )
    status = weakest(row.status for row in rows)
    if lacking:
        status = status if status == Status.SECRET else Status.MISSING.value
        return Point(indicator, year, None, status, How.SUM, rows, makeup, lacking)
    return Point(indicator, year, sum(row.value or 0.0 for row in rows), status, How.SUM, rows, makeup)


def _other_territory(indicator: Indicator, year: int, makeup: Makeup, rows: tuple[Observation, ...]) -> Point:
    return Point(indicator, year, None, Status.MISSING.value, How.OTHER_TERRITORY, rows, makeup)


def territory_of(municipalities: Collection[int] | None = None, day: dt.date | None = None) -> Territory:
    """Return how some municipalities, or all, came about; in two queries, in one if nothing changed."""
    found: QuerySet[Succession] = Succession.objects.select_related("predecessor", "successor")
    if municipalities is not None and len(municipalities) <= MANY:
        named = ", ".join(["%s"] * len(municipalities)) or "NULL"
        found = found.extra(where=[OF_KIN.format(named)], params=list(municipalities))  # noqa: S610 - placeholders
    successions = list(found)
    places = [one for each in successions for one in (each.predecessor, each.successor)]
    prefetch_related_objects(places, "periods")
    begins = {one.pk: first for one in places if (first := _first_day(one)) is not None}
    return Territory(successions, begins, day or timezone.localdate())


def _first_day(municipality: Municipality) -> dt.date | None:
    days = [period.valid_from for period in municipality.periods.all()]
    return min((day for day in days if day), default=None) if None not in days else None


def series_of(
    municipalities: Collection[int],
    indicator: Indicator,
    day: dt.date | None = None,
    territory: Territory | None = None,
) -> Series:
    """Return the series of an indicator for some municipalities in their present territory.

    On an earlier `day`: the territory of that day, and only what was retrieved by then.
    """
    found = all_series(municipalities, [indicator], day, territory)
    return {municipality: found[municipality].get(indicator.pk, ()) for municipality in municipalities}


def all_series(
    municipalities: Collection[int],
    indicators: Collection[Indicator],
    day: dt.date | None = None,
    territory: Territory | None = None,
) -> dict[int, Series]:
    """Return by municipality and indicator the series that are not empty, each the oldest year first."""
    land = (territory or territory_of(municipalities, day)).on(day or timezone.localdate())
    parts = {part.pk: part for one in indicators for part in (one, *parts_of(one))}
    kin = {one: land.kin(one) for one in municipalities}
    figures = _figures({each for of in kin.values() for each in of}, parts, day)
    found: dict[int, Series] = {}
    for municipality in municipalities:
        stored = {
            key: {point.year: point for point in land.points(municipality, parts[key], rows)}
            for key, rows in figures.items()
            if not rows.keys().isdisjoint(kin[municipality])
        }
        series = {one.pk: _series(one, stored) for one in indicators}
        found[municipality] = {key: points for key, points in series.items() if points}
    return found


def _series(indicator: Indicator, stored: Mapping[int, Mapping[int, Point]]) -> tuple[Point, ...]:
    own = stored.get(indicator.pk, {})
    if not indicator.formula:
        return tuple(own[year] for year in sorted(own))
    numerators = stored.get(indicator.numerator_id or 0, {})
    return computed_points(indicator, own, numerators, stored.get(indicator.denominator_id or 0, {}))


def parts_of(indicator: Indicator) -> tuple[Indicator, ...]:
    """Return the indicators that one is computed from."""
    return tuple(part for part in (indicator.numerator, indicator.denominator) if part is not None)


def _figures(
    municipalities: Collection[int], indicators: Mapping[int, Indicator], day: dt.date | None
) -> dict[int, dict[int, dict[int, Observation]]]:
    """Return figures by indicator, municipality and year; of one year the release retrieved last counts."""
    rows = (
        Observation.objects.filter(municipality_id__in=municipalities, indicator_id__in=indicators)
        .select_related("release")
        .order_by("-period", "-release__retrieved_on", "-release_id")
    )
    if day is not None:
        rows = rows.filter(release__retrieved_on__lte=day, period__lte=day.year)
    found: dict[int, dict[int, dict[int, Observation]]] = {}
    for row in rows:
        row.indicator = indicators[row.indicator_id]
        of = found.setdefault(row.indicator_id, {}).setdefault(row.municipality_id, {})
        of.setdefault(row.period, row)
    return found
