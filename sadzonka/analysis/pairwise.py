"""Practices against each other at one place: who is ahead, for which share of weightings (method, 4)."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers
from sadzonka.analysis.compiled import kernels
from sadzonka.analysis.shares import (
    BILLION,
    DECIMALS,
    ROWS_AT_ONCE,
    Floats,
    checked_rows,
    rising_rows,
    share_below,
    share_better,
    whole_columns,
)

Order: TypeAlias = NDArray[np.intp]


def pairwise_shares(y: ArrayLike, *, compiled: bool = False) -> Floats:
    """Share [i, j] of all weightings, in [0, 1], for which practice i scores more than j: (n, n).

    `y` has shape (n, K), finite, rounded to 9 decimals; for other weight sets than the simplex pass
    `WeightSet.image`. Equal rows and the diagonal give 0; all other pairs [i, j] and [j, i] sum to 1.
    To the bit `share_better`, so neither other practices nor their order change a share. `compiled` gives
    the same bits by Numba. Pairwise shares need not be transitive, and they are shares of weightings, not
    probabilities. Errors and source as in `share_at_least`.

    >>> pairwise_shares([[0.9, 0.1], [0.5, 0.3]]).round(9).tolist()
    [[0.0, 0.666666667], [0.333333333, 0.0]]
    """
    columns = _columns("y", y)
    return _compared(columns, np.lexsort(columns[::-1]), compiled=compiled)


def expected_ranks(y: ArrayLike, *, shares: ArrayLike | None = None, compiled: bool = False) -> Floats:
    """Return the expected rank (n,) of each practice over all weightings, 1 the best, to 9 decimals.

    It is 1 and the shares for which the others score more; an equal one counts 1/2. `y` and errors as in
    `pairwise_shares`, whose result `shares` may hand on when it is there already. All ranks sum to
    n (n + 1) / 2. Source: method, section 4.

    >>> expected_ranks([[0.9, 0.1], [0.5, 0.3], [0.5, 0.3]]).tolist()
    [1.666666667, 2.166666667, 2.166666667]
    """
    columns = _columns("y", y)
    order = np.lexsort(columns[::-1])
    if shares is None:
        known = _compared(columns, order, compiled=compiled)
    else:
        known = np.ascontiguousarray(numbers("shares", shares))
        if known.shape != (len(order), len(order)):
            raise MethodError("shares", f"their shape is {known.shape}, not {(len(order), len(order))}")
    group = _groups(columns[:, order])
    equals = np.empty(len(order))
    equals[order] = np.bincount(group)[group] - 1.0 if len(order) else 0.0
    return _ranks(known, equals, order, compiled=compiled)


def pairwise_bounds(lower: ArrayLike, upper: ArrayLike, *, compiled: bool = False) -> tuple[Floats, Floats]:
    """Shares [i, j] of weightings for which i surely, and possibly, scores more than j: (n, n) each.

    Surely is with i at its `lower` and j at its `upper` end, possibly the other way round; both ends have
    shape (n, K). The share for any values between is between the two. The diagonals are 0. A lower end
    above the upper one raises `MethodError`; all else as in `pairwise_shares`.

    >>> surely, possibly = pairwise_bounds([[0.6, 0.2], [0.4, 0.4]], [[0.8, 0.4], [0.4, 0.4]])
    >>> surely.tolist(), possibly.tolist()
    ([[0.0, 0.5], [0.0, 0.0]], [[0.0, 1.0], [0.5, 0.0]])
    """
    low, high = _interval_columns(lower, upper)
    return _better(low, high, compiled=compiled), _better(high, low, compiled=compiled)


def rank_bounds(lower: ArrayLike, upper: ArrayLike, *, compiled: bool = False) -> tuple[Floats, Floats]:
    """Best and worst expected rank (n,) of each practice, to 9 decimals; input as in `pairwise_bounds`.

    A practice is best with itself at the `upper` and all others at their `lower` ends, and worst the other
    way round: the expected rank for any values between is between the two.

    >>> best, worst = rank_bounds([[0.6, 0.2], [0.4, 0.4]], [[0.8, 0.4], [0.4, 0.4]])
    >>> best.tolist(), worst.tolist()
    ([1.0, 1.5], [1.5, 2.0])
    """
    low, high = _interval_columns(lower, upper)
    order = np.lexsort(np.vstack((high, low))[::-1])
    bounds = []
    for others, own in ((low, high), (high, low)):
        is_equal = (others[:, :, np.newaxis] == own[:, np.newaxis]).all(axis=0)
        np.fill_diagonal(is_equal, val=False)
        better = _better(others, own, compiled=compiled)
        bounds.append(_ranks(better, is_equal.sum(axis=0, dtype=np.float64), order, compiled=compiled))
    return bounds[0], bounds[1]


def _compared(columns: Floats, order: Order, *, compiled: bool) -> Floats:
    """Shares [i, j] for which i scores more; each pair is compared once, in rising order."""
    rising = np.ascontiguousarray(columns[:, order])
    group = _groups(rising)
    shares = np.zeros((len(order), len(order)))
    if compiled:
        kernels("pairwise").fill_pairs(rising, group, order, shares)
        return shares
    behind, ahead = np.triu_indices(len(order), 1)
    for start in range(0, len(behind), ROWS_AT_ONCE):
        i, j = behind[start : start + ROWS_AT_ONCE], ahead[start : start + ROWS_AT_ONCE]
        lead = share_below(rising_rows(rising[:, i] - rising[:, j]), np.zeros(1))[0]
        shares[order[j], order[i]] = lead
        shares[order[i], order[j]] = np.where(group[i] == group[j], 0.0, 1.0 - lead)
    return shares


def _better(a: Floats, b: Floats, *, compiled: bool) -> Floats:
    """Shares [i, j], 0 on the diagonal, for which column i of `a` scores more than column j of `b`."""
    if compiled:
        better = np.zeros((a.shape[1], b.shape[1]))
        kernels("pairwise").fill_better(a, b, better)
    else:
        better = share_better(a.T[:, np.newaxis] / BILLION, b.T[np.newaxis] / BILLION)
    np.fill_diagonal(better, 0.0)
    return better


def _ranks(shares: Floats, equals: Floats, order: Order, *, compiled: bool) -> Floats:
    """1, the column's sum, taken in one order whatever the practices' own, and 1/2 for each equal one."""
    ahead = np.zeros(len(order))
    if compiled:
        kernels("pairwise").add_rows(shares, order, ahead)
    else:
        for row in order:
            ahead += shares[row]
    ranks: Floats = np.round(1.0 + equals / 2 + ahead, DECIMALS)
    return ranks


def _groups(rising: Floats) -> Order:
    """Return the number (n,) of the group of equal columns that each column of sorted (K, n) belongs to."""
    is_new = (rising[:, 1:] != rising[:, :-1]).any(axis=0)
    return np.concatenate(([0], np.cumsum(is_new)))[: rising.shape[1]]


def _columns(name: str, y: ArrayLike) -> Floats:
    array = numbers(name, y)
    if array.ndim != 2:  # noqa: PLR2004
        raise MethodError(
            name, f"a row of values per practice is needed, not an array of shape {array.shape}"
        )
    return whole_columns(name, checked_rows(name, array))


def _interval_columns(lower: ArrayLike, upper: ArrayLike) -> tuple[Floats, Floats]:
    low, high = _columns("lower", lower), _columns("upper", upper)
    if low.shape != high.shape:
        raise MethodError("upper", f"{high.shape[::-1]} values, but {low.shape[::-1]} at the lower end")
    if (low > high).any():
        raise MethodError("lower", "a lower end is above its upper end")
    return low, high
