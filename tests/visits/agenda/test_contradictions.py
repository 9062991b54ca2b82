"""What does not fit in an agenda is found, each thing once, in whatever order the items come."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.visits.agenda.contradictions import Contradiction, Kind, Planned, contradictions_in
from sadzonka.visits.agenda.words import languages_stated

DAY = dt.date(2026, 9, 1)
LAST_DAY = DAY + dt.timedelta(days=2)
POZNAN, KONIN, BOLOGNA = (52.41, 16.93), (52.22, 18.25), (44.49, 11.34)


def planned(key: str, times: str = "09:00-11:00", **fields: Any) -> Planned:
    """Return an item of the first day at `times`; an end or both may be missing."""
    start, _dash, end = times.partition("-")
    read = lambda text: dt.time.fromisoformat(text) if text else None  # noqa: E731
    return Planned(key, **{"held_on": DAY, "starts_at": read(start), "ends_at": read(end), **fields})


def found(*items: Planned, **visit: Any) -> list[tuple[str, ...]]:
    """Return the kind and the keys of each contradiction."""
    days = {"first_day": DAY, "last_day": LAST_DAY}
    return [
        (str(one.kind), *(item.key for item in one.items))
        for one in contradictions_in(items, **days, **visit)
    ]


def test_items_one_after_the_other_do_not_contradict() -> None:
    assert found(planned("a"), planned("b", "11:00-12:00"), planned("c", "12:00")) == []


@pytest.mark.parametrize(
    ("times", "is_at_once"),
    [
        ("10:59-12:00", True),
        ("09:30-10:00", True),
        ("08:00-12:00", True),
        ("10:00", True),
        ("09:00", True),
        ("11:00", False),
        ("08:00-09:00", False),
        ("", False),
        ("-10:00", False),
    ],
)
def test_two_items_at_once_contradict_as_far_as_their_times_are_known(times: str, is_at_once: bool) -> None:  # noqa: FBT001
    told = [(kind, *sorted(keys)) for kind, *keys in found(planned("a"), planned("b", times))]
    assert told == ([("at-once", "a", "b")] if is_at_once else [])


def test_the_same_time_on_another_day_or_on_no_day_is_fine() -> None:
    assert found(planned("a"), planned("b", held_on=LAST_DAY), planned("c", held_on=None)) == []


@pytest.mark.parametrize(
    ("both", "kind"),
    [
        ({"interpreter": 1}, "same-interpreter"),
        ({"host": 1}, "same-host"),
        ({"host": 1, "interpreter": 1}, "same-interpreter"),
        ({}, "at-once"),
    ],
)
def test_an_overlap_is_said_once_and_by_its_most_telling_reason(both: dict[str, int], kind: str) -> None:
    assert found(planned("a", **both), planned("b", "10:00-12:00", **both)) == [(kind, "a", "b")]


@pytest.mark.parametrize(
    ("kinds", "fits"),
    [
        (("travel", "meal"), True),
        (("travel", "debrief"), True),
        (("meal", "debrief"), True),
        (("meal", "other"), True),
        (("meeting", "meal"), False),
        (("debrief", "other"), False),
        (("travel", "travel"), False),
    ],
)
def test_one_can_eat_and_debrief_on_a_coach_but_meet_nobody(kinds: tuple[str, str], fits: bool) -> None:  # noqa: FBT001
    items = [planned(key, kind=kind) for key, kind in zip("ab", kinds, strict=True)]
    assert found(*items) == ([] if fits else [("at-once", "a", "b")])


def test_an_interpreter_is_not_on_two_visits_at_once() -> None:
    elsewhere = [
        planned("theirs", "10:00-12:00", interpreter=1),
        planned("later", "11:00-12:00", interpreter=1),
        planned("with-another", interpreter=2),
        planned("without"),
    ]
    assert found(planned("a", interpreter=1), planned("b", "13:00"), elsewhere=elsewhere) == [
        ("same-interpreter", "a", "theirs")
    ]


@pytest.mark.parametrize(("minutes", "fits"), [(30, True), (31, False), (None, True)])
def test_the_way_to_the_next_item_takes_its_time(minutes: int | None, fits: bool) -> None:  # noqa: FBT001
    items = planned("a"), planned("b", "11:30-12:00", travel_minutes=minutes)
    assert found(*items) == ([] if fits else [("travel-too-short", "a", "b")])


def test_what_is_said_of_a_way_is_how_much_there_is_and_how_much_it_takes() -> None:
    items = planned("a"), planned("b", "11:30-12:00", travel_minutes=45)
    (short,) = contradictions_in(items, first_day=DAY, last_day=LAST_DAY)
    assert (short.has, short.needs) == (30, 45)
    (far,) = contradictions_in(
        [planned("a", place=POZNAN), planned("b", "11:30", place=KONIN)], first_day=DAY, last_day=LAST_DAY
    )
    assert (far.kind, far.has, far.needs) == (Kind.TOO_FAR, 30, 92)


def test_an_item_without_an_end_leaves_at_most_the_time_since_its_start() -> None:
    assert found(planned("a", "09:00"), planned("b", "09:30", travel_minutes=31)) == [
        ("travel-too-short", "a", "b")
    ]
    assert found(planned("a", "09:00"), planned("b", "09:30", travel_minutes=30)) == []


def test_a_coach_that_is_an_item_of_its_own_takes_its_time_between_the_stops() -> None:
    coach = planned("coach", "11:00-12:00", kind="travel")
    assert found(planned("a"), coach, planned("b", "12:00", travel_minutes=60)) == []
    assert found(planned("a"), replace(coach, travel_minutes=61), planned("b", "12:00")) == [
        ("travel-too-short", "a", "b")
    ]


@pytest.mark.parametrize(
    ("place", "starts", "fits"),
    [
        (KONIN, "12:02", True),  # 92 km in 62 minutes
        (KONIN, "12:00", False),
        (POZNAN, "11:00", True),
        (None, "11:00", True),
        (BOLOGNA, "18:00", False),
    ],
)
def test_without_known_minutes_a_straight_line_must_be_possible(
    place: tuple[float, float] | None,
    starts: str,
    fits: bool,  # noqa: FBT001
) -> None:
    items = planned("a", place=POZNAN), planned("b", starts, place=place)
    assert found(*items) == ([] if fits else [("too-far", "a", "b")])


def test_minutes_that_are_known_count_instead_of_the_straight_line() -> None:
    assert found(planned("a", place=POZNAN), planned("b", "11:20", place=KONIN, travel_minutes=20)) == []


@pytest.mark.parametrize(("people", "fits"), [(12, True), (13, False), (None, True)])
def test_a_room_holds_the_people_expected(people: int | None, fits: bool) -> None:  # noqa: FBT001
    assert found(planned("a", capacity=12), planned("b", "11:00"), people_expected=people) == (
        [] if fits else [("room-too-small", "a")]
    )


def test_an_item_ends_after_it_starts() -> None:
    assert found(planned("a", "11:00-09:00"), planned("b", "12:00-12:00")) == [("ends-before-it-starts", "a")]


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (2, True), (3, False)])
def test_an_item_is_on_a_day_of_the_visit(days: int, fits: bool) -> None:  # noqa: FBT001
    item = planned("a", held_on=DAY + dt.timedelta(days=days))
    assert found(item) == ([] if fits else [("outside-the-visit", "a")])


@pytest.mark.parametrize(
    ("stated", "fits"),
    [
        ("pl, it", True),
        ("Polish and Italian", True),
        ("polski i włoski", True),
        ("polacco e italiano", True),
        ("pl, en", False),
        ("polski, angielski", False),
        ("PL/DE", False),
        ("", True),
        ("polski, a po włosku trochę", True),  # not understood as a whole: nothing is claimed
    ],
)
def test_an_interpreter_knows_the_language_spoken_if_any_is_stated(stated: str, fits: bool) -> None:  # noqa: FBT001
    item = planned("a", language="it", interpreter=1, interprets=languages_stated(stated))
    assert found(item) == ([] if fits else [("language-not-interpreted", "a")])
    assert found(replace(item, language="")) == []


HALF_HOURS = st.integers(0, 47).map(lambda half: dt.time(half // 2, 30 * (half % 2)))
ITEMS = st.lists(
    st.builds(
        Planned,
        key=st.uuids().map(str),
        kind=st.sampled_from(["meeting", "travel", "meal", "debrief", "other"]),
        held_on=st.none() | st.dates(DAY, LAST_DAY),
        starts_at=st.none() | HALF_HOURS,
        ends_at=st.none() | HALF_HOURS,
        host=st.none() | st.integers(1, 3),
        interpreter=st.none() | st.integers(1, 2),
        interprets=st.frozensets(st.sampled_from(["pl", "it", "en"])),
        language=st.sampled_from(["", "pl", "it"]),
        capacity=st.none() | st.integers(0, 40),
        travel_minutes=st.none() | st.integers(0, 120),
        place=st.none() | st.sampled_from([POZNAN, KONIN, BOLOGNA]),
    ),
    max_size=8,
)


def all_of(items: list[Planned], *, days: int = 0) -> list[Contradiction]:
    shift = dt.timedelta(days=days)
    return contradictions_in(
        items, first_day=DAY + shift, last_day=LAST_DAY + shift, people_expected=20, elsewhere=items[:1]
    )


@given(ITEMS.flatmap(lambda items: st.tuples(st.just(items), st.permutations(items))))
def test_the_order_of_the_items_does_not_matter(both: tuple[list[Planned], list[Planned]]) -> None:
    items, mixed = both
    days = {"first_day": DAY, "last_day": LAST_DAY, "people_expected": 20}
    assert contradictions_in(items, **days) == contradictions_in(mixed, **days)


@given(ITEMS, st.integers(-400, 400))
def test_an_agenda_moved_as_a_whole_has_the_same_contradictions(items: list[Planned], days: int) -> None:
    moved = [replace(item, held_on=item.held_on and item.held_on + dt.timedelta(days=days)) for item in items]
    told = [
        [(one.kind, [item.key for item in one.items], one.has, one.needs) for one in all_of(agenda, days=by)]
        for agenda, by in ((items, 0), (moved, days))
    ]
    assert told[0] == told[1]


@given(ITEMS)
def test_no_contradiction_is_said_twice(items: list[Planned]) -> None:
    days = {"first_day": DAY, "last_day": LAST_DAY, "people_expected": 20}
    told = [(one.kind, one.items) for one in contradictions_in(items, **days)]
    assert len(told) == len(set(told))
    pairs = [of for kind, of in told if kind in {Kind.AT_ONCE, Kind.SAME_HOST, Kind.SAME_INTERPRETER}]
    assert len(pairs) == len(set(pairs))


@given(ITEMS)
def test_a_meeting_that_is_planned_twice_never_fits(items: list[Planned]) -> None:
    again = [replace(item, key=f"again-{item.key}") for item in items]
    timed = [item for item in items if item.held_on and item.starts_at]
    days = {"first_day": DAY, "last_day": LAST_DAY}
    clashing = {one.items for one in contradictions_in([*items, *again], **days) if len(one.items) > 1}
    for item in timed:
        pair = (replace(item, key=f"again-{item.key}"), item)
        assert pair in clashing or pair[::-1] in clashing
