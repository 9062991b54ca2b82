"""Scores, shares and classes at both ends of many intervals, block by block.

>>> found = np.empty(2)
>>> score_lanes(np.full((1, 2), 0.7), np.array([0.5]), found)
>>> found.tolist()
[0.35, 0.35]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import inlined, kernel
from sadzonka.analysis.compiled.shares import (
    BILLION,
    LANES,
    Flags,
    Floats,
    Room,
    block_room,
    invert_gaps,
    share_below,
    sort_lanes,
)

POSSIBLE = 1

Indices = NDArray[np.int8]
Rules = tuple[Floats, Floats, Floats, Floats, Floats]  # as `Rules.arrays`
Ends = tuple[Floats, Floats, Indices, Flags]  # score (2, n), shares (2, T, n), class (2, n), is capped (2, n)


@kernel
def fill_ends(part: Floats, first: int, rules: Rules, found: Ends) -> None:
    """Fill what intervals (2, K, m) to 9 decimals give, the `first` of all and those after it."""
    size, last = part.shape[1], first + part.shape[2]
    values, room = np.zeros((size, LANES)), block_room(size)
    for start in range(first, last, LANES):
        rows = slice(start, min(start + LANES, last))
        for end in range(2):
            for k in range(size):
                copy_lanes(part[end, k, rows.start - first : rows.stop - first], values[k])
            judge_block(values, end, rows, rules, (found, room))


@inlined
def judge_block(values: Floats, end: int, rows: slice, rules: Rules, filled: tuple[Ends, Room]) -> None:
    """Fill those rows of one end with what values (K, LANES), decimals within [0, 1], give."""
    centroid, thresholds, cuts, floors, vertices = rules
    (scores, shares, classes, caps), (corners, inverse, scratch) = filled
    score, is_capped = scores[end, rows], caps[end, rows]
    score_lanes(values, centroid, score)
    floor_lanes(values, floors, is_capped)
    class_lanes(score, thresholds, is_capped, classes[end, rows])
    image_lanes(values, vertices, corners)
    sort_lanes(corners)
    invert_gaps(corners, inverse)
    for t in range(len(cuts)):
        under, row = share_below(corners, inverse, cuts[t], scratch[0], scratch[1])[0], shares[end, t, rows]
        for lane in range(len(row)):
            row[lane] = np.rint((1.0 - under[lane]) * BILLION) / BILLION


@inlined
def copy_lanes(row: Floats, out: Floats) -> None:
    """Copy as many as fit in both."""
    for lane in range(min(len(row), len(out))):
        out[lane] = row[lane]


@inlined
def score_lanes(values: Floats, weights: Floats, score: Floats) -> None:
    """Weighted sum of values (K, LANES), added one by one and rounded to 9 decimals, into (m,)."""
    for k in range(len(values)):
        row, weight = values[k], weights[k]
        for lane in range(len(score)):
            before = score[lane] if k else 0.0
            score[lane] = before + row[lane] * weight
    for lane in range(len(score)):
        score[lane] = np.rint(score[lane] * BILLION) / BILLION


@inlined
def floor_lanes(values: Floats, floors: Floats, is_capped: Flags) -> None:
    """Whether any of the values (K, LANES) is under its floor, into (m,)."""
    is_capped[:] = False
    for k in range(len(values)):
        if floors[k] > 0.0:
            row, floor = values[k], floors[k]
            for lane in range(len(is_capped)):
                is_capped[lane] |= row[lane] < floor


@inlined
def class_lanes(score: Floats, thresholds: Floats, is_capped: Flags, classes: Indices) -> None:
    """Index of the class of each score (m,), at most "possible" where it is capped, into (m,)."""
    classes[:] = 0
    for threshold in thresholds:
        for lane in range(len(classes)):
            classes[lane] += score[lane] >= threshold
    for lane in range(len(classes)):
        classes[lane] = min(classes[lane], np.int8(POSSIBLE)) if is_capped[lane] else classes[lane]


@inlined
def image_lanes(values: Floats, vertices: Floats, corners: Floats) -> None:
    """Scores (K, LANES) at the corners of the weight set, in whole billionths, as by `WeightSet.image`."""
    for c in range(len(vertices)):
        corner = corners[c]
        corner[:] = 0.0
        for k in range(len(values)):
            row, weight = values[k], vertices[c, k]
            if weight != 0.0:
                for lane in range(len(corner)):
                    corner[lane] += weight * row[lane]
        for lane in range(len(corner)):
            corner[lane] = np.rint(corner[lane] * BILLION)
