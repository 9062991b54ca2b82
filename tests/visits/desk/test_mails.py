"""Drafted mails are read, changed, released or discarded; each goes out at most once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.core import mail as sent_mail
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import registry

from sadzonka.outbox.actions import deliver, discard, draft, make_link, post, release, rewrite
from sadzonka.outbox.links import address_of, without_tokens
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person
from sadzonka.visits.desk.actions import review_mails
from sadzonka.visits.desk.queries import topic_of
from tests import factories
from tests.chain import World

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

MAILS = "/en/visits/under-way/desk/mails/"


def drafted(world: World, name: str = "marek", **fields: str) -> Mail:
    return draft(
        **{
            "key": name,
            "topic": topic_of(world.visit),
            "recipient": f"{name}@example.org",
            "subject": f"To {name}",
            "body": f"Dear {name},\n\nyou have a place.\n",
            "language": "pl",
            **fields,
        }
    )


def form_of(client: Client) -> dict[str, object]:
    """Return what a browser would send of the page, nothing ticked."""
    form = BeautifulSoup(client.get(MAILS).content, "html.parser").select_one("main form")
    sent: dict[str, object] = {"mail": [one["value"] for one in form.select("input[name=mail]")]}
    for field in form.select("[name^=mail-]"):
        if field.name == "textarea":
            sent[field["name"]] = field.get_text().removeprefix("\n").replace("\n", "\r\n")
        elif field["type"] != "checkbox":
            sent[field["name"]] = field["value"]
    return sent


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]  # type: ignore[attr-defined]


def state_of(mail: Mail) -> str:
    return Mail.objects.get(pk=mail.pk).state


def queued() -> list[list[int]]:
    return [job.args_kwargs["args"] for job in DBTaskResult.objects.filter(task_path=deliver.module_path)]


def test_a_mail_is_released_in_the_words_of_its_reviewer(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    mail, client = drafted(world), signed_in(ewa)
    sent = {**form_of(client), f"mail-{mail.pk}-body": "Dear Marek,\r\n\r\nwelcome."}
    answer = client.post(MAILS, {**sent, "do": f"release-{mail.pk}"})
    assert (answer.status_code, answer["Location"], said(answer)) == (302, MAILS, ["1 mail is on its way."])
    mail.refresh_from_db()
    assert (mail.state, mail.subject, mail.body, mail.reviewed_by) == (
        "waiting",
        "To marek",
        "Dear Marek,\n\nwelcome.",
        ewa,
    )
    assert (queued(), sent_mail.outbox) == ([[mail.pk]], [])  # the page sends nothing itself


def test_releasing_twice_or_by_two_people_sends_once(
    world: World, ewa: Person, colleague: Person, signed_in: SignIn
) -> None:
    mail, client, other = drafted(world), signed_in(ewa), signed_in(colleague)
    pressed = {**form_of(client), "do": f"release-{mail.pk}"}
    answers = [client.post(MAILS, pressed), client.post(MAILS, pressed), other.post(MAILS, pressed)]
    late = "1 mail had been decided already, perhaps by somebody else. Nothing was sent twice."
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert said(answers[0])[-1:] + said(answers[1])[-1:] + said(answers[2]) == [
        "1 mail is on its way.",
        late,
        late,
    ]
    assert (queued(), Mail.objects.get().reviewed_by) == ([[mail.pk]], ewa)


def test_a_discarded_mail_is_not_released_later(
    world: World, ewa: Person, colleague: Person, signed_in: SignIn
) -> None:
    mail, client, other = drafted(world), signed_in(ewa), signed_in(colleague)
    opened = form_of(other)
    client.post(MAILS, {**form_of(client), "do": f"discard-{mail.pk}"})
    other.post(MAILS, {**opened, "do": f"release-{mail.pk}"})
    assert (state_of(mail), queued()) == ("discarded", [])
    assert registry.get_logs_for_instance(mail).get().action == "sadzonka.discard_mail"


def test_all_ticked_are_released_and_the_others_stay(world: World, ewa: Person, signed_in: SignIn) -> None:
    mails, client = [drafted(world, name) for name in ("marek", "zofia", "teresa")], signed_in(ewa)
    ticks = {f"mail-{mail.pk}-is_ticked": "on" for mail in mails[:2]}
    answer = client.post(MAILS, {**form_of(client), **ticks, "do": "release-ticked"})
    assert said(answer) == ["2 mails are on their way."]
    assert [state_of(mail) for mail in mails] == ["waiting", "waiting", "draft"]


def test_releasing_one_keeps_what_was_typed_into_another(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    first, second, client = drafted(world, "marek"), drafted(world, "zofia"), signed_in(ewa)
    sent = {**form_of(client), f"mail-{second.pk}-subject": "Dear Zofia"}
    answer = client.post(MAILS, {**sent, "do": f"release-{first.pk}"})
    assert said(answer) == ["1 mail is on its way.", "1 changed mail was kept."]
    second.refresh_from_db()
    assert (second.subject, second.state, queued()) == ("Dear Zofia", "draft", [[first.pk]])


def test_the_first_button_of_the_form_sends_nothing(world: World, ewa: Person, signed_in: SignIn) -> None:
    """Enter in a field presses the first button."""
    mail, client = drafted(world), signed_in(ewa)
    page = BeautifulSoup(client.get(MAILS).content, "html.parser")
    first = page.select_one("main form button")
    answer = client.post(MAILS, {**form_of(client), first["name"]: first["value"]})
    assert said(answer) == ["Nothing was ticked and nothing was changed."]
    assert state_of(mail) == "draft"


def test_words_that_somebody_else_changed_are_compared_not_overwritten(
    world: World, ewa: Person, colleague: Person, signed_in: SignIn
) -> None:
    mail, other_mail, client = drafted(world, "marek"), drafted(world, "zofia"), signed_in(ewa)
    opened = {**form_of(client), f"mail-{mail.pk}-body": "What Ewa wrote."}
    rewrite(mail=mail, by=colleague, subject="To marek", body="What Olga wrote.")
    ticks = {f"mail-{one.pk}-is_ticked": "on" for one in (mail, other_mail)}
    answer = client.post(MAILS, {**opened, **ticks, "do": "release-ticked"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    assert page.select_one("main form textarea").get_text().strip() == "What Ewa wrote."
    assert "What Olga wrote." in page.select_one(".letter .notice").get_text()
    assert [state_of(one) for one in (mail, other_mail)] == ["draft", "waiting"]
    again = {name: page.find(attrs={"name": f"mail-{mail.pk}-{name}"}) for name in ("subject", "opened")}
    resent = {f"mail-{mail.pk}-{name}": field["value"] for name, field in again.items()}
    client.post(
        MAILS,
        {"mail": mail.pk, **resent, f"mail-{mail.pk}-body": "Both.", "do": f"release-{mail.pk}"},
    )
    mail.refresh_from_db()
    assert (mail.state, mail.body) == ("waiting", "Both.")


def test_an_empty_text_is_refused_and_nothing_is_released(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    mail, other_mail, client = drafted(world, "marek"), drafted(world, "zofia"), signed_in(ewa)
    sent = {**form_of(client), f"mail-{mail.pk}-body": " ", f"mail-{mail.pk}-subject": "Kept"}
    answer = client.post(MAILS, {**sent, "do": f"release-{other_mail.pk}"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, state_of(other_mail)) == (422, "draft")
    assert [error.get_text() for error in page.select(".errorlist li")] == ["A mail needs a text."]
    assert page.find(attrs={"name": f"mail-{mail.pk}-subject"})["value"] == "Kept"
    assert page.select_one(".errors a")["href"] == f"#id_mail-{mail.pk}-body"


def test_a_mail_about_another_visit_is_out_of_reach(world: World, ewa: Person, signed_in: SignIn) -> None:
    other = factories.visit("other", "Other")
    foreign = drafted(world, "foreign", topic=topic_of(other))
    sent = {f"mail-{foreign.pk}-{name}": "x" for name in ("subject", "body", "opened")}
    answer = signed_in(ewa).post(MAILS, {"mail": [foreign.pk, "x", "9" * 40], **sent, "do": "release-ticked"})
    assert (answer.status_code, state_of(foreign), queued()) == (302, "draft", [])


@pytest.mark.parametrize("person", ["stranger", "controller"])
def test_only_staff_review(person: str, world: World, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        review_mails(visit=world.visit, reviewed=[], by=request.getfixturevalue(person))


def test_links_are_whole_for_the_reviewer_and_for_nobody_later(
    world: World, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    link = make_link(
        purpose=Link.Purpose.APPLICATION,
        subject_id=world.applications["marek"].pk,
        language="pl",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    mail = drafted(world, body=f"Here: https://example.org/pl/zgloszenie/{link.token}/ and no more.")
    for person, is_shown in ((ewa, True), (controller, False)):
        assert (link.token in signed_in(person).get(MAILS).content.decode()) is is_shown
    release(mail=mail, by=ewa)
    page = signed_in(ewa).get(MAILS).content.decode()
    assert (link.token in page, "https://example.org/pl/zgloszenie/…/ and no more." in page) == (False, True)


def test_what_was_sent_or_given_up_is_listed_with_its_error(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    released = release(mail=drafted(world, "marek"), by=ewa)
    deliver.func(released.pk)
    discard(mail=drafted(world, "zofia"), by=ewa)
    failed = release(mail=drafted(world, "teresa"), by=ewa)
    Mail.objects.filter(pk=failed.pk).update(state="failed", last_error="550 no such box")
    page = BeautifulSoup(signed_in(ewa).get(MAILS).content, "html.parser")
    listed = page.select("section:last-of-type .entries > li")
    assert sorted(one.h3.get_text() for one in listed) == [
        "marek@example.org",
        "teresa@example.org",
        "zofia@example.org",
    ]
    assert [error.get_text() for error in page.select(".error")] == ["550 no such box"]
    assert "Mails are written here when" in page.get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_mails_take_the_same_queries(
    count: int, world: World, ewa: Person, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    for number in range(count):
        drafted(world, f"draft{number}")
        release(mail=drafted(world, f"released{number}"), by=ewa)
    client = signed_in(ewa)
    client.get(MAILS)
    with django_assert_num_queries(11):
        client.get(MAILS)


def test_a_text_without_tokens_keeps_everything_else(world: World) -> None:
    link = make_link(
        purpose=Link.Purpose.DELEGATION,
        subject_id=1,
        language="pl",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    assert without_tokens(f"At 10:30 see {address_of(link)} or 12/13.").count("…") == 1
    assert without_tokens("At 10:30 see https://example.org/a/12:30/ or 12/13.").count("…") == 0


def test_posting_without_review_is_said_so(world: World, ewa: Person, signed_in: SignIn) -> None:
    post(key="x", recipient="a@example.org", subject="S", body="T", language="pl")
    Mail.objects.update(topic=topic_of(world.visit))
    assert "sent without a review" in signed_in(ewa).get(MAILS).content.decode()
