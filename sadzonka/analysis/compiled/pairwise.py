"""Each pair of practices compared once, in blocks of pairs.

>>> shares = np.zeros((2, 2))
>>> fill_pairs(np.array([[1.0, 3.0], [4.0, 3.0]]), np.array([0, 1]), np.array([0, 1]), shares)
>>> shares.tolist()
[[0.0, 0.33333333333333337], [0.6666666666666666, 0.0]]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import kernel
from sadzonka.analysis.compiled.shares import LANES, Floats, invert_gaps, share_below, sort_lanes

Order = NDArray[np.intp]


@kernel
def fill_pairs(rising: Floats, group: Order, order: Order, shares: Floats) -> None:
    """Fill shares (n, n), 0 for equal ones, of columns (K, n) that rise; `order` is where each stands."""
    size, count = rising.shape
    block, below, mixed = np.zeros((size, LANES)), np.empty((size, LANES)), np.empty((size, LANES))
    inverse = np.empty((size * size, LANES))
    for i in range(count):
        for start in range(i + 1, count, LANES):
            end = min(start + LANES, count)
            for k in range(size):
                ahead, out, behind = rising[k, start:end], block[k], rising[k, i]
                for lane in range(len(ahead)):
                    out[lane] = behind - ahead[lane]
            sort_lanes(block)
            invert_gaps(block, inverse)
            lead = share_below(block, inverse, 0.0, below, mixed)[0]
            back = shares[order[i]]
            for j in range(start, end):
                shares[order[j], order[i]] = lead[j - start]
                if group[j] != group[i]:
                    back[order[j]] = 1.0 - lead[j - start]


@kernel
def fill_better(a: Floats, b: Floats, better: Floats) -> None:
    """Fill shares [i, j] for which column i of a (K, n) scores more than column j of b (K, m)."""
    size, count = b.shape
    block, below, mixed = np.zeros((size, LANES)), np.empty((size, LANES)), np.empty((size, LANES))
    inverse, sign = np.empty((size * size, LANES)), np.empty(LANES)
    for i in range(a.shape[1]):
        for start in range(0, count, LANES):
            end = min(start + LANES, count)
            for k in range(size):
                others, out, own = b[k, start:end], block[k], a[k, i]
                for lane in range(len(others)):
                    out[lane] = own - others[lane]
            turn_lanes(block, sign)
            sort_lanes(block)
            invert_gaps(block, inverse)
            lead, row = share_below(block, inverse, 0.0, below, mixed)[0], better[i, start:end]
            for lane in range(len(row)):
                behind = 1.0 - lead[lane] if sign[lane] < 0.0 else 0.0
                row[lane] = lead[lane] if sign[lane] > 0.0 else behind


@kernel
def turn_lanes(block: Floats, sign: Floats) -> None:
    """Negate each column of (K, LANES) whose first unequal value is positive; `sign` becomes that one's."""
    sign[:] = 0.0
    for row in block:
        for lane in range(LANES):
            sign[lane] = np.sign(row[lane]) if sign[lane] == 0.0 else sign[lane]
    for row in block:
        for lane in range(LANES):
            row[lane] = -row[lane] if sign[lane] > 0.0 else row[lane]


@kernel
def add_rows(shares: Floats, order: Order, sums: Floats) -> None:
    """Add all rows of shares (n, n) to the sums (n,), in that order."""
    for row in order:
        for i in range(len(sums)):
            sums[i] += shares[row, i]
