"""Places as boxes on fixed scales: by hand, kept as they were made, and wrong input named."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sadzonka.analysis import Kind, MethodError, Scale, Space, distances, nearest
from tests.analysis.spaces import NAN, ends, space_of, unit_scales


def test_a_place_beyond_the_scale_stands_at_its_end() -> None:
    space = space_of([[(-50, -50)], [(0, 0)], [(8, 8)], [(800, 900)]])
    assert ends(space, 0) == ([0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0])


def test_a_logarithmic_scale_compares_by_ratio_and_takes_zero_for_its_end() -> None:
    scale = Scale("inhabitants", 100, 1_000_000, is_logarithmic=True)
    figures = [[1_000], [10_000], [100_000], [0]]
    assert distances(Space.of([scale], figures, figures), 1).upper.round(6).tolist() == [0.25, 0, 0.25, 0.5]


def test_weights_count() -> None:
    space = space_of([[(0, 0), (0, 0)], [(8, 8), (0, 0)], [(0, 0), (8, 8)]], scales=unit_scales(2, [3, 1]))
    assert ends(space, 0)[1] == [0.0, 0.75, 0.25]


def test_a_place_from_outside_is_compared_as_one_inside() -> None:
    space = space_of([[(1, 1)], [(2, 2)], [(5, 6)]], [[0], [1], [1]])
    assert ends(space, space.box([2], [2], [1])) == ends(space, 1)
    assert [one.index for one in nearest(space, space.box([2], [2], [1]), 2)] == [1, 2]


def test_a_space_cannot_be_changed() -> None:
    space = space_of([[(1, 1)], [(2, 2)]])
    for array in (space.lower, space.upper, space.kinds, space.weights, space.centres, space.known_bits):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_a_space_keeps_what_it_was_made_from_when_the_caller_changes_theirs() -> None:
    figures = np.array([[1.0], [2.0]])
    kinds = np.array([[1], [1]], dtype=np.int16)
    space = Space.of([Scale("x", 0, 8)], figures, figures, [Kind("type")], kinds)
    figures[:], kinds[:] = 8, 2
    assert ends(space, 0) == ([0.0, 0.0625], [0.0, 0.0625])


# --- wrong input is named

POINT = [[1.0], [2.0]]
TWO = space_of([[(1, 1)], [(2, 2)]])
WRONG = [
    ("size", lambda: Scale("size", 5, 5)),
    ("size", lambda: Scale("size", 0, float("inf"))),
    ("size", lambda: Scale("size", 0, 5, is_logarithmic=True)),
    ("size", lambda: Scale("size", 0, 5, weight=0)),
    ("type", lambda: Kind("type", weight=-1)),
    ("type", lambda: Kind("type", weight=NAN)),
    ("scales", lambda: Space.of([], np.empty((2, 0)), np.empty((2, 0)))),
    ("x", lambda: Space.of([Scale("x", 0, 1), Scale("x", 0, 2)], [[1, 1]], [[1, 1]])),
    ("x", lambda: Space.of([Scale("x", 0, 1)], POINT, POINT, [Kind("x")], [[1], [1]])),
    ("x", lambda: Space.of([Scale("x", 0, 9)], [[3.0]], [[2.0]])),
    ("lower", lambda: Space.of([Scale("x", 0, 1)], [1.0, 2.0], POINT)),
    ("upper", lambda: Space.of([Scale("x", 0, 1)], POINT, [[1.0, 2.0]])),
    ("upper", lambda: Space.of([Scale("x", 0, 1)], POINT, [[1.0]])),
    ("kinds", lambda: Space.of([Scale("x", 0, 1)], POINT, POINT, [Kind("type")])),
    ("kinds", lambda: Space.of([Scale("x", 0, 1)], POINT, POINT, [Kind("type")], [[0.5], [1]])),
    ("kinds", lambda: Space.of([Scale("x", 0, 1)], POINT, POINT, [Kind("type")], [[-2], [1]])),
    ("kinds", lambda: Space.of([Scale("x", 0, 1)], POINT, POINT, [Kind("type")], [[40_000], [1]])),
    ("place", lambda: nearest(TWO, 2, 1)),
    ("place", lambda: nearest(TWO, -1, 1)),
    ("place", lambda: distances(TWO, 2)),
    ("k", lambda: nearest(TWO, 0, 0)),
    ("among", lambda: nearest(TWO, 0, 1, np.array([True]))),
    ("among", lambda: nearest(TWO, 0, 1, np.array([0, 1]))),
]


IDS = [f"{number} {name}" for number, (name, _make) in enumerate(WRONG)]


@pytest.mark.parametrize(("name", "make"), WRONG, ids=IDS)
def test_wrong_input_is_refused_by_name(name: str, make: Callable[[], object]) -> None:
    with pytest.raises(MethodError) as refused:
        make()
    assert refused.value.name == name
