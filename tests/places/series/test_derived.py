"""Computed indicators: from the figures of their years, with units, unknown where a part is unknown."""

from __future__ import annotations

import datetime as dt
import doctest
import math
from types import ModuleType

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.common.words import Words
from sadzonka.places.models import Indicator, Observation, Release
from sadzonka.places.series import derived, points
from sadzonka.places.series.derived import changes, computed_points, ratio, ratios
from sadzonka.places.series.points import How, Lack, Makeup, Point, published

RATIO = Indicator(key="rate", formula="ratio", factor=1000, years_apart=1)
CHANGE = Indicator(key="change", formula="change", over_years=5)
JOBLESS, PEOPLE = (
    Indicator(key="jobless", name=Words({"en": "Jobless"})),
    Indicator(key="people", name=Words({"en": "People"})),
)
SOURCE = Release(key="r", publisher="GUS", title="Table", retrieved_on=dt.date(2025, 1, 1))


def point(indicator: Indicator, year: int, value: float | None, status: str = "") -> Point:
    return published(
        Observation(
            release=SOURCE,
            indicator=indicator,
            period=year,
            value=value,
            status=status or ("missing" if value is None else ""),
        )
    )


def by_year(indicator: Indicator, figures: dict[int, float | None], status: str = "") -> dict[int, Point]:
    return {year: point(indicator, year, value, status) for year, value in figures.items()}


def computed(
    indicator: Indicator, top: dict[int, float | None], bottom: dict[int, float | None]
) -> dict[int, float | None]:
    found = computed_points(indicator, {}, by_year(JOBLESS, top), by_year(PEOPLE, bottom))
    return {one.year: one.value for one in found}


@pytest.mark.parametrize("module", [derived, points])
def test_examples_in_the_documentation_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_a_rate_is_computed_from_figures_of_one_year() -> None:
    assert computed(RATIO, {2024: 178}, {2024: 8900}) == {2024: 20.0}


def test_the_other_part_is_of_the_nearest_year_allowed_the_later_one_first() -> None:
    assert computed(RATIO, {2022: 10}, {2021: 1000, 2023: 2000}) == {2022: 5.0}
    assert computed(RATIO, {2022: 10}, {2021: 1000}) == {2022: 10.0}
    assert computed(RATIO, {2022: 10}, {2020: 1000, 2024: 1000}) == {}


def test_a_nearest_year_that_is_unknown_gives_way_to_a_known_one() -> None:
    assert computed(RATIO, {2022: 10}, {2022: None, 2021: 1000}) == {2022: 10.0}


def test_a_published_figure_goes_before_a_computed_one_and_an_unknown_one_does_not() -> None:
    own = by_year(RATIO, {2023: 9.9, 2024: None})
    found = computed_points(
        RATIO, own, by_year(JOBLESS, {2023: 1, 2024: 1}), by_year(PEOPLE, {2023: 10, 2024: 10})
    )
    assert [(one.year, one.value, one.how) for one in found] == [
        (2023, 9.9, How.PUBLISHED),
        (2024, 100.0, How.COMPUTED),
    ]


@pytest.mark.parametrize(("status", "as_"), [("secret", "secret"), ("missing", "missing")])
def test_an_unknown_part_makes_it_unknown_and_says_which(status: str, as_: str) -> None:
    top = by_year(JOBLESS, {2024: None}, status)
    (found,) = computed_points(RATIO, {}, top, by_year(PEOPLE, {2024: 100}))
    assert (found.value, found.status, found.lack) == (None, as_, Lack.PART)
    with override("en"):
        assert found.reason.startswith("Unknown: cannot be computed without Jobless 2024 (")


def test_nothing_is_divided_by_zero() -> None:
    (found,) = computed_points(RATIO, {}, by_year(JOBLESS, {2024: 5}), by_year(PEOPLE, {2024: 0}))
    assert (found.value, found.status, found.lack) == (None, "missing", Lack.DIVISOR)
    with override("en"):
        assert found.reason == "Unknown: People 2024 is not above zero, and nothing is computed from that."
    assert computed(RATIO, {2024: 0}, {2024: 5}) == {2024: 0.0}  # zero of many is zero


def test_a_change_needs_both_years_and_something_to_change_from() -> None:
    assert computed(CHANGE, {2019: 120, 2024: 90}, {}) == {2024: -25.0}
    assert computed(CHANGE, {2020: 120, 2024: 90}, {}) == {}
    assert computed(CHANGE, {2019: 0, 2024: 90}, {}) == {2024: None}
    assert computed(CHANGE, {2019: None, 2024: 90}, {}) == {2024: None}


def test_what_an_office_remarks_on_a_part_stays_with_the_result() -> None:
    top, bottom = by_year(JOBLESS, {2024: 5}, "provisional"), by_year(PEOPLE, {2024: 10}, "estimate")
    (found,) = computed_points(RATIO, {}, top, bottom)
    assert (found.value, found.status) == (500.0, "estimate")


def test_years_with_different_territories_are_not_compared() -> None:
    before = Point(JOBLESS, 2019, 100.0, "", How.BEFORE_CHANGE, (), Makeup((1,)))
    (found,) = computed_points(CHANGE, {}, {2019: before, 2024: point(JOBLESS, 2024, 50)}, {})
    assert (found.value, found.lack) == (None, Lack.TERRITORY)
    of_then = Point(PEOPLE, 2019, 1000.0, "", How.BEFORE_CHANGE, (), Makeup((1,)))
    same_year = computed_points(RATIO, {}, {2019: before}, {2019: of_then})
    assert [(one.value, one.is_of_present_territory) for one in same_year] == [(100.0, False)]


def test_a_computed_figure_is_never_stored_and_names_its_sources_in_the_readers_language() -> None:
    (found,) = computed_points(RATIO, {}, by_year(JOBLESS, {2024: 178}), by_year(PEOPLE, {2024: 8900}))
    assert (found.observation.pk, found.release.pk, found.release.key) == (None, None, "computed")
    assert [(one.indicator.key, one.period, one.value) for one in found.computed_from] == [
        ("jobless", 2024, 178),
        ("people", 2024, 8900),
    ]
    with override("en"):
        assert (
            str(found.release.title) == "computed from: Jobless 2024 (GUS, Table); People 2024 (GUS, Table)"
        )


NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False), st.just(0.0))


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_whole_columns_are_computed_as_single_figures_are(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    def column(at: int) -> np.ndarray:
        return np.array([math.nan if pair[at] is None else pair[at] for pair in pairs])

    with np.errstate(over="ignore"):
        rates, moves = ratios(column(0), column(1), 1000.0), changes(column(0), column(1))
    for (top, bottom), rate, move in zip(pairs, rates, moves, strict=True):
        expected = computed(RATIO, {2024: top}, {2024: bottom})[2024]
        assert (None if math.isnan(rate) else rate) == expected
        is_unknown = top is None or bottom is None or bottom <= 0
        assert math.isnan(move) == is_unknown
        if not is_unknown:
            assert move == derived.change(top, bottom)
    assert ratio(1, 4, 100) == 25
