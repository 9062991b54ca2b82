"""Which places are most alike: Gower's distance, with gaps as intervals (method, section 8)."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.shares import DECIMALS, Floats
from sadzonka.analysis.space import NOT_KNOWN, Box, Space, known_of
from sadzonka.analysis.value_function import Interval

LEAST_COMPARABLE = 0.6  # share of the weight that must be known of both places

_PLACES_AT_ONCE = 8192  # so many distances by every variable stay in a core's cache
_BITS_OF_A_BYTE = np.unpackbits(np.arange(256, dtype=np.uint8)[:, np.newaxis], axis=1)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far one place is from another, whatever the figures are that are not known.

    `index` is its row in the space. The distance lies between `lower` and `upper`, within [0, 1];
    `parts` is the same by variable, unweighted, in the order of `Space.keys`; `is_compared` says which
    variables are known of both, and `comparable` is their share of the weight.

    >>> Likeness(7, 0.0, 0.25, 0.75, ((0.0, 0.0), (0.0, 0.5)), (True, False)).upper
    0.25
    """

    index: int
    lower: float
    upper: float
    comparable: float
    parts: tuple[Interval, ...]
    is_compared: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Distances:
    """The distances from one place to all, rows as in the space: ends of shape (n,), and comparable shares.

    >>> from sadzonka.analysis import Scale
    >>> space = Space.of([Scale("x", 0, 10)], [[1], [3]], [[1], [5]])
    >>> distances(space, 0).upper.round(6).tolist()
    [0.0, 0.4]
    """

    lower: Floats
    upper: Floats
    comparable: Floats


def nearest(
    space: Space, place: int | Box, k: int, among: NDArray[np.bool_] | None = None
) -> tuple[Likeness, ...]:
    """Return the k places that are surely no further from a place than any other, the nearest first.

    The order is by the upper end of the distance, then the lower end, both to 9 decimals, then by row.
    `place` is a row, which is not compared with itself, or a box; `among` has shape (n,) and says which
    places are looked at. Fewer than 60 % of the weight known of both: not comparable, and not returned.
    A `k` under 1 or another shape of `among` raises `MethodError`. Being alike says nothing about causes.
    Source: method, section 8; Gower 1971, with fixed ranges. With gaps it is not a metric.

    >>> from sadzonka.analysis import Scale
    >>> space = Space.of([Scale("x", 0, 10)], [[1], [3], [2], [4]], [[1], [4], [2], [4]])
    >>> [(one.index, round(one.lower, 6), round(one.upper, 6)) for one in nearest(space, 0, k=2)]
    [(2, 0.1, 0.1), (1, 0.2, 0.3)]
    """
    if operator.index(k) < 1:
        raise MethodError("k", f"{k} is not at least 1")
    if among is not None and (among.shape != (len(space),) or among.dtype != np.bool_):
        raise MethodError("among", f"one truth for each of {len(space)} places is needed")
    box, own = (place, None) if isinstance(place, Box) else (space.box_at(place), operator.index(place))
    rows = _perhaps_near(space, box, k, among, own)
    lower, upper = _ends(space, box, rows)
    best = rows[np.lexsort((rows, lower, upper))[:k]]
    return tuple(_likenesses(space, box, best))


def distances(space: Space, place: int | Box) -> Distances:
    """Return the distance from a place to every one of the space, itself (0) and the incomparable too.

    >>> from sadzonka.analysis import Scale
    >>> space = Space.of([Scale("x", 0, 10)], [[1], [3]], [[1], [5]])
    >>> distances(space, space.box([0], [10])).comparable.tolist()
    [0.0, 0.0]
    """
    box = place if isinstance(place, Box) else space.box_at(place)
    rows = np.arange(len(space))
    lower, upper = _ends(space, box, rows)
    if not isinstance(place, Box):
        lower[place] = upper[place] = 0.0  # the same place, whatever is not known of it
    return Distances(lower, upper, _comparable(space, box)(rows))


