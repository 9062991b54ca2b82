"""The smallest changes that surely lead to a class: what, by whom, at which cost, what each adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from sadzonka.analysis import (
    CLASSES,
    MOST_CHANGES,
    Analysis,
    Change,
    ChangeSet,
    Gate,
    MethodError,
    State,
    analyse,
    changed_facts,
    smallest_change,
)
from sadzonka.transfer.addresses import query_of
from sadzonka.transfer.explanation.options import Option, open_options, options_of
from sadzonka.transfer.queries import Outlook
from sadzonka.transfer.words import CLASS_WORDS, class_range, gate_word

STRONGEST = len(CLASSES) - 1


@dataclass(frozen=True, slots=True)
class WayLine:
    """One change of a way: what it adds to the lower end of the score, and whether it may be so already."""

    option: Option
    adds: float
    is_unknown_now: bool


@dataclass(frozen=True, slots=True)
class Way:
    """The fewest changes that open the gate and surely lead to a class; `lines` is None when none do.

    `after` is the analysis with them; when none do, with everything that can be changed. `query` is the
    part of an address that holds what was changed together with the reader's answers.
    """

    target: int
    lines: tuple[WayLine, ...] | None
    after: Analysis
    query: str

    @property
    def word(self) -> Promise:
        return CLASS_WORDS[self.target]

    @property
    def classes_after(self) -> str:
        return class_range(self.after.class_interval)

    @property
    def gate_after(self) -> Promise:
        return gate_word(self.after.gate)


@dataclass(frozen=True, slots=True)
class Ways:
    """The way to the next class and to those above, as far as the card knows what can be changed.

    `nearest` is None when everything is reached, and when more steps might help than can be searched.
    """

    options: tuple[Option, ...]
    nearest: Way | None
    further: tuple[Way, ...]
    is_there: bool

    @property
    def most(self) -> int:
        """Among how many steps the smallest set is searched."""
        return MOST_CHANGES


def ways_of(outlook: Outlook) -> Ways:
    """Return the smallest changes that lead to each class above the present lower end, the nearest first.

    At the strongest class it is what opens the gate. When even everything together does not lead to a
    class, it does not lead to a higher one either.
    """
    lowest = outlook.analysis.class_interval[0]
    options = options_of(outlook.version, outlook.knowledge.day)
    is_there = lowest == STRONGEST and outlook.analysis.gate is Gate.OPEN
    found: list[Way] = []
    if not is_there:
        for target in range(min(lowest + 1, STRONGEST), STRONGEST + 1):
            try:
                found.append(_way(outlook, options, target))
            except MethodError:  # more steps than can be searched: facts and changes fit the card they are of
                break
            if found[-1].lines is None:
                break
    still_open = open_options(options, outlook.facts)
    return Ways(still_open, found[0] if found else None, tuple(found[1:]), is_there=is_there)


def _way(outlook: Outlook, options: tuple[Option, ...], target: int) -> Way:
    by_change = {option.change: option for option in options}
    result = outlook.analysis
    found = smallest_change(
        outlook.model, outlook.facts, by_change, result.weights, result.method, target=target
    )
    if found is None:
        everything = [one.change for one in open_options(options, outlook.facts)]
        facts = changed_facts(outlook.model, outlook.facts, everything)
        after = analyse(outlook.model, facts, result.weights, result.method)
        return Way(target, None, after, query_of(outlook.answers, everything))
    return Way(
        target, _lines(found, by_change, outlook), found.after, query_of(outlook.answers, found.changes)
    )


def _lines(found: ChangeSet, by_change: Mapping[Change, Option], outlook: Outlook) -> tuple[WayLine, ...]:
    return tuple(
        WayLine(by_change[change], adds, is_unknown_now=_is_unknown(by_change[change], outlook))
        for change, adds in zip(found.changes, found.adds, strict=True)
    )


def _is_unknown(option: Option, outlook: Outlook) -> bool:
    if option.criterion is not None:
        return option.change.key not in outlook.facts.readings
    return outlook.facts.state_of(option.change.key) is State.UNKNOWN
