"""What the two ends of many intervals give: scores, shares of weightings, classes (method, sections 4, 5)."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, finite_number, numbers, whole_number
from sadzonka.analysis.compiled import kernels
from sadzonka.analysis.practice import DIMENSIONS
from sadzonka.analysis.shares import (
    BILLION,
    DECIMALS,
    ROWS_AT_ONCE,
    Floats,
    classes,
    fill_shares,
    scores,
    under_floor,
)
from sadzonka.analysis.weights import SIMPLEX, WeightSet


@dataclass(frozen=True, slots=True)
class Ends:
    """For n intervals; index 0 of the first axis is the lower end, 1 the upper.

    `score` (2, n) and `shares` (2, T, n), one per threshold, within [0, 1] to 9 decimals; `class_interval`
    (2, n) int8, indices in `CLASSES`; `is_capped` (2, n), whether a dimension is under its floor.

    >>> Ends.of_so_many(7).shares.shape
    (2, 3, 7)
    """

    score: Floats
    shares: Floats
    class_interval: NDArray[np.int8]
    is_capped: NDArray[np.bool_]

    @classmethod
    def of_so_many(cls, count: int, thresholds: int = 3) -> Ends:
        """Return arrays for `count` intervals that are still to be filled.

        >>> Ends.of_so_many(7).is_capped.dtype
        dtype('bool')
        """
        score, shares = np.empty((2, count)), np.empty((2, thresholds, count))
        return cls(score, shares, np.empty((2, count), np.int8), np.empty((2, count), np.bool_))

    def part(self, rows: slice) -> Ends:
        """Return the same arrays for some of the intervals, not copied.

        >>> Ends.of_so_many(7).part(slice(2, 4)).score.shape
        (2, 2)
        """
        parts = self.score[:, rows], self.shares[:, :, rows]
        return Ends(*parts, self.class_interval[:, rows], self.is_capped[:, rows])

    @property
    def arrays(self) -> tuple[Floats, Floats, NDArray[np.int8], NDArray[np.bool_]]:
        """The arrays, as a kernel takes them.

        >>> len(Ends.of_so_many(7).arrays)
        4
        """
        return self.score, self.shares, self.class_interval, self.is_capped


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the ends are judged: the weight set, rising thresholds (T,) and floors per dimension (5,).

    >>> Rules(SIMPLEX, (0.35, 0.55, 0.75), (0.0,) * 5).weights.kind
    'simplex'
    """

    weights: WeightSet
    thresholds: tuple[float, ...]
    floors: tuple[float, ...]

    @property
    def arrays(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Mean weights (5,), thresholds (T,), these in whole billionths, floors (5,) and corners (5, 5).

        >>> Rules(SIMPLEX, (0.35, 0.55, 0.75), (0.0,) * 5).arrays[1].tolist()
        [0.35, 0.55, 0.75]
        """
        thresholds, floors = (np.array(row, np.float64) for row in (self.thresholds, self.floors))
        corners = np.array(self.weights.vertices)
        return np.array(self.weights.centroid), thresholds, np.rint(thresholds * BILLION), floors, corners


def ends_of(
    dimensions: ArrayLike,
    thresholds: tuple[float, ...],
    floors: tuple[float, ...] = (0.0,) * len(DIMENSIONS),
    weights: WeightSet = SIMPLEX,
    *,
    compiled: bool = False,
    threads: int = 1,
) -> Ends:
    """Score, shares and class at both ends of n intervals of the five dimensions (2, 5, n), within [0, 1].

    All is rounded to 9 decimals first, so ties are ties. `compiled` gives the same bits by Numba; `threads`,
    at most one per core, share the rows. Another shape, values outside 0 to 1, a lower end above the upper
    one, thresholds that do not rise and another number of floors raise `MethodError`.
    Source: method, sections 4 and 5.

    >>> worked = [[[0.7], [0.45], [0.6], [0.0], [0.55]], [[0.7], [0.45], [0.6], [1.0], [0.55]]]
    >>> ends = ends_of(worked, (0.35, 0.55, 0.75))
    >>> ends.score[:, 0].tolist(), ends.shares[:, 1, 0].round(3).tolist(), ends.class_interval[:, 0].tolist()
    ([0.46, 0.66], [0.179, 0.952], [1, 2])
    """
    values = numbers("dimensions", dimensions)
    if values.ndim != 3 or values.shape[:2] != (2, len(DIMENSIONS)):  # noqa: PLR2004
        raise MethodError("dimensions", f"two ends of {len(DIMENSIONS)} rows are needed, not {values.shape}")
    rules = Rules(weights, _rounded("thresholds", thresholds), _rounded("floors", floors))
    if any(after <= before for before, after in pairwise(rules.thresholds)):
        raise MethodError("thresholds", f"{thresholds} do not rise")
    if len(rules.floors) != len(DIMENSIONS):
        raise MethodError("floors", f"{len(DIMENSIONS)} are needed, not {len(rules.floors)}")
    ends = Ends.of_so_many(values.shape[2], len(rules.thresholds))

    def judge(rows: slice) -> None:
        lower, upper = values[:, :, rows]
        if not ((lower >= 0) & (lower <= upper) & (upper <= 1)).all():
            raise MethodError("dimensions", "0 <= lower end <= upper end <= 1 is needed everywhere")
        part = np.round(values[:, :, rows], DECIMALS)
        if compiled:
            kernels("ends").fill_ends(part, rows.start, rules.arrays, ends.arrays)
        else:
            fill_ends(part, rules, ends.part(rows))

    in_parts(values.shape[2], judge, threads)
    return ends


def fill_ends(dimensions: Floats, rules: Rules, ends: Ends) -> None:
    """Fill `ends` for intervals (2, 5, m) whose values are whole billionths within [0, 1].

    >>> ends = Ends.of_so_many(1, thresholds=1)
    >>> fill_ends(np.full((2, 5, 1), 0.5), Rules(SIMPLEX, (0.5,), (0.6, 0, 0, 0, 0)), ends)
    >>> ends.shares.tolist(), ends.is_capped.tolist()
    ([[[1.0]], [[1.0]]], [[True], [True]])
    """
    by_row = np.moveaxis(dimensions, 1, -1)
    is_whole = rules.weights.kind == "simplex"  # then the scores at the corners are the dimensions
    y = dimensions if is_whole else np.moveaxis(rules.weights.image(by_row), -1, 1)
    ends.score[:] = scores(by_row, rules.weights.centroid)
    ends.is_capped[:] = under_floor(by_row, rules.floors)
    ends.class_interval[:] = classes(ends.score, rules.thresholds, ends.is_capped)
    cuts = np.rint(np.array(rules.thresholds) * BILLION)
    for end in (0, 1):
        fill_shares(np.rint(y[end] * BILLION), cuts, ends.shares[end])
    np.round(ends.shares, DECIMALS, out=ends.shares)


def in_parts(count: int, work: Callable[[slice], None], threads: int = 1) -> None:
    """Have `work` done on 0 to `count` in parts that stay in a core's cache, by at most one thread per core.

    >>> in_parts(10_000, print)
    slice(0, 8192, None)
    slice(8192, 10000, None)
    """
    whole_number("threads", threads, least=1)
    parts = [slice(at, min(at + ROWS_AT_ONCE, count)) for at in range(0, count, ROWS_AT_ONCE)]
    if threads == 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(min(threads, os.cpu_count() or 1)) as pool:
        for _ in pool.map(work, parts):
            pass


def _rounded(name: str, row: tuple[float, ...]) -> tuple[float, ...]:
    array = numbers(name, row)
    if array.ndim != 1:
        raise MethodError(name, "a row of finite numbers is needed")
    return tuple(round(finite_number(name, one), DECIMALS) for one in array.tolist())
