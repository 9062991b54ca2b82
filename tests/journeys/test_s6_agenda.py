"""S6: an agenda that cannot contradict itself, confirmed by its hosts."""

from __future__ import annotations

import datetime as dt

import pytest

from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from tests.admin.browser import rendered_form
from tests.chain import World
from tests.journeys.clock import Clock
from tests.journeys.post_office import delivers, follows_the_link, releases_everything
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor

VISIT = "/en/visits/under-way/"
CONFIRMED, NOT_YET = "Confirmed by the host", "Not confirmed by the host yet"


@pytest.fixture(autouse=True)
def _in_summer(clock: Clock) -> None:
    clock.moves_to("2026-08-10")


def test_a_contradiction_is_seen_and_mended(world: World, ewa: Person) -> None:
    changes_item(world, ewa, 1, held_on="2026-09-01", starts_at="10:00")
    desk = signed_in(ewa, at=f"{VISIT}agenda/")
    assert len(about_both(desk)) == 1
    traveller = signed_in(world.marek, at=f"{VISIT}agenda/")
    assert traveller.texts(".contradictions li") == []
    changes_item(world, ewa, 1, starts_at="13:00")
    desk.opens(f"{VISIT}agenda/")
    assert about_both(desk) == []


def test_a_host_confirms_in_its_language_and_what_changes_afterwards_is_to_be_confirmed_again(
    world: World, ewa: Person
) -> None:
    desk = signed_in(ewa, at=f"{VISIT}desk/hosts/")
    desk.presses("Write to the ticked hosts", {"items": [str(world.items[0].pk)]})
    assert releases_everything(desk, "under-way") == 1
    delivers()
    assert Mail.objects.get(recipient="chiara@example.org").language == "it"
    host = follows_the_link("chiara@example.org", "hosting", language="it")
    host.sends("main form", {"reply": "confirmed", "name": "Chiara"})
    assert told() == [CONFIRMED, NOT_YET, NOT_YET]
    changes_item(world, ewa, 0, starts_at="08:30")
    assert told() == [NOT_YET] * 3
    host.opens(host.address)
    assert host.sees("The plan has changed since you confirmed it. Please look at it and answer again.")


def test_the_agenda_goes_into_a_calendar(world: World) -> None:
    traveller = signed_in(world.marek, at=f"{VISIT}agenda/")
    calendar = traveller.downloads("Take it into your calendar").decode()
    assert calendar.count("BEGIN:VEVENT") == len(world.items)
    assert [f"Item {number}" in calendar for number in range(3)] == [True] * 3


def about_both(desk: Visitor) -> list[str]:
    """Return what does not fit between the first two items, as staff read it."""
    problems = desk.texts(".text .contradictions li")
    return [one for one in problems if "Item 0" in one and "Item 1" in one]


def told() -> list[str]:
    """Return what everybody reads about the hosts of the items."""
    reader = Visitor("en")
    reader.opens(VISIT)
    return [one for one in reader.texts(".agenda .slot p.source") if one in {CONFIRMED, NOT_YET}]


def changes_item(world: World, person: Person, number: int, **fields: str | dt.date) -> None:
    """Change an item of the agenda in the admin."""
    editor = signed_in(person).client
    address = f"/admin/visit/edit/{world.visit.pk}/"
    form = rendered_form(editor, address)
    changed = {f"agenda-{number}-{name}": value for name, value in fields.items()}
    answer = editor.post(address, {**form, **changed})
    assert answer.status_code == 302, answer.context["form"].errors
