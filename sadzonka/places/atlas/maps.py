"""Maps without tiles: imported boundaries where there are some, else circles sized by population."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils import timezone

from sadzonka.places.atlas.browsing import Listed, Part
from sadzonka.places.atlas.labels import Label, labels
from sadzonka.places.atlas.outlines import Outline, Outlined, OutlineMap, Polygons, outline_map
from sadzonka.places.models import Boundary, Country, County, Observation, Period, Region
from sadzonka.places.queries import periods_on
from sadzonka.places.versions import territory_version

WIDTH = 800
MARGIN = 28
SMALLEST, LARGEST = 4.0, 40.0
LABELS = 7
FEW = 16


@dataclass(frozen=True, slots=True)
class Circle:
    """One municipality on the map, in the units of the drawing."""

    period: Period
    x: float
    y: float
    radius: float
    population: float | None
    is_found: bool

    @property
    def label(self) -> Label:
        return Label(self.period.name, self.x, round(self.y - self.radius - 5, 1))


@dataclass(frozen=True, slots=True)
class CircleMap:
    """The circles, the largest first so that small ones stay on top."""

    width: int
    height: int
    circles: tuple[Circle, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The names of a few, the largest first."""
        return labels((circle.label for circle in self.circles), self.width, LABELS)


def populations_of(periods: Iterable[Period]) -> dict[int, float]:
    """Return the newest population of each municipality that has one, in one query."""
    return _populations([period.municipality_id for period in periods])


def _populations(municipalities: Sequence[int]) -> dict[int, float]:
    known = Observation.objects.filter(
        indicator__key="population", value__isnull=False, municipality__in=municipalities
    )
    rows = known.order_by("period", "release__retrieved_on").values_list("municipality", "value")
    return {municipality: value for municipality, value in rows if value is not None}


def circle_map(
    periods: Iterable[Period], populations: Mapping[int, float], found: Collection[int] = ()
) -> CircleMap | None:
    """Place the municipalities that have coordinates and mark those found; None when there are none.

    An equirectangular projection at the mean latitude; areas of circles are proportional to population.
    """
    placed = [period for period in periods if period.municipality.latitude is not None]
    if not placed:
        return None
    latitudes = [period.municipality.latitude or 0.0 for period in placed]
    longitudes = [period.municipality.longitude or 0.0 for period in placed]
    squeeze = math.cos(math.radians(sum(latitudes) / len(latitudes)))
    across = max((max(longitudes) - min(longitudes)) * squeeze, 0.01)
    scale = (WIDTH - 2 * MARGIN) / across
    height = round((max(latitudes) - min(latitudes)) * scale + 2 * MARGIN)
    most = max(populations.values(), default=1.0)
    circles = [
        Circle(
            period,
            x=round(MARGIN + ((period.municipality.longitude or 0.0) - min(longitudes)) * squeeze * scale, 1),
            y=round(MARGIN + (max(latitudes) - (period.municipality.latitude or 0.0)) * scale, 1),
            radius=round(
                max(SMALLEST, LARGEST * math.sqrt(populations.get(period.municipality_id, 0.0) / most)), 1
            ),
            population=populations.get(period.municipality_id),
            is_found=period.municipality_id in found,
        )
        for period in placed
    ]
    return CircleMap(WIDTH, height, tuple(sorted(circles, key=lambda circle: -circle.radius)))


