"""The analysis: the worked example of the method and the properties that always hold."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    Alternative,
    Analysis,
    Clause,
    Criterion,
    CriterionValue,
    Facts,
    Gate,
    Interval,
    Practice,
    State,
    ValueFunction,
    WeightSet,
    analyse,
    dimension_intervals,
)
from tests.analysis.strategies import (
    IDENTITY,
    RISING,
    clauses,
    facts_about,
    often,
    practices,
    states_of,
    weight_sets,
)

PLAIN = Practice((), tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS))
BLOCKING = (Clause("somebody runs it", (Alternative("agreement"),)),)


def facts(*values: float | Interval | None, states: Mapping[str, State] | None = None) -> Facts:
    """Facts about PLAIN: one number, pair or None (missing) per dimension."""
    pairs = {
        name: value if isinstance(value, tuple) else (value, value)
        for name, value in zip(DIMENSIONS, values, strict=True)
        if value is not None
    }
    return Facts(states or {}, pairs)


def numbers(analysis: Analysis) -> tuple[object, ...]:
    """All that an analysis says about values, without the order of its criteria."""
    return (
        analysis.gate,
        analysis.dimensions,
        analysis.score,
        analysis.shares,
        analysis.class_interval,
        analysis.under_floor,
        analysis.completeness,
        analysis.weighting_bounds,
        analysis.standing,
    )


def test_worked_example_of_the_method() -> None:
    found = analyse(PLAIN, facts(0.7, 0.45, 0.6, None, 0.55))
    assert found.score == (0.46, 0.66)
    assert found.shares[1] == pytest.approx((0.179, 0.952), abs=5e-4)
    assert found.class_words == ("possible", "good")
    assert found.completeness == 0.8
    assert found.weighting_bounds == (0.0, 1.0)
    assert not found.is_robustly_good
    assert found.is_possibly_good
    assert found.standing == 1


@pytest.mark.parametrize(
    ("level", "words"),
    [(0.349999999, "distant"), (0.35, "possible"), (0.55, "good"), (0.75, "strong")],
)
def test_class_begins_at_its_threshold(level: float, words: str) -> None:
    assert analyse(PLAIN, facts(*[level] * 5)).class_words == (words, words)


def test_class_does_not_hang_on_noise_of_the_computer() -> None:
    found = analyse(PLAIN, facts(0.1 + 0.2 + 0.25 - 1e-16, *[0.55] * 4))
    assert found.class_words == ("good", "good")
    assert found.shares[1] == (1.0, 1.0)


def test_each_end_is_capped_by_its_own_dimension() -> None:
    capped = replace(PLAIN, floors=(("readiness", 0.4),))
    found = analyse(capped, facts(0.9, 0.9, (0.3, 0.5), 0.9, 0.9))
    assert found.class_words == ("possible", "strong")
    assert found.under_floor == (("readiness",), ())
    assert found.is_capped == (True, False)
    assert not found.is_robustly_good
    assert found.is_possibly_good


def test_capped_upper_end_is_never_possibly_good() -> None:
    capped = replace(PLAIN, floors=(("readiness", 0.4),))
    found = analyse(capped, facts(0.9, 0.9, 0.3, 0.9, 0.9))
    assert found.class_words == ("possible", "possible")
    assert not found.is_possibly_good
    assert found.standing == 2


def test_dimension_on_its_floor_is_not_capped() -> None:
    capped = replace(PLAIN, floors=(("readiness", 0.3),))
    assert analyse(capped, facts(0.9, 0.9, 0.1 + 0.2, 0.9, 0.9)).class_words == ("strong", "strong")


@pytest.mark.parametrize(
    ("state", "level", "standing"),
    [
        (State.MET, 0.8, 0),
        (State.UNKNOWN, 0.8, 1),
        (State.MET, 0.5, 2),
        (State.MET, 0.1, 3),
        (State.UNMET, 0.8, 4),
    ],
)
def test_standing_follows_gate_then_class(state: State, level: float, standing: int) -> None:
    practice = replace(PLAIN, clauses=BLOCKING)
    found = analyse(practice, facts(*[level] * 5, states={"agreement": state}))
    assert found.standing == standing


def test_values_are_still_computed_where_the_gate_is_blocked() -> None:
    practice = replace(PLAIN, clauses=BLOCKING)
    found = analyse(practice, facts(*[0.8] * 5, states={"agreement": State.UNMET}))
    assert found.gate is Gate.BLOCKED
    assert found.class_words == ("strong", "strong")
    assert found.is_robustly_good


def test_two_known_dimensions_are_never_robustly_good() -> None:
    assert not analyse(PLAIN, facts(1.0, 1.0, None, None, None)).is_robustly_good


def test_weight_set_changes_score_shares_and_completeness() -> None:
    first = WeightSet.ranked(DIMENSIONS)
    found = analyse(PLAIN, facts(0.9, 0.8, 0.3, None, 0.1), first)
    assert found.completeness == pytest.approx(0.91, abs=1e-9)
    assert found.weights is first
    assert found.score[0] > analyse(PLAIN, facts(0.9, 0.8, 0.3, None, 0.1)).score[0]


@often
@given(clauses(), st.data())
def test_false_clause_blocks_whatever_the_rest(drawn: tuple[Clause, ...], data: st.DataObject) -> None:
    practice = replace(PLAIN, clauses=(*drawn, *BLOCKING))
    states = data.draw(states_of(practice)) | {"agreement": State.UNMET}
    assert analyse(practice, facts(*[0.9] * 5, states=states)).gate is Gate.BLOCKED


@often
@given(clauses(), st.data(), st.sampled_from([State.MET, State.UNMET]))
def test_an_answer_never_turns_blocked_into_open_or_back(
    drawn: tuple[Clause, ...], data: st.DataObject, answer: State
) -> None:
    practice = Practice(drawn, ())
    states = data.draw(states_of(practice))
    before = analyse(practice, Facts(states)).gate
    for key in (key for key, state in states.items() if state is State.UNKNOWN):
        after = analyse(practice, Facts({**states, key: answer})).gate
        assert before is Gate.TO_VERIFY or after is before


@often
@given(st.data(), weight_sets())
def test_raising_values_never_lowers_anything(data: st.DataObject, weights: WeightSet) -> None:
    practice = data.draw(practices(functions=(RISING,)))
    one, other = data.draw(facts_about(practice)), data.draw(facts_about(practice))
    whole = (0.0, 5.0)
    raised = {
        key: tuple(map(max, one.readings.get(key, whole), other.readings.get(key, whole)))
        for key in {*one.readings, *other.readings}
    }
    before, after = analyse(practice, one, weights), analyse(practice, replace(one, readings=raised), weights)
    for end in (0, 1):
        assert all(a[end] >= b[end] for a, b in zip(after.dimensions, before.dimensions, strict=True))
        assert all(a[end] >= b[end] for a, b in zip(after.shares, before.shares, strict=True))
        assert after.score[end] >= before.score[end]
        assert after.class_interval[end] >= before.class_interval[end]
    assert after.standing <= before.standing


@often
@given(st.data(), weight_sets())
def test_narrower_input_gives_a_narrower_result(data: st.DataObject, weights: WeightSet) -> None:
    practice = data.draw(practices())
    narrow, other = data.draw(facts_about(practice)), data.draw(facts_about(practice))
    hull = {
        key: (min(a[0], b[0]), max(a[1], b[1]))
        for key, a in narrow.readings.items()
        if (b := other.readings.get(key)) is not None
    }
    inner = analyse(practice, narrow, weights)
    outer = analyse(practice, replace(narrow, readings=hull), weights)
    for within, around in [
        *zip(inner.dimensions, outer.dimensions, strict=True),
        *zip(inner.shares, outer.shares, strict=True),
        (inner.score, outer.score),
        (inner.class_interval, outer.class_interval),
        (inner.weighting_bounds, outer.weighting_bounds),
    ]:
        assert around[0] <= within[0] <= within[1] <= around[1]
    assert outer.completeness <= inner.completeness


@often
@given(practices(), weight_sets())
def test_all_missing_leaves_everything_open(practice: Practice, weights: WeightSet) -> None:
    found = analyse(replace(practice, floors=()), Facts(), weights)
    assert found.score == (0.0, 1.0)
    assert found.shares == ((0.0, 1.0),) * 3
    assert found.class_words == ("distant", "strong")
    assert found.completeness == 0.0


@often
@given(st.data(), st.integers())
def test_order_of_criteria_clauses_and_facts_is_irrelevant(data: st.DataObject, seed: int) -> None:
    practice = data.draw(practices())
    known = data.draw(facts_about(practice))
    shuffled = random.Random(seed)  # noqa: S311

    def mixed(items: Iterable[Any]) -> list[Any]:
        return shuffled.sample(list(items), len(items))

    other = replace(
        practice,
        criteria=tuple(mixed(practice.criteria)),
        clauses=tuple(replace(c, alternatives=tuple(mixed(c.alternatives))) for c in mixed(practice.clauses)),
    )
    reordered = Facts(dict(mixed(known.states.items())), dict(mixed(known.readings.items())))
    assert numbers(analyse(other, reordered)) == numbers(analyse(practice, known))


@often
@given(st.data())
def test_change_of_unit_with_its_reference_points_changes_nothing(data: st.DataObject) -> None:
    practice = data.draw(practices())
    known = data.draw(facts_about(practice))

    def fahrenheit(x: float) -> float:
        return 1.8 * x + 32

    criteria = tuple(
        replace(
            one,
            limits=None,
            value_function=ValueFunction(tuple((fahrenheit(x), v) for x, v in one.value_function.points)),
        )
        for one in practice.criteria
    )
    readings = {key: tuple(map(fahrenheit, reading)) for key, reading in known.readings.items()}
    other = analyse(replace(practice, criteria=criteria), replace(known, readings=readings))
    assert numbers(other) == numbers(analyse(practice, known))


@often
@given(st.data(), st.integers(1, 99_999))
def test_splitting_a_criterion_by_whole_millionths_changes_nothing(data: st.DataObject, part: int) -> None:
    practice = data.draw(practices())
    assume(practice.criteria)
    known = data.draw(facts_about(practice))
    first, *rest = practice.criteria
    whole = round(first.weight * 10**6)  # at least 200,000
    halves = [
        replace(first, key=f"{first.key} {i}", weight=weight / 10**6)
        for i, weight in enumerate((part, whole - part))
    ]
    readings = dict(known.readings)
    if first.key in readings:
        readings |= dict.fromkeys([half.key for half in halves], readings.pop(first.key))
    split = analyse(replace(practice, criteria=(*halves, *rest)), replace(known, readings=readings))
    assert numbers(split) == numbers(analyse(practice, known))


weighted_values = st.lists(
    st.tuples(st.integers(1, 300_000), st.integers(0, 10**9)), min_size=1, max_size=8
).filter(lambda pairs: sum(weight for weight, _ in pairs) <= 10**6)


@often
@given(weighted_values)
def test_dimension_is_the_exact_mean_rounded_half_to_even(pairs: list[tuple[int, int]]) -> None:
    values = [
        CriterionValue(
            Criterion(str(i), "need", weight / 10**6, IDENTITY), (value / 10**9,) * 2, is_known=True
        )
        for i, (weight, value) in enumerate(pairs)
    ]
    mean = Fraction(sum(w * v for w, v in pairs), sum(w for w, _ in pairs))
    assert dimension_intervals(values)[0] == (round(mean) / 10**9,) * 2


@pytest.mark.parametrize(
    ("wholes", "mean"), [((0, 1), 0), ((1, 2), 2), ((2, 3), 2), ((10**9 - 1, 10**9), 10**9)]
)
def test_mean_half_way_between_billionths_is_rounded_to_even(wholes: tuple[int, int], mean: int) -> None:
    values = [
        CriterionValue(Criterion(str(i), "need", 0.5, IDENTITY), (whole / 10**9,) * 2, is_known=True)
        for i, whole in enumerate(wholes)
    ]
    assert dimension_intervals(values)[0] == (mean / 10**9,) * 2


def test_thirds_make_a_whole() -> None:
    practice = Practice((), tuple(Criterion(f"third {i}", "need", 1 / 3, IDENTITY) for i in range(3)))
    found = analyse(practice, Facts(readings={one.key: (1, 1) for one in practice.criteria}))
    assert (found.dimensions[0], found.completeness) == ((1.0, 1.0), 0.2)
