"""What is stored of the places that a file speaks of, in a handful of queries however long it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.reading import STATUSES
from sadzonka.places.imports.timeline import Span, Told
from sadzonka.places.models import (
    Country,
    County,
    Municipality,
    Observation,
    Period,
    Region,
    Release,
    Succession,
)

Key = tuple[str, str]  # country and code
OUR_COUNTRIES = ("PL", "IT")
OFFICES = (("terc", "PL"), ("bdl", "PL"), ("gus", "PL"), ("gugik", "PL"), ("mf", "PL"), ("istat", "IT"))
MARKS = {status.value: mark for mark, status in STATUSES.items()}


@dataclass(frozen=True, slots=True)
class Area:
    """A stored region or county."""

    pk: int
    name: str
    region: str = ""  # of a county: the code of its region


@dataclass(slots=True)
class Stored:
    """Places of some countries as they are stored, by country and code."""

    countries: frozenset[str]
    regions: dict[Key, Area]
    counties: dict[Key, Area]
    municipalities: dict[Key, int]
    spans: dict[Key, list[Span]]
    invented: frozenset[Key]
    lists: dict[str, tuple[dt.date, ...]] = field(default_factory=dict)
    layouts: dict[tuple[str, dt.date], set[str]] = field(
        default_factory=dict
    )  # of the lists of a country and day
    partial: frozenset[tuple[str, dt.date]] = frozenset()  # layouts and days of lists that are not whole

    def mentions(self, country: str, *, is_vague: bool) -> tuple[dt.date, ...]:
        """Return the days of lists that may have named a municipality: of its country, or of all Europe's."""
        is_of_europe = is_vague or country not in OUR_COUNTRIES
        return tuple(
            sorted(
                day
                for layout, day in self.partial
                if _country_of(layout) == ("" if is_of_europe else country)
            )
        )

    def newest_list(self, country: str) -> dt.date | None:
        return max(self.lists.get(country, ()), default=None)


def _country_of(layout: str) -> str:
    """Return whose offices publish a layout, "" for those that are about any country."""
    return next((country for prefix, country in OFFICES if layout.startswith(prefix)), "")


def stored_places(countries: Collection[str]) -> Stored:
    """Return the places of these countries."""
    regions = {
        (country, code): Area(pk, name)
        for pk, country, code, name in Region.objects.filter(country__in=countries).values_list(
            "pk", "country", "code", "name"
        )
    }
    counties, code_of = {}, {}
    for pk, country, code, name, region in County.objects.filter(region__country__in=countries).values_list(
        "pk", "region__country", "code", "name", "region__code"
    ):
        counties[country, code] = Area(pk, name, region)
        code_of[pk] = code
    municipalities, invented, key_of = {}, set(), {}
    for pk, country, code, is_invented in Municipality.objects.filter(country__in=countries).values_list(
        "pk", "country", "code", "is_invented"
    ):
        municipalities[country, code] = pk
        key_of[pk] = (country, code)
        if is_invented:
            invented.add((country, code))
    layouts, partial = _days_of_lists(countries)
    return Stored(
        countries=frozenset(Country.objects.values_list("code", flat=True)),
        regions=regions,
        counties=counties,
        municipalities=municipalities,
        spans=_spans(countries, key_of, code_of),
        invented=frozenset(invented),
        lists={one: tuple(sorted(day for country, day in layouts if country == one)) for one in countries},
        layouts=layouts,
        partial=partial,
    )


def _spans(
    countries: Collection[str], key_of: dict[int, Key], code_of: dict[int, str]
) -> dict[Key, list[Span]]:
    spans: dict[Key, list[Span]] = {}
    told: dict[
        tuple[str, str, str, bool], Told
    ] = {}  # few names are told twice, but it costs nothing to share
    rows = Period.objects.filter(municipality__country__in=countries).values_list(
        "pk", "municipality_id", "valid_from", "valid_to", "is_dated_roughly", "kind", "name", "county_id"
    )
    for pk, municipality, start, end, rough, kind, name, county in rows.order_by().iterator(chunk_size=5000):
        key = key_of[municipality]
        words = (name, kind, code_of[county], is_vague(key[0], kind))
        saying = told.setdefault(words, Told(*words))
        spans.setdefault(key, []).append(Span(start, end, saying, is_rough=rough, pk=pk))
    for history in spans.values():
        if len(history) > 1:
            history.sort(key=lambda span: span.start or dt.date.min)
    return spans


