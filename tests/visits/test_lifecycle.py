"""A visit goes from draft to archived, each step when it is ready, and every step stays in its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from wagtail.log_actions import registry

from sadzonka.people.models import Person
from sadzonka.visits.actions import NotTheNextState, ReasonIsMissing, VisitIsNotReady, change_visit_state
from sadzonka.visits.lifecycle import next_states, obstacles_to
from sadzonka.visits.models import Application, Call, Visit
from tests import factories
from tests.chain import START, World, application, at, call_for

STATES = [state.value for state in Visit.State]
FOLLOW = {
    "draft": ["announced"],
    "announced": ["recruiting", "confirmed", "cancelled"],
    "recruiting": ["selecting", "cancelled"],
    "selecting": ["confirmed", "recruiting", "cancelled"],
    "confirmed": ["running", "cancelled"],
    "running": ["completed", "cancelled"],
    "completed": ["archived"],
    "archived": [],
    "cancelled": [],
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let what is said outside of pages be English."""
    with translation.override("en"):
        yield


@pytest.fixture
def visit(db: None) -> Visit:
    """A visit of 1 to 3 September 2026, announced."""
    return factories.visit("new", "New")


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date, hour: int = 12) -> None:
    """Let it be noon of a day."""
    monkeypatch.setattr(timezone, "now", lambda: at(day, hour))


def moved(visit: Visit, to: str, by: Person, reason: str = "") -> str:
    return change_visit_state(visit=visit, to=to, by=by, reason=reason).state


@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_followers(state: str, visit: Visit) -> None:
    visit.state = state
    assert [one.value for one in next_states(visit)] == FOLLOW[state]


def test_a_visit_with_a_call_is_confirmed_only_after_selecting(visit: Visit) -> None:
    call_for(visit)
    assert [one.value for one in next_states(visit)] == ["recruiting", "cancelled"]


