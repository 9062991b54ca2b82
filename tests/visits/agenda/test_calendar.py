"""The agenda as a calendar file, read back as a telephone would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from icalendar import Calendar, Event

from sadzonka.people.models import Person
from sadzonka.visits.models import AgendaItem, Interpreter, Visit
from tests import factories
from tests.chain import START, World, at

SignIn = Callable[[Person], Client]
WARSAW = ZoneInfo("Europe/Warsaw")


def calendar(client: Client, language: str = "en", slug: str = "under-way") -> Calendar:
    with override(language):
        address = reverse("visit_calendar", args=[slug])
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content)


def events(client: Client, language: str = "en") -> list[Event]:
    return list(calendar(client, language).walk("VEVENT"))


def test_an_item_is_an_event_at_its_time_in_its_zone(world: World, client: Client) -> None:
    AgendaItem.objects.filter(pk=world.items[0].pk).update(
        venue="Via Roma 1, primo piano; interno 2", theme=factories.words("Work"), language="it"
    )
    first, _second, third = events(client)
    assert (first["SUMMARY"], first["LOCATION"]) == ("Item 0", "Via Roma 1, primo piano; interno 2, Bologna")
    assert first["DTSTART"].dt == dt.datetime(2026, 9, 1, 9, tzinfo=WARSAW)
    assert first["DTEND"].dt == dt.datetime(2026, 9, 1, 11, tzinfo=WARSAW)
    assert first["DTSTART"].dt.utcoffset() == dt.timedelta(hours=2)
    assert first["DESCRIPTION"].splitlines() == [
        "Host: CADIAI",
        "Theme: Work",
        "Language: Italian",
    ]
    assert first["URL"] == "http://127.0.0.1:8000/en/visits/under-way/#item-0"
    assert third["DTSTART"].dt.date() == START + dt.timedelta(days=1)


def test_the_time_zone_is_described_in_the_file(world: World, client: Client) -> None:
    assert [zone["TZID"] for zone in calendar(client).walk("VTIMEZONE")] == ["Europe/Warsaw"]


def test_a_day_without_a_time_is_a_whole_day_and_no_day_is_no_event(world: World, client: Client) -> None:
    first, second, third = (item.pk for item in world.items)
    AgendaItem.objects.filter(pk=first).update(starts_at=None)
    AgendaItem.objects.filter(pk=second).update(held_on=None)
    AgendaItem.objects.filter(pk=third).update(ends_at=None)
    whole, open_ended = events(client)
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (START, START + dt.timedelta(days=1))
    assert (open_ended["DTSTART"].dt.hour, "DTEND" in open_ended) == (9, False)


def test_an_event_keeps_its_name_and_says_when_the_file_was_made(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [event["UID"] for event in events(client)]
    AgendaItem.objects.filter(pk=world.items[0].pk).update(key="renamed", starts_at=dt.time(7))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(START))
    after = events(client, "it")
    assert [event["UID"] for event in after] == before
    assert len(set(before)) == 3
    assert {event["DTSTAMP"].dt for event in after} == {at(START).astimezone(dt.UTC)}


@pytest.mark.parametrize(("language", "title"), [("pl", "Rowery"), ("it", "Biciclette"), ("en", "Bicycles")])
def test_titles_are_in_the_language_of_the_reader(
    language: str, title: str, world: World, client: Client
) -> None:
    words = {"pl": "Rowery", "it": "Biciclette", "en": "Bicycles"}
    AgendaItem.objects.filter(pk=world.items[0].pk).update(title=words)
    first = events(client, language)[0]
    assert (first["SUMMARY"], first["SUMMARY"].params["LANGUAGE"]) == (title, language)


def test_a_cancelled_visit_cancels_its_events(world: World, client: Client) -> None:
    AgendaItem.objects.filter(pk=world.items[0].pk).update(host_reply="confirmed")
    assert [event.get("STATUS") for event in events(client)] == ["CONFIRMED", None, None]
    Visit.objects.filter(pk=world.visit.pk).update(state=Visit.State.CANCELLED)
    assert [event.get("STATUS") for event in events(client)] == ["CANCELLED"] * 3


def test_a_calendar_names_no_persons(world: World, client: Client, ewa: Person, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(visit=world.visit).update(
        interpreter=Interpreter.objects.create(name="Anna Tłumacz"),
        host_reply="confirmed",
        host_replied_by="Chiara Rossi",
        host_note="Ring twice",
    )
    for reader in (client, signed_in(ewa), signed_in(world.marek)):
        text = calendar(reader).to_ical().decode()
        for name in ("Anna", "Chiara", "chiara@", "Ring twice", "Marek", "Zofia"):
            assert name not in text


def test_the_calendar_of_a_draft_is_for_those_inside_it(
    world: World, client: Client, stranger: Person, ewa: Person, signed_in: SignIn
) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state=Visit.State.DRAFT)
    answers = [
        reader.get("/en/visits/under-way/agenda.ics").status_code
        for reader in (
            client,
            signed_in(stranger),
            signed_in(world.editor),
            signed_in(world.marek),
            signed_in(world.facilitator),
            signed_in(ewa),
        )
    ]
    assert answers == [404, 404, 404, 200, 200, 200]
