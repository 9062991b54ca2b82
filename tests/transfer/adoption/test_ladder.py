"""The outcome ladder: what may follow what, and when."""

from __future__ import annotations

import datetime as dt
import doctest

import pytest

from sadzonka.transfer.adoption import ladder
from sadzonka.transfer.adoption.ladder import (
    InTheFuture,
    OutOfTurn,
    Reached,
    TooEarly,
    check,
    earliest_day,
    months_after,
    next_outcomes,
)

TODAY = dt.date(2026, 5, 4)
WHOLE = ["considered", "decided", "started", "delivered", "sustained-12", "sustained-24"]


def path(*stages: tuple[str, str]) -> list[Reached]:
    return [Reached(outcome, dt.date.fromisoformat(day)) for outcome, day in stages]


def test_the_examples_in_the_ladder_hold() -> None:
    assert doctest.testmod(ladder).failed == 0
    assert doctest.testmod(ladder).attempted == 6


@pytest.mark.parametrize(
    ("reached", "after"),
    [
        ([], ["considered"]),
        (WHOLE[:1], ["decided", "declined"]),
        (WHOLE[:2], ["started", "abandoned"]),
        (WHOLE[:3], ["delivered", "abandoned"]),
        (WHOLE[:4], ["sustained-12", "abandoned"]),
        (WHOLE[:5], ["sustained-24", "abandoned"]),
        (WHOLE, ["abandoned"]),
        (["considered", "declined"], []),
        (["considered", "decided", "abandoned"], []),
    ],
)
def test_one_rung_follows_the_other_and_ends_end(reached: list[str], after: list[str]) -> None:
    assert list(next_outcomes(reached)) == after


@pytest.mark.parametrize(
    ("reached", "after"),
    [
        ([], ["considered", "decided", "started", "delivered", "declined", "abandoned"]),
        (["considered"], ["decided", "started", "delivered", "declined", "abandoned"]),
        (["started"], ["delivered", "abandoned"]),
        (["delivered"], ["sustained-12", "sustained-24", "abandoned"]),
        (["declined"], []),
    ],
)
def test_a_source_may_know_only_some_rungs(reached: list[str], after: list[str]) -> None:
    assert list(next_outcomes(reached, may_skip=True)) == after


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-05-10", 12, "2024-05-10"),
        ("2023-05-10", 24, "2025-05-10"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2023-12-31", 12, "2024-12-31"),
        ("2023-12-31", 2, "2024-02-29"),
    ],
)
def test_months_are_counted_by_the_calendar(start: str, months: int, end: str) -> None:
    assert months_after(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


def test_a_service_delivered_on_29_february_is_sustained_from_28_february_on() -> None:
    reached = path(
        ("considered", "2023-01-01"),
        ("decided", "2023-02-01"),
        ("started", "2023-03-01"),
        ("delivered", "2024-02-29"),
    )
    check([*reached, Reached("sustained-12", dt.date(2025, 2, 28))], today=TODAY)
    with pytest.raises(TooEarly) as refused:
        check([*reached, Reached("sustained-12", dt.date(2025, 2, 27))], today=TODAY)
    assert (refused.value.outcome, refused.value.earliest) == ("sustained-12", dt.date(2025, 2, 28))


def test_twenty_four_months_count_from_delivery_not_from_the_stage_before() -> None:
    reached = path(("delivered", "2022-01-10"), ("sustained-12", "2023-06-01"))
    assert earliest_day("sustained-24", reached) == dt.date(2024, 1, 10)
    late = path(("delivered", "2022-01-10"), ("sustained-12", "2024-06-01"))
    assert earliest_day("sustained-24", late) == dt.date(2024, 6, 1)


def test_stages_of_one_day_may_follow_each_other() -> None:
    check(path(("considered", "2024-01-01"), ("decided", "2024-01-01")), today=TODAY)


def test_a_stage_before_the_one_before_it_is_too_early() -> None:
    with pytest.raises(TooEarly) as refused:
        check(path(("considered", "2024-01-02"), ("decided", "2024-01-01")), today=TODAY)
    assert (refused.value.outcome, refused.value.earliest) == ("decided", dt.date(2024, 1, 2))


def test_nothing_is_reached_in_the_future() -> None:
    check([Reached("considered", TODAY)], today=TODAY)
    with pytest.raises(InTheFuture):
        check([Reached("considered", TODAY + dt.timedelta(days=1))], today=TODAY)


@pytest.mark.parametrize(
    "stages",
    [
        [("decided", "2024-01-01")],
        [("considered", "2024-01-01"), ("started", "2024-02-01")],
        [("considered", "2024-01-01"), ("abandoned", "2024-02-01")],
        [("considered", "2024-01-01"), ("decided", "2024-02-01"), ("declined", "2024-03-01")],
        [("considered", "2024-01-01"), ("declined", "2024-02-01"), ("decided", "2024-03-01")],
        [("considered", "2024-01-01"), ("considered", "2024-02-01")],
    ],
)
def test_a_rung_is_not_left_out(stages: list[tuple[str, str]]) -> None:
    with pytest.raises(OutOfTurn):
        check(path(*stages), today=TODAY)


def test_a_source_that_knows_nothing_of_delivery_cannot_tell_of_twelve_months() -> None:
    with pytest.raises(OutOfTurn):
        check(path(("started", "2020-01-01"), ("sustained-12", "2022-01-01")), today=TODAY, may_skip=True)
