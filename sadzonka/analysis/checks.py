"""Refusing wrong input by name."""

from __future__ import annotations

import math
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray


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


def whole_number(name: str, value: object, least: int = 0) -> int:
    """Return `value` as a whole number of at least `least`; raise `MethodError` under `name` otherwise.

    >>> whole_number("threads", 2, least=1)
    2
    >>> whole_number("threads", 0, least=1)
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: threads: 0 is not a whole number from 1
    """
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral) or value < least:
        raise MethodError(name, f"{value!r} is not a whole number from {least}")
    return int(value)


def numbers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return numbers of any shape as float64; raise `MethodError` under `name` for what are none.

    NaN and infinity pass, None becomes NaN. Rows of unequal length, text, dates and complex numbers do not.

    >>> numbers("lower", [[0, 1]]).tolist()
    [[0.0, 1.0]]
    >>> numbers("lower", [[0, 1], [2]])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: lower: rows of numbers, equally long, are needed
    """
    try:
        array = np.asarray(values)
        if array.dtype.kind in "biufO":
            return array.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError):
        pass
    raise MethodError(name, "rows of numbers, equally long, are needed")
