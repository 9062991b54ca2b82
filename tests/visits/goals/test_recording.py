"""Recording what was achieved: by staff, with nothing lost, and written down in the history."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.words import Words
from sadzonka.people.models import Person
from sadzonka.visits.goals.actions import Record, record_goals, record_of
from sadzonka.visits.models import Evidence, Goal
from tests import factories
from tests.chain import World

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
EDIT = "/en/visits/under-way/desk/goals/"


@pytest.fixture
def goal(world: World) -> Goal:
    return Goal.objects.create(visit=world.visit, text=factories.words("Show good practices"), target=3)


def record(**fields: object) -> Record:
    return Record(**{"target": Decimal(3), "achieved": None, "note": Words(), "evidence": (), **fields})


def form_of(client: Client) -> dict[str, str]:
    """Return what the page's form sends when nothing is changed."""
    form = BeautifulSoup(client.get(EDIT).content, "html.parser").find("form", class_="goals")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input")}
    return {**fields, **{one["name"]: one.text.strip() for one in form.find_all("textarea")}}


def field(goal: Goal, name: str) -> str:
    return f"goal-{goal.pk}-{name}"


# --- the action


def test_what_is_recorded_is_stored_and_logged(world: World, goal: Goal, ewa: Person) -> None:
    said = record(
        achieved=Decimal(4),
        note=Words({"en": "One more"}),
        evidence=((Words({"en": "The cards"}), "https://example.org/cards"),),
    )
    assert record_goals(visit=world.visit, by=ewa, records={goal.pk: said}) == [goal]
    goal.refresh_from_db()
    assert record_of(goal) == said
    entry = ModelLogEntry.objects.get(action="sadzonka.record_goal")
    assert (entry.user, entry.data["goal"]) == (ewa, goal.pk)
    assert (entry.data["before"]["achieved"], entry.data["after"]["achieved"]) == (None, "4")
    assert entry.data["after"]["evidence"] == [[{"en": "The cards"}, "https://example.org/cards"]]


def test_recording_the_same_again_changes_and_logs_nothing(world: World, goal: Goal, ewa: Person) -> None:
    said = {goal.pk: record(achieved=Decimal(4))}
    record_goals(visit=world.visit, by=ewa, records=said)
    assert record_goals(visit=world.visit, by=ewa, records=said) == []
    assert ModelLogEntry.objects.filter(action="sadzonka.record_goal").count() == 1


def test_a_goal_of_another_visit_is_left_alone(world: World, goal: Goal, ewa: Person) -> None:
    other = factories.visit("other", "Other")
    assert record_goals(visit=other, by=ewa, records={goal.pk: record(achieved=Decimal(9))}) == []
    goal.refresh_from_db()
    assert goal.achieved is None


@pytest.mark.parametrize("who", ["marek", "facilitator", "editor"])
def test_only_staff_record(who: str, world: World, goal: Goal) -> None:
    with pytest.raises(PermissionDenied):
        record_goals(visit=world.visit, by=getattr(world, who), records={goal.pk: record()})


def test_a_controller_does_not_record(world: World, goal: Goal, controller: Person) -> None:
    with pytest.raises(PermissionDenied):
        record_goals(visit=world.visit, by=controller, records={goal.pk: record()})


# --- the page


def test_the_form_stores_numbers_remark_and_evidence(
    world: World, goal: Goal, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    sent = form_of(client) | {
        field(goal, "achieved"): "4,5",
        field(goal, "note_en"): "More than planned",
        field(goal, "evidence-0-url"): "https://example.org/cards",
        field(goal, "evidence-0-label_en"): "The cards",
    }
    answer = client.post(EDIT, sent)
    assert (answer.status_code, answer["Location"]) == (302, EDIT)
    goal.refresh_from_db()
    assert record_of(goal) == record(
        achieved=Decimal("4.5"),
        note=Words({"en": "More than planned"}),
        evidence=((Words({"en": "The cards"}), "https://example.org/cards"),),
    )


def test_what_is_stored_comes_back_in_the_form(
    world: World, goal: Goal, ewa: Person, signed_in: SignIn
) -> None:
    said = record(
        target=Decimal("20.50"),
        achieved=Decimal(4),
        note=Words({"pl": "Więcej", "en": "More"}),
        evidence=((Words({"it": "Le schede"}), "https://example.org/cards"),),
    )
    record_goals(visit=world.visit, by=ewa, records={goal.pk: said})
    client = signed_in(ewa)
    client.post(EDIT, form_of(client))
    goal.refresh_from_db()
    assert record_of(goal) == said
    assert ModelLogEntry.objects.filter(action="sadzonka.record_goal").count() == 1


def test_an_emptied_row_is_evidence_no_longer(
    world: World, goal: Goal, ewa: Person, signed_in: SignIn
) -> None:
    Evidence.objects.create(goal=goal, label=Words({"en": "Gone"}), url="https://example.org/gone")
    client = signed_in(ewa)
    emptied = {field(goal, f"evidence-0-{name}"): "" for name in ("url", "label_pl", "label_it", "label_en")}
    client.post(EDIT, form_of(client) | emptied)
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"achieved": "many"}, "Achieved: Write a number, such as 20 or 12.5."),
        ({"target": "-1"}, "Target: Ensure this value is greater than or equal to 0."),
        ({"evidence-0-url": "https://example.org/x"}, "What it shows: Say what can be read there"),
        ({"evidence-0-label_en": "Cards"}, "Address: Give the address where this can be read."),
        (
            {"evidence-0-url": "javascript:alert(1)", "evidence-0-label_en": "x"},
            "Address: Enter a valid URL.",
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored_or_lost(
    wrong: dict[str, str], said: str, goal: Goal, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    sent = form_of(client) | {field(goal, "note_en"): "Typed for an hour"}
    answer = client.post(EDIT, sent | {field(goal, name): value for name, value in wrong.items()})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert said in " ".join(page.find("div", class_="errors").text.split())
    assert page.find("textarea", attrs={"name": field(goal, "note_en")}).text.strip() == "Typed for an hour"
    goal.refresh_from_db()
    assert record_of(goal) == record()


def test_what_the_site_counts_cannot_be_entered(
    world: World, goal: Goal, ewa: Person, signed_in: SignIn
) -> None:
    Goal.objects.update(measure=Goal.Measure.HOSTS)
    client = signed_in(ewa)
    sent = form_of(client)
    assert field(goal, "achieved") not in sent
    client.post(EDIT, sent | {field(goal, "achieved"): "99", field(goal, "target"): "5"})
    goal.refresh_from_db()
    assert (goal.target, goal.achieved) == (5, None)


def test_a_controller_is_led_to_the_page_that_shows_the_goals(
    world: World, goal: Goal, controller: Person, signed_in: SignIn
) -> None:
    answer = signed_in(controller).get(EDIT)
    assert (answer.status_code, answer["Location"]) == (302, "/en/visits/under-way/goals/")


def test_a_visit_without_goals_says_where_to_write_them(world: World, ewa: Person, signed_in: SignIn) -> None:
    assert "Write down what the visit is meant to achieve first" in signed_in(ewa).get(EDIT).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_more_goals_take_no_more_queries(
    many: int, world: World, ewa: Person, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    for number in range(many):
        one = Goal.objects.create(visit=world.visit, text=factories.words(f"Goal {number}"))
        for _page in range(many):
            Evidence.objects.create(goal=one, label=factories.words("x"), url="https://example.org/")
    client = signed_in(ewa)
    client.get(EDIT)
    with django_assert_num_queries(9):
        assert client.get(EDIT).status_code == 200
