"""Refusing wrong input by name."""

from __future__ import annotations

import math
from numbers import Real


class MethodError(ValueError):
    """Input that the method does not allow; `name` says which item, `complaint` says why.

    >>> str(MethodError("thresholds", "must rise"))
    'thresholds: must rise'
    """

    def __init__(self, name: str, complaint: str) -> None:
        super().__init__(name, complaint)
        self.name = name
        self.complaint = complaint

    def __str__(self) -> str:
        return f"{self.name}: {self.complaint}"


def finite_number(name: str, value: object) -> float:
    """Return `value` as a float; raise `MethodError` under `name` when it is no finite number.

    >>> finite_number("share of people over 65", 21)
    21.0
    >>> finite_number("share of people over 65", float("nan"))
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: share of people over 65: nan is not a finite number
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise MethodError(name, f"{value!r} is not a finite number")
    return float(value)
