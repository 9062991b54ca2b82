"""The agenda of those who travel, with what staff need to see beside it; and what the public sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.organisations.models import Organisation
from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.visits.agenda.queries import contradictions_of, people_expected
from sadzonka.visits.models import AgendaItem, Application, Interpreter, Speaker, Visit
from tests import factories
from tests.chain import START, World, call_for

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
pytestmark = pytest.mark.django_db
ADDRESS = "/en/visits/under-way/agenda/"


def days(client: Client, address: str = ADDRESS) -> dict[str, list[str]]:
    """Return the titles of the items by day, as the page shows them."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return {
        " ".join(day.h3.text.split()): [" ".join(title.text.split()) for title in day.find_all("h4")]
        for day in page.find_all(class_="day")
    }


def text_at(client: Client, address: str = ADDRESS) -> str:
    page = BeautifulSoup(client.get(address).content, "html.parser").find("main")
    return " ".join(page.text.split())


def clash(world: World) -> None:
    """Let the first two items, with the same host, take place at once."""
    AgendaItem.objects.filter(pk=world.items[1].pk).update(starts_at=dt.time(10))


def test_the_agenda_stands_day_by_day_in_the_order_of_its_times(world: World, signed_in: SignIn) -> None:
    factories.agenda_item(world.visit, "early", "Early", held_on=START, starts_at=dt.time(7), sort_order=9)
    factories.agenda_item(world.visit, "coach", "Coach", held_on=START, kind="travel", sort_order=0)
    factories.agenda_item(world.visit, "some-day", "Some day", sort_order=0)
    expected = {
        "Tuesday, 1 September 2026": ["Early", "Item 0", "Item 1", "Coach travel"],
        "Wednesday, 2 September 2026": ["Item 2"],
        "Day not known": ["Some day"],
    }
    assert days(signed_in(world.marek)) == expected
    assert days(Client(), "/en/visits/under-way/") == expected


