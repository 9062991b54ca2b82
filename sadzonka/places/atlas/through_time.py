"""A municipality through time: its indicators as series with charts, and what happened to its territory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from sadzonka.places.atlas.browsing import RegionalSeries, decimals_of, regional_series
from sadzonka.places.atlas.charts import LineChart, Value, line_chart
from sadzonka.places.models import Indicator, Municipality, Period, RegionalObservation, Release, Succession
from sadzonka.places.queries import Place, indicators_with_parts
from sadzonka.places.series.points import How, Point
from sadzonka.places.series.time import all_series

MIXED = (How.SUM, How.BEFORE_CHANGE)


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of a municipality: a point per year, the newest first, and its chart."""

    indicator: Indicator
    points: tuple[Point, ...]
    chart: LineChart | None

    @property
    def newest(self) -> Point:
        """The newest known point; the newest of all when none is known."""
        return next((point for point in self.points if point.is_known), self.points[0])

    @property
    def decimals(self) -> str:
        return decimals_of(self.indicator)

    @property
    def is_newest_unknown(self) -> bool:
        """Whether a year after the newest known figure is secret, missing or cannot be told."""
        return self.points[0].year > self.newest.year


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a municipality on a day; `is_rough` when only the year is about right."""

    day: dt.date
    text: str
    is_rough: bool
    municipality: Municipality | None = None


def series_of_place(place: Place, key: str = "") -> list[Series]:
    """Return every indicator of a municipality in its present territory, or the one of that key.

    In the order of the catalogue; in two queries, whatever the number of indicators and years.
    """
    wanted = [one for one in indicators_with_parts() if key in {"", one.key}]
    number, years = place.municipality.pk, [change.day.year for change in changes_of(place)]
    found = all_series([number], wanted, territory=place.territory)[number]
    return [
        Series(one, points[::-1], line_chart((_value(point, one.decimals) for point in points), years))
        for one in wanted
        if (points := found.get(one.pk))
    ]


def _value(point: Point, decimals: int) -> Value:
    """Return what is drawn of a point, rounded as it is written: what reads the same is drawn the same."""
    return Value(
        point.year,
        None if point.value is None else round(point.value, decimals),
        is_qualified=bool(point.status) or point.how in MIXED,
        is_other_territory=not point.is_of_present_territory,
    )


def changes_of(place: Place) -> list[Change]:
    """Return what happened to the territory, the name and the type of a municipality, the oldest first."""
    return sorted(
        [*_changes_of_name(place.periods), *_changes_of_territory(place)], key=lambda change: change.day
    )


def _changes_of_name(periods: Sequence[Period]) -> Iterator[Change]:
    for before, after in pairwise(periods):
        if after.valid_from is None:
            continue
        said = []
        if before.name != after.name:
            said.append(_("renamed from %(before)s to %(after)s") % {"before": before, "after": after})
        if before.kind != after.kind:
            kinds = {"before": before.get_kind_display(), "after": after.get_kind_display()}
            said.append(_("type changed from %(before)s to %(after)s") % kinds)
        if before.county_id != after.county_id:
            counties = {"before": before.county, "after": after.county}
            said.append(_("moved from %(before)s to %(after)s") % counties)
        if said:
            yield Change(after.valid_from, "; ".join(said), after.is_dated_roughly)


def _changes_of_territory(place: Place) -> Iterator[Change]:
    for one in place.origins:
        yield Change(one.happened_on, _origin(one.kind), is_rough=False, municipality=one.predecessor)
    for one in place.successors:
        yield Change(one.happened_on, _succession(one.kind), is_rough=False, municipality=one.successor)


def endings_of(place: Place) -> list[Succession]:
    """Return what took the place of a municipality that is gone; one that gave away a part is still there."""
    return [one for one in place.successors if one.kind != Succession.Kind.SPLIT]


def _origin(kind: str) -> str:
    return {
        "merger": _("took in the whole of"),
        "split": _("received a part of"),
        "renumbering": _("received a new code; before, the same territory was"),
    }[kind]


def _succession(kind: str) -> str:
    return {
        "merger": _("became part of"),
        "split": _("gave a part to"),
        "renumbering": _("received a new code; since then the same territory is"),
    }[kind]


# --- beside it: the region and the country


@dataclass(frozen=True, slots=True)
class Context:
    """The same indicator of the region or of the whole country."""

    name: str
    series: RegionalSeries


def contexts_of(place: Place, indicator: Indicator) -> list[Context]:
    """Return what offices publish of an indicator for the region and the country; in two queries."""
    region, country = place.period.county.region, place.municipality.country
    found = [
        (str(region), regional_series(country.code, region, [indicator])),
        (str(country.name), regional_series(country.code, None, [indicator])),
    ]
    return [Context(name, one) for name, series in found for one in series]


@dataclass(frozen=True, slots=True)
class Row:
    """One year of a table: the point of the municipality, the regional figures beside it, its sources."""

    point: Point
    beside: tuple[RegionalObservation | None, ...]
    sources: tuple[int, ...]


def rows_of(series: Series, contexts: Iterable[Context], releases: Sequence[Release]) -> list[Row]:
    """Return the years of a series, the newest first, with the regional figures of the same years.

    Sources are the places of their releases in the list of `releases`, counted from one.
    """
    columns = [{figure.period: figure for figure in one.series.figures} for one in contexts]
    places = {release: place for place, release in enumerate(releases, start=1)}
    return [
        Row(
            point,
            tuple(column.get(point.year) for column in columns),
            tuple(sorted({places[row.release] for row in point.rows})),
        )
        for point in series.points
    ]


def releases_of(series: Series) -> list[Release]:
    """Return the releases that a series rests on, those of the newest years first."""
    return list(dict.fromkeys(row.release for point in series.points for row in point.rows))


# --- a table to take along

COLUMNS = (
    "country",
    "code",
    "name",
    "indicator",
    "year",
    "value",
    "unit",
    "status",
    "how",
    "remark",
    "publisher",
    "release",
    "licence",
    "retrieved_on",
)


def table_of(place: Place, series: Iterable[Series]) -> Iterator[tuple[object, ...]]:
    """Yield a row per indicator and year under COLUMNS; a value that is not known is empty."""
    for one in series:
        for point in one.points:
            release = point.release if point.rows else None
            yield (
                place.municipality.country_id,
                place.municipality.code,
                place.period.name,
                one.indicator.key,
                point.year,
                point.value,
                str(one.indicator.unit),
                point.status_in_words,
                str(point.how),
                point.reason,
                release.publisher if release else "",
                str(release.title) if release else "",
                release.licence if release else "",
                release.retrieved_on.isoformat() if release else "",
            )
