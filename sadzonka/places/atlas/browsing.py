"""Reading places from above: regions of a country, their counties and municipalities, regional figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.urls import reverse

from sadzonka.places.atlas.charts import LineChart, Value, line_chart
from sadzonka.places.models import (
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    RegionalObservation,
)
from sadzonka.places.queries import KIND_WORDS, fold, periods_on

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
    regions = {county.pk: county.region_id for county in County.objects.filter(region__country=country)}
    counts, invented = _counts_by_county(Q(county__region__country=country))
    return _parts(
        Region.objects.filter(country=country), _summed(counts, regions), _summed(invented, regions)
    )


def counties_of(region: Region) -> list[Part]:
    """Return the counties that have municipalities today, by name, invented ones last; in three queries."""
    counties = County.objects.filter(region=region).select_related("region")
    return _parts(counties, *_counts_by_county(Q(county__region=region)))


def _counts_by_county(within: Q) -> tuple[Counter[int], Counter[int]]:
    """Return how many municipalities each county has today, and how many of them were invented.

    Grouped by the county alone: joining 35,000 municipalities to all that is above them costs four times it.
    """
    today = periods_on().filter(within).order_by().values_list("county")
    invented = today.filter(municipality__in=Municipality.objects.filter(is_invented=True))
    counted = (Counter(dict(rows.annotate(count=Count("pk")))) for rows in (today, invented))
    return next(counted), next(counted)


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
    """Return municipalities of a country or a county whose name, county or code holds every word.

    In three queries, of however many: objects are made only of the first found, a country may have 35,000.
    """
    wanted = [word for word in fold(words).split() if word not in KIND_WORDS]
    counties = County.objects.filter(region__country=country)
    if county:
        counties = counties.filter(code=county)
    above = {key: fold(name) for key, name in counties.values_list("pk", "name")}
    periods = periods_on().filter(county__in=list(above)).order_by()
    # Codes stand in another table: they are fetched only when somebody looks for one.
    codes = ["municipality__code"] if any(character.isdigit() for character in words) else []
    found = []
    for key, county_key, name, *code in periods.values_list("pk", "county", "name", *codes):
        text = " ".join([fold(name), above[county_key], *code])
        if all(word in text for word in wanted):
            found.append(key)
            if len(found) == MOST_FOUND:
                break
    return list(periods_on().filter(pk__in=found))


# --- figures


def newest_known(indicator: str, municipalities: Iterable[int]) -> dict[int, Observation]:
    """Return the newest known figure of each municipality with its release, by its number; in one query."""
    rows = (
        Observation.objects.filter(
            indicator__key=indicator, value__isnull=False, municipality__in=list(municipalities)
        )
        .select_related("release")
        .order_by("period", "release__retrieved_on", "release_id")
    )
    return {row.municipality_id: row for row in rows}


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
