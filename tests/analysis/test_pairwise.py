"""Practices against each other: shares of weightings, expected ranks, and what intervals leave of them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    MethodError,
    expected_ranks,
    pairwise_bounds,
    pairwise_shares,
    rank_bounds,
    share_better,
)
from tests.analysis.strategies import often
from tests.analysis.test_shares import BILLION, varsi

near = st.integers(-2, 2).map(lambda step: 550_000_000 + step)
value = st.integers(0, BILLION) | near | st.integers(0, 4).map(lambda step: step * 250_000_000)


@st.composite
def practices(draw: st.DrawFn) -> np.ndarray:
    """Draw a few rows of whole billionths, often with equal rows and values."""
    size = draw(st.integers(1, 8))
    rows = draw(st.lists(st.lists(value, min_size=size, max_size=size), min_size=1, max_size=6))
    return np.array([*rows, *draw(st.lists(st.sampled_from(rows), max_size=2))], dtype=np.int64)


def shares_of(y: np.ndarray) -> np.ndarray:
    return pairwise_shares(y / BILLION)


@often
@given(practices())
def test_each_share_is_that_of_rational_arithmetic(y: np.ndarray) -> None:
    expected = [[float(varsi((b - a).tolist(), 0)) for b in y] for a in y]
    assert shares_of(y) == pytest.approx(np.array(expected), abs=1e-12)


@often
@given(practices())
def test_each_share_has_the_bits_of_the_two_practices_alone(y: np.ndarray) -> None:
    rows = y / BILLION
    assert shares_of(y).tobytes() == share_better(rows[:, np.newaxis], rows[np.newaxis]).tobytes()


@often
@given(practices())
def test_numba_gives_the_same_bits(y: np.ndarray) -> None:
    lower, upper = y / BILLION, (y + y % 7 * 10**7) / BILLION
    assert pairwise_shares(lower).tobytes() == pairwise_shares(lower, compiled=True).tobytes()
    assert expected_ranks(lower).tobytes() == expected_ranks(lower, compiled=True).tobytes()
    for bounds in (pairwise_bounds, rank_bounds):
        ours, theirs = bounds(lower, upper), bounds(lower, upper, compiled=True)
        assert [end.tobytes() for end in ours] == [end.tobytes() for end in theirs]


def test_numba_gives_the_same_bits_over_more_than_one_block() -> None:
    y = np.random.default_rng(20131127).integers(0, 20, (300, 5)) / 20
    assert pairwise_shares(y).tobytes() == pairwise_shares(y, compiled=True).tobytes()
    assert expected_ranks(y).tobytes() == expected_ranks(y, compiled=True).tobytes()


@often
@given(practices())
def test_the_two_shares_of_a_pair_sum_to_one_exactly_unless_equal(y: np.ndarray) -> None:
    total = shares_of(y) + shares_of(y).T
    is_different = (y[:, np.newaxis] != y[np.newaxis]).any(axis=2)
    assert total.tolist() == is_different.astype(float).tolist()


@often
@given(practices())
def test_dominance_gives_one(y: np.ndarray) -> None:
    better = np.vstack([y, y[:1] + 1])
    assert shares_of(better)[-1, 0] == 1.0
    assert shares_of(better)[0, -1] == 0.0


@often
@given(practices())
def test_ranks_are_one_and_the_shares_of_those_ahead(y: np.ndarray) -> None:
    beaten = [[varsi((own - other).tolist(), 0) for other in y] for own in y]
    equal = [[int((own == other).all()) for other in y] for own in y]
    expected = [
        1 + sum(map(Fraction, row)) + Fraction(sum(same) - 1, 2)
        for row, same in zip(beaten, equal, strict=True)
    ]
    found = expected_ranks(y / BILLION)
    assert expected_ranks(y / BILLION, shares=shares_of(y)).tobytes() == found.tobytes()
    assert found.tolist() == pytest.approx([float(rank) for rank in expected], abs=1.1e-9)
    assert found.sum() == pytest.approx(len(y) * (len(y) + 1) / 2, abs=1e-9 * len(y))


@often
@given(practices())
def test_order_of_practices_changes_no_bit(y: np.ndarray) -> None:
    rows = y / BILLION
    shares, ranks = pairwise_shares(rows), expected_ranks(rows)
    for order in list(permutations(range(len(rows))))[1:4]:
        mixed = list(order)
        assert pairwise_shares(rows[mixed]).tobytes() == shares[np.ix_(mixed, mixed)].tobytes()
        assert expected_ranks(rows[mixed]).tobytes() == ranks[mixed].tobytes()


@often
@given(practices())
def test_other_practices_change_no_bit(y: np.ndarray) -> None:
    rows = y / BILLION
    assert pairwise_shares(rows[:2]).tobytes() == pairwise_shares(rows)[:2, :2].tobytes()


@often
@given(practices(), st.randoms(use_true_random=False))
def test_bounds_hold_for_any_values_between(y: np.ndarray, random: object) -> None:
    rng = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    lower, upper = y / BILLION, np.minimum(y / BILLION + rng.random(y.shape) / 2, 1).round(9)
    between = (lower + rng.random(y.shape) * (upper - lower)).round(9).clip(lower, upper)
    surely, possibly = pairwise_bounds(lower, upper)
    shares = pairwise_shares(between)
    assert ((surely <= shares + 1e-12) & (shares <= possibly + 1e-12)).all()
    best, worst = rank_bounds(lower, upper)
    for inside in (between, lower, upper):
        ranks = expected_ranks(inside)
        assert ((best <= ranks) & (ranks <= worst)).all()


@often
@given(practices())
def test_bounds_of_points_are_the_shares_and_ranks(y: np.ndarray) -> None:
    rows = y / BILLION
    assert [end.tobytes() for end in pairwise_bounds(rows, rows)] == [pairwise_shares(rows).tobytes()] * 2
    assert [end.tobytes() for end in rank_bounds(rows, rows)] == [expected_ranks(rows).tobytes()] * 2


@pytest.mark.parametrize("compiled", [False, True])
def test_equal_practices_share_a_rank(compiled: bool) -> None:  # noqa: FBT001
    same = np.full((4, 5), 0.3)
    assert pairwise_shares(same, compiled=compiled).tolist() == [[0.0] * 4] * 4
    assert expected_ranks(same, compiled=compiled).tolist() == [2.5] * 4


@pytest.mark.parametrize("compiled", [False, True])
def test_one_practice_alone_is_first(compiled: bool) -> None:  # noqa: FBT001
    assert expected_ranks([[0.2]], compiled=compiled).tolist() == [1.0]
    assert expected_ranks(np.empty((0, 5)), compiled=compiled).tolist() == []


def test_nothing_known_of_any_leaves_every_rank_open() -> None:
    best, worst = rank_bounds(np.zeros((3, 5)), np.ones((3, 5)))
    assert (best.tolist(), worst.tolist()) == ([1.0] * 3, [3.0] * 3)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        pytest.param(lambda: pairwise_shares([0.5, 0.5]), "y", id="one row"),
        pytest.param(lambda: pairwise_shares([[0.5, np.nan]]), "y", id="nan"),
        pytest.param(lambda: expected_ranks(np.ones((2, 13))), "y", id="13 dimensions"),
        pytest.param(lambda: expected_ranks([[0.5]], shares=np.zeros((2, 2))), "shares", id="other shares"),
        pytest.param(lambda: pairwise_bounds([[0.5]], [[0.5, 0.6]]), "upper", id="unequal"),
        pytest.param(lambda: rank_bounds([[0.5]], [[0.4]]), "lower", id="turned round"),
    ],
)
def test_wrong_arrays_are_refused_by_name(call: Callable[[], object], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        call()
    assert caught.value.name == name
