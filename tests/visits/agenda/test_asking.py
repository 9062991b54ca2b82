"""Hosts are asked by mails that somebody reviews, and what they say holds for what they said it of."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from sadzonka.outbox.actions import discard, release
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person
from sadzonka.visits.agenda.actions import (
    HostCannotBeAsked,
    HostIsNotAsked,
    ItemHasChanged,
    ask_hosts,
    reply_as_host,
)
from sadzonka.visits.agenda.replies import (
    fingerprint,
    has_changed,
    is_still_asked,
    language_for,
    reply_now,
)
from sadzonka.visits.models import AgendaItem, Interpreter, Visit
from tests import factories
from tests.chain import START, World, at

pytestmark = pytest.mark.usefixtures("_three_weeks_before")
Reply = AgendaItem.Reply


def now_of(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.get(pk=item.pk)


def answer(item: AgendaItem, reply: Reply = Reply.CONFIRMED, **fields: str) -> AgendaItem:
    """Answer as the host who has just looked at the page."""
    sent = {"name": "Chiara", "note": "", "seen": fingerprint(now_of(item)), **fields}
    return reply_as_host(item=item, reply=reply, **sent)


def change(item: AgendaItem, **fields: Any) -> AgendaItem:
    """Change an item as the admin or a loader would."""
    AgendaItem.objects.filter(pk=item.pk).update(**fields)
    return now_of(item)


def test_each_host_gets_a_draft_of_its_own_in_its_language(world: World, ewa: Person) -> None:
    mails = ask_hosts(visit=world.visit, items=world.items, by=ewa)
    assert [(mail.key, mail.state, mail.topic, mail.recipient, mail.language) for mail in mails] == [
        (f"hosting:{item.pk}:1", "draft", f"visit:{world.visit.pk}", "chiara@example.org", "it")
        for item in world.items
    ]
    assert mails[0].reply_to == "ewa@example.org"
    assert [one.host_reply for one in world.visit.agenda.get_live_queryset()] == ["asked"] * 3


def test_the_mail_says_what_is_asked_and_where_to_answer(world: World, ewa: Person) -> None:
    item = change(
        world.items[0],
        host_language="en",
        venue="Via Roma 1",
        language="it",
        theme=factories.words("Work & justice"),
        interpreter=Interpreter.objects.create(name="Anna Tłumacz"),
    )
    (mail,) = ask_hosts(visit=world.visit, items=[item], by=ewa)
    link = Link.objects.get()
    assert mail.subject == "Can you receive our study visit on 1 September 2026?"
    for line in (
        "Theme: Work & justice",
        "Day: 1 September 2026",
        "Time: 09:00–11:00",
        "Place: Via Roma 1, Bologna",
        "People: 2",
        "Language: Italian, with an interpreter",
        f"http://127.0.0.1:8000/en/hosting/{link.token}/",
    ):
        assert line in mail.body.splitlines()
    assert "Anna Tłumacz" not in mail.body


def test_the_mail_ends_with_the_project_if_there_is_one(world: World, ewa: Person) -> None:
    change(world.items[0], host_language="en")
    project = Visit.objects.get(slug="wwd-italy-2013").project
    Visit.objects.filter(pk=world.visit.pk).update(project=project)
    (mail,) = ask_hosts(visit=world.visit, items=world.items[:1], by=ewa)
    assert mail.body.rstrip().splitlines()[-1] == f"Project: {project}"


def test_the_link_ends_with_the_day_of_the_item(asked: AgendaItem, link: Link) -> None:
    assert link.expires_at == at(START + dt.timedelta(days=1), 0)
    assert link.language == "it"


def test_the_same_request_again_is_the_same_mail_until_it_is_reviewed(
    asked: AgendaItem, world: World, ewa: Person, colleague: Person
) -> None:
    (mail,) = ask_hosts(visit=world.visit, items=[asked], by=ewa)
    assert (Mail.objects.filter(key__startswith="hosting:").get(), mail.state) == (mail, "draft")
    release(mail=mail, by=colleague)
    (reminder,) = ask_hosts(visit=world.visit, items=[asked], by=ewa)
    assert (reminder.key, reminder.state) == (f"hosting:{asked.pk}:2", "draft")
    discard(mail=reminder, by=ewa)
    (third,) = ask_hosts(visit=world.visit, items=[asked], by=ewa)
    assert third.key == f"hosting:{asked.pk}:3"


def test_a_draft_that_the_plan_has_overtaken_is_replaced(
    asked: AgendaItem, world: World, ewa: Person
) -> None:
    change(asked, starts_at=dt.time(8, 30))
    ask_hosts(visit=world.visit, items=[asked], by=ewa)
    assert list(Mail.objects.order_by("pk").values_list("key", "state")) == [
        (f"hosting:{asked.pk}:1", "discarded"),
        (f"hosting:{asked.pk}:2", "draft"),
    ]


def test_only_staff_ask_hosts(world: World, controller: Person) -> None:
    for person in (world.marek, world.facilitator, world.editor, controller):
        with pytest.raises(PermissionDenied):
            ask_hosts(visit=world.visit, items=world.items, by=person)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"host_email": ""}, "The host’s e-mail address is missing."),
        ({"held_on": None}, "The day is not settled yet."),
        ({"held_on": dt.date(2026, 8, 1)}, "The day has passed."),
    ],
)
def test_when_one_host_cannot_be_asked_none_is(
    fields: dict[str, Any], obstacle: str, world: World, ewa: Person
) -> None:
    change(world.items[1], **fields)
    with pytest.raises(HostCannotBeAsked) as refusal:
        ask_hosts(visit=world.visit, items=world.items, by=ewa)
    assert (refusal.value.item, refusal.value.obstacle) == (world.items[1], obstacle)
    assert (Mail.objects.count(), Link.objects.count(), now_of(world.items[0]).host_reply) == (
        0,
        0,
        "not-asked",
    )


def test_hosts_of_a_cancelled_visit_are_not_asked(world: World, ewa: Person) -> None:
    Visit.objects.filter(pk=world.visit.pk).update(state=Visit.State.CANCELLED)
    with pytest.raises(HostCannotBeAsked, match="cancelled"):
        ask_hosts(visit=world.visit, items=world.items, by=ewa)


def test_who_has_confirmed_is_not_asked_again(asked: AgendaItem, world: World, ewa: Person) -> None:
    answer(asked)
    with pytest.raises(HostCannotBeAsked, match="confirmed"):
        ask_hosts(visit=world.visit, items=[asked], by=ewa)


def test_items_of_another_visit_are_not_asked_about(world: World, ewa: Person) -> None:
    assert ask_hosts(visit=Visit.objects.get(slug="wwd-italy-2013"), items=world.items, by=ewa) == []


@pytest.mark.parametrize(
    ("noted", "host", "language"),
    [("en", "cadiai", "en"), ("", "cadiai", "it"), ("", "sadzonka-organizer", "pl"), ("", None, "pl")],
)
def test_a_host_is_written_to_in_its_language_or_that_of_its_country(
    noted: str, host: str | None, language: str, world: World
) -> None:
    host_id = world.items[0].host.__class__.objects.get(slug=host).pk if host else None
    assert language_for(change(world.items[0], host_language=noted, host=host_id)) == language


def test_a_host_confirms_and_both_are_in_the_history_of_the_visit(asked: AgendaItem, world: World) -> None:
    answer(asked, note="Parking in the yard")
    stored = now_of(asked)
    assert (stored.host_reply, stored.host_replied_by, stored.host_note, reply_now(stored)) == (
        "confirmed",
        "Chiara",
        "Parking in the yard",
        "confirmed",
    )
    entries = ModelLogEntry.objects.filter(action__startswith="sadzonka.", object_id=str(world.visit.pk))
    assert [(one.action, one.user and one.user.email, one.data) for one in entries.order_by("pk")] == [
        (
            "sadzonka.ask_host",
            "ewa@example.org",
            {"item": "item-0", "before": "not-asked", "after": "asked"},
        ),
        ("sadzonka.reply_as_host", None, {"item": "item-0", "before": "asked", "after": "confirmed"}),
    ]


def test_another_answer_replaces_the_first_and_the_same_one_changes_nothing(asked: AgendaItem) -> None:
    for reply in (Reply.CONFIRMED, Reply.CONFIRMED, Reply.DECLINED):
        answer(asked, reply)
    assert reply_now(now_of(asked)) == "declined"
    assert ModelLogEntry.objects.filter(action="sadzonka.reply_as_host").count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"held_on": START + dt.timedelta(days=1)},
        {"starts_at": dt.time(10)},
        {"ends_at": None},
        {"venue": "Via Nuova 2"},
        {"municipality": None},
        {"capacity": 5},
        {"language": "en"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_confirmation_lapses_with_what_was_confirmed_and_holds_again_when_it_is_back(
    fields: dict[str, Any], asked: AgendaItem
) -> None:
    before = {name: getattr(answer(asked), name) for name in fields}
    assert reply_now(change(asked, **fields)) == "lapsed"
    assert reply_now(change(asked, **before)) == "confirmed"


def test_a_confirmation_holds_when_other_things_change(asked: AgendaItem) -> None:
    answer(asked)
    changed = change(
        asked, title=factories.words("Other"), host_email="new@example.org", travel_minutes=5, sort_order=9
    )
    assert (reply_now(changed), has_changed(changed)) == ("confirmed", False)


@pytest.mark.parametrize("reply", [None, Reply.CONFIRMED, Reply.DECLINED])
def test_what_one_host_said_counts_for_no_other(reply: Reply | None, asked: AgendaItem, world: World) -> None:
    if reply:
        answer(asked, reply)
    assert reply_now(change(asked, host=world.visit.organiser)) == "not-asked"


def test_who_is_not_asked_at_this_address_is_not_asked(asked: AgendaItem) -> None:
    assert reply_now(change(asked, host_email="other@example.org")) == "not-asked"


def test_a_host_who_was_asked_about_another_time_is_still_asked(asked: AgendaItem) -> None:
    later = change(asked, starts_at=dt.time(10))
    assert (reply_now(later), has_changed(later), is_still_asked(later)) == ("asked", True, True)


def test_a_host_answers_only_what_it_saw(asked: AgendaItem) -> None:
    seen = fingerprint(asked)
    change(asked, starts_at=dt.time(10))
    with pytest.raises(ItemHasChanged):
        answer(asked, seen=seen)
    assert now_of(asked).host_reply == "asked"


@pytest.mark.parametrize(
    "fields",
    [
        {"host_email": "other@example.org"},
        {"host": None},
        {"held_on": None},
        {"held_on": dt.date(2026, 8, 1)},
    ],
    ids=["other address", "no host", "no day", "day has passed"],
)
def test_who_is_not_asked_any_more_does_not_answer(fields: dict[str, Any], asked: AgendaItem) -> None:
    change(asked, **fields)
    with pytest.raises(HostIsNotAsked):
        answer(asked)


def test_asking_at_another_address_ends_the_old_link(
    asked: AgendaItem, link: Link, world: World, ewa: Person
) -> None:
    change(asked, host_email="other@example.org")
    ask_hosts(visit=world.visit, items=[asked], by=ewa)
    link.refresh_from_db()
    assert (link.is_valid, Link.objects.exclude(pk=link.pk).get().is_valid) == (False, True)


def test_asking_again_forgets_the_answer_that_it_replaces(
    asked: AgendaItem, link: Link, world: World, ewa: Person
) -> None:
    answer(asked, Reply.DECLINED, note="Closed")
    ask_hosts(visit=world.visit, items=[asked], by=ewa)
    stored = now_of(asked)
    assert (stored.host_reply, stored.host_replied_at, stored.host_replied_by, stored.host_note) == (
        "asked",
        None,
        "",
        "",
    )
    assert Link.objects.get() == link
