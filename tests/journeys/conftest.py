"""Visitors of the demonstration, and a visit whose story is told."""

import datetime as dt

import pytest
from django.core.cache import cache

from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.visits.models import Visit
from tests import factories
from tests.journeys.clock import Clock
from tests.journeys.recruiting import Story
from tests.journeys.travelling import plans_agenda_and_goals
from tests.journeys.visitor import Visitor


@pytest.fixture
def visitor(db: None) -> Visitor:
    """Return somebody who reads Polish and has opened the site."""
    return arrived("pl")


@pytest.fixture
def italian(db: None) -> Visitor:
    """Return somebody who reads Italian and has opened the site."""
    return arrived("it")


@pytest.fixture
def english(db: None) -> Visitor:
    """Return somebody who reads English and has opened the site."""
    return arrived("en")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of a story."""
    return Clock(monkeypatch)


@pytest.fixture
def story(clock: Clock, ewa: Person, colleague: Person) -> Story:
    """Return a draft of a visit in May 2027, as staff enter it; the story begins in February."""
    cache.clear()  # how often somebody from here has asked for a code
    clock.moves_to("2027-02-01")
    visit = factories.visit(
        "spring-2027",
        "Spring in Emilia",
        state=Visit.State.DRAFT,
        starts_on=dt.date(2027, 5, 11),
        ends_on=dt.date(2027, 5, 12),
    )
    plans_agenda_and_goals(visit)
    visit.facilitators.add(create_account(email="halina@example.org", name="Halina"))
    visit.save()
    return Story(clock, visit, ewa, colleague)


def arrived(language: str) -> Visitor:
    visitor = Visitor(language)
    visitor.opens("/")
    assert visitor.address == f"/{language}/"
    return visitor
