"""One changed place: the same answer as a whole new screening."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError
from sadzonka.analysis.screening import Acceptability, Weightings, screen, weightings, what_if
from tests.analysis.screening.oracle import bytes_of, contests, row_of
from tests.analysis.strategies import often


def rerun(contest: dict[str, Any], row: int, ends: Any, *, is_excluded: bool | None = None) -> Acceptability:
    """Screen again with the changed place."""
    changed = {name: contest[name].copy() for name in ("lower", "upper", "is_excluded")}
    changed["lower"][row], changed["upper"][row] = ends
    if is_excluded is not None:
        changed["is_excluded"][row] = is_excluded
    return screen(**{**contest, **changed})


@often
@given(contests(), st.data())
def test_changed_place_gets_what_a_full_rerun_gives_it(contest: dict[str, Any], data: st.DataObject) -> None:
    n, columns = contest["lower"].shape
    row = data.draw(st.integers(0, n - 1))
    value = st.sampled_from([0, 0.25, 0.3, 0.5, 0.75, 1])
    drawn = data.draw(st.lists(st.tuples(value, value), min_size=columns, max_size=columns))
    ends = np.sort(np.array(drawn, dtype=float), axis=1).T
    is_excluded = data.draw(st.sampled_from([None, False, True]))
    answer = what_if(screen(**contest), contest["weightings"], row, *ends, is_excluded=is_excluded)
    assert bytes_of(answer) == row_of(rerun(contest, row, ends, is_excluded=is_excluded), row)


@pytest.mark.parametrize("row", [0, 123, 499])
def test_changed_place_among_many_gets_what_a_full_rerun_gives_it(row: int) -> None:
    rng = np.random.default_rng(11)
    lower = rng.random((500, 12)) * 0.8
    made = weightings(12, points=128)
    contest = {
        "lower": lower,
        "upper": lower + 0.1 * rng.random(lower.shape),
        "is_excluded": rng.random(500) < 0.1,
        "weightings": made,
    }
    found = screen(**contest)
    best = lower.max(axis=0)
    for ends in ((lower[row], lower[row] + 0.2), (best, best), (np.zeros(12), np.ones(12))):
        again = rerun(contest, row, ends)
        answer = what_if(found, made, row, *ends)
        assert bytes_of(answer) == row_of(again, row)
        assert answer.errors[:, :, 0].tobytes() == again.errors[:, :, row].tobytes()


def test_place_that_competed_with_nobody_is_not_taken_out_of_the_order() -> None:
    values = np.array([[0.9], [0.8], [0.7], [0.6]])
    made = weightings(1, points=2, scramblings=2)
    blocked = np.array([True, False, False, False])
    found = screen(values, values, made, bands=[1, 2], is_excluded=blocked)
    answer = what_if(found, made, 0, [0.75], [0.75], is_excluded=False)
    assert answer.counts.tolist() == [[[0], [4]], [[0], [4]]]  # second, after 0.8


@pytest.mark.parametrize("compiled", [False, True], ids=["numpy", "compiled"])
@pytest.mark.parametrize(("n", "width"), [(30, 0.0), (1_200, 0.5)])
def test_unchanged_place_keeps_its_shares(n: int, width: float, *, compiled: bool) -> None:
    rng = np.random.default_rng(1)
    lower = rng.random((n, 4)) * (1 - width)
    upper = lower + width * rng.random((n, 4))
    made = weightings(4, points=32)
    found = screen(lower, upper, made, compiled=compiled)
    if width:
        different = np.unique(found.central_weights, axis=0)
        assert np.count_nonzero(~np.isnan(different[:, 0])) > 512  # asked for in more than one go
    for row in range(0, n, max(1, n // 60)):
        assert bytes_of(what_if(found, made, row, lower[row], upper[row])) == row_of(found, row)


def test_other_places_may_move_too_and_are_not_answered() -> None:
    values = np.array([[0.2, 0.2], [0.6, 0.6]])
    made = weightings(2, points=4)
    found = screen(values, values, made, bands=[1])
    answer = what_if(found, made, 0, [0.9, 0.9], [0.9, 0.9])
    assert answer.shares.shape == (2, 1, 1)
    assert found.shares[1, 0].tolist() == [0.0, 1.0]  # as it was; a rerun would say 1.0, 0.0


@pytest.mark.parametrize("row", [-1, 3])
def test_row_that_is_not_there_is_refused(row: int) -> None:
    made = weightings(1, points=2)
    found = screen([[0.1], [0.2], [0.3]], [[0.1], [0.2], [0.3]], made)
    with pytest.raises(MethodError) as caught:
        what_if(found, made, row, [0.1], [0.1])
    assert caught.value.name == "place"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(weightings(2, points=4), id="fewer"),
        pytest.param(weightings(3, points=8), id="more columns"),
        pytest.param(Weightings(weightings(2, points=8).grid, 4), id="other runs"),
    ],
)
def test_weightings_of_another_screening_are_refused(other: Weightings) -> None:
    found = screen([[0.1, 0.5]], [[0.1, 0.5]], weightings(2, points=8))
    with pytest.raises(MethodError) as caught:
        what_if(found, other, 0, [0.1, 0.5], [0.1, 0.5])
    assert caught.value.name == "weightings"


@pytest.mark.parametrize(
    ("lower", "upper", "name"),
    [
        ([0.5, 0.5], [0.4, 0.5], "lower"),
        ([0.5], [0.5], "lower"),
        ([np.nan, 0.5], [1.0, 0.5], "values"),
        ([0.5, 0.5], [0.5, 1.5], "values"),
    ],
)
def test_wrong_values_are_refused_by_name(lower: list[float], upper: list[float], name: str) -> None:
    made = weightings(2, points=2)
    with pytest.raises(MethodError) as caught:
        what_if(screen([[0.1, 0.5]], [[0.1, 0.5]], made), made, 0, lower, upper)
    assert caught.value.name == name
