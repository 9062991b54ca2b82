"""Value functions over columns of readings, in one pass each.

>>> whole = np.empty(2, np.int32)
>>> level = np.array([[0.0, 0.0], [5.0, 1.0]])
>>> fill_of_points(np.array([2.0, 9.0]), np.array([True, True]), level, (whole, whole))
>>> whole.tolist()
[400000000, 1000000000]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import inlined, kernel
from sadzonka.analysis.compiled.shares import BILLION, LANES, Flags, Floats

Wholes = NDArray[np.int32]


@inlined
def value_lanes(readings: Floats, points: Floats, values: Floats) -> None:
    """Values (m,) of readings (m,) by the function through points (P, 2); of NaN, NaN."""
    (first, value), (last, last_value) = points[0], points[-1]
    for i in range(len(readings)):
        values[i] = value
    for segment in range(len(points) - 1):
        start, value = points[segment]
        end, next_value = points[segment + 1]
        for i in range(len(readings)):
            x = min(max(readings[i], first), last)
            values[i] = (
                values[i] if x < start else value + (next_value - value) * ((x - start) / (end - start))
            )
    for i in range(len(readings)):
        values[i] = last_value if readings[i] >= last else values[i]


@inlined
def whole_lanes(values: Floats, is_known: Flags, otherwise: float, whole: Wholes) -> None:
    """Values (m,) in whole billionths, of `otherwise` where nothing is known."""
    for i in range(len(whole)):
        whole[i] = np.int32(np.rint((values[i] if is_known[i] else otherwise) * BILLION))


@kernel
def fill_of_points(readings: Floats, is_known: Flags, points: Floats, ends: tuple[Wholes, Wholes]) -> None:
    """Fill least and greatest values (n,) of readings (n,) that are points where they are known."""
    least, greatest = ends
    values = np.empty(LANES)
    for start in range(0, len(readings), LANES):
        rows = slice(start, min(start + LANES, len(readings)))
        value_lanes(readings[rows], points, values)
        whole_lanes(values, is_known[rows], 1.0, greatest[rows])
        whole_lanes(values, is_known[rows], 0.0, least[rows])


@kernel
def fill_of_intervals(
    readings: tuple[Floats, Floats],
    is_known: Flags,
    points: Floats,
    peak: tuple[float, float],
    ends: tuple[Wholes, Wholes],
) -> None:
    """Fill least and greatest values (n,) over readings (n,) by a function with its peak."""
    lower, upper = readings
    least, greatest = ends
    one, other = np.empty(LANES), np.empty(LANES)
    for start in range(0, len(lower), LANES):
        rows = slice(start, min(start + LANES, len(lower)))
        low, high = lower[rows], upper[rows]
        value_lanes(low, points, one)
        value_lanes(high, points, other)
        for i in range(len(low)):
            top = peak[1] if (low[i] < peak[0]) & (peak[0] < high[i]) else 0.0
            one[i], other[i] = min(one[i], other[i]), max(one[i], other[i], top)
        whole_lanes(one, is_known[rows], 0.0, least[rows])
        whole_lanes(other, is_known[rows], 1.0, greatest[rows])
