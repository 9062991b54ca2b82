"""Interest that people declare for their municipality, once, and may withdraw."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sadzonka.people.actions import affiliate
from sadzonka.people.models import Affiliation, Person
from sadzonka.practices.ideas.actions import (
    NoInterestStands,
    declare_interest,
    withdraw_interest,
    write_idea,
)
from sadzonka.practices.ideas.queries import (
    interested_in,
    interests_in_versions,
    interests_of,
    standing_interests,
)
from sadzonka.practices.models import Interest, Practice
from sadzonka.practices.queries import shown_versions
from tests import factories
from tests.chain import World
from tests.practices.ideas.test_ideas import WORDS, SignIn, texts

pytestmark = pytest.mark.django_db
ADDRESS = "/en/practices/bicycles-from-prison/interest/"


@pytest.fixture
def bicycles(db: None) -> Practice:
    return Practice.objects.get(slug="bicycles-from-prison")


def test_a_participant_declares_interest_and_everybody_reads_the_municipality_only(
    world: World, bicycles: Practice, client: Client, signed_in: SignIn
) -> None:
    chodziez = factories.municipality()
    answer = signed_in(world.marek).post(
        ADDRESS, {"municipality": chodziez.pk, "note": "We have a prison nearby."}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/en/practices/bicycles-from-prison/")
    interest = Interest.objects.get()
    assert (interest.person, interest.municipality, interest.practice) == (world.marek, chodziez, bicycles)
    page = client.get("/en/practices/bicycles-from-prison/")
    assert texts(page, "#interest li a") == ["Chodzież"]
    assert [word for word in ("Marek", "prison nearby") if word in page.content.decode()] == []


def test_declared_again_it_is_one_interest_with_the_newest_note(world: World, bicycles: Practice) -> None:
    chodziez = factories.municipality()
    for note in ("first", "second", "second"):
        declare_interest(subject=bicycles, person=world.marek, municipality=chodziez, note=note)
    assert [one.note for one in Interest.objects.all()] == ["second"]


def test_withdrawn_it_is_shown_nowhere_and_may_be_declared_again(
    world: World, bicycles: Practice, client: Client, signed_in: SignIn
) -> None:
    chodziez, browser = factories.municipality(), signed_in(world.marek)
    declare_interest(subject=bicycles, person=world.marek, municipality=chodziez)
    for _twice in range(2):
        browser.post(ADDRESS, {"municipality": chodziez.pk, "withdraw": "1"})
    assert list(standing_interests()) == []
    assert texts(client.get("/en/practices/bicycles-from-prison/"), "#interest li") == []
    declare_interest(subject=bicycles, person=world.marek, municipality=chodziez)
    assert (standing_interests().count(), Interest.objects.count()) == (1, 2)


def test_nobody_withdraws_what_somebody_else_declared(world: World, bicycles: Practice) -> None:
    chodziez = factories.municipality()
    declare_interest(subject=bicycles, person=world.marek, municipality=chodziez)
    with pytest.raises(NoInterestStands):
        withdraw_interest(subject=bicycles, person=world.editor, municipality=chodziez)


def test_whoever_has_left_a_municipality_may_still_withdraw(
    world: World, bicycles: Practice, signed_in: SignIn
) -> None:
    chodziez = factories.municipality()
    declare_interest(subject=bicycles, person=world.marek, municipality=chodziez)
    Affiliation.objects.filter(person=world.marek).delete()
    signed_in(world.marek).post(ADDRESS, {"municipality": chodziez.pk, "withdraw": "1"})
    assert list(standing_interests()) == []


def test_nobody_speaks_for_another_municipality_not_even_staff(
    world: World, bicycles: Practice, ewa: Person, signed_in: SignIn
) -> None:
    chodziez = factories.municipality()
    for somebody in (world.neighbour, ewa):
        with pytest.raises(PermissionDenied):
            declare_interest(subject=bicycles, person=somebody, municipality=chodziez)
        answer = signed_in(somebody).post(ADDRESS, {"municipality": chodziez.pk})
        assert answer.status_code == 422
    assert Interest.objects.count() == 0


def test_without_a_municipality_the_page_says_what_to_do(stranger: Person, signed_in: SignIn) -> None:
    page = signed_in(stranger).get(ADDRESS).content.decode()
    assert "Your account does not belong to any municipality" in page


def test_staff_and_controllers_read_who_declared_it_and_why(
    world: World, bicycles: Practice, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    declare_interest(
        subject=bicycles, person=world.marek, municipality=factories.municipality(), note="A prison nearby"
    )
    for reader in (ewa, controller):
        assert texts(signed_in(reader).get(ADDRESS), "tbody td")[0::2] == ["Marek", "A prison nearby"]
    assert "A prison nearby" not in signed_in(world.neighbour).get(ADDRESS).content.decode()


def test_a_municipality_is_named_once_whoever_declared_its_interest(world: World, bicycles: Practice) -> None:
    for person in (world.marek, world.editor):
        declare_interest(subject=bicycles, person=person, municipality=factories.municipality())
    assert [one.person for one in interested_in(bicycles)] == [world.marek]


def test_interest_in_an_idea_stands_on_the_idea_and_on_the_municipality(
    world: World, bicycles: Practice, client: Client, signed_in: SignIn
) -> None:
    idea = write_idea(nonce=uuid.uuid4(), author=world.neighbour, **WORDS)
    chodziez = factories.municipality()
    answer = signed_in(world.marek).post(f"/en/ideas/{idea.pk}/interest/", {"municipality": chodziez.pk})
    assert answer["Location"] == f"/en/ideas/{idea.pk}/"
    declare_interest(subject=bicycles, person=world.marek, municipality=chodziez)
    assert "Chodzież" in client.get(f"/en/ideas/{idea.pk}/").content.decode()
    links = texts(client.get("/en/municipalities/PL/300101/"), "main ul.criteria li > a")
    assert (len(links), links[0]) == (2, WORDS["title"])


def test_a_hidden_idea_and_a_draft_are_not_named_on_the_municipality(world: World, client: Client) -> None:
    draft = factories.practice("draft-practice")
    factories.version(draft, "A secret draft")
    idea = write_idea(nonce=uuid.uuid4(), author=world.marek, **WORDS)
    for subject in (draft, idea):
        declare_interest(subject=subject, person=world.marek, municipality=factories.municipality())
    idea.is_hidden = True
    idea.save()
    body = client.get("/en/municipalities/PL/300101/").content.decode()
    assert [word for word in ("A secret draft", WORDS["title"]) if word in body] == []


def test_a_visit_shows_interest_in_its_practices_declared_since_it_began(
    world: World, bicycles: Practice, client: Client
) -> None:
    kept = declare_interest(
        subject=bicycles, person=world.marek, municipality=factories.municipality("300101")
    )
    early = declare_interest(
        subject=bicycles, person=world.neighbour, municipality=factories.municipality("300102")
    )
    began = timezone.make_aware(dt.datetime.combine(world.visit.starts_on, dt.time(8)))
    Interest.objects.filter(pk=kept.pk).update(declared_at=began)
    Interest.objects.filter(pk=early.pk).update(declared_at=began - dt.timedelta(days=1))
    assert list(standing_interests(practices=[bicycles], since=world.visit.starts_on)) == [kept]
    body = client.get("/en/visits/under-way/").content.decode()
    assert ("Chodzież</a>" in body, "Szamocin" in body) == (True, False)


def test_interest_in_a_draft_practice_is_not_found(world: World, signed_in: SignIn) -> None:
    factories.version(factories.practice("draft-practice"), "A secret draft")
    assert signed_in(world.marek).get("/en/practices/draft-practice/interest/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_interests_take_one_query(
    count: int,
    world: World,
    bicycles: Practice,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    chodziez, versions = factories.municipality(), list(shown_versions())
    for number, code in enumerate(("300101", "300102", "300103")[:count]):
        place = factories.municipality(code)
        affiliate(person=world.marek, municipality=place, group=Affiliation.Group.OFFICE)
        marek = Person.objects.get(pk=world.marek.pk)
        declare_interest(subject=bicycles, person=marek, municipality=place)
        declare_interest(subject=versions[number].practice, person=marek, municipality=chodziez)
    with django_assert_num_queries(1):
        assert len([one.municipality_name for one in interested_in(bicycles)]) == count
    with django_assert_num_queries(1):
        assert len([text.title for _one, text in interests_of(chodziez, versions) if text]) == count
    with django_assert_num_queries(1):
        assert len([text.title for _one, text in interests_in_versions(versions) if text]) == count * 2 - 1
