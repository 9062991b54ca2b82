"""Weighted means of whole numbers, exact before they are rounded (method, section 3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.shares import BILLION, Floats


def add_weighted(sums: Floats, values: NDArray[np.int32] | NDArray[np.bool_], weight: float) -> None:
    """Add `weight` times each value (n,) to the sums (n,); whole numbers up to 2**53 stay exact.

    >>> sums = np.zeros(2)
    >>> add_weighted(sums, np.array([2, 3], np.int32), 500_000.0)
    >>> sums.tolist()
    [1000000.0, 1500000.0]
    """
    sums += values * weight


def round_mean(sums: Floats, total: float) -> None:
    """Turn sums (n,) of whole billionths into their means by `total` weights, rounded, in place.

    The quotient is exact to half a billionth and then half to even: see `dimension_intervals`.

    >>> sums = np.array([1e9, 2.5e9])
    >>> round_mean(sums, 3.0)
    >>> sums.tolist()
    [0.333333333, 0.833333333]
    """
    np.divide(sums, total, out=sums)
    np.divide(np.rint(sums, out=sums), BILLION, out=sums)
