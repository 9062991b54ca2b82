"""Necessity against the published solutions of Lipset's democracies, and what always holds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError, Necessity, necessity
from tests.analysis.strategies import often

# R package QCA (dusadrian/QCA), data LC: Lipset 1959; Rihoux & De Meur 2009. Columns DEV URB LIT IND STB
# SURV; rows AU BE CZ EE FI FR DE GR HU IE IT NL PL PT RO ES SE UK
ROWS = """101100 111111 111111 001010 101011 101111 111100 000000 001000
101011 000010 111111 001000 000000 000010 000000 101111 111111"""
DEV, URB, LIT, IND, STB, SURV = np.array([list(map(int, row)) for row in ROWS.split()]).T
MEMBERSHIPS = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda pair: (pair[0] / 10, pair[1] / 10)),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize(
    ("expression", "condition", "figures"),
    # superSubset(LC, "SURV"): consistency, RoN, coverage
    [
        ("DEV", DEV, (1.0, 0.8, 0.8)),
        ("LIT", LIT, (1.0, 0.5, 0.615)),
        ("STB", STB, (1.0, 0.7, 0.727)),
        ("DEV*LIT", np.minimum(DEV, LIT), (1.0, 0.8, 0.8)),
        ("DEV*STB", np.minimum(DEV, STB), (1.0, 1.0, 1.0)),
        ("LIT*STB", np.minimum(LIT, STB), (1.0, 0.9, 0.889)),
        ("DEV*LIT*STB", np.minimum(np.minimum(DEV, LIT), STB), (1.0, 1.0, 1.0)),
        ("~URB+IND", np.maximum(1 - URB, IND), (1.0, 0.0, 0.444)),
    ],
)
def test_figures_are_the_published_ones(
    expression: str, condition: np.ndarray[tuple[int], np.dtype[np.int64]], figures: tuple[float, ...]
) -> None:
    found = necessity(condition, SURV)
    assert found.consistency is not None
    assert found.relevance is not None
    assert found.coverage is not None
    assert tuple(round(one, 3) for one in (found.consistency, found.relevance, found.coverage)) == figures
    assert (found.n, found.deviant_rows, found.is_contradicted) == (18, (), False)


def test_cases_with_the_outcome_and_without_the_condition_are_named() -> None:
    found = necessity(URB, SURV)
    assert found.deviant_rows == (4, 5, 9, 16)  # FI, FR, IE, SE
    assert (found.consistency, found.coverage) == (0.5, 0.8)
    assert found.is_contradicted


def test_membership_of_a_half_is_neither_in_nor_out() -> None:
    assert necessity([0.5, 0.4, 0.2], [0.9, 0.5, 0.6]).deviant_rows == (2,)


def test_where_nothing_can_be_said_nothing_is() -> None:
    assert necessity([1, 0], [0, 0]) == Necessity(2, None, 0.0, 0.5, ())
    assert necessity([0, 0], [1, 0]) == Necessity(2, 0.0, None, 1.0, (0,))
    assert necessity([1, 1], [1, 1]) == Necessity(2, 1.0, 1.0, None, ())


@often
@given(MEMBERSHIPS)
def test_figures_lie_within_nought_and_one_and_the_order_of_cases_is_irrelevant(
    pairs: list[tuple[float, float]],
) -> None:
    x, y = zip(*pairs, strict=True)
    found, turned = necessity(x, y), necessity(x[::-1], y[::-1])
    for figure in (found.consistency, found.coverage, found.relevance):
        assert figure is None or 0 <= figure <= 1
    assert (turned.consistency, turned.coverage, turned.relevance) == (
        found.consistency,
        found.coverage,
        found.relevance,
    )
    assert tuple(len(x) - 1 - row for row in reversed(turned.deviant_rows)) == found.deviant_rows


@often
@given(MEMBERSHIPS)
def test_what_is_necessary_covers_what_it_is_sufficient_for_the_other_way_round(
    pairs: list[tuple[float, float]],
) -> None:
    x, y = zip(*pairs, strict=True)
    assert necessity(x, y).consistency == necessity(y, x).coverage


@often
@given(MEMBERSHIPS)
def test_a_wider_condition_is_never_less_consistent(pairs: list[tuple[float, float]]) -> None:
    x, y = map(np.array, zip(*pairs, strict=True))
    narrow, wide = necessity(x, y).consistency, necessity(np.maximum(x, 0.5), y).consistency
    assert (narrow is None and wide is None) or (narrow is not None and wide is not None and wide >= narrow)


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("outcome: 2 cases are needed, not 1", lambda: necessity([1, 0], [1])),
        ("condition: a row with at least one case is needed", lambda: necessity([], [])),
        ("outcome: a row with at least one case is needed", lambda: necessity([1], [[1]])),
        ("condition: every membership must be a number from 0 to 1", lambda: necessity([1.1], [1])),
        ("outcome: every membership must be a number from 0 to 1", lambda: necessity([1], [float("nan")])),
    ],
)
def test_wrong_input_is_refused_by_name(said: str, call: Callable[[], object]) -> None:
    with pytest.raises(MethodError) as refusal:
        call()
    assert str(refusal.value) == said
