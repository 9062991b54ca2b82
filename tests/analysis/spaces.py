"""Small spaces of places in eighths of a scale, as tests of likeness make them."""

from __future__ import annotations

import numpy as np

from sadzonka.analysis import Box, Kind, Scale, Space, distances

NAN = float("nan")
GAP = (NAN, NAN)
EIGHTHS = 8
Reading = tuple[float, float]


def unit_scales(count: int, weights: list[float] | None = None) -> list[Scale]:
    return [Scale(f"v{j}", 0, EIGHTHS, weight=weights[j] if weights else 1) for j in range(count)]


def space_of(readings: list[list[Reading]], kinds: list[list[int]] | None = None, **given: object) -> Space:
    """Make a space of eighths: readings by place and scale, kinds by place and sort."""
    ends = np.array(readings, dtype=float).reshape(len(readings), -1, 2)
    scales = given.get("scales") or unit_scales(ends.shape[1])
    sorts = given.get("sorts") or [Kind(f"k{j}") for j in range(len(kinds[0]) if kinds else 0)]
    return Space.of(scales, ends[:, :, 0], ends[:, :, 1], sorts, kinds)


def ends(space: Space, place: int | Box) -> tuple[list[float], list[float]]:
    found = distances(space, place)
    return found.lower.tolist(), found.upper.tolist()
