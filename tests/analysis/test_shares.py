"""Shares of weightings against published numbers, rational arithmetic, closed forms and sampling."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError, classes, scores, share_at_least, share_better, under_floor
from tests.analysis.strategies import often

FIVE = (0.7, 0.45, 0.6, 0.3, 0.55)
FOUR = (0.9, 0.2, 0.6, 0.4)
BILLION = 10**9


def varsi(billionths: list[int], cut: int) -> Fraction:
    """Share of weightings with a sum below `cut`, in fractions (Varsi 1973)."""
    above = [Fraction(y - cut, BILLION) for y in billionths if y >= cut]
    below = [Fraction(y - cut, BILLION) for y in billionths if y < cut]
    a = [Fraction(1)] + [Fraction(0)] * len(above)
    for z in below:
        for h, p in enumerate(above, 1):
            a[h] = (p * a[h] - z * a[h - 1]) / (p - z)
    return a[-1]


def closed_form(values: list[Fraction], cut: Fraction) -> Fraction:
    """Share of weightings with a sum of at least `cut`, all values different (Curry & Schoenberg 1966)."""
    size = len(values)
    return sum((x - cut) ** (size - 1) / prod(x - y for y in values if y != x) for x in values if x > cut)


near = st.integers(-3, 3).map(lambda step: 550_000_000 + step)
coarse = st.integers(0, 20).map(lambda step: step * 50_000_000)
billionths = st.lists(st.integers(0, BILLION) | near | coarse, min_size=1, max_size=8)
rows = st.lists(st.floats(0, 1), min_size=5, max_size=5)


@pytest.mark.parametrize(
    ("values", "cut", "share"),
    [
        (FIVE, 0.5, Fraction(59, 90)),
        (FIVE, 0.55, Fraction(223, 720)),
        (FIVE, 0.6, Fraction(1, 15)),
        ((0.9, 0.3, 0.4), 0.5, Fraction(8, 15)),
        ((0.9, 0.9, 0.3, 0.4), 0.5, Fraction(184, 225)),
        ((0.9, 0.55, 17 / 30, 0.525), 0.6, 1 - Fraction(67, 175)),
    ],
)
def test_share_is_the_known_fraction(values: tuple[float, ...], cut: float, share: Fraction) -> None:
    assert share_at_least(values, [cut])[0] == pytest.approx(float(share), abs=1e-7)
    if values is FIVE or len(values) == 3:
        assert share_at_least(values, [cut])[0] == pytest.approx(float(share), abs=1e-14)


def test_share_over_lower_bounded_weights_is_the_known_one() -> None:
    least = np.array([0.1, 0.05, 0.2, 0.1])
    y = least @ FOUR + (1 - least.sum()) * np.array(FOUR)
    assert 1 - share_at_least(y, [0.6])[0] == pytest.approx(0.786834, abs=5e-7)


def test_share_with_ties_is_the_known_one() -> None:
    assert 1 - share_at_least((0.2, 0.2, 0.9, 0.9, 0.5), [0.6])[0] == pytest.approx(0.67037, abs=5e-6)


def test_share_where_every_value_equals_the_threshold_is_one() -> None:
    assert share_at_least([0.55] * 5, [0.55]).tolist() == [1.0]
    assert share_at_least([0.1 + 0.2] * 3, [0.3]).tolist() == [1.0]
    assert share_at_least([0.55], [0.55, 0.56]).tolist() == [1.0, 0.0]


def test_share_where_only_some_values_reach_the_threshold_is_nil() -> None:
    assert share_at_least([0.55, 0.55, 0.2], [0.55])[0] == pytest.approx(0, abs=1e-15)


def test_share_between_values_a_billionth_away_is_still_exact() -> None:
    assert share_at_least([0.549999999, 0.550000001], [0.55]).tolist() == [0.5]


@often
@given(billionths, st.lists(st.integers(0, BILLION) | near | coarse, min_size=1, max_size=3))
def test_share_equals_rational_arithmetic_on_the_same_rounded_values(
    values: list[int], cuts: list[int]
) -> None:
    cuts = [*cuts, values[0]]  # always one tie with the threshold
    shares = share_at_least(np.array(values) / BILLION, np.array(cuts) / BILLION)
    expected = [float(1 - varsi(values, cut)) for cut in cuts]
    assert shares.tolist() == pytest.approx(expected, abs=1e-12)


@often
@given(st.lists(st.integers(0, 100), min_size=2, max_size=8, unique=True), st.integers(1, 99))
def test_share_equals_the_closed_form_for_different_values(values: list[int], cut: int) -> None:
    fractions = [Fraction(value, 100) for value in values]
    expected = float(closed_form(fractions, Fraction(cut, 100)))
    assert share_at_least(np.array(values) / 100, [cut / 100])[0] == pytest.approx(expected, abs=1e-12)


@often
@given(st.integers(0, 999), st.integers(1, 1000), st.integers(0, 1000))
def test_share_of_two_dimensions_is_a_ratio_of_lengths(a: int, width: int, cut: int) -> None:
    b = a + width
    expected = min(max((b - cut) / (b - a), 0), 1)
    assert share_at_least([a / 1000, b / 1000], [cut / 1000])[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_share_agrees_with_sampled_weightings_within_four_sigma(size: int) -> None:
    rng = np.random.default_rng(20131127)
    values = rng.random((6, size))
    weightings = rng.dirichlet(np.ones(size), 40_000)
    for row, shares in zip(values, share_at_least(values, [0.35, 0.55, 0.75]), strict=True):
        for cut, share in zip([0.35, 0.55, 0.75], shares, strict=True):
            sampled = np.mean(weightings @ row >= cut)
            sigma = np.sqrt(max(share * (1 - share), 1e-9) / len(weightings))
            assert abs(sampled - share) <= 4 * sigma


@often
@given(rows, st.integers(0, 4), st.floats(0, 1))
def test_raising_a_value_never_lowers_a_share(row: list[float], k: int, value: float) -> None:
    higher = [max(old, value) if i == k else old for i, old in enumerate(row)]
    cuts = [0.35, 0.55, 0.75]
    assert (share_at_least(higher, cuts).round(9) >= share_at_least(row, cuts).round(9)).all()


@often
@given(rows, rows)
def test_shares_of_better_and_worse_sum_to_one_unless_equal(a: list[float], b: list[float]) -> None:
    total = share_better(a, b) + share_better(b, a)
    is_equal = np.array_equal(np.round(a, 9), np.round(b, 9))
    assert total == pytest.approx(0 if is_equal else 1, abs=1e-12)


@often
@given(rows, rows)
def test_dominance_gives_one(a: list[float], b: list[float]) -> None:
    best, worst = np.maximum(a, b).round(9), np.minimum(a, b).round(9)
    share = 1 if (best > worst).any() else 0
    assert share_better(best, worst) == pytest.approx(share, abs=1e-15)
    assert share_better(worst, best) == pytest.approx(0, abs=1e-15)


@often
@given(rows, rows)
def test_shares_of_better_and_worse_have_the_same_bits_whoever_is_asked_about(
    a: list[float], b: list[float]
) -> None:
    one, other = share_better(a, b), share_better(b, a)
    is_equal = np.array_equal(np.round(a, 9), np.round(b, 9))
    assert one + other == (0 if is_equal else 1)


def test_better_is_broadcast_over_practices() -> None:
    rng = np.random.default_rng(1)
    practices = rng.random((7, 5)).round(9)
    table = share_better(practices[:, None], practices[None])
    assert table.shape == (7, 7)
    assert table[2, 5] == share_better(practices[2], practices[5])


def test_other_rows_change_no_bit() -> None:
    rng = np.random.default_rng(7)
    many = rng.random((8192 + 300, 5))  # one more than a full chunk
    cuts, floors = [0.35, 0.55, 0.75], [0.3, 0, 0.2, 0, 0]
    shares, totals = share_at_least(many, cuts), scores(many, [0.2] * 5)
    capped = under_floor(many, floors)
    found = classes(totals, cuts, capped)
    for i in [*range(0, len(many), 250), 8191, 8192, len(many) - 1]:
        assert share_at_least(many[i], cuts).tobytes() == shares[i].tobytes()
        assert scores(many[i], [0.2] * 5) == totals[i]
        assert under_floor(many[i], floors) == capped[i]
        assert classes(totals[i], cuts, capped[i]) == found[i]


def test_shapes_are_kept() -> None:
    values = np.full((2, 3, 5), 0.5)
    assert share_at_least(values, [0.4, 0.6]).shape == (2, 3, 2)
    assert share_at_least(np.empty((0, 5)), [0.5]).shape == (0, 1)
    assert scores(values, [0.2] * 5).shape == (2, 3)
    assert classes(scores(values, [0.2] * 5), [0.35, 0.55], under_floor(values, [0] * 5)).shape == (2, 3)


def test_input_is_left_as_it_was() -> None:
    values = np.array([[0.123456789123, 0.9]])
    share_at_least(values, [0.5])
    share_better(values, values)
    assert values.tolist() == [[0.123456789123, 0.9]]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        pytest.param(lambda: share_at_least(0.5, [0.5]), "values", id="scalar"),
        pytest.param(lambda: share_at_least([], [0.5]), "values", id="nothing"),
        pytest.param(lambda: share_at_least([0.5] * 13, [0.5]), "values", id="13 dimensions"),
        pytest.param(lambda: share_better([0.5] * 13, [0.5] * 13), "a", id="13 dimensions better"),
        pytest.param(lambda: share_better([0.5], [np.nan]), "b", id="nan better"),
        pytest.param(lambda: share_at_least([0.5, np.nan], [0.5]), "values", id="nan"),
        pytest.param(lambda: share_at_least([0.5, np.inf], [0.5]), "values", id="infinite"),
        pytest.param(lambda: share_at_least([0.5], 0.5), "thresholds", id="one threshold"),
        pytest.param(lambda: share_at_least([0.5], [np.nan]), "thresholds", id="nan threshold"),
        pytest.param(lambda: scores([0.5, 0.5], [1.0]), "weights", id="too few weights"),
        pytest.param(lambda: under_floor([0.5, 0.5], [0.1]), "floors", id="too few floors"),
    ],
)
def test_wrong_arrays_are_refused_by_name(call: Callable[[], object], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        call()
    assert caught.value.name == name
