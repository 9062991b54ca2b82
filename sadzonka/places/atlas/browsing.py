"""Reading places from above: regions of a country, their counties and municipalities, regional figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from django.urls import reverse

from sadzonka.places.atlas.charts import LineChart, Value, line_chart
from sadzonka.places.finding import Named, names_of, wanted_in
from sadzonka.places.models import (
    Country,
    County,
    Indicator,
    Observation,
    Period,
    Region,
    RegionalObservation,
    Release,
)
from sadzonka.places.queries import fold, periods_on

MANY = 400  # municipalities: more do not stand on one page or one map
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A region of a country or a county of a region, with how many municipalities it has today."""

    place: Region | County
    count: int
    is_invented: bool

    @property
    def url(self) -> str:
        return self.place.get_absolute_url()


def regions_of(country: Country) -> list[Part]:
    """Return the regions that have municipalities today, by name, invented ones last; in three queries."""
    regions = dict(County.objects.filter(region__country=country).order_by().values_list("pk", "region"))
    names = names_of(country.code)
    counts, invented = names.by_county(), names.by_county(invented=True)
    return _parts(
        Region.objects.filter(country=country), _summed(counts, regions), _summed(invented, regions)
    )


def counties_of(region: Region) -> list[Part]:
    """Return the counties that have municipalities today, by name, invented ones last; in two queries."""
    names = names_of(region.country_id)
    counties = County.objects.filter(region=region).select_related("region")
    return _parts(counties, names.by_county(), names.by_county(invented=True))


def _summed(counts: Counter[int], regions: dict[int, int]) -> Counter[int]:
    summed: Counter[int] = Counter()
    for county, count in counts.items():
        summed[regions[county]] += count
    return summed


def _parts(
    places: Iterable[Region] | Iterable[County], counts: Counter[int], invented: Counter[int]
) -> list[Part]:
    parts = [
        Part(one, counts[one.pk], counts[one.pk] == invented[one.pk]) for one in places if counts[one.pk]
    ]
    return sorted(parts, key=lambda part: (part.is_invented, fold(part.place.name), part.place.code))


def real_count(parts: Iterable[Part]) -> int:
    """Return how many municipalities there are, without those that were invented."""
    return sum(part.count for part in parts if not part.is_invented)


def by_county(periods: Iterable[Period]) -> list[tuple[County, list[Period]]]:
    """Return municipalities under their counties, both by name, invented ones last."""
    ordered = sorted(
        periods,
        key=lambda period: (
            period.municipality.is_invented,
            fold(period.county.region.name),
            fold(period.county.name),
            period.county_id,
            fold(period.name),
            period.municipality.code,
        ),
    )
    return [(county, list(group)) for county, group in groupby(ordered, key=lambda period: period.county)]


@dataclass(frozen=True, slots=True)
class Listed:
    """One municipality of a long list."""

    number: int
    code: str
    name: str
    kind: str
    is_invented: bool
    county: tuple[str, str]  # code and name
    url: str

    @property
    def words(self) -> str:
        """Its name and type: two municipalities of one county may have the same name."""
        return f"{self.name}, {self.kind}"


def listed(within: Region | County) -> list[Listed]:
    """Return the municipalities of a region or a county by county and name, invented ones last; in one query.

    Long lists are not made of whole objects.
    """
    inside = {"county__region": within} if isinstance(within, Region) else {"county": within}
    fields = ("municipality", "municipality__code", "name", "kind", "municipality__is_invented")
    above = ("county__code", "county__name", "municipality__country")
    kinds = {kind.value: str(kind.label) for kind in Period.Kind}
    found = [
        Listed(
            number,
            code,
            name,
            kinds[kind],
            invented,
            (county, named),
            reverse("municipality", args=[of, code]),
        )
        for number, code, name, kind, invented, county, named, of in periods_on()
        .filter(**inside)
        .order_by()
        .values_list(*fields, *above)
    ]
    return sorted(
        found, key=lambda one: (one.is_invented, fold(one.county[1]), one.county, fold(one.name), one.code)
    )


