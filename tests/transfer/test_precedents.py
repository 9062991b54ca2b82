"""The adopters most like a municipality on the page of an analysis, however it ended with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import Indicator, Observation
from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.adoption.precedents import LikeAdopter, Precedents
from sadzonka.transfer.models import Adoption
from tests import factories
from tests.transfer.adoption.stories import SLUG, main, precedent

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]
REAL, INVENTED = f"/en/municipalities/PL/300101/{SLUG}/", f"/en/municipalities/PL/999901/{SLUG}/"
ABANDONED = (("delivered", dt.date(2019, 6, 30)), ("abandoned", dt.date(2021, 1, 31)))
DECLINED = (("declined", dt.date(2021, 1, 1)),)


def compare_by(*keys: str, slug: str = SLUG) -> None:
    version = Version.objects.get(practice__slug=slug, state="published")
    version.compared_by.set(Indicator.objects.filter(key__in=keys))
    version.save()


def on_the_page(client: Client, address: str = REAL) -> Precedents:
    found: Precedents = client.get(address).context["precedents"]
    return found


def codes(found: tuple[LikeAdopter, ...]) -> list[str]:
    return [one.precedent.municipality.code for one in found]


def names(found: LikeAdopter) -> tuple[list[str], list[str]]:
    """Return by what two are alike and by what they differ, the type of municipality as such."""
    return tuple(
        [one.indicator.key if one.indicator else "type" for one in part]
        for part in (found.alike, found.different)
    )  # type: ignore[return-value]


# Chodzież (300101, urban) against others on three scales and the type, by hand from the figures of 2024:
# people 17,043, ln between 100 and 3,000,000; people per km² 1,334.6, ln between 1 and 5,000; registered
# unemployed per 1,000 26.0, between 0 and 100; the same type of municipality 0, another one 1.
#           people   per km²   unemployed   people  per km²  unemployed  type    mean
# 302101    32,829    2,430.0        5.2     .0636    .0704      .2078      0   .0854
# 300102     8,300       39.7       26.0     .0698    .4127      .0003      1   .3707
# 300105     7,124       56.0       43.7     .0846    .3724      .1767      1   .4084
# 300104     6,236       50.6       40.1     .0975    .3843      .1410      1   .4057
# 300103     6,173       29.0       27.9     .0985    .4495      .0187      1   .3917
COMPARED = ("population", "density_per_km2", "registered_unemployed_per_1000")


def test_the_three_nearest_of_five_are_named_the_failed_one_first(ewa: Person, client: Client) -> None:
    compare_by(*COMPARED)
    precedent(ewa, "302101", *ABANDONED, reason="The tutor retired.", adaptations="Scooters.")
    for code in ("300102", "300103", "300104", "300105"):
        precedent(ewa, code)
    found = on_the_page(client)
    assert codes(found.nearest) == ["302101", "300102", "300103"]
    assert codes(found.further) == ["300104", "300105"]
    assert [round(one.apart.upper, 4) for one in (*found.nearest, *found.further)] == [
        *(0.0854, 0.3707, 0.3917),
        *(0.4057, 0.4084),
    ]
    assert [one.apart.lower == one.apart.upper for one in found.nearest] == [True] * 3
    told = main(client.get(REAL))
    assert "5 other municipalities have taken it up or turned it down. These 3 are the most alike" in told
    assert "Abandoned: Luboń, 31 January 2021" in told
    for said in ("The tutor retired.", "Done differently: Scooters.", "0.09 apart, known of both: 4 of 4"):
        assert said in told
    assert "likeness is not causality" in told


def test_a_precedent_says_in_what_it_is_alike_and_where_it_differs(ewa: Person, client: Client) -> None:
    compare_by(*COMPARED)
    precedent(ewa, "302101")
    precedent(ewa, "300102")
    lubon, budzyn = on_the_page(client).nearest
    assert names(lubon) == (["type", "population"], ["registered_unemployed_per_1000", "density_per_km2"])
    assert names(budzyn) == (
        ["registered_unemployed_per_1000", "population"],
        ["type", "density_per_km2"],
    )
    said = main(client.get(REAL))
    assert "Closest in: type of municipality, Population" in said
    assert "Furthest apart in: type of municipality" in said


def test_a_gap_widens_the_distance_and_three_fifths_are_enough(ewa: Person, client: Client) -> None:
    """Of Bologna unemployment is not known, and the type of an Italian comune compares with no Polish one."""
    compare_by(*COMPARED, "area_km2")
    precedent(ewa, "037006")
    precedent(ewa, "302101")
    bologna = next(one for one in on_the_page(client).nearest if one.precedent.municipality.code == "037006")
    # people 387,971: .3032; per km² 2,754.37: .0851; km² 140.86 against 12.77, ln between 1 and 1,000: .3475;
    # unemployment 26.0 against anything: 0 to .7401; type 0 to 1; each a fifth
    assert (round(bologna.apart.lower, 4), round(bologna.apart.upper, 4)) == (0.1472, 0.4952)
    assert (len(bologna.compared), bologna.variables) == (3, 5)


def test_where_too_little_is_known_nothing_is_a_comparable_precedent(ewa: Person, client: Client) -> None:
    compare_by(*COMPARED[1:])
    precedent(ewa, "037006")
    found = on_the_page(client)
    assert (found.nearest, [one.municipality.code for one in found.incomparable]) == ((), ["037006"])
    told = main(client.get(REAL))
    assert "No comparable precedent" in told
    assert "1 not comparable: too little is known" in told
    assert "Bologna" in told


def test_of_a_municipality_without_figures_nothing_is_comparable(ewa: Person, client: Client) -> None:
    precedent(ewa, "300102")
    Observation.objects.filter(municipality__code="300101").delete()
    assert on_the_page(client).nearest == ()


def test_without_a_choice_the_card_compares_by_what_is_widely_known_on_both_sides(
    ewa: Person, client: Client
) -> None:
    compare_by()
    precedent(ewa, "037006")
    assert {one.indicator.key for one in on_the_page(client).nearest[0].compared if one.indicator} == {
        "population",
        "area_km2",
        "density_per_km2",
    }
    compare_by(slug="nurseries-by-a-consortium")
    precedent(ewa, "300102", slug="nurseries-by-a-consortium")
    at_home = on_the_page(client, "/en/municipalities/PL/300101/nurseries-by-a-consortium/").nearest[0]
    assert (at_home.variables, len(at_home.compared)) == (12, 12)  # 11 figures and the type


def test_an_invented_municipality_is_no_precedent_for_a_real_one(ewa: Person, client: Client) -> None:
    Adoption.objects.create(
        municipality=factories.municipality("999901"),
        practice=Practice.objects.get(slug=SLUG),
        language="en",
    ).stages.create(outcome="delivered", reached_on=dt.date(2020, 1, 1), source="x")
    assert on_the_page(client) == Precedents()
    assert "Przykładowo" not in main(client.get(REAL))
    precedent(ewa, "300102")
    assert codes(on_the_page(client).nearest) == ["300102"]
    seen_from_the_invented = on_the_page(client, INVENTED)
    assert codes(seen_from_the_invented.nearest) == ["300102"]
    assert len(seen_from_the_invented.here) == 1


def test_an_invented_precedent_of_an_invented_municipality_is_called_so(ewa: Person, client: Client) -> None:
    precedent(ewa, "300102")
    place = factories.municipality("300102")
    place.is_invented = True
    place.save()
    tags = BeautifulSoup(client.get(INVENTED).content, "html.parser").select("#answer .tag")
    assert [tag.text for tag in tags] == ["invented"]


def test_nothing_is_computed_where_nobody_has_adopted(client: Client) -> None:
    assert on_the_page(client) == Precedents()
    assert "you would be the first we know of" in main(client.get(REAL))


@pytest.mark.parametrize("count", [1, 3])
def test_precedents_cost_one_query_more_however_many_there_are(
    count: int, ewa: Person, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    for code in ("300102", "037006", "300104")[:count]:
        precedent(ewa, code)
    client.get(REAL)
    with django_assert_num_queries(15):
        assert client.get(REAL).status_code == 200
