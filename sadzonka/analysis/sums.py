"""Weighted means of what is known, exact before they are rounded (method, section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.column import Column, Flags, Wholes
from sadzonka.analysis.practice import DIMENSIONS, Practice
from sadzonka.analysis.result import whole_weight
from sadzonka.analysis.shares import BILLION, Floats

_NUMBER = {name: number for number, name in enumerate(DIMENSIONS)}


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """A criterion: its dimension's number, its whole weight, values in whole billionths, where known."""

    dimension: int
    weight: float
    lower: Wholes
    upper: Wholes
    is_known: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What the values of a practice's criteria add to, by dimension, in whole billionths times whole weights.

    Three sums are made: of the lower ends, of the upper ends, and of the knowledge, a whole value where
    something is known and none elsewhere. `start` (3, 5) is what is the same in all places: criteria about
    which nothing is known anywhere. `totals` (5,) are the whole weights together, 1 without any criterion.
    Sums up to 2**53 are exact in any order; why their means are, see `dimension_intervals`.

    >>> Sums.of(Practice((), ()), {}).start[:, 0].tolist()
    [0.0, 1000000000.0, 0.0]
    """

    totals: Floats
    start: Floats
    known: tuple[_Known, ...]

    @classmethod
    def of(cls, practice: Practice, columns: Mapping[str, Column], *, compiled: bool = False) -> Sums:
        """Take the columns, by the keys of their criteria, through the value functions.

        >>> from sadzonka.analysis import Criterion, ValueFunction
        >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
        >>> Sums.of(Practice((), (will,)), {"will": Column("will", [2], [3])}).known[0].upper.tolist()
        [600000000]
        """
        totals, unknown, known = [0.0] * len(DIMENSIONS), [0.0] * len(DIMENSIONS), []
        for one in practice.criteria:
            dimension, weight = _NUMBER[one.dimension], float(whole_weight(one))
            totals[dimension] += weight
            if column := columns.get(one.key):
                values = column.values(one.value_function, compiled=compiled)
                known.append(_Known(dimension, weight, *values, column.is_known))
            else:
                unknown[dimension] += weight
        upper = [BILLION * (part if total else 1.0) for part, total in zip(unknown, totals, strict=True)]
        start = np.array([[0.0] * len(DIMENSIONS), upper, [0.0] * len(DIMENSIONS)])
        return cls(np.array([total or 1.0 for total in totals]), start, tuple(known))

    def fill_means(self, rows: slice, ends: Floats, knowledge: Floats) -> None:
        """Fill both ends (2, 5, m) of the dimensions at some places, and how much is known of them (5, m).

        >>> ends, knowledge = np.empty((2, 5, 1)), np.empty((5, 1))
        >>> Sums.of(Practice((), ()), {}).fill_means(slice(0, 1), ends, knowledge)
        >>> ends[:, 0].tolist(), knowledge[0].tolist()
        ([[0.0], [1.0]], [0.0])
        """
        lower, upper = ends
        for sums, start in zip((lower, upper, knowledge), self.start, strict=True):
            sums[:] = start[:, np.newaxis]
        for one in self.known:
            lower[one.dimension] += one.lower[rows] * one.weight
            upper[one.dimension] += one.upper[rows] * one.weight
            knowledge[one.dimension] += one.is_known[rows] * (BILLION * one.weight)
        for sums in (lower, upper, knowledge):
            np.divide(sums, self.totals[:, np.newaxis], out=sums)
            np.divide(np.rint(sums, out=sums), BILLION, out=sums)

    def stacked(self, rows: slice) -> tuple[NDArray[np.int32], Flags]:
        """Values (2, J, m) and where they are known (J, m) of J criteria at some places, for a kernel.

        >>> [array.shape for array in Sums.of(Practice((), ()), {}).stacked(slice(0, 7))]
        [(2, 0, 7), (0, 7)]
        """
        shape = len(self.known), rows.stop - rows.start
        values, is_known = np.empty((2, *shape), np.int32), np.empty(shape, np.bool_)
        for j, one in enumerate(self.known):
            values[0, j], values[1, j] = one.lower[rows], one.upper[rows]
            is_known[j] = one.is_known[rows]
        return values, is_known

    @property
    def weighed(self) -> tuple[NDArray[np.intp], Floats, Floats, Floats]:
        """Number of the dimension (J,) and weight (J,) of each known criterion, start and totals.

        >>> [array.shape for array in Sums.of(Practice((), ()), {}).weighed]
        [(0,), (0,), (3, 5), (5,)]
        """
        numbers = np.array([one.dimension for one in self.known], np.intp)
        return numbers, np.array([one.weight for one in self.known], np.float64), self.start, self.totals
