"""The necessary conditions of a practice at one place (method, sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sadzonka.analysis.facts import Facts, check_facts
from sadzonka.analysis.practice import Alternative, Clause, Practice
from sadzonka.analysis.states import Gate, State, all_of, any_of


@dataclass(frozen=True, slots=True)
class AlternativeReport:
    """An alternative and its state at the place.

    >>> AlternativeReport(Alternative("agreement", changed_by="municipality"), State.UNKNOWN).state.word
    'unknown'
    """

    alternative: Alternative
    state: State


@dataclass(frozen=True, slots=True)
class ClauseReport:
    """A clause, its state, and its alternatives with theirs.

    >>> agreement = AlternativeReport(Alternative("agreement", changed_by="municipality"), State.UNMET)
    >>> ClauseReport("somebody runs it", State.UNMET, (agreement,)).changed_by
    ('municipality',)
    """

    key: str
    state: State
    alternatives: tuple[AlternativeReport, ...]

    @property
    def changed_by(self) -> tuple[str, ...]:
        """Who can change the alternatives that are not met, each once; empty when the clause is met.

        >>> ClauseReport("somebody runs it", State.MET, ()).changed_by
        ()
        """
        if self.state is State.MET:
            return ()
        actors = (one.alternative.changed_by for one in self.alternatives if one.state is not State.MET)
        return tuple(dict.fromkeys(actor for actor in actors if actor))


def clause_reports(practice: Practice, facts: Facts) -> tuple[ClauseReport, ...]:
    """Report every clause in the practice's order; those that are unmet or unknown need an answer.

    Facts that do not fit the practice raise `MethodError`. Source: method, section 2.

    >>> practice = Practice((Clause("somebody runs it", (Alternative("a"), Alternative("b"))),), ())
    >>> clause_reports(practice, Facts(states={"a": State.UNMET}))[0].state.word
    'unknown'
    """
    check_facts(practice, facts)
    return tuple(_report(clause, facts) for clause in practice.clauses)


def gate_of(reports: tuple[ClauseReport, ...]) -> Gate:
    """Gate of all clauses together: their minimum, open when there is none. Source: method, section 2.

    >>> gate_of((ClauseReport("a", State.MET, ()), ClauseReport("b", State.UNKNOWN, ()))).word
    'to_verify'
    """
    return Gate(all_of(report.state for report in reports).value)


def smallest_repair(practice: Practice, facts: Facts) -> tuple[Alternative, ...]:
    """Find the fewest alternatives that, once met, meet every clause; empty when the gate is open.

    Among equally many the set whose dearest cost class is lowest wins (then the second dearest ...),
    then the one earliest in the practice's order. Exact. Facts that do not fit raise `MethodError`.
    Source: method, section 8 (a minimum hitting set).

    >>> a, b, c = Alternative("a"), Alternative("b", cost_class=2), Alternative("c")
    >>> practice = Practice((Clause("first", (a, b)), Clause("second", (b, c))), ())
    >>> [one.key for one in smallest_repair(practice, Facts())]
    ['b']
    >>> [one.key for one in smallest_repair(practice, Facts(states={"a": State.MET}))]
    ['c']
    """
    open_clauses = {report.key for report in clause_reports(practice, facts) if report.state is not State.MET}
    clauses = [clause for clause in practice.clauses if clause.key in open_clauses]
    place = {alternative: index for index, alternative in enumerate(practice.alternatives)}
    options = _undominated(clauses, place)

    def rank(repair: frozenset[Alternative]) -> tuple[int, list[int], list[int]]:
        dearest_first = sorted((one.cost_class for one in repair), reverse=True)
        return len(repair), dearest_first, sorted(place[one] for one in repair)

    best = min(_repairs(clauses, options, frozenset()), key=rank)
    return tuple(sorted(best, key=place.__getitem__))


def _report(clause: Clause, facts: Facts) -> ClauseReport:
    alternatives = tuple(AlternativeReport(one, facts.state_of(one.key)) for one in clause.alternatives)
    return ClauseReport(clause.key, any_of(one.state for one in alternatives), alternatives)


def _undominated(clauses: list[Clause], place: dict[Alternative, int]) -> set[Alternative]:
    """Options that no cheaper or earlier one replaces in every clause: the best repair is among them."""
    meets = {
        alternative: {clause.key for clause in clauses if alternative in clause.alternatives}
        for alternative in place
    }
    kept: list[Alternative] = []
    for option in sorted(place, key=lambda one: (one.cost_class, place[one])):
        if not any(meets[option] <= meets[better] for better in kept):
            kept.append(option)
    return set(kept)


def _repairs(
    clauses: list[Clause], options: set[Alternative], chosen: frozenset[Alternative]
) -> Iterator[frozenset[Alternative]]:
    """Every set that meets the first open clause by one option, then the next open clause, and so on."""
    open_clauses = [clause for clause in clauses if chosen.isdisjoint(clause.alternatives)]
    if not open_clauses:
        yield chosen
        return
    for alternative in open_clauses[0].alternatives:
        if alternative in options:
            yield from _repairs(open_clauses, options, chosen | {alternative})
