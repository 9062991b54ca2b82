"""The recursion line by line: published fractions, and the same shares as the library."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import share_at_least
from sadzonka.transfer.method.recursion import share_steps, short_fraction
from tests.analysis.strategies import often

F = Fraction


@pytest.mark.parametrize(
    ("values", "threshold", "share"),
    [  # worked examples, section 2: exact rationals
        ((0.7, 0.45, 0.6, 0.3, 0.55), 0.5, F(59, 90)),
        ((0.7, 0.45, 0.6, 0.3, 0.55), 0.55, F(223, 720)),
        ((0.7, 0.45, 0.6, 0.3, 0.55), 0.6, F(1, 15)),
        ((0.9, 0.3, 0.4), 0.5, F(8, 15)),
        ((0.9, 0.9, 0.3, 0.4), 0.5, F(184, 225)),
    ],
)
def test_the_share_is_the_published_fraction(
    values: tuple[float, ...], threshold: float, share: Fraction
) -> None:
    assert share_steps(values, threshold).share == share


def test_every_line_of_the_lower_end_is_as_worked_out_by_hand() -> None:
    steps = share_steps((0.7, 0.45, 0.6, 0, 0.55), 0.55)
    assert steps.above == (F(3, 20), F(1, 20), F(0))
    assert steps.below == (F(-1, 10), F(-11, 20))
    assert steps.lines == (
        (1, 0, 0, 0),
        (1, F(2, 5), F(4, 15), F(4, 15)),
        (1, F(61, 70), F(2069, 2520), F(2069, 2520)),
    )
    assert steps.share == F(451, 2520)


def test_every_line_of_the_upper_end_is_as_worked_out_by_hand() -> None:
    steps = share_steps((0.7, 0.45, 0.6, 1, 0.55), 0.55)
    assert steps.lines == ((1, 0, 0, 0, 0), (1, F(2, 5), F(4, 15), F(8, 165), F(8, 165)))
    assert steps.share == F(157, 165)


def test_nothing_above_gives_nothing_and_nothing_below_gives_all() -> None:
    assert share_steps((0.1, 0.2), 0.3).share == 0
    assert share_steps((0.4, 0.3), 0.3).share == 1


@given(
    values=st.lists(st.integers(0, 10**9), min_size=1, max_size=5),
    threshold=st.integers(1, 10**9 - 1),
)
@often
def test_the_table_ends_where_the_library_does(values: list[int], threshold: int) -> None:
    numbers = [value / 10**9 for value in values]
    exact = share_steps(numbers, threshold / 10**9).share
    assert float(exact) == pytest.approx(float(share_at_least(numbers, [threshold / 10**9])[0]), abs=1e-9)


@given(values=st.permutations([0.7, 0.45, 0.6, 0.3, 0.55]))
@often
def test_the_order_of_the_values_changes_the_lines_and_not_the_share(values: list[float]) -> None:
    assert share_steps(values, 0.55).share == F(223, 720)


def test_a_fraction_is_shown_while_it_is_short() -> None:
    assert [short_fraction(one) for one in (F(1, 3), F(2), F(0), F(1, 9999), F(1, 10_000))] == [
        "1/3",
        "",
        "",
        "1/9999",
        "",
    ]