def is_vague(country: str, kind: str) -> bool:
    """Say whether a source told less than the country's own lists do: they know types."""
    return country in OUR_COUNTRIES and kind == Period.Kind.LOCAL_UNIT


def _days_of_lists(
    countries: Collection[str],
) -> tuple[dict[tuple[str, dt.date], set[str]], frozenset[tuple[str, dt.date]]]:
    layouts: dict[tuple[str, dt.date], set[str]] = {}
    partial = set()
    rows = Release.objects.filter(as_of__isnull=False).values_list("lists_all_of", "as_of", "layout")
    for country, day, layout in rows:
        if day and country in countries:
            layouts.setdefault((country, day), set()).add(layout)
        elif day and not country:
            partial.add((layout, day))
    return layouts, frozenset(partial)


def stored_successions(predecessors: Iterable[int]) -> set[tuple[int, int, dt.date]]:
    """Return what is known of those that ended: predecessor, successor and day."""
    return set(
        Succession.objects.filter(predecessor__in=list(predecessors)).values_list(
            "predecessor_id", "successor_id", "happened_on"
        )
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as columns of one length: municipality, indicator, year, value (NaN without one) and mark."""

    municipality: NDArray[np.int64]
    indicator: NDArray[np.int64]
    year: NDArray[np.int64]
    value: NDArray[np.float64]
    mark: NDArray[np.uint8]

    @property
    def key(self) -> NDArray[np.int64]:
        """One number per municipality, indicator and year."""
        return figure_key(self.municipality, self.indicator, self.year)


def figure_key(
    municipality: NDArray[np.int64], indicator: NDArray[np.int64], year: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return one number per municipality, indicator and year: 4,096 years and 65,536 indicators fit."""
    return (municipality << 28) | (indicator << 12) | year


def stored_figures(years: Sequence[int], indicators: Collection[int] | None = None) -> Figures:
    """Return the figures of these years, of each municipality, indicator and year the one retrieved last."""
    rows = Observation.objects.filter(period__in=list(years))
    if indicators is not None:
        rows = rows.filter(indicator__in=list(indicators))
    columns = rows.order_by("release__retrieved_on", "release_id").values_list(
        "municipality_id", "indicator_id", "period", "value", "status"
    )
    return _newest(_as_figures(columns.iterator(chunk_size=20_000)))


def figures_of_release(release: int) -> Figures:
    """Return every figure of one release."""
    columns = Observation.objects.filter(release=release).values_list(
        "municipality_id", "indicator_id", "period", "value", "status"
    )
    return _as_figures(columns.order_by().iterator(chunk_size=20_000))


def _as_figures(rows: Iterable[tuple[int, int, int, float | None, str]]) -> Figures:
    kind = np.dtype([("m", "i8"), ("i", "i8"), ("y", "i8"), ("v", "f8"), ("s", "u1")])
    table = np.fromiter(
        ((m, i, y, np.nan if v is None else v, MARKS[s]) for m, i, y, v, s in rows), dtype=kind
    )
    return Figures(table["m"], table["i"], table["y"], table["v"], table["s"])


def _newest(figures: Figures) -> Figures:
    """Keep the last of each municipality, indicator and year."""
    # np.unique keeps the first of equal keys: the last in the order of releases once it is turned round.
    _, first = np.unique(figures.key[::-1], return_index=True)
    chosen = len(figures.key) - 1 - first
    return Figures(
        figures.municipality[chosen],
        figures.indicator[chosen],
        figures.year[chosen],
        figures.value[chosen],
        figures.mark[chosen],
    )
