"""How far several people agree, in a panel of seven or more and over a questionnaire (method, section 7)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.shares import DECIMALS, Floats

FEWEST_FOR_IPRAS = 7
_POINTS = 9  # of the scale on which the constants were fitted
_AT_SYMMETRY = 2.35  # range of percentiles allowed when ratings lie evenly about the middle of the scale
_GREATEST = 1e100
_PER_ASYMMETRY = 1.5  # how much more is allowed per point away from the middle

Measurement: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True, slots=True)
class Ipras:
    """Disagreement of a panel by the RAND/UCLA method, in points of its scale from 1 to 9.

    `p30` and `p70` are percentiles of the `n` ratings, `spread` what lies between them (IPR), `centre` their
    middle (IPRCP), `asymmetry` how far that is from 5, and `allowed` the spread that is still no
    disagreement (IPRAS). `is_stretched`: the ratings had another number of categories than nine.

    >>> ipras([0, 0, 0, 1, 1, 1, 5, 5, 2]).is_disagreement
    False
    """

    n: int
    median: float
    p30: float
    p70: float
    spread: float
    centre: float
    asymmetry: float
    allowed: float
    is_stretched: bool

    @property
    def is_disagreement(self) -> bool:
        """Whether the ratings are spread wider than is allowed.

        >>> ipras([4, 0, 0, 0, 0, 0, 0, 0, 4]).is_disagreement
        True
        """
        return self.spread > self.allowed


def ipras(counts: Sequence[int]) -> Ipras | None:
    """Judge the ratings counted by equally distant categories; None when they are fewer than 7.

    The constants (2.35 and 1.5) were fitted to scales of nine points. Other categories, such as the levels
    0 to 5 of a `Panel.counts`, are first stretched evenly over 1 to 9: that is our convention, not the
    source's, and such a result says so. A percentile is the rating at its rank, halfway between two
    where it falls on a boundary (`averaged_inverted_cdf`), so a doubled panel says the same. Fewer than
    two categories and counts that are no whole numbers from 0 raise `MethodError`.
    Source: Fitch et al. 2001, RAND/UCLA Appropriateness Method User's Manual; IPRAS = 2.35 + 1.5 asymmetry.

    >>> found = ipras([0, 0, 0, 1, 1, 1, 5, 5, 2])
    >>> found.spread, found.centre, found.asymmetry, found.allowed
    (1.0, 7.5, 2.5, 6.1)
    >>> ipras([0, 0, 0, 2, 2, 2]) is None
    True
    """
    if len(counts) < 2:  # noqa: PLR2004
        raise MethodError("counts", "at least two categories are needed")
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise MethodError("counts", f"{count!r} is not a whole number from 0")
    if sum(counts) < FEWEST_FOR_IPRAS:
        return None
    point = (_POINTS - 1) / (len(counts) - 1)
    median, p30, p70 = (1 + point * _percentile(counts, tenths) for tenths in (5, 3, 7))
    centre = (p30 + p70) / 2
    asymmetry = abs((_POINTS + 1) / 2 - centre)
    return Ipras(
        n=sum(counts),
        median=round(median, DECIMALS),
        p30=round(p30, DECIMALS),
        p70=round(p70, DECIMALS),
        spread=round(p70 - p30, DECIMALS),
        centre=round(centre, DECIMALS),
        asymmetry=round(asymmetry, DECIMALS),
        allowed=round(_AT_SYMMETRY + _PER_ASYMMETRY * asymmetry, DECIMALS),
        is_stretched=len(counts) != _POINTS,
    )


def _percentile(counts: Sequence[int], tenths: int) -> float:
    """Category, from 0, at so many tenths of the ratings; ranks are whole numbers, so none is lost."""
    ratings = [category for category, count in enumerate(counts) for _ in range(count)]
    rank, rest = divmod(tenths * len(ratings), 10)
    return float(ratings[rank]) if rest else (ratings[rank - 1] + ratings[rank]) / 2


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha of a questionnaire: 1 full agreement, 0 as by chance, below 0 worse than chance.

    `value` is None where it means nothing: `undefined` then says whether there are "no pairs" (nothing was
    rated by two people) or "no variation" (all ratings are the same, so chance would agree as well).
    `n_units` were rated by at least two people, with `n_ratings` between them.

    >>> krippendorff_alpha([[1, 2, 2], [1, 2, None]], "nominal")
    Alpha(value=1.0, undefined='', n_units=2, n_ratings=4)
    """

    value: float | None
    undefined: Literal["", "no pairs", "no variation"]
    n_units: int
    n_ratings: int


