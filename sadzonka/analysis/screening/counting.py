"""Counting on whole arrays under how many weightings a place is in a band; `compiled` is the same, faster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.screening.contest import Contest, Flags
from sadzonka.analysis.screening.grid import Grid, Singles, product

Counts: TypeAlias = NDArray[np.int32]
Totals: TypeAlias = NDArray[np.int64]

NOBODY = -1  # the score of a rank that nobody has: every place beats it
_CELLS_AT_ONCE = 1 << 18  # a megabyte of scores, which stays in a core's cache
_MOST_ROWS = 255  # a column of so many flags still adds up within a byte
_EDGES_PER_BAND = 2


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What some weightings say of n competing places and B bands.

    `counts` (2, B, n): under how many of them a place is surely [0], possibly [1] in a band. `edges`
    (2, B, 2, S): of the lower [0] and upper ends [1] the b-th and the next score in descending order,
    `NOBODY` where there are fewer. `central_sums` (n, K): the sum of the weightings, in 4096ths, under which
    a place is possibly in the central band.
    """

    counts: Counts
    edges: Counts
    central_sums: Totals

    @classmethod
    def empty(cls, contest: Contest, weightings: Grid) -> Tally:
        """Nothing counted yet.

        >>> contest = Contest(np.zeros((1, 4, 3), dtype=np.float32), (1, 10), 1)
        >>> Tally.empty(contest, np.array([[4096, 0]], dtype=np.uint16)).counts.shape
        (2, 2, 3)
        """
        bands, n = len(contest.bands), len(contest)
        return cls(
            np.zeros((2, bands, n), dtype=np.int32),
            np.empty((2, bands, _EDGES_PER_BAND, len(weightings)), dtype=np.int32),
            np.zeros((n, weightings.shape[1]), dtype=np.int64),
        )


def count(contest: Contest, weightings: Grid) -> Tally:
    """Tally the weightings (S, K): sums of whole numbers, so it does not matter how the rows are cut.

    >>> points = np.array([[4095, 0], [1000, 1000]], dtype=np.uint16)
    >>> contest = Contest.among(points, points, np.zeros(2, dtype=np.bool_), (1,), 1)
    >>> tally = count(contest, np.array([[4096, 0], [0, 4096], [2048, 2048]], dtype=np.uint16))
    >>> tally.counts.tolist(), tally.central_sums.tolist()
    ([[[2, 1]], [[2, 1]]], [[6144, 2048], [0, 4096]])
    """
    tally = Tally.empty(contest, weightings)
    edges = tally.edges.reshape(2, -1, len(weightings))
    step = _rows_at_once(contest)
    for start in range(0, len(weightings), step):
        rows = slice(start, start + step)
        weights = weightings[rows].astype(np.float32)
        scores = _scores(contest, weights)
        for end, of_end in enumerate(scores):
            edges[end:, :, rows] = _edges(of_end, contest.ranks).T
        low, up = scores[0], scores[-1]
        for band in range(len(contest.bands)):
            is_possible = up >= tally.edges[0, band, 0, rows, np.newaxis].astype(np.float32)
            is_sure = low > tally.edges[1, band, 1, rows, np.newaxis].astype(np.float32)
            tally.counts[0, band] += _column_sums(is_sure)
            tally.counts[1, band] += _column_sums(is_possible)
            if band == contest.central:
                tally.central_sums[:] += product(is_possible.T.astype(np.float32), weights).astype(np.int64)
    return tally


def _rows_at_once(contest: Contest) -> int:
    return max(1, min(_MOST_ROWS, _CELLS_AT_ONCE // max(len(contest), 1)))


def _scores(contest: Contest, weights: Singles) -> list[Singles]:
    """Scores (S, n) of the lower and upper ends; the same once when all values are points."""
    return [product(weights, values[: weights.shape[1]]) for values in contest.values]


def _edges(scores: Singles, ranks: NDArray[np.int64]) -> Counts:
    """Scores at `ranks` (R,) in the descending order of each row (S, n), as (S, R)."""
    n = scores.shape[1]
    found = np.full((len(scores), len(ranks)), NOBODY, dtype=np.int32)
    there = ranks[ranks <= n]
    if there.size:
        fewest = int(min(ranks[-1], n))
        top = np.sort(np.partition(scores, n - fewest, axis=1)[:, n - fewest :], axis=1)
        found[:, : there.size] = top[:, fewest - there]
    return found


def _column_sums(flags: Flags) -> NDArray[np.uint8]:
    sums: NDArray[np.uint8] = np.add.reduce(flags.view(np.uint8), axis=0, dtype=np.uint8)
    return sums
