"""The desk says where a visit stands and what waits, and leads it on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone, translation

from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.visits.desk.board import lines_of, waiting_in
from sadzonka.visits.desk.queries import counts_of, topic_of, visits_at_desk
from sadzonka.visits.models import (
    Application,
    Attendance,
    CallCriterion,
    Debrief,
    Goal,
    Score,
    Sheet,
    Visit,
)
from tests import factories
from tests.chain import START, World, application, at

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

DESK = "/en/visits/under-way/desk/"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let what is said outside of pages be English."""
    with translation.override("en"):
        yield


def page_of(client: Client, address: str = DESK) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def said(answer: object) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]


def waiting(visit: Visit) -> list[str]:
    found = visits_at_desk().get(pk=visit.pk)
    return waiting_in(found, counts_of([found])[found.pk])


def put(visit: Visit, state: str) -> None:
    Visit.objects.filter(pk=visit.pk).update(state=state)


def test_the_desk_shows_the_state_and_what_comes_next(
    world: World, ewa: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(START - dt.timedelta(days=1)))
    page = page_of(signed_in(ewa))
    assert page.find(attrs={"aria-current": "step"}).get_text() == "confirmed"
    assert [h3.get_text() for h3 in page.select(".next h3")] == ["Start the visit", "Cancel the visit"]
    assert [li.get_text() for li in page.select(".obstacles li")] == [
        "The first day of the visit has not come yet."
    ]
    assert [button.get_text() for button in page.select(".next button")] == ["Cancel the visit"]


def test_a_controller_reads_the_desk_and_finds_no_button(
    world: World, controller: Person, signed_in: SignIn
) -> None:
    page = page_of(signed_in(controller))
    assert [h3.get_text() for h3 in page.select(".next h3")] == ["Start the visit", "Cancel the visit"]
    assert page.select("main form") == []


def test_pressing_the_button_leads_the_visit_on(
    world: World, ewa: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(START))
    client = signed_in(ewa)
    sent = {"to": "running", "opened_in": "confirmed"}
    answer = client.post(f"{DESK}state/", sent)
    assert (answer.status_code, answer["Location"]) == (302, DESK)
    assert Visit.objects.get(slug="under-way").state == "running"
    history = page_of(client).select("section:last-of-type .what p")
    assert [p.get_text() for p in history] == ["From confirmed to running"]
    again = client.post(f"{DESK}state/", sent)
    assert (again.status_code, said(again)[-1]) == (302, "The visit is in this state already.")
    assert len(page_of(client).select("section:last-of-type .entries > li")) == 1


def test_what_stands_in_the_way_is_said_on_the_same_page(
    world: World, ewa: Person, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(START - dt.timedelta(days=1)))
    answer = signed_in(ewa).post(f"{DESK}state/", {"to": "running", "opened_in": "confirmed"})
    errors = BeautifulSoup(answer.content, "html.parser").select(".errors li")
    assert (answer.status_code, [error.get_text() for error in errors]) == (
        422,
        ["The first day of the visit has not come yet."],
    )
    assert Visit.objects.get(slug="under-way").state == "confirmed"


def test_cancelling_wants_a_reason(world: World, ewa: Person, signed_in: SignIn) -> None:
    sent = {"to": "cancelled", "opened_in": "confirmed", "reason": " "}
    answer = signed_in(ewa).post(f"{DESK}state/", sent)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.select_one(".errors a")["href"] == "#" + page.select_one("textarea[name=reason]")["id"]
    assert page.select_one(".field .errorlist").get_text() == "Say why the visit is cancelled."


def test_a_page_that_is_too_old_changes_nothing_and_keeps_the_reason(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    put(world.visit, "running")
    sent = {"to": "cancelled", "opened_in": "confirmed", "reason": "The coach broke down."}
    answer = signed_in(ewa).post(f"{DESK}state/", sent)
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, Visit.objects.get(slug="under-way").state) == (409, "running")
    assert page.select_one("textarea[name=reason]").get_text().strip() == "The coach broke down."
    assert "has changed since you opened this page" in page.select_one(".errors").get_text()
    assert page.select_one("input[name=opened_in]")["value"] == "running"


