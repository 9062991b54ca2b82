"""Municipalities are found by words in one text that is read again when something was changed."""

import pytest
from wagtail.log_actions import log

from sadzonka.places.finding import names_of, wanted_in
from sadzonka.places.models import Period
from sadzonka.places.queries import periods_matching, periods_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words", ["chodziez", "Gmina CHODZIEŻ", "300101", "chodzieski 3001", "a", "o wiel", "nowhere", "gmina"]
)
def test_the_text_finds_what_looking_at_each_municipality_does(words: str) -> None:
    polish = list(periods_on().filter(county__region__country="PL"))
    found = [one.period for one in names_of("PL").with_words(wanted_in(words))]
    assert sorted(found) == sorted(period.pk for period in periods_matching(words, polish))


def test_words_do_not_reach_from_one_municipality_into_the_next() -> None:
    names = names_of("PL")
    first, second = names.text.splitlines()[:2]
    assert list(names.with_words([first.split()[-1] + second.split()[0]])) == []


def test_a_country_without_municipalities_has_no_names() -> None:
    assert list(names_of("DE").with_words([])) == []
    assert names_of("DE").by_county() == {}


def test_counties_count_their_municipalities_and_those_invented() -> None:
    names = names_of("PL")
    assert (names.by_county().total(), names.by_county(invented=True).total()) == (227, 1)


def test_a_name_that_staff_change_is_found_at_once() -> None:
    period = Period.objects.get(municipality__code="300101")
    assert list(names_of("PL").with_words(["nova"])) == []
    period.name = "Novà"
    period.save()
    log(instance=period, action="wagtail.edit")
    assert [one.period for one in names_of("PL").with_words(["nova"])] == [period.pk]
