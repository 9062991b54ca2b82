"""Reading places and their figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.template.defaultfilters import floatformat
from django.utils import timezone

from sadzonka.places.models import Indicator, Municipality, Observation, Period, Succession, period_at

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
    successions: tuple[Succession, ...]

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
    """Return a municipality with its history, None when there is none; in two queries."""
    periods = tuple(
        Period.objects.filter(municipality__country=country.upper(), municipality__code=code)
        .select_related("municipality__country", "county__region")
        .order_by(F("valid_from").asc(nulls_first=True))
    )
    if not periods:
        return None
    found = periods[0].municipality
    successions = (
        Succession.objects.filter(Q(predecessor=found) | Q(successor=found))
        .select_related("predecessor", "successor")
        .prefetch_related("predecessor__periods", "successor__periods")
    )
    return Place(found, periods, tuple(successions))


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
    """The newest figure of one indicator for a municipality, with the series before it."""

    indicator: Indicator
    newest: Observation
    series: tuple[Observation, ...]

    @property
    def value(self) -> float | None:
        return self.newest.value

    @property
    def shown(self) -> str:
        """The value as it is written in the reader's language, with the indicator's decimals."""
        return "" if self.value is None else str(floatformat(self.value, f"{self.indicator.decimals}g"))

    @property
    def earlier(self) -> tuple[Observation, ...]:
        """The years before the newest one, the oldest first."""
        return tuple(reversed(self.series[1:]))


def figures_of(municipality: Municipality, known_on: dt.date | None = None) -> list[Figure]:
    """Return the figures of a municipality, of an earlier day only those retrieved by then.

    Every indicator once, in its order. The newest period counts; of one period the release retrieved last.
    """
    rows = (
        Observation.objects.filter(municipality=municipality)
        .select_related("indicator", "release")
        .order_by(
            "indicator__sort_order", "indicator__key", "-period", "-release__retrieved_on", "-release_id"
        )
    )
    if known_on is not None:
        rows = rows.filter(release__retrieved_on__lte=known_on, period__lte=known_on.year)
    series: dict[int, dict[int, Observation]] = {}
    for row in rows:
        series.setdefault(row.indicator_id, {}).setdefault(row.period, row)
    return [
        Figure(newest.indicator, newest, tuple(years.values()))
        for years in series.values()
        for newest in [next(iter(years.values()))]
    ]
