"""Whole numbers: nothing is lost, whatever the order in which they are added."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError
from sadzonka.analysis.screening import on_grid, scores_of, whole_parts
from sadzonka.analysis.screening.grid import product
from tests.analysis.screening.oracle import plain_scores
from tests.analysis.strategies import often

weights = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)


def test_largest_score_is_still_a_whole_number_of_single_precision() -> None:
    assert 4095 * 4096 < 2**24
    top = scores_of(np.array([[4096, 0]], dtype=np.uint16), np.array([[4095, 4095]], dtype=np.uint16))
    assert top.tolist() == [[16_773_120]]


def test_scores_equal_those_of_python_whole_numbers_in_any_order_of_columns() -> None:
    rng = np.random.default_rng(20131127)
    values = rng.integers(0, 4096, (40, 12), dtype=np.uint16)
    values[0], values[1] = 4095, 0
    grid = whole_parts(rng.dirichlet(np.ones(12), 30))
    expected = plain_scores(values.tolist(), grid.tolist())
    for order in (np.arange(12), rng.permutation(12), np.arange(12)[::-1]):
        assert scores_of(grid[:, order], values[:, order]).tolist() == expected


@pytest.mark.parametrize("shape", [(3, 12, 70_000), (900, 5, 700), (5_000, 200, 12), (0, 5, 4), (4, 5, 0)])
def test_product_in_pieces_equals_that_of_whole_numbers(shape: tuple[int, int, int]) -> None:
    tall, inner, wide = shape
    rng = np.random.default_rng(1)
    left = rng.integers(0, 2 if inner > 100 else 4096, (tall, inner))
    right = rng.integers(0, 4096 // inner, (inner, wide))  # so that sums stay below 2**24
    found = product(left.astype(np.float32), right.astype(np.float32))
    assert np.array_equal(found.astype(np.int64), left @ right)


@often
@given(st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_order_of_values_survives_on_the_grid(pair: list[float]) -> None:
    low, high = on_grid(sorted(pair)).tolist()
    assert low <= high
    assert abs(high / 4095 - max(pair)) <= 0.5 / 4095 + 1e-12


@often
@given(weights)
def test_parts_sum_to_the_whole_and_move_by_less_than_one(row: list[int]) -> None:
    exact = np.array(row) / sum(row)
    parts = whole_parts([exact])[0]
    assert parts.sum() == 4096
    assert (np.abs(parts - exact * 4096) < 1).all()


@often
@given(weights)
def test_larger_weight_never_ends_below_a_smaller_one(row: list[int]) -> None:
    exact = np.array(row) / sum(row)
    parts = whole_parts([exact])[0].astype(int)
    larger = exact[:, np.newaxis] > exact[np.newaxis]
    assert (parts[:, np.newaxis] >= parts[np.newaxis])[larger].all()


def test_equal_remainders_go_by_precedence() -> None:
    third = [[1 / 3, 1 / 3, 1 / 3]]
    assert whole_parts(third, [2, 0, 1]).tolist() == [[1365, 1365, 1366]]


@pytest.mark.parametrize("value", [-1e-9, 1.000001, float("nan"), float("inf")])
def test_values_outside_nought_to_one_are_refused(value: float) -> None:
    with pytest.raises(MethodError) as caught:
        on_grid([0.5, value])
    assert caught.value.name == "values"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[0.5, -0.5, 1.0]], id="negative"),
        pytest.param([[0.5, 0.4]], id="sum under 1"),
        pytest.param([[0.5, 0.5], [0.6, 0.5]], id="second sum over 1"),
        pytest.param([[np.nan, 1.0]], id="nan"),
        pytest.param([0.5, 0.5], id="one row"),
        pytest.param([[]], id="no column"),
        pytest.param(np.empty((0, 3)), id="no row"),
    ],
)
def test_rows_that_are_no_weights_are_refused(rows: object) -> None:
    with pytest.raises(MethodError) as caught:
        whole_parts(rows)  # type: ignore[arg-type]
    assert caught.value.name == "weights"
