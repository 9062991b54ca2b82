"""How many of the municipalities that existed in a year have a figure of that year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sadzonka.places.models import WITH_VALUE, Country, Indicator, Observation, Period

STEPS = 5  # shades of the table; the last one is for "all of them"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a municipality; None: since before our sources, until today."""

    first: dt.date | None
    last: dt.date | None

    @property
    def is_open(self) -> bool:
        return self.first is None and self.last is None

    def holds(self, year: int) -> bool:
        """Whether it existed at the end of the year, which is when places are counted."""
        end = dt.date(year, 12, 31)
        return (self.first is None or self.first <= end) and (self.last is None or self.last >= end)


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator in one year: so many of so many."""

    known: int
    existing: int

    @property
    def shade(self) -> int:
        """How dark the cell is: 0 for none, 5 for all of them."""
        if self.known >= self.existing:
            return STEPS if self.known else 0
        return 1 + self.known * (STEPS - 1) // self.existing if self.known else 0

    @property
    def percent(self) -> int:
        """The share in whole per cent, rounded down: 100 only when none is missing."""
        return 100 * self.known // self.existing if self.existing else 0


@dataclass(frozen=True, slots=True)
class CoveredIndicator:
    """One line of the table."""

    indicator: Indicator
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table of a country: indicators by years, the newest first, and what is not in it."""

    years: tuple[int, ...]
    existing: tuple[int, ...]  # municipalities by year
    rows: tuple[CoveredIndicator, ...]
    absent: tuple[Indicator, ...]  # published ones without any figure
    computed: tuple[Indicator, ...]  # computed ones that nobody published either


def spans_of(country: Country) -> dict[int, Span]:
    """Return from when to when each real municipality of a country existed, in one query."""
    spans: dict[int, Span] = {}
    rows = Period.objects.filter(municipality__country=country, municipality__is_invented=False).order_by()
    for place, first, last in rows.values_list("municipality", "valid_from", "valid_to"):
        known = spans.get(place)
        spans[place] = Span(first, last) if known is None else _joined(known, Span(first, last))
    return spans


def _joined(one: Span, other: Span) -> Span:
    return Span(
        min(one.first, other.first) if one.first and other.first else None,
        max(one.last, other.last) if one.last and other.last else None,
    )


def _figures(country: Country) -> QuerySet[Observation]:
    return Observation.objects.filter(
        municipality__country=country, municipality__is_invented=False, status__in=WITH_VALUE
    ).order_by()


def _known(country: Country, spans: Mapping[int, Span]) -> Counter[tuple[int, int]]:
    """Count the municipalities with a figure by indicator and year, each once however often published.

    Nearly all exist all the time: the database counts them. Only the others are looked at one by one.
    """
    counts: Counter[tuple[int, int]] = Counter()
    grouped = _figures(country).values("indicator", "period")
    for indicator, year, known in grouped.annotate(known=Count("municipality", distinct=True)).values_list(
        "indicator", "period", "known"
    ):
        counts[indicator, year] = known
    passing = Period.objects.filter(
        municipality__country=country, valid_from__isnull=False
    ) | Period.objects.filter(municipality__country=country, valid_to__isnull=False)
    rows = _figures(country).filter(municipality__in=passing.order_by().values("municipality"))
    for indicator, year, place in rows.values_list("indicator", "period", "municipality").distinct():
        if not spans[place].holds(year):
            counts[indicator, year] -= 1
    return counts


def existing_in(spans: Iterable[Span], years: Iterable[int]) -> tuple[int, ...]:
    """Return how many municipalities there were at the end of each year."""
    every = list(spans)
    lasting, passing = sum(span.is_open for span in every), [span for span in every if not span.is_open]
    return tuple(lasting + sum(span.holds(year) for span in passing) for year in years)


def coverage_of(country: Country) -> Coverage:
    """Return the table of a country in four queries, whatever the number of its municipalities."""
    spans = spans_of(country)
    counts = _known(country, spans)
    years = tuple(sorted({year for _indicator, year in counts}, reverse=True))
    existing = existing_in(spans.values(), years)
    covered = {indicator for indicator, _year in counts}
    catalogue = list(Indicator.objects.order_by("sort_order", "key"))
    return Coverage(
        years,
        existing,
        tuple(
            CoveredIndicator(
                indicator,
                tuple(
                    Cell(counts[indicator.pk, year], count)
                    for year, count in zip(years, existing, strict=True)
                ),
            )
            for indicator in catalogue
            if indicator.pk in covered
        ),
        tuple(one for one in catalogue if one.pk not in covered and not one.formula),
        tuple(one for one in catalogue if one.pk not in covered and one.formula),
    )
