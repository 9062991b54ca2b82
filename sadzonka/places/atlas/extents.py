"""Which years of an indicator are known, and for how many municipalities: counted once after each import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from sadzonka.places.models import Country, Indicator, Observation, RegionalObservation, Release


@dataclass(frozen=True, slots=True)
class Extent:
    """The countries of which the same years of an indicator are the first and the last known."""

    first: int
    last: int
    countries: tuple[Country, ...]


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many municipalities of a country have a known figure of an indicator in a year."""

    country: Country
    year: int
    count: int


def extents() -> dict[int, list[Extent]]:
    """Return the extents of every published indicator by its number; in one query once it is remembered."""
    return _extents(_newest_figure())


def year_counts(indicator: Indicator) -> list[YearCount]:
    """Return the counts of one indicator by country and year, the newest first; as often asked as extents."""
    return _year_counts(indicator.pk, _newest_figure())


def regional_countries(indicator: Indicator) -> QuerySet[Country]:
    """Return the countries of which regional figures are known."""
    known = RegionalObservation.objects.filter(indicator=indicator, value__isnull=False)
    return Country.objects.filter(pk__in=known.values("country"))


def releases_with(indicator: Indicator) -> QuerySet[Release]:
    """Return the releases that hold figures of an indicator, those retrieved last first."""
    figures = {"release": OuterRef("pk"), "indicator": indicator}
    return Release.objects.filter(
        Exists(Observation.objects.filter(**figures)) | Exists(RegionalObservation.objects.filter(**figures))
    )


def _newest_figure() -> int:
    """Return what changes with every import: figures are never changed after they were read."""
    return Observation.objects.aggregate(newest=Max("pk"))["newest"] or 0


@lru_cache(maxsize=1)
def _extents(newest: int) -> dict[int, list[Extent]]:
    rows = (
        Observation.objects.filter(value__isnull=False)
        .order_by("indicator", "municipality__country__sort_order", "municipality__country")
        .values_list("indicator", "municipality__country")
        .annotate(first=Min("period"), last=Max("period"))
    )
    countries = Country.objects.in_bulk()
    found: dict[int, dict[tuple[int, int], list[Country]]] = defaultdict(lambda: defaultdict(list))
    for indicator, country, first, last in rows:
        found[indicator][first, last].append(countries[country])
    return {
        indicator: [Extent(*years, tuple(those)) for years, those in by_years.items()]
        for indicator, by_years in found.items()
    }


@lru_cache(maxsize=64)
def _year_counts(indicator: int, newest: int) -> list[YearCount]:
    rows = (
        Observation.objects.filter(indicator=indicator, value__isnull=False)
        .order_by("municipality__country__sort_order", "municipality__country", "-period")
        .values_list("municipality__country", "period")
        .annotate(count=Count("municipality", distinct=True))
    )
    countries = Country.objects.in_bulk()
    return [YearCount(countries[country], year, count) for country, year, count in rows]