def test_a_visit_goes_all_the_way(ewa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = factories.visit("new", "New", state="draft")
    on(monkeypatch, START - dt.timedelta(days=50))
    assert moved(visit, "announced", ewa) == "announced"
    call = call_for(visit)
    assert moved(Visit.objects.get(pk=visit.pk), "recruiting", ewa) == "recruiting"
    sent = application(call, "Marek")
    on(monkeypatch, START - dt.timedelta(days=20))
    assert moved(Visit.objects.get(pk=visit.pk), "selecting", ewa) == "selecting"
    Application.objects.filter(pk=sent.pk).update(state="confirmed")
    assert moved(Visit.objects.get(pk=visit.pk), "confirmed", ewa) == "confirmed"
    on(monkeypatch, START)
    assert moved(Visit.objects.get(pk=visit.pk), "running", ewa) == "running"
    on(monkeypatch, START + dt.timedelta(days=3))
    assert moved(Visit.objects.get(pk=visit.pk), "completed", ewa) == "completed"
    assert moved(Visit.objects.get(pk=visit.pk), "archived", ewa) == "archived"
    history = registry.get_logs_for_instance(visit).filter(action="sadzonka.change_visit_state")
    assert [entry.data["after"] for entry in history.order_by("timestamp", "pk")] == [
        "announced",
        "recruiting",
        "selecting",
        "confirmed",
        "running",
        "completed",
        "archived",
    ]
    assert {entry.user for entry in history} == {ewa}


def test_an_invited_group_needs_no_call(visit: Visit, ewa: Person) -> None:
    assert moved(visit, "confirmed", ewa) == "confirmed"


def test_a_prolonged_call_is_opened_again(world: World, ewa: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state="selecting")
    visit = Visit.objects.get(pk=world.visit.pk)
    on(monkeypatch, START - dt.timedelta(days=20))
    assert obstacles_to(visit, "recruiting") == ["The call’s closing time is in the past."]
    Call.objects.filter(visit=visit).update(closes_at=at(START - dt.timedelta(days=10)))
    assert moved(visit, "recruiting", ewa) == "recruiting"


def test_announcing_needs_words_and_days() -> None:
    assert obstacles_to(Visit(state="draft"), "announced") == [
        "The visit has no title in any language.",
        "The visit has no summary in any language.",
        "It is not known when the visit starts and ends.",
    ]


def test_recruiting_needs_a_call_with_rules_a_notice_and_time(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert obstacles_to(visit, "recruiting") == [
        "There is no call yet: write who is looked for, until when and under which rules."
    ]
    call_for(visit, rules={}, notice={})
    on(monkeypatch, START)
    assert obstacles_to(visit, "recruiting") == [
        "The call has no rules in any language.",
        "The call does not say what becomes of the applicants’ data.",
        "The call’s closing time is in the past.",
    ]


def test_selecting_waits_until_the_call_has_closed(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    call = call_for(visit)
    monkeypatch.setattr(timezone, "now", lambda: call.closes_at - dt.timedelta(seconds=1))
    assert obstacles_to(visit, "selecting") == ["The call is open until 2 August 2026, 12:00."]
    monkeypatch.setattr(timezone, "now", lambda: call.closes_at)
    assert obstacles_to(visit, "selecting") == []


def test_confirming_waits_until_everybody_is_decided(visit: Visit) -> None:
    call = call_for(visit)
    application(call, "Started", state="started")
    application(call, "Withdrawn", state="withdrawn")
    assert obstacles_to(visit, "confirmed") == ["Nobody has a place yet."]
    for state in ("submitted", "returned", "eligible"):
        application(call, state, state=state)
    application(call, "Chosen", state="chosen")
    assert obstacles_to(visit, "confirmed") == ["3 applications are not decided yet."]
    Application.objects.filter(state__in=("submitted", "returned")).update(state="refused")
    assert obstacles_to(visit, "confirmed") == ["1 application is not decided yet."]
    Application.objects.filter(state="eligible").update(state="reserve", reserve_position=1)
    assert obstacles_to(visit, "confirmed") == []


@pytest.mark.parametrize(
    ("to", "last_day_before", "obstacle"),
    [
        ("running", -1, "The first day of the visit has not come yet."),
        ("completed", 2, "The last day of the visit has not passed yet."),
    ],
)
def test_days_come_and_pass(
    to: str, last_day_before: int, obstacle: str, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = START + dt.timedelta(days=last_day_before)
    on(monkeypatch, day, hour=23)
    assert obstacles_to(visit, to) == [obstacle]
    on(monkeypatch, day + dt.timedelta(days=1), hour=0)
    assert obstacles_to(visit, to) == []


@pytest.mark.parametrize("state", STATES)
def test_a_visit_is_cancelled_with_a_reason_unless_it_is_a_draft_or_over(
    state: str, visit: Visit, ewa: Person
) -> None:
    Visit.objects.filter(pk=visit.pk).update(state=state)
    visit.refresh_from_db()
    if "cancelled" in FOLLOW[state]:
        with pytest.raises(ReasonIsMissing):
            moved(visit, "cancelled", ewa, "  ")
        assert moved(visit, "cancelled", ewa, "The host is ill.") == "cancelled"
        (entry,) = registry.get_logs_for_instance(visit)
        assert entry.data == {"before": state, "after": "cancelled", "reason": "The host is ill."}
        assert (entry.comment, entry.message.startswith("From ")) == ("The host is ill.", True)
    else:
        with pytest.raises(NotTheNextState):
            moved(visit, "cancelled", ewa, "The host is ill.")


@pytest.mark.parametrize("to", ["draft", "announced", "running", "completed", "archived", "nonsense"])
def test_no_state_is_skipped_or_gone_back_to(to: str, visit: Visit, ewa: Person) -> None:
    with pytest.raises(NotTheNextState):
        moved(visit, to, ewa)
    assert Visit.objects.get(pk=visit.pk).state == "announced"


def test_a_visit_that_is_not_ready_stays_where_it_is(visit: Visit, ewa: Person) -> None:
    with pytest.raises(VisitIsNotReady) as error:
        moved(visit, "recruiting", ewa)
    assert error.value.obstacles == obstacles_to(visit, "recruiting")
    assert Visit.objects.get(pk=visit.pk).state == "announced"
    assert registry.get_logs_for_instance(visit).count() == 0


def test_who_saw_another_state_changes_nothing(visit: Visit, ewa: Person, colleague: Person) -> None:
    seen_by_both = Visit.objects.get(pk=visit.pk)
    moved(visit, "confirmed", ewa)
    with pytest.raises(NotTheNextState) as error:
        moved(seen_by_both, "cancelled", colleague, "Too late.")
    assert error.value.visit.state == "confirmed"
    assert Visit.objects.get(pk=visit.pk).state == "confirmed"


@pytest.mark.parametrize("person", ["stranger", "controller"])
def test_only_staff_change_the_state(person: str, visit: Visit, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        moved(visit, "confirmed", request.getfixturevalue(person))
