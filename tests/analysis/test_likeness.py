"""Gower's distance with gaps: properties, degenerate cases, plain fractions, published values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import LEAST_COMPARABLE, NOT_KNOWN, Kind, Likeness, Scale, Space, distances, nearest
from tests.analysis.spaces import EIGHTHS, GAP, NAN, Reading, ends, space_of, unit_scales
from tests.analysis.strategies import often

eighths = st.integers(0, EIGHTHS).map(float)
readings = st.one_of(
    eighths.map(lambda x: (x, x)), st.just(GAP), st.tuples(eighths, eighths).map(lambda p: (min(p), max(p)))
)


@st.composite
def places(draw: st.DrawFn, least: int = 2) -> tuple[list[list[Reading]], list[list[int]], list[float]]:
    """Draw up to six places with readings on up to four scales, kinds of up to two sorts, and weights."""
    count, scales, sorts = draw(st.integers(least, 6)), draw(st.integers(1, 4)), draw(st.integers(0, 2))
    drawn = [[draw(readings) for _ in range(scales)] for _ in range(count)]
    kinds = [[draw(st.integers(NOT_KNOWN, 2)) for _ in range(sorts)] for _ in range(count)]
    return drawn, kinds, [draw(st.sampled_from([1.0, 2.0, 0.3])) for _ in range(scales + sorts)]


def weighted(drawn: tuple[list[list[Reading]], list[list[int]], list[float]]) -> Space:
    rows, kinds, weights = drawn
    scales, sorts = len(rows[0]), len(kinds[0])
    return space_of(
        rows,
        kinds,
        scales=unit_scales(scales, weights),
        sorts=[Kind(f"k{j}", weights[scales + j]) for j in range(sorts)],
    )


def in_fractions(space: Space, a: int, b: int) -> tuple[Fraction, Fraction, Fraction]:
    """Both ends and the comparable share of two places, one variable after another, without rounding."""
    lower = upper = comparable = Fraction(0)
    whole = sum(Fraction(one.weight) for one in space.variables)
    for j, variable in enumerate(space.variables):
        weight = Fraction(variable.weight) / whole
        if j < len(space.scales):
            (l1, u1), (l2, u2) = (
                (Fraction(float(space.lower[j, i])), Fraction(float(space.upper[j, i]))) for i in (a, b)
            )
            low, high = max(l1 - u2, l2 - u1, Fraction(0)), max(u1 - l2, u2 - l1)
            known = (l1, u1) != (0, 1) != (l2, u2)
        else:
            one, other = (int(space.kinds[j - len(space.scales), i]) for i in (a, b))
            known = NOT_KNOWN not in {one, other}
            low, high = Fraction(known and one != other), Fraction(not known or one != other)
        lower, upper, comparable = lower + weight * low, upper + weight * high, comparable + weight * known
    return lower, upper, comparable


def by_hand(space: Space, place: int, k: int, among: set[int]) -> list[int]:
    """Rows of the k nearest: everything compared, then sorted."""
    found = distances(space, place)
    fit = [i for i in among if i != place and found.comparable[i] >= LEAST_COMPARABLE]
    return sorted(fit, key=lambda i: (found.upper[i], found.lower[i], i))[:k]


# --- properties


@often
@given(places(), st.data())
def test_however_gaps_are_filled_the_distance_lies_between_the_ends(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]], data: st.DataObject
) -> None:
    rows, kinds, weights = drawn
    filled = [
        [
            data.draw(st.integers(*((0, EIGHTHS) if low != low else (int(low), int(high)))))  # noqa: PLR0124
            for low, high in row
        ]
        for row in rows
    ]
    chosen = [[data.draw(st.integers(0, 2)) if one == NOT_KNOWN else one for one in row] for row in kinds]
    points = [[(float(x), float(x)) for x in row] for row in filled]
    boxes, exact = weighted((rows, kinds, weights)), weighted((points, chosen, weights))
    for i in range(len(rows)):
        (lower, upper), (same, distance) = ends(boxes, i), ends(exact, i)
        assert same == distance
        assert all(0 <= low <= d <= high <= 1 for low, d, high in zip(lower, distance, upper, strict=True))


@often
@given(places())
def test_distances_are_symmetric_and_nothing_is_apart_from_itself(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]],
) -> None:
    space = weighted(drawn)
    found = [distances(space, i) for i in range(len(space))]
    for matrix in ([one.lower for one in found], [one.upper for one in found]):
        assert np.array_equal(matrix, np.transpose(matrix))
        assert np.diag(matrix).tolist() == [0.0] * len(space)


@often
@given(places(), st.data())
def test_narrower_readings_give_narrower_distances(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]], data: st.DataObject
) -> None:
    rows, kinds, weights = drawn
    narrower = [[_narrowed(reading, data.draw) for reading in row] for row in rows]
    before, after = weighted(drawn), weighted((narrower, kinds, weights))
    for i in range(len(rows)):
        (lower, upper), (least, most) = ends(before, i), ends(after, i)
        assert all(a <= b <= c <= d for a, b, c, d in zip(lower, least, most, upper, strict=True))


def _narrowed(reading: Reading, draw: Callable[[st.SearchStrategy[int]], int]) -> Reading:
    low, high = (0, EIGHTHS) if np.isnan(reading[0]) else map(int, reading)
    first = draw(st.integers(low, high))
    return float(first), float(draw(st.integers(first, high)))


@often
@given(places(), st.randoms(use_true_random=False))
def test_the_order_of_variables_and_of_places_is_irrelevant(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]],
    random: object,
) -> None:
    rows, kinds, weights = drawn
    scales, sorts = list(range(len(rows[0]))), list(range(len(kinds[0])))
    order = list(range(len(rows)))
    for one in (scales, sorts, order):
        random.shuffle(one)
    turned = weighted(
        (
            [[rows[i][j] for j in scales] for i in order],
            [[kinds[i][j] for j in sorts] for i in order],
            [weights[j] for j in scales] + [weights[len(scales) + j] for j in sorts],
        )
    )
    for new, old in enumerate(order):
        for before, after in zip(ends(weighted(drawn), old), ends(turned, new), strict=True):
            assert after == [before[i] for i in order]


@often
@given(places())
def test_distances_are_those_of_plain_arithmetic_in_fractions(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]],
) -> None:
    space = weighted(drawn)
    for a, b in combinations(range(len(space)), 2):
        found = distances(space, a)
        wanted = [round(float(one), 9) for one in in_fractions(space, a, b)]
        assert [found.lower[b], found.upper[b], found.comparable[b]] == pytest.approx(wanted, abs=2e-9)


@often
@given(places(), st.integers(1, 7), st.data())
def test_the_nearest_are_those_that_comparing_everything_finds(
    drawn: tuple[list[list[Reading]], list[list[int]], list[float]], k: int, data: st.DataObject
) -> None:
    space = weighted(drawn)
    among = np.array(data.draw(st.lists(st.booleans(), min_size=len(space), max_size=len(space))))
    for place in range(len(space)):
        rows = [one.index for one in nearest(space, place, k, among)]
        assert rows == by_hand(space, place, k, set(np.flatnonzero(among).tolist()))


@pytest.mark.parametrize("decimals", [None, 1, 0])
def test_the_nearest_among_many_are_exact_where_single_precision_is_not(decimals: int | None) -> None:
    draw = np.random.default_rng(7)
    figures = draw.random((9_001, 5)) if decimals is None else draw.random((9_001, 5)).round(decimals)
    figures[draw.random(figures.shape) < 0.15] = NAN
    scales = [Scale(f"v{j}", 0, 1, weight=1 + j / 10) for j in range(5)]
    space = Space.of(scales, figures, figures, [Kind("type")], draw.integers(-1, 4, (9_001, 1)))
    for place in (0, 4095, 4096, 9_000):
        found = nearest(space, place, 25)
        assert [one.index for one in found] == by_hand(space, place, 25, set(range(9_001)))
        lower, upper = ends(space, place)
        assert [(one.lower, one.upper) for one in found] == [(lower[i], upper[i]) for i in map(_row, found)]


def test_equal_distances_stay_equal_where_single_precision_adds_them_up_differently() -> None:
    figures = np.array([[0.0] * 6, *permutations([0.1, 0.23, 0.37, 0.41, 0.59, 0.97])])
    space = Space.of([Scale(f"v{j}", 0, 1) for j in range(6)], figures, figures)
    assert [one.index for one in nearest(space, 0, 5)] == [1, 2, 3, 4, 5]


def _row(one: Likeness) -> int:
    return one.index


# --- by hand


def test_a_likeness_says_by_which_variable_two_places_are_alike() -> None:
    space = space_of([[(0, 0), (4, 4)], [(2, 2), (4, 6)]], [[1], [1]])
    (found,) = nearest(space, 0, 1)
    assert found == Likeness(
        index=1,
        lower=round(0.25 / 3, 9),
        upper=round(0.5 / 3, 9),
        comparable=1.0,
        parts=((0.25, 0.25), (0.0, 0.25), (0.0, 0.0)),
        is_compared=(True, True, True),
    )
    assert space.keys == ("v0", "v1", "k0")


def test_nothing_known_is_a_distance_from_0_to_1_and_not_comparable() -> None:
    space = space_of([[(3, 3), (3, 3)], [GAP, GAP]], [[0], [NOT_KNOWN]])
    found = distances(space, 0)
    assert (found.lower[1], found.upper[1], found.comparable[1]) == (
        0.0,
        pytest.approx((0.625 * 2 + 1) / 3),
        0,
    )
    assert nearest(space, 0, 5) == nearest(space, 1, 5) == ()


def test_places_of_which_nothing_is_known_are_still_no_distance_from_themselves() -> None:
    space = space_of([[GAP], [GAP]])
    assert ends(space, 0) == ([0.0, 0.0], [0.0, 1.0])


@pytest.mark.parametrize(("known", "rows"), [(5, []), (6, [1]), (10, [1])])
def test_six_tenths_of_the_weight_must_be_known_of_both(known: int, rows: list[int]) -> None:
    space = space_of([[(1, 1)] * 10, [(1, 1)] * known + [GAP] * (10 - known)])
    assert [one.index for one in nearest(space, 0, 3)] == rows


def test_three_fifths_of_odd_weights_are_comparable() -> None:
    scales = unit_scales(3, [0.1, 0.2, 0.2])  # 0.3 of 0.5, which no binary fraction is
    space = space_of([[(1, 1)] * 3, [(1, 1), (1, 1), GAP]], scales=scales)
    assert [one.comparable for one in nearest(space, 0, 1)] == [0.6]


def test_where_one_end_is_not_known_it_is_the_end_of_the_scale() -> None:
    space = space_of([[(2, 2)], [(NAN, 4)], [(6, NAN)]])
    assert ends(space, 0) == ([0.0, 0.0, 0.5], [0.0, 0.25, 0.75])
    assert distances(space, 0).comparable.tolist() == [1.0, 1.0, 1.0]


def test_one_place_has_nobody_to_be_like() -> None:
    space = space_of([[(3, 3)]])
    assert nearest(space, 0, 5) == ()
    assert ends(space, 0) == ([0.0], [0.0])


def test_a_space_without_places_finds_nothing() -> None:
    space = Space.of([Scale("x", 0, 1)], np.empty((0, 1)), np.empty((0, 1)))
    assert nearest(space, space.box([0.5], [0.5]), 3) == ()


def test_ten_thousand_identical_places_come_in_their_order() -> None:
    figures = np.full((10_000, 3), 0.3)
    space = Space.of([Scale(key, 0, 1) for key in "abc"], figures, figures)
    assert [one.index for one in nearest(space, 9_999, 4)] == [0, 1, 2, 3]
    assert [one.index for one in nearest(space, 1, 4)] == [0, 2, 3, 4]
    assert {(one.lower, one.upper) for one in nearest(space, 1, 9_999)} == {(0.0, 0.0)}


def test_all_tied_but_by_the_lower_end_are_ordered_by_it() -> None:
    space = space_of([[(0, 0)], [(2, 4)], [(4, 4)], [(0, 4)], [(2, 4)]])
    assert [one.index for one in nearest(space, 0, 9)] == [3, 1, 4, 2]


def test_one_variable_of_kinds_alone_is_enough() -> None:
    kinds = [[0], [1], [0], [NOT_KNOWN]]
    space = Space.of([], np.empty((4, 0)), np.empty((4, 0)), [Kind("type")], kinds)
    assert [(one.index, one.upper) for one in nearest(space, 0, 9)] == [(2, 0.0), (1, 1.0)]


# --- published

DAISY = {
    "a": "0 0 0 1 0 0 0 0 1 0 .",
    "b": ". 0 1 1 0 1 0 1 0 1 0",
    "c": "0 1 1 0 1 . 1 0 1 0 .",
    "d": "1 1 0 1 0 0 0 0 0 1 0",
    "e": "1 . 0 1 0 0 0 0 . 1 1",
}
# R cluster::daisy, tests/daisy-ex.Rout.save: lower triangle, pairs in which nobody ignores a common zero.
PUBLISHED = {
    (1, 2): 1 / 3,
    (1, 3): 3 / 4,
    (2, 3): 1 / 2,
    (2, 4): 3 / 4,
    (3, 4): 4 / 5,
    (4, 5): 1.0,
    (4, 7): 1.0,
    (4, 9): 3 / 4,
    (9, 10): 1.0,
}


def test_published_distances_of_r_lie_between_the_ends_and_are_them_where_nothing_is_missing() -> None:
    table = np.array([[NAN if x == "." else float(x) for x in row.split()] for row in DAISY.values()]).T
    space = Space.of([Scale(key, 0, 1) for key in DAISY], table, table)
    for (a, b), published in PUBLISHED.items():
        found = distances(space, a - 1)
        lower, upper = found.lower[b - 1], found.upper[b - 1]
        assert lower - 1e-9 <= published <= upper + 1e-9, (a, b)
        if not np.isnan(table[[a - 1, b - 1]]).any():
            assert (lower, upper) == (pytest.approx(published), pytest.approx(published))
