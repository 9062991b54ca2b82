"""Stories of adoptions as they are read: one, the list, precedents from elsewhere, open data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.models import Interest, Practice
from sadzonka.transfer.adoption.actions.adoptions import (
    AdoptionIsKnown,
    SourceIsMissing,
    describe_adaptations,
)
from sadzonka.transfer.adoption.queries import precedents_of
from sadzonka.transfer.models import Adoption
from tests import factories
from tests.chain import World
from tests.transfer.adoption.stories import SLUG, climb, main, precedent

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
PRECEDENT = {
    "country": "IT",
    "code": "037006",
    "practice": SLUG,
    "on-decided": "2018-03-01",
    "on-delivered": "2019-02-01",
    "source": "Annual report of the city, 2019",
    "reason": "",
    "adaptations": "",
}


# --- one story


def test_a_story_reads_from_interest_to_outcome(adoption: Adoption, world: World, client: Client) -> None:
    Interest.objects.create(
        person=world.marek,
        municipality=adoption.municipality,
        practice=adoption.practice,
        note="Only for insiders",
    )
    answer = client.get(f"/en/adoptions/{adoption.pk}/")
    told = main(answer)
    assessment = adoption.plan.assessment
    places = [told.index(word) for word in ("Interest", "Assessment", "Plan", "Decision", "Stages")]
    assert places == sorted(places)
    assert assessment.input_hash[:12] in told
    assert "XII/34/2022" in told
    links = {link["href"] for link in BeautifulSoup(answer.content, "html.parser").find_all("a", href=True)}
    assert {assessment.get_absolute_url(), adoption.plan.get_absolute_url()} <= links
    for secret in ("Only for insiders", "marek@example.org", "editor@example.org", "Teresa"):
        assert secret not in answer.content.decode()


# --- precedents from elsewhere


def test_staff_enter_an_adoption_that_a_source_tells_of(
    world: World, ewa: Person, signed_in: SignIn, client: Client
) -> None:
    staff = signed_in(ewa)
    assert staff.get("/en/adoptions/new/").status_code == 200
    answers = [staff.post("/en/adoptions/new/", PRECEDENT)["Location"] for _twice in range(2)]
    adoption = Adoption.objects.get()
    assert answers == [f"/en/adoptions/{adoption.pk}/"] * 2
    assert (adoption.municipality.code, adoption.plan) == ("037006", None)
    assert [(one.outcome, one.source) for one in adoption.stages.all()] == [
        ("decided", "Annual report of the city, 2019"),
        ("delivered", "Annual report of the city, 2019"),
    ]
    assert "Annual report of the city, 2019" in main(client.get(answers[0]))


def test_another_story_of_the_same_place_and_practice_is_not_entered_twice(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    staff = signed_in(ewa)
    staff.post("/en/adoptions/new/", PRECEDENT)
    answer = staff.post("/en/adoptions/new/", {**PRECEDENT, "source": "Another report"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.find(id="id_source")["value"]) == (409, "Another report")
    assert Adoption.objects.get().get_absolute_url() in answer.content.decode()
    precedent(ewa, "300102")
    with pytest.raises(AdoptionIsKnown):
        precedent(ewa, "300102", source="Another report")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"source": " "}, {"source"}),
        ({"code": "999999"}, {"code"}),
        ({"code": "300101"}, {"code"}),
        ({"country": "DE"}, {"country"}),
        ({"practice": "unknown"}, {"practice"}),
        ({"on-decided": "", "on-delivered": ""}, {"on-considered"}),
        ({"on-delivered": "2018-02-01"}, {"on-delivered"}),
        ({"on-delivered": "2999-01-01"}, {"on-delivered"}),
        ({"on-abandoned": "2020-01-01"}, {"reason"}),
        ({"on-declined": "2020-01-01", "reason": "x"}, {"on-declined"}),
        ({"on-delivered": "", "on-sustained-12": "2022-01-01"}, {"on-sustained-12"}),
        ({"on-delivered": "in spring"}, {"on-delivered"}),
    ],
)
def test_a_precedent_that_cannot_be_is_refused_beside_its_field(
    fields: dict[str, str], wrong: set[str], world: World, ewa: Person, signed_in: SignIn
) -> None:
    answer = signed_in(ewa).post("/en/adoptions/new/", {**PRECEDENT, **fields})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert Adoption.objects.count() == 0


def test_only_staff_enter_precedents_and_only_from_a_source(
    world: World, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    for person in (world.editor, controller):
        client = signed_in(person)
        assert client.get("/en/adoptions/new/").status_code == 404
        assert client.post("/en/adoptions/new/", PRECEDENT).status_code == 404
        with pytest.raises(PermissionDenied):
            precedent(person, "300101")
    with pytest.raises(SourceIsMissing):
        precedent(ewa, "300101", source="")


# --- the list


def test_the_list_tells_failures_and_counts_without_percent(
    adoption: Adoption, world: World, ewa: Person, client: Client
) -> None:
    precedent(ewa, "037006")
    declined = ("declined", dt.date(2021, 1, 1))
    precedent(ewa, "300102", declined, reason="No money.")
    answer = client.get("/en/adoptions/")
    told = main(answer)
    assert "1 of 3 adoptions were delivered. 1 was declined, 0 were abandoned." in told
    assert "No money." in told
    assert "%" not in told


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["300101", "300102", "037006"]),
        ("?country=IT", ["037006"]),
        ("?country=XX", ["300101", "300102", "037006"]),
        ("?outcome=declined", ["300102"]),
        ("?outcome=nonsense", ["300101", "300102", "037006"]),
        (f"?practice={SLUG}", ["300101", "037006"]),
        ("?practice=nurseries-by-a-consortium", ["300102"]),
        (f"?practice={SLUG}&outcome=decided", ["300101"]),
        (f"?practice={SLUG}&outcome=declined", []),
        ("?municipality=PL-300102", ["300102"]),
        ("?municipality=PL-300103", []),
    ],
)
def test_stories_are_found_by_practice_country_and_outcome(
    asked: str, codes: list[str], adoption: Adoption, ewa: Person, client: Client
) -> None:
    precedent(ewa, "037006")
    declined = ("declined", dt.date(2021, 1, 1))
    precedent(ewa, "300102", declined, slug="nurseries-by-a-consortium", reason="No money.")
    found = client.get(f"/en/adoptions/{asked}").context["listing"].found
    assert [one.adoption.municipality.code for one in found] == codes


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "No adoption is known here yet" in main(client.get("/en/adoptions/"))


def test_a_practice_whose_card_was_never_public_has_no_story(client: Client) -> None:
    draft = factories.practice("own-draft")
    factories.version(draft, "Not for everybody")
    made = Adoption.objects.create(municipality=factories.municipality(), practice=draft, language="en")
    made.stages.create(outcome="decided", reached_on=dt.date(2022, 1, 1))
    assert "Not for everybody" not in client.get("/en/adoptions/").content.decode()
    assert client.get(f"/en/adoptions/{made.pk}/").status_code == 404


def test_a_story_outlives_its_card(adoption: Adoption, client: Client) -> None:
    Practice.objects.get(slug=SLUG).versions.update(state="outdated")
    page = BeautifulSoup(client.get(f"/en/adoptions/{adoption.pk}/").content, "html.parser")
    assert page.find("h1").find("a", href=f"/en/practices/{SLUG}/") is None
    assert adoption.plan.assessment.version.text_in("en").title in page.find("h1").text


# --- precedents on the page of an analysis


def test_an_analysis_names_who_has_done_it_failures_included_and_its_own_apart(
    adoption: Adoption, world: World, ewa: Person, client: Client
) -> None:
    precedent(ewa, "300102", ("declined", dt.date(2021, 1, 1)), reason="No money.")
    precedent(ewa, "300103", ("delivered", dt.date(2020, 1, 1)), adaptations="Scooters.")
    answer = client.get(f"/en/municipalities/PL/300101/{SLUG}/")
    precedents = answer.context["precedents"]
    assert {one.precedent.municipality.code for one in precedents.nearest} == {"300102", "300103"}
    assert [one.adoption for one in precedents.here] == [adoption]
    told = main(answer)
    for said in (
        "No money.",
        "Scooters.",
        "likeness is not causality",
        str(factories.municipality("300103")),
    ):
        assert said in told


def test_precedents_take_one_query(
    adoption: Adoption, ewa: Person, django_assert_num_queries: AssertQueries
) -> None:
    precedent(ewa, "300102")
    precedent(ewa, "300103")
    with django_assert_num_queries(1):
        found = precedents_of(adoption.practice)
        assert [len(one.stages) for one in found] == [2, 1, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_queries_with_one_and_three(
    count: int, world: World, ewa: Person, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    made, *_others = [precedent(ewa, code) for code in ("300102", "300103", "300104")[:count]]
    if count > 1:
        climb(made, ewa, ("sustained-12", "2021-06-30"), ("sustained-24", "2022-06-30"))
    for address, queries in {
        "/en/adoptions/": 8,
        f"/en/adoptions/{made.pk}/": 9,
        "/api/adoptions": 5,
        f"/en/municipalities/PL/300101/{SLUG}/": 15,  # one more: whether the figures in memory are the newest
    }.items():
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


# --- open data, odd input


def test_the_open_data_tell_the_same_without_persons(adoption: Adoption, ewa: Person, client: Client) -> None:
    abandoned = (("delivered", dt.date(2019, 6, 30)), ("abandoned", dt.date(2021, 1, 31)))
    other = precedent(ewa, "037006", *abandoned, reason="The tutor retired.")
    own, elsewhere = client.get("/api/adoptions").json()
    assert (own["id"], own["outcome"], own["decision"]) == (adoption.pk, "decided", "XII/34/2022")
    assert own["assessment_hash"] == adoption.plan.assessment.input_hash
    assert elsewhere == {
        "id": other.pk,
        "country": "IT",
        "municipality": "037006",
        "practice": SLUG,
        "language": "en",
        "outcome": "abandoned",
        "stages": [
            {
                "outcome": "delivered",
                "reached_on": "2019-06-30",
                "reason": "",
                "source": "A report of the region",
            },
            {
                "outcome": "abandoned",
                "reached_on": "2021-01-31",
                "reason": "The tutor retired.",
                "source": "A report of the region",
            },
        ],
        "adaptations": "",
        "decision": None,
        "assessment_hash": None,
    }


def test_what_people_typed_is_shown_as_text(adoption: Adoption, world: World, client: Client) -> None:
    script = "<script>alert(1)</script> https://example.org/?a=<b>"
    climb(adoption, world.editor, ("abandoned", "2022-12-01"), reason=script, source=script)
    describe_adaptations(adoption=adoption, revision=2, adaptations=script, by=world.editor)
    for address in (
        f"/en/adoptions/{adoption.pk}/",
        "/en/adoptions/",
        f"/en/municipalities/PL/300102/{SLUG}/",
    ):
        assert "<script>alert(1)" not in client.get(address).content.decode()


@pytest.mark.parametrize("page", ["plans", "adoptions"])
def test_a_number_that_no_database_takes_is_nothing(page: str, ewa: Person, signed_in: SignIn) -> None:
    assert signed_in(ewa).get(f"/en/{page}/{'9' * 40}/").status_code == 404
