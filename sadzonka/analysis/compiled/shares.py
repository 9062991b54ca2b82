"""Shares of weightings, scores and classes in blocks of rows that stay in a core's first cache.

>>> shares = np.empty((1, 2))
>>> shares_at_least(np.array([[0.0, 2.0], [4.0, 4.0]]), np.array([1.0]), shares)
>>> shares.tolist()
[[0.75, 1.0]]
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import kernel

LANES = 128  # rows at once; LLVM makes vector instructions of every loop over them
BILLION = 1e9
POSSIBLE = 1

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int8]


@kernel
def sort_lanes(y: Floats) -> None:
    """Sort each column of (K, LANES) in place, rising."""
    for end in range(len(y) - 1, 0, -1):
        for i in range(end):
            low, high = y[i], y[i + 1]
            for lane in range(LANES):
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
def fill_block(block: Floats, scratch: Floats, cuts: Floats, shares: Floats) -> None:
    """Fill shares (T, m) of whole billionths (K, LANES), m <= LANES, which are sorted in place.

    `scratch` is (2, K + K * K, LANES).
    """
    size = len(block)
    inverse, below, mixed = scratch[0, size:], scratch[0, :size], scratch[1, :size]
    sort_lanes(block)
    invert_gaps(block, inverse)
    for t in range(len(cuts)):
        under, out = share_below(block, inverse, cuts[t], below, mixed)[0], shares[t]
        for lane in range(len(out)):
            out[lane] = 1.0 - under[lane]


@kernel
def shares_at_least(y: Floats, cuts: Floats, shares: Floats) -> None:
    """Shares (T, n) of weightings with a sum >= each cut (T,), y (K, n) and cuts in whole billionths."""
    size, count = y.shape
    block = np.zeros((size, LANES))
    scratch = np.empty((2, size + size * size, LANES))
    for start in range(0, count, LANES):
        end = min(start + LANES, count)
        block[:, : end - start] = y[:, start:end]
        fill_block(block, scratch, cuts, shares[:, start:end])


@kernel
def fill_ends(values: Floats, y: Floats, rules: tuple[Floats, ...], found: tuple[Any, ...]) -> None:
    """Fill what one end gives: `values` and `y` are (K, n), within 0 and 1.

    `rules` are weights (K,), thresholds (T,) and floors (K,); `found` are the arrays score (n,), shares
    (T, n), class (n,) and is capped (n,).
    """
    weights, thresholds, floors = rules
    score, shares, classes, is_capped = found
    cuts = np.rint(thresholds * BILLION)
    block = np.zeros((len(y), LANES))
    scratch = np.empty((2, len(y) + len(y) * len(y), LANES))
    for start in range(0, values.shape[1], LANES):
        end = min(start + LANES, values.shape[1])
        for k in range(len(y)):
            row, out = y[k, start:end], block[k]
            for lane in range(len(row)):
                out[lane] = np.rint(row[lane] * BILLION)
        part = shares[:, start:end]
        fill_block(block, scratch, cuts, part)
        for t in range(len(cuts)):
            row = part[t]
            for lane in range(len(row)):
                row[lane] = np.rint(row[lane] * BILLION) / BILLION
        score_lanes(values[:, start:end], weights, score[start:end])
        floor_lanes(values[:, start:end], floors, is_capped[start:end])
        class_lanes(score[start:end], thresholds, is_capped[start:end], classes[start:end])


@kernel
def score_lanes(values: Floats, weights: Floats, score: Floats) -> None:
    """Weighted sum of values (K, m), added one by one and rounded to 9 decimals, into (m,)."""
    for k in range(len(values)):
        row, weight = values[k], weights[k]
        for lane in range(len(score)):
            before = score[lane] if k else 0.0
            score[lane] = before + row[lane] * weight
    for lane in range(len(score)):
        score[lane] = np.rint(score[lane] * BILLION) / BILLION


@kernel
def floor_lanes(values: Floats, floors: Floats, is_capped: Flags) -> None:
    """Whether any of the values (K, m) is under its floor, into (m,)."""
    is_capped[:] = False
    for k in range(len(values)):
        if floors[k] > 0.0:
            row, floor = values[k], floors[k]
            for lane in range(len(is_capped)):
                is_capped[lane] |= row[lane] < floor


@kernel
def class_lanes(score: Floats, thresholds: Floats, is_capped: Flags, classes: Indices) -> None:
    """Index of the class of each score (m,), at most "possible" where it is capped, into (m,)."""
    for lane in range(len(score)):
        index = 0
        for threshold in thresholds:
            index += score[lane] >= threshold
        classes[lane] = POSSIBLE if is_capped[lane] and index > POSSIBLE else index
