"""Debriefs: everybody's notes side by side, one agreed text, and who saw it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Debrief, Note, Statement
from sadzonka.visits.observation.actions import (
    DebriefIsAgreed,
    DebriefIsUsed,
    NothingIsWrittenYet,
    make_card,
    reopen_debrief,
)
from tests import factories
from tests.chain import World, participant
from tests.visits.observation.talk import (
    agree,
    agreed_path,
    debrief_path,
    level_question,
    plant_debrief,
    plant_sheet,
    post,
    rate,
    sheet_path,
    write,
)

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def main_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").find(id="main")


def text_of(answer: Any) -> str:
    return " ".join(main_of(answer).get_text(" ").split())


def fieldset_of(page: BeautifulSoup, field: str) -> BeautifulSoup:
    return page.find("textarea", {"name": field}).find_parent("fieldset")


def test_shared_notes_stand_side_by_side_ticked_with_names(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Bicycles are mended")
    write(item, world.neighbour, seen="A workshop of six")
    write(item, world.facilitator, is_shared=False, seen="Private")
    page = main_of(signed_in(world.facilitator).get(debrief_path(item)))
    labels = fieldset_of(page, "q-seen").find(class_="choices").find_all("label")
    assert [" ".join(one.get_text(" ").split()) for one in labels] == [
        "Bicycles are mended Marek",
        "A workshop of six Zofia",
    ]
    assert all(one.find("input").has_attr("checked") for one in labels)
    assert page.find("textarea", {"name": "q-seen"}).text.strip() == ""


def test_levels_that_differ_by_two_are_marked_and_the_rule_is_told(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    question = level_question(item.practices.get())
    others = [participant(world.call, name).person for name in ("Jan", "Anna")]
    for person, level in zip([world.marek, world.neighbour, *others], (4, 4, 3, 0), strict=True):
        assert person is not None
        rate(item, person, question, level)
    page = main_of(signed_in(world.facilitator).get(debrief_path(item)))
    rows = fieldset_of(page, question.name).find("table").find("tbody").find_all("tr")
    cells = [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in rows]
    assert [(level, who) for level, _meaning, who in cells] == [
        ("0", "Anna unlike most"),
        ("3", "Jan"),
        ("4", "Marek, Zofia"),
    ]
    assert "from level 0 to level 4" in fieldset_of(page, question.name).get_text()
    assert "1 question to talk about" in page.get_text()
    assert "two levels that differ by 2 or more contradict each other" in page.get_text()


def test_levels_a_step_apart_are_no_contradiction(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    question = level_question(item.practices.get())
    rate(item, world.marek, question, 3)
    rate(item, world.neighbour, question, 4)
    answer = signed_in(world.neighbour).get(debrief_path(item))
    assert "none among the levels given" in text_of(answer)
    assert "A contradiction to talk about" not in text_of(answer)


def test_one_save_stores_every_statement_with_its_notes_and_what_some_saw_differently(
    world: World, signed_in: SignIn
) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Bicycles", works="Trust")
    write(item, world.neighbour, seen="A workshop")
    first, second = Note.objects.filter(question="seen")
    answer = post(
        signed_in(world.facilitator),
        debrief_path(item),
        0,
        **{
            "q-seen": "A workshop mends bicycles.",
            "q-seen-notes": [str(second.pk)],
            "q-works": "They trust each other.",
            "q-works-dissent": "Zofia's office would not.",
            "q-works-notes": [str(Note.objects.get(question="works").pk), str(first.pk), "999999", "x"],
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, debrief_path(item))
    stored = {
        one.question: (one.text, one.dissent, [note.text for note in one.notes.all()])
        for one in Statement.objects.all()
    }
    assert stored == {
        "seen": ("A workshop mends bicycles.", "", ["A workshop"]),
        "works": ("They trust each other.", "Zofia's office would not.", ["Trust"]),
    }
    assert Debrief.objects.get().is_agreed is False


def test_a_note_that_is_not_shared_never_carries_a_statement(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    write(item, world.marek, is_shared=False, seen="Private")
    fields = {"q-seen": "Agreed", "q-seen-notes": [str(Note.objects.get().pk)]}
    post(signed_in(world.facilitator), debrief_path(item), 0, **fields)
    assert list(Statement.objects.get().notes.all()) == []


def test_an_emptied_statement_goes_away(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    agree(item, world.facilitator, is_agreed=False, seen="One", works="Two")
    post(signed_in(world.facilitator), debrief_path(item), 1, **{"q-seen": "", "q-works": "Two"})
    assert [one.question for one in Statement.objects.all()] == ["works"]


def test_dissent_without_a_statement_is_told_beside_its_field(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    fields = {"q-seen-dissent": "Not I", "q-works": "Kept"}
    answer = post(signed_in(world.facilitator), debrief_path(item), 0, **fields)
    page = main_of(answer)
    assert answer.status_code == 422
    assert fieldset_of(page, "q-seen").find(class_="errorlist").get_text() == (
        "First write what the others agreed on."
    )
    assert page.find("textarea", {"name": "q-works"}).text.strip() == "Kept"
    assert not Debrief.objects.exists()


def test_two_tabs_lose_nothing_and_the_second_is_told(world: World, signed_in: SignIn) -> None:
    item, browser = world.items[0], signed_in(world.facilitator)
    post(browser, debrief_path(item), 0, q_seen="From the first tab")
    answer = post(browser, debrief_path(item), 0, q_seen="From the second tab", then="agree")
    page = main_of(answer)
    assert answer.status_code == 409
    assert page.find("textarea", {"name": "q-seen"}).text.strip() == "From the second tab"
    assert "From the first tab" in page.get_text()
    assert Statement.objects.get().text == "From the first tab"
    assert Debrief.objects.get().is_agreed is False
    assert post(browser, debrief_path(item), 1, q_seen="From the second tab", then="agree").status_code == 302
    assert Debrief.objects.get().is_agreed is True


def test_the_same_debrief_sent_twice_is_one(world: World, signed_in: SignIn) -> None:
    item, browser = world.items[0], signed_in(world.facilitator)
    for _time in range(2):
        assert post(browser, debrief_path(item), 0, q_seen="Once", then="agree").status_code == 302
    debrief = Debrief.objects.get()
    assert (debrief.revision, debrief.statements.count(), debrief.is_agreed) == (1, 1, True)


def test_a_sheet_taken_back_while_the_debrief_is_written_is_told(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Taken-back")
    agree(item, world.facilitator, is_agreed=False, seen="First")
    write(item, world.marek, is_shared=False, seen="Taken-back")
    answer = post(signed_in(world.facilitator), debrief_path(item), 1, q_seen="Typed")
    assert answer.status_code == 409
    assert "Typed" in answer.content.decode()
    assert "Taken-back" not in answer.content.decode()


def test_nothing_can_be_agreed_without_a_statement(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    answer = post(signed_in(world.facilitator), debrief_path(item), 0, then="agree")
    assert answer.status_code == 422
    assert "Write at least one statement" in answer.content.decode()
    assert not Debrief.objects.exists()
    with pytest.raises(NothingIsWrittenYet):
        agree(item, world.facilitator)


def test_an_agreed_text_is_closed_until_it_is_reopened(world: World, signed_in: SignIn) -> None:
    item, browser = world.items[0], signed_in(world.facilitator)
    agree(item, world.facilitator, seen="Agreed")
    assert main_of(browser.get(debrief_path(item))).find("textarea") is None
    answer = post(browser, debrief_path(item), 1, q_seen="Changed")
    assert answer.status_code == 409
    assert "Changed" in answer.content.decode()
    with pytest.raises(DebriefIsAgreed):
        agree(item, world.facilitator, seen="Changed")
    assert browser.post(debrief_path(item, "reopen/"))["Location"] == debrief_path(item)
    assert Debrief.objects.get().agreed_by is None
    assert browser.get(agreed_path(item)).status_code == 404
    assert post(browser, debrief_path(item), 2, q_seen="Changed").status_code == 302


def test_what_became_a_card_is_not_reopened(world: World, signed_in: SignIn) -> None:
    debrief = agree(world.items[1], world.facilitator, seen="Agreed")
    make_card(debrief=debrief, by=world.facilitator)
    with pytest.raises(DebriefIsUsed):
        reopen_debrief(debrief=debrief, by=world.facilitator)
    browser = signed_in(world.facilitator)
    assert browser.post(debrief_path(world.items[1], "reopen/")).status_code == 302
    assert "it is not opened again" in text_of(browser.get(debrief_path(world.items[1])))
    assert Debrief.objects.get().is_agreed is True


def test_only_whoever_leads_writes_the_text_and_the_others_read(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Bicycles")
    agree(item, world.facilitator, is_agreed=False, seen="In work")
    answer = signed_in(world.neighbour).get(debrief_path(item))
    assert main_of(answer).find("textarea") is None
    assert "Seen by Marek, CADIAI" in text_of(answer)
    assert post(signed_in(world.neighbour), debrief_path(item), 1, q_seen="Mine").status_code == 404
    with pytest.raises(PermissionDenied):
        agree(item, world.neighbour, seen="Mine")
    with pytest.raises(PermissionDenied):
        reopen_debrief(debrief=Debrief.objects.get(), by=world.neighbour)
    assert Statement.objects.get().text == "In work"


def test_everybody_reads_the_agreed_text_without_names(world: World, client: Client) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Bicycles")
    write(item, world.neighbour, seen="A workshop")
    agree(item, world.facilitator, seen="A workshop mends bicycles.", works="Trust.")
    text = text_of(client.get(agreed_path(item)))
    assert "A workshop mends bicycles." in text
    assert "Seen by 2 people, CADIAI" in text
    assert "1 September 2026" in text
    assert "Agreed in the talk" in text
    for name in ("Marek", "Zofia", "Halina", "marek@example.org"):
        assert name not in text
    visit = text_of(client.get("/en/visits/under-way/"))
    assert "What we agreed to have seen" in visit
    assert "2 statements" in visit


def test_an_agreed_text_of_a_draft_visit_is_not_for_everybody(world: World, client: Client) -> None:
    draft = factories.visit("draft", "Draft", state="draft")
    item = factories.agenda_item(draft, "one", "One")
    plant_debrief(item, "Agreed", is_agreed=True, by=world.facilitator)
    assert client.get(agreed_path(item)).status_code == 404


def test_a_text_in_another_language_is_labelled(world: World, client: Client) -> None:
    item = world.items[0]
    plant_debrief(item, "Warsztat", is_agreed=True, by=world.facilitator)
    Debrief.objects.update(language="pl")
    page = main_of(client.get(agreed_path(item)))
    assert page.find(class_="other-language")["data-code"] == "pl"
    assert page.find("div", {"lang": "pl"}).get_text(strip=True) == "Warsztat"


def test_the_other_items_of_the_same_host_are_linked(world: World, signed_in: SignIn) -> None:
    page = main_of(signed_in(world.marek).get(debrief_path(world.items[0])))
    links = [link["href"] for link in page.find(class_="facts").find_all("a")]
    assert links == [sheet_path(world.items[0]), *(debrief_path(item) for item in world.items[1:])]


def test_counts_of_sheets_that_are_not_shared_are_for_whoever_leads(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    write(item, world.marek, seen="A")
    write(item, world.neighbour, is_shared=False, seen="B")
    assert "Sheets 1 shared, 2 begun" in text_of(signed_in(world.facilitator).get(debrief_path(item)))
    assert "Sheets 1 shared ·" in text_of(signed_in(world.marek).get(debrief_path(item)))


@pytest.mark.parametrize("count", [1, 3])
def test_a_debrief_takes_the_same_queries_whatever_there_is(
    count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    item, browser = world.items[0], signed_in(world.facilitator)
    item.practices.set(Practice.objects.filter(versions__state="published").order_by("slug")[:count])
    item.save()
    for person in (world.marek, world.neighbour, world.facilitator)[:count]:
        plant_sheet(item, person, "Seen", is_shared=True)
    agree(item, world.facilitator, is_agreed=False, **dict.fromkeys(("seen", "works", "costs")[:count], "x"))
    browser.get(debrief_path(item))
    with django_assert_num_queries(23):
        assert browser.get(debrief_path(item)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_agreed_text_takes_the_same_queries_whatever_it_says(
    count: int, world: World, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    item = world.items[0]
    plant_sheet(item, world.marek, "Seen", is_shared=True)
    agree(item, world.facilitator, **dict.fromkeys(("seen", "works", "costs")[:count], "x"))
    client.get(agreed_path(item))
    with django_assert_num_queries(13):
        assert client.get(agreed_path(item)).status_code == 200
