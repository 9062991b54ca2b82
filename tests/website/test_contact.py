"""Writing to those who run the site."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.website.models import ContactMessage

pytestmark = pytest.mark.django_db

SEND = {"pl": "/pl/kontakt/wyslij/", "it": "/it/contatti/invia/", "en": "/en/contact/send/"}


def message(**fields: Any) -> dict[str, Any]:
    return {
        "nonce": str(uuid.uuid4()),
        "name": "Marek",
        "email": "marek@example.org",
        "subject": "Żłobek",
        "text": "Dzień dobry",
        "left_empty": "",
        **fields,
    }


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    """Return the errors that stand beside each field."""
    found = {}
    for name in ("name", "email", "subject", "text"):
        beside = page(answer).find(id=f"id_{name}").find_parent(class_="field")
        found[name] = [one.text for one in beside.select(".errorlist li")]
    return {name: texts for name, texts in found.items() if texts}


def test_a_message_arrives_with_all_that_was_written(client: Client) -> None:
    sent = message()
    answer = client.post(SEND["pl"], sent)
    assert (answer.status_code, answer["Location"]) == (302, "/pl/kontakt/?sent=1")
    stored = ContactMessage.objects.get()
    assert (stored.name, stored.email, stored.subject, stored.text, stored.language) == (
        "Marek",
        "marek@example.org",
        "Żłobek",
        "Dzień dobry",
        "pl",
    )
    mail = Mail.objects.get()
    assert (mail.key, mail.reply_to, mail.subject) == (
        f"contact:{sent['nonce']}",
        "marek@example.org",
        "[Sadzonka] Żłobek",
    )
    assert mail.body == "Marek <marek@example.org>\n\nDzień dobry\n"


def test_the_address_of_the_sender_is_not_stored(client: Client) -> None:
    client.post(SEND["pl"], message(), REMOTE_ADDR="203.0.113.77")
    stored = ContactMessage.objects.values().get()
    assert "203.0.113.77" not in str(stored)
    assert len(stored["sender_hash"]) == 64


def test_the_form_sent_twice_is_one_message_and_one_mail(client: Client) -> None:
    sent = message()
    answers = [client.post(SEND["pl"], sent) for _time in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/pl/kontakt/?sent=1")] * 2
    assert (ContactMessage.objects.count(), Mail.objects.count()) == (1, 1)


def test_the_page_brings_a_new_nonce_each_time(client: Client) -> None:
    nonces = {
        page(client.get("/en/contact/")).find("input", {"name": "nonce"})["value"] for _time in range(2)
    }
    assert len(nonces) == 2


def test_the_sixth_message_within_an_hour_is_kept_in_the_form(client: Client) -> None:
    for _time in range(5):
        assert client.post(SEND["en"], message()).status_code == 302
    answer = client.post(SEND["en"], message(text="The sixth, which took long to write"))
    assert (answer.status_code, ContactMessage.objects.count(), Mail.objects.count()) == (429, 5, 5)
    assert page(answer).find("textarea").text.strip() == "The sixth, which took long to write"
    assert "several times within an hour" in page(answer).find(class_="errors").text


def test_the_limit_is_for_each_sender(client: Client) -> None:
    for _time in range(5):
        client.post(SEND["en"], message())
    answer = client.post(SEND["en"], message(), REMOTE_ADDR="203.0.113.77")
    assert (answer.status_code, ContactMessage.objects.count()) == (302, 6)


def test_after_an_hour_one_may_write_again(client: Client) -> None:
    for _time in range(5):
        client.post(SEND["en"], message())
    for stored in ContactMessage.objects.all():
        stored.created_at -= dt.timedelta(minutes=61)
        stored.save()
    assert client.post(SEND["en"], message()).status_code == 302
    assert ContactMessage.objects.count() == 6


def test_sending_the_first_form_again_is_no_new_message_even_at_the_limit(client: Client) -> None:
    first = message()
    for sent in (first, *(message() for _time in range(4))):
        client.post(SEND["en"], sent)
    assert client.post(SEND["en"], first).status_code == 302
    assert ContactMessage.objects.count() == 5


def test_what_is_missing_is_said_beside_its_field(client: Client) -> None:
    answer = client.post(SEND["en"], message(name="", email=" ", subject="", text=""))
    assert (answer.status_code, errors(answer)) == (
        422,
        {
            "name": ["Tell us what to call you."],
            "email": ["We need an address to answer to."],
            "subject": ["Say in a few words what it is about."],
            "text": ["Write your message."],
        },
    )


def test_each_language_words_its_errors_itself(client: Client) -> None:
    empty = message(name="", email="", subject="", text="")
    said = {language: errors(client.post(path, empty)) for language, path in SEND.items()}
    assert [sorted(one) for one in said.values()] == [["email", "name", "subject", "text"]] * 3
    assert len({str(one) for one in said.values()}) == 3


def test_what_was_written_stays_in_the_form(client: Client) -> None:
    answer = client.post(SEND["en"], message(email="marek at example", text="Long <b>text</b>\nin two lines"))
    assert errors(answer) == {"email": ["Write an address such as anna@example.org."]}
    kept = page(answer)
    assert kept.find(id="id_name")["value"] == "Marek"
    assert kept.find(id="id_email")["value"] == "marek at example"
    assert kept.find(id="id_subject")["value"] == "Żłobek"
    assert kept.find(id="id_text").text.strip() == "Long <b>text</b>\nin two lines"
    assert ContactMessage.objects.count() == 0


@pytest.mark.parametrize(("field", "most"), [("name", 100), ("subject", 150), ("text", 5000)])
def test_a_text_that_is_too_long_is_kept_and_named(field: str, most: int, client: Client) -> None:
    answer = client.post(SEND["en"], message(**{field: "ż" * (most + 1)}))
    said = errors(answer)
    assert (answer.status_code, list(said)) == (422, [field])
    assert f"{most}" in said[field][0].replace(",", "")
    widget = page(answer).find(id=f"id_{field}")
    assert (widget.get("value") or widget.text).strip() == "ż" * (most + 1)
    assert client.post(SEND["en"], message(**{field: "ż" * most})).status_code == 302


@pytest.mark.parametrize("nonce", ["", "not-a-uuid", "\x00", "1" * 5000])
def test_a_damaged_form_says_so_and_stores_nothing(nonce: str, client: Client) -> None:
    answer = client.post(SEND["en"], message(nonce=nonce))
    assert (answer.status_code, ContactMessage.objects.count()) == (422, 0)
    assert "This form is damaged" in page(answer).find(class_="errors").text


@pytest.mark.parametrize("text", ["a\x00b", "\u202eevil\u202c", "🌱" * 100, "'; DROP TABLE people;--"])
def test_odd_signs_are_stored_as_they_are_or_refused(text: str, client: Client) -> None:
    answer = client.post(SEND["en"], message(text=text))
    stored = list(ContactMessage.objects.values_list("text", flat=True))
    assert (answer.status_code, stored) == ((422, []) if "\x00" in text else (302, [text]))


def test_a_program_that_fills_in_the_unseen_field_is_thanked_and_forgotten(client: Client) -> None:
    answer = client.post(SEND["en"], message(left_empty="https://spam.example"))
    assert (answer.status_code, answer["Location"]) == (302, "/en/contact/?sent=1")
    assert (ContactMessage.objects.count(), Mail.objects.count()) == (0, 0)


def test_markup_in_a_message_is_shown_as_text(client: Client, ewa: Person, signed_in: Any) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    client.post(SEND["en"], message(name=evil, subject=evil, text=evil))
    stored, staff = ContactMessage.objects.get(), signed_in(ewa)
    for address in (
        reverse("contactmessage:index"),
        reverse("contactmessage:inspect", args=[stored.pk]),
        reverse("mail:index"),
        reverse("mail:inspect", args=[Mail.objects.get().pk]),
        "/admin/",
    ):
        body = staff.get(address).content.decode()
        assert "<script>alert(1)" not in body
        assert "<img src=x" not in body
    assert (
        "&lt;script&gt;alert(1)"
        in staff.get(reverse("contactmessage:inspect", args=[stored.pk])).content.decode()
    )
    mail = Mail.objects.get()
    assert evil in mail.body


def test_a_subject_cannot_smuggle_in_a_header(client: Client) -> None:
    client.post(SEND["en"], message(subject="Hello\r\nBcc: everybody@example.org"))
    assert Mail.objects.get().subject == "[Sadzonka] Hello Bcc: everybody@example.org"


def test_a_form_from_another_site_is_refused() -> None:
    answer = Client(enforce_csrf_checks=True).post(SEND["en"], message())
    assert (answer.status_code, ContactMessage.objects.count()) == (403, 0)
