"""Lists of municipalities tell history in whatever order they are read; exact days are not moved by lists."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.places.imports.timeline import Dated, History, Outcome, Span, Told

RURAL, MIXED = Told("Rejowiec", "rural", "0603"), Told("Rejowiec", "urban-rural", "0603")
RENAMED = Told("Redzikowo", "rural", "0603")
Row = tuple[str | None, str | None, str, bool]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def shown(history: History) -> list[Row]:
    return [
        (
            span.start.isoformat() if span.start else None,
            span.end.isoformat() if span.end else None,
            f"{span.told.name} {span.told.kind}",
            span.is_rough,
        )
        for span in history.spans
    ]


def told_by(*lists: tuple[str, Told | None]) -> History:
    """Return the history that whole lists tell one after the other; None: the list does not name it."""
    history = History([])
    known: list[dt.date] = []
    for text, told in lists:
        history.lists = tuple(sorted(known))
        if told is None:
            history.miss(day(text))
        else:
            history.tell(day(text), told)
        known.append(day(text))
    history.lists = tuple(sorted(known))
    return history


def test_a_first_list_tells_nothing_of_before_and_after() -> None:
    assert shown(told_by(("2024-01-01", RURAL))) == [(None, None, "Rejowiec rural", False)]


def test_a_newer_list_with_another_name_begins_a_roughly_dated_period() -> None:
    assert shown(told_by(("2020-01-01", RURAL), ("2024-01-01", RENAMED))) == [
        (None, "2023-12-31", "Rejowiec rural", True),
        ("2024-01-01", None, "Redzikowo rural", True),
    ]


def test_lists_of_two_following_new_years_date_a_change_exactly() -> None:
    assert shown(told_by(("2023-01-01", RURAL), ("2024-01-01", RENAMED))) == [
        (None, "2023-12-31", "Rejowiec rural", False),
        ("2024-01-01", None, "Redzikowo rural", False),
    ]


def test_an_older_list_does_not_overwrite_what_a_newer_one_told() -> None:
    assert shown(told_by(("2024-01-01", RENAMED), ("2020-01-01", RURAL))) == [
        (None, "2023-12-31", "Rejowiec rural", True),
        ("2024-01-01", None, "Redzikowo rural", True),
    ]


def test_a_list_from_between_moves_a_rough_change() -> None:
    moved = told_by(("2020-01-01", RURAL), ("2024-01-01", RENAMED), ("2022-01-01", RENAMED))
    assert shown(moved) == [
        (None, "2021-12-31", "Rejowiec rural", True),
        ("2022-01-01", None, "Redzikowo rural", True),
    ]


def test_one_that_a_newer_whole_list_lacks_has_ended() -> None:
    assert shown(told_by(("2020-01-01", RURAL), ("2024-01-01", None))) == [
        (None, "2023-12-31", "Rejowiec rural", True)
    ]


def test_one_told_only_by_an_older_list_is_made_as_ended() -> None:
    assert shown(told_by(("2024-01-01", None), ("2020-01-01", RURAL))) == [
        (None, "2023-12-31", "Rejowiec rural", True)
    ]


def test_the_same_list_again_changes_nothing() -> None:
    history = told_by(("2020-01-01", RURAL), ("2024-01-01", RENAMED))
    was = shown(history)
    assert [history.tell(day("2020-01-01"), RURAL), history.tell(day("2024-01-01"), RENAMED)] == [
        Outcome.SAME,
        Outcome.SAME,
    ]
    assert shown(history) == was


def test_two_lists_of_one_day_that_differ_are_a_dispute_unless_one_is_the_register() -> None:
    history = told_by(("2023-01-01", RURAL))
    assert (history.tell(day("2023-01-01"), RENAMED), shown(history)) == (
        Outcome.DISPUTED,
        [(None, None, "Rejowiec rural", False)],
    )
    history.outranked = {day("2023-01-01")}
    assert (history.tell(day("2023-01-01"), RENAMED), shown(history)) == (
        Outcome.CHANGED,
        [(None, None, "Redzikowo rural", False)],
    )


def test_a_list_without_types_gives_way_to_one_that_knows_them() -> None:
    vague = Told("REJOWIEC", "local-unit", "0603", is_vague=True)
    for order in ((vague, RURAL), (RURAL, vague)):
        history = History([])
        for text, told in zip(("2019-01-01", "2024-01-01"), order, strict=True):
            history.tell(day(text), told)
        assert shown(history) == [(None, None, "Rejowiec rural", False)]


CHANGE = [
    Dated(day("2006-01-01"), day("2016-12-31"), RURAL),
    Dated(day("2017-01-01"), None, MIXED),
]
EXACT = [
    ("2006-01-01", "2016-12-31", "Rejowiec rural", False),
    ("2017-01-01", None, "Rejowiec urban-rural", False),
]


@pytest.mark.parametrize(
    "lists",
    [
        [],
        [("2024-01-01", MIXED)],
        [("2010-01-01", RURAL)],
        [("2010-01-01", RURAL), ("2024-01-01", MIXED)],
        [("2024-01-01", MIXED), ("2010-01-01", RURAL)],
        [("2010-01-01", RURAL), ("2020-01-01", MIXED), ("2024-01-01", MIXED)],
    ],
)
def test_exact_days_are_kept_whether_they_come_before_or_after_lists(
    lists: list[tuple[str, Told | None]],
) -> None:
    after = told_by(*lists)
    assert after.date(CHANGE) is Outcome.CHANGED
    before = History([])
    before.date(CHANGE)
    for text, told in lists:
        assert told is not None
        before.tell(day(text), told)
    assert (shown(after), shown(before)) == (EXACT, EXACT)
    assert after.date(CHANGE) is Outcome.SAME


def test_an_exact_end_is_neither_moved_nor_undone_by_a_list() -> None:
    gone = [Dated(None, day("2018-12-31"), RURAL)]
    history = History([])
    history.date(gone)
    assert history.tell(day("2019-06-30"), RURAL) is Outcome.CONTRADICTED
    assert history.miss(day("2015-01-01")) is Outcome.CONTRADICTED
    assert shown(history) == [(None, "2018-12-31", "Rejowiec rural", False)]


def test_an_exact_end_replaces_a_rough_one() -> None:
    history = told_by(("2010-01-01", RURAL), ("2024-01-01", None))
    assert history.date([Dated(None, day("2018-12-31"), RURAL)]) is Outcome.CHANGED
    assert shown(history) == [(None, "2018-12-31", "Rejowiec rural", False)]


def test_an_exact_day_that_contradicts_an_exact_day_changes_nothing() -> None:
    history = History([Span(day("2005-01-01"), None, RURAL)])
    assert history.date([Dated(day("2006-01-01"), None, RURAL)]) is Outcome.CONTRADICTED
    assert shown(history) == [("2005-01-01", None, "Rejowiec rural", False)]


LISTS = st.lists(
    st.tuples(st.integers(2000, 2024), st.sampled_from([RURAL, MIXED, None])),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one[0],
)


@given(LISTS.filter(lambda lists: any(told for _year, told in lists)), st.randoms(use_true_random=False))
def test_whole_lists_give_the_same_history_in_any_order(
    lists: list[tuple[int, Told | None]], random: Random
) -> None:
    in_order = [(f"{year}-01-01", told) for year, told in sorted(lists, key=lambda one: one[0])]
    shuffled = in_order[:]
    random.shuffle(shuffled)
    assert shown(told_by(*shuffled)) == shown(told_by(*in_order))


@given(
    begin=st.none() | st.integers(2003, 2006),
    change=st.integers(2008, 2012),
    end=st.none() | st.integers(2015, 2018),
    years=st.sets(st.integers(2000, 2022), max_size=4),
    place=st.integers(0, 4),
    random=st.randoms(use_true_random=False),
)
def test_exact_days_and_lists_give_the_same_history_in_any_order(  # noqa: PLR0917 - what is drawn
    begin: int | None, change: int, end: int | None, years: set[int], place: int, random: Random
) -> None:
    first, last = new_year(begin), new_year(end)
    statements = [
        Dated(first, day(f"{change - 1}-12-31"), RURAL),
        Dated(day(f"{change}-01-01"), last - dt.timedelta(days=1) if last else None, MIXED),
    ]
    steps: list[int | None] = [*sorted(years)]
    random.shuffle(steps)
    steps.insert(place, None)  # where the dated statements come
    history, known = History([]), []
    for year in steps:
        if year is None:
            history.date(statements)
            continue
        listed = day(f"{year}-07-01")
        is_there = (first is None or first <= listed) and (last is None or listed < last)
        if is_there:
            history.tell(listed, RURAL if year < change else MIXED)
        else:
            history.miss(listed)
        known.append(listed)
        history.lists = tuple(sorted(known))
    assert shown(history) == [
        (shown_day(one.start), shown_day(one.end), f"Rejowiec {one.told.kind}", False) for one in statements
    ]


def new_year(year: int | None) -> dt.date | None:
    return dt.date(year, 1, 1) if year else None


def shown_day(one: dt.date | None) -> str | None:
    return one.isoformat() if one else None


@given(LISTS)
def test_every_list_finds_itself_again(lists: list[tuple[int, Told | None]]) -> None:
    ordered = [(f"{year}-01-01", told) for year, told in sorted(lists, key=lambda one: one[0])]
    history = told_by(*ordered)
    found = [span.told if (span := history.at(day(text))) else None for text, _told in ordered]
    assert found == [told for _text, told in ordered]
