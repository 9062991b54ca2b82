"""Screenings at the edge: all tied, nobody there, everybody alike; results written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sadzonka.analysis.screening import Weightings, screen, weightings
from tests.analysis.screening.oracle import bytes_of

EITHER = pytest.mark.parametrize("compiled", [False, True], ids=["numpy", "compiled"])
FIVE = weightings(5, points=8, scramblings=2)  # 16 weightings


@EITHER
def test_all_tied_are_possibly_at_the_top_and_surely_only_where_all_have_room(*, compiled: bool) -> None:
    same = np.full((4, 5), 0.6)
    found = screen(same, same, FIVE, bands=[1, 3, 4, 9], compiled=compiled)
    assert found.counts[0].tolist() == [[0] * 4, [0] * 4, [16] * 4, [16] * 4]
    assert found.counts[1].tolist() == [[16] * 4] * 4
    assert found.errors.tolist() == np.zeros((2, 4, 4)).tolist()
    assert found.confidence.tolist() == [[True] * 4, [True] * 4]  # the central band is 9


@EITHER
def test_nothing_known_of_any_is_possible_for_all_and_sure_for_none(*, compiled: bool) -> None:
    found = screen(np.zeros((6, 5)), np.ones((6, 5)), FIVE, bands=[1, 5, 6], compiled=compiled)
    assert found.counts[0].tolist() == [[0] * 6, [0] * 6, [16] * 6]
    assert found.counts[1].tolist() == [[16] * 6] * 3


@EITHER
def test_single_place_is_surely_first(*, compiled: bool) -> None:
    found = screen([[0.1] * 5], [[0.9] * 5], FIVE, bands=[1, 10], compiled=compiled)
    assert found.counts.tolist() == [[[16], [16]], [[16], [16]]]
    assert found.edges[:, :, 1].tolist() == [[[-1] * 16] * 2] * 2
    assert found.confidence.tolist() == [[True], [True]]


@EITHER
def test_single_column_is_plain_sorting(*, compiled: bool) -> None:
    values = [[0.3], [0.9], [0.5], [0.9]]
    found = screen(values, values, weightings(1, points=4, scramblings=2), bands=[1, 2], compiled=compiled)
    assert found.counts.tolist() == [[[0, 0, 0, 0], [0, 8, 0, 8]], [[0, 8, 0, 8], [0, 8, 0, 8]]]
    assert found.central_weights[1].tolist() == [1.0]


@EITHER
def test_nobody_competes_when_all_are_excluded(*, compiled: bool) -> None:
    values = np.full((3, 5), 0.5)
    found = screen(values, values, FIVE, bands=[1, 2], is_excluded=[True] * 3, compiled=compiled)
    assert found.counts.tolist() == np.zeros((2, 2, 3)).tolist()
    assert np.isnan(found.shares).all()
    assert np.isnan(found.central_weights).all()
    assert found.edges.tolist() == np.full((2, 2, 2, 16), -1).tolist()
    assert found.confidence.tolist() == [[False] * 3] * 2


@EITHER
def test_no_places_give_empty_shares(*, compiled: bool) -> None:
    found = screen(np.empty((0, 5)), np.empty((0, 5)), FIVE, compiled=compiled)
    assert found.shares.shape == (2, 6, 0)


@EITHER
def test_fewer_places_than_a_band_are_surely_in_it(*, compiled: bool) -> None:
    values = np.array([[0.2] * 5, [0.4] * 5, [0.9] * 5])
    found = screen(values, values, FIVE, bands=[2, 3, 50], compiled=compiled)
    assert found.counts[0].tolist() == [[0, 16, 16], [16] * 3, [16] * 3]


@EITHER
def test_ten_thousand_identical_places_share_one_fate(*, compiled: bool) -> None:
    values = np.full((10_001, 5), 0.6)
    values[77] = 0.7
    found = screen(values, values, FIVE, bands=[1, 2, 10_000, 10_001], compiled=compiled)
    rest = np.delete(found.counts, 77, axis=2)
    assert found.counts[:, :, 77].tolist() == [[16] * 4] * 2
    assert np.unique(rest, axis=2)[:, :, 0].tolist() == [[0, 0, 0, 16], [0, 16, 16, 16]]
    assert np.unique(rest, axis=2).shape == (2, 4, 1)


def test_scores_that_all_lie_in_one_bucket_are_told_apart_by_both_ways() -> None:
    rng = np.random.default_rng(4)
    values = (2048 + rng.integers(0, 2, (500, 12))) / 4095  # 2048 or 2049: they differ in the lower bits only
    made = weightings(12, points=16)
    bands = [1, 2, 49, 50, 250, 499, 500]
    assert bytes_of(screen(values, values, made, bands=bands, compiled=True)) == bytes_of(
        screen(values, values, made, bands=bands)
    )


@pytest.mark.parametrize("noise", [0.0, 1e-4, 0.02])
def test_correlated_columns_are_counted_alike_by_both_ways(noise: float) -> None:
    rng = np.random.default_rng(6)
    common = rng.random((400, 1))
    lower = np.clip(common + noise * rng.normal(size=(400, 12)), 0, 1)
    upper = np.clip(lower + noise, 0, 1)
    made = weightings(12, points=64)
    compiled, plain = (screen(lower, upper, made, compiled=compiled) for compiled in (True, False))
    assert bytes_of(compiled) == bytes_of(plain)
    if not noise:
        first = int(np.argmax(common))
        assert plain.counts[:, 0, first].tolist() == [512, 512]


def test_weightings_by_hand_count_as_given() -> None:
    values = [[1.0, 0.0], [0.0, 1.0]]
    found = screen(values, values, Weightings.of([[1, 0], [0.75, 0.25], [0.5, 0.5]]), bands=[1])
    assert found.counts.tolist() == [[[2, 0]], [[3, 1]]]
