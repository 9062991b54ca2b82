"""Maps drawn from imported boundaries: outlines on a grid of pixels, small enough to stand in a page."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Polygons = Sequence[Sequence[Sequence[Sequence[float]]]]  # polygons of rings of [longitude, latitude]
Degrees = npt.NDArray[np.float64]  # points_by_longitude_and_latitude
Pixels = npt.NDArray[np.int64]  # points_by_x_and_y

WIDTH, TALLEST, MARGIN = 800, 1000, 12
MOST_BYTES = 60_000  # of the paths of one map
GRIDS = (1, 2, 3, 4, 6, 8, 12, 16, 24)  # in pixels, the finest first
DOT = 4
SMALLEST_DEGREES = 0.01  # what a map of one point spans


@dataclass(frozen=True, slots=True)
class Outlined:
    """What is to be drawn under a key: the polygons of a boundary, or where there is none a point."""

    key: str
    polygons: Polygons = ()
    point: tuple[float, float] | None = None  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a map: the data of an SVG path, and where its name stands."""

    key: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class OutlineMap:
    """The areas of one drawing; they are filled by the even-odd rule."""

    width: int
    height: int
    outlines: tuple[Outline, ...]


@dataclass(slots=True)
class _Area:
    rings: list[Degrees] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)

    def take(self, one: Outlined) -> None:
        rings = [np.array(ring, dtype=float)[:, :2] for polygon in one.polygons for ring in polygon if ring]
        self.rings += rings
        if not rings and one.point is not None:
            self.points.append(one.point)

    @property
    def corners(self) -> list[Degrees]:
        return [*self.rings, np.array(self.points, dtype=float)] if self.points else self.rings


@dataclass(frozen=True, slots=True)
class _Projection:
    """Equirectangular at the middle latitude, north up."""

    west: float
    north: float
    across: float  # pixels per degree of longitude
    down: float  # pixels per degree of latitude

    def pixels(self, degrees: Degrees, grid: int) -> Pixels:
        placed = (degrees - (self.west, self.north)) * (self.across, -self.down)
        return np.rint(placed / grid).astype(np.int64) * grid + MARGIN


def outline_map(found: Iterable[Outlined]) -> OutlineMap | None:
    """Draw what carries the same key as one area, without the lines inside it; None when there is nothing.

    Every corner moves to the same grid of pixels, so that neighbours keep their common line. Where the paths
    would pass 60 kB the grid gets coarser. What has no boundary becomes a dot.
    """
    areas: dict[str, _Area] = {}
    for one in found:
        areas.setdefault(one.key, _Area()).take(one)
    drawn = {key: area for key, area in areas.items() if area.corners}
    if not drawn:
        return None
    everything = np.concatenate([corners for area in drawn.values() for corners in area.corners])
    (west, south), (east, north) = everything.min(axis=0), everything.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, SMALLEST_DEGREES), max(north - south, SMALLEST_DEGREES)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
    projection = _Projection(west, north, squeeze * scale, scale)
    for grid in GRIDS:
        outlines = tuple(_outline(key, area, projection, grid) for key, area in drawn.items())
        if sum(len(one.path) for one in outlines) <= MOST_BYTES:
            break
    return OutlineMap(round(wide * scale) + 2 * MARGIN, round(high * scale) + 2 * MARGIN, outlines)


def _outline(key: str, area: _Area, projection: _Projection, grid: int) -> Outline:
    rings = [_without_repeats(projection.pixels(ring, grid)) for ring in area.rings]
    dots = [projection.pixels(np.array([point]), 1)[0] for point in area.points]
    shown = _dissolved(rings)
    middle = _middle(shown or rings, dots)
    if not shown and not dots:
        dots = [middle]  # too small for the grid, and still there
    path = "".join(_ring_path(ring) for ring in shown) + "".join(_dot_path(dot) for dot in dots)
    return Outline(key, path, int(middle[0]), int(middle[1]))


def _without_repeats(ring: Pixels) -> Pixels:
    """Return an open ring whose neighbouring corners differ; one corner of a ring that has become a point."""
    differing = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    return differing if len(differing) else ring[:1]


def _middle(rings: Sequence[Pixels], dots: Sequence[Pixels]) -> Pixels:
    """Return the middle of the largest ring, of all dots where there is none."""
    spans = list(rings) or [np.array(dots)]
    largest = max(spans, key=lambda ring: int(np.prod(np.ptp(ring, axis=0) + 1)))
    return (largest.min(axis=0) + largest.max(axis=0)) // 2


def _dissolved(rings: Sequence[Pixels]) -> list[Pixels]:
    """Return the rings around areas that touch: a line that two of them share is inside and goes.

    So does a line that one of them walks there and back, which the grid makes of a narrow tongue.
    The lines that are left are those walked an odd number of times: every corner has an even number of them,
    so that walking from one to the next always comes back.
    """
    if not rings:
        return []
    ends = np.concatenate([np.hstack([ring, np.roll(ring, -1, axis=0)]) for ring in rings])
    turned = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[turned] = ends[turned][:, [2, 3, 0, 1]]
    lines, counts = np.unique(ends, axis=0, return_counts=True)
    beside: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for left, top, right, bottom in lines[counts % 2 == 1].tolist():
        if (left, top) == (right, bottom):
            continue  # a ring that has become a point
        beside[left, top].add((right, bottom))
        beside[right, bottom].add((left, top))
    walked = []
    for start, further in beside.items():
        while further:
            ring, corner = [], start
            while beside[corner]:
                ring.append(corner)
                following = beside[corner].pop()
                beside[following].discard(corner)
                corner = following
            walked.append(np.array(ring))
    return walked


def _ring_path(ring: Pixels) -> str:
    steps = np.diff(ring, axis=0).ravel().tolist()
    return f"M{ring[0][0]} {ring[0][1]}l" + ("%+d" * len(steps)) % tuple(steps) + "z"


def _dot_path(dot: Pixels) -> str:
    return f"M{dot[0] - DOT // 2} {dot[1] - DOT // 2}h{DOT}v{DOT}h-{DOT}z"
