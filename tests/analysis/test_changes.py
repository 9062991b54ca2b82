"""The smallest change against every set of changes, and where a step leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    CLASSES,
    DIMENSIONS,
    LEVELS,
    MOST_CHANGES,
    Alternative,
    Change,
    ChangeSet,
    Clause,
    Criterion,
    Facts,
    Gate,
    Interval,
    MethodError,
    Practice,
    State,
    ValueFunction,
    WeightSet,
    analyse,
    changed_facts,
    criterion_values,
    smallest_change,
    smallest_repair,
)
from tests.analysis.strategies import (
    FALLING,
    IDENTITY,
    PEAKED,
    RISING,
    facts_about,
    often,
    practices,
    weight_sets,
)

PLAIN = Practice((), tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS))
AGREEMENT = Alternative("agreement", changed_by="municipality", cost_class=1)
CENTRE = Alternative("centre", changed_by="municipality", cost_class=2)
RUN = Clause("somebody runs it", (AGREEMENT, CENTRE))


def facts(*values: float, **states: State) -> Facts:
    """Facts about PLAIN, a number for each dimension, and states."""
    return Facts(states, {name: (value, value) for name, value in zip(DIMENSIONS, values, strict=True)})


def step(key: str, reading: float, cost_class: int = 0) -> Change:
    return Change("step", key, (reading, reading), cost_class)


def way(key: str, cost_class: int = 0) -> Change:
    return Change("alternative", key, cost_class=cost_class)


def keys(found: ChangeSet | None) -> list[str]:
    assert found is not None
    return [change.key for change in found.changes]


# --- where a step leads


@pytest.mark.parametrize(
    ("function", "now", "to", "value"),
    [
        (RISING, (1, 2), 3, (0.6, 0.6)),
        (RISING, (2, 4), 3, (0.6, 0.8)),
        (RISING, (4, 5), 3, (0.8, 1.0)),
        (RISING, None, 3, (0.6, 1.0)),
        (RISING, None, 0, (0.0, 1.0)),
        (FALLING, (4, 5), 3, (0.4, 0.4)),
        (FALLING, (2, 5), 3, (0.4, 0.6)),
        (FALLING, None, 0, (1.0, 1.0)),
        (PEAKED, (0, 1), 3, (1.0, 1.0)),
        (PEAKED, (0, 3), 1, (0.5, 1.0)),
        (PEAKED, (0, 1.5), 4.75, (0.4, 0.75)),  # from the other side of the peak
        (PEAKED, (4, 5), 0.5, (0.25, 1.0)),
        (PEAKED, (1, 5), 1, (0.5, 1.0)),
        (PEAKED, None, 5, (0.2, 1.0)),
    ],
)
def test_step_gives_the_greater_of_what_is_and_what_it_leads_to(
    function: ValueFunction, now: Interval | None, to: float, value: Interval
) -> None:
    practice = Practice((), (Criterion("a", "need", 1, function, LEVELS),))
    known = Facts(readings={} if now is None else {"a": now})
    changed = changed_facts(practice, known, [step("a", to)])
    assert criterion_values(practice, changed)[0].value == value


def test_what_steps_add_sums_to_the_rise_also_of_thirds() -> None:
    thirds = Criterion("a", "need", 1 / 3, RISING), Criterion("b", "need", 2 / 3, RISING)
    found = smallest_change(
        Practice((), thirds, thresholds=(0.05, 0.06, 0.07)),
        Facts(readings={"a": (0, 0), "b": (0, 0)}),
        [step("a", 5), step("b", 5)],
        target=1,
    )
    assert found
    assert (found.adds, found.after.score[0]) == ((0.0666666,), 0.0666666)  # whole millionths


def test_step_on_what_is_missing_reaches_no_further_than_readings_can() -> None:
    low = ValueFunction(((0, 0.2), (10, 0.9)))
    practice = Practice((), (Criterion("a", "need", 1, low, (0, 5)),))
    assert changed_facts(practice, Facts(), [step("a", 2)]).readings["a"] == (2.0, 5.0)
    open_ended = Practice((), (Criterion("a", "need", 1, low),))
    assert changed_facts(open_ended, Facts(), [step("a", 2)]).readings["a"] == (2.0, 10.0)
    assert changed_facts(open_ended, Facts(), [step("a", 12)]).readings["a"] == (10.0, 12.0)


@often
@given(
    st.sampled_from([RISING, FALLING, PEAKED]),
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted),
    st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted),
)
def test_step_changes_the_value_as_the_method_says_and_nothing_else(
    function: ValueFunction, now: list[int], to: list[int]
) -> None:
    practice = Practice((), (Criterion("a", "need", 1, function, LEVELS), Criterion("b", "fit", 1, RISING)))
    reading, goal = (now[0] / 4, now[1] / 4), (to[0] / 4, to[1] / 4)
    known = Facts(readings={"a": reading, "b": (2, 3)})
    changed = changed_facts(practice, known, [Change("step", "a", goal)])
    (lower, upper), (least, most) = function.over(reading), function.over(goal)
    expected = (max(lower, least), max(upper, most))
    assert criterion_values(practice, changed)[0].value == pytest.approx(expected, abs=2e-9)
    assert changed.readings["b"] == (2.0, 3.0)


def test_alternative_becomes_met_and_the_rest_stays() -> None:
    practice = Practice((RUN,), PLAIN.criteria)
    known = facts(*[0.5] * 5, centre=State.UNMET)
    changed = changed_facts(practice, known, [way("agreement")])
    assert changed.states == {"centre": State.UNMET, "agreement": State.MET}
    assert changed.readings == known.readings


# --- the smallest change


def test_nothing_is_changed_where_all_is_reached() -> None:
    found = smallest_change(PLAIN, facts(*[0.9] * 5), [step("need", 1)])
    assert found is not None
    assert (found.changes, found.adds, found.target) == ((), (), 3)
    assert found.after == found.before


def test_nothing_is_found_where_even_everything_is_not_enough() -> None:
    assert smallest_change(PLAIN, facts(*[0.4] * 5), [step("need", 1)]) is None
    assert smallest_change(Practice((RUN,), ()), Facts(), [], target=0) is None


def test_fewer_steps_are_preferred_to_cheaper_ones() -> None:
    steps = [step("need", 0.8), step("fit", 0.8), step("support", 1, cost_class=4)]
    found = smallest_change(PLAIN, facts(*[0.45] * 5), steps)
    assert found is not None
    assert (keys(found), found.adds, found.after.score) == (["support"], (0.11,), (0.56, 0.56))


def test_the_dearest_of_equally_many_steps_is_cheap() -> None:
    steps = [
        step("need", 0.57),
        step("fit", 0.77, cost_class=3),
        step("readiness", 0.67, cost_class=2),
        step("feasibility", 0.67, cost_class=2),
    ]
    found = smallest_change(PLAIN, facts(*[0.47] * 5), steps)
    assert keys(found) == ["readiness", "feasibility"]  # 2 and 2 rather than 0 and 3


def test_then_the_second_dearest_is_cheap() -> None:
    costs = {"need": 2, "fit": 2, "readiness": 1, "feasibility": 2, "support": 0}
    steps = [step(name, 0.7 if name != "support" else 0.6, cost) for name, cost in costs.items()]
    assert keys(smallest_change(PLAIN, facts(*[0.47] * 5), steps)) == ["need", "readiness"]


def test_equal_steps_are_taken_in_the_order_of_the_practice() -> None:
    steps = [step(name, 0.7) for name in reversed(DIMENSIONS)]
    assert keys(smallest_change(PLAIN, facts(*[0.47] * 5), steps)) == ["need", "fit"]


def test_gate_is_opened_too_and_conditions_come_first() -> None:
    practice = Practice((RUN,), PLAIN.criteria)
    changes = [step("need", 0.9), way("centre"), way("agreement", cost_class=5)]
    found = smallest_change(practice, facts(*[0.5] * 5, agreement=State.UNMET), changes)
    assert found is not None
    assert (keys(found), found.adds) == (["centre", "need"], (0.0, 0.08))
    assert (found.before.gate, found.after.gate) == (Gate.TO_VERIFY, Gate.OPEN)


def test_cost_class_is_that_of_the_change_on_offer() -> None:
    practice = Practice((RUN,), ())
    offers = [way("agreement", cost_class=3), way("centre")]
    assert keys(smallest_change(practice, Facts(), offers, target=0)) == ["centre"]
    assert smallest_repair(practice, Facts()) == (AGREEMENT,)


def test_one_alternative_may_meet_several_clauses() -> None:
    practice = Practice((RUN, Clause("somebody pays", (Alternative("county"), CENTRE))), ())
    offers = [way("agreement"), way("county"), way("centre", cost_class=4)]
    assert keys(smallest_change(practice, Facts(), offers, target=0)) == ["centre"]


def test_step_that_lifts_a_cap_counts_even_without_weight() -> None:
    practice = replace(PLAIN, floors=(("support", 0.3),))
    steps = [step("need", 1), step("support", 0.3)]
    weights = WeightSet.bounded({"need": 0.5, "fit": 0.5})
    found = smallest_change(practice, facts(0.6, 0.6, 0.6, 0.6, 0.2), steps, weights)
    assert found is not None
    assert (keys(found), found.adds) == (["support"], (0.0,))
    assert (found.before.class_words, found.after.class_words) == (("possible",) * 2, ("good",) * 2)


def test_only_the_lower_end_of_the_class_counts() -> None:
    known = Facts(readings=dict.fromkeys(DIMENSIONS, (0.5, 0.9)))
    assert analyse(PLAIN, known).class_words == ("possible", "strong")
    found = smallest_change(PLAIN, known, [step(name, 0.75) for name in DIMENSIONS])
    assert found is not None
    assert found.after.score == (0.55, 0.9)


def test_step_may_tell_what_is_missing() -> None:
    known = Facts(readings=dict.fromkeys(DIMENSIONS[:-1], (0.6, 0.6)))
    found = smallest_change(PLAIN, known, [step("support", 0.4)])
    assert found is not None
    assert (keys(found), found.adds, found.after.score) == (["support"], (0.08,), (0.56, 0.68))


def crowd(count: int, **levels: float) -> tuple[Practice, Facts]:
    """Many criteria of need at 0.2, and one of each other dimension at 0.5 unless `levels` say otherwise."""
    needs = [Criterion(f"need {i}", "need", 1 / count, IDENTITY) for i in range(count)]
    practice = Practice((), (*needs, *PLAIN.criteria[1:]))
    at = dict.fromkeys([one.key for one in needs], 0.2) | dict.fromkeys(DIMENSIONS[1:], 0.5) | levels
    return practice, Facts(readings={key: (level, level) for key, level in at.items()})


def test_fifteen_steps_are_searched() -> None:
    practice, known = crowd(MOST_CHANGES)
    steps = [step(one.key, 0.9, cost_class=i % 4) for i, one in enumerate(practice.criteria[:MOST_CHANGES])]
    found = smallest_change(practice, known, steps)
    assert found is not None
    # 0.44 now; each step adds 0.2 * 0.7 / 15, so 12 of them make 0.552; the dearest three are left out
    assert len(found.changes) == 12
    assert [change.cost_class for change in found.changes].count(3) == 0
    assert found.after.score == (0.552, 0.552)


def test_more_than_fifteen_steps_are_refused() -> None:
    practice, known = crowd(MOST_CHANGES + 1)
    with pytest.raises(MethodError) as refusal:
        smallest_change(practice, known, [step(one.key, 0.9) for one in practice.criteria[:-4]])
    assert str(refusal.value) == "changes: 16 steps might help, more than 15"


def test_steps_that_cannot_help_are_not_counted() -> None:
    practice, known = crowd(MOST_CHANGES + 1)
    useless = [step(one.key, 0.2) for one in practice.criteria[:-4]]
    assert keys(smallest_change(practice, known, [*useless, step("fit", 1), step("support", 1)])) == [
        "fit",
        "support",
    ]
    heavy = WeightSet.bounded({"fit": 1})
    without_weight = [step(one.key, 0.9) for one in practice.criteria[:-4]]
    assert keys(smallest_change(practice, known, [*without_weight, step("fit", 0.6)], heavy)) == ["fit"]


def test_where_steps_are_too_many_but_none_is_needed_nothing_is_refused() -> None:
    practice, known = crowd(MOST_CHANGES + 1)
    steps = [step(one.key, 0.9) for one in practice.criteria[:-4]]
    assert keys(smallest_change(practice, known, steps, target=1)) == []


# --- property 13


@st.composite
def cases(draw: st.DrawFn) -> tuple[Practice, Facts, list[Change]]:
    """Draw a practice, what is known, and some steps and alternatives on offer."""
    practice = draw(practices())
    count = min(len(practice.criteria), 4)
    stepped = draw(st.permutations(practice.criteria))[:count]
    steps = [step(one.key, draw(st.integers(0, 20)) / 4, draw(st.integers(0, 2))) for one in stepped]
    offered = [one for one in practice.alternatives if draw(st.integers(0, 3))]
    ways = [way(one.key, draw(st.integers(0, 2))) for one in offered]
    return practice, draw(facts_about(practice)), draw(st.permutations([*steps, *ways]))


def places(practice: Practice, chosen: Sequence[Change]) -> list[int]:
    order = [("alternative", one.key) for one in practice.alternatives]
    order += [("step", one.key) for one in practice.criteria]
    return sorted(order.index((change.kind, change.key)) for change in chosen)


@pytest.mark.parametrize("target", [None, 0, 1, 2, 3])
@often
@given(st.data(), weight_sets())
def test_change_works_is_the_best_of_all_sets_and_uses_only_what_is_offered(
    target: int | None, data: st.DataObject, weights: WeightSet
) -> None:
    practice, known, offers = data.draw(cases())
    now = analyse(practice, known, weights)
    goal = min(now.class_interval[0] + 1, len(CLASSES) - 1) if target is None else target

    def works(chosen: Sequence[Change]) -> bool:
        then = analyse(practice, changed_facts(practice, known, chosen), weights)
        return then.gate is Gate.OPEN and then.class_interval[0] >= goal

    working = [
        chosen for size in range(len(offers) + 1) for chosen in combinations(offers, size) if works(chosen)
    ]
    best = min(
        working,
        key=lambda chosen: (
            len(chosen),
            sorted((change.cost_class for change in chosen), reverse=True),
            places(practice, chosen),
        ),
        default=None,
    )
    found = smallest_change(practice, known, offers, weights, target=target)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert set(found.changes) == set(best)
    assert (found.target, found.before) == (goal, now)
    assert found.after == analyse(practice, changed_facts(practice, known, best), weights)
    rise = found.after.score[0] - now.score[0]
    assert sum(found.adds) == pytest.approx(rise, abs=1e-8)
    assert smallest_change(practice, known, offers[::-1], weights, target=target) == found


# --- wrong input

WILL = Practice((RUN,), (Criterion("will", "readiness", 1, RISING, LEVELS),))


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("change: 'wish' is neither step nor alternative", lambda: Change("wish", "will")),  # type: ignore[arg-type]
        ("will: a step needs a reading, an alternative has none", lambda: Change("step", "will")),
        (
            "centre: a step needs a reading, an alternative has none",
            lambda: Change("alternative", "centre", (1, 1)),
        ),
        ("centre: cost class -1 is not a whole number from 0", lambda: way("centre", -1)),
        ("alternative: '' is not a key", lambda: way("")),
        ("will: lower end 4.0 is above upper end 3.0", lambda: Change("step", "will", (4, 3))),
        ("will: nan is not a finite number", lambda: step("will", float("nan"))),
        (
            "trust: the practice has no such criterion",
            lambda: changed_facts(WILL, Facts(), [step("trust", 3)]),
        ),
        (
            "will: reading 6.0 to 6.0 is outside 0.0 to 5.0",
            lambda: changed_facts(WILL, Facts(), [step("will", 6)]),
        ),
        ("law: the practice has no such alternative", lambda: changed_facts(WILL, Facts(), [way("law")])),
        (
            "will: two changes are a step of this key",
            lambda: changed_facts(WILL, Facts(), [step("will", 3), step("will", 4)]),
        ),
        (
            "act: the practice has no such alternative",
            lambda: changed_facts(WILL, Facts({"act": State.MET}), []),
        ),
        ("target: 4 is no index of a class, 0 to 3", lambda: smallest_change(WILL, Facts(), [], target=4)),
        (
            "target: True is no index of a class, 0 to 3",
            lambda: smallest_change(WILL, Facts(), [], target=True),
        ),
        ("rule: the practice has no such alternative", lambda: smallest_change(WILL, Facts(), [way("rule")])),
    ],
)
def test_wrong_input_is_refused_by_name(said: str, call: Callable[[], Any]) -> None:
    with pytest.raises(MethodError) as refusal:
        call()
    assert str(refusal.value) == said
