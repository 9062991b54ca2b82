"""The team's page, and how often each page asks the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Person
from sadzonka.practices.models import Criterion, Interest, Practice
from sadzonka.transfer.assessment.actions import store_assessment
from sadzonka.transfer.models import Assessment, Plan
from tests import factories
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
TEAM = "/en/team/PL/300101/"
SLUGS = ("bicycles-from-prison", "nurseries-by-a-consortium", "kostrzynianka-home-care")


def text(body: bytes) -> str:
    return " ".join(BeautifulSoup(body, "html.parser").find("main").text.split())


# --- the team


def test_an_empty_team_says_what_to_do_next(signed_in: SignIn, ewa: Person) -> None:
    said = text(signed_in(ewa).get(TEAM).content)
    for sentence in (
        "Choose a practice below and start.",
        "There is no plan yet.",
        "Nobody has declared an interest yet.",
        "Nobody works here for this municipality yet.",
    ):
        assert sentence in said


def test_the_page_shows_what_the_team_works_on(signed_in: SignIn) -> None:
    many(1)
    said = text(signed_in(team.keeper()).get(TEAM).content)
    assert said.count("Bicycles renovated in prison") == 5  # open, stored, offered, planned, of interest
    assert "Person0social services" in said


def test_the_page_starts_an_assessment_once(signed_in: SignIn) -> None:
    client = signed_in(team.keeper())
    for _time in range(2):
        answer = client.post(f"{TEAM}start/", {"practice": SLUGS[0]})
        assert answer["Location"] == f"/en/assessments/{Assessment.objects.get().pk}/"


@pytest.mark.parametrize(
    ("practice", "said"), [("", "Choose a practice."), ("unknown", "There is no such practice.")]
)
def test_what_cannot_be_started_is_said_beside_the_field(practice: str, said: str, signed_in: SignIn) -> None:
    answer = signed_in(team.keeper()).post(f"{TEAM}start/", {"practice": practice})
    assert answer.status_code == 422
    assert said in text(answer.content)


def test_the_municipality_and_the_analysis_lead_the_team_to_its_page(
    signed_in: SignIn, client: Client, stranger: Person
) -> None:
    for path in ("/en/municipalities/PL/300101/", f"/en/municipalities/PL/300101/{SLUGS[0]}/"):
        shown = [TEAM in one.get(path).content.decode() for one in (signed_in(team.keeper()), client)]
        assert shown == [True, False]
        assert TEAM not in signed_in(stranger).get(path).content.decode()


def test_every_practice_of_the_demonstration_can_be_assessed(signed_in: SignIn) -> None:
    client = signed_in(team.keeper())
    for slug in Practice.objects.values_list("slug", flat=True):
        started = client.post(f"{TEAM}start/", {"practice": slug}, follow=True)
        assert started.status_code == 200
        path = started.redirect_chain[0][0]
        for page in ("answers/", "conditions/", "discussion/"):
            assert client.get(f"{path}{page}").status_code == 200
        for step in ("close", "store"):
            done = client.post(f"{path}next/", {"step": step, "round": "1"}, follow=True)
            assert done.status_code == 200
        assert "same hash, same result" in text(done.content)


# --- queries


def many(count: int) -> None:
    """Have so many open assessments, stored ones with plans, interests and people."""
    for number, slug in enumerate(SLUGS[:count]):
        practice = Practice.objects.get(slug=slug)
        stored = team.opened(slug)
        team.closed(stored)
        store_assessment(assessment=stored, by=team.keeper())
        Plan.objects.create(assessment=stored, language="en")
        team.opened(slug)
        person = team.person(f"Person{number}", "social")
        Interest.objects.create(person=person, municipality=factories.municipality(), practice=practice)


def answered(count: int) -> Assessment:
    """Have an assessment of so many questions that so many people answered."""
    version = team.card()
    for number in range(1, count):
        Criterion.objects.create(
            version=version,
            key=f"trust-{number}",
            dimension="support",
            weight=1 / (count - 1),
            name=factories.words("Trust"),
            mechanism=factories.words("Trust"),
            question=factories.words("Trust?"),
            anchors={language: ["level"] * 6 for language in factories.LANGUAGES},
        )
    assessment = team.opened()
    for number in range(count):
        person, keys = team.person(f"Person{number}", "social"), ["trust"]
        keys += [f"trust-{other}" for other in range(1, count)]
        answers = {key: team.Answer(3, "Because") for key in keys}
        team.send_ballot(assessment=assessment, by=person, number=1, revision=0, answers=answers)
    return assessment


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_page_takes_the_same_queries(
    count: int, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    many(count)
    client = signed_in(team.keeper())
    client.get(TEAM)
    with django_assert_num_queries(18):
        assert client.get(TEAM).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("state", "path", "queries"),
    [
        ("rating", "", 17),
        ("rating", "answers/", 15),
        ("rating", "conditions/", 14),
        ("rating", "discussion/", 14),
        ("discussion", "", 17),
        ("discussion", "discussion/", 16),
        ("stored", "", 16),
        ("stored", "discussion/", 16),
        ("stored", "record.json", 1),
    ],
)
def test_the_pages_of_an_assessment_take_the_same_queries(  # noqa: PLR0917
    state: str,
    path: str,
    queries: int,
    count: int,
    signed_in: SignIn,
    django_assert_num_queries: AssertQueries,
) -> None:
    assessment = answered(count)
    if state != "rating":
        team.closed(assessment)
    if state == "stored":
        store_assessment(assessment=assessment, by=team.keeper())
    client, address = signed_in(team.keeper()), f"/en/assessments/{assessment.pk}/{path}"
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_an_address_is_nobodys_name(signed_in: SignIn) -> None:
    team.card()
    nameless = create_account(email="nameless@example.org")
    affiliate(person=nameless, municipality=factories.municipality(), group="office")
    client = signed_in(team.keeper())
    for path in (TEAM, f"/en/assessments/{team.opened().pk}/"):
        page = client.get(path)
        assert ("somebody without a name" in page.text, "nameless@" in page.text) == (True, False)
