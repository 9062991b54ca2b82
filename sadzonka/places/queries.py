"""Reading places and their figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.defaultfilters import floatformat
from django.utils import timezone

from sadzonka.places.models import Indicator, Municipality, Observation, Period, Succession, period_at
from sadzonka.places.series.points import Point
from sadzonka.places.series.time import Territory, all_series, territory_of

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND_WORDS = {"gmina", "miasto", "powiat", "comune", "provincia", "contea", "municipality", "county"}


def periods_on(day: dt.date | None = None) -> QuerySet[Period]:
    """Return the municipalities as they are on `day` (today): name, type and county."""
    day = day or timezone.localdate()
    return Period.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    ).select_related("municipality", "county__region__country")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its history."""

    municipality: Municipality
    periods: tuple[Period, ...]
    territory: Territory

    @property
    def successions(self) -> tuple[Succession, ...]:
        """What it took the place of, and what took its place."""
        found = self.territory.successions
        return tuple(one for one in found if self.municipality.pk in {one.predecessor_id, one.successor_id})

    @property
    def period(self) -> Period:
        """What it is called today, or was called last."""
        return period_at(self.periods, timezone.localdate()) or self.periods[0]

    @property
    def successors(self) -> list[Succession]:
        """What took its place."""
        return [one for one in self.successions if one.predecessor_id == self.municipality.pk]

    @property
    def origins(self) -> list[Succession]:
        """Whose place it took."""
        return [one for one in self.successions if one.successor_id == self.municipality.pk]


def place(country: str, code: str) -> Place | None:
    """Return a municipality with its history, None when there is none.

    In one query, and in three when it took the place of another one or another one its place.
    """
    own = OuterRef("municipality_id")
    periods = tuple(
        Period.objects.filter(municipality__country=country.upper(), municipality__code=code)
        .select_related("municipality__country", "county__region")
        .annotate(has_changed=Exists(Succession.objects.filter(Q(predecessor=own) | Q(successor=own))))
        .order_by(F("valid_from").asc(nulls_first=True))
    )
    if not periods:
        return None
    found = periods[0].municipality
    never_changed = Territory((), {}, timezone.localdate())
    return Place(found, periods, territory_of([found.pk]) if periods[0].has_changed else never_changed)


def periods_matching(words: str, periods: Iterable[Period]) -> list[Period]:
    """Return those whose name, county or code holds every word, diacritics, case and kind words apart."""
    wanted = [word for word in fold(words).split() if word not in KIND_WORDS]
    return [
        period
        for period in periods
        if all(
            word in fold(f"{period.name} {period.county.name} {period.municipality.code}") for word in wanted
        )
    ]


_FOLDED = str.maketrans("ąćęłńóśźżàèéìòù", "acelnoszzaeeiou")


def fold(text: str) -> str:
    """Return the text without case and without Polish and Italian diacritics.

    >>> fold("Kościan, Łęka, Forlì")
    'koscian, leka, forli'
    """
    return text.lower().translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Figure:
    """The newest known figure of one indicator for a municipality, with the other years of its series.

    `computed_from` holds the published figures that it was made from, when it is not one itself: the parts
    of a rate, the predecessors of a municipality that was merged. `points` say how each year came about.
    """

    indicator: Indicator
    newest: Observation
    series: tuple[Observation, ...]
    computed_from: tuple[Observation, ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def value(self) -> float | None:
        return self.newest.value

    @property
    def shown(self) -> str:
        """The value as it is written in the reader's language, with the indicator's decimals."""
        return "" if self.value is None else str(floatformat(self.value, f"{self.indicator.decimals}g"))

    @property
    def earlier(self) -> tuple[Observation, ...]:
        """The years before the one that counts, the oldest first."""
        return tuple(one for one in reversed(self.series) if one.period < self.newest.period)

    @property
    def unknown_since(self) -> tuple[Observation, ...]:
        """Newer years for which the office says that it publishes nothing, the oldest first."""
        return tuple(one for one in reversed(self.series) if one.period > self.newest.period)

    @property
    def reason(self) -> str:
        """How the figure that counts came about, as a sentence; nothing when it is as published."""
        return next((one.reason for one in self.points if one.year == self.newest.period), "")


def figures_of(
    municipality: Municipality,
    known_on: dt.date | None = None,
    territory: Territory | None = None,
    indicators: list[Indicator] | None = None,
) -> list[Figure]:
    """Return the figures of a municipality, of an earlier day only those retrieved by then.

    Every indicator once, in its order, computed ones where they can be computed. The newest known figure
    counts: a newer year that is secret or missing does not hide it. In the territory of that day (`time`);
    in two queries when the territory is given, in one when the indicators are too.
    """
    indicators = indicators_with_parts() if indicators is None else indicators
    series = all_series([municipality.pk], indicators, known_on, territory)[municipality.pk]
    return [figure(one, series[one.pk]) for one in indicators if one.pk in series]


def figure(indicator: Indicator, points: tuple[Point, ...]) -> Figure:
    """Return a series, the oldest year first, as the figure that counts and the other years."""
    newest_first = tuple(reversed(points))
    counting = next((point for point in newest_first if point.is_known), newest_first[0])
    observations = {point.year: point.observation for point in newest_first}
    return Figure(
        indicator,
        observations[counting.year],
        tuple(observations.values()),
        counting.computed_from,
        newest_first,
    )


def indicators_with_parts(catalogue: QuerySet[Indicator] | None = None) -> list[Indicator]:
    """Return all indicators in their order, computed ones with what they are computed from; in one query."""
    found = {one.pk: one for one in (Indicator.objects.all() if catalogue is None else catalogue)}
    for one in found.values():
        one.numerator, one.denominator = found.get(one.numerator_id or 0), found.get(one.denominator_id or 0)
    return list(found.values())
