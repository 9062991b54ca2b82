"""Which places are at the top, and how surely, under all weightings: rank bands (method, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers, whole_number
from sadzonka.analysis.screening import counting
from sadzonka.analysis.screening.acceptability import Acceptability, central_parts
from sadzonka.analysis.screening.cells import confidence
from sadzonka.analysis.screening.contest import (
    BANDS,
    Contest,
    Flags,
    checked_bands,
    checked_central_band,
)
from sadzonka.analysis.screening.counting import Counts, Totals
from sadzonka.analysis.screening.grid import Grid, on_grid
from sadzonka.analysis.screening.sampling import Weightings

_Whole = TypeVar("_Whole", np.int32, np.int64, np.bool_)

_ROWS_AND_COLUMNS = 2
_JOB = 512  # weightings that a thread counts before it takes the next


def screen(
    lower: ArrayLike,
    upper: ArrayLike,
    weightings: Weightings,
    *,
    bands: Iterable[int] = BANDS,
    is_excluded: ArrayLike | None = None,
    central_band: int | None = None,
    compiled: bool = False,
    threads: int = 1,
) -> Acceptability:
    """Count under how many weightings each of n places is in the top b, for bands b.

    `lower` and `upper` (n, K) are the ends of the values, in [0, 1]; they are taken to whole 4095ths. A place
    is possibly in the top b when fewer than b others surely beat it (their lower end is above its upper one),
    surely when fewer than b others possibly equal or beat it (their upper end reaches its lower one). So ties
    count for "possibly" and against "surely". Places in `is_excluded` (n,) compete with nobody and have no
    shares. `central_band`, one of the bands, is by default the largest up to 10.
    `compiled` uses Numba, `threads` as many threads: the result has the same bits. Wrong shapes, values
    outside 0 to 1, a lower end above the upper one, bands that do not rise raise `MethodError`.
    Source: SMAA-2, Lahdelma & Salminen 2001 (rank acceptability, central weights, confidence).

    >>> from sadzonka.analysis.screening import weightings
    >>> spread = weightings(2, points=256)
    >>> screen([[0.2, 0.4], [0.8, 0.2]], [[0.2, 0.4], [0.8, 0.3]], spread, bands=[1]).shares.round(2).tolist()
    [[[0.14, 0.75]], [[0.25, 0.86]]]
    """
    least, most = checked_values(lower, upper, weightings.columns)
    excluded = _checked_exclusion(is_excluded, len(least))
    sizes = checked_bands(bands)
    central = checked_central_band(central_band, sizes)
    contest = Contest.among(least, most, excluded, sizes, central)
    loops = _loops(compiled=compiled)
    with ThreadPoolExecutor(whole_number("threads", threads, least=1)) as pool:
        counted, squares, edges, sums = _tallied(contest, weightings, loops, pool)
        is_confident = _confident(contest, counted, sums, pool)
    competing = ~excluded
    return Acceptability(
        bands=sizes,
        central_band=central,
        samples=len(weightings),
        scramblings=weightings.scramblings,
        counts=_spread_out(counted, competing, -1),
        squares=_spread_out(squares, competing, -1),
        central_sums=_spread_out(sums, competing, 0),
        confidence=_spread_out(is_confident, competing, -1),
        is_excluded=excluded,
        lower=least,
        upper=most,
        edges=edges,
    )


def checked_values(lower: ArrayLike, upper: ArrayLike, columns: int) -> tuple[Grid, Grid]:
    """Both ends (n, K) on the grid; other shapes and ends the wrong way round raise `MethodError`.

    >>> [ends.tolist() for ends in checked_values([[0.5]], [[1]], 1)]
    [[[2048]], [[4095]]]
    """
    ends = {"lower": numbers("lower", lower), "upper": numbers("upper", upper)}
    for name, values in ends.items():
        if values.ndim != _ROWS_AND_COLUMNS or values.shape[1] != columns:
            raise MethodError(name, f"a row per place and {columns} columns are needed")
    if ends["lower"].shape != ends["upper"].shape:
        raise MethodError("upper", f"{len(ends['upper'])} places are not the {len(ends['lower'])} of lower")
    if (ends["lower"] > ends["upper"]).any():
        raise MethodError("lower", "a lower end is above the upper end")
    return on_grid(ends["lower"]), on_grid(ends["upper"])


def _checked_exclusion(is_excluded: ArrayLike | None, n: int) -> Flags:
    if is_excluded is None:
        return np.zeros(n, dtype=np.bool_)
    flags = np.array(is_excluded)
    if flags.dtype != np.bool_ or flags.shape != (n,):
        raise MethodError("is_excluded", f"{n} true or false are needed, one for each place")
    return flags


def _loops(*, compiled: bool) -> ModuleType:
    if not compiled:
        return counting
    try:
        from sadzonka.analysis.screening import compiled as loops  # noqa: PLC0415 - Numba is optional
    except ModuleNotFoundError as missing:
        if missing.name != "numba":
            raise
        raise MethodError("compiled", "Numba is not installed (pip install numba)") from missing
    return loops


def _tallied(
    contest: Contest, weightings: Weightings, loops: ModuleType, pool: ThreadPoolExecutor
) -> tuple[Counts, Totals, Counts, Totals]:
    """Return counts (2, B, n), their squares by scrambling, edges (2, B, 2, S) and central sums (n, K)."""
    shape = (2, len(contest.bands), len(contest))
    counts, squares = np.zeros(shape, dtype=np.int32), np.zeros(shape, dtype=np.int64)
    sums = np.zeros((len(contest), weightings.columns), dtype=np.int64)
    edges = np.empty((2, len(contest.bands), 2, len(weightings)), dtype=np.int32)
    jobs = list(_jobs(weightings))
    tallies = pool.map(lambda job: loops.count(contest, weightings.grid[job]), jobs)
    of_this_scrambling = np.zeros(shape, dtype=np.int64)
    for job, tally in zip(jobs, tallies, strict=True):
        counts += tally.counts
        sums += tally.central_sums
        edges[..., job] = tally.edges
        of_this_scrambling += tally.counts
        if job.stop % weightings.points == 0:
            squares += of_this_scrambling**2
            of_this_scrambling[:] = 0
    return counts, squares, edges, sums


def _jobs(weightings: Weightings) -> Iterator[slice]:
    """Yield stretches of weightings, none of which reaches into two scramblings."""
    for first in range(0, len(weightings), weightings.points):
        for start in range(first, first + weightings.points, _JOB):
            yield slice(start, min(start + _JOB, first + weightings.points))


def _confident(contest: Contest, counts: Counts, sums: Totals, pool: ThreadPoolExecutor) -> Flags:
    """Whether each place is in the central band at its central weights (2, n); False where it has none."""
    found = np.zeros((2, len(contest)), dtype=np.bool_)
    places = np.flatnonzero(counts[1, contest.central])
    if places.size:
        found[:, places] = confidence(contest, central_parts(sums[places]), places, pool.map)
    return found


def _spread_out(part: NDArray[_Whole], competing: Flags, axis: int) -> NDArray[_Whole]:
    """Put the places that compete back among all, along `axis`; 0 for the excluded ones."""
    shape = list(part.shape)
    shape[axis] = len(competing)
    whole = np.zeros(shape, dtype=part.dtype)
    np.moveaxis(whole, axis, 0)[competing] = np.moveaxis(part, axis, 0)
    return whole
