"""Levels that do not fit together, and who stands outside the majority's view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.visits.observation.contradictions import Spread, spread_of

levels = st.lists(st.integers(0, 5), min_size=1, max_size=25)


@pytest.mark.parametrize(
    ("given_levels", "is_contradiction", "outside"),
    [
        ([3], False, set()),
        ([3, 4], False, set()),
        ([3, 5], True, set()),
        ([1, 5], True, set()),
        ([4, 4, 4, 0], True, {0}),
        ([2, 3, 4, 4, 0], True, {0}),
        ([1, 3, 3, 3, 5], True, set()),
        ([0, 0, 5, 5], True, set()),
        ([0, 0, 0, 5, 5], True, {5}),
    ],
)
def test_levels_contradict_from_two_on_and_the_majority_holds_three_adjacent_ones(
    given_levels: list[int], is_contradiction: object, outside: set[int]
) -> None:
    spread = spread_of(given_levels)
    assert spread is not None
    assert (spread.is_contradiction, set(spread.outside)) == (is_contradiction, outside)


def test_no_levels_say_nothing() -> None:
    assert spread_of([]) is None


@given(levels, st.randoms())
def test_the_order_of_levels_does_not_matter(given_levels: list[int], chance: object) -> None:
    shuffled = sorted(given_levels, key=lambda _level: chance.random())  # type: ignore[attr-defined]
    assert spread_of(shuffled) == spread_of(given_levels)


@given(levels)
def test_whoever_stands_outside_makes_a_contradiction_and_is_in_the_minority(given_levels: list[int]) -> None:
    spread = spread_of(given_levels)
    assert isinstance(spread, Spread)
    if spread.outside:
        assert spread.is_contradiction
        assert 2 * sum(level in spread.outside for level in given_levels) < len(given_levels)
