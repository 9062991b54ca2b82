"""Exact shares of weightings, scores and classes on whole arrays (method, sections 4 and 5)."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers
from sadzonka.analysis.compiled import kernels

DECIMALS = 9
BILLION = 10.0**DECIMALS  # values count in whole billionths, so that sums and differences are exact
MOST_DIMENSIONS = 12
POSSIBLE = 1  # index in CLASSES at which a dimension under its floor caps
GREATEST = 2.0**53 / BILLION  # beyond it not every billionth is a float64
ROWS_AT_ONCE = 8192  # a few such rows of float64 stay in a core's cache

Floats: TypeAlias = NDArray[np.float64]


def share_at_least(values: ArrayLike, thresholds: ArrayLike, *, compiled: bool = False) -> Floats:
    """Share, in [0, 1], of all weightings for which the weighted sum of `values` is >= each threshold.

    `values` has shape (..., K), 1 <= K <= 12, finite; `thresholds` has shape (T,); the result has shape
    (..., T). Weightings are uniform on the simplex of K weights; for other weight sets pass
    `WeightSet.image`. Both are rounded to 9 decimals first, so ties are ties. It is a share of weightings,
    not a probability. `compiled` gives the same bits by Numba. Anything not finite, no dimensions or too
    many, and what is beyond nine million, raise `MethodError`.
    Source: Varsi 1973; Curry & Schoenberg 1966 (the sum's distribution is a B-spline with knots `values`).

    >>> share_at_least([[0.9, 0.3, 0.4], [0.5, 0.5, 0.5]], [0.5]).round(9).tolist()
    [[0.533333333], [1.0]]
    """
    array, cuts = numbers("values", values), numbers("thresholds", thresholds)
    if cuts.ndim != 1:
        raise MethodError("thresholds", "a row of finite numbers is needed")
    _check_range("thresholds", cuts)
    cuts = np.rint(cuts * BILLION)
    rows = checked_rows("values", array)
    shares = np.empty((len(rows), len(cuts)))
    fill = kernels("shares").shares_at_least if compiled else fill_shares
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = shares[start : start + ROWS_AT_ONCE]
        by_threshold = np.empty(part.T.shape)
        fill(whole_columns("values", rows[start : start + ROWS_AT_ONCE]), cuts, by_threshold)
        part[:] = by_threshold.T
    return shares.reshape(*array.shape[:-1], len(cuts))


def share_better(a: ArrayLike, b: ArrayLike) -> Floats:
    """Share, in [0, 1], of all weightings for which `a` scores strictly more than `b`.

    Shapes (..., K) that broadcast to each other give (...). Equal rows give 0 both ways; otherwise
    `share_better(a, b) + share_better(b, a)` is 1, exactly: of the two, the one whose first unequal value is
    the greater is computed. With intervals, compare a's lower with b's upper end and the reverse. Pairwise
    shares need not be transitive. Errors and source as in `share_at_least`.

    >>> float(share_better([0.9, 0.1], [0.5, 0.3]).round(9))
    0.666666667
    """
    try:
        ahead, behind = np.broadcast_arrays(numbers("a", a), numbers("b", b))
    except MethodError:
        raise
    except ValueError:
        raise MethodError("b", "its shape does not fit that of a") from None
    rows, others = checked_rows("a", ahead), checked_rows("b", behind)
    better = np.empty(len(rows))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        lead = whole_columns("a", rows[part]) - whole_columns("b", others[part])
        first = np.take_along_axis(lead, np.argmax(lead != 0, axis=0)[np.newaxis], axis=0)[0]
        behind_less = share_below(rising_rows(np.where(first > 0, -lead, lead)), np.zeros(1))[0]
        better[part] = np.where(first > 0, behind_less, np.where(first < 0, 1.0 - behind_less, 0.0))
    return better.reshape(ahead.shape[:-1])


def scores(dimensions: ArrayLike, weights: ArrayLike) -> Floats:
    """Score of each row: the weighted sum of its dimensions, rounded to 9 decimals.

    `dimensions` has shape (..., K) with values in [0, 1], `weights` has shape (K,) and sums to 1;
    the result has shape (...). Terms are added one by one, so a row's score does not depend on the others.
    Another number of weights than of dimensions raises `MethodError`.

    >>> scores([[0.7, 0.45, 0.6, 0, 0.55]], [0.2] * 5).tolist()
    [0.46]
    """
    array, row = numbers("dimensions", dimensions), numbers("weights", weights)
    if array.ndim == 0 or row.shape != array.shape[-1:]:
        raise MethodError("weights", "one weight per dimension is needed")
    _check_range("dimensions", array)
    total = array[..., 0] * row[0]
    for k in range(1, len(row)):
        total = total + array[..., k] * row[k]
    return _rounded(total)


def under_floor(dimensions: ArrayLike, floors: ArrayLike) -> NDArray[np.bool_]:
    """Whether any dimension of a row is under its floor.

    `dimensions` has shape (..., K), `floors` shape (K,) with 0 for no floor; the result has shape (...).
    Another number of floors than of dimensions raises `MethodError`.

    >>> under_floor([[0.2, 0.9], [0.3, 0.9]], [0.3, 0]).tolist()
    [True, False]
    """
    array, row = numbers("dimensions", dimensions), numbers("floors", floors)
    if array.ndim == 0 or row.shape != array.shape[-1:]:
        raise MethodError("floors", "one floor per dimension is needed")
    _check_range("dimensions", array)
    _check_range("floors", row)
    is_under = np.zeros(array.shape[:-1], dtype=np.bool_)
    for k in np.flatnonzero(row > 0):
        is_under |= _rounded(array[..., k]) < round(float(row[k]), DECIMALS)
    return is_under


def classes(rounded_scores: ArrayLike, thresholds: ArrayLike, is_capped: ArrayLike) -> NDArray[np.int8]:
    """Class index of each score: how many thresholds it reaches, at most "possible" where it is capped.

    `rounded_scores` (as from `scores`) and `is_capped` (as from `under_floor`) have shape (...),
    `thresholds` shape (T,); the result has shape (...), 0..T. Other shapes and what is not finite raise
    `MethodError`. Source: method, section 5.

    >>> classes([0.2, 0.55, 0.8, 0.8], [0.35, 0.55, 0.75], [False, False, False, True]).tolist()
    [0, 2, 3, 1]
    """
    array, cuts = numbers("rounded_scores", rounded_scores), numbers("thresholds", thresholds)
    if cuts.ndim != 1:
        raise MethodError("thresholds", "a row of finite numbers is needed")
    _check_range("rounded_scores", array)
    _check_range("thresholds", cuts)
    capped = numbers("is_capped", is_capped) != 0
    if capped.shape != array.shape:
        raise MethodError("is_capped", "one truth for each score is needed")
    index = np.zeros(array.shape, dtype=np.int8)
    for threshold in _rounded(cuts):
        index += array >= threshold
    return np.where(capped, np.minimum(index, POSSIBLE), index).astype(np.int8)


def fill_shares(y: Floats, cuts: Floats, shares: Floats) -> None:
    """Fill shares (T, n) of weightings with a sum >= each cut (T,), y (K, n) and cuts in whole billionths.

    >>> found = np.empty((1, 2))
    >>> fill_shares(np.array([[0.0, 2.0], [4.0, 4.0]]), np.array([1.0]), found)
    >>> found.tolist()
    [[0.75, 1.0]]
    """
    np.subtract(1.0, share_below(rising_rows(y), cuts), out=shares)


def rising_rows(columns: Floats) -> list[Floats]:
    """Rows of `columns` (K, n) such that every column rises; compares whole rows, fast for small K.

    >>> [row.tolist() for row in rising_rows(np.array([[3.0, 1.0], [2.0, 5.0]]))]
    [[2.0, 1.0], [3.0, 5.0]]
    """
    rows = list(columns)
    for end in range(len(rows) - 1, 0, -1):
        for i in range(end):
            smaller = np.minimum(rows[i], rows[i + 1])
            np.maximum(rows[i], rows[i + 1], out=rows[i + 1])
            rows[i] = smaller
    return rows


def share_below(rising: list[Floats], cuts: Floats) -> Floats:
    """Share of weightings with a sum < each cut: K rising rows (n,) and cuts (T,), whole, give (T, n).

    below[i] is that share among the values i..j alone. Widening j - i by one mixes two neighbours:
    below(i..j) = r below(i..j-1) + (1 - r) below(i+1..j), r = (cut - y_i) / (y_j - y_i) within [0, 1].

    >>> share_below([np.array([0.0]), np.array([4.0])], np.array([1.0, 4.0])).tolist()
    [[0.25], [1.0]]
    """
    if len(rising) == 1:
        return np.less(rising[0], cuts[:, np.newaxis]).astype(np.float64)
    above = [cuts[:, np.newaxis] - row for row in rising[:-1]]
    below: list[Floats] = []
    spare = np.empty_like(above[0])
    for width in range(1, len(rising)):
        for i in range(len(rising) - width):
            gap = np.maximum(rising[i + width] - rising[i], 1.0)  # of equal values any gap gives r = 0 or 1
            r = np.empty_like(spare) if width == 1 else spare
            np.multiply(above[i], 1.0 / gap, out=r)
            np.clip(r, 0.0, 1.0, out=r)
            if width == 1:
                below.append(r)
                continue
            r *= below[i] - below[i + 1]
            np.add(r, below[i + 1], out=below[i])
    return below[0]


def checked_rows(name: str, array: Floats) -> Floats:
    """Return (..., K) as rows (n, K); none and more than 12 dimensions raise `MethodError` under `name`.

    >>> checked_rows("values", np.zeros((2, 3, 5))).shape
    (6, 5)
    """
    size = array.shape[-1] if array.ndim else 0
    if not size:
        raise MethodError(name, "at least one dimension is needed")
    if size > MOST_DIMENSIONS:
        raise MethodError(name, f"{size} dimensions, at most {MOST_DIMENSIONS} are computed")
    return array.reshape(-1, size)


def whole_columns(name: str, rows: Floats) -> Floats:
    """Rows (n, K) as columns (K, n) in whole billionths; not finite ones, or too large, raise `MethodError`.

    >>> whole_columns("values", np.array([[0.5, 1.0]])).tolist()
    [[500000000.0], [1000000000.0]]
    """
    columns = np.array(rows.T, order="C")
    _check_range(name, columns)
    return np.rint(np.multiply(columns, BILLION, out=columns), out=columns)


def _check_range(name: str, array: Floats) -> None:
    """Refuse NaN, infinity and numbers so large that their billionths are lost."""
    if array.size and not (array.min() >= -GREATEST and array.max() <= GREATEST):
        if np.isfinite(array).all():
            raise MethodError(name, f"beyond {GREATEST:,.0f} billionths are lost")
        raise MethodError(name, "every value must be a finite number")


def _rounded(array: Floats) -> Floats:
    return np.round(array, DECIMALS)  # which is rint(1e9 x) / 1e9, as everywhere
