"""Weighted means of whole numbers, one pass each.

>>> sums = np.array([1e9, 2.5e9])
>>> round_mean(sums, 3.0)
>>> sums.tolist()
[0.333333333, 0.833333333]
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.compiled.kernel import kernel

BILLION = 1e9

Floats = NDArray[np.float64]


@kernel
def add_weighted(sums: Floats, values: NDArray[np.int32] | NDArray[np.bool_], weight: float) -> None:
    """Add `weight` times each value (n,) to the sums (n,)."""
    for lane in range(len(sums)):
        sums[lane] += values[lane] * weight


@kernel
def round_mean(sums: Floats, total: float) -> None:
    """Turn sums (n,) of whole billionths into their means by `total` weights, rounded, in place."""
    for lane in range(len(sums)):
        sums[lane] = np.rint(sums[lane] / total) / BILLION
