"""Readings of many places in one column, and the values that value functions make of them, each once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.shares import BILLION, Floats
from sadzonka.analysis.value_function import Interval, ValueFunction

Wholes: TypeAlias = NDArray[np.int32]


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
    is_known: NDArray[np.bool_] = field(init=False, repr=False)
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
        kept = {"lower": lower, "upper": upper, "is_known": is_known, "extent": extent}
        for name, value in kept.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        """How many places there are.

        >>> len(Column("unemployment", [7, 9], [7, 9]))
        2
        """
        return len(self.is_known)

    def values(self, function: ValueFunction) -> tuple[Wholes, Wholes]:
        """Least and greatest values (n,) in whole billionths, 0 to 10**9, [0, 10**9] where nothing is known.

        The two are one array where all is known and every reading is a point.

        >>> level = ValueFunction(((0, 0), (10, 1)))
        >>> some = Column("unemployment", [7, float("nan")], [7, float("nan")])
        >>> [end.tolist() for end in some.values(level)]
        [[700000000, 0], [700000000, 1000000000]]
        """
        found = self._values.get(function)
        if found is None:
            found = self._values[function] = self._valued(function)
        return found

    def _valued(self, function: ValueFunction) -> tuple[Wholes, Wholes]:
        if self.lower is not self.upper:
            least, greatest = function.over_each(self.lower, self.upper)
        else:
            least = greatest = function.of_each(self.lower)
            if self.is_known.all():
                whole = _whole(least)
                return whole, whole
        return _whole(np.where(self.is_known, least, 0.0)), _whole(np.where(self.is_known, greatest, 1.0))


def _whole(values: Floats) -> Wholes:
    return np.rint(values * BILLION).astype(np.int32)


def _row(name: str, end: ArrayLike) -> Floats:
    try:
        row = np.array(end, dtype=np.float64)
    except (TypeError, ValueError):
        raise MethodError(name, "its readings are no numbers") from None
    if row.ndim != 1:
        raise MethodError(name, f"a row of readings is needed, not an array of shape {row.shape}")
    row.flags.writeable = False
    return row


def _refuse(name: str, is_wrong: NDArray[np.bool_], complaint: str) -> None:
    if is_wrong.any():
        raise MethodError(name, f"{complaint}, first at place {int(np.argmax(is_wrong))}")
