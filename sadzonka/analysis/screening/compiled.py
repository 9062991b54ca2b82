"""The counting of a screening as compiled loops: the same whole numbers as `counting`, sooner (needs Numba).

Sort-free: a score's upper twelve bits are its bucket. Whole buckets lie in a band or outside; only the
members of one that holds the edge of a band are compared with each other, in a large one by their lower bits.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import kernel
from sadzonka.analysis.screening.contest import Contest, padded
from sadzonka.analysis.screening.counting import NOBODY, Counts, Tally, Totals
from sadzonka.analysis.screening.grid import Grid, Singles

_BITS = 12
_BUCKETS = 1 << _BITS
_LOWER_BITS = _BUCKETS - 1
_FEW = 48  # so few are sooner put in order than counted by their lower bits


def count(contest: Contest, weightings: Grid) -> Tally:
    """Tally the weightings as `counting.count` does.

    >>> from sadzonka.analysis.screening import counting, weightings, on_grid
    >>> points = on_grid([[0.2, 0.9], [0.8, 0.4], [0.5, 0.5]])
    >>> contest = Contest.among(points, points, np.zeros(3, dtype=np.bool_), (1, 2), 1)
    >>> grid = weightings(2, points=16).grid
    >>> bool((count(contest, grid).counts == counting.count(contest, grid).counts).all())
    True
    """
    tally = Tally.empty(contest, weightings)
    found = (tally.counts, tally.edges.reshape(2, -1, len(weightings)), tally.central_sums)
    _count(padded(weightings), contest.values, contest.ranks, contest.central, found)
    return tally


@kernel
def _count(
    weights: Singles,
    values: Singles,
    ranks: NDArray[np.int64],
    central: int,
    found: tuple[Counts, Counts, Totals],
) -> None:
    counts, edges, central_sums = found
    n, columns = values.shape[2], central_sums.shape[1]
    sums = np.empty(n, np.float32)
    scores = np.empty((len(values), n), np.int32)
    low, up = scores[0], scores[-1]
    room = (np.empty(n, np.int32), np.empty(n, np.int32), np.empty(_BUCKETS, np.int32))
    for s in range(len(weights)):
        for end in range(len(values)):
            _score(weights[s], values[end], sums, scores[end])
            _find_edges(scores[end], ranks, room, edges[end, :, s])
        if len(values) == 1:
            edges[1, :, s] = edges[0, :, s]
        for band in range(counts.shape[1]):
            possible_from, sure_above = edges[0, 2 * band, s], edges[1, 2 * band + 1, s]
            sure, possible = counts[0, band], counts[1, band]
            for i in range(n):
                sure[i] += low[i] > sure_above
                possible[i] += up[i] >= possible_from
        central_from = edges[0, 2 * central, s]
        for i in range(n):
            if up[i] >= central_from:
                for k in range(columns):
                    central_sums[i, k] += np.int64(weights[s, k])


@kernel
def _score(weights: Singles, values: Singles, sums: Singles, scores: Counts) -> None:
    """Scores (n,) of values (columns, n) under one weighting; all sums are whole and below 2**24."""
    sums[:] = 0
    for k in range(0, len(weights), 4):
        a, b, c, d = weights[k], weights[k + 1], weights[k + 2], weights[k + 3]
        w, x, y, z = values[k], values[k + 1], values[k + 2], values[k + 3]
        for i in range(len(sums)):
            sums[i] += a * w[i] + b * x[i] + c * y[i] + d * z[i]
    for i in range(len(sums)):
        scores[i] = np.int32(sums[i])


@kernel
def _find_edges(
    scores: Counts, ranks: NDArray[np.int64], room: tuple[Counts, Counts, Counts], edges: Counts
) -> None:
    """Write into `edges` (R,) the scores at `ranks` (R,), of which none falls, in descending order."""
    candidates, gathered, buckets = room
    bound = _safe_bound(scores, min(ranks[-1], len(scores)))
    many = 0
    for score in scores:
        candidates[many] = score
        many += score >= bound
    buckets[:] = 0
    bucket = np.int32(0)
    for i in range(many):
        buckets[candidates[i] >> _BITS] += 1
        bucket = max(bucket, candidates[i] >> _BITS)
    # From the top: each bucket with an edge gets a stretch of `gathered`, and minus its number as its count.
    starts, above = np.empty(len(ranks) + 1, np.int64), np.empty(len(ranks), np.int64)
    with_edge, found, start, better = 0, 0, 0, 0
    while found < len(ranks) and bucket >= 0:
        here = buckets[bucket]
        buckets[bucket] = 0
        if better + here >= ranks[found]:
            starts[with_edge], above[with_edge] = start, better
            start += here
            with_edge += 1
            buckets[bucket] = -with_edge
            while found < len(ranks) and ranks[found] <= better + here:
                found += 1
        better += here
        bucket -= 1
    starts[with_edge] = start
    filled = starts.copy()
    for i in range(many):
        stretch = -buckets[candidates[i] >> _BITS] - 1
        if stretch >= 0:
            gathered[filled[stretch]] = candidates[i]
            filled[stretch] += 1
    edges[found:] = NOBODY
    found = 0
    for stretch in range(with_edge):
        members = gathered[starts[stretch] : starts[stretch + 1]]
        found = _edges_within(members, above[stretch], ranks, found, edges)


@kernel
def _safe_bound(scores: Counts, fewest: int) -> np.int32:
    """Return a score that at least `fewest` of the places reach: the least of the tops of so many groups."""
    bound = np.int32(1 << 2 * _BITS)
    size = len(scores) // max(fewest, 1)
    for group in range(fewest):
        top = np.int32(NOBODY)
        for i in range(group * size, (group + 1) * size):
            top = max(top, scores[i])
        bound = min(bound, top)
    return bound


@kernel
def _edges_within(members: Counts, above: int, ranks: NDArray[np.int64], found: int, edges: Counts) -> int:
    """Write the edges in one bucket, than whose members `above` are better; return how many are found now."""
    size = len(members)
    if size <= _FEW:
        for i in range(1, size):
            score, j = members[i], i - 1
            while j >= 0 and members[j] < score:
                members[j + 1] = members[j]
                j -= 1
            members[j + 1] = score
        while found < len(ranks) and ranks[found] <= above + size:
            edges[found] = members[ranks[found] - above - 1]
            found += 1
        return found
    by_lower_bits = np.zeros(_BUCKETS, np.int64)
    for score in members:
        by_lower_bits[score & _LOWER_BITS] += 1
    bits, last = _LOWER_BITS, above + size
    while found < len(ranks) and ranks[found] <= last:
        while above + by_lower_bits[bits] < ranks[found]:
            above += by_lower_bits[bits]
            bits -= 1
        edges[found] = (members[0] & ~np.int32(_LOWER_BITS)) | bits
        found += 1
    return found
