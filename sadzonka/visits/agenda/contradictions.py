"""Where an agenda contradicts itself: computed from its items alone, without asking the database."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

KM_PER_HOUR = 90  # nobody crosses country in a straight line faster than that
EARTH_RADIUS_KM = 6371


class Kind(StrEnum):
    """What does not fit."""

    ENDS_BEFORE_IT_STARTS = "ends-before-it-starts"
    OUTSIDE_THE_VISIT = "outside-the-visit"
    ROOM_TOO_SMALL = "room-too-small"
    LANGUAGE_NOT_INTERPRETED = "language-not-interpreted"
    SAME_INTERPRETER = "same-interpreter"
    SAME_HOST = "same-host"
    AT_ONCE = "at-once"
    TRAVEL_TOO_SHORT = "travel-too-short"
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Planned:
    """An agenda item as far as it is planned; None, or nothing, where it is not known."""

    key: str
    title: object = field(default="", compare=False)  # a text in several languages, only to be shown
    kind: str = "meeting"
    held_on: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    host: int | None = None
    interpreter: int | None = None
    interprets: frozenset[str] = frozenset()  # languages; empty when not stated
    language: str = ""
    capacity: int | None = None
    travel_minutes: int | None = None
    place: tuple[float, float] | None = None  # latitude, longitude

    @property
    def start(self) -> int:
        """Return the minute of the day; only for items whose start is known."""
        return _minute(self.starts_at or dt.time())

    @property
    def end(self) -> int:
        """Return the minute of the day, that of the start when the end is not known or not possible."""
        return max(self.start, _minute(self.ends_at)) if self.ends_at else self.start


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that cannot be as planned.

    `has` and `needs` are people for a room, minutes for travel; for a way that is too far `has` is minutes
    and `needs` kilometres.
    """

    kind: Kind
    items: tuple[Planned, ...]
    has: int = 0
    needs: int = 0


def contradictions_in(
    items: Iterable[Planned],
    *,
    first_day: dt.date,
    last_day: dt.date,
    people_expected: int | None = None,
    elsewhere: Sequence[Planned] = (),
) -> list[Contradiction]:
    """Return what contradicts itself, in the order of the agenda, whatever the order of `items`.

    `elsewhere` are items of other visits: an interpreter cannot be there at the same time either.

    >>> day, nine = dt.date(2026, 9, 1), dt.time(9)
    >>> two = [Planned("a", held_on=day, starts_at=nine), Planned("b", held_on=day, starts_at=nine)]
    >>> [str(one.kind) for one in contradictions_in(two, first_day=day, last_day=day)]
    ['at-once']
    """
    ordered = sorted(items, key=_order)
    found: list[Contradiction] = []
    for item in ordered:
        found += _within(item, first_day, last_day, people_expected)
        found += _elsewhere(item, elsewhere)
    for of_a_day in _timed_by_day(ordered).values():
        found += _at_once(of_a_day)
        found += _on_the_way(of_a_day)
    return found


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _order(item: Planned) -> tuple[dt.date, int, int, str]:
    return (item.held_on or dt.date.max, item.start, item.end, item.key)


def _timed_by_day(items: list[Planned]) -> dict[dt.date, list[Planned]]:
    days = defaultdict(list)
    for item in items:
        if item.held_on and item.starts_at:
            days[item.held_on].append(item)
    return days


def _within(
    item: Planned, first_day: dt.date, last_day: dt.date, people_expected: int | None
) -> Iterator[Contradiction]:
    if item.starts_at and item.ends_at and item.ends_at < item.starts_at:
        yield Contradiction(Kind.ENDS_BEFORE_IT_STARTS, (item,))
    if item.held_on and not first_day <= item.held_on <= last_day:
        yield Contradiction(Kind.OUTSIDE_THE_VISIT, (item,))
    if item.capacity is not None and people_expected is not None and item.capacity < people_expected:
        yield Contradiction(Kind.ROOM_TOO_SMALL, (item,), has=item.capacity, needs=people_expected)
    if item.language and item.interprets and item.language not in item.interprets:
        yield Contradiction(Kind.LANGUAGE_NOT_INTERPRETED, (item,))


def _elsewhere(item: Planned, elsewhere: Sequence[Planned]) -> Iterator[Contradiction]:
    for other in sorted(elsewhere, key=_order):
        if item.interpreter and item.interpreter == other.interpreter and _overlap(item, other):
            yield Contradiction(Kind.SAME_INTERPRETER, (item, other))


def _overlap(one: Planned, other: Planned) -> bool:
    if one.held_on != other.held_on or not (one.held_on and one.starts_at and other.starts_at):
        return False
    first, second = sorted((one, other), key=_order)
    return first.start == second.start or second.start < first.end


def _may_go_together(one: Planned, other: Planned) -> bool:
    """On a coach one can eat and debrief, and a meal can be a debrief; a meeting is a meeting."""
    kinds = {one.kind, other.kind}
    return len(kinds) > 1 and "meeting" not in kinds and bool(kinds & {"travel", "meal"})


def _at_once(of_a_day: list[Planned]) -> Iterator[Contradiction]:
    """Everybody goes everywhere, so two items at once never fit; the most telling reason is given."""
    for one, other in combinations(of_a_day, 2):
        if not _overlap(one, other) or _may_go_together(one, other):
            continue
        if one.interpreter and one.interpreter == other.interpreter:
            yield Contradiction(Kind.SAME_INTERPRETER, (one, other))
        elif one.host and one.host == other.host:
            yield Contradiction(Kind.SAME_HOST, (one, other))
        else:
            yield Contradiction(Kind.AT_ONCE, (one, other))


def _on_the_way(of_a_day: list[Planned]) -> Iterator[Contradiction]:
    """Compare the time from each stop to the next with what the way takes; travel is no stop."""
    stops = [item for item in of_a_day if item.kind != "travel"]
    for stop in stops:
        before = [one for one in stops if _order(one) < _order(stop) and not _overlap(one, stop)]
        if not before:
            continue
        last = max(before, key=lambda one: (one.end, one.key))
        has = stop.start - last.end  # at most: it is less when the end of the last stop is not known
        ways = [one for one in of_a_day if one.kind == "travel" and last.start <= one.start <= stop.start]
        minutes = [one.travel_minutes for one in (*ways, stop) if one.travel_minutes is not None]
        distance = distance_km(last.place, stop.place) if last.place and stop.place else 0
        if minutes and has < max(minutes):
            yield Contradiction(Kind.TRAVEL_TOO_SHORT, (last, stop), has=has, needs=max(minutes))
        elif not minutes and has < distance * 60 / KM_PER_HOUR:
            yield Contradiction(Kind.TOO_FAR, (last, stop), has=has, needs=round(distance))


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how far two places are from each other in a straight line over the globe.

    >>> round(distance_km((52.40, 16.93), (52.23, 21.01)))  # Poznań, Warsaw
    278
    """
    (latitude, longitude), (other_latitude, other_longitude) = one, other
    north, east = radians(other_latitude - latitude) / 2, radians(other_longitude - longitude) / 2
    chord = sin(north) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
