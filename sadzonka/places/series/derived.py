"""Indicators computed from others where no office publishes them: rates, shares, changes. Never stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.models import WITHOUT_VALUE, Indicator, Status
from sadzonka.places.series.points import How, Lack, Point, weakest

PER_CENT = 100.0
Years = Mapping[int, Point]


def ratio(numerator: float, denominator: float, factor: float) -> float:
    """Return numerator / denominator x factor, in this order everywhere.

    >>> ratio(178, 8900, 1000)
    20.0
    """
    return numerator / denominator * factor


def change(now: float, then: float) -> float:
    """Return the change in per cent of what there was.

    >>> change(90, 120)
    -25.0
    """
    return (now - then) / then * PER_CENT


def ratios(
    numerators: NDArray[np.float64], denominators: NDArray[np.float64], factor: float
) -> NDArray[np.float64]:
    """Return ratios of whole columns; NaN where a part is unknown or the denominator is zero."""
    known = np.where(denominators == 0, np.nan, denominators)
    return numerators / known * factor


def changes(now: NDArray[np.float64], then: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return changes of whole columns in per cent; NaN where a part is unknown or nothing was there."""
    known = np.where(then <= 0, np.nan, then)
    return (now - known) / known * PER_CENT


def years_around(year: int, apart: int) -> Iterator[int]:
    """Yield the years in which the other part of a figure may be, the nearest first, later before earlier.

    >>> list(years_around(2022, 2))
    [2022, 2023, 2021, 2024, 2020]
    """
    yield year
    for distance in range(1, apart + 1):
        yield year + distance
        yield year - distance


def computed_points(
    indicator: Indicator, published: Years, numerators: Years, denominators: Years
) -> tuple[Point, ...]:
    """Return the series of a computed indicator, the oldest year first.

    A published figure goes first; where none is known, one is computed from its parts. A year without any
    part is no point; one of whose parts is unknown is an unknown point that says so.
    """
    found = {
        year: made
        for year, point in numerators.items()
        if (made := _computed(indicator, point, numerators, denominators)) is not None
    }
    for year, point in published.items():
        if point.is_known or not (year in found and found[year].is_known):
            found[year] = point
    return tuple(found[year] for year in sorted(found))


def _computed(indicator: Indicator, point: Point, numerators: Years, denominators: Years) -> Point | None:
    other = _other_part(indicator, point, numerators, denominators)
    if other is None:
        return None
    lack = _lack(indicator, point, other)
    value = None
    if lack is Lack.NONE and point.value is not None and other.value is not None:
        if indicator.formula == Indicator.Formula.CHANGE:
            value = change(point.value, other.value)
        else:
            value = ratio(point.value, other.value, indicator.factor)
    status = weakest((point.status, other.status))
    if value is None and status not in WITHOUT_VALUE:
        status = Status.MISSING.value
    return Point(
        indicator,
        point.year,
        value,
        status,
        How.COMPUTED,
        (*point.rows, *other.rows),
        sources=(point, other),
        lack=lack,
    )


def _other_part(indicator: Indicator, point: Point, numerators: Years, denominators: Years) -> Point | None:
    """Return what a figure is set against: the nearest known one of its territory, else the nearest."""
    if indicator.formula == Indicator.Formula.CHANGE:
        return numerators.get(point.year - indicator.over_years)
    around = years_around(point.year, indicator.years_apart)
    near = [denominators[year] for year in around if year in denominators]
    known = [one for one in near if one.is_known]
    best = [one for one in known if is_same_territory(point, one)]
    return next(iter((*best, *known, *near)), None)


def _lack(indicator: Indicator, point: Point, other: Point) -> Lack:
    if point.value is None or other.value is None:
        return Lack.PART
    if not is_same_territory(point, other):
        return Lack.TERRITORY
    is_change = indicator.formula == Indicator.Formula.CHANGE
    cannot_divide = other.value <= 0 if is_change else other.value == 0
    return Lack.DIVISOR if cannot_divide else Lack.NONE


def is_same_territory(one: Point, other: Point) -> bool:
    """Whether two figures count the same territory: that of one year, or both times the present one."""
    return one.year == other.year or (one.is_of_present_territory and other.is_of_present_territory)