def _perhaps_near(
    space: Space, box: Box, k: int, among: NDArray[np.bool_] | None, own: int | None
) -> NDArray[np.int64]:
    """Rows that hold the k nearest comparable ones: all that single precision cannot tell from them.

    Within 0 to 1 the greatest distance of two intervals is that of their centres plus both half widths,
    so a weighted sum of distances of centres, and half widths summed beforehand, give the upper ends.
    """
    comparable = _comparable(space, box)
    doubt = np.float32((len(space.weights) + 10) * 2.0**-22)
    scale_weights = space.weights[: len(space.scales)].astype(np.float32)
    centre = ((box.lower + box.upper) * (scale_weights / 2))[:, np.newaxis]
    gaps = np.empty((len(space.scales), _PLACES_AT_ONCE), dtype=np.float32)
    rows, uppers = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    reach = np.float32(np.inf)
    for start in range(0, len(space), _PLACES_AT_ONCE):
        some = slice(start, min(start + _PLACES_AT_ONCE, len(space)))
        apart = gaps[:, : some.stop - start]
        np.abs(np.subtract(space.centres[:, some], centre, out=apart), out=apart)
        upper = np.add.reduce(apart, axis=0) + space.half_widths[some]
        for weight, kinds, kind in zip(
            space.weights[len(space.scales) :], space.kinds[:, some], box.kinds, strict=True
        ):
            upper += _may_differ(kinds, kind) * np.float32(weight)
        near = np.flatnonzero(upper <= reach)
        here = near + start
        fits = comparable(here) >= LEAST_COMPARABLE
        if among is not None:
            fits &= among[here]
        if own is not None:
            fits &= here != own
        rows, uppers = np.concatenate((rows, here[fits])), np.concatenate((uppers, upper[near[fits]]))
        if len(rows) > k:
            reach = np.partition(uppers, k - 1)[k - 1] + doubt
            kept = uppers <= reach
            rows, uppers = rows[kept], uppers[kept]
    return rows


def _known_of_box(box: Box) -> NDArray[np.bool_]:
    return known_of(box.lower[:, np.newaxis], box.upper[:, np.newaxis], box.kinds[:, np.newaxis])[:, 0]


def _comparable(space: Space, box: Box) -> _Comparable:
    known = _known_of_box(box)
    weights = np.zeros(8 * len(space.known_bits))
    weights[: len(known)] = space.weights * known
    return _Comparable(space.known_bits, _BITS_OF_A_BYTE @ weights.reshape(-1, 8).T)


@dataclass(frozen=True, slots=True, eq=False)
class _Comparable:
    """The share of the weight that is known of rows and of one box; `weights` holds it for every byte."""

    known: NDArray[np.uint8]
    weights: Floats

    def __call__(self, rows: NDArray[np.int64]) -> Floats:
        shares = np.zeros(len(rows))
        for byte, row in enumerate(self.known):
            shares += self.weights[row[rows], byte]
        return np.round(shares, DECIMALS)


def _may_differ(kinds: NDArray[np.int16], kind: np.int16) -> NDArray[np.bool_]:
    may_differ: NDArray[np.bool_] = (kinds != kind) | np.bool_(kind == NOT_KNOWN)
    return may_differ


def _parts(space: Space, box: Box, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Both ends of the distance by each variable: (2, variables, rows), exact for the ends as stored."""
    parts = np.empty((2, len(space.weights), len(rows)))
    least, most = parts[:, : len(space.scales)]
    own_lower, own_upper = box.lower[:, np.newaxis], box.upper[:, np.newaxis]
    lower, upper = (ends[:, rows].astype(np.float64) for ends in (space.lower, space.upper))
    np.maximum(np.maximum(lower - own_upper, own_lower - upper), 0.0, out=least)
    np.maximum(upper - own_lower, own_upper - lower, out=most)
    kinds, own = space.kinds[:, rows], box.kinds[:, np.newaxis]
    parts[:, len(space.scales) :] = kinds != own
    is_unknown = (kinds == NOT_KNOWN) | (own == NOT_KNOWN)
    parts[0, len(space.scales) :][is_unknown], parts[1, len(space.scales) :][is_unknown] = 0.0, 1.0
    return parts


def _weighted(space: Space, parts: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """Lower and upper end of the distance, to 9 decimals."""
    ends = np.add.reduce(parts * space.weights[:, np.newaxis], axis=1)
    np.round(ends, DECIMALS, out=ends)
    return ends[0], ends[1]


def _ends(space: Space, box: Box, rows: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Lower and upper end of the distance to each row."""
    ends = np.empty((2, len(rows)))
    for start in range(0, len(rows), _PLACES_AT_ONCE):
        some = slice(start, start + _PLACES_AT_ONCE)
        ends[:, some] = _weighted(space, _parts(space, box, rows[some]))
    return ends[0], ends[1]


def _likenesses(space: Space, box: Box, rows: NDArray[np.int64]) -> Iterator[Likeness]:
    parts = _parts(space, box, rows)
    lower, upper = _weighted(space, parts)
    comparable = _comparable(space, box)(rows)
    both = _known_of_box(box)[:, np.newaxis] & known_of(
        space.lower[:, rows], space.upper[:, rows], space.kinds[:, rows]
    )
    for i, row in enumerate(rows.tolist()):
        yield Likeness(
            index=row,
            lower=float(lower[i]),
            upper=float(upper[i]),
            comparable=float(comparable[i]),
            parts=tuple(zip(*parts[:, :, i].tolist(), strict=True)),
            is_compared=tuple(both[:, i].tolist()),
        )
