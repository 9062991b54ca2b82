"""Which criteria part the places where a practice took root from the others (method, section 9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.shares import DECIMALS

_LEAST, _GREATEST = -2, 2  # hinders, helps


@dataclass(frozen=True, slots=True)
class Separation:
    """How clearly ratings part the places where it went well from the others.

    `value` is the least rating of the former minus the greatest of the latter: above 0 no two overlap. It is
    None when one side has no rating. `mark` is "strong" when they part and all of the former are above
    0, "weak" when they only part, else None.

    >>> Separation(3.0, "strong").mark
    'strong'
    """

    value: float | None
    mark: Literal["strong", "weak"] | None


def separation(high: Iterable[float | None], low: Iterable[float | None]) -> Separation:
    """Compare ratings of one criterion, -2 hinders to +2 helps, where it went well (`high`) and not (`low`).

    None is a rating that is missing. The order of places is irrelevant. What is no rating raises
    `MethodError`. Source: the rule is ours; it gives all 25 marks that Damschroder & Lowery 2013
    (Implementation Science 8:51, Table 3, after CFIR) gave by judgement. Few places part easily by chance.

    >>> separation([1, 2], [-2, None]), separation([1, -1], [-2, -2]).mark, separation([1, 2], [-2, 1]).mark
    (Separation(value=3.0, mark='strong'), 'weak', None)
    """
    well = [_rating("high", one) for one in high if one is not None]
    badly = [_rating("low", one) for one in low if one is not None]
    if not well or not badly:
        return Separation(None, None)
    least = min(well)
    value = round(least - max(badly), DECIMALS)
    if value <= 0:
        return Separation(value, None)
    return Separation(value, "strong" if least > 0 else "weak")


def _rating(name: str, rating: float) -> float:
    if not _LEAST <= finite_number(name, rating) <= _GREATEST:
        raise MethodError(name, f"{rating} is no rating from {_LEAST} to {_GREATEST}")
    return float(rating)
