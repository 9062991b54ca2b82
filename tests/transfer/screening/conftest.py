"""Screenings of a tiny country, started and finished."""

from __future__ import annotations

import pytest

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening.actions.screenings import carry_out, start_screening
from tests.transfer.screening import tiny


@pytest.fixture
def places(db: None) -> dict[str, Municipality]:
    """Return the municipalities of the tiny country by name."""
    return tiny.country()


@pytest.fixture
def queued(places: dict[str, Municipality], ewa: Person) -> Screening:
    """Return a screening of the tiny country that waits."""
    version = analysable_versions().get(practice__slug=tiny.SLUG)
    return start_screening(version=version, country=tiny.COUNTRY, region=None, weights={}, by=ewa)


@pytest.fixture
def done(queued: Screening) -> Screening:
    """Return a finished screening of the tiny country."""
    return carry_out(screening=queued)
