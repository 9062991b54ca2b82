"""Another day: what happened earlier is stored as it would have been then, under the rules of that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone


@contextmanager
def at_that_time(moment: dt.datetime) -> Iterator[None]:
    """Let the clock of this process show `moment`, for whoever asks Django what time it is.

    Only for loading a past that is told in files: so deadlines hold, and no date is bent afterwards. The
    clock stands still meanwhile. Not for a process that answers requests beside it.
    """
    running = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = running


def read_moment(value: Any) -> dt.datetime:
    """Read a date and time, a date (its noon), or a number of days from today (this hour then)."""
    if isinstance(value, int):
        return timezone.now() + dt.timedelta(days=value)
    if not isinstance(value, dt.date):
        value = dt.datetime.fromisoformat(str(value))
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time(12))
    return timezone.make_aware(value) if timezone.is_naive(value) else value


def read_day(value: Any) -> dt.date:
    """Read a date, or a number of days from today."""
    return timezone.localdate(read_moment(value))