def test_what_waits_before_the_visit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(START - dt.timedelta(days=20)))
    put(world.visit, "selecting")
    application(world.call, "Sent")
    scored, half_scored = (application(world.call, name, state="eligible") for name in ("Full", "Half"))
    application(world.call, "Late", state="chosen", answer_by=at(START - dt.timedelta(days=21)))
    application(world.call, "Soon", state="chosen", answer_by=at(START - dt.timedelta(days=19)))
    for reviewer in (world.editor, world.facilitator):
        for number, criterion in enumerate(CallCriterion.objects.filter(call=world.call)):
            Score.objects.create(
                application=scored, criterion=criterion, reviewer=reviewer, points=3, reason="x"
            )
            if number == 0 or reviewer == world.editor:
                Score.objects.create(
                    application=half_scored, criterion=criterion, reviewer=reviewer, points=3, reason="x"
                )
    for number, state in enumerate(("draft", "draft", "failed", "sent")):
        Mail.objects.create(
            key=str(number), topic=topic_of(world.visit), state=state, recipient="a@example.org"
        )
    world.items[0].host_reply = "confirmed"
    world.items[0].save()
    assert waiting(world.visit) == [
        "1 application to check",
        "1 application without two complete reviews",
        "2 applications to decide",
        "1 offered place not accepted in time",
        "2 mails to review",
        "1 mail could not be delivered",
        "2 hosts not asked",
    ]


def test_what_waits_after_the_visit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(START + dt.timedelta(days=9)))
    put(world.visit, "completed")
    marek = world.applications["marek"]
    Attendance.objects.create(item=world.items[0], participant=marek, is_present=False)
    for item in world.items[:2]:
        Sheet.objects.create(item=item, author=world.marek, language="en", shared_at=at(START))
    Sheet.objects.create(item=world.items[2], author=world.marek, language="en")
    Debrief.objects.create(item=world.items[0], language="en", agreed_at=at(START))
    Goal.objects.create(visit=world.visit, text=factories.words("Known"), achieved=3)
    Goal.objects.create(visit=world.visit, text=factories.words("Counted"), measure="hosts")
    Goal.objects.create(visit=world.visit, text=factories.words("Unknown"))
    assert waiting(world.visit) == [
        "2 items where nobody noted who was there",
        "1 debrief without an agreed text",
        "1 goal without a result",
    ]
    visit = visits_at_desk().get(pk=world.visit.pk)
    said = {line.title: line.says for line in lines_of(visit, counts_of([visit])[visit.pk])}
    assert said["Sheets and debriefs"] == ["3 sheets", "2 of them shared", "1 agreed text"]
    assert said["Scores and choice"] == ["2 of 12 places are held"]


@pytest.mark.django_db
def test_an_archived_visit_waits_for_nobody() -> None:
    visit = Visit.objects.get(slug="wwd-italy-2013")
    assert waiting(visit) == []


def test_counts_of_one_visit_are_not_those_of_another(world: World) -> None:
    other = factories.visit("other", "Other")
    Mail.objects.create(key="1", topic=topic_of(world.visit), state="draft", recipient="a@example.org")
    counts = counts_of([world.visit, other])
    assert (counts[world.visit.pk].mails.total(), counts[other.pk].mails.total()) == (1, 0)
    assert (counts[world.visit.pk].held, counts[other.pk].held) == (2, 0)


def test_the_list_shows_every_visit_by_its_state(world: World, ewa: Person, signed_in: SignIn) -> None:
    factories.visit("secret", "A draft", state="draft")
    page = page_of(signed_in(ewa), "/en/desk/")
    assert [h2.get_text() for h2 in page.select("section > h2")] == [
        "Draft",
        "Confirmed",
        str(Visit.objects.get(slug="wwd-italy-2013").get_state_display()).capitalize(),
        "A new visit",
        "Further",
    ]
    assert page.select_one("a[href='/en/visits/secret/desk/']").get_text() == "A draft"


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_visits_take_the_same_queries(
    count: int, world: World, ewa: Person, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    for number in range(count - 1):
        factories.visit(f"visit-{number}", "Visit")
    client = signed_in(ewa)
    client.get("/en/desk/")
    with django_assert_num_queries(15):
        client.get("/en/desk/")


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_of_everything_take_the_same_queries(
    count: int, world: World, ewa: Person, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    for number in range(count):
        application(world.call, f"Person{number}", state=Application.State.ELIGIBLE)
        Mail.objects.create(key=str(number), topic=topic_of(world.visit), state="draft", recipient="a@b.pl")
        Goal.objects.create(visit=world.visit, text=factories.words("Goal"))
    client = signed_in(ewa)
    client.get(DESK)
    with django_assert_num_queries(16):
        client.get(DESK)


def test_the_state_cannot_be_set_in_the_admin(world: World, ewa: Person, signed_in: SignIn) -> None:
    page = page_of(signed_in(ewa), f"/admin/visit/edit/{world.visit.pk}/")
    assert page.find(attrs={"name": "slug"})["value"] == "under-way"
    assert page.find(attrs={"name": "state"}) is None


@pytest.mark.parametrize("to", ["%d", "%s%s", "", "nowhere"])
def test_a_state_that_does_not_exist_is_refused(
    to: str, world: World, ewa: Person, signed_in: SignIn
) -> None:
    answer = signed_in(ewa).post(f"{DESK}state/", {"to": to, "opened_in": "confirmed"})
    assert answer.status_code == 422
    assert Visit.objects.get(pk=world.visit.pk).state == "confirmed"
