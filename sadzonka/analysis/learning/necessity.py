"""Whether a condition that is called necessary was there wherever the outcome was (method, section 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sadzonka.analysis.checks import MethodError, numbers
from sadzonka.analysis.shares import DECIMALS, Floats

_HALF = 0.5  # memberships above it are in, below it out


@dataclass(frozen=True, slots=True)
class Necessity:
    """How far a condition was necessary for an outcome in `n` cases, each figure in [0, 1].

    `consistency`: how far the outcome lies within the condition (1: never without it). `coverage`: how
    far the condition is filled by the outcome. `relevance` (RoN): low when the condition is nearly always
    there, so that it is necessary in a trivial way; show it beside the consistency. `deviant_rows` are the
    cases, counted from 0, that have the outcome without the condition. None where nothing can be said: no
    case has the outcome, none the condition, or all have both.

    >>> Necessity(3, 1.0, 0.5, 0.0, ()).is_contradicted
    False
    """

    n: int
    consistency: float | None
    coverage: float | None
    relevance: float | None
    deviant_rows: tuple[int, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether some case has the outcome without the condition.

        >>> necessity([1, 0], [1, 1]).is_contradicted
        True
        """
        return bool(self.deviant_rows)


def necessity(condition: ArrayLike, outcome: ArrayLike) -> Necessity:
    """Compare memberships (n,) in [0, 1] of cases in a condition and in an outcome, to 9 decimals.

    Conditions combine before: AND is the least, OR the greatest, NOT is 1 - x. A case that is not known in
    both is left out by the caller. Rows of unequal length, none at all, and anything outside [0, 1] raise
    `MethodError`. Source: Ragin 2006 (consistency, coverage); Schneider & Wagemann 2012 (RoN, deviant cases).

    >>> necessity([1, 1, 1, 0], [1, 1, 0, 0])
    Necessity(n=4, consistency=1.0, coverage=0.666666667, relevance=0.5, deviant_rows=())
    >>> necessity([1, 0, 0], [1, 1, 0]).deviant_rows
    (1,)
    """
    x, y = _memberships("condition", condition), _memberships("outcome", outcome)
    if len(x) != len(y):
        raise MethodError("outcome", f"{len(x)} cases are needed, not {len(y)}")
    both = np.minimum(x, y)
    deviant = np.flatnonzero((y > _HALF) & (x < _HALF))
    return Necessity(
        n=len(x),
        consistency=_ratio(both, y),
        coverage=_ratio(both, x),
        relevance=_ratio(1 - x, 1 - both),
        deviant_rows=tuple(deviant.tolist()),
    )


def _memberships(name: str, values: ArrayLike) -> Floats:
    row = numbers(name, values)
    if row.ndim != 1 or not len(row):
        raise MethodError(name, "a row with at least one case is needed")
    if not ((row >= 0) & (row <= 1)).all():
        raise MethodError(name, "every membership must be a number from 0 to 1")
    return row


def _ratio(part: Floats, whole: Floats) -> float | None:
    total = math.fsum(whole.tolist())
    return round(math.fsum(part.tolist()) / total, DECIMALS) if total else None
