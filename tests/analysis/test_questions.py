"""What to find out first, against every answer that could still be given."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    SIMPLEX,
    Alternative,
    Clause,
    Criterion,
    Facts,
    Gate,
    Practice,
    State,
    WeightSet,
    analyse,
    classes,
    clause_reports,
    dimension_intervals,
    first_questions,
    gate_of,
    scores,
    under_floor,
)
from sadzonka.analysis.result import CriterionValue
from tests.analysis.strategies import IDENTITY, clauses, often, states_of

STEP = 0.05


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[Practice, Facts]:
    """Draw a practice and up to three open values, on a grid whose answers stand for all there are.

    Weights are 1 or 1/2, ends of readings lie 0.1 apart, floors on 0.05: a score then moves by at most what
    the smallest open value moves it, so no threshold is stepped over between two points of the grid.
    """
    criteria = tuple(
        Criterion(f"{name} {i}", name, weight, IDENTITY)
        for name in DIMENSIONS
        for i, weight in enumerate(draw(st.sampled_from([(1.0,), (0.5, 0.5)])))
    )
    is_open = draw(st.sets(st.sampled_from([one.key for one in criteria]), min_size=1, max_size=3))
    readings = {}
    for one in criteria:
        ends = draw(st.lists(st.integers(0, 10), min_size=2, max_size=2, unique=True))
        readings[one.key] = (min(ends) / 10, max(ends) / 10) if one.key in is_open else (ends[0] / 10,) * 2
    floors = draw(
        st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(2, 14).map(lambda n: n * STEP), max_size=2)
    )
    return Practice((), criteria, tuple(floors.items())), Facts(readings=readings)


def decides_somewhere(practice: Practice, facts: Facts, key: str, weights: WeightSet = SIMPLEX) -> bool:
    """Whether the class at the worst and best of `key` differs at any point of the grid of the rest."""
    grids = {}
    for name, (lower, upper) in facts.readings.items():
        count = round((upper - lower) / STEP) + 1
        grids[name] = [lower, upper] if name == key else np.linspace(lower, upper, count)
    keys = [key, *(name for name in grids if name != key)]
    points = dict(zip(keys, np.meshgrid(*(grids[name] for name in keys), indexing="ij"), strict=True))
    rows = np.stack(
        [
            sum(one.weight * points[one.key] for one in practice.criteria if one.dimension == name)
            for name in DIMENSIONS
        ],
        axis=-1,
    )
    is_capped = under_floor(rows, practice.floor_per_dimension)
    found = classes(scores(rows.round(9), weights.centroid), practice.thresholds, is_capped)
    return bool((found[0] != found[1]).any())


@often
@given(small_cases())
def test_value_is_worth_measuring_exactly_when_it_decides_somewhere(case: tuple[Practice, Facts]) -> None:
    practice, facts = case
    for question in first_questions(practice, facts):
        assert question.is_worth_measuring is decides_somewhere(practice, facts, question.key), question


@often
@given(small_cases(), st.permutations(DIMENSIONS))
def test_value_that_decides_somewhere_is_worth_measuring_for_any_weight_set(
    case: tuple[Practice, Facts], order: list[str]
) -> None:
    practice, facts = case
    for weights in (WeightSet.ranked(tuple(order)), WeightSet.bounded({order[0]: 0.5, order[1]: 0.5})):
        for question in first_questions(practice, facts, weights):
            if decides_somewhere(practice, facts, question.key, weights):
                assert question.is_worth_measuring, question


@often
@given(small_cases())
def test_value_flips_when_some_answer_alone_changes_the_class_interval(case: tuple[Practice, Facts]) -> None:
    practice, facts = case
    now = analyse(practice, facts).class_interval
    for question in first_questions(practice, facts):
        lower, upper = facts.readings[question.key]
        answers = (
            replace(facts, readings={**facts.readings, question.key: (value, value)})
            for value in np.linspace(lower, upper, 11)
        )
        flips = any(analyse(practice, answer).class_interval != now for answer in answers)
        assert question.flips is flips
        assert question.is_worth_measuring or not flips


@often
@given(clauses().map(lambda drawn: Practice(drawn, ())), st.data())
def test_condition_is_worth_verifying_exactly_when_it_decides_somewhere(
    practice: Practice, data: st.DataObject
) -> None:
    facts = Facts(states=data.draw(states_of(practice)))
    unknown = [key for key, state in facts.states.items() if state is State.UNKNOWN]
    assume(unknown)

    def gate(**answers: State) -> Gate:
        return gate_of(clause_reports(practice, Facts(states={**facts.states, **answers})))

    questions = {one.key: one for one in first_questions(practice, facts)}
    assert set(questions) == set(unknown)
    for key in unknown:
        others = [other for other in unknown if other != key]
        ends = [
            dict(zip(others, states, strict=True))
            for states in product((State.UNMET, State.MET), repeat=len(others))
        ]
        decides = any(
            gate(**rest, **{key: State.MET}) is not gate(**rest, **{key: State.UNMET}) for rest in ends
        )
        flips = any(gate(**{key: state}) is not gate() for state in (State.MET, State.UNMET))
        assert (questions[key].is_worth_measuring, questions[key].flips) == (decides, flips)


def test_worth_is_what_the_value_moves_the_score() -> None:
    criteria = (
        Criterion("money", "feasibility", 0.4, IDENTITY),
        Criterion("staff", "feasibility", 0.6, IDENTITY),
        Criterion("trust", "readiness", 1, IDENTITY),
    )
    facts = Facts(readings={"money": (0.25, 0.75), "trust": (0.4, 0.4)})
    found = first_questions(Practice((), criteria), facts)
    assert [(one.key, one.worth) for one in found] == [("staff", 0.12), ("money", 0.04)]


def test_nothing_is_asked_about_what_is_known() -> None:
    assert (
        first_questions(
            Practice((), (Criterion("a", "need", 1, IDENTITY),)), Facts(readings={"a": (0.4, 0.4)})
        )
        == ()
    )


def test_value_that_cannot_lift_a_cap_elsewhere_is_not_worth_measuring() -> None:
    criteria = tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS)
    practice = Practice((), criteria, floors=(("readiness", 0.5),))
    readings = dict.fromkeys(DIMENSIONS, (0.7, 0.7)) | {"need": (0.2, 0.9), "readiness": (0.4, 0.4)}
    (question,) = first_questions(practice, Facts(readings=readings))
    assert not question.is_worth_measuring
    (question,) = first_questions(replace(practice, floors=()), Facts(readings=readings))
    assert question.is_worth_measuring


def test_dimension_without_weight_still_decides_by_its_floor() -> None:
    criteria = (
        Criterion("need", "need", 1, IDENTITY),
        Criterion("law", "feasibility", 0.5, IDENTITY),
        Criterion("money", "feasibility", 0.5, IDENTITY),
    )
    practice = Practice((), criteria, floors=(("feasibility", 0.1),))
    facts = Facts(readings={"need": (0.55, 0.55), "law": (0.0, 0.1), "money": (0.0, 0.2)})
    found = first_questions(practice, facts, WeightSet.bounded({"need": 1}))
    assert [(one.key, one.worth, one.is_worth_measuring) for one in found] == [
        ("law", 0.0, True),
        ("money", 0.0, True),
    ]


def test_conditions_come_before_criteria_and_the_useless_last() -> None:
    run = Clause("run", (Alternative("agreement"), Alternative("centre")))
    known = Clause("law", (Alternative("act"), Alternative("bylaw")))
    criteria = tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS)
    found = first_questions(
        Practice((run, known), criteria),
        Facts({"act": State.MET, "centre": State.UNMET}, {"need": (0.5, 0.6)}),
    )
    assert [one.key for one in found] == [
        "agreement",
        "fit",
        "readiness",
        "feasibility",
        "support",
        "need",
        "bylaw",
    ]
    assert [found[0].worth, found[0].flips, found[-1].is_worth_measuring] == [1.0, True, False]


def test_shared_alternative_may_make_another_one_useless() -> None:
    shared, other = Alternative("shared"), Alternative("other")
    practice = Practice((Clause("first", (other, shared)), Clause("second", (shared,))), ())
    useless = {one.key for one in first_questions(practice, Facts()) if not one.is_worth_measuring}
    assert useless == {"other"}


def test_no_condition_is_worth_verifying_where_another_blocks_for_good() -> None:
    practice = Practice((Clause("a", (Alternative("x"),)), Clause("b", (Alternative("y"),))), ())
    (question,) = first_questions(practice, Facts(states={"x": State.UNMET}))
    assert gate_of(clause_reports(practice, Facts(states={"x": State.UNMET}))) is Gate.BLOCKED
    assert (question.key, question.flips, question.is_worth_measuring) == ("y", False, False)


def test_dimension_without_criteria_is_asked_about_by_nobody() -> None:
    value = CriterionValue(Criterion("a", "need", 1, IDENTITY), (0.2, 0.4), is_known=True)
    assert dimension_intervals([value])[:2] == ((0.2, 0.4), (0.0, 1.0))
    found = first_questions(Practice((), (value.criterion,)), Facts())
    assert [one.key for one in found] == ["a"]
    assert found[0].worth == pytest.approx(0.2)


def test_thirds_are_worth_what_the_score_makes_of_them() -> None:
    thirds = Criterion("a", "need", 1 / 3, IDENTITY), Criterion("b", "need", 2 / 3, IDENTITY)
    found = first_questions(Practice((), thirds), Facts())
    assert [(one.key, one.worth) for one in found] == [("b", 0.1333334), ("a", 0.0666666)]
