"""Agreement of larger panels and of whole questionnaires: published numbers and what always holds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import Alpha, MethodError, ipras, krippendorff_alpha, panel
from tests.analysis.strategies import often

COUNTS = st.lists(st.integers(0, 6), min_size=2, max_size=9).filter(lambda counts: sum(counts) >= 7)

# Krippendorff's canonical data, 4 observers by 12 units; 0 where an observer did not rate
CANONICAL = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]
OBSERVERS = [[level or None for level in row] for row in CANONICAL]
KINDS = ("nominal", "ordinal", "interval", "ratio")


# --- RAND/UCLA


def test_published_panel_of_fifteen_does_not_disagree() -> None:
    # BMJ Open 2012;2:e001431, Table 1: 15 panellists, categories 1 to 9
    found = ipras([0, 0, 0, 1, 1, 1, 5, 5, 2])
    assert found is not None
    assert (found.n, found.median, found.p30, found.p70) == (15, 7.0, 7.0, 8.0)
    assert (found.spread, found.centre, found.asymmetry, found.allowed) == (1.0, 7.5, 2.5, 6.1)
    assert (found.is_disagreement, found.is_stretched) == (False, False)


@pytest.mark.parametrize(
    ("counts", "ends", "allowed", "is_disagreement"),
    [
        # levels 0 to 5 stand at 1, 2.6, 4.2, 5.8, 7.4, 9; 2.35 + 1.5 |5 - middle of the percentiles|
        ((4, 0, 0, 0, 0, 4), (1.0, 9.0), 2.35, True),
        ((0, 0, 4, 4, 0, 0), (4.2, 5.8), 2.35, False),
        ((0, 4, 0, 4, 0, 0), (2.6, 5.8), 3.55, False),
        ((4, 0, 0, 4, 0, 0), (1.0, 5.8), 4.75, True),
        ((0, 0, 0, 0, 0, 7), (9.0, 9.0), 8.35, False),
        ((3, 0, 0, 0, 0, 7), (5.0, 9.0), 5.35, False),  # 30 % fall on a boundary: halfway between 1 and 9
    ],
)
def test_levels_are_stretched_over_nine_points(
    counts: tuple[int, ...], ends: tuple[float, float], allowed: float, *, is_disagreement: bool
) -> None:
    found = ipras(counts)
    assert found is not None
    assert (found.p30, found.p70, found.allowed) == (*ends, allowed)
    assert (found.is_disagreement, found.is_stretched) == (is_disagreement, True)


def test_counts_of_a_panel_can_be_judged_from_seven_people_on() -> None:
    assert ipras(panel([3] * 6).counts) is None
    assert ipras(panel([3] * 6 + [None]).counts) is None
    found = ipras(panel([3] * 7).counts)
    assert found is not None
    assert (found.n, found.median, found.spread) == (7, 5.8, 0.0)


@often
@given(COUNTS, st.integers(2, 4))
def test_a_doubled_panel_disagrees_as_much(counts: list[int], times: int) -> None:
    one, many = ipras(counts), ipras([times * count for count in counts])
    assert one is not None
    assert many is not None
    assert (many.median, many.p30, many.p70, many.allowed) == (one.median, one.p30, one.p70, one.allowed)


@often
@given(COUNTS)
def test_turning_the_scale_round_changes_no_spread(counts: list[int]) -> None:
    one, turned = ipras(counts), ipras(counts[::-1])
    assert one is not None
    assert turned is not None
    assert (turned.p30, turned.p70) == pytest.approx((10 - one.p70, 10 - one.p30))
    assert turned.spread == pytest.approx(one.spread)
    assert turned.allowed == pytest.approx(one.allowed)


@often
@given(COUNTS)
def test_percentiles_are_those_of_numpy(counts: list[int]) -> None:
    found = ipras(counts)
    assert found is not None
    points = np.linspace(1, 9, len(counts))
    ratings = np.repeat(points, counts)
    expected = [_at_rank(ratings, tenths) for tenths in (3, 5, 7)]
    assert [found.p30, found.median, found.p70] == pytest.approx(expected)


def _at_rank(ratings: np.ndarray[Any, Any], tenths: int) -> float:
    """NumPy's definition, asked a hair below and above, where 0.3 n or 0.7 n misses a whole number."""
    ends = (np.quantile(ratings, tenths / 10 + hair, method="inverted_cdf") for hair in (-1e-9, 1e-9))
    return float(sum(ends) / 2)


# --- Krippendorff's alpha


@pytest.mark.parametrize(
    ("kind", "alpha"),
    # computed with the Python package `krippendorff` 0.9.0 from Krippendorff's canonical data
    [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)],
)
def test_alpha_of_the_canonical_data(kind: Any, alpha: float) -> None:
    found = krippendorff_alpha(OBSERVERS, kind)
    assert found.value is not None
    assert (round(found.value, 4), found.undefined) == (alpha, "")
    assert (found.n_units, found.n_ratings) == (11, 40)  # the twelfth was rated once


