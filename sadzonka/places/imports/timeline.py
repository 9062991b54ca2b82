"""The history of one municipality: what a list of a day, or a dated statement, adds to it.

Lists only tell how things were on their day. A change between two lists is dated with the later one and
marked rough, and a third list from between moves it. What was told on the days of lists can be read off the
stored spans again, so a history is always built anew from all of it, and lists may be read in any order. What
a statement with exact days says is not moved by lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a municipality is called, which type it has and where it belongs."""

    name: str
    kind: str
    county: str
    is_vague: bool = False  # of a source that knows no types: gives way to one that does


@dataclass(frozen=True, slots=True)
class Dated:
    """What a source says with days: from the first to the last one, None where it does not know."""

    start: dt.date | None
    end: dt.date | None
    told: Told


@dataclass(slots=True)
class Span:
    """A period of a municipality; `pk` is None while it is not stored."""

    start: dt.date | None
    end: dt.date | None
    told: Told
    is_rough: bool = False
    pk: int | None = None

    def covers(self, day: dt.date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Outcome(Enum):
    """What a statement did to a history."""

    SAME = auto()
    CHANGED = auto()
    CONTRADICTED = auto()  # something better dated says otherwise: nothing was changed
    DISPUTED = auto()  # another list of the same day says otherwise: nothing was changed


@dataclass(slots=True)
class History:
    """The spans of one municipality in order, and the days of lists that speak about it.

    `lists` are the days of stored lists of every municipality of its country: where a span covers such a day
    it is confirmed, where none does the municipality was absent. `mentions` are days of sources that may have
    named it; they only count where no list does.
    """

    spans: list[Span]
    lists: Sequence[dt.date] = ()
    mentions: Sequence[dt.date] = ()
    outranked: Collection[dt.date] = ()  # days of which only lists of less authority are stored

    def at(self, day: dt.date) -> Span | None:
        return next((span for span in self.spans if span.covers(day)), None)

    def tell(self, day: dt.date, told: Told) -> Outcome:
        """Take in that a list of `day` names the municipality so."""
        span = self.at(day)
        if span and told.is_vague:
            return Outcome.SAME
        if span and (span.told.is_vague or (day in self.outranked and span.told != told)):
            span.told = told
            return Outcome.CHANGED
        if span is None and (day in self.lists or self._is_ruled_out(day)):
            return Outcome.CONTRADICTED
        if span and span.told != told and day in self.lists:
            return Outcome.DISPUTED
        return self._rebuild({day: told}, set())

    def miss(self, day: dt.date) -> Outcome:
        """Take in that a list of every municipality on `day` does not name it."""
        if not self.spans or (self.at(day) is None and day in self.lists):
            return Outcome.SAME
        return Outcome.DISPUTED if day in self.lists else self._rebuild({day: None}, set())

    def date(self, statements: Sequence[Dated]) -> Outcome:
        """Take in what a source says with days, all its statements about this municipality together."""
        ordered = sorted(statements, key=lambda one: one.start or dt.date.min)
        was = self._state()
        for span in self.spans:
            if span.told.is_vague:
                span.told = replace(span.told, kind=ordered[-1].told.kind, is_vague=False)
        evidence: dict[dt.date, Told | None] = {}
        exact: set[dt.date] = set()
        is_contradicted = not self._bounds(ordered, evidence, exact)
        for before, after in pairwise(ordered):
            if after.start and before.told.kind != after.told.kind:
                evidence[after.start - DAY] = self._named(after.start - DAY, before.told)
                evidence[after.start] = self._named(after.start, after.told)
                exact.add(after.start)
        if evidence:
            is_contradicted |= self._rebuild(evidence, exact) is Outcome.CONTRADICTED
        if was != self._state():
            return Outcome.CHANGED
        return Outcome.CONTRADICTED if is_contradicted else Outcome.SAME

    def _bounds(
        self, ordered: Sequence[Dated], evidence: dict[dt.date, Told | None], exact: set[dt.date]
    ) -> bool:
        """Add the first and last day that a source tells, unless better is known; say whether it was so."""
        first, last = ordered[0], ordered[-1]
        known, is_added = self._exact(), True
        begin, end = first.start, last.end
        if begin:
            if self.spans and (self.spans[0].start in known - {begin} or self._is_confirmed(before=begin)):
                is_added = False
            else:
                evidence |= {begin - DAY: None, begin: self._named(begin, first.told)}
                exact.add(begin)
        if end:
            gone = end + DAY
            stored_end = self.spans[-1].end if self.spans else None
            if (stored_end and stored_end + DAY in known - {gone}) or self._is_confirmed(after=end):
                is_added = False
            else:
                evidence |= {end: self._named(end, last.told), gone: None}
                exact.add(gone)
        return is_added

    def _is_confirmed(self, *, before: dt.date = dt.date.min, after: dt.date = dt.date.max) -> bool:
        """Say whether a list names it before or after a day."""
        return any(self.at(one) for one in self.lists if one < before or one > after)

    def _named(self, day: dt.date, told: Told) -> Told:
        """Return what a dated source tells of the type, with name and county as lists tell them."""
        span = self.at(day) or (self.spans[0] if self.spans else None)
        return replace(span.told, kind=told.kind) if span else told

    def _is_ruled_out(self, day: dt.date) -> bool:
        """Say whether the municipality is known to the day to have ended before, or begun after."""
        # What two lists enclose, a third one may correct.
        exact = self._exact().difference(self.lists)
        ended = [span.end for span in self.spans if span.end and span.end < day]
        begins = [span.start for span in self.spans if span.start and span.start > day]
        return bool(ended and max(ended) + DAY in exact) or bool(begins and min(begins) in exact)

    def _exact(self) -> set[dt.date]:
        """Return the days of changes that are known: a rough one lies on the day of a list."""
        days = [span.start for span in self.spans if span.start]
        days += [span.end + DAY for span in self.spans if span.end]
        vague = {*self.lists, *self.mentions}
        return {
            day
            for day in days
            if day not in vague
            or not all(
                span.is_rough
                for span in self.spans
                if day == span.start or (span.end and day == span.end + DAY)
            )
        }

    def _evidence(self) -> dict[dt.date, Told | None]:
        """Return what is known of single days: those of lists, and the eves and days of exact changes."""
        days = {*self.lists, *(one for change in self._exact() for one in (change - DAY, change))}
        return {one: span.told if (span := self.at(one)) else None for one in days}

    def _rebuild(self, added: dict[dt.date, Told | None], exact: set[dt.date]) -> Outcome:
        """Build the spans from all that is known, unless that would date a change by accident."""
        evidence = self._evidence()
        for span in self.spans:
            if not any(span.covers(one) for one in evidence):
                evidence |= self._recalled(span, added)
        known = self._exact() | exact
        spans, changes = _built(evidence | added, known)
        told_on = set() if exact else set(added)
        if changes - known - told_on - {*self.lists, *self.mentions}:
            return Outcome.CONTRADICTED
        was = self._state()
        for span, old in zip(spans, self.spans, strict=False):
            span.pk = old.pk
        self.spans[:] = spans
        return Outcome.SAME if self._state() == was else Outcome.CHANGED

    def _recalled(self, span: Span, added: dict[dt.date, Told | None]) -> dict[dt.date, Told | None]:
        """Return a day for a span that no list tells of: that of a source, else the eve of what comes."""
        inside = [one for one in added if span.covers(one)]
        if len(inside) > 1:  # statements with days tell the whole span
            return {}
        mention = max((one for one in self.mentions if span.covers(one) and one not in added), default=None)
        eve = inside[0] - DAY if inside and span.covers(inside[0] - DAY) else span.end or span.start
        day = mention or eve
        return {day: span.told} if day and day not in added else {}

    def _state(self) -> list[tuple[dt.date | None, dt.date | None, Told, bool]]:
        return [(span.start, span.end, span.told, span.is_rough) for span in self.spans]


def _built(evidence: dict[dt.date, Told | None], exact: set[dt.date]) -> tuple[list[Span], set[dt.date]]:
    """Return the spans between changes, and the days of the changes."""
    points = sorted(evidence.items())
    spans: list[Span] = []
    changes: set[dt.date] = set()
    start, is_rough, state = None, False, points[0][1]
    for (known_on, before), (told_on, after) in pairwise(points):
        if before == after:
            continue
        day = max((one for one in exact if known_on < one <= told_on), default=None)
        change, rough = day or told_on, day is None and _is_rough(known_on, told_on)
        if before is not None:
            spans.append(Span(start, change - DAY, before, is_rough=is_rough or rough))
        start, is_rough, state = change, rough, after
        changes.add(change)
    if state is not None:
        spans.append(Span(start, None, state, is_rough=is_rough))
    return spans, changes


def _is_rough(known: dt.date, changed: dt.date) -> bool:
    """Say whether a change between these days may have happened on another one than `changed`.

    Types, names and borders change on 1 January: between lists of two years' first days the day is certain.
    """
    return not ((changed.month, changed.day) == (1, 1) and known == changed.replace(year=changed.year - 1))
