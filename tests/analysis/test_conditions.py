"""Clauses, the gate, and the smallest repair against every possible repair."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    Alternative,
    Clause,
    Facts,
    Gate,
    Practice,
    State,
    clause_reports,
    gate_of,
    smallest_repair,
)
from tests.analysis.strategies import clauses, often, states_of

AGREEMENT = Alternative("inter-municipal agreement", changed_by="municipality", cost_class=1)
CENTRE = Alternative("own centre of social integration", changed_by="municipality", cost_class=2)
LAW = Alternative("a new act", changed_by="parliament", cost_class=3)
RUN = Clause("somebody runs it", (AGREEMENT, CENTRE))
ALLOWED = Clause("it is allowed", (LAW,))
PRACTICE = Practice((RUN, ALLOWED), ())


def test_no_clause_leaves_the_gate_open() -> None:
    assert gate_of(clause_reports(Practice((), ()), Facts())) is Gate.OPEN


def test_unknown_is_never_met() -> None:
    reports = clause_reports(PRACTICE, Facts(states={LAW.key: State.MET}))
    assert [report.state for report in reports] == [State.UNKNOWN, State.MET]
    assert gate_of(reports) is Gate.TO_VERIFY


def test_clause_is_met_by_any_alternative() -> None:
    states = {AGREEMENT.key: State.UNMET, CENTRE.key: State.MET, LAW.key: State.MET}
    assert gate_of(clause_reports(PRACTICE, Facts(states=states))) is Gate.OPEN


def test_report_names_who_can_change_what_is_not_met() -> None:
    reports = clause_reports(PRACTICE, Facts(states={AGREEMENT.key: State.MET, LAW.key: State.UNMET}))
    assert [report.changed_by for report in reports] == [(), ("parliament",)]
    assert [one.state for one in reports[0].alternatives] == [State.MET, State.UNKNOWN]


def test_repair_prefers_the_cheaper_alternative() -> None:
    assert smallest_repair(PRACTICE, Facts(states={LAW.key: State.MET})) == (AGREEMENT,)


def test_repair_prefers_fewer_alternatives_to_cheaper_ones() -> None:
    both = Alternative("a county programme", changed_by="county", cost_class=5)
    practice = Practice((Clause("first", (AGREEMENT, both)), Clause("second", (CENTRE, both))), ())
    assert smallest_repair(practice, Facts()) == (both,)


def test_nothing_is_repaired_where_the_gate_is_open() -> None:
    assert smallest_repair(PRACTICE, Facts(states={CENTRE.key: State.MET, LAW.key: State.MET})) == ()


def test_repair_of_many_clauses_is_found_at_once() -> None:
    many = tuple(
        Clause(f"clause {i}", tuple(Alternative(f"way {i} {j}", cost_class=j) for j in range(5)))
        for i in range(40)
    )
    assert [one.key for one in smallest_repair(Practice(many, ()), Facts())] == [
        f"way {i} 0" for i in range(40)
    ]


@often
@given(clauses().map(lambda drawn: Practice(drawn, ())), st.data())
def test_repair_is_the_best_of_all_sets_that_open_the_gate(practice: Practice, data: st.DataObject) -> None:
    facts = Facts(states=data.draw(states_of(practice)))
    place = {one: i for i, one in enumerate(practice.alternatives)}

    def opens(repair: Iterable[Alternative]) -> bool:
        states = dict(facts.states) | {one.key: State.MET for one in repair}
        return gate_of(clause_reports(practice, Facts(states=states))) is Gate.OPEN

    working = [
        repair
        for size in range(len(place) + 1)
        for repair in combinations(practice.alternatives, size)
        if opens(repair)
    ]
    best = min(
        working,
        key=lambda repair: (
            len(repair),
            sorted((one.cost_class for one in repair), reverse=True),
            [place[one] for one in repair],
        ),
    )
    assert smallest_repair(practice, facts) == best
