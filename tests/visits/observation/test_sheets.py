"""Sheets: written on the way, private until they are shared, never lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Debrief, Note, Sheet
from sadzonka.visits.observation.actions import DebriefIsAgreed, Noted, save_sheet
from tests import factories
from tests.chain import World
from tests.visits.observation.talk import (
    agree,
    asked_about,
    debrief_path,
    general,
    level_question,
    plant_sheet,
    post,
    sheet_path,
    write,
)

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db
SECRET = "What-only-Marek-may-read"


def notes_of(person: Person) -> dict[str, tuple[str, int | None]]:
    return {note.question: (note.text, note.level) for note in Note.objects.filter(sheet__author=person)}


def test_a_sheet_asks_the_eight_questions_and_every_criterion_of_the_practices_seen(
    world: World, signed_in: SignIn
) -> None:
    version = world.items[0].practices.get().shown_version
    assert version is not None
    page = BeautifulSoup(signed_in(world.marek).get(sheet_path(world.items[0])).content, "html.parser")
    legends = [legend.get_text(strip=True) for legend in page.find_all("legend")]
    assert legends[:2] == ["What did we see?", "Who does it, and with whom?"]
    assert legends[7] == "What of it could work at home?"
    assert legends[8:] == [str(one.name) for one in version.criteria.all()]
    with_levels = [one for one in page.find_all("fieldset") if one.find("input", type="radio")]
    assert len(with_levels) == len([one for one in version.criteria.all() if one.is_question])
    assert [one["value"] for one in with_levels[0].find_all("input", type="radio")] == ["", *"012345"]


def test_what_is_noted_is_kept_and_private(world: World, signed_in: SignIn) -> None:
    item = world.items[0]
    question = level_question(Practice.objects.get(slug="bicycles-from-prison"))
    fields = {"q-seen": " A workshop. ", f"{question.name}-level": "4"}
    answer = post(signed_in(world.marek), sheet_path(item), 0, **fields)
    assert (answer.status_code, answer["Location"]) == (302, sheet_path(item))
    assert notes_of(world.marek) == {"seen": ("A workshop.", None), question.key: ("", 4)}
    assert Sheet.objects.get().is_shared is False
    page = BeautifulSoup(signed_in(world.marek).get(sheet_path(item)).content, "html.parser")
    assert page.find("textarea", {"name": "q-seen"}).text.strip() == "A workshop."
    assert page.find("input", {"name": f"{question.name}-level", "checked": True})["value"] == "4"


@pytest.fixture
def all_others(
    world: World, ewa: Person, controller: Person, administrator: Person, stranger: Person
) -> list[Person]:
    """Everybody but Marek."""
    insiders = [world.neighbour, world.facilitator, world.editor]
    return [*insiders, ewa, controller, administrator, stranger]


def test_an_unshared_sheet_is_read_by_nobody_else_anywhere(
    world: World, signed_in: SignIn, all_others: list[Person]
) -> None:
    item = world.items[0]
    sheet = plant_sheet(item, world.marek, SECRET, is_shared=False)
    practice = item.practices.get()
    paths = [
        sheet_path(item),
        debrief_path(item),
        "/en/visits/under-way/",
        "/en/visits/under-way/debriefs/",
        "/en/visits/under-way/agenda/",
        "/en/visits/under-way/desk/",
        f"/en/practices/{practice.slug}/",
        "/api/visits/under-way",
        f"/admin/visit/edit/{world.visit.pk}/",
        f"/admin/visit/history/{world.visit.pk}/",
        f"/admin/practice/delete/{practice.pk}/",
        f"/admin/practice/edit/{practice.pk}/",
        "/admin/reports/site-history/",
    ]
    for reader in [Client(), *map(signed_in, all_others)]:
        for path in paths:
            assert SECRET not in reader.get(path).content.decode(), path
    assert SECRET in signed_in(world.marek).get(sheet_path(item)).content.decode()
    assert SECRET not in signed_in(world.marek).get(debrief_path(item)).content.decode()
    assert SECRET not in str(sheet)
    assert not ModelLogEntry.objects.filter(data__icontains=SECRET).exists()


def test_sharing_shows_it_to_the_others_of_the_visit_and_taking_it_back_hides_it(
    world: World, signed_in: SignIn, stranger: Person, controller: Person
) -> None:
    item, marek = world.items[0], signed_in(world.marek)
    post(marek, sheet_path(item), 0, q_seen=SECRET, then="share")
    insider = signed_in(world.neighbour)
    assert SECRET in insider.get(debrief_path(item)).content.decode()
    for outsider in (stranger, controller, world.editor):
        answer = signed_in(outsider).get(debrief_path(item))
        assert (answer.status_code, SECRET in answer.content.decode()) == (404, False)
    post(marek, sheet_path(item), 1, q_seen=SECRET, then="unshare")
    assert SECRET not in insider.get(debrief_path(item)).content.decode()
    assert SECRET not in signed_in(world.facilitator).get(debrief_path(item)).content.decode()
    actions = ModelLogEntry.objects.filter(action__contains="share_sheet").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "sadzonka.share_sheet",
        "sadzonka.unshare_sheet",
    ]


def test_saving_a_shared_sheet_again_leaves_it_shared(world: World, signed_in: SignIn) -> None:
    sheet = write(world.items[0], world.marek, seen="First")
    post(signed_in(world.marek), sheet_path(world.items[0]), 1, q_seen="Second")
    assert notes_of(world.marek) == {"seen": ("Second", None)}
    assert Sheet.objects.get().shared_at == sheet.shared_at


def test_taking_a_sheet_back_takes_its_notes_out_of_the_debrief(world: World) -> None:
    item = world.items[0]
    write(item, world.marek, seen="Bicycles")
    write(item, world.neighbour, seen="A workshop")
    debrief = agree(item, world.facilitator, is_agreed=False, seen="Bicycles in a workshop")
    write(item, world.marek, is_shared=False, seen="Bicycles")
    left = debrief.statements.get().notes.values_list("sheet__author", flat=True)
    assert list(left) == [world.neighbour.pk]
    debrief.refresh_from_db()
    assert debrief.revision == 2


def test_the_same_sheet_sent_twice_is_one(world: World, signed_in: SignIn) -> None:
    browser = signed_in(world.marek)
    for _time in range(2):
        answer = post(browser, sheet_path(world.items[0]), 0, q_seen="Once")
        assert answer.status_code == 302
    assert Sheet.objects.get().revision == 1
    assert notes_of(world.marek) == {"seen": ("Once", None)}


def test_two_tabs_lose_nothing_and_the_second_is_told(world: World, signed_in: SignIn) -> None:
    browser, path = signed_in(world.marek), sheet_path(world.items[0])
    post(browser, path, 0, q_seen="From the first tab")
    answer = post(browser, path, 0, q_seen="From the second tab")
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert page.find("textarea", {"name": "q-seen"}).text.strip() == "From the second tab"
    assert "From the first tab" in page.find(id="main").get_text()
    assert page.find("input", {"name": "revision"})["value"] == "1"
    assert notes_of(world.marek) == {"seen": ("From the first tab", None)}
    assert post(browser, path, 1, q_seen="From the second tab").status_code == 302
    assert notes_of(world.marek) == {"seen": ("From the second tab", None)}


def test_an_emptied_note_goes_away_and_what_is_no_longer_asked_stays(world: World, signed_in: SignIn) -> None:
    item, browser = world.items[0], signed_in(world.marek)
    question = level_question(item.practices.get())
    post(browser, sheet_path(item), 0, q_seen="A", **{f"{question.name}-level": "2", question.name: "Kept"})
    item.practices.clear()
    item.save()
    page = browser.get(sheet_path(item)).content.decode()
    assert "Questions that are no longer asked" in page
    assert "Kept" in page
    post(browser, sheet_path(item), 1, q_seen="", **{question.name: "Kept", f"{question.name}-level": "2"})
    assert notes_of(world.marek) == {question.key: ("Kept", 2)}


@pytest.mark.parametrize(
    ("name", "value"),
    [("q-seen", "x" * 3001), ("level", "6"), ("level", "one"), ("language", "de"), ("revision", "")],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(
    name: str, value: str, world: World, signed_in: SignIn
) -> None:
    item = world.items[0]
    wrong = f"{level_question(item.practices.get()).name}-level" if name == "level" else name
    fields = {"revision": 0, "language": "en", "q-works": "What I typed", wrong: value}
    answer = signed_in(world.marek).post(sheet_path(item), fields)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.find(class_="errors").find_all("li")
    assert page.find("textarea", {"name": "q-works"}).text.strip() == "What I typed"
    assert not Sheet.objects.exists()


def test_what_is_shared_stays_as_it_is_once_the_text_is_agreed(world: World, signed_in: SignIn) -> None:
    item, browser = world.items[0], signed_in(world.marek)
    write(item, world.marek, seen="Shared")
    agree(item, world.facilitator, seen="Agreed")
    page = BeautifulSoup(browser.get(sheet_path(item)).content, "html.parser")
    assert page.find("textarea", {"name": "q-seen"}).has_attr("disabled")
    answer = post(browser, sheet_path(item), 1, q_seen="Changed", then="unshare")
    assert answer.status_code == 409
    assert "Changed" in answer.content.decode()
    assert notes_of(world.marek) == {"seen": ("Shared", None)}
    with pytest.raises(DebriefIsAgreed):
        write(item, world.neighbour, seen="Too late")
    assert write(item, world.neighbour, is_shared=False, seen="For myself").is_shared is False


def test_only_people_of_the_visit_write_sheets(world: World, stranger: Person) -> None:
    with pytest.raises(PermissionDenied):
        write(world.items[0], stranger, seen="x")


def test_a_form_out_of_date_is_refused_by_the_action(world: World) -> None:
    write(world.items[0], world.marek, seen="One")
    with pytest.raises(StaleForm):
        save_sheet(
            item=world.items[0],
            author=world.marek,
            revision=4,
            language="en",
            notes={general("seen"): Noted("Two")},
            is_shared=True,
        )
    assert notes_of(world.marek) == {"seen": ("One", None)}


@pytest.mark.parametrize("count", [1, 3])
def test_a_sheet_takes_the_same_queries_whatever_there_is(
    count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    item, browser = world.items[0], signed_in(world.marek)
    item.practices.set(Practice.objects.filter(versions__state="published").order_by("slug")[:count])
    item.save()
    plant_sheet(item, world.marek, "Seen", is_shared=True)
    browser.get(sheet_path(item))
    with django_assert_num_queries(15):
        assert browser.get(sheet_path(item)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_evenings_page_takes_the_same_queries_with_one_and_three_items(
    count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    AgendaItem.objects.filter(visit=world.visit).exclude(
        pk__in=[one.pk for one in world.items[:count]]
    ).delete()
    for item in world.items[:count]:
        plant_sheet(item, world.marek, "Seen", is_shared=True)
    browser = signed_in(world.marek)
    browser.get("/en/visits/under-way/debriefs/")
    with django_assert_num_queries(11):
        answer = browser.get("/en/visits/under-way/debriefs/")
    assert len(answer.context["items"]) == count


def test_the_evenings_page_says_how_many_shared_and_only_leaders_read_how_many_began(
    world: World, signed_in: SignIn
) -> None:
    factories.agenda_item(world.visit, "coach", "On the coach", kind="travel")
    write(world.items[0], world.marek, seen="A")
    write(world.items[0], world.neighbour, is_shared=False, seen="B")
    path = "/en/visits/under-way/debriefs/"
    texts = {}
    for who, person in {"leads": world.facilitator, "takes part": world.neighbour}.items():
        page = BeautifulSoup(signed_in(person).get(path).content, "html.parser")
        first = page.find(class_="entries").find("li")
        texts[who] = " ".join(first.find(class_="aside").get_text(" ").split())
        assert "On the coach" not in page.get_text()
    assert texts == {
        "leads": "1 sheet shared 2 sheets begun not agreed yet",
        "takes part": "1 sheet shared not agreed yet",
    }


def test_a_visit_without_meetings_says_what_comes(world: World, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(visit=world.visit).delete()
    answer = signed_in(world.marek).get("/en/visits/under-way/debriefs/")
    assert "has no meetings yet" in answer.content.decode()
    assert not Debrief.objects.exists()


def test_every_question_has_one_name(world: World) -> None:
    names = [question.name for question in asked_about(world.items[0])]
    assert len(names) == len(set(names)) > 8
