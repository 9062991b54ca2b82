"""Shares of weightings in blocks of rows that stay in a core's first cache.

>>> shares = np.empty((1, 2))
>>> shares_at_least(np.array([[0.0, 2.0], [4.0, 4.0]]), np.array([1.0]), shares)
>>> shares.tolist()
[[0.75, 1.0]]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import kernel

LANES = 128  # rows at once; LLVM makes vector instructions of every loop over them
BILLION = 1e9

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Room = tuple[Floats, Floats, Floats]


@kernel
def sort_lanes(y: Floats) -> None:
    """Sort each column of (K, LANES) in place, rising."""
    for end in range(len(y) - 1, 0, -1):
        for i in range(end):
            low, high = y[i], y[i + 1]
            for lane in range(len(low)):  # of LANES, a constant, LLVM would unroll it and make no vectors
                a, b = low[lane], high[lane]
                low[lane] = min(a, b)
                high[lane] = max(a, b)


@kernel
def invert_gaps(y: Floats, inverse: Floats) -> None:
    """Reciprocals of y_j - y_i, j > i, of rising (K, LANES), in the order in which `below` takes them."""
    pair = 0
    for width in range(1, len(y)):
        for i in range(len(y) - width):
            low, high, out = y[i], y[i + width], inverse[pair]
            for lane in range(LANES):
                gap = high[lane] - low[lane]
                out[lane] = 1.0 / max(gap, 1.0)
            pair += 1


@kernel
def share_below(y: Floats, inverse: Floats, cut: float, below: Floats, mixed: Floats) -> Floats:
    """Share of weightings with a sum under `cut`, first row of the result; y (K, LANES) rises.

    `below` and `mixed` are scratch. Each step reads one and writes the other: of a loop that does both LLVM
    makes no vectors.
    """
    if len(y) == 1:
        for lane in range(LANES):
            below[0, lane] = 1.0 if y[0, lane] < cut else 0.0
        return below
    for i in range(len(y) - 1):
        low, gap, out = y[i], inverse[i], below[i]
        for lane in range(LANES):
            out[lane] = min(max((cut - low[lane]) * gap[lane], 0.0), 1.0)
    pair = len(y) - 1
    for width in range(2, len(y)):
        for i in range(len(y) - width):
            low, gap, out = y[i], inverse[pair], mixed[i]
            one, other = below[i], below[i + 1]
            for lane in range(LANES):
                r = min(max((cut - low[lane]) * gap[lane], 0.0), 1.0)
                out[lane] = r * (one[lane] - other[lane]) + other[lane]
            pair += 1
        below, mixed = mixed, below
    return below


@kernel
def block_room(size: int) -> Room:
    """Return room for a block of K columns: its rows (K, LANES), reciprocals of gaps, and scratch twice."""
    return np.zeros((size, LANES)), np.empty((size * size, LANES)), np.empty((2, size, LANES))


@kernel
def shares_at_least(y: Floats, cuts: Floats, shares: Floats) -> None:
    """Shares (T, n) of weightings with a sum >= each cut (T,), y (K, n) and cuts in whole billionths."""
    size, count = y.shape
    block, inverse, scratch = block_room(size)
    for start in range(0, count, LANES):
        stop = min(start + LANES, count)
        block[:, : stop - start] = y[:, start:stop]
        sort_lanes(block)
        invert_gaps(block, inverse)
        for t in range(len(cuts)):
            under = share_below(block, inverse, cuts[t], scratch[0], scratch[1])[0]
            shares[t, start:stop] = 1.0 - under[: stop - start]
