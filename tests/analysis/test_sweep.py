"""One practice over many places: each row is to the bit what `analyse` finds for that place alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    LEVELS,
    METHOD,
    SIMPLEX,
    Alternative,
    Clause,
    Column,
    Criterion,
    Facts,
    Method,
    MethodError,
    Practice,
    State,
    Sweep,
    WeightSet,
    analyse,
    sweep,
)
from tests.analysis.strategies import IDENTITY, RISING, facts_about, often, practices, weight_sets

WILL = Criterion("will", "readiness", 1, RISING, LEVELS)
RUN = Clause("run", (Alternative("agreement"), Alternative("centre")))
SMALL = Practice((RUN,), (WILL,))
WAYS = [{}, {"compiled": True}, {"threads": 2}, {"compiled": True, "threads": 2}]


def of_each(practice: Practice, known: list[Facts], *rules: Any, **how: Any) -> Sweep:
    """Sweep a practice over places, each with its facts."""
    nothing = (np.nan, np.nan)
    states = {
        one.key: np.array([facts.state_of(one.key).value for facts in known]) for one in practice.alternatives
    }
    ends = {
        one.key: np.array([facts.readings.get(one.key, nothing) for facts in known]).T
        for one in practice.criteria
    }
    readings = {key: (lower, upper) for key, (lower, upper) in ends.items()}
    return sweep(practice, states, readings, *rules, places=len(known), **how)


def as_bytes(found: Sweep) -> dict[str, tuple[str, bytes]]:
    arrays = {field.name: getattr(found, field.name) for field in fields(found)}
    return {name: (str(array.dtype), array.tobytes()) for name, array in arrays.items()}


def one_by_one(practice: Practice, known: list[Facts], weights: WeightSet, method: Method) -> Sweep:
    """Lay what `analyse` finds for each place side by side."""
    found = [analyse(practice, facts, weights, method) for facts in known]

    def rows(name: str, dtype: type = np.float64) -> Any:
        return np.array([getattr(one, name) for one in found], dtype).T

    return Sweep(
        gate=np.array([2 * one.gate.value for one in found], np.int8),
        dimensions=np.array([one.dimensions for one in found]).transpose(2, 1, 0),
        score=rows("score"),
        shares=np.array([one.shares for one in found]).transpose(2, 1, 0),
        class_interval=rows("class_interval", np.int8),
        is_capped=rows("is_capped", np.bool_),
        completeness=rows("completeness"),
        standing=rows("standing", np.int8),
    )


@often
@given(st.data(), practices(), weight_sets(), st.sampled_from([METHOD, Method("1.0", 0.7, 0.2)]))
def test_every_row_has_the_bits_of_its_place_alone(
    data: st.DataObject, practice: Practice, weights: WeightSet, method: Method
) -> None:
    known = data.draw(st.lists(facts_about(practice), min_size=1, max_size=6))
    expected = as_bytes(one_by_one(practice, known, weights, method))
    for how in WAYS:
        assert as_bytes(of_each(practice, known, weights, method, **how)) == expected


def test_more_places_than_a_part_holds_have_the_same_bits_in_every_way() -> None:
    rng = np.random.default_rng(20131127)
    halves = [Criterion(f"{name} {i}", name, 0.5, IDENTITY) for name in DIMENSIONS for i in (0, 1)]
    practice = Practice((RUN,), tuple(halves), floors=(("need", 0.2), ("support", 0.3)))
    places = 8192 + 131  # one more than a whole part, and no whole block of lanes
    points = {one.key: rng.random(places) for one in halves}
    readings = {key: (row, row + (i % 2) / 8) for i, (key, row) in enumerate(points.items())}
    states = {"agreement": rng.integers(0, 3, places) / 2}
    first = as_bytes(sweep(practice, states, readings))
    assert [as_bytes(sweep(practice, states, readings, **how)) == first for how in WAYS] == [True] * 4
    found = sweep(practice, states, readings)
    for i in (0, 4095, 8191, 8192, places - 1):
        facts = Facts(
            {"agreement": State(states["agreement"][i])},
            {key: (lower[i], upper[i]) for key, (lower, upper) in readings.items()},
        )
        alone = analyse(practice, facts)
        assert tuple(found.score[:, i]) == alone.score
        assert tuple(zip(*found.shares[:, :, i], strict=True)) == alone.shares
        assert found.standing[i] == alone.standing


def test_weights_no_decimal_writes_make_a_whole_dimension() -> None:
    thirds = tuple(Criterion(f"third {i}", "need", 1 / 3, IDENTITY) for i in range(3))
    ones = {one.key: ([1.0], [1.0]) for one in thirds}
    found = sweep(Practice((), thirds), {}, ones)
    assert found.dimensions[:, 0, 0].tolist() == [1.0, 1.0]
    assert analyse(Practice((), thirds), Facts(readings=dict.fromkeys(ones, (1, 1)))).dimensions[0] == (1, 1)


@pytest.mark.parametrize("how", WAYS)
def test_ten_thousand_places_that_know_the_same_get_the_same(how: dict[str, Any]) -> None:
    count = 10_000
    five = Practice((), tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS))
    known = {"need": 0.7, "fit": 0.45, "readiness": 0.6, "support": 0.55}
    readings = {key: (np.full(count, value),) * 2 for key, value in known.items()}
    found = sweep(five, {}, readings, **how)
    assert found.score.T.tolist() == [[0.46, 0.66]] * count  # the worked example of the method
    assert np.unique(found.shares, axis=2).round(3)[:, 1].tolist() == [[0.179], [0.952]]
    assert set(found.standing.tolist()) == {1}


def test_all_missing_leaves_everything_open_everywhere() -> None:
    found = sweep(SMALL, {}, {"will": ([np.nan] * 3, [np.nan] * 3)})
    assert found.gate.tolist() == [1, 1, 1]
    assert found.score.tolist() == [[0.0] * 3, [1.0] * 3]
    assert found.shares.tolist() == [[[0.0] * 3] * 3, [[1.0] * 3] * 3]
    assert found.class_interval.tolist() == [[0] * 3, [3] * 3]
    assert found.completeness.tolist() == [0.0] * 3
    assert as_bytes(sweep(SMALL, {}, {}, places=3)) == as_bytes(found)


def test_practice_without_criteria_or_conditions_is_open_and_unknown() -> None:
    found = sweep(Practice((), ()), {}, {}, places=2)
    assert (found.gate.tolist(), found.completeness.tolist()) == ([2, 2], [0.0, 0.0])
    assert found.dimensions.tolist() == [[[0.0] * 2] * 5, [[1.0] * 2] * 5]


def test_one_criterion_at_one_place() -> None:
    found = sweep(SMALL, {"centre": [1]}, {"will": ([5], [5])})
    assert (found.gate.tolist(), found.completeness.tolist()) == ([2], [0.2])
    assert found.score.tolist() == [[0.2], [1.0]]


def test_blocked_everywhere_is_last_and_still_has_values() -> None:
    blocked = {"agreement": [0, 0], "centre": [0, 0]}
    found = sweep(SMALL, blocked, {"will": ([0, 5], [0, 5])})
    assert (found.gate.tolist(), found.standing.tolist()) == ([0, 0], [4, 4])
    assert found.score.tolist() == [[0.0, 0.2], [0.8, 1.0]]


def test_no_places_give_empty_rows() -> None:
    found = sweep(SMALL, {}, {"will": ([], [])})
    assert (found.shares.shape, found.standing.shape) == ((2, 3, 0), (0,))


def test_gate_is_the_least_of_clauses_each_the_greatest_of_its_alternatives() -> None:
    practice = Practice((RUN, Clause("pay", (Alternative("grant"),))), ())
    states = {"agreement": [0, 0, 1, 1], "centre": [0, 0.5, 0, 1], "grant": [1, 1, 0.5, 1]}
    assert sweep(practice, states, {}).gate.tolist() == [0, 1, 1, 2]


def test_practices_share_the_values_of_a_column() -> None:
    column = Column("level", [1.0, 2.0], [1.0, 2.0])
    other = Practice((), (replace(WILL, dimension="support"),))
    found = sweep(SMALL, {}, {"will": column}), sweep(other, {}, {"will": column})
    assert found[0].dimensions[0, 2].tolist() == found[1].dimensions[0, 4].tolist() == [0.2, 0.4]
    assert column.values(RISING)[0] is column.values(RISING)[1]  # points, all known: one array for both
    assert len(column._values) == 1


def test_input_is_left_as_it_was_and_copied() -> None:
    lower, upper = np.array([1.0, np.nan]), np.array([2.0, np.nan])
    column = Column("will", lower, upper)
    before = as_bytes(sweep(SMALL, {}, {"will": column}))
    lower[0] = 0.0
    assert as_bytes(sweep(SMALL, {}, {"will": column})) == before
    assert upper[0] == 2.0


@pytest.mark.parametrize(
    ("call", "name", "complaint"),
    [
        (lambda: sweep(SMALL, {"x": [1]}, {}), "x", "no such alternative"),
        (lambda: sweep(SMALL, {}, {"x": ([1], [1])}), "x", "no such criterion"),
        (lambda: sweep(SMALL, {"centre": [0.7]}, {}), "centre", "states 0, 0.5 and 1"),
        (lambda: sweep(SMALL, {"centre": [np.nan]}, {}), "centre", "a row of states 0"),
        (lambda: sweep(SMALL, {"centre": 1}, {}), "centre", "a row of states"),
        (
            lambda: sweep(SMALL, {}, {"will": ([1, 6], [1, 6])}),
            "will",
            "readings 1.0 to 6.0 leave 0.0 to 5.0",
        ),
        (lambda: sweep(SMALL, {}, {"will": ([1, np.nan], [1, 2])}), "will", "one end is missing, .* place 1"),
        (lambda: sweep(SMALL, {}, {"will": ([1, 3], [1, 2])}), "will", "above the upper end, .* place 1"),
        (lambda: sweep(SMALL, {}, {"will": ([-np.inf], [1])}), "will", "infinite"),
        (lambda: sweep(SMALL, {}, {"will": ([1], [1, 2])}), "will", "1 lower ends, but 2 upper"),
        (lambda: sweep(SMALL, {}, {"will": ([[1]], [[1]])}), "will", "a row of readings"),
        (lambda: sweep(SMALL, {}, {"will": (["a"], ["b"])}), "will", "rows of numbers"),
        (lambda: sweep(SMALL, {"centre": np.array([128], np.uint8)}, {}), "centre", "states 0, 0.5 and 1 is"),
        (lambda: sweep(SMALL, {"centre": ["met"]}, {}), "centre", "rows of numbers"),
        (lambda: sweep(SMALL, {"centre": [1]}, {"will": ([1, 2], [1, 2])}), "will", "2 places, not 1"),
        (lambda: sweep(SMALL, {"centre": [1]}, {}, places=2), "centre", "1 places, not 2"),
        (lambda: sweep(SMALL, {}, {}), "places", "is needed"),
        (lambda: sweep(SMALL, {}, {}, places=-1), "places", "-1 is not a whole number"),
        (lambda: sweep(SMALL, {}, {"will": ([1], [1], [1])}), "will", "a pair of rows"),  # type: ignore[dict-item]
        (lambda: sweep(SMALL, {}, {"will": ([[1], [1, 2]], [1])}), "will", "equally long"),
        (lambda: sweep(SMALL, {}, {}, places=2, into=sweep(SMALL, {}, {}, places=3)), "into", "3 places"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(call: Callable[[], object], name: str, complaint: str) -> None:
    with pytest.raises(MethodError, match=complaint) as caught:
        call()
    assert caught.value.name == name


def test_arrays_of_an_earlier_result_are_filled_again() -> None:
    first = sweep(SMALL, {"centre": [0, 1]}, {"will": ([1, 5], [2, 5])})
    other = replace(SMALL, clauses=(), floors=(("readiness", 0.3),))
    expected = as_bytes(sweep(other, {}, {"will": ([3, 0], [3, 1])}))
    again = sweep(other, {}, {"will": ([3, 0], [3, 1])}, into=first)
    assert again is first
    assert as_bytes(again) == expected


def test_simplex_is_what_bounds_of_nothing_are() -> None:
    known = [Facts(readings={"will": (2, 3)})]
    as_bounded = of_each(SMALL, known, WeightSet.bounded({}))
    assert as_bytes(as_bounded) == as_bytes(of_each(SMALL, known, SIMPLEX))