def under_counties(
    municipalities: Iterable[Listed], counties: Iterable[Part]
) -> list[tuple[Part, list[Listed]]]:
    """Return counties with their municipalities."""
    by_code = {code: list(group) for code, group in groupby(municipalities, key=lambda one: one.county[0])}
    return [(part, by_code.get(part.place.code, [])) for part in counties]


def periods_found(country: str, words: str, county: str = "") -> list[Period]:
    """Return the first municipalities of a country or a county whose name, county or code holds every word.

    In two queries of however many, three within a county: a country may have 35,000.
    """
    found: Iterable[Named] = names_of(country).with_words(wanted_in(words))
    if county:
        counties = County.objects.filter(region__country=country, code=county)
        within = set(counties.values_list("pk", flat=True))
        found = (one for one in found if one.county in within)
    return list(periods_on().filter(pk__in=[one.period for one in islice(found, MOST_FOUND)]))


# --- figures


def newest_known(indicator: str, municipalities: Iterable[int]) -> dict[int, Observation]:
    """Return the newest known figure of each municipality with its release, by its number; in three queries.

    Objects are made of the figures that count, not of those of all years.
    """
    rows = Observation.objects.filter(
        indicator__key=indicator, value__isnull=False, municipality__in=list(municipalities)
    ).order_by("period", "release__retrieved_on", "release_id")
    newest = dict(rows.values_list("municipality", "pk"))
    found = Observation.objects.filter(pk__in=list(newest.values())).order_by().prefetch_related("release")
    return {row.municipality_id: row for row in found}


@dataclass(frozen=True, slots=True)
class RegionalSeries:
    """One indicator of a region or a whole country: one figure per year, the newest first."""

    indicator: Indicator
    figures: tuple[RegionalObservation, ...]

    @property
    def newest(self) -> RegionalObservation:
        """The newest known figure; the newest of all when none is known."""
        return next((one for one in self.figures if one.value is not None), self.figures[0])

    @property
    def chart(self) -> LineChart | None:
        return line_chart(Value(one.period, one.value, is_qualified=bool(one.status)) for one in self.figures)

    @property
    def decimals(self) -> str:
        return decimals_of(self.indicator)


@dataclass(frozen=True, slots=True)
class RegionalFigures:
    """Everything offices publish of a region or a country, and the releases of the newest figures."""

    series: Sequence[RegionalSeries]

    @property
    def releases(self) -> list[Release]:
        return list(dict.fromkeys(one.newest.release for one in self.series))

    @property
    def numbered(self) -> list[tuple[RegionalSeries, int]]:
        """Each series with the place of its release among the releases, counted from one."""
        places = {release: place for place, release in enumerate(self.releases, start=1)}
        return [(one, places[one.newest.release]) for one in self.series]


def decimals_of(indicator: Indicator) -> str:
    """Return how the template filter floatformat writes figures of an indicator."""
    return f"{indicator.decimals}g"


def regional_series(
    country: str, region: Region | None, indicators: Sequence[Indicator] | None = None
) -> list[RegionalSeries]:
    """Return what offices publish for a region, or with None for a whole country; in one query.

    Of one year the release retrieved last counts.
    """
    rows = RegionalObservation.objects.filter(country=country, region=region)
    if indicators is not None:
        rows = rows.filter(indicator__in=indicators)
    rows = rows.select_related("indicator", "release").order_by(
        "indicator__sort_order", "indicator__key", "-period", "-release__retrieved_on", "-release_id"
    )
    series: dict[Indicator, dict[int, RegionalObservation]] = {}
    for row in rows:
        series.setdefault(row.indicator, {}).setdefault(row.period, row)
    return [RegionalSeries(indicator, tuple(years.values())) for indicator, years in series.items()]
