"""A practice at many places in one pass: means of values, what both ends give, completeness, standing.

>>> sums = np.array([[1e9, 2.5e9]])
>>> round_lanes(sums, np.array([3.0]))
>>> sums.tolist()
[[0.333333333, 0.833333333]]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.ends import (
    POSSIBLE,
    Ends,
    Indices,
    Rules,
    copy_lanes,
    judge_block,
    score_lanes,
)
from sadzonka.analysis.compiled.kernel import inlined, kernel
from sadzonka.analysis.compiled.shares import BILLION, LANES, Flags, Floats, block_room

GOOD = 1  # the row of shares that says who is robustly good, and who possibly
BLOCKED, OPEN = 0, 2
KNOWLEDGE = 2  # the sum after those of both ends

Known = tuple[NDArray[np.int32], Flags]  # as `Sums.stacked`
Weighed = tuple[NDArray[np.intp], Floats, Floats, Floats]  # as `Sums.weighed`
Found = tuple[Floats, Floats, Indices]  # dimensions (2, K, n), completeness (n,) and standing (n,)


@kernel
def fill_part(
    first: int,
    known: Known,
    weighed: Weighed,
    rules: tuple[Rules, Floats, Indices],
    found: tuple[Ends, Found],
) -> None:
    """Fill what is known of m places, the `first` of all and those after it, gives.

    `rules` are those of the ends, the shares from which a place is robustly and possibly good, and the gate
    (n,); what is `found` are the arrays of all places.
    """
    values, is_known = known
    numbers, weights, begin, totals = weighed
    of_ends, needed, gate = rules
    ends, (dimensions, completeness, standing) = found
    size, last = len(totals), first + is_known.shape[1]
    means, room = np.zeros((size, LANES)), block_room(size)
    for start in range(first, last, LANES):
        rows = slice(start, min(start + LANES, last))
        part = slice(rows.start - first, rows.stop - first)
        for end in range(2):
            begin_lanes(begin[end], means)
            for j in range(len(numbers)):
                add_lanes(means[numbers[j]], values[end, j, part], weights[j])
            round_lanes(means, totals)
            for k in range(size):
                copy_lanes(means[k], dimensions[end, k, rows])
            judge_block(means, end, rows, of_ends, (ends, room))
        begin_lanes(begin[KNOWLEDGE], means)
        for j in range(len(numbers)):
            add_lanes(means[numbers[j]], is_known[j, part], BILLION * weights[j])
        round_lanes(means, totals)
        score_lanes(means, of_ends[0], completeness[rows])
        standing_lanes(rows, ends, needed, gate, standing)


@inlined
def begin_lanes(begin: Floats, sums: Floats) -> None:
    """Let each row of sums (K, LANES) begin with its number (K,)."""
    for k in range(len(sums)):
        sums[k, :] = begin[k]


@inlined
def add_lanes(sums: Floats, values: NDArray[np.int32] | Flags, weight: float) -> None:
    """Add `weight` times the values (m,) to the sums (LANES,)."""
    for lane in range(len(values)):
        sums[lane] += values[lane] * weight


@inlined
def round_lanes(sums: Floats, totals: Floats) -> None:
    """Turn sums (K, LANES) of whole billionths into their means by total weights (K,), rounded."""
    for k in range(len(sums)):
        row, total = sums[k], totals[k]
        for lane in range(len(row)):
            row[lane] = np.rint(row[lane] / total) / BILLION


@inlined
def standing_lanes(rows: slice, ends: Ends, needed: Floats, gate: Indices, standing: Indices) -> None:
    """Fill those rows of the standing as `Analysis.standing` says it."""
    _scores, shares, classes, is_capped = ends
    surely, perhaps, upper_class = shares[0, GOOD, rows], shares[1, GOOD, rows], classes[1, rows]
    lower_cap, upper_cap, state, out = is_capped[0, rows], is_capped[1, rows], gate[rows], standing[rows]
    robust, possible = needed
    for lane in range(len(out)):
        place = 2 if upper_class[lane] >= POSSIBLE else 3
        place = 1 if (perhaps[lane] >= possible) & (not upper_cap[lane]) else place
        is_uncapped = (not lower_cap[lane]) & (not upper_cap[lane])
        place = 0 if (surely[lane] >= robust) & is_uncapped & (state[lane] == OPEN) else place
        out[lane] = 4 if state[lane] == BLOCKED else place
