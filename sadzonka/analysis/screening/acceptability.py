"""What a screening finds: in how many of the weightings a place is in which band, and by which of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.screening.contest import Flags
from sadzonka.analysis.screening.counting import Counts, Totals
from sadzonka.analysis.screening.grid import WHOLE, Grid, whole_parts
from sadzonka.analysis.shares import Floats


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BandShares:
    """How often n places are in the top b, for B bands, under S weightings of K columns.

    Index 0 of a first axis of two is "surely", whatever the values turn out to be within their intervals;
    index 1 is "possibly". `counts` int32 (2, B, n): under how many weightings. `squares` int64 (2, B, n):
    those counts by scrambling, squared and summed. `central_sums` int64 (n, K): the sum, in 4096ths, of the
    weightings under which the place is possibly in `central_band`. `confidence` bool (2, n): whether it is in
    that band at its own central weights. `is_excluded` bool (n,). Arrays are read only.

    It is a share of weightings, never a probability of success.

    >>> from sadzonka.analysis.screening import Weightings, screen
    >>> found = screen([[0.2], [0.8], [0.8]], [[0.2], [0.8], [0.8]], Weightings.of([[1], [1]]), bands=[1, 2])
    >>> found.counts.tolist()
    [[[0, 0, 0], [0, 2, 2]], [[0, 2, 2], [0, 2, 2]]]
    """

    bands: tuple[int, ...]
    central_band: int
    samples: int
    scramblings: int
    counts: Counts
    squares: Totals
    central_sums: Totals
    confidence: Flags
    is_excluded: Flags

    def __post_init__(self) -> None:
        """Check that the arrays fit together; nobody changes them afterwards."""
        n, width = self.central_sums.shape[0], len(self.bands)
        shapes = (self.counts.shape, self.squares.shape, self.confidence.shape, self.is_excluded.shape)
        if shapes != ((2, width, n), (2, width, n), (2, n), (n,)) or self.central_band not in self.bands:
            raise MethodError("acceptability", "its parts do not fit together")
        for array in (self.counts, self.squares, self.central_sums, self.confidence, self.is_excluded):
            array.setflags(write=False)

    @property
    def shares(self) -> Floats:
        """Shares of weightings (2, B, n) in [0, 1], NaN where a place is excluded.

        >>> from sadzonka.analysis.screening import Weightings, screen
        >>> ends = Weightings.of([[1, 0], [0, 1]])
        >>> screen([[0.2, 0.9], [0.8, 0.4]], [[0.2, 0.9], [0.8, 0.4]], ends, bands=[1]).shares[1].tolist()
        [[0.5, 0.5]]
        """
        return np.where(self.is_excluded, np.nan, self.counts / self.samples)

    @property
    def errors(self) -> Floats:
        """Standard errors (2, B, n) of the shares, from how they differ between the scramblings.

        NaN where a place is excluded, and everywhere when there is one scrambling only.

        >>> from sadzonka.analysis.screening import Weightings, screen
        >>> runs = Weightings.of([[1, 0], [1, 0], [1, 0], [0, 1]], scramblings=2)
        >>> screen([[0.2, 0.9], [0.8, 0.4]], [[0.2, 0.9], [0.8, 0.4]], runs, bands=[1]).errors[1].tolist()
        [[0.25, 0.25]]
        """
        runs = self.scramblings
        if runs == 1:
            return np.full(self.counts.shape, np.nan)
        spread = runs * self.squares - self.counts.astype(np.int64) ** 2
        return np.where(self.is_excluded, np.nan, np.sqrt(spread / (runs - 1)) / self.samples)

    @property
    def central_weights(self) -> Floats:
        """Mean weights (n, K) of the weightings under which a place is possibly in the central band.

        NaN where that is never so: undefined, not 0.

        >>> from sadzonka.analysis.screening import Weightings, screen
        >>> ends = Weightings.of([[1, 0], [0, 1]])
        >>> values = [[0.9, 0.9], [0.8, 0.4]]
        >>> screen(values, values, ends, bands=[1]).central_weights.tolist()
        [[0.5, 0.5], [nan, nan]]
        """
        times = self.counts[1, self.bands.index(self.central_band)]
        means = np.full(self.central_sums.shape, np.nan)
        ever = times > 0
        means[ever] = self.central_sums[ever] / (times[ever, np.newaxis] * float(WHOLE))
        return means


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Acceptability(BandShares):
    """A whole screening: band shares of all its places, and what the answer for a changed one rests on.

    `lower` and `upper` uint16 (n, K) are the values on the grid. `edges` int32 (2, B, 2, S): by weighting, of
    the lower [0] and the upper ends [1] of all that compete, the b-th and the next in descending order, -1
    where there are fewer.

    >>> from sadzonka.analysis.screening import Weightings, screen
    >>> found = screen([[0.2, 0.9], [0.8, 0.4]], [[0.4, 0.9], [0.8, 0.4]], Weightings.of([[1, 0]]), bands=[1])
    >>> found.edges[:, 0, :, 0].tolist() == [[3276 * 4096, 819 * 4096], [3276 * 4096, 1638 * 4096]]
    True
    """

    lower: Grid
    upper: Grid
    edges: Counts

    def __post_init__(self) -> None:
        """Check as for any band shares, and the rest."""
        BandShares.__post_init__(self)
        shape = self.central_sums.shape
        fits = self.lower.shape == self.upper.shape == shape
        if not fits or self.edges.shape != (2, len(self.bands), 2, self.samples):
            raise MethodError("acceptability", "its parts do not fit together")
        for array in (self.lower, self.upper, self.edges):
            array.setflags(write=False)


def central_parts(central_sums: Totals) -> Grid:
    """Central weights on the grid, by largest remainder, of rows (p, K) of sums that are not all 0.

    >>> central_parts(np.array([[6144, 2048], [1, 2]])).tolist()
    [[3072, 1024], [1365, 2731]]
    """
    return whole_parts(central_sums / central_sums.sum(axis=1, keepdims=True))
