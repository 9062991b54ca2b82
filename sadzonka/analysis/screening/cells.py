"""Whether a place is in the central band at its own weighting, by few comparisons with others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.screening.contest import Contest, Flags, padded
from sadzonka.analysis.screening.grid import Grid, Singles, product

_MOST_PER_CELL = 256
_AT_ONCE = 2048  # places that a thread answers for before it takes the next
_ABSENT = -1  # a value that fills up cells: all of them, and the place scores less than nothing


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Values of n places in C cells: `values` (C, columns, m), and `tops` (columns, C), the greatest of each.

    Under no weighting does a place of a cell score more than the cell's tops would. Cells with the greatest
    tops stand first.
    Source: k-d trees, Bentley 1975 (every cell is parted at the median of its widest column).

    >>> cells = Cells.of(np.array([[4095, 0, 7], [0, 4095, 9]], dtype=np.float32), 256)
    >>> cells.tops.tolist()
    [[4095.0], [4095.0]]
    """

    values: Singles
    tops: Singles

    @classmethod
    def of(cls, values: Singles, most: int) -> Cells:
        """Part the places of values (columns, n), whole numbers from 0, until no cell has more than `most`.

        >>> Cells.of(np.zeros((4, 1000), dtype=np.float32), 256).values.shape
        (4, 4, 250)
        """
        columns, n = values.shape
        halvings = max(-(-n // most) - 1, 0).bit_length()
        cells = np.full((1, -(-n // 2**halvings) * 2**halvings, columns), _ABSENT, dtype=np.float32)
        cells[0, :n] = values.T
        for _ in range(halvings):
            half = cells.shape[1] // 2
            widest = np.ptp(cells, axis=1).argmax(axis=1)
            along = np.take_along_axis(cells, widest[:, np.newaxis, np.newaxis], axis=2)
            order = np.argpartition(along, half, axis=1)
            cells = np.take_along_axis(cells, order, axis=1).reshape(-1, half, columns)
        tops = cells.max(axis=1)
        order = np.argsort(-tops.sum(axis=1), kind="stable")
        return cls(np.ascontiguousarray(cells[order].transpose(0, 2, 1)), np.ascontiguousarray(tops[order].T))

    def reached_by_more(self, than: int, weights: Singles, scores: Singles) -> Flags:
        """Whether more `than` so many places reach each score (p,) under its own weights (p, columns).

        Weights and scores are whole numbers from 0, up to 2**24: all sums are exact.

        >>> cells = Cells.of(np.array([[4095, 2000, 7]], dtype=np.float32), 256)
        >>> cells.reached_by_more(1, np.float32([[2], [2]]), np.float32([4000, 4001])).tolist()
        [True, False]
        """
        reached: NDArray[np.int64] = np.zeros(len(scores), dtype=np.int64)
        may_reach = np.ascontiguousarray((product(weights, self.tops) >= scores[:, np.newaxis]).T)
        for cell, may in zip(self.values, may_reach, strict=True):
            rows = np.flatnonzero(may & (reached <= than))
            if rows.size:
                found = product(weights[rows], cell) >= scores[rows, np.newaxis]
                reached[rows] += np.count_nonzero(found, axis=1)
        return reached > than


def confidence(
    contest: Contest,
    weightings: Grid,
    places: NDArray[np.intp],
    spread: Callable[..., Iterable[Any]] = map,
) -> Flags:
    """Whether p places are surely [0], possibly [1] in the central band, each at its own weighting (p, K).

    `places` are their positions among those that compete; the result has shape (2, p). `spread` may do on
    threads what `map` does in turn.

    >>> points = np.array([[4095, 0], [1000, 1000]], dtype=np.uint16)
    >>> contest = Contest.among(points, points, np.zeros(2, dtype=np.bool_), (1,), 1)
    >>> weightings = np.array([[4096, 0], [0, 4096]], dtype=np.uint16)
    >>> confidence(contest, weightings, np.array([0, 0])).tolist()
    [[True, False], [True, False]]
    """
    weights, band = padded(weightings), contest.bands[contest.central]
    most = max(_MOST_PER_CELL, len(contest) // max(len(places), 1))  # to part for few is not worth while
    cells = [Cells.of(values, most) for values in contest.values]

    def answer(job: slice) -> Flags:
        row = weights[job]
        low, up = (
            np.einsum("pk,kp->p", row, values[:, places[job]])
            for values in (contest.values[0], contest.values[-1])
        )
        is_as_good_too_often = cells[-1].reached_by_more(band, row, low)  # the place is itself among them
        return np.stack([~is_as_good_too_often, ~cells[0].reached_by_more(band - 1, row, up + 1)])

    jobs = [slice(start, start + _AT_ONCE) for start in range(0, len(places), _AT_ONCE)]
    return np.concatenate([np.empty((2, 0), np.bool_), *spread(answer, jobs)], axis=1)
