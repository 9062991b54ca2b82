"""Who of those that took a practice up is named beside a municipality that may be invited."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from sadzonka.people.models import Person
from sadzonka.places.likeness.queries import Bar
from sadzonka.places.models import Municipality, Period
from sadzonka.practices.models import Practice
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.adoption.precedents import catalogue_for, precedents_for
from sadzonka.transfer.adoption.queries import precedents_of
from sadzonka.transfer.models import Adoption, Screening, Stage
from sadzonka.transfer.screening.drafting import reason_for
from sadzonka.transfer.screening.precedents import Nearest, nearest_adopters
from sadzonka.transfer.screening.queries import outcome_found
from tests import factories
from tests.transfer.screening import tiny

pytestmark = pytest.mark.django_db
ALFA = "First for 0 to 100 % of weightings. Every condition is met. Class: strong."


def test_the_closest_adopter_stands_in_the_reason(
    done: Screening, ewa: Person, places: dict[str, Municipality]
) -> None:
    practice = Practice.objects.get(slug=tiny.SLUG)
    adopter = factories.municipality("300101")
    adoption = Adoption.objects.create(municipality=adopter, practice=practice, language="en")
    Stage.objects.create(
        adoption=adoption, outcome="abandoned", reached_on=tiny.DAY, reason="Nobody paid for it."
    )
    done_by_chodziez = factories.municipality("300102")
    found = nearest_adopters(done, [done_by_chodziez.pk, places["Gamma"].pk, adopter.pk])
    assert list(found) == [done_by_chodziez.pk]  # of Gamma nothing is known; nobody is one's own precedent
    nearest = found[done_by_chodziez.pk]
    with override("en"):
        assert (nearest.name, str(nearest.outcome)) == (str(adopter), "abandoned")
    on_the_page = precedents_for(
        done_by_chodziez,
        Period.objects.get(municipality=done_by_chodziez, valid_to=None).kind,
        precedents_of(practice),
        catalogue_for(done.version),
        done.day,
    )
    assert nearest.apart == on_the_page.nearest[0].apart
    outcome = outcome_found(done)
    assert outcome is not None
    with override("en"):
        nearest_one = Nearest("Chodzież", "abandoned", Bar(0.111, 0.249))
        said = reason_for(done, analysis_model(done.version), outcome, 0, nearest_one)
    assert said == f"{ALFA} Most alike of those who tried: Chodzież (abandoned), 0.11–0.25 apart."
