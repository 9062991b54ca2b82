"""From a reading in its own units to a value between 0 and 1 (method, sections 1 and 3)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from sadzonka.analysis.checks import MethodError, finite_number, numbers
from sadzonka.analysis.shares import Floats

Interval: TypeAlias = tuple[float, float]

_VALUE = itemgetter(1)


@dataclass(frozen=True, slots=True)
class ValueFunction:
    """Piecewise-linear value function through `points`, level beyond its first and last point.

    `points` are pairs (reading in the indicator's units, value in [0, 1]), at least two, readings
    strictly rising. The values are monotone or single-peaked; anything else raises `MethodError`.
    Source of the form: additive value measurement on fixed scales (Keeney & Raiffa).

    >>> likeness = ValueFunction(((50, 0), (75, 1), (90, 0.5)))
    >>> likeness(70)
    0.8
    >>> ValueFunction(((0, 1), (5, 0), (10, 1)))
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: value function: values fall and rise again at 5.0
    """

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        """Keep the points as floats and refuse a shape that an interval cannot pass through exactly."""
        name = "value function"
        points = tuple((finite_number(name, x), finite_number(name, value)) for x, value in self.points)
        if len(points) < 2:  # noqa: PLR2004
            raise MethodError(name, "needs at least two points")
        has_fallen = False
        for (x, value), (next_x, next_value) in pairwise(points):
            if next_x <= x:
                raise MethodError(name, f"readings must rise, but {next_x} follows {x}")
            if has_fallen and next_value > value:
                raise MethodError(name, f"values fall and rise again at {x}")
            has_fallen = has_fallen or next_value < value
        for _, value in points:
            if not 0 <= value <= 1:
                raise MethodError(name, f"value {value} is outside 0 to 1")
        object.__setattr__(self, "points", points)

    def __call__(self, reading: float) -> float:
        """Return the value in [0, 1] of one finite reading in the indicator's units.

        >>> ValueFunction(((50, 1), (75, 0.8), (90, 0.5), (100, 0)))(60)
        0.92
        """
        points = self.points
        after = bisect_right(points, (reading, 1.0))
        if after == 0:
            return points[0][1]
        if after == len(points):
            return points[-1][1]
        (x, value), (next_x, next_value) = points[after - 1], points[after]
        return value + (next_value - value) * ((reading - x) / (next_x - x))

    def over(self, reading: Interval) -> Interval:
        """Return the least and the greatest value over a reading [l, u], exact also across a peak.

        A monotone or single-peaked function has its minimum at an end of any interval; its maximum
        is at an end or, when it lies between them, at the peak.

        >>> ValueFunction(((50, 0), (75, 1), (90, 0.5))).over((70, 80))
        (0.8, 1.0)
        """
        lower, upper = reading
        at_lower, at_upper = self(lower), self(upper)
        x, value = self.peak
        return min(at_lower, at_upper), max(at_lower, at_upper, value if lower < x < upper else 0.0)

    @property
    def peak(self) -> tuple[float, float]:
        """The first point of the greatest value.

        >>> ValueFunction(((50, 0), (75, 1), (80, 1), (90, 0.5))).peak
        (75.0, 1.0)
        """
        return max(self.points, key=_VALUE)

    def of_each(self, readings: ArrayLike) -> Floats:
        """Return the values in [0, 1] of many readings (n,), each to the bit as from a call with it.

        NaN, a missing reading, gives NaN.

        >>> ValueFunction(((50, 1), (75, 0.8), (90, 0.5), (100, 0))).of_each([60, 90, 120]).tolist()
        [0.92, 0.5, 0.0]
        """
        (first, value), (last, last_value) = self.points[0], self.points[-1]
        x = np.clip(numbers("readings", readings), first, last)
        values = np.full(x.shape, value)
        for (start, value), (end, next_value) in pairwise(self.points):
            part = value + (next_value - value) * ((x - start) / (end - start))
            values = np.where(x < start, values, part)
        return np.where(x == last, last_value, values)

    def over_each(self, lower: ArrayLike, upper: ArrayLike) -> tuple[Floats, Floats]:
        """Return the least and greatest values, (n,) each, over readings [l, u] given by their ends (n,).

        Each pair is to the bit that of `over`; ends that are NaN give NaN.

        >>> ends = ValueFunction(((50, 0), (75, 1), (90, 0.5))).over_each([70, 60], [80, 60])
        >>> [end.tolist() for end in ends]
        [[0.8, 0.4], [1.0, 0.4]]
        """
        low, high = numbers("lower", lower), numbers("upper", upper)
        at_lower, at_upper = self.of_each(low), self.of_each(high)
        x, value = self.peak
        greatest = np.maximum(at_lower, at_upper)
        np.maximum(greatest, value, out=greatest, where=(low < x) & (x < high))
        return np.minimum(at_lower, at_upper), greatest
