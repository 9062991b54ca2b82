"""Confidence at central weights by cells of neighbours: what comparing all places with each gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis.screening import scores_of, whole_parts
from sadzonka.analysis.screening.cells import Cells, confidence
from sadzonka.analysis.screening.contest import Contest
from tests.analysis.strategies import often


def by_all_comparisons(
    contest: Contest, lower: np.ndarray, upper: np.ndarray, weightings: np.ndarray
) -> list:
    """Compare each place i, at weighting i, with every other."""
    band = contest.bands[contest.central]
    found = []
    for i, row in enumerate(weightings):
        low, up = (scores_of(row[np.newaxis], ends)[0] for ends in (lower, upper))
        others = np.arange(len(low)) != i
        is_sure = np.count_nonzero(up[others] >= low[i]) < band
        found.append((is_sure, np.count_nonzero(low[others] > up[i]) < band))
    return [list(row) for row in zip(*found, strict=True)]


@pytest.mark.parametrize(
    ("columns", "band", "highest"), [(5, 10, 4095), (12, 3, 4095), (2, 50, 6), (1, 1, 40)]
)
@pytest.mark.parametrize("width", [0, 5, 800])
def test_confidence_is_that_of_all_comparisons(columns: int, band: int, highest: int, width: int) -> None:
    rng = np.random.default_rng(20131127)
    count = 1_100  # eight cells, the last ones not full
    lower = rng.integers(0, highest + 1, (count, columns)).astype(np.uint16)
    upper = np.minimum(lower + rng.integers(0, width + 1, lower.shape), 4095).astype(np.uint16)
    weightings = whole_parts(rng.dirichlet(np.ones(columns), count))
    contest = Contest.among(lower, upper, np.zeros(count, np.bool_), (band,), band)
    assert len(Cells.of(contest.values[0], 256).values) == 8
    found = confidence(contest, weightings, np.arange(count))
    assert found.tolist() == by_all_comparisons(contest, lower, upper, weightings)


@often
@given(st.data(), st.integers(1, 3), st.integers(1, 12), st.integers(1, 4))
def test_small_cells_tell_what_one_cell_tells(
    data: st.DataObject, columns: int, count: int, than: int
) -> None:
    value = st.integers(0, 4)
    values = data.draw(
        st.lists(st.lists(value, min_size=count, max_size=count), min_size=columns, max_size=columns)
    )
    weights = np.float32([data.draw(st.lists(value, min_size=columns, max_size=columns))])
    score = np.float32([data.draw(st.integers(0, 20))])
    whole = np.float32(values)
    expected = int(np.count_nonzero(weights @ whole >= score)) > than
    for most in (1, 2, 5, 256):
        assert Cells.of(whole, most).reached_by_more(than, weights, score).tolist() == [expected]


def test_every_place_is_in_one_cell() -> None:
    values = np.arange(3_000, dtype=np.float32).reshape(2, 1_500)
    cells = Cells.of(values, 256)
    held = cells.values.transpose(0, 2, 1).reshape(-1, 2)
    assert sorted(held[held[:, 0] >= 0].tolist()) == sorted(values.T.tolist())


def test_ten_thousand_equal_places_are_possibly_and_never_surely_first() -> None:
    points = np.full((10_000, 3), 2048, np.uint16)
    contest = Contest.among(points, points, np.zeros(10_000, np.bool_), (10,), 10)
    weightings = np.tile(np.uint16([[2048, 1024, 1024]]), (10_000, 1))
    assert np.unique(confidence(contest, weightings, np.arange(10_000)), axis=1).tolist() == [[False], [True]]
