"""Noting who was there: by whom, what stays, what is written down about it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.people.models import Person
from sadzonka.visits.attendance.actions import NotAParticipant, note_attendance
from sadzonka.visits.attendance.queries import noted_on, participants_of
from sadzonka.visits.models import Application, Attendance, Visit
from tests import factories
from tests.chain import World, application, call_for, participant

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
OVERVIEW = "/en/visits/under-way/desk/attendance/"
ITEM = "/en/visits/under-way/desk/attendance/item-0/"


def noted(world: World) -> dict[str, bool]:
    """Return what is noted about the first item, by the short names of the participants."""
    by_number = {one.pk: name for name, one in world.applications.items()}
    rows = Attendance.objects.filter(item=world.items[0])
    return {by_number[one.participant_id]: one.is_present for one in rows}


def sent(client: Client, **changes: str) -> dict[str, str]:
    """Return what the form on the page of the first item sends when these answers are changed."""
    page = BeautifulSoup(client.get(ITEM).content, "html.parser")
    form = page.find("form", class_="attendance")
    fields = {
        one["name"]: one.get("value", "")
        for one in form.find_all("input")
        if one["type"] == "hidden" or one.has_attr("checked")
    }
    return {**fields, **changes}


def answer_of(world: World, name: str) -> str:
    return f"participant-{world.applications[name].pk}"


# --- the action


def test_what_is_noted_is_stored_with_who_noted_it(world: World, ewa: Person) -> None:
    marek, neighbour = world.applications["marek"], world.applications["neighbour"]
    changed = note_attendance(item=world.items[0], by=ewa, noted={marek.pk: True, neighbour.pk: False})
    assert changed == 2
    assert noted(world) == {"marek": True, "neighbour": False}
    assert {one.noted_by for one in Attendance.objects.all()} == {ewa}


def test_not_noted_is_not_absent(world: World, ewa: Person) -> None:
    note_attendance(item=world.items[0], by=ewa, noted={world.applications["marek"].pk: True})
    assert noted(world) == {"marek": True}


def test_a_note_can_be_taken_back(world: World, ewa: Person) -> None:
    marek = world.applications["marek"].pk
    note_attendance(item=world.items[0], by=ewa, noted={marek: True})
    note_attendance(item=world.items[0], by=ewa, noted={marek: None})
    assert noted(world) == {}


def test_everybody_about_whom_nothing_was_noted_can_be_noted_at_once(world: World, ewa: Person) -> None:
    note_attendance(item=world.items[0], by=ewa, noted={world.applications["marek"].pk: False})
    assert note_attendance(item=world.items[0], by=ewa, noted={}, others_present=True) == 1
    assert noted(world) == {"marek": False, "neighbour": True}


def test_who_saves_later_is_right_and_the_history_keeps_both(
    world: World, ewa: Person, colleague: Person
) -> None:
    marek = world.applications["marek"]
    note_attendance(item=world.items[0], by=ewa, noted={marek.pk: True})
    note_attendance(item=world.items[0], by=colleague, noted={marek.pk: False})
    assert noted(world) == {"marek": False}
    entries = ModelLogEntry.objects.filter(action="sadzonka.note_attendance").order_by("pk")
    assert [(one.user, one.data["item"], one.data["present"]) for one in entries] == [
        (ewa, "item-0", {marek.reference: {"before": None, "after": True}}),
        (colleague, "item-0", {marek.reference: {"before": True, "after": False}}),
    ]


def test_saving_the_same_again_changes_and_logs_nothing(world: World, ewa: Person) -> None:
    marek = world.applications["marek"].pk
    note_attendance(item=world.items[0], by=ewa, noted={marek: True})
    assert note_attendance(item=world.items[0], by=ewa, noted={marek: True}) == 0
    assert ModelLogEntry.objects.filter(action="sadzonka.note_attendance").count() == 1


def test_attendance_can_be_noted_after_the_visit_and_the_history_says_so(world: World, ewa: Person) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state="completed")
    world.items[0].refresh_from_db()
    note_attendance(item=world.items[0], by=ewa, noted={world.applications["marek"].pk: True})
    assert ModelLogEntry.objects.get(action="sadzonka.note_attendance").data["after_the_visit"] is True


def test_the_facilitator_of_the_visit_notes_too(world: World) -> None:
    note_attendance(item=world.items[0], by=world.facilitator, noted={world.applications["marek"].pk: True})
    assert noted(world) == {"marek": True}


@pytest.mark.parametrize("who", ["marek", "editor"])
def test_nobody_else_notes(who: str, world: World) -> None:
    with pytest.raises(PermissionDenied):
        note_attendance(item=world.items[0], by=getattr(world, who), noted={}, others_present=True)
    assert noted(world) == {}


def test_a_controller_does_not_note(world: World, controller: Person) -> None:
    with pytest.raises(PermissionDenied):
        note_attendance(item=world.items[0], by=controller, noted={}, others_present=True)


def test_nobody_is_noted_who_does_not_take_part(world: World, ewa: Person) -> None:
    refused = application(world.call, "Jan", state=Application.State.REFUSED)
    elsewhere = participant(call_for(factories.visit("other", "Other")), "Adam")
    for stranger in (refused, elsewhere):
        with pytest.raises(NotAParticipant):
            note_attendance(item=world.items[0], by=ewa, noted={stranger.pk: True})
    assert Attendance.objects.count() == 0


# --- who is on the list


def test_participants_stand_by_name_with_their_diacritics(world: World) -> None:
    for last_name in ("Żak", "Łęcki", "Adamska"):
        application(world.call, "Jan", state=Application.State.CONFIRMED, last_name=last_name)
    names = [one.last_name for one in participants_of(world.visit)]
    assert names == ["Adamska", "Łęcki", "Nowak", "Nowak", "Żak"]


def test_who_was_there_and_then_gave_the_place_back_stays_on_the_list(world: World, ewa: Person) -> None:
    marek = world.applications["marek"]
    note_attendance(item=world.items[0], by=ewa, noted={marek.pk: True})
    for one in world.applications.values():
        Application.objects.filter(pk=one.pk).update(state="withdrawn")
    assert participants_of(world.visit) == [marek]


# --- the pages


def test_a_list_is_filled_in_and_saved(world: World, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    answers = {answer_of(world, "marek"): "present", answer_of(world, "neighbour"): "absent"}
    answer = client.post(ITEM, sent(client, **answers))
    assert (answer.status_code, answer["Location"]) == (302, ITEM)
    assert noted(world) == {"marek": True, "neighbour": False}


def test_two_phones_at_once_do_not_undo_each_other(world: World, ewa: Person, signed_in: SignIn) -> None:
    first, second = signed_in(ewa), signed_in(world.facilitator)
    opened_early = sent(first, **{answer_of(world, "marek"): "present"})
    second.post(ITEM, sent(second, **{answer_of(world, "neighbour"): "absent"}))
    first.post(ITEM, opened_early)
    assert noted(world) == {"marek": True, "neighbour": False}


def test_one_button_says_that_all_others_were_there(world: World, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    client.post(ITEM, sent(client, **{answer_of(world, "marek"): "absent", "others_present": "1"}))
    assert noted(world) == {"marek": False, "neighbour": True}


def test_an_answer_that_does_not_exist_is_refused_and_the_others_are_kept(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    answers = {answer_of(world, "marek"): "perhaps", answer_of(world, "neighbour"): "absent"}
    answer = client.post(ITEM, sent(client, **answers))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find("div", class_="errors").find("a").text == "Marek Nowak"
    kept = page.find("input", attrs={"name": answer_of(world, "neighbour"), "checked": True})
    assert kept["value"] == "absent"
    assert noted(world) == {}


def test_a_controller_reads_the_list_without_a_form(
    world: World, controller: Person, signed_in: SignIn
) -> None:
    page = BeautifulSoup(signed_in(controller).get(ITEM).content, "html.parser")
    assert page.find("form", class_="attendance") is None
    assert [one.text for one in page.main.find_all("li")] == [
        "Marek Nowak: not noted",
        "Zofia Nowak: not noted",
    ]


def test_the_overview_says_who_is_missing(world: World, ewa: Person, signed_in: SignIn) -> None:
    marek = world.applications["marek"].pk
    note_attendance(item=world.items[0], by=ewa, noted={marek: True})
    note_attendance(item=world.items[1], by=ewa, noted={marek: False})
    page = signed_in(ewa).get(OVERVIEW).context
    names = [
        tuple([one.first_name for one in group] for group in (row.present, row.absent, row.not_noted))
        for row in page["sittings"]
    ]
    assert names == [(["Marek"], [], ["Zofia"]), ([], ["Marek"], ["Zofia"]), ([], [], ["Marek", "Zofia"])]
    assert [(row.noted, row.attended) for row in page["attendees"]] == [
        ([True, False, None], 1),
        ([None, None, None], 0),
    ]


def test_a_visit_without_participants_says_what_comes_first(ewa: Person, signed_in: SignIn) -> None:
    visit = factories.visit("empty", "Empty")
    factories.agenda_item(visit, "one", "One")
    client = signed_in(ewa)
    for path in ("", "one/"):
        body = client.get(f"/en/visits/empty/desk/attendance/{path}").content.decode()
        assert "Nobody has accepted a place on this visit yet." in body


def test_a_visit_without_an_agenda_says_what_comes_first(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    world.visit.agenda.all().delete()
    assert "Attendance is noted for each agenda item." in signed_in(ewa).get(OVERVIEW).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", [OVERVIEW, ITEM])
def test_more_people_and_items_take_no_more_queries(
    path: str, count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    for item in world.items[count:]:
        item.delete()
    if count == 1:
        world.applications.pop("neighbour").delete()
    for number in range(count - 2):
        participant(world.call, f"Osoba{number}")
    for item in world.items[:count]:
        note_attendance(item=item, by=world.facilitator, noted={}, others_present=True)
    assert len(noted_on(world.visit)) == count * count
    client = signed_in(world.facilitator)
    client.get(path)
    with django_assert_num_queries(12 if path == OVERVIEW else 13):
        assert client.get(path).status_code == 200
