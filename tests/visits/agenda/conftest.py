"""A visit that is still to come: hosts can be asked."""

from __future__ import annotations

import datetime as dt

import pytest

from sadzonka.outbox.models import Link
from sadzonka.people.models import Person
from sadzonka.visits.agenda.actions import ask_hosts
from sadzonka.visits.models import AgendaItem
from tests.chain import START, World, at


@pytest.fixture
def _three_weeks_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = at(START - dt.timedelta(days=21))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def asked(world: World, ewa: Person, _three_weeks_before: None) -> AgendaItem:
    """Return the first item of the visit, about which Ewa has asked its host, Chiara."""
    ask_hosts(visit=world.visit, items=world.items[:1], by=ewa)
    return AgendaItem.objects.get(pk=world.items[0].pk)


@pytest.fixture
def link(asked: AgendaItem) -> Link:
    return Link.objects.get(purpose=Link.Purpose.HOSTING, subject_id=asked.pk)
