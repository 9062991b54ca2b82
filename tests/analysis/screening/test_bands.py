"""Rank bands: by the letter of their definition, and the same bits by every way of counting."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sadzonka.analysis.screening import BANDS, Weightings, on_grid, screen, weightings
from tests.analysis.screening.oracle import bytes_of, contests, memberships, plain_counts, plain_scores
from tests.analysis.strategies import often

Ends = tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.float64]]]

EITHER = pytest.mark.parametrize("compiled", [False, True], ids=["numpy", "compiled"])


def some_ends(n: int, columns: int, width: float = 0.2, seed: int = 20131127) -> Ends:
    rng = np.random.default_rng(seed)
    lower = rng.random((n, columns)) * (1 - width)
    return lower, lower + width * rng.random((n, columns))


@EITHER
@often
@given(contest=contests())
def test_counts_are_those_of_the_definition(contest: dict[str, Any], *, compiled: bool) -> None:
    found = screen(**contest, compiled=compiled)
    excluded = contest["is_excluded"].tolist()
    parts = [contest[name] for name in ("lower", "upper", "weightings", "bands")]
    assert found.counts.tolist() == plain_counts(*parts, excluded)


@EITHER
def test_top_place_by_points_is_the_one_that_sorting_finds(*, compiled: bool) -> None:
    points, made = some_ends(100, 12)[0], weightings(12, points=8)
    found = screen(points, points, made, bands=[1, 7], compiled=compiled)
    scores = np.array(plain_scores(on_grid(points).tolist(), made.grid.tolist()))
    ranked = np.argsort(-scores, axis=1)
    assert (np.diff(np.sort(scores, axis=1), axis=1) > 0).all()  # no ties, so sorting has one answer
    for b, band in enumerate((1, 7)):
        expected = np.bincount(ranked[:, :band].ravel(), minlength=100).tolist()
        assert found.counts[:, b].tolist() == [expected, expected]


@EITHER
def test_edges_are_the_scores_at_the_ranks_of_both_ends(*, compiled: bool) -> None:
    lower, upper = some_ends(60, 3)
    made = weightings(3, points=16, scramblings=2)
    found = screen(lower, upper, made, bands=[1, 4, 60], compiled=compiled)
    for end, values in enumerate((lower, upper)):
        falling = -np.sort(-np.array(plain_scores(on_grid(values).tolist(), made.grid.tolist())))
        assert found.edges[end, 0].tolist() == falling[:, [0, 1]].T.tolist()
        assert found.edges[end, 1].tolist() == falling[:, [3, 4]].T.tolist()
        assert found.edges[end, 2].tolist() == [falling[:, 59].tolist(), [-1] * 32]


@often
@given(contests())
def test_compiled_loops_and_arrays_give_the_same_bits(contest: dict[str, Any]) -> None:
    assert bytes_of(screen(**contest, compiled=True)) == bytes_of(screen(**contest))


@pytest.mark.parametrize("width", [0.0, 0.3])
def test_any_number_of_threads_gives_the_same_bits(width: float) -> None:
    lower, upper = some_ends(700, 12, width)
    is_excluded = np.arange(700) % 9 == 0
    made = weightings(12, points=1024, scramblings=4)  # two jobs in each scrambling
    found = [
        bytes_of(screen(lower, upper, made, is_excluded=is_excluded, compiled=compiled, threads=threads))
        for compiled in (False, True)
        for threads in (1, 2, 8)
    ]
    assert found == [found[0]] * 6


@EITHER
def test_places_in_another_order_keep_their_counts(*, compiled: bool) -> None:
    lower, upper = some_ends(200, 5)
    made, order = weightings(5, points=64), np.random.default_rng(2).permutation(200)
    straight = screen(lower, upper, made, compiled=compiled)
    mixed = screen(lower[order], upper[order], made, compiled=compiled)
    assert mixed.counts.tolist() == straight.counts[:, :, order].tolist()
    assert mixed.confidence.tolist() == straight.confidence[:, order].tolist()
    assert mixed.central_sums.tolist() == straight.central_sums[order].tolist()
    assert mixed.edges.tolist() == straight.edges.tolist()


def test_columns_in_another_order_change_nothing() -> None:
    lower, upper = some_ends(80, 6)
    made = weightings(6, points=32)
    order = np.array([3, 0, 5, 1, 4, 2])
    turned = screen(lower[:, order], upper[:, order], Weightings(made.grid[:, order], 8))
    straight = screen(lower, upper, made)
    assert turned.counts.tolist() == straight.counts.tolist()
    assert turned.errors.tolist() == straight.errors.tolist()


def test_narrower_values_are_surely_more_and_possibly_less_in_a_band() -> None:
    lower, upper = some_ends(100, 5, 0.4)
    made = weightings(5, points=64)
    wide = screen(lower, upper, made)
    points = (lower + upper) / 2
    narrow = screen(points, points, made)
    assert (wide.counts[0] <= narrow.counts[0]).all()
    assert (narrow.counts[0] <= narrow.counts[1]).all()
    assert (narrow.counts[1] <= wide.counts[1]).all()


def test_wider_band_holds_at_least_the_same_places() -> None:
    found = screen(*some_ends(100, 5), weightings(5, points=64))
    assert found.bands == BANDS
    assert (np.diff(found.counts, axis=1) >= 0).all()


def test_dominated_place_has_undefined_central_weights_not_nought() -> None:
    # R package smaa 0.3-2, tests/nacw.R: a dominated alternative has no central weights.
    values = [[0.9, 0.8], [0.5, 0.4]]
    found = screen(values, values, weightings(2, points=16), bands=[1])
    assert found.shares[1].tolist() == [[1.0, 0.0]]
    assert found.central_weights[0] == pytest.approx([0.5, 0.5], abs=0.01)
    assert np.isnan(found.central_weights[1]).all()
    assert found.confidence.tolist() == [[True, False], [True, False]]


def test_place_that_wins_nine_of_ten_draws_is_first_in_nine_tenths() -> None:
    # R package smaa 0.3-2, tests/pwi.R: 10 draws, the first beats the second in 9.
    draws = Weightings.of([[1.0, 0.0]] * 9 + [[0.0, 1.0]])
    found = screen([[0.6, 0.4], [0.5, 0.5]], [[0.6, 0.4], [0.5, 0.5]], draws, bands=[1])
    assert found.shares.tolist() == [[[0.9, 0.1]], [[0.9, 0.1]]]


@EITHER
@often
@given(contest=contests())
def test_central_weights_and_confidence_are_those_of_the_definition(
    contest: dict[str, Any], *, compiled: bool
) -> None:
    found = screen(**contest, compiled=compiled)
    excluded, made = contest["is_excluded"].tolist(), contest["weightings"]
    lower, upper = on_grid(contest["lower"]).tolist(), on_grid(contest["upper"]).tolist()
    lows, ups = plain_scores(lower, made.grid.tolist()), plain_scores(upper, made.grid.tolist())
    for i in range(len(excluded)):
        inside = [
            s
            for s in range(len(made))
            if memberships(lows[s], ups[s], excluded, contest["central_band"])[1][i]
        ]
        if not inside:
            assert np.isnan(found.central_weights[i]).all()
            assert found.confidence[:, i].tolist() == [False, False]
            continue
        mean = made.grid[inside].mean(axis=0) / 4096
        assert found.central_weights[i] == pytest.approx(mean, abs=1e-12)
        own = Weightings.of([mean]).grid.tolist()
        low, up = plain_scores(lower, own)[0], plain_scores(upper, own)[0]
        sure, possible = memberships(low, up, excluded, contest["central_band"])
        assert found.confidence[:, i].tolist() == [sure[i], possible[i]]


@pytest.mark.parametrize("points", [32, 1024], ids=["one job", "two jobs"])
def test_errors_are_those_of_the_mean_over_the_scramblings(points: int) -> None:
    lower, upper = some_ends(40, 3)
    made = weightings(3, points=points, scramblings=8)
    runs = [screen(lower, upper, Weightings(run)).shares for run in made.grid.reshape(8, points, 3)]
    found = screen(lower, upper, made)
    assert found.shares == pytest.approx(np.mean(runs, axis=0), abs=1e-12)
    assert found.errors == pytest.approx(np.std(runs, axis=0, ddof=1) / np.sqrt(8), abs=1e-12)


def test_one_scrambling_has_no_error_to_tell() -> None:
    found = screen(*some_ends(5, 3), weightings(3, points=32, scramblings=1))
    assert np.isnan(found.errors).all()


def test_excluded_places_compete_with_nobody_and_have_no_shares() -> None:
    lower, upper = some_ends(50, 5)
    made, is_excluded = weightings(5, points=32), np.arange(50) < 20
    found, alone = screen(lower, upper, made, is_excluded=is_excluded), screen(lower[20:], upper[20:], made)
    assert found.counts[:, :, 20:].tolist() == alone.counts.tolist()
    assert found.confidence[:, 20:].tolist() == alone.confidence.tolist()
    assert np.isnan(found.shares[:, :, :20]).all()
    assert np.isnan(found.errors[:, :, :20]).all()
    assert np.isnan(found.central_weights[:20]).all()
    assert found.is_excluded.tolist() == is_excluded.tolist()


@pytest.mark.parametrize(
    ("bands", "given", "central"),
    [((1, 3, 20), None, 3), ((10, 50), None, 10), ((20, 50), None, 20), ((1, 5), 1, 1)],
)
def test_central_band_is_the_largest_up_to_ten_unless_it_is_named(
    bands: tuple[int, ...], given: int | None, central: int
) -> None:
    found = screen([[0.5]], [[0.5]], weightings(1, points=1), bands=bands, central_band=given)
    assert found.central_band == central


def test_a_pair_of_places_is_counted_alike_whichever_comes_first() -> None:
    made = weightings(3, points=16)
    rows = np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.6], [0.5, 0.5, 0.5]])
    counts = {
        order: screen(rows[list(order)], rows[list(order)], made, bands=[2]).counts[1, 0].tolist()
        for order in permutations(range(3))
    }
    assert {tuple(np.array(found)[np.argsort(order)]) for order, found in counts.items()} == {
        tuple(counts[0, 1, 2])
    }
