"""Another day: whoever asks for the time is told that of the day that a file tells."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sadzonka.common.clock import at_that_time, read_day, read_moment

THEN = dt.datetime(2020, 2, 29, 10, 30, tzinfo=dt.UTC)


def test_within_it_is_that_time_and_afterwards_today_again() -> None:
    before = timezone.now()
    with at_that_time(THEN):
        assert (timezone.now(), timezone.localdate()) == (THEN, dt.date(2020, 2, 29))
    assert timezone.now() >= before


def test_one_past_inside_another_ends_where_it_began() -> None:
    with at_that_time(THEN):
        with at_that_time(THEN - dt.timedelta(days=1)):
            assert timezone.localdate() == dt.date(2020, 2, 28)
        assert timezone.now() == THEN


def test_an_error_within_brings_today_back() -> None:
    with pytest.raises(ZeroDivisionError), at_that_time(THEN):
        1 / 0  # noqa: B018 - any error would do
    assert timezone.now().year > 2020


def test_a_date_is_its_noon_and_a_time_is_of_this_place() -> None:
    assert read_moment(dt.date(2026, 5, 11)) == dt.datetime(2026, 5, 11, 10, tzinfo=dt.UTC)
    assert read_moment(dt.datetime(2026, 5, 11, 16, 5)) == dt.datetime(2026, 5, 11, 14, 5, tzinfo=dt.UTC)  # noqa: DTZ001 - as TOML has it
    assert read_moment("2026-05-11") == dt.datetime(2026, 5, 10, 22, tzinfo=dt.UTC)


def test_a_number_counts_days_from_today() -> None:
    with at_that_time(THEN):
        assert read_moment(-3) == THEN - dt.timedelta(days=3)
        assert read_day(1) == dt.date(2020, 3, 1)
    assert read_day(dt.date(2026, 5, 11)) == dt.date(2026, 5, 11)


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="soon"):
        read_moment("soon")