def test_those_who_travel_see_where_with_whom_and_in_which_language(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    item.venue, item.language, item.theme = "Via Roma 1", "it", factories.words("Role of the comune")
    item.interpreter = Interpreter.objects.create(name="Anna Tłumacz")
    item.travel_minutes = 25
    item.speakers.add(Speaker(name="Chiara Rossi", role=factories.words("chair")))
    item.save()
    shown = text_at(signed_in(world.marek))
    for words in (
        "09:00–11:00",
        "CADIAI",
        "Via Roma 1, Bologna",
        "Theme: Role of the comune",
        "Speaking: Chiara Rossi, chair",
        "Language: Italian, with an interpreter: Anna Tłumacz",
        "Way there: 25 min",
    ):
        assert words in shown
    public = text_at(Client(), "/en/visits/under-way/")
    assert "Speaking: Chiara Rossi, chair" in public
    assert "Language: Italian, with an interpreter" in public
    assert "Anna Tłumacz" not in public


@pytest.mark.parametrize("who", ["marek", "neighbour", "facilitator"])
def test_contradictions_and_what_hosts_remark_are_for_staff_only(
    who: str, world: World, signed_in: SignIn
) -> None:
    clash(world)
    AgendaItem.objects.filter(pk=world.items[0].pk).update(host_note="Ring twice", host_email="x@example.org")
    shown = signed_in(getattr(world, who)).get(ADDRESS).content.decode()
    assert "Item 0" in shown
    for hidden in ("at the same time", "Ring twice", "x@example.org", "host not asked"):
        assert hidden not in shown


def test_staff_see_a_contradiction_at_the_top_and_beside_both_items(
    world: World, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    clash(world)
    sentence = "“Item 0” and “Item 1” have the same host at the same time."
    for person in (ewa, controller):
        page = BeautifulSoup(signed_in(person).get(ADDRESS).content, "html.parser")
        assert [one.text for one in page.find_all("li", string=sentence)] == [sentence] * 3
        assert {slot["id"] for slot in page.find_all(class_="slot") if sentence in slot.text} == {
            "item-0",
            "item-1",
        }


def test_an_agenda_without_contradictions_says_so(world: World, ewa: Person, signed_in: SignIn) -> None:
    assert "The agenda does not contradict itself." in text_at(signed_in(ewa))


def test_an_empty_agenda_says_what_comes_next(world: World, ewa: Person, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(visit=world.visit).delete()
    assert "Add the first item" in text_at(signed_in(ewa))
    assert "You find it here as soon as it is planned." in text_at(signed_in(world.marek))


def test_the_people_expected_are_those_who_confirmed_else_the_places(world: World) -> None:
    expected = people_expected(world.visit)
    assert expected
    assert (expected.people, expected.is_confirmed) == (2, True)
    Application.objects.update(state=Application.State.SUBMITTED)
    expected = people_expected(world.visit)
    assert expected
    assert (expected.people, expected.is_confirmed) == (12, False)
    world.call.delete()
    assert people_expected(world.visit) is None


def test_a_room_is_compared_with_the_people_expected(world: World) -> None:
    AgendaItem.objects.filter(pk=world.items[0].pk).update(capacity=1)
    assert [(one.kind, one.has, one.needs) for one in contradictions_of(world.visit)] == [
        ("room-too-small", 1, 2)
    ]


@pytest.mark.parametrize(("state", "count"), [("announced", 1), ("cancelled", 0)])
def test_an_interpreter_who_is_on_another_visit_then_is_a_contradiction(
    state: str, count: int, world: World
) -> None:
    anna = Interpreter.objects.create(name="Anna")
    elsewhere = factories.visit("elsewhere", "Elsewhere", state=state)
    times = {"held_on": START, "starts_at": dt.time(10), "ends_at": dt.time(12), "interpreter": anna}
    factories.agenda_item(elsewhere, "theirs", "Theirs", **times)
    AgendaItem.objects.filter(pk=world.items[0].pk).update(interpreter=anna)
    found = contradictions_of(world.visit)
    assert [(str(one.kind), [item.key for item in one.items]) for one in found] == [
        ("same-interpreter", ["item-0", "theirs"])
    ] * count


def whole_visit(days_count: int, items_a_day: int) -> Visit:
    """Make a visit whose items have everything that an item can have."""
    visit = factories.visit(
        "whole",
        "Whole",
        project_id=Visit.objects.get(slug="wwd-italy-2013").project_id,
        ends_on=START + dt.timedelta(days=4),
    )
    call_for(visit)
    anna = Interpreter.objects.create(name="Anna", languages="pl, it")
    for number in range(days_count * items_a_day):
        item = factories.agenda_item(
            visit,
            f"item-{number}",
            f"Item {number}",
            held_on=START + dt.timedelta(days=number // items_a_day),
            starts_at=dt.time(8 + number % items_a_day),
            ends_at=dt.time(9 + number % items_a_day),
            host=Organisation.objects.order_by("pk")[number % 5],
            municipality=factories.municipality("037006", "IT"),
            interpreter=anna,
            language="it",
            capacity=1,
        )
        item.speakers.add(Speaker(name="Chiara"))
        item.save()
    return visit


@pytest.mark.parametrize(("days_count", "items_a_day"), [(1, 1), (1, 3), (5, 6)])
def test_an_agenda_of_any_size_takes_twelve_queries_at_most(
    days_count: int,
    items_a_day: int,
    ewa: Person,
    signed_in: SignIn,
    django_assert_num_queries: AssertQueries,
) -> None:
    visit, halina = whole_visit(days_count, items_a_day), create_account(email="h@example.org", name="Halina")
    visit.facilitators.add(halina)
    visit.save()
    for person in (ewa, halina):
        client, address = signed_in(person), "/en/visits/whole/agenda/"
        client.get(address)
        with django_assert_num_queries(12):
            assert client.get(address).status_code == 200


def note(address: str) -> str:
    """Return what stands beside the agenda of a public page about where it comes from."""
    page = BeautifulSoup(Client().get(address).content, "html.parser")
    return " ".join(page.find(class_="imprint").text.split())


def test_an_agenda_from_sources_says_that_no_host_confirmed_it() -> None:
    assert note("/en/visits/wwd-italy-2013/").startswith("From public sources, not confirmed by the hosts.")


def test_a_visit_that_is_being_prepared_says_which_items_their_hosts_confirmed(world: World) -> None:
    address = "/en/visits/under-way/"
    assert note(address) == "No host has confirmed it yet."
    first, second, third = (item.pk for item in world.items)
    for number, reply in ((first, "confirmed"), (second, "declined"), (third, "asked")):
        AgendaItem.objects.filter(pk=number).update(
            host_reply=reply, host_replied_by="Chiara", host_note="?!"
        )
    assert note(address) == "Confirmed by their hosts: 1 of 3."
    page = BeautifulSoup(Client().get(address).content, "html.parser")
    said = {slot["id"]: "Confirmed by the host" in slot.text for slot in page.find_all(class_="slot")}
    assert said == {"item-0": True, "item-1": False, "item-2": False}
    assert "declined" not in page.text
    assert "?!" not in page.text