def test_missing_may_be_written_as_none_or_as_nan() -> None:
    as_numbers = np.where(CANONICAL, CANONICAL, np.nan)
    assert krippendorff_alpha(as_numbers.tolist(), "ordinal") == krippendorff_alpha(OBSERVERS, "ordinal")
    assert krippendorff_alpha(as_numbers, "ordinal") == krippendorff_alpha(OBSERVERS, "ordinal")


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_raters_and_of_units_is_irrelevant(kind: Any) -> None:
    found = krippendorff_alpha(OBSERVERS, kind)
    assert {krippendorff_alpha(rows, kind) for rows in permutations(OBSERVERS)} == {found}
    assert krippendorff_alpha([row[::-1] for row in OBSERVERS], kind) == found


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_units_bring_what_chance_gives_nearer_to_its_limit(kind: Any) -> None:
    # D_o stays, D_e loses its correction for small numbers: 1 - alpha grows by (2n - 1) / (2n - 2)
    found = krippendorff_alpha(OBSERVERS, kind)
    doubled = krippendorff_alpha([row * 2 for row in OBSERVERS], kind)
    assert found.value is not None
    assert doubled.value is not None
    n = found.n_ratings
    assert 1 - doubled.value == pytest.approx((1 - found.value) * (2 * n - 1) / (2 * n - 2), abs=1e-8)


def test_a_rater_added_twice_is_no_second_opinion() -> None:
    found = krippendorff_alpha([[1, 2, 3, 4], [4, 3, 2, 1]], "interval")
    padded = krippendorff_alpha([[1, 2, 3, 4], [1, 2, 3, 4], [4, 3, 2, 1]], "interval")
    assert found.value is not None
    assert padded.value is not None
    assert padded.value > found.value  # alpha counts it as one: who has rated is for the caller to know


@pytest.mark.parametrize(
    ("ratings", "undefined", "n_units"),
    [
        ([], "no pairs", 0),
        ([[]], "no pairs", 0),
        ([[1, 2, 3]], "no pairs", 0),
        ([[1, None], [None, 2]], "no pairs", 0),
        ([[3, 3], [3, 3]], "no variation", 2),
        ([[3, 3, 5], [3, 3, None]], "no variation", 2),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_alpha_that_means_nothing_says_why(
    ratings: list[list[float | None]], undefined: str, n_units: int, kind: Any
) -> None:
    found = krippendorff_alpha(ratings, kind)
    assert (found.value, found.undefined, found.n_units) == (None, undefined, n_units)


@often
@given(st.lists(st.lists(st.integers(0, 5) | st.none(), min_size=4, max_size=4), max_size=4))
def test_alpha_is_one_or_less_and_that_of_all_pairs_counted_by_hand(
    ratings: list[list[int | None]],
) -> None:
    for kind, difference in (
        ("nominal", lambda a, b: float(a != b)),
        ("interval", lambda a, b: (a - b) ** 2),
        ("ratio", lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0.0),
    ):
        found = krippendorff_alpha(ratings, kind)  # type: ignore[arg-type]
        assert found == _by_pairs(ratings, difference)
        assert found.value is None or found.value <= 1


def _by_pairs(ratings: list[list[int | None]], difference: Callable[[int, int], float]) -> Alpha:
    """Alpha from the mean difference of all pairs within units, and of all pairs there are."""
    given = [[one for one in unit if one is not None] for unit in zip(*ratings, strict=True)]
    units = [unit for unit in given if len(unit) > 1]
    pool = [one for unit in units for one in unit]
    within = sum(difference(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    across = sum(difference(a, b) for a in pool for b in pool)
    if not units:
        return Alpha(None, "no pairs", 0, 0)
    if len(set(pool)) == 1:
        return Alpha(None, "no variation", len(units), len(pool))
    value = 1 - (within / len(pool)) / (across / (len(pool) * (len(pool) - 1)))
    return Alpha(pytest.approx(value, abs=2e-9), "", len(units), len(pool))  # type: ignore[arg-type]


# --- wrong input


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("counts: at least two categories are needed", lambda: ipras([9])),
        ("counts: -1 is not a whole number from 0", lambda: ipras([9, -1])),
        ("counts: 1.0 is not a whole number from 0", lambda: ipras([9, 1.0])),  # type: ignore[list-item]
        ("counts: True is not a whole number from 0", lambda: ipras([9, True])),
        (
            "kind: 'order' is none of nominal, ordinal, interval, ratio",
            lambda: krippendorff_alpha([[1], [2]], "order"),  # type: ignore[arg-type]
        ),
        (
            "ratings: every rater needs as many places as there are units",
            lambda: krippendorff_alpha([[1, 2], [2]], "nominal"),
        ),
        (
            "ratings: 'good' is not a finite number",
            lambda: krippendorff_alpha([["good"], [2]], "nominal"),  # type: ignore[list-item]
        ),
        ("ratings: inf is not a finite number", lambda: krippendorff_alpha([[float("inf")], [2]], "ordinal")),
        ("ratings: -1.0 is below 0, which no ratio is", lambda: krippendorff_alpha([[-1], [2]], "ratio")),
    ],
)
def test_wrong_input_is_refused_by_name(said: str, call: Callable[[], object]) -> None:
    with pytest.raises(MethodError) as refusal:
        call()
    assert str(refusal.value) == said
