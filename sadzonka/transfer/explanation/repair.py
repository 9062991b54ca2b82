"""The fewest ways to meet the conditions that would open the gate, none of them out of reach."""

from __future__ import annotations

from dataclasses import replace

from sadzonka.analysis import Alternative, Facts, Practice, State, smallest_repair
from sadzonka.practices.choices import ChangedBy
from sadzonka.transfer.queries import Outlook, is_in_force


def repair_of(outlook: Outlook) -> tuple[Alternative, ...]:
    """Return the fewest alternatives that would open the gate; none when some condition has no way left.

    Nobody can bring a law into force that is not, nor change what nobody can; what is only not known may
    turn out to be so.
    """
    within_reach = _within_reach(outlook)
    open_clauses = []
    for clause, report in zip(outlook.model.clauses, outlook.analysis.clauses, strict=True):
        if report.state is State.MET:
            continue
        ways = tuple(one for one in clause.alternatives if one.key in within_reach)
        if not ways:
            return ()
        open_clauses.append(replace(clause, alternatives=ways))
    offered = Practice(tuple(open_clauses), ())
    states = {one.key: outlook.facts.state_of(one.key) for one in offered.alternatives}
    return smallest_repair(offered, Facts(states))


def _within_reach(outlook: Outlook) -> set[str]:
    return {
        one.key
        for clause in outlook.version.clauses.all()
        for one in clause.alternatives.all()
        if is_in_force(one, outlook.knowledge.day)
        and (one.changed_by != ChangedBy.NOBODY or outlook.facts.state_of(one.key) is not State.UNMET)
    }
