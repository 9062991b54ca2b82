"""Places as boxes that can be compared: intervals on fixed scales, and kinds (method, section 8)."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, finite_number, numbers
from sadzonka.analysis.shares import Floats

NOT_KNOWN = -1  # the kind of a place of which it is not known

Singles: TypeAlias = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scale:
    """A variable of which places have figures, with the fixed ends between which they are compared.

    A figure beyond an end counts as that end. A logarithmic scale compares by ratio: 1,000 and 2,000 are
    as far apart as 10,000 and 20,000. Ends that do not rise, an end of a logarithmic scale that is not
    above 0 and a weight that is not above 0 raise `MethodError`.

    >>> Scale("inhabitants", 100, 1_000_000, is_logarithmic=True).place([10, 10_000]).tolist()
    [0.0, 0.5]
    """

    key: str
    lower: float
    upper: float
    is_logarithmic: bool = False
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse ends that are none."""
        for value in (self.lower, self.upper):
            finite_number(self.key, value)
        if self.lower >= self.upper:
            raise MethodError(self.key, f"lower end {self.lower} is not below upper end {self.upper}")
        if self.is_logarithmic and self.lower <= 0:
            raise MethodError(self.key, f"lower end {self.lower} of a logarithmic scale is not above 0")
        _check_weight(self.key, self.weight)

    def place(self, figures: ArrayLike) -> Singles:
        """Where figures of any shape lie between the ends, 0 to 1 in single precision; NaN stays NaN.

        >>> Scale("altitude", 0, 2000).place([500, 3000]).tolist()
        [0.25, 1.0]
        """
        cut = np.clip(numbers(self.key, figures), self.lower, self.upper)
        if self.is_logarithmic:
            along = np.log(cut / self.lower) / math.log(self.upper / self.lower)
        else:
            along = (cut - self.lower) / (self.upper - self.lower)
        return np.clip(along, 0.0, 1.0).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Kind:
    """A variable of which places are of one kind or another: the same kind is 0 apart, another one 1.

    A weight that is not above 0 raises `MethodError`.

    >>> Kind("type of municipality").weight
    1.0
    """

    key: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a weight that is none."""
        _check_weight(self.key, self.weight)


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """One place, perhaps from outside: its ends on every scale, 0 to 1, and its kinds; see `Space.box`.

    >>> Space.of([Scale("x", 0, 10)], [[0]], [[5]]).box([1], [5]).upper.tolist()
    [0.5]
    """

    lower: Singles
    upper: Singles
    kinds: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """Places as boxes: on each of `scales` an interval within 0 to 1, and one of each of `sorts` of kinds.

    `lower` and `upper` have one row per scale and one column per place, in single precision; a gap is the
    whole scale. `kinds` has one row per sort. Made once by `Space.of`, never changed, searched often.
    Equal distances are told apart by the order of places: give them in the order of their codes.

    >>> len(Space.of([Scale("x", 0, 10)], [[1], [3]], [[1], [5]]))
    2
    """

    scales: tuple[Scale, ...]
    sorts: tuple[Kind, ...]
    lower: Singles
    upper: Singles
    kinds: NDArray[np.int16]
    weights: Floats = field(init=False)  # of scales, then sorts; they sum to 1
    centres: Singles = field(init=False)  # weighted, so that a search only subtracts and adds
    half_widths: Singles = field(init=False)  # weighted and summed over scales
    known_bits: NDArray[np.uint8] = field(init=False)  # a bit for each variable, eight to a row

    def __post_init__(self) -> None:
        """Prepare what a search of a whole continent needs, so that it takes about a millisecond."""
        weights = np.array([one.weight for one in self.variables], dtype=np.float64)
        weights /= math.fsum(weights)
        half_widths = np.zeros(len(self), dtype=np.float64)
        for weight, lower, upper in zip(weights, self.lower, self.upper, strict=False):
            half_widths += (upper - lower) * (weight / 2)
        centres = (self.lower + self.upper) * (weights[: len(self.scales), np.newaxis] / 2).astype(np.float32)
        known = np.packbits(known_of(self.lower, self.upper, self.kinds), axis=0)
        made = {
            "weights": weights,
            "centres": centres,
            "half_widths": half_widths.astype(np.float32),
            "known_bits": known,
        }
        for name, array in made.items():
            object.__setattr__(self, name, array)
        arrays: tuple[NDArray[Any], ...] = (self.lower, self.upper, self.kinds, *made.values())
        for array in arrays:
            array.setflags(write=False)

    def __len__(self) -> int:
        return int(self.lower.shape[1])

    @property
    def variables(self) -> tuple[Scale | Kind, ...]:
        """The scales, then the sorts."""
        return (*self.scales, *self.sorts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The variables by name, in the order in which everything about them is given.

        >>> Space.of([Scale("x", 0, 1)], [[0]], [[0]], [Kind("type")], [[3]]).keys
        ('x', 'type')
        """
        return tuple(one.key for one in self.variables)

    @classmethod
    def of(
        cls,
        scales: Sequence[Scale],
        lower: ArrayLike,
        upper: ArrayLike,
        sorts: Sequence[Kind] = (),
        kinds: ArrayLike | None = None,
    ) -> Self:
        """Make a space of n places from readings in their own units.

        `lower` and `upper` have shape (n, number of scales); an end that is NaN is not known and becomes
        the end of the scale. `kinds` has shape (n, number of sorts): whole numbers from 0, or `NOT_KNOWN`.
        No variable, one twice, other shapes and a lower end above the upper one raise `MethodError`.

        >>> space = Space.of([Scale("x", 0, 10)], [[1], [float("nan")]], [[2], [float("nan")]])
        >>> space.lower.round(6).tolist(), space.upper.round(6).tolist()
        ([[0.10000000149011612, 0.0]], [[0.20000000298023224, 1.0]])
        """
        keys = [*(one.key for one in scales), *(one.key for one in sorts)]
        if not keys:
            raise MethodError("scales", "at least one variable is needed")
        for key in keys:
            if keys.count(key) > 1:
                raise MethodError(key, "this variable is there twice")
        least, most = numbers("lower", lower), numbers("upper", upper)
        for name, ends in (("lower", least), ("upper", most)):
            if ends.ndim != 2 or ends.shape[1] != len(scales):  # noqa: PLR2004 - places and variables
                raise MethodError(name, "one row per place and one column per scale are needed")
        n = len(least)
        if len(most) != n:
            raise MethodError("upper", f"{len(most)} places are not the {n} of lower")
        sorted_as = np.zeros((n, 0), dtype=np.int16) if kinds is None else _checked_kinds(kinds)
        if sorted_as.shape != (n, len(sorts)):
            raise MethodError("kinds", "one row per place and one column per sort are needed")
        placed = np.empty((2, len(scales), n), dtype=np.float32)
        for j, scale in enumerate(scales):
            if (least[:, j] > most[:, j]).any():
                raise MethodError(scale.key, "a lower end is above the upper end")
            placed[0, j] = np.nan_to_num(scale.place(least[:, j]), nan=0.0)
            placed[1, j] = np.nan_to_num(scale.place(most[:, j]), nan=1.0)
        kinds_by_sort = np.array(sorted_as.T, dtype=np.int16, order="C")
        return cls(tuple(scales), tuple(sorts), placed[0], placed[1], kinds_by_sort)

    def box(self, lower: ArrayLike, upper: ArrayLike, kinds: ArrayLike | None = None) -> Box:
        """Make a place that need not be in this space: ends by scale, and kinds by sort, as in `Space.of`.

        >>> space = Space.of([Scale("x", 0, 10)], [[1], [3]], [[1], [5]])
        >>> from sadzonka.analysis import nearest
        >>> nearest(space, space.box([4], [4]), k=1)[0].index
        1
        """
        one = None if kinds is None else np.asarray(kinds)[np.newaxis]
        alone = type(self).of(
            self.scales, np.asarray(lower)[np.newaxis], np.asarray(upper)[np.newaxis], self.sorts, one
        )
        return alone.box_at(0)

    def box_at(self, index: int) -> Box:
        """Return the place in a row of this space; a row that is not there raises `MethodError`.

        >>> Space.of([Scale("x", 0, 10)], [[0], [5]], [[1], [5]]).box_at(1).lower.tolist()
        [0.5]
        """
        if not 0 <= (row := operator.index(index)) < len(self):
            raise MethodError("place", f"{index} is not a row of {len(self)} places")
        return Box(self.lower[:, row], self.upper[:, row], self.kinds[:, row])


def known_of(lower: Singles, upper: Singles, kinds: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether a variable is known of a place: an interval narrower than the whole scale, or a kind.

    `lower` and `upper` have one row per scale, `kinds` one per sort; the result has one row for each of
    both. An interval counts whole or not at all; how wide it is shows in the distance.
    """
    return np.concatenate((~((lower == 0) & (upper == 1)), kinds != NOT_KNOWN))


def _check_weight(key: str, weight: float) -> None:
    if finite_number(key, weight) <= 0:
        raise MethodError(key, f"weight {weight} is not above 0")


def _checked_kinds(kinds: ArrayLike) -> NDArray[np.int16]:
    array = np.asarray(kinds)
    limits = np.iinfo(np.int16)
    if array.size and (
        not np.issubdtype(array.dtype, np.integer) or array.min() < NOT_KNOWN or array.max() > limits.max
    ):
        raise MethodError("kinds", f"whole numbers from {NOT_KNOWN} to {limits.max} are needed")
    return array.astype(np.int16)