def krippendorff_alpha(ratings: Sequence[Sequence[float | None]], kind: Measurement) -> Alpha:
    """Measure the agreement of several raters, to 9 decimals; the order of raters and of units is irrelevant.

    `ratings` is raters by units, None or NaN where somebody did not rate; all rows are equally long. `kind`
    says what differences mean: "nominal" (other or the same), "ordinal" (by ranks), "interval" (by their
    square), "ratio" (by the square of their proportion; from 0). A unit that fewer than two rated does not
    count. Rows of unequal length, an unknown kind, what is no number and a ratio below 0 raise `MethodError`.
    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.

    >>> krippendorff_alpha([[1, 2, 3, 4], [1, 2, 3, 5]], "interval").value
    0.936936937
    >>> krippendorff_alpha([[3, 3], [3, 3]], "ordinal").undefined
    'no variation'
    """
    if kind not in _DIFFERENCES:
        raise MethodError("kind", f"{kind!r} is none of {', '.join(_DIFFERENCES)}")
    units = [unit for unit in _units(ratings) if len(unit) > 1]
    n_ratings = sum(map(len, units))
    if not units:
        return Alpha(None, "no pairs", 0, 0)
    values = sorted({value for unit in units for value in unit})
    if max(-values[0], values[-1]) > _GREATEST:
        raise MethodError("ratings", f"beyond {_GREATEST:g} their squares are lost")
    if kind == "ratio" and values[0] < 0:
        raise MethodError("ratings", f"{values[0]} is below 0, which no ratio is")
    if len(values) == 1:
        return Alpha(None, "no variation", len(units), n_ratings)
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=np.float64)
    totals = counts.sum(axis=0)
    differences = _DIFFERENCES[kind](np.array(values), totals)
    observed = math.fsum(
        float(row @ differences @ row) / (len(unit) - 1) for row, unit in zip(counts, units, strict=True)
    )
    by_chance = float(totals @ differences @ totals) / (n_ratings - 1)
    return Alpha(round(1 - observed / by_chance, DECIMALS), "", len(units), n_ratings)


def _units(ratings: Sequence[Sequence[float | None]]) -> list[list[float]]:
    """Return the ratings that were given, unit by unit."""
    if len({len(row) for row in ratings}) > 1:
        raise MethodError("ratings", "every rater needs as many places as there are units")
    units = zip(*ratings, strict=True)
    return [
        [finite_number("ratings", one) for one in unit if one is not None and not _is_nan(one)]
        for unit in units
    ]


def _is_nan(rating: object) -> bool:
    return isinstance(rating, float) and math.isnan(rating)


def _nominal(values: Floats, totals: Floats) -> Floats:
    return np.not_equal(values[:, np.newaxis], values).astype(np.float64)


def _ordinal(values: Floats, totals: Floats) -> Floats:
    """Squared ratings between two values, half of those at either end counted."""
    middles = np.cumsum(totals) - totals / 2
    return (middles[:, np.newaxis] - middles) ** 2


def _interval(values: Floats, totals: Floats) -> Floats:
    return (values[:, np.newaxis] - values) ** 2


def _ratio(values: Floats, totals: Floats) -> Floats:
    sums = values[:, np.newaxis] + values
    return ((values[:, np.newaxis] - values) / np.where(sums, sums, 1.0)) ** 2


_DIFFERENCES: dict[Measurement, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
