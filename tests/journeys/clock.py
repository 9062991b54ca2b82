"""A clock that a story sets: days and years pass between one page and the next."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

TICK = dt.timedelta(milliseconds=1)


class Clock:
    """Tells the time of the story; it goes on by itself, very slowly, and never back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._now = timezone.now()
        self._is_set = False
        monkeypatch.setattr("django.utils.timezone.now", self.now)

    def now(self) -> dt.datetime:
        self._now += TICK
        return self._now

    def moves_to(self, day: str, hour: int = 9) -> None:
        """Let time pass until an hour of a day, in the site's time zone."""
        moment = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour))
        moment = timezone.make_aware(moment)
        assert not self._is_set or moment > self._now, f"time does not run back to {day}"
        self._now, self._is_set = moment, True
