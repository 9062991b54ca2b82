"""Wrong practices, facts and figures are refused by name; old figures become intervals."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from sadzonka.analysis import (
    LEVELS,
    Alternative,
    Clause,
    Criterion,
    Facts,
    Interval,
    MethodError,
    Practice,
    State,
    aged_reading,
    analyse,
    clause_reports,
    first_questions,
    smallest_repair,
)
from tests.analysis.strategies import RISING

WILL = Criterion("will", "readiness", 1, RISING, limits=LEVELS)
PRACTICE = Practice((Clause("run", (Alternative("agreement"),)),), (WILL,))


@pytest.mark.parametrize(
    ("call", "name", "complaint"),
    [
        (lambda: Alternative(""), "alternative", "'' is not a key"),
        (lambda: Alternative("a", cost_class=-1), "a", "cost class -1"),
        (lambda: Alternative("a", cost_class=1.5), "a", "cost class 1.5"),
        (lambda: Clause("run", ()), "run", "at least one alternative"),
        (lambda: Clause("run", (Alternative("a"), Alternative("a"))), "run", "named twice: a"),
        (lambda: Criterion("a", "money", 1, RISING), "a", "'money' is none of need, fit"),
        (lambda: Criterion("a", "need", 0, RISING), "a", "weight 0.0 is outside"),
        (lambda: Criterion("a", "need", 1.1, RISING), "a", "weight 1.1 is outside"),
        (lambda: Criterion("a", "need", float("nan"), RISING), "weight of a", "nan is not a finite number"),
        (lambda: Criterion("a", "need", 1, RISING, limits=(5, 0)), "a", "limits 5.0 to 0.0"),
        (lambda: Practice((), (WILL, WILL)), "criteria", "named twice: will"),
        (lambda: Practice((), (Criterion("a", "need", 0.9, RISING),)), "need", "weights sum to 0.9"),
        (lambda: Practice(PRACTICE.clauses * 2, ()), "clauses", "named twice: run"),
        (
            lambda: Practice(
                (Clause("a", (Alternative("x"),)), Clause("b", (Alternative("x", "county"),))), ()
            ),
            "x",
            "two different alternatives",
        ),
        (lambda: Practice((), (), floors=(("money", 0.2),)), "floors", "'money' is none of"),
        (lambda: Practice((), (), floors=(("need", 0.2), ("need", 0.3))), "floors", "named twice: need"),
        (lambda: Practice((), (), floors=(("need", 1.2),)), "need", "floor 1.2 is outside"),
        (lambda: Practice((), (), thresholds=(0.5, 0.4, 0.8)), "thresholds", "do not rise"),
        (lambda: Practice((), (), thresholds=(0.0, 0.4, 0.8)), "thresholds", "do not rise within 0 and 1"),
        (lambda: Practice((), (), thresholds=(0.4, 0.8)), "thresholds", "3 are needed, not 2"),
        (lambda: Facts(readings={"will": (3, 2)}), "will", "lower end 3.0 is above upper end 2.0"),
        (lambda: Facts(readings={"will": (3, float("inf"))}), "will", "inf is not a finite number"),
        (lambda: Facts(readings={"will": (float("nan"), 3)}), "will", "nan is not a finite number"),
        (lambda: Facts(readings={"will": 3}), "will", "3 is not a pair"),
        (lambda: Facts(readings={"will": (1, 2, 3)}), "will", "is not a pair"),
        (lambda: Facts(readings={"will": ("1", 2)}), "will", "'1' is not a finite number"),
        (lambda: Facts(readings={"will": (True, 2)}), "will", "True is not a finite number"),
        (lambda: Facts(states={"agreement": "met"}), "agreement", "'met' is not a state"),
        (lambda: State.from_word("yes"), "state", "'yes' is none of unmet, unknown, met"),
    ],
)
def test_wrong_input_is_refused_by_name(call: Callable[[], object], name: str, complaint: str) -> None:
    with pytest.raises(MethodError, match=complaint) as caught:
        call()
    assert caught.value.name == name


@pytest.mark.parametrize("function", [analyse, clause_reports, first_questions, smallest_repair])
@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (Facts(states={"treaty": State.MET}), "treaty"),
        (Facts(readings={"wish": (1, 1)}), "wish"),
        (Facts(readings={"will": (4, 6)}), "will"),
        (Facts(readings={"will": (-1, 3)}), "will"),
    ],
)
def test_facts_that_do_not_fit_the_practice_are_refused_by_name(
    function: Callable[[Practice, Facts], object], facts: Facts, name: str
) -> None:
    with pytest.raises(MethodError) as caught:
        function(PRACTICE, facts)
    assert caught.value.name == name


def test_facts_do_not_follow_what_the_caller_does_to_its_own_dictionary() -> None:
    states = {"agreement": State.MET}
    facts = Facts(states=states)
    states["agreement"] = State.UNMET
    assert facts.state_of("agreement") is State.MET


def test_records_travel_between_processes() -> None:
    analysis = analyse(PRACTICE, Facts({"agreement": State.MET}, {"will": (2, 3)}))
    assert pickle.loads(pickle.dumps(analysis)) == analysis  # noqa: S301
    error = MethodError("will", "is missing")
    assert str(pickle.loads(pickle.dumps(error))) == "will: is missing"  # noqa: S301


def test_every_state_is_true_so_that_unmet_is_not_taken_for_absent() -> None:
    assert all(State)
    assert [State.from_word(state.word) for state in State] == list(State)


@pytest.mark.parametrize(
    ("years_old", "reading"),
    [(0, (8.0, 8.0)), (2, (8.0, 8.0)), (3, (6.5, 9.5)), (4, None)],
)
def test_old_figure_is_widened_by_the_published_change_or_missing(
    years_old: int, reading: Interval | None
) -> None:
    assert aged_reading(8, years_old, 2, {3: 1.5}) == reading


def test_widened_figure_stays_within_its_limits() -> None:
    assert aged_reading(99, 3, 2, {3: 1.5}, limits=(0, 100)) == (97.5, 100)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ((float("nan"), 1, 2, {}), "value"),
        ((8, -1, 2, {}), "years_old"),
        ((8, 1, -2, {}), "limit_years"),
        ((8, 3, 2, {3: -1}), "change_over_years"),
        ((8, 3, 2, {3: float("inf")}), "change_over_years"),
    ],
)
def test_wrong_figures_are_refused_by_name(arguments: tuple[Any, ...], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        aged_reading(*arguments)
    assert caught.value.name == name
