"""The whole numbers in which a screening adds: its sums are exact in any order (method, section 6)."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers
from sadzonka.analysis.shares import Floats

HIGHEST = 4095  # a value of 1
WHOLE = 4096  # a weight of 1; scores stay below 2**24, up to which float32 holds every whole number

Grid: TypeAlias = NDArray[np.uint16]
Singles: TypeAlias = NDArray[np.float32]

_DECIMALS = 9  # of a 4096th; so parts that are equal but for the last bit stay equal
_ROWS_AND_COLUMNS = 2
_PIECE = 1 << 18  # multiplications; OpenBLAS does so many in the thread that asks
_TALLEST = 32


def on_grid(values: ArrayLike) -> Grid:
    """Values in [0, 1] of any shape as whole 4095ths: rint(4095 v), so that their order stays.

    Anything outside 0 to 1, and NaN, raises `MethodError`: missing is the interval from 0 to 1.

    >>> on_grid([0, 0.5, 1]).tolist()
    [0, 2048, 4095]
    >>> on_grid([float("nan")])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: values: they must lie within 0 to 1
    """
    array = numbers("values", values)
    if not ((array >= 0) & (array <= 1)).all():
        raise MethodError("values", "they must lie within 0 to 1")
    return np.rint(array * HIGHEST).astype(np.uint16)


def whole_parts(weights: ArrayLike, precedence: ArrayLike | None = None) -> Grid:
    """Rows of weights (S, K) that sum to 1 as whole 4096ths (S, K) that sum to 4096, by largest remainder.

    Every weight moves by less than 1/4096, and a larger one never ends below a smaller one. Of equal
    remainders the one first in `precedence`, K column numbers, goes first; without it, the first column.
    Negative weights, rows that do not sum to 1 and another precedence raise `MethodError`.
    Source: largest remainders (Hamilton's method of apportionment).

    >>> whole_parts([[1 / 3, 1 / 3, 1 / 3], [0.5, 0.25, 0.25]]).tolist()
    [[1366, 1365, 1365], [2048, 1024, 1024]]
    >>> whole_parts([[0.7, 0.7]])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: weights: row 0 sums to 1.4, not to 1
    """
    array = _checked_weights(weights)
    order = (
        np.arange(array.shape[1]) if precedence is None else numbers("precedence", precedence).astype(np.intp)
    )
    if order.ndim != 1 or not np.array_equal(np.sort(order), np.arange(array.shape[1])):
        raise MethodError("precedence", f"each of {array.shape[1]} columns is needed once")
    exact = np.round(array[:, order] * WHOLE, _DECIMALS)
    parts = np.floor(exact)
    left = WHOLE - parts.sum(axis=1)
    by_remainder = np.argsort(parts - exact, axis=1, kind="stable")
    place_in_queue = np.argsort(by_remainder, axis=1, kind="stable")
    parts += place_in_queue < left[:, np.newaxis]
    whole = np.empty(array.shape, dtype=np.uint16)
    whole[:, order] = parts
    return whole


def scores_of(weights: Grid, values: Grid) -> NDArray[np.int32]:
    """Scores (S, n) of n places with `values` (n, K) on the grid under S weightings (S, K): 0 to 4095 * 4096.

    >>> scores_of(whole_parts([[0.5, 0.5]]), on_grid([[0, 1], [1, 1]])).tolist()
    [[8386560, 16773120]]
    """
    return product(weights.astype(np.float32), values.astype(np.float32).T).astype(np.int32)


def product(left: Singles, right: Singles) -> Singles:
    """Matrix product (m, n) of whole numbers (m, k) and (k, n), exact while all sums stay up to 2**24.

    In pieces so small that the BLAS starts no threads of its own: they would only wait for each other.

    >>> product(np.float32([[1, 2]]), np.float32([[3], [4]])).tolist()
    [[11.0]]
    """
    (tall, inner), wide = left.shape, right.shape[1]
    found = np.empty((tall, wide), dtype=np.float32)
    columns = max(1, _PIECE // (inner * max(1, min(tall, _TALLEST))))
    rows = max(1, _PIECE // (inner * max(1, min(columns, wide))))
    for i in range(0, tall, rows):
        for j in range(0, wide, columns):
            part = np.s_[i : i + rows, j : j + columns]
            np.matmul(left[part[0]], right[:, part[1]], out=found[part])
    return found


def _checked_weights(weights: ArrayLike) -> Floats:
    array = numbers("weights", weights)
    if array.ndim != _ROWS_AND_COLUMNS or 0 in array.shape:
        raise MethodError("weights", "one row per weighting and one column per weight are needed")
    if not (np.isfinite(array) & (array >= 0)).all():
        raise MethodError("weights", "each must be a finite number from 0")
    sums = array.sum(axis=1)
    wrong = np.flatnonzero(np.abs(sums - 1) > 10.0**-_DECIMALS)
    if wrong.size:
        raise MethodError("weights", f"row {wrong[0]} sums to {sums[wrong[0]]:g}, not to 1")
    shares: Floats = array / sums[:, np.newaxis]
    return shares
