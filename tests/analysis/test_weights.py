"""The three weight sets: corners, centroids, bounds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sadzonka.analysis import DIMENSIONS, MethodError, WeightSet, share_at_least


def test_ranked_centroid_is_the_published_one() -> None:
    assert WeightSet.ranked(DIMENSIONS).centroid == pytest.approx(
        (0.4567, 0.2567, 0.1567, 0.09, 0.04), abs=5e-5
    )


def test_ranked_image_is_the_prefix_means_in_the_given_order() -> None:
    order = ("support", "need", "fit", "readiness", "feasibility")
    image = WeightSet.ranked(order).image([0.1, 0.4, 0.7, 0.2, 0.9])
    assert image.tolist() == pytest.approx([0.9, 0.5, 1.4 / 3, 2.1 / 4, 2.3 / 5], abs=1e-9)


def test_bounded_image_mixes_the_bounded_sum_with_each_dimension() -> None:
    least = dict(zip(DIMENSIONS, (0.1, 0.05, 0.2, 0.1, 0), strict=True))
    values = np.array([0.9, 0.2, 0.6, 0.4, 0.3])
    expected = values @ list(least.values()) + 0.55 * values
    assert WeightSet.bounded(least).image(values).tolist() == pytest.approx(expected.tolist(), abs=1e-9)


@pytest.mark.parametrize(
    "weights",
    [
        WeightSet.simplex(),
        WeightSet.ranked(("support", "need", "fit", "readiness", "feasibility")),
        WeightSet.bounded({"fit": 0.3, "need": 0.2}),
    ],
)
def test_shares_and_centroid_agree_with_weightings_sampled_from_the_set(weights: WeightSet) -> None:
    rng = np.random.default_rng(3)
    sampled = rng.dirichlet(np.ones(5), 40_000) @ np.array(weights.vertices)
    assert sampled.sum(axis=1) == pytest.approx(np.ones(len(sampled)))
    assert sampled.mean(axis=0) == pytest.approx(np.array(weights.centroid), abs=5e-3)
    values = (0.9, 0.2, 0.6, 0.4, 0.5)
    share = share_at_least(weights.image(values), [0.55])[0]
    sigma = np.sqrt(share * (1 - share) / len(sampled))
    assert abs(np.mean(sampled @ values >= 0.55) - share) <= 4 * sigma


def test_sampled_ranked_weights_never_rise_along_the_order() -> None:
    order = ("support", "need", "fit", "readiness", "feasibility")
    weightings = np.array(WeightSet.ranked(order).vertices)[:, [DIMENSIONS.index(name) for name in order]]
    assert (np.diff(weightings, axis=1) <= 0).all()


def test_bounds_that_leave_nothing_give_a_single_weighting() -> None:
    weights = WeightSet.bounded(dict.fromkeys(DIMENSIONS, 0.2))
    image = weights.image([0.1, 0.2, 0.3, 0.4, 0.5])
    assert image.tolist() == [0.3] * 5


@pytest.mark.parametrize(
    ("call", "name"),
    [
        pytest.param(lambda: WeightSet.ranked(DIMENSIONS[:4]), "order", id="four named"),
        pytest.param(lambda: WeightSet.ranked((*DIMENSIONS[:4], "need")), "order", id="one named twice"),
        pytest.param(lambda: WeightSet.bounded({"money": 0.2}), "bounds", id="unknown"),
        pytest.param(lambda: WeightSet.bounded({"need": -0.2}), "need", id="negative"),
        pytest.param(lambda: WeightSet.bounded({"need": 0.6, "fit": 0.5}), "bounds", id="over one"),
        pytest.param(lambda: WeightSet.bounded({"need": float("nan")}), "bound of need", id="nan"),
        pytest.param(lambda: WeightSet.simplex().image([0.5] * 4), "dimensions", id="four dimensions"),
    ],
)
def test_wrong_weights_are_refused_by_name(call: Callable[[], object], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        call()
    assert caught.value.name == name
