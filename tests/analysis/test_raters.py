"""Several people answer one question: agreement, interval and consensus."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError, consensus, panel
from tests.analysis.strategies import often

LEVELS = st.integers(0, 5)
PANELS = st.lists(LEVELS, min_size=1, max_size=15)
ANSWERS = st.lists(LEVELS | st.none(), max_size=15)


# --- published numbers


@pytest.mark.parametrize(
    ("levels", "median", "percent", "is_agreement"),
    [
        # Lim & Yap, IJIC 10.5334/ijic.7747, Tables 1, 2, 4: 12 raters; median, % in agreement, and their word
        ((0, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4), 3.0, 91.7, True),  # readiness, round 1
        ((2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4), 3.0, 100.0, True),  # readiness, rounds 2 and 3
        ((0, 0, 1, 2, 2, 2, 3, 3, 3, 3, 3, 5), 2.5, 75.0, True),  # structure and governance, round 1
        ((1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 5), 2.0, 91.7, True),  # structure and governance, rounds 2 and 3
        ((0, 0, 1, 1, 1, 2, 3, 5, 5, 5, 5, 5), 2.5, 41.7, False),  # digital infrastructure, round 1
        ((1, 1, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4), 3.0, 83.3, True),  # digital infrastructure, round 2
        ((0, 0, 0, 1, 2, 2, 3, 3, 3, 3, 3, 5), 2.5, 66.7, False),  # process coordination, round 1
    ],
)
def test_twelve_raters_agree_or_split_as_published(
    levels: tuple[int, ...], median: float, percent: float, *, is_agreement: bool
) -> None:
    found = panel(levels)
    assert (found.median, found.is_agreement) == (median, is_agreement)
    assert round(100 * (1 - found.n_outside / 12), 1) == percent


def test_consensus_is_that_of_the_published_vector() -> None:
    # agrmt (CRAN), man page of `consensus`
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


# --- single panels


@pytest.mark.parametrize(
    ("levels", "interval"),
    [
        ((3,), (3, 3)),
        ((2, 3), (2, 3)),
        ((0, 5), (0, 5)),
        ((2, 3, 3, 3, 4), (3, 3)),
        ((2, 2, 3, 3), (2, 3)),
        ((1, 2, 3, 4, 4, 4), (2, 4)),
        ((0, 3, 3, 3), (1.5, 3)),
        ((0, 1, 4, 5), (0, 5)),
        ((0, 0, 5), (0, 5)),
    ],
)
def test_agreement_gives_the_quartiles_and_a_split_everything(
    levels: tuple[int, ...], interval: tuple[float, float]
) -> None:
    assert panel(levels).interval == interval


@pytest.mark.parametrize(
    ("levels", "window"),
    [
        ((0, 0, 0), (0, 1)),
        ((5, 5), (4, 5)),
        ((1, 2, 3), (1, 3)),
        ((2, 3), (1, 3)),  # two windows hold as many: the lower one
        ((1, 2, 3, 3), (1, 3)),
        ((1, 1, 2, 3, 4, 4), (1, 3)),
        ((0, 2, 3, 4), (2, 4)),
        ((0, 0, 1, 1), (0, 1)),
    ],
)
def test_the_window_holds_most_ratings_around_the_median(
    levels: tuple[int, ...], window: tuple[int, int]
) -> None:
    assert panel(levels).window == window


@pytest.mark.parametrize(("outside", "is_agreement"), [(0, True), (1, True), (2, False)])
def test_a_third_outside_the_window_is_a_split(outside: int, *, is_agreement: bool) -> None:
    found = panel([3] * (6 - outside) + [0] * outside)
    assert (found.n_outside, found.is_agreement) == (outside, is_agreement)


def test_who_does_not_know_is_counted_and_does_not_rate() -> None:
    found = panel([None, 2, None, 4, 3])
    assert (found.n, found.n_unknown, found.counts) == (3, 2, (0, 0, 1, 1, 1, 0))
    assert found.interval == panel([2, 3, 4]).interval


@pytest.mark.parametrize("levels", [[], [None], [None, None]])
def test_where_nobody_gave_a_level_the_question_is_missing(levels: list[None]) -> None:
    found = panel(levels)
    assert (found.interval, found.median, found.window, found.is_agreement) == (None, None, None, None)
    assert (found.n, found.n_unknown, found.n_outside, found.consensus) == (0, len(levels), 0, None)
    assert not found.is_individual_opinion


@pytest.mark.parametrize(("n", "is_individual"), [(1, True), (2, True), (3, False)])
def test_fewer_than_three_give_an_individual_opinion(n: int, *, is_individual: bool) -> None:
    assert panel([*[3] * n, None, None]).is_individual_opinion is is_individual


@pytest.mark.parametrize("wrong", [-1, 6, 2.0, "3", True])
def test_what_is_no_level_is_refused(wrong: Any) -> None:
    with pytest.raises(MethodError) as refusal:
        panel([1, wrong])
    assert refusal.value.name == "level"


@pytest.mark.parametrize("wrong", [[], [3], [1, -1], [1.0, 2], [True, 1]])
def test_what_are_no_counts_is_refused(wrong: Any) -> None:
    with pytest.raises(MethodError) as refusal:
        consensus(wrong)
    assert refusal.value.name == "counts"


# --- properties


@given(LEVELS, st.integers(1, 20))
def test_unanimous_raters_give_a_point(level: int, n: int) -> None:
    found = panel([level] * n)
    assert (found.interval, found.is_agreement, found.consensus) == ((level, level), True, 1.0)


@given(ANSWERS, st.integers(2, 4))
def test_a_doubled_panel_says_the_same(answers: list[int | None], times: int) -> None:
    one, many = panel(answers), panel(answers * times)
    assert (many.interval, many.median, many.window) == (one.interval, one.median, one.window)
    assert (many.is_agreement, many.consensus) == (one.is_agreement, one.consensus)
    assert many.counts == tuple(times * count for count in one.counts)


@given(ANSWERS, st.randoms())
def test_the_order_of_raters_is_irrelevant(answers: list[int | None], random: Any) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    assert panel(shuffled) == panel(answers)


@given(PANELS)
def test_the_interval_lies_within_what_was_said_and_holds_the_median(levels: list[int]) -> None:
    found = panel(levels)
    assert found.interval is not None
    assert found.median is not None
    assert min(levels) <= found.interval[0] <= found.median <= found.interval[1] <= max(levels)


@given(PANELS)
def test_turning_the_scale_round_turns_the_interval_round(levels: list[int]) -> None:
    found, turned = panel(levels), panel([5 - level for level in levels])
    assert found.interval is not None
    assert turned.interval == (5 - found.interval[1], 5 - found.interval[0])
    assert turned.is_agreement == found.is_agreement


@often
@given(PANELS)
def test_agreement_is_what_the_method_says_word_by_word(levels: list[int]) -> None:
    ordered = sorted(levels)
    middle = Fraction(ordered[(len(levels) - 1) // 2] + ordered[len(levels) // 2], 2)
    windows = [range(low, low + 3) for low in range(-1, 5) if abs(low + 1 - middle) <= Fraction(1, 2)]
    fewest_outside = min(sum(level not in window for level in levels) for window in windows)
    assert panel(levels).is_agreement is (Fraction(fewest_outside, len(levels)) < Fraction(1, 3))


def test_consensus_lies_between_none_and_all_for_every_small_panel() -> None:
    found = [panel(levels).consensus for levels in itertools.combinations_with_replacement(range(6), 4)]
    assert all(one is not None and 0 <= one <= 1 for one in found)
    assert consensus([2, 0, 0, 0, 0, 2]) == 0
