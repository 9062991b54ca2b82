"""The page on which a host answers: a link instead of an account, and nothing for whoever guesses."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from sadzonka.outbox.actions import make_link, revoke_links
from sadzonka.outbox.links import address_of
from sadzonka.outbox.models import Link
from sadzonka.visits.models import AgendaItem, Interpreter, Visit
from tests.chain import World

ENGLISH = "/en/hosting/"


def page_of(link: Link) -> str:
    return f"{ENGLISH}{link.token}/"


def form_at(client: Client, address: str) -> dict[str, str]:
    """Return what the form says when it is opened."""
    form = BeautifulSoup(client.get(address).content, "html.parser").find("main").find("form")
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input") if one["type"] != "radio"}
    return {**fields, "note": form.find("textarea").text.strip()}


def stored(item: AgendaItem) -> tuple[str, str, str]:
    now = AgendaItem.objects.get(pk=item.pk)
    return now.host_reply, now.host_replied_by, now.host_note


def test_the_link_of_the_mail_opens_in_the_language_of_the_host(link: Link, client: Client) -> None:
    path = urlsplit(address_of(link)).path
    answer = client.get(path)
    assert (path.startswith("/it/"), answer.status_code, answer["X-Robots-Tag"]) == (True, 200, "noindex")
    assert 'lang="it"' in answer.content.decode()


def test_the_page_says_what_is_planned_and_who_asks_but_not_who_comes(
    asked: AgendaItem, link: Link, client: Client
) -> None:
    interpreter = Interpreter.objects.create(name="Anna Tłumacz")
    AgendaItem.objects.filter(pk=asked.pk).update(
        venue="Via Roma 1", capacity=30, language="it", interpreter=interpreter
    )
    page = BeautifulSoup(client.get(page_of(link)).content, "html.parser").find("main")
    facts = {
        row.dt.text: " ".join(row.dd.text.split()) for row in page.find("dl", class_="facts").find_all("div")
    }
    assert facts == {
        "What": "Item 0",
        "Day": "Tuesday, 1 September 2026",
        "Time": "09:00–11:00",
        "Place": "Via Roma 1, Bologna",
        "Host": "CADIAI",
        "People": "2We have noted that you have room for 30.",
        "Language": "Italian, with an interpreter",
        "Who asks": asked.visit.organiser.name,
    }
    for name in ("Anna Tłumacz", "Marek", "Zofia", "Nowak"):
        assert name not in page.text


def test_a_host_confirms_and_may_change_its_mind(asked: AgendaItem, link: Link, client: Client) -> None:
    address = page_of(link)
    sent = {**form_at(client, address), "reply": "confirmed", "name": "Chiara", "note": "Ring twice"}
    answer = client.post(address, sent)
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert stored(asked) == ("confirmed", "Chiara", "Ring twice")
    assert "you have confirmed the visit" in client.get(address).content.decode()
    opened = form_at(client, address)
    assert (opened["name"], opened["note"]) == ("Chiara", "Ring twice")
    client.post(address, {**opened, "reply": "declined"})
    assert stored(asked) == ("declined", "Chiara", "Ring twice")
    assert "you have told us that it is not possible" in client.get(address).content.decode()


def test_looking_at_the_page_changes_nothing(asked: AgendaItem, link: Link, client: Client) -> None:
    client.get(page_of(link))
    assert stored(asked) == ("asked", "", "")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reply": ""}, "Choose yes or no."),
        ({"name": " "}, "Tell us who answers."),
        ({"note": "x" * 1001}, "at most 1000"),
        ({"reply": "asked"}, "asked is not one of"),
        ({"seen": ""}, "required"),
    ],
    ids=["no answer", "no name", "long remark", "no such answer", "damaged"],
)
def test_a_form_that_lacks_something_says_what_and_loses_nothing(
    fields: dict[str, str], message: str, asked: AgendaItem, link: Link, client: Client
) -> None:
    (field,) = fields
    sent = {**form_at(client, page_of(link)), "reply": "confirmed", "name": "Chiara", "note": "Ring twice"}
    answer = client.post(page_of(link), {**sent, **fields})
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert message in str(form.errors[field])
    kept = {**sent, **fields}["note"]
    assert kept in answer.content.decode()
    assert stored(asked) == ("asked", "", "")


def test_a_plan_that_changed_meanwhile_is_shown_before_it_is_answered(
    asked: AgendaItem, link: Link, client: Client
) -> None:
    sent = {**form_at(client, page_of(link)), "reply": "confirmed", "name": "Chiara", "note": "Ring twice"}
    AgendaItem.objects.filter(pk=asked.pk).update(starts_at=dt.time(8, 15))
    answer = client.post(page_of(link), sent)
    body = answer.content.decode()
    assert answer.status_code == 409
    for words in ("The plan has changed while this page was open.", "08:15", "Ring twice", 'value="Chiara"'):
        assert words in body
    assert stored(asked) == ("asked", "", "")
    seen = BeautifulSoup(body, "html.parser").find("input", attrs={"name": "seen"})["value"]
    assert client.post(page_of(link), {**sent, "seen": seen}).status_code == 302
    assert stored(asked) == ("confirmed", "Chiara", "Ring twice")


def test_a_confirmation_that_lapsed_asks_for_another(asked: AgendaItem, link: Link, client: Client) -> None:
    sent = {**form_at(client, page_of(link)), "reply": "confirmed", "name": "Chiara"}
    client.post(page_of(link), sent)
    AgendaItem.objects.filter(pk=asked.pk).update(starts_at=dt.time(8, 15))
    assert "changed since you confirmed it" in client.get(page_of(link)).content.decode()


@pytest.mark.parametrize("token", ["1", "1:guessed", "nonsense"])
def test_a_guessed_token_opens_nothing(token: str, link: Link, client: Client) -> None:
    for answer in (client.get(f"{ENGLISH}{token}/"), client.post(f"{ENGLISH}{token}/")):
        assert answer.status_code == 410
        assert "Item 0" not in answer.content.decode()


def test_a_token_for_another_purpose_opens_nothing(asked: AgendaItem, link: Link, client: Client) -> None:
    other = make_link(
        purpose=Link.Purpose.QUESTION, subject_id=asked.pk, language="en", expires_at=link.expires_at
    )
    assert client.get(page_of(other)).status_code == 410
    number, signature = link.token.split(":")
    assert client.get(f"{ENGLISH}{int(number) + 1}:{signature}/").status_code == 410


def over(asked: AgendaItem, link: Link, client: Client) -> bool:
    """Whether neither opening nor answering works any more, and nothing is stored."""
    sent = {"reply": "confirmed", "name": "Chiara", "seen": "x"}
    answers = client.get(page_of(link)), client.post(page_of(link), sent)
    return [one.status_code for one in answers] == [410, 410] and stored(asked)[0] == "asked"


def test_a_revoked_link_is_over(asked: AgendaItem, link: Link, client: Client) -> None:
    revoke_links(purpose=Link.Purpose.HOSTING, subject_id=asked.pk)
    assert over(asked, link, client)


def test_a_link_ends_with_the_day(
    asked: AgendaItem, link: Link, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: link.expires_at - dt.timedelta(seconds=1))
    assert client.get(page_of(link)).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: link.expires_at)
    assert over(asked, link, client)


@pytest.mark.parametrize(
    "fields",
    [{"host_email": "other@example.org"}, {"host": None}, {"held_on": None}],
    ids=["another address", "another host", "no day"],
)
def test_a_link_is_over_for_who_is_not_asked_any_more(
    fields: dict[str, object], asked: AgendaItem, link: Link, client: Client
) -> None:
    AgendaItem.objects.filter(pk=asked.pk).update(**fields)
    assert over(asked, link, client)


def test_a_link_is_over_when_the_visit_is_cancelled(asked: AgendaItem, link: Link, client: Client) -> None:
    Visit.objects.filter(pk=asked.visit_id).update(state=Visit.State.CANCELLED)
    assert over(asked, link, client)


def test_a_link_is_over_when_the_item_is_gone(
    asked: AgendaItem, link: Link, world: World, client: Client
) -> None:
    AgendaItem.objects.filter(pk=asked.pk).delete()
    assert client.get(page_of(link)).status_code == 410


def test_the_form_is_protected_against_other_sites(link: Link) -> None:
    assert Client(enforce_csrf_checks=True).post(page_of(link), {"reply": "confirmed"}).status_code == 403
