"""What is known about the weights of the five dimensions (method, section 4)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike

from sadzonka.analysis.checks import MethodError, finite_number, numbers
from sadzonka.analysis.practice import DIMENSIONS
from sadzonka.analysis.shares import DECIMALS, Floats


@dataclass(frozen=True, slots=True)
class WeightSet:
    """A set of weightings that is an affine image of the simplex; made by one of its three class methods.

    `vertices` holds its five corners, each a row of five weights in the order of `DIMENSIONS`.

    >>> WeightSet.simplex().centroid
    (0.2, 0.2, 0.2, 0.2, 0.2)
    """

    kind: Literal["simplex", "ranked", "bounded"]
    order: tuple[str, ...] = ()
    bounds: tuple[float, ...] = ()
    vertices: tuple[tuple[float, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the corners from what the class methods checked."""
        count = len(DIMENSIONS)
        if self.kind == "ranked":
            places = [self.order.index(dimension) for dimension in DIMENSIONS]
            sizes = range(1, count + 1)
            corners = [[1 / size if place < size else 0.0 for place in places] for size in sizes]
        else:
            bounds = self.bounds or (0.0,) * count
            rest = max(1 - math.fsum(bounds), 0.0)
            corners = [[bound + rest * (i == k) for i, bound in enumerate(bounds)] for k in range(count)]
        object.__setattr__(self, "vertices", tuple(tuple(corner) for corner in corners))

    @classmethod
    def simplex(cls) -> Self:
        """All weights that sum to 1: nothing is known about them.

        >>> WeightSet.simplex().vertices[1]
        (0.0, 1.0, 0.0, 0.0, 0.0)
        """
        return cls("simplex")

    @classmethod
    def ranked(cls, order: tuple[str, ...]) -> Self:
        """Weights that never rise along `order`, which names all five dimensions, the weightiest first.

        Anything else raises `MethodError`. The centroid is the rank-order centroid (Barron & Barrett 1996).

        >>> [round(w, 4) for w in WeightSet.ranked(DIMENSIONS).centroid]
        [0.4567, 0.2567, 0.1567, 0.09, 0.04]
        """
        if sorted(order) != sorted(DIMENSIONS):
            raise MethodError("order", f"{order!r} must name each of {', '.join(DIMENSIONS)} once")
        return cls("ranked", order=tuple(order))

    @classmethod
    def bounded(cls, least: Mapping[str, float]) -> Self:
        """Weights of at least `least`, by dimension, 0 where it names none.

        Unknown dimensions, negative bounds and a sum over 1 raise `MethodError`.

        >>> WeightSet.bounded({"need": 0.5}).centroid
        (0.6, 0.1, 0.1, 0.1, 0.1)
        """
        for dimension, bound in least.items():
            if dimension not in DIMENSIONS:
                raise MethodError("bounds", f"{dimension!r} is none of {', '.join(DIMENSIONS)}")
            if finite_number(f"bound of {dimension}", bound) < 0:
                raise MethodError(dimension, f"bound {bound} is negative")
        bounds = tuple(float(least.get(dimension, 0.0)) for dimension in DIMENSIONS)
        if math.fsum(bounds) > 1:
            raise MethodError("bounds", f"they sum to {math.fsum(bounds)}, over 1")
        return cls("bounded", bounds=bounds)

    @property
    def centroid(self) -> tuple[float, ...]:
        """The mean weights: five numbers that sum to 1.

        >>> WeightSet.bounded({"need": 1}).centroid
        (1.0, 0.0, 0.0, 0.0, 0.0)
        """
        return tuple(math.fsum(column) / len(self.vertices) for column in zip(*self.vertices, strict=True))

    def image(self, dimensions: ArrayLike) -> Floats:
        """Scores at the five corners: `dimensions` (..., 5) give y (..., 5), rounded to 9 decimals.

        The shares of this weight set are those of the whole simplex over y; min(y) and max(y) bound the
        score. Another number of dimensions raises `MethodError`.

        >>> WeightSet.ranked(DIMENSIONS).image([0.9, 0.2, 0.6, 0.4, 0.4]).tolist()
        [0.9, 0.55, 0.566666667, 0.525, 0.5]
        """
        array = numbers("dimensions", dimensions)
        if array.ndim == 0 or array.shape[-1] != len(DIMENSIONS):
            raise MethodError("dimensions", f"{len(DIMENSIONS)} are needed")
        y = np.zeros(array.shape)
        for corner, weights in enumerate(self.vertices):
            for k, weight in enumerate(weights):
                if weight:
                    y[..., corner] += weight * array[..., k]
        return np.round(y, DECIMALS)


SIMPLEX = WeightSet.simplex()
