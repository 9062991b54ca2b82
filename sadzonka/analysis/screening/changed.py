"""What one changed place would get in a finished screening, without running it again."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sadzonka.analysis.checks import MethodError, numbers, whole_number
from sadzonka.analysis.screening.acceptability import Acceptability, BandShares, central_parts
from sadzonka.analysis.screening.bands import checked_values
from sadzonka.analysis.screening.cells import confidence
from sadzonka.analysis.screening.contest import Contest, Flags
from sadzonka.analysis.screening.counting import Counts, Totals
from sadzonka.analysis.screening.grid import Grid, scores_of
from sadzonka.analysis.screening.sampling import Weightings


def what_if(
    acceptability: Acceptability,
    weightings: Weightings,
    row: int,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    is_excluded: bool | None = None,
) -> BandShares:
    """Band shares of the place in `row` if its values were `lower` and `upper` (K,): equal to a full rerun.

    The other places keep their values; what their shares would become is not answered, and they may move
    too. `weightings` are those of the screening, as `from_bytes` returns both: others of the same shape would
    give another answer unnoticed. Whether the place is excluded stays as it was unless it is
    said. The answer is of one place: its arrays have n = 1. Errors are as in `screen`; a row that is not
    there and weightings of another shape raise `MethodError`.

    >>> from sadzonka.analysis.screening import screen
    >>> ends = Weightings.of([[1, 0], [0, 1]])
    >>> found = screen([[0.2, 0.9], [0.8, 0.4]], [[0.2, 0.9], [0.8, 0.4]], ends, bands=[1])
    >>> what_if(found, ends, 1, [0.8, 0.4], [0.8, 1]).shares.ravel().tolist()
    [0.5, 1.0]
    """
    at = _checked_row(acceptability, weightings, row)
    ends = numbers("lower", lower)[np.newaxis], numbers("upper", upper)[np.newaxis]
    least, most = checked_values(ends[0], ends[1], weightings.columns)
    excluded = bool(acceptability.is_excluded[at]) if is_excluded is None else is_excluded
    in_band = np.zeros((2, len(acceptability.bands), len(weightings)), dtype=np.bool_)
    if not excluded:
        edges = _edges_of_others(acceptability, weightings, at)
        in_band[0] = scores_of(weightings.grid, least)[:, 0] > edges[1]
        in_band[1] = scores_of(weightings.grid, most)[:, 0] >= edges[0]
    by_run = in_band.reshape(*in_band.shape[:2], weightings.scramblings, -1).sum(axis=3, dtype=np.int64)
    is_central = in_band[1, acceptability.bands.index(acceptability.central_band)]
    sums = weightings.grid[is_central].sum(axis=0, dtype=np.int64)[np.newaxis]
    return BandShares(
        bands=acceptability.bands,
        central_band=acceptability.central_band,
        samples=acceptability.samples,
        scramblings=acceptability.scramblings,
        counts=by_run.sum(axis=2, keepdims=True).astype(np.int32),
        squares=(by_run**2).sum(axis=2, keepdims=True),
        central_sums=sums,
        confidence=_confidence_of(acceptability, at, (least, most), sums),
        is_excluded=np.array([excluded]),
    )


def _edges_of_others(acceptability: Acceptability, weightings: Weightings, row: int) -> Counts:
    """Of all competing places but one, the b-th lower and upper ends in descending order (2, B, S)."""
    th, next_one = acceptability.edges[:, :, 0], acceptability.edges[:, :, 1]
    if acceptability.is_excluded[row]:
        return th
    own = [scores_of(weightings.grid, ends[row : row + 1])[:, 0] for ends in _ends(acceptability)]
    # Taken out of its place in the order, at the edge or before it, it lets the next one move up.
    return np.where(np.stack(own)[:, np.newaxis] >= th, next_one, th)


def _confidence_of(
    acceptability: Acceptability, row: int, changed: tuple[Grid, Grid], central_sums: Totals
) -> Flags:
    """Whether the changed place is surely [0], possibly [1] in the central band at its central weights."""
    if not central_sums.any():
        return np.zeros((2, 1), dtype=np.bool_)
    lower, upper = (values.copy() for values in _ends(acceptability))
    lower[row], upper[row] = changed[0][0], changed[1][0]
    is_excluded = acceptability.is_excluded.copy()
    is_excluded[row] = False
    contest = Contest.among(lower, upper, is_excluded, acceptability.bands, acceptability.central_band)
    place = np.count_nonzero(~is_excluded[:row])
    return confidence(contest, central_parts(central_sums), np.array([place]))


def _ends(acceptability: Acceptability) -> tuple[Grid, Grid]:
    return acceptability.lower, acceptability.upper


def _checked_row(acceptability: Acceptability, weightings: Weightings, row: int) -> int:
    n, columns = acceptability.lower.shape
    if (at := whole_number("place", row)) >= n:
        raise MethodError("place", f"{row} is not a row of {n} places")
    made_of = (len(weightings), weightings.columns, weightings.scramblings)
    if made_of != (acceptability.samples, columns, acceptability.scramblings):
        raise MethodError("weightings", "they are not those of the screening")
    return at
