"""What is known of many places in one column: readings with the values made of them, and states."""

from __future__ import annotations

from copy import copy
from dataclasses import InitVar, dataclass, field
from typing import Any, Self, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers
from sadzonka.analysis.compiled import kernels
from sadzonka.analysis.shares import BILLION, Floats
from sadzonka.analysis.value_function import Interval, ValueFunction

Wholes: TypeAlias = NDArray[np.int32]
Indices: TypeAlias = NDArray[np.int8]
Flags: TypeAlias = NDArray[np.bool_]
_AnyColumn = TypeVar("_AnyColumn", bound=Any)
BLOCKED, TO_VERIFY, OPEN = range(3)  # twice the values of `Gate`, as states count twice


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Readings [l, u] of n places in the indicator's units, NaN at both ends where nothing is known.

    `lower` and `upper` have shape (n,). Practices that read the same column share it: a value function is
    applied to it once. `name` names it in errors: other shapes, only one end missing, l > u and infinite
    readings raise `MethodError`.

    >>> Column("unemployment", [7, 9], [7, float("nan")])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: unemployment: only one end is missing, first at place 1
    """

    name: str
    lower: Floats
    upper: Floats
    is_known: Flags = field(init=False, repr=False)
    is_complete: bool = field(init=False, repr=False)
    extent: Interval | None = field(init=False)
    _values: dict[ValueFunction, tuple[Wholes, Wholes]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what are no intervals, and keep one array for both ends where all are points."""
        lower, upper = (_row(self.name, end) for end in (self.lower, self.upper))
        if len(lower) != len(upper):
            raise MethodError(self.name, f"{len(lower)} lower ends, but {len(upper)} upper ones")
        is_known = ~np.isnan(lower)
        _refuse(self.name, is_known == np.isnan(upper), "only one end is missing")
        _refuse(self.name, np.isinf(lower) | np.isinf(upper), "an infinite reading")
        _refuse(self.name, lower > upper, "the lower end is above the upper end")
        known_lower, known_upper = lower[is_known], upper[is_known]
        extent = (float(known_lower.min()), float(known_upper.max())) if len(known_lower) else None
        if np.array_equal(known_lower, known_upper):
            upper = lower
        _keep(self, lower=lower, upper=upper, is_known=is_known, is_complete=bool(is_known.all()))
        _keep(self, extent=extent)

    def __len__(self) -> int:
        """How many places there are.

        >>> len(Column("unemployment", [7, 9], [7, 9]))
        2
        """
        return len(self.is_known)

    def part(self, rows: slice) -> Self:
        """Return the column of some of the places: their readings are neither copied nor checked again.

        It keeps values of its own, so that they go when it goes; the extent stays the whole column's.

        >>> Column("unemployment", [7, 9, 8], [7, 9, 9]).part(slice(1, 3)).upper.tolist()
        [9.0, 9.0]
        """
        lower, is_known = self.lower[rows], self.is_known[rows]
        upper = lower if self.upper is self.lower else self.upper[rows]
        is_complete = self.is_complete or bool(is_known.all())
        return _keep(
            copy(self), lower=lower, upper=upper, is_known=is_known, is_complete=is_complete, _values={}
        )

    def values(self, function: ValueFunction, *, compiled: bool = False) -> tuple[Wholes, Wholes]:
        """Least and greatest values (n,) in whole billionths, 0 to 10**9, [0, 10**9] where nothing is known.

        The two are one array where all is known and every reading is a point. `compiled` finds the same bits
        by Numba.

        >>> level = ValueFunction(((0, 0), (10, 1)))
        >>> some = Column("unemployment", [7, float("nan")], [7, float("nan")])
        >>> [end.tolist() for end in some.values(level)]
        [[700000000, 0], [700000000, 1000000000]]
        """
        found = self._values.get(function)
        if found is None:
            found = self._valued_by_numba(function) if compiled else self._valued(function)
            self._values[function] = found
        return found

    @property
    def _are_points(self) -> bool:
        return self.lower is self.upper

    def _valued(self, function: ValueFunction) -> tuple[Wholes, Wholes]:
        if self._are_points:
            least = greatest = function.of_each(self.lower)
            if self.is_complete:
                whole = _whole(least)
                return whole, whole
        else:
            least, greatest = function.over_each(self.lower, self.upper)
        return _whole(np.where(self.is_known, least, 0.0)), _whole(np.where(self.is_known, greatest, 1.0))

    def _valued_by_numba(self, function: ValueFunction) -> tuple[Wholes, Wholes]:
        loops, points = kernels("values"), np.array(function.points)
        least = np.empty(len(self), np.int32)
        greatest = least if self._are_points and self.is_complete else np.empty_like(least)
        if self._are_points:
            loops.fill_of_points(self.lower, self.is_known, points, (least, greatest))
        else:
            ends = self.lower, self.upper
            loops.fill_of_intervals(ends, self.is_known, points, function.peak, (least, greatest))
        return least, greatest


@dataclass(frozen=True, slots=True, eq=False)
class StateColumn:
    """States of an alternative at n places: 0 (unmet), 1/2 (unknown) or 1 (met), checked once.

    `whole` (n,) int8 are twice the states. `name` names the column in errors: anything else than a row of
    such states raises `MethodError`.

    >>> StateColumn("centre", [0, 0.5, 1]).whole.tolist()
    [0, 1, 2]
    """

    name: str
    states: InitVar[ArrayLike]
    whole: Indices = field(init=False)

    def __post_init__(self, states: ArrayLike) -> None:
        """Refuse what are no states."""
        doubled = 2 * numbers(self.name, states)
        if doubled.ndim != 1 or not ((doubled == BLOCKED) | (doubled == TO_VERIFY) | (doubled == OPEN)).all():
            raise MethodError(self.name, "a row of states 0, 0.5 and 1 is needed")
        _keep(self, whole=doubled.astype(np.int8))

    def __len__(self) -> int:
        """How many places there are.

        >>> len(StateColumn("centre", [0, 0.5]))
        2
        """
        return len(self.whole)

    def part(self, rows: slice) -> Self:
        """Return the column of some of the places: their states are neither copied nor checked again.

        >>> StateColumn("centre", [0, 0.5, 1]).part(slice(1, 3)).whole.tolist()
        [1, 2]
        """
        return _keep(copy(self), whole=self.whole[rows])


def _keep(column: _AnyColumn, **kept: object) -> _AnyColumn:
    for name, value in kept.items():
        object.__setattr__(column, name, value)
    return column


def _whole(values: Floats) -> Wholes:
    return np.rint(values * BILLION).astype(np.int32)


def _row(name: str, end: ArrayLike) -> Floats:
    row = np.array(numbers(name, end))
    if row.ndim != 1:
        raise MethodError(name, f"a row of readings is needed, not an array of shape {row.shape}")
    row.flags.writeable = False
    return row


def _refuse(name: str, is_wrong: Flags, complaint: str) -> None:
    if is_wrong.any():
        raise MethodError(name, f"{complaint}, first at place {int(np.argmax(is_wrong))}")
