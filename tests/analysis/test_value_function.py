"""Value functions: published examples, intervals, and shapes that are refused."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError, ValueFunction
from tests.analysis.strategies import FALLING, PEAKED, RISING, often

Points: TypeAlias = tuple[tuple[float, float], ...]

# Cases of the R package smaa 0.3-2, tests/pvf.R.
PUBLISHED = [
    (((-0.15, 0), (0.35, 1)), 0.1, 0.5),
    (((50, 1), (100, 0)), 75, 0.5),
    (((-0.15, 0), (0, 0.1), (0.25, 0.9), (0.35, 1)), 0.1, 0.42),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 60, 0.92),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 90, 0.5),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 10, 1),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 40, 1),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 101, 0),
    (((50, 1), (75, 0.8), (90, 0.5), (100, 0)), 120, 0),
]


@pytest.mark.parametrize(("points", "reading", "value"), PUBLISHED)
def test_value_is_the_published_one(points: Points, reading: float, value: float) -> None:
    assert ValueFunction(points)(reading) == pytest.approx(value, abs=1e-15)


def test_interval_across_a_peak_reaches_the_peak() -> None:
    likeness = ValueFunction(((50, 0), (75, 1), (100, 0)))
    assert likeness.over((60, 95)) == pytest.approx((0.2, 1.0))
    assert likeness.over((80, 90)) == pytest.approx((0.4, 0.8))


@often
@given(st.sampled_from([RISING, FALLING, PEAKED]), st.floats(-1, 6), st.floats(-1, 6))
def test_interval_is_the_least_and_greatest_value_over_the_reading(
    function: ValueFunction, one: float, other: float
) -> None:
    lower, upper = min(one, other), max(one, other)
    inside = [x for x, _ in function.points if lower <= x <= upper]
    values = [function(x) for x in [*np.linspace(lower, upper, 40), *inside]]
    assert function.over((lower, upper)) == pytest.approx((min(values), max(values)), abs=1e-12)


@often
@given(st.sampled_from([RISING, FALLING, PEAKED]), st.lists(st.floats(-1, 6) | st.integers(0, 5)))
def test_many_readings_have_the_bits_of_each(function: ValueFunction, readings: list[float]) -> None:
    assert function.of_each(readings).tolist() == [function(reading) for reading in readings]
    lower, upper = np.array(readings), np.array(readings) + np.arange(len(readings)) % 4
    least, greatest = function.over_each(lower, upper)
    ends = zip(lower.tolist(), upper.tolist(), strict=True)
    expected = [function.over(pair) for pair in ends]
    assert list(zip(least.tolist(), greatest.tolist(), strict=True)) == expected


def test_many_readings_of_the_published_cases_are_the_published_ones() -> None:
    found = [ValueFunction(points).of_each([reading])[0] for points, reading, _ in PUBLISHED]
    assert found == pytest.approx([value for _, _, value in PUBLISHED], abs=1e-15)


def test_missing_reading_has_a_missing_value() -> None:
    assert np.isnan(PEAKED.of_each([np.nan, 2.0])).tolist() == [True, False]
    assert np.isnan(PEAKED.over_each([np.nan, 1.0], [np.nan, 3.0])).tolist() == [[True, False]] * 2


@pytest.mark.parametrize("reading", [-1e308, 1e308])
def test_reading_far_outside_has_the_value_of_the_nearest_point(reading: float) -> None:
    value = PEAKED(-1.0) if reading < 0 else PEAKED(6.0)
    assert PEAKED.of_each([reading]).tolist() == [value]


@pytest.mark.parametrize(
    ("points", "complaint"),
    [
        (((0, 0),), "needs at least two points"),
        (((0, 0), (0, 1)), "readings must rise"),
        (((5, 0), (1, 1)), "readings must rise"),
        (((0, 1), (2, 0), (5, 1)), "values fall and rise again at 2"),
        (((0, 0), (5, 1.2)), "value 1.2 is outside 0 to 1"),
        (((0, -0.1), (5, 1)), "value -0.1 is outside 0 to 1"),
        (((0, 0), (float("inf"), 1)), "inf is not a finite number"),
        (((0, 0), (5, float("nan"))), "nan is not a finite number"),
        (((0, 0), ("5", 1)), "'5' is not a finite number"),
    ],
)
def test_other_shapes_are_refused_by_name(points: Points, complaint: str) -> None:
    with pytest.raises(MethodError, match=complaint) as caught:
        ValueFunction(points)
    assert caught.value.name == "value function"
