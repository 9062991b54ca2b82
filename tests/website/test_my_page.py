"""One's own page shows what is one's own, and the page frame leads to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from sadzonka.outbox.actions import make_link, revoke_links
from sadzonka.outbox.models import Link
from sadzonka.people.actions import affiliate
from sadzonka.people.models import Affiliation, Person
from sadzonka.practices.models import Idea, Interest, Practice
from sadzonka.visits.models import Application, Attendance, Visit
from tests import factories
from tests.chain import World, call_for
from tests.chain import application as apply

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

MY = "/en/my/"


def page_of(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(MY).content, "html.parser")


def headings(page: BeautifulSoup) -> list[str]:
    return [h2.get_text() for h2 in page.select("section > h2")]


def links(page: BeautifulSoup) -> list[str]:
    return [link["href"] for link in page.select("main a")]


def link_to(application: Application) -> Link:
    return make_link(
        purpose=Link.Purpose.APPLICATION,
        subject_id=application.pk,
        language="en",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )


def test_a_stranger_is_told_what_to_do_next(stranger: Person, signed_in: SignIn) -> None:
    page = page_of(signed_in(stranger))
    assert headings(page) == [
        "My applications and visits",
        "My municipalities",
        "What interests us",
        "My account",
    ]
    assert {"/en/visits/", "/en/practices/", "/en/contact/"} <= set(links(page))


def test_a_participant_finds_the_visit_and_the_link_of_their_own_application(
    world: World, signed_in: SignIn
) -> None:
    own, foreign = (link_to(world.applications[who]) for who in ("marek", "neighbour"))
    page = page_of(signed_in(world.marek))
    assert f"/en/application/{own.token}/" in links(page)
    assert "/en/visits/under-way/agenda/" in links(page)
    assert foreign.token not in str(page)
    assert "Place accepted" in page.get_text()
    revoke_links(purpose=Link.Purpose.APPLICATION, subject_id=world.applications["marek"].pk)
    assert own.token not in str(page_of(signed_in(world.marek)))


def test_an_application_from_the_same_address_is_not_mine_before_it_is_tied_to_me(
    world: World, stranger: Person, signed_in: SignIn
) -> None:
    link = link_to(apply(world.call, "Foreign", email=stranger.email))
    page = page_of(signed_in(stranger))
    assert link.token not in str(page)
    assert "No application belongs to this account." in page.get_text()


def test_a_certificate_is_offered_when_the_visit_is_over_and_one_was_there(
    world: World, signed_in: SignIn
) -> None:
    marek = world.applications["marek"]
    address, client = f"certificate-{marek.reference}.pdf", signed_in(world.marek)
    Attendance.objects.create(item=world.items[0], participant=marek, is_present=False)
    Visit.objects.filter(pk=world.visit.pk).update(state="completed")
    assert [link for link in links(page_of(client)) if address in link] == []
    Attendance.objects.update(is_present=True)
    assert len([link for link in links(page_of(client)) if address in link]) == 1
    Visit.objects.filter(pk=world.visit.pk).update(state="running")
    assert [link for link in links(page_of(client)) if address in link] == []


def test_a_facilitator_and_an_editor_find_what_is_theirs(world: World, signed_in: SignIn) -> None:
    page = page_of(signed_in(world.facilitator))
    assert headings(page)[0] == "Debriefs that I lead"
    assert "/en/visits/under-way/" in links(page)
    page = page_of(signed_in(world.editor))
    assert "/en/municipalities/PL/300101/" in links(page)
    assert "you keep its assessments, plans and decisions" in page.get_text()


@pytest.mark.parametrize(("person", "also"), [("ewa", ["Desk"]), ("controller", ["Desk"]), ("stranger", [])])
def test_the_desk_is_linked_for_those_who_may_read_it(
    person: str, also: list[str], request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    page = page_of(signed_in(request.getfixturevalue(person)))
    assert ("/en/desk/" in links(page), headings(page)[0] == "My work") == (bool(also), bool(also))
    frame = [link.get_text() for link in page.select("header .account-links a")]
    assert frame == ["My page", *also]


def test_only_standing_interests_in_shown_things_are_listed(world: World, signed_in: SignIn) -> None:
    shown, draft = Practice.objects.get(slug="bicycles-from-prison"), factories.practice("hidden-practice")
    factories.version(draft, "A secret title")
    ideas = [
        Idea.objects.create(title=title, language="en", is_hidden=is_hidden)
        for title, is_hidden in (("Seen", False), ("Not seen", True))
    ]
    place = factories.municipality()
    for wanted in ({"practice": shown}, {"practice": draft}, {"idea": ideas[0]}, {"idea": ideas[1]}):
        Interest.objects.create(person=world.marek, municipality=place, **wanted)
    Interest.objects.create(
        person=world.marek,
        municipality=factories.municipality("300102"),
        practice=shown,
        withdrawn_at=timezone.now(),
    )
    Interest.objects.create(person=world.neighbour, municipality=place, practice=shown, note="Not mine")
    page = page_of(signed_in(world.marek))
    section = next(one for one in page.select("section") if one.h2.get_text() == "What interests us")
    assert [h3.get_text() for h3 in section.select("h3")] == [
        "Seen",
        "a practice whose card is not shown now",
        shown.shown_version.text_in().title,
    ]


def test_one_chooses_the_language_of_ones_mails(stranger: Person, signed_in: SignIn) -> None:
    client = signed_in(stranger)
    assert client.post(MY, {"language": "it"})["Location"] == MY
    assert Person.objects.get(pk=stranger.pk).language == "it"
    answer = client.post(MY, {"language": "de"})
    assert (answer.status_code, Person.objects.get(pk=stranger.pk).language) == (422, "it")


def test_one_signs_out_from_there(stranger: Person, signed_in: SignIn) -> None:
    client = signed_in(stranger)
    form = page_of(client).select_one("form[action$='/logout/']")
    assert client.post(form["action"]).status_code == 302
    assert client.get(MY)["Location"] == "/en/account/login/?next=/en/my/"


def test_the_frame_offers_to_sign_in_and_costs_a_visitor_nothing(
    db: None, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    page = BeautifulSoup(client.get("/en/account/login/").content, "html.parser")
    assert [link["href"] for link in page.select("header .account-links a")] == ["/en/account/login/"]
    client.get("/en/visits/")
    with django_assert_num_queries(4):
        client.get("/en/visits/")


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_of_everything_take_the_same_queries(
    count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    practices = Practice.objects.filter(versions__state="published").order_by("slug")
    Affiliation.objects.filter(person=world.marek).delete()
    Application.objects.filter(person=world.marek).delete()
    for number in range(count):
        visit = factories.visit(f"visit-{number}", "Visit")
        visit.facilitators.add(world.marek)
        visit.save()
        link_to(apply(call_for(visit), "Marek", state="confirmed", person=world.marek))
        place = factories.municipality(f"30010{number + 1}")
        affiliate(person=world.marek, municipality=place, group=Affiliation.Group.OFFICE)
        Interest.objects.create(person=world.marek, municipality=place, practice=practices[number])
    client = signed_in(world.marek)
    client.get(MY)
    with django_assert_num_queries(15):
        client.get(MY)