# --- boundaries


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of outlines, who drew the boundaries, and how many places could not be put on it."""

    outlines: OutlineMap | None
    bounded: int
    missing: int
    sources: tuple[str, ...]

    @property
    def tag(self) -> str:
        """What changes when the drawing does."""
        paths = "".join(one.key + one.path for one in self.outlines.outlines) if self.outlines else ""
        return hashlib.sha256(paths.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Link:
    """Where an area leads; `words` tell apart what has the same name."""

    name: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a map and where it leads."""

    outline: Outline
    link: Link

    @property
    def label(self) -> Label:
        return Label(self.link.name, self.outline.x, self.outline.y)


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Areas that lead somewhere; the few largest places, or all where there are few, carry their names."""

    width: int
    height: int
    areas: tuple[Area, ...]
    labels: tuple[Label, ...]
    drawing: Drawing


def area_map(
    drawing: Drawing, links: Mapping[str, Link], weights: Mapping[str, float] | None = None
) -> AreaMap | None:
    """Give the areas of a drawing their links, by key; None when nothing can be drawn.

    Names stand on the areas that weigh most, without weights on all: on those that have room for theirs.
    """
    if drawing.outlines is None:
        return None
    areas = tuple(Area(one, links[one.key]) for one in drawing.outlines.outlines if one.key in links)
    width, height = drawing.outlines.width, drawing.outlines.height
    weighty = sorted(areas, key=lambda area: -weights.get(area.outline.key, 0.0)) if weights else areas
    most = LABELS if weights and len(areas) > FEW else len(areas)
    return AreaMap(width, height, areas, labels((area.label for area in weighty), width, most), drawing)


def drawing_of(within: Country | Region | County, by: str) -> Drawing:
    """Return the map of a country by "region", of a region by "county", of any of them by "municipality".

    It is drawn once and remembered until territory or boundaries change, or another day comes; two queries
    when it is.
    """
    boundary = Boundary.objects.aggregate(newest=Max("pk"))["newest"] or 0
    scope = (within._meta.model_name or "", within.pk)
    return _drawing(scope, by, timezone.localdate(), (boundary, *territory_version()))


def map_by_region(country: Country, parts: Iterable[Part]) -> AreaMap | None:
    """Return the map of a country whose regions lead to their pages; two queries when it is remembered."""
    return area_map(drawing_of(country, "region"), _links(parts))


def map_by_county(region: Region, parts: Iterable[Part]) -> AreaMap | None:
    """Return the map of a region whose counties lead to their pages."""
    return area_map(drawing_of(region, "county"), _links(parts))


def _links(parts: Iterable[Part]) -> dict[str, Link]:
    return {part.place.code: Link(part.place.name, str(part.place), part.url) for part in parts}


def municipalities_map(within: Region | County, found: Sequence[Listed]) -> AreaMap | CircleMap | None:
    """Return the boundaries of municipalities where any are known, else circles; three or four queries."""
    drawing = drawing_of(within, "municipality")
    if not drawing.bounded:
        inside = periods_on().filter(**{INSIDE[within._meta.model_name or ""]: within})
        periods = list(inside.select_related(None).select_related("municipality"))  # a circle says no more
        return circle_map(periods, populations_of(periods))
    populations = _populations([one.number for one in found])
    links = {one.code: Link(one.name, one.words, one.url) for one in found}
    return area_map(drawing, links, {one.code: populations.get(one.number, 0.0) for one in found})


KEYS = {"region": "county__region__code", "county": "county__code", "municipality": "municipality__code"}
INSIDE = {"country": "county__region__country", "region": "county__region", "county": "county"}


@lru_cache(maxsize=64)
def _drawing(scope: tuple[str, str | int], by: str, day: dt.date, version: tuple[object, ...]) -> Drawing:
    kind, key = scope
    periods = periods_on(day).filter(**{INSIDE[kind]: key}, municipality__is_invented=False)
    polygons, sources = _newest_boundaries(periods.values("municipality"))
    fields = ("municipality", KEYS[by], "municipality__longitude", "municipality__latitude")
    outlined = [
        Outlined(key, polygons.get(municipality, ()), _point(longitude, latitude))
        for municipality, key, longitude, latitude in periods.order_by(*fields[1::-1]).values_list(*fields)
    ]
    missing = sum(not one.polygons and one.point is None for one in outlined)
    return Drawing(outline_map(outlined), sum(bool(one.polygons) for one in outlined), missing, sources)


def _newest_boundaries(
    municipalities: QuerySet[Period, Any],
) -> tuple[dict[int, Polygons], tuple[str, ...]]:
    """Return the boundaries drawn last by municipality, and the releases that they are from."""
    rows = (
        Boundary.objects.filter(municipality__in=municipalities)
        .order_by(F("release__as_of").asc(nulls_first=True), "release__retrieved_on", "release_id")
        .values_list("municipality", "polygons", "release__publisher", "release__title", "release__period")
    )
    polygons: dict[int, Polygons] = {}
    sources: dict[int, tuple[str, str, str]] = {}
    for municipality, drawn, *source in rows:
        polygons[municipality] = drawn
        sources[municipality] = (source[0], source[1], source[2])
    return polygons, tuple(sorted(_source(*one) for one in set(sources.values())))


def _source(publisher: str, title: str, period: str) -> str:
    """Return who drew boundaries, without what is not known of it."""
    named = f"{publisher}: {title}" if publisher else title
    return f"{named} ({period})" if period else named


def _point(longitude: float | None, latitude: float | None) -> tuple[float, float] | None:
    return None if longitude is None or latitude is None else (longitude, latitude)
