"""Whatever array is handed in: the right result, or a complaint by name; never NumPy's, nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pytest

from sadzonka.analysis import (
    DIMENSIONS,
    SIMPLEX,
    Column,
    MethodError,
    Scale,
    Space,
    ValueFunction,
    aged_reading,
    classes,
    ends_of,
    expected_ranks,
    krippendorff_alpha,
    necessity,
    pairwise_bounds,
    pairwise_shares,
    rank_bounds,
    scores,
    separation,
    share_at_least,
    share_better,
    under_floor,
)
from sadzonka.analysis.screening import (
    Weightings,
    on_grid,
    on_simplex,
    screen,
    weightings,
    what_if,
    whole_parts,
)
from sadzonka.analysis.screening.sampling import within

Call: TypeAlias = Callable[[Any], object]

LEVEL = ValueFunction(((0, 0), (5, 1)))
HALVES = [0.5] * 5
EVEN = Weightings.of([[0.2] * 5])
SCREENED = screen([HALVES], [HALVES], EVEN, bands=[1])
# What takes arrays, and the name under which it complains.
ARRAYS: dict[str, tuple[Call, str]] = {
    "share_at_least": (lambda x: share_at_least(x, [0.5]), "values"),
    "share_at_least, thresholds": (lambda x: share_at_least(HALVES, x), "thresholds"),
    "share_better": (lambda x: share_better(x, HALVES), "a"),
    "share_better, other": (lambda x: share_better(HALVES, x), "b"),
    "scores": (lambda x: scores(x, SIMPLEX.centroid), "dimensions"),
    "under_floor": (lambda x: under_floor(x, HALVES), "dimensions"),
    "under_floor, floors": (lambda x: under_floor(HALVES, x), "floors"),
    "classes": (lambda x: classes(x, [0.5], is_capped=False), "rounded_scores"),
    "classes, thresholds": (lambda x: classes(0.5, x, is_capped=False), "thresholds"),
    "ends_of": (lambda x: ends_of(x, (0.5,)), "dimensions"),
    "ends_of, thresholds": (lambda x: ends_of(np.full((2, 5, 1), 0.5), x), "thresholds"),
    "ends_of, floors": (lambda x: ends_of(np.full((2, 5, 1), 0.5), (0.5,), x), "floors"),
    "image": (SIMPLEX.image, "dimensions"),
    "pairwise_shares": (pairwise_shares, "y"),
    "expected_ranks": (expected_ranks, "y"),
    "expected_ranks, shares": (lambda x: expected_ranks([HALVES], shares=x), "shares"),
    "pairwise_bounds": (lambda x: pairwise_bounds(x, [HALVES]), "lower"),
    "rank_bounds": (lambda x: rank_bounds([HALVES], x), "upper"),
    "Column": (lambda x: Column("unemployment", x, x), "unemployment"),
    "of_each": (LEVEL.of_each, "readings"),
    "over_each": (lambda x: LEVEL.over_each(x, x), "lower"),
    "Space.of": (lambda x: Space.of([Scale("size", 0, 1)], x, x), "lower"),
    "necessity": (lambda x: necessity(x, [1]), "condition"),
    "screen": (lambda x: screen(x, [HALVES], EVEN), "lower"),
    "what_if": (lambda x: what_if(SCREENED, EVEN, 0, HALVES, x), "upper"),
    "on_grid": (on_grid, "values"),
    "whole_parts": (whole_parts, "weights"),
    "on_simplex": (on_simplex, "points"),
    "within": (lambda x: within(SIMPLEX, x), "spread"),
}
NO_NUMBERS: dict[str, Any] = {
    "text": "0.5",
    "texts": ["0.5"],
    "rows of unequal length": [[0.1], [0.2, 0.3]],
    "complex": [[0.5j] * 5],
    "objects": [object()],
    "too large for a float": [[10**400] * 5],
    "a day": np.array([date(2026, 5, 4)], dtype="datetime64"),
}


@pytest.mark.parametrize("what", NO_NUMBERS.values(), ids=NO_NUMBERS)
@pytest.mark.parametrize(("call", "name"), ARRAYS.values(), ids=ARRAYS)
def test_what_are_no_numbers_is_refused_by_name(call: Call, name: str, what: object) -> None:
    with pytest.raises(MethodError) as caught:
        call(what)
    assert caught.value.name == name


NOT_SO_FAR: list[tuple[Call, str]] = [
    (lambda x: share_at_least([*HALVES, x], [0.5]), "values"),
    (lambda x: share_at_least(HALVES, [x]), "thresholds"),
    (lambda x: share_better([0.5, x], [0.5, 0.5]), "a"),
    (lambda x: scores([*HALVES[:4], x], SIMPLEX.centroid), "dimensions"),
    (lambda x: under_floor([*HALVES[:4], x], HALVES), "dimensions"),
    (lambda x: classes([x], [0.5], [False]), "rounded_scores"),
    (lambda x: classes([0.5], [x], [False]), "thresholds"),
    (lambda x: ends_of(np.full((2, 5, 1), x), (0.5,)), "dimensions"),
    (lambda x: pairwise_shares([[0.5, x]]), "y"),
    (lambda x: screen([[*HALVES[:4], x]], [[*HALVES[:4], x]], EVEN), "values"),
    (lambda x: whole_parts([[0.5, x]]), "weights"),
    (lambda x: on_simplex([[0.5, x]]), "points"),
    (lambda x: necessity([x], [1]), "condition"),
    (lambda x: separation([x], [1]), "high"),
]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 1e300])
@pytest.mark.parametrize(("call", "name"), NOT_SO_FAR, ids=range(len(NOT_SO_FAR)))
def test_nan_infinity_and_the_too_large_are_refused_by_name(call: Call, name: str, wrong: float) -> None:
    with pytest.raises(MethodError) as caught:
        call(wrong)
    assert caught.value.name == name


MISFITS: list[tuple[Callable[[], object], str]] = [
    (lambda: classes([0.5, 0.6], [0.5], [False]), "is_capped"),
    (lambda: classes([0.5], [[0.5]], [False]), "thresholds"),
    (lambda: ends_of(np.full((2, 5, 1), 0.5), (0.5, 0.3)), "thresholds"),
    (lambda: ends_of(np.full((2, 5, 1), 0.5), (0.5,), (0.3,)), "floors"),
    (lambda: ends_of(np.full((2, 5, 1), 0.5), (0.5,), (0.3,), compiled=True), "floors"),
    (lambda: ends_of(np.full((2, 5, 1), 0.5), (0.5,), threads=0), "threads"),
    (lambda: ends_of(np.full((2, 5, 1), 0.5), (0.5,), threads=1.5), "threads"),  # type: ignore[arg-type]
    (lambda: share_better([[0.1, 0.2]], [[0.1, 0.2, 0.3]]), "b"),
    (lambda: share_at_least([[0.5] * 13], [0.5]), "values"),
    (lambda: pairwise_shares([[0.5] * 13]), "y"),
    (lambda: weightings(13), "columns"),
    (lambda: weightings(5, points=0.5), "points"),  # type: ignore[arg-type]
    (lambda: weightings(5, points=2, seed=-1), "seed"),
    (lambda: Weightings.of([HALVES[:2]], scramblings=0), "scramblings"),
    (lambda: whole_parts([[0.5, 0.5]], [0, 0]), "precedence"),
    (lambda: on_simplex([[1.5]]), "points"),
    (lambda: what_if(SCREENED, EVEN, -1, HALVES, HALVES), "place"),
    (lambda: what_if(SCREENED, EVEN, 1, HALVES, HALVES), "place"),
    (lambda: separation([3], [1]), "high"),
    (lambda: separation([1], [-2.5]), "low"),
    (lambda: aged_reading(120, 3, 2, {3: 5}, limits=(0, 100)), "value"),
    (lambda: aged_reading(50, 3, 2, {3: 5}, limits=(100, 0)), "limits"),
    (lambda: krippendorff_alpha([[1e300, 1], [1, 1]], "interval"), "ratings"),
]


@pytest.mark.parametrize(("call", "name"), MISFITS, ids=range(len(MISFITS)))
def test_what_does_not_fit_is_refused_by_name(call: Callable[[], object], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        call()
    assert caught.value.name == name


SHAPED: dict[str, Callable[[np.ndarray], Any]] = {
    "as it is": lambda y: y,
    "float32": lambda y: y.astype(np.float32),
    "objects": lambda y: y.astype(object),
    "columns first": np.asfortranarray,
    "every second of more": lambda y: np.repeat(y, 2, axis=0)[::2],
    "lists": lambda y: y.tolist(),
}


@pytest.mark.parametrize("shaped", SHAPED.values(), ids=SHAPED)
@pytest.mark.parametrize("compiled", [False, True])
def test_how_an_array_is_stored_is_irrelevant_and_it_stays_as_it_was(
    shaped: Callable[[np.ndarray], Any], *, compiled: bool
) -> None:
    if compiled:
        pytest.importorskip("numba")
    y = np.array([[0.5, 0.25, 1, 0, 0.75], [0.25, 0.5, 0.5, 0.5, 0.75], [1, 0, 0.125, 0.5, 0]])
    y.setflags(write=False)
    given = shaped(y)

    def results(rows: Any) -> list[bytes]:
        ends = ends_of(np.stack([np.asarray(rows).T] * 2), (0.35, 0.55, 0.75), compiled=compiled)
        found = screen(rows, rows, EVEN, bands=[1, 2], compiled=compiled)
        arrays = [
            share_at_least(rows, [0.5], compiled=compiled),
            pairwise_shares(rows, compiled=compiled),
            expected_ranks(rows, compiled=compiled),
            *rank_bounds(rows, rows, compiled=compiled),
            ends.score,
            ends.shares,
            found.counts,
            found.central_weights,
        ]
        return [np.ascontiguousarray(array).tobytes() for array in arrays]

    assert results(given) == results(np.array(y))
    assert np.array_equal(np.asarray(given, dtype=np.float64), y)


def test_values_a_hair_under_a_floor_or_a_threshold_are_on_it_with_and_without_numba() -> None:
    hair = 0.3 - 1e-10
    numba = pytest.importorskip("numba", reason="Numba is not installed")
    assert numba
    for compiled in (False, True):
        found = ends_of(np.full((2, len(DIMENSIONS), 1), hair), (0.3 + 1e-10,), (0.3,) * 5, compiled=compiled)
        assert (found.is_capped.tolist(), found.class_interval.tolist()) == ([[False]] * 2, [[1]] * 2)
        assert (found.shares.tolist(), found.score.tolist()) == ([[[1.0]]] * 2, [[0.3]] * 2)
