"""The whole way: from the first announcement to a service that a municipality has run for a year."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from sadzonka.people.models import Person
from sadzonka.visits.models import Visit
from tests import factories
from tests.journeys.clock import Clock
from tests.journeys.post_office import delivers
from tests.journeys.recruiting import (
    Applicant,
    Story,
    accepts,
    applies,
    applies_in_two_sittings,
    decision,
    finds,
    gives_points,
    is_delegated,
    mails_go_out,
    opens_application,
    real_gminas,
    saves_the_choice,
    withdraws,
    writes_the_call,
)

NAMES = (
    "Adam Beata Cezary Danuta Edward Felicja Grzegorz Hanna Igor Jadwiga Kamil Lucyna Marek Natalia Olgierd "
    "Paulina Roman Sylwia Tadeusz Urszula Wacław Xenia Yeti Zofia Bogdan Celina Dariusz Elwira Filip Gabriela"
).split()


@pytest.fixture
def story(clock: Clock, ewa: Person, colleague: Person) -> Story:
    cache.clear()
    clock.moves_to("2027-02-01")
    visit = factories.visit(
        "spring-2027",
        "Spring in Emilia",
        state=Visit.State.DRAFT,
        starts_on=dt.date(2027, 5, 11),
        ends_on=dt.date(2027, 5, 12),
    )
    return Story(clock, visit, ewa, colleague)


def test_from_the_call_to_a_service_that_lasts(story: Story) -> None:
    story.next_state("Announce the visit")
    writes_the_call(story, opens="2027-02-02T08:00", closes="2027-02-28T20:00", places=12, limit=2)
    story.next_state("Open recruitment")
    places = real_gminas(27)
    story.applicants = [
        Applicant(name, (places + places[:2] + places[:1])[number], number + 1)
        for number, name in enumerate(NAMES)
    ]
    story.clock.moves_to("2027-02-03")
    for applicant in story.applicants[:4]:
        applies_in_two_sittings(story, applicant)
    for applicant in story.applicants[4:]:
        assert applies(story, applicant).heading == "We have written to you"
    delivers()
    for applicant in story.applicants:
        is_delegated(applicant)
