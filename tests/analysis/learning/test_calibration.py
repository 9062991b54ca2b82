"""Rates by class, Wilson's interval, pooled adjacent violators: published numbers and what always holds."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import isotonic_regression
from scipy.stats import binomtest

from sadzonka.analysis import ClassOutcome, MethodError, calibration, pooled, wilson
from tests.analysis.strategies import often

BLOCKS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=12)


@pytest.mark.parametrize(
    ("k", "n", "ends"),
    # Newcombe 1998, Statistics in Medicine 17:857, Table I, method 3
    [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_interval_is_the_published_one(k: int, n: int, ends: tuple[float, float]) -> None:
    assert tuple(round(end, 4) for end in wilson(k, n)) == ends


@pytest.mark.parametrize("n", [1, 2, 7, 10, 100])
def test_interval_is_that_of_scipy_and_never_leaves_nought_to_one(n: int) -> None:
    for k in range(n + 1):
        theirs = binomtest(k, n).proportion_ci(method="wilson")
        assert wilson(k, n) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
        assert 0 <= wilson(k, n)[0] <= k / n <= wilson(k, n)[1] <= 1
        assert wilson(n - k, n) == pytest.approx(tuple(1 - end for end in reversed(wilson(k, n))), abs=2e-9)


def test_where_nothing_was_seen_everything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("rates", "expected"),
    # R, ?isoreg: its two examples; outputs recomputed with scikit-learn
    [
        ((1, 0, 4, 3, 3, 5, 4, 2, 0), (0.5, 0.5, 3, 3, 3, 3, 3, 3, 3)),
        ((5, 9, 1, 2, 5, 6, 7, 8, 3, 8), (4.25, 4.25, 4.25, 4.25, 5, 6, 6, 6, 6, 8)),
    ],
)
def test_pooled_rates_are_the_published_ones(rates: tuple[float, ...], expected: tuple[float, ...]) -> None:
    assert pooled(rates, [1] * len(rates)) == expected


@often
@given(BLOCKS)
def test_pooled_rates_are_those_of_scipy_and_never_fall(blocks: list[tuple[int, int]]) -> None:
    rates, counts = [rate / 20 for rate, _ in blocks], [count for _, count in blocks]
    found = pooled(rates, counts)
    assert list(found) == sorted(found)
    if blocks:
        assert list(found) == pytest.approx(isotonic_regression(rates, weights=counts).x.tolist(), abs=1e-9)
    weighted = math.fsum(rate * count for rate, count in zip(rates, counts, strict=True))
    assert math.fsum(a * n for a, n in zip(found, counts, strict=True)) == pytest.approx(weighted, abs=1e-6)


@often
@given(BLOCKS)
def test_counting_one_by_one_gives_the_same_as_weights(blocks: list[tuple[int, int]]) -> None:
    found = pooled([rate / 20 for rate, _ in blocks], [count for _, count in blocks])
    singly = pooled([rate / 20 for rate, n in blocks for _ in range(n)], [1] * sum(n for _, n in blocks))
    starts = [sum(n for _, n in blocks[:i]) for i in range(len(blocks))]
    assert [singly[start] for start in starts] == pytest.approx(list(found), abs=2e-9)


def test_what_was_not_settled_counts_nowhere_else() -> None:
    found = calibration([(2, True), (2, None), (2, False), (2, True), (0, None)])
    assert found[2] == ClassOutcome(2, 3, 2, 1, wilson(2, 3), 0.666666667)
    assert found[0] == ClassOutcome(0, 0, 0, 1, (0.0, 1.0), None)
    assert [one.word for one in found] == ["distant", "possible", "good", "strong"]


def test_classes_that_contradict_their_order_are_taken_together() -> None:
    outcomes = [(1, True)] * 3 + [(1, False)] * 1 + [(3, True)] * 5 + [(3, False)] * 5 + [(0, False)]
    found = calibration(outcomes)
    assert [(one.k, one.n) for one in found] == [(0, 1), (3, 4), (0, 0), (5, 10)]
    assert [one.pooled for one in found] == [0.0, 0.571428571, None, 0.571428571]  # 8 of 14


@pytest.mark.parametrize(("n", "shows"), [(0, False), (9, False), (10, True)])
def test_under_ten_there_is_no_percentage(n: int, *, shows: bool) -> None:
    assert calibration([(3, True)] * n)[3].shows_percentage is shows


@often
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([True, False, None])), max_size=30))
def test_every_outcome_is_counted_once_in_any_order(outcomes: list[tuple[int, bool | None]]) -> None:
    found = calibration(outcomes)
    assert sum(one.n + one.n_open for one in found) == len(outcomes)
    assert sum(one.k for one in found) == sum(is_delivered is True for _, is_delivered in outcomes)
    assert calibration(outcomes[::-1]) == found


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("k: 3 is more than n, 2", lambda: wilson(3, 2)),
        ("k: -1 is not a whole number from 0", lambda: wilson(-1, 2)),
        ("n: 2.0 is not a whole number from 0", lambda: wilson(1, 2.0)),  # type: ignore[arg-type]
        ("counts: 2 are needed, not 1", lambda: pooled([0.1, 0.2], [3])),
        ("counts: 0 is not above 0", lambda: pooled([0.1], [0])),
        ("rates: nan is not a finite number", lambda: pooled([float("nan")], [1])),
        ("class: 4 is no index of a class, 0 to 3", lambda: calibration([(4, True)])),
        ("class: True is no index of a class, 0 to 3", lambda: calibration([(True, True)])),
        ("outcome: 1 is none of True, False, None", lambda: calibration([(1, 1)])),  # type: ignore[list-item]
    ],
)
def test_wrong_input_is_refused_by_name(said: str, call: Callable[[], object]) -> None:
    with pytest.raises(MethodError) as refusal:
        call()
    assert str(refusal.value) == said
