"""Which places compete in a screening, with what values, for which bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.checks import MethodError, whole_number
from sadzonka.analysis.screening.grid import Grid, Singles

BANDS = (1, 3, 5, 10, 20, 50)
CENTRAL_BAND = 10  # about as many as one visit can take in

Flags: TypeAlias = NDArray[np.bool_]

_AT_ONCE = 4  # columns that a compiled loop adds in one go


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The places that are not excluded, column by column, and the bands that they compete for.

    `values` (2, columns, n) are the lower and the upper ends, whole numbers 0 to 4095 in single precision;
    (1, columns, n) where every value is a point, so that nothing is counted twice. Columns are filled up with
    zeros to a multiple of four. `ranks` (2 B,) are the bands b and b + 1 in turn; they never fall.
    """

    values: Singles
    bands: tuple[int, ...]
    central: int  # position of the central band
    ranks: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        """Work out the ranks that bound the bands."""
        pairs = [rank for band in self.bands for rank in (band, band + 1)]
        object.__setattr__(self, "ranks", np.array(pairs, dtype=np.int64))

    def __len__(self) -> int:
        return int(self.values.shape[2])

    @classmethod
    def among(
        cls, lower: Grid, upper: Grid, is_excluded: Flags, bands: tuple[int, ...], central_band: int
    ) -> Contest:
        """Let the places (n, K) compete that are not excluded (n,).

        >>> points = np.array([[4095], [7]], dtype=np.uint16)
        >>> contest = Contest.among(points, points, np.array([False, True]), (1, 10), 10)
        >>> contest.values.tolist(), contest.ranks.tolist()
        ([[[4095.0], [0.0], [0.0], [0.0]]], [1, 2, 10, 11])
        """
        least, most = lower[~is_excluded], upper[~is_excluded]
        ends = [least] if np.array_equal(least, most) else [least, most]
        columns = np.stack([padded(values).T for values in ends])
        return cls(np.ascontiguousarray(columns), bands, bands.index(central_band))


def padded(rows: Grid) -> Singles:
    """Rows (m, K) in single precision, filled up with zeros to a multiple of four columns.

    >>> padded(np.array([[4096]], dtype=np.uint16)).tolist()
    [[4096.0, 0.0, 0.0, 0.0]]
    """
    wide = np.zeros((len(rows), -(-rows.shape[1] // _AT_ONCE) * _AT_ONCE), dtype=np.float32)
    wide[:, : rows.shape[1]] = rows
    return wide


def checked_bands(bands: Iterable[int]) -> tuple[int, ...]:
    """Bands as whole numbers; none at all, one under 1 and ones that do not rise raise `MethodError`.

    >>> checked_bands([3, 1])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: bands: (3, 1) must rise
    """
    sizes = tuple(whole_number("bands", band, least=1) for band in bands)
    if not sizes:
        raise MethodError("bands", "at least one is needed")
    if any(low >= high for low, high in pairwise(sizes)):
        raise MethodError("bands", f"{sizes!r} must rise")
    return sizes


def checked_central_band(central_band: int | None, bands: tuple[int, ...]) -> int:
    """Return the central band, by default the largest up to 10; one that is no band raises `MethodError`.

    >>> checked_central_band(None, (1, 5, 20))
    5
    """
    if central_band is None:
        return max((band for band in bands if band <= CENTRAL_BAND), default=bands[0])
    if central_band not in bands:
        raise MethodError("central band", f"{central_band} is none of {', '.join(map(str, bands))}")
    return central_band
