"""A map without tiles: circles at coordinates, sized by population."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sadzonka.places.models import Observation, Period

WIDTH = 800
MARGIN = 28
SMALLEST, LARGEST = 4.0, 40.0
LABELS = 7


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
    def label_y(self) -> float:
        return round(self.y - self.radius - 5, 1)


@dataclass(frozen=True, slots=True)
class CircleMap:
    """The circles, the largest first so that small ones stay on top."""

    width: int
    height: int
    circles: tuple[Circle, ...]

    @property
    def labelled(self) -> tuple[Circle, ...]:
        """The few largest, which carry their names."""
        return self.circles[:LABELS]


def populations_of(periods: Iterable[Period]) -> dict[int, float]:
    """Return the newest population of each municipality that has one, in one query."""
    rows = Observation.objects.filter(
        indicator__key="population",
        value__isnull=False,
        municipality__in=[period.municipality_id for period in periods],
    ).order_by("period", "release__retrieved_on")
    return {row.municipality_id: row.value for row in rows if row.value is not None}


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
