"""The weightings of a screening: evenly spread over what is known, made once and kept with its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from sadzonka.analysis.checks import MethodError, numbers, whole_number
from sadzonka.analysis.practice import DIMENSIONS
from sadzonka.analysis.screening.grid import WHOLE, Grid, whole_parts
from sadzonka.analysis.shares import Floats
from sadzonka.analysis.weights import WeightSet

POINTS = 512  # in each scrambling
SCRAMBLINGS = 8
SEED = 20131127
MOST_COLUMNS = 12
MOST_WEIGHTINGS = 1 << 20  # 256 times the usual: more is a slip of the hand
_ROWS_AND_COLUMNS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Weightings:
    """S weightings of K columns as whole 4096ths; `scramblings` equal runs of rows are independent draws.

    `grid` is uint16 (S, K), each row summing to 4096. Other rows, more than 12 columns and runs that are not
    equally long raise `MethodError`.

    >>> Weightings(np.array([[4096, 0], [1024, 3072]], dtype=np.uint16)).scramblings
    1
    """

    grid: Grid
    scramblings: int = 1

    def __post_init__(self) -> None:
        """Refuse what are no weightings; nobody changes them afterwards."""
        if (
            not isinstance(self.grid, np.ndarray)
            or self.grid.dtype != np.uint16
            or self.grid.ndim != _ROWS_AND_COLUMNS
            or 0 in self.grid.shape
        ):
            raise MethodError("weights", "whole 4096ths are needed, a row per weighting, a column per weight")
        _checked_columns(self.columns)
        if (self.grid.sum(axis=1, dtype=np.int64) != WHOLE).any():
            raise MethodError("weights", f"each weighting must sum to {WHOLE} 4096ths")
        if len(self) % whole_number("scramblings", self.scramblings, least=1):
            raise MethodError("scramblings", f"{len(self)} weightings are not {self.scramblings} equal runs")
        own = self.grid.copy()
        own.setflags(write=False)
        object.__setattr__(self, "grid", own)

    def __len__(self) -> int:
        return len(self.grid)

    @property
    def columns(self) -> int:
        """K, how many values a score is made of.

        >>> weightings(3, points=4).columns
        3
        """
        return int(self.grid.shape[1])

    @property
    def points(self) -> int:
        """How many weightings one scrambling has.

        >>> weightings(3, points=4, scramblings=2).points
        4
        """
        return len(self) // self.scramblings

    @classmethod
    def of(cls, weights: ArrayLike, scramblings: int = 1) -> Self:
        """Take weightings given by hand: rows (S, K) of numbers from 0 that sum to 1; errors as above.

        >>> Weightings.of([[0.5, 0.5], [1, 0]]).grid.tolist()
        [[2048, 2048], [4096, 0]]
        """
        return cls(whole_parts(weights), scramblings)


def weightings(
    weights: WeightSet | int, *, points: int = POINTS, scramblings: int = SCRAMBLINGS, seed: int = SEED
) -> Weightings:
    """Spread `points` weightings, a power of two, evenly over a weight set, `scramblings` times anew.

    `weights` is a weight set of the five dimensions, or a number of columns 1 to 12 of whose weights nothing
    is known. Scrambled Sobol points (Owen 1998; Joe & Kuo 2008, from SciPy) become uniform on the simplex by
    stick-breaking (Devroye 1986, chapter V; Fang & Wang 1994), then the set's own by its corners, then whole
    4096ths. A rank order survives that; a lower bound may be missed by less than 1/4096. Stored with a run,
    for another release of SciPy may spread them otherwise. Wrong numbers raise `MethodError`.

    >>> made = weightings(WeightSet.simplex(), points=64)
    >>> made.grid.shape, made.grid.sum(axis=1).tolist() == [4096] * 512
    ((512, 5), True)
    >>> weightings(5, points=100)
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: points: 100 is not a power of two
    """
    if whole_number("points", points, least=1) & (points - 1):
        raise MethodError("points", f"{points} is not a power of two")
    if whole_number("scramblings", scramblings, least=1) * points > MOST_WEIGHTINGS:
        raise MethodError(
            "scramblings", f"{scramblings} times {points} are over {MOST_WEIGHTINGS} weightings"
        )
    whole_number("seed", seed)
    columns = len(DIMENSIONS) if isinstance(weights, WeightSet) else _checked_columns(weights)
    seeds = np.random.SeedSequence(seed).spawn(scramblings)
    spread = on_simplex(np.concatenate([_sobol(columns - 1, points, one) for one in seeds]))
    if not isinstance(weights, WeightSet):
        return Weightings(whole_parts(spread), scramblings)
    return Weightings(within(weights, spread), scramblings)


def within(weights: WeightSet, spread: ArrayLike) -> Grid:
    """Weightings (S, 5) of the whole simplex as ones of a weight set, in whole 4096ths, in its rank order.

    >>> within(WeightSet.bounded({"need": 0.5}), [[0, 1, 0, 0, 0]]).tolist()
    [[2048, 2048, 0, 0, 0]]
    """
    precedence = [DIMENSIONS.index(name) for name in weights.order or DIMENSIONS]
    on_corners = numbers("spread", spread)
    if on_corners.ndim != _ROWS_AND_COLUMNS or on_corners.shape[1] != len(DIMENSIONS):
        raise MethodError("spread", f"rows of {len(DIMENSIONS)} weights are needed")
    return whole_parts(on_corners @ np.array(weights.vertices), precedence)


def on_simplex(points: ArrayLike) -> Floats:
    """Points (S, K - 1) of the unit cube as weightings (S, K): uniform ones become uniform on the simplex.

    Stick-breaking: of what is left, weight k takes 1 - (1 - u_k)^(1 / (K - k)), and the last one the rest.
    Anything outside the cube raises `MethodError`.

    >>> on_simplex([[0, 0.5], [0.75, 0]]).tolist()
    [[0.0, 0.5, 0.5], [0.5, 0.0, 0.5]]
    """
    cube = numbers("points", points)
    if cube.ndim != _ROWS_AND_COLUMNS or not ((cube >= 0) & (cube <= 1)).all():
        raise MethodError("points", "rows of numbers from 0 to 1 are needed")
    columns = cube.shape[1] + 1
    weights = np.empty((len(cube), columns))
    left = np.ones(len(cube))
    for k in range(columns - 1):
        kept = left * (1 - cube[:, k]) ** (1 / (columns - 1 - k))
        weights[:, k] = left - kept
        left = kept
    weights[:, -1] = left
    return weights


def _sobol(size: int, points: int, seed: np.random.SeedSequence) -> Floats:
    from scipy.stats import qmc  # noqa: PLC0415 - tens of megabytes that a web worker does not need

    if not size:
        return np.empty((points, 0))
    made: Floats = qmc.Sobol(size, rng=np.random.default_rng(seed)).random_base2(points.bit_length() - 1)
    return made


def _checked_columns(columns: int) -> int:
    if whole_number("columns", columns, least=1) > MOST_COLUMNS:
        raise MethodError("columns", f"{columns} is not from 1 to {MOST_COLUMNS}")
    return columns
