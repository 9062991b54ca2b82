"""What if these steps were taken: the analysis before and after, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from sadzonka.analysis import Analysis, ClauseReport, State, analyse, changed_facts
from sadzonka.practices.models import Clause
from sadzonka.transfer.explanation.options import Option
from sadzonka.transfer.queries import Outlook
from sadzonka.transfer.words import class_range, gate_word


@dataclass(frozen=True, slots=True)
class Taken:
    """An analysis without and with steps that a reader imagines; `open_clauses` are not met even then."""

    options: tuple[Option, ...]
    before: Analysis
    after: Analysis
    open_clauses: tuple[Clause, ...]

    @property
    def changes_nothing(self) -> bool:
        return (self.before.gate, self.before.score) == (self.after.gate, self.after.score)

    @property
    def gates(self) -> tuple[Promise, Promise]:
        """The state of all conditions together, before and after, in words."""
        return gate_word(self.before.gate), gate_word(self.after.gate)

    @property
    def classes(self) -> tuple[str, str]:
        """The class from its lower to its upper end, before and after, in words."""
        return class_range(self.before.class_interval), class_range(self.after.class_interval)


def taken_steps(outlook: Outlook, options: Sequence[Option]) -> Taken:
    """Return what an analysis becomes when these steps are taken, after the reader's answers."""
    result = outlook.analysis
    facts = changed_facts(outlook.model, outlook.facts, [one.change for one in options])
    after = analyse(outlook.model, facts, result.weights, result.method)
    return Taken(tuple(options), result, after, _open_clauses(outlook, after.clauses))


def _open_clauses(outlook: Outlook, reports: Sequence[ClauseReport]) -> tuple[Clause, ...]:
    pairs = zip(outlook.version.clauses.all(), reports, strict=True)
    return tuple(clause for clause, report in pairs if report.state is not State.MET)
