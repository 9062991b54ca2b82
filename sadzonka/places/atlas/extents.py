"""Which years of an indicator are known, and for how many municipalities: counted once after each import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet

from sadzonka.places.models import Indicator, Observation, RegionalObservation, Release


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last year of an indicator that are known for municipalities of a country."""

    country: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class YearCount:
    """How many municipalities of a country have a known figure of an indicator in a year."""

    country: str
    year: int
    count: int


def extents() -> dict[int, list[Extent]]:
    """Return the extents of every published indicator by its number; in one query once it is remembered."""
    return _extents(_newest_figure())


def year_counts(indicator: Indicator) -> list[YearCount]:
    """Return the counts of one indicator by country and year, the newest first; as often asked as extents."""
    return _year_counts(indicator.pk, _newest_figure())


def regional_countries(indicator: Indicator) -> list[str]:
    """Return the countries of which regional figures are known; in one query."""
    known = RegionalObservation.objects.filter(indicator=indicator, value__isnull=False)
    return sorted(known.values_list("country", flat=True).distinct())


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
    found: dict[int, list[Extent]] = defaultdict(list)
    for indicator, country, first, last in rows:
        found[indicator].append(Extent(country, first, last))
    return found


@lru_cache(maxsize=64)
def _year_counts(indicator: int, newest: int) -> list[YearCount]:
    rows = (
        Observation.objects.filter(indicator=indicator, value__isnull=False)
        .order_by("municipality__country__sort_order", "municipality__country", "-period")
        .values_list("municipality__country", "period")
        .annotate(count=Count("municipality", distinct=True))
    )
    return [YearCount(country, year, count) for country, year, count in rows]
