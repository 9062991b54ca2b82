"""Weightings: evenly spread, true to what is known, the same every time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sadzonka.analysis import DIMENSIONS, MethodError, WeightSet, share_better
from sadzonka.analysis.screening import Weightings, on_simplex, screen, weightings
from sadzonka.analysis.screening.sampling import _sobol, within

ORDER = ("support", "need", "fit", "readiness", "feasibility")
SETS = [
    pytest.param(WeightSet.simplex(), id="simplex"),
    pytest.param(WeightSet.ranked(ORDER), id="ranked"),
    pytest.param(WeightSet.bounded({"fit": 0.3, "need": 0.2}), id="bounded"),
]


def test_each_of_64_equal_stretches_holds_one_point_of_every_scrambling() -> None:
    made = weightings(2, points=64, scramblings=8)
    for run in made.grid.reshape(8, 64, 2)[:, :, 0].astype(int):
        above = np.sort(run) - 64 * np.arange(64)
        assert above.min() >= -1  # a point on the border may be rounded over it
        assert above.max() <= 65


def test_each_of_64_equal_squares_holds_one_point_of_every_scrambling() -> None:
    for seed in np.random.SeedSequence(1).spawn(4):
        cells = np.floor(_sobol(2, 64, seed) * 8).astype(int)  # a (0, 6, 2)-net in base 2
        assert sorted(map(tuple, cells)) == [(i, j) for i in range(8) for j in range(8)]


@pytest.mark.parametrize("columns", [2, 3, 5, 8, 12])
def test_weight_has_the_mean_and_variance_of_the_uniform_simplex(columns: int) -> None:
    drawn = weightings(columns).grid / 4096
    assert drawn.shape == (4096, columns)
    assert drawn.mean(axis=0) == pytest.approx(np.full(columns, 1 / columns), abs=5e-4)
    variance = (columns - 1) / (columns**2 * (columns + 1))  # of Dirichlet(1, ..., 1)
    assert drawn.var(axis=0) == pytest.approx(np.full(columns, variance), rel=0.05)


def test_stick_breaking_keeps_whole_stretches_of_the_cube_in_proportion() -> None:
    u = (np.arange(200) + 0.5) / 200
    cube = np.stack(np.meshgrid(u, u), axis=-1).reshape(-1, 2)
    made = on_simplex(cube)
    assert made.sum(axis=1) == pytest.approx(np.ones(len(made)))
    for cut in (0.1, 0.5, 0.9):  # P(w > t) = (1 - t) ** (K - 1)
        assert (made > cut).mean(axis=0) == pytest.approx(np.full(3, (1 - cut) ** 2), abs=5e-3)


def test_one_column_has_all_the_weight() -> None:
    assert weightings(1, points=2, scramblings=2).grid.tolist() == [[4096]] * 4


def test_rank_order_holds_for_every_whole_weighting() -> None:
    grid = weightings(WeightSet.ranked(ORDER)).grid.astype(int)
    assert (np.diff(grid[:, [DIMENSIONS.index(name) for name in ORDER]], axis=1) <= 0).all()


def test_rank_order_holds_where_weights_are_equal() -> None:
    corner = within(WeightSet.ranked(ORDER), [[0, 0, 1, 0, 0]])[0]  # a third each for the first three
    assert [int(corner[DIMENSIONS.index(name)]) for name in ORDER] == [1366, 1365, 1365, 0, 0]


def test_lower_bound_is_missed_by_less_than_one_part() -> None:
    grid = weightings(WeightSet.bounded({"fit": 0.3, "need": 0.25})).grid
    assert (grid[:, DIMENSIONS.index("fit")] > 0.3 * 4096 - 1).all()
    assert grid[:, DIMENSIONS.index("need")].min() >= 1024  # a whole number of parts is kept


def test_bounds_that_leave_nothing_give_one_weighting() -> None:
    grid = weightings(WeightSet.bounded(dict.fromkeys(DIMENSIONS, 0.2)), points=4).grid
    assert np.unique(grid, axis=0).tolist() == [[820, 819, 819, 819, 819]]


def test_same_seed_gives_the_same_and_another_one_others() -> None:
    first, again, other = (weightings(5, points=16, seed=seed).grid for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes() != other.tobytes()


def test_scramblings_differ_and_more_of_them_leave_the_first_as_they_were() -> None:
    two, three = weightings(4, points=32, scramblings=2), weightings(4, points=32, scramblings=3)
    assert three.grid[:64].tobytes() == two.grid.tobytes()
    assert two.grid[:32].tobytes() != two.grid[32:].tobytes()
    assert (two.points, two.columns, len(two)) == (32, 4, 64)


@pytest.mark.parametrize("weights", SETS)
def test_share_of_weightings_agrees_with_the_exact_one_within_four_sigma(weights: WeightSet) -> None:
    made = weightings(weights)
    rng = np.random.default_rng(3)
    for pair in rng.integers(0, 4096, (20, 2, 5)) / 4095:
        exact = share_better(weights.image(pair[0]), weights.image(pair[1]))
        sampled = screen(pair, pair, made, bands=[1]).shares[1, 0, 0]
        sigma = np.sqrt(max(exact * (1 - exact), 1e-9) / len(made))
        assert abs(sampled - exact) <= 4 * sigma + 1e-3  # weights are rounded to 4096ths


def test_mean_rank_agrees_with_the_exact_expected_rank() -> None:
    values = np.random.default_rng(5).integers(0, 4096, (6, 5)) / 4095
    exact = 1 + share_better(values[:, None], values[None]).sum(axis=0)
    in_band = screen(values, values, weightings(5), bands=range(1, 6)).shares[1]
    assert 6 - in_band.sum(axis=0) == pytest.approx(exact, abs=0.01)  # sum over b of P(rank > b)


def test_scrambled_points_err_far_less_than_as_many_random_ones() -> None:
    values = np.random.default_rng(8).integers(0, 4096, (8, 5)) / 4095
    exact = 1 + share_better(values[:, None], values[None]).sum(axis=0)
    bands = range(1, 8)

    def error(made: Weightings) -> float:
        ranks = 8 - screen(values, values, made, bands=bands).shares[1].sum(axis=0)
        return float(np.sqrt(np.mean((ranks - exact) ** 2)))

    random = np.random.default_rng(9)
    spread = np.mean([error(weightings(5, points=128, seed=seed)) for seed in range(4)])
    drawn = np.mean([error(Weightings.of(random.dirichlet(np.ones(5), 1024))) for _ in range(4)])
    assert spread < drawn / 2


def test_weightings_cannot_be_changed_afterwards() -> None:
    own = np.array([[4096, 0]], dtype=np.uint16)
    made = Weightings(own)
    own[0] = 0, 4096
    assert made.grid.tolist() == [[4096, 0]]
    with pytest.raises(ValueError, match="read-only"):
        made.grid[0, 0] = 1


@pytest.mark.parametrize(
    ("call", "name"),
    [
        pytest.param(lambda: weightings(13), "columns", id="13 columns"),
        pytest.param(lambda: weightings(0), "columns", id="no column"),
        pytest.param(lambda: weightings(5, points=100), "points", id="100 points"),
        pytest.param(lambda: weightings(5, points=0), "points", id="no point"),
        pytest.param(lambda: weightings(5, scramblings=0), "scramblings", id="no scrambling"),
        pytest.param(lambda: weightings(5, scramblings=10**9), "scramblings", id="too many scramblings"),
        pytest.param(lambda: weightings(5, seed=-1), "seed", id="negative seed"),
        pytest.param(lambda: Weightings.of([[0.5, 0.6]]), "weights", id="sum over 1"),
        pytest.param(lambda: Weightings.of([[1.5, -0.5]]), "weights", id="negative"),
        pytest.param(lambda: Weightings.of(np.full((1, 13), 1 / 13)), "columns", id="13 by hand"),
        pytest.param(lambda: Weightings.of([[1], [1], [1]], 2), "scramblings", id="unequal runs"),
        pytest.param(lambda: Weightings(np.array([[4095]], np.uint16)), "weights", id="sum under the whole"),
        pytest.param(lambda: Weightings(np.array([[4096]])), "weights", id="not uint16"),
        pytest.param(lambda: Weightings(np.array([4096], np.uint16)), "weights", id="one row"),
    ],
)
def test_wrong_weightings_are_refused_by_name(call: Callable[[], object], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        call()
    assert caught.value.name == name
