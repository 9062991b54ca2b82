"""No request sends mail by itself: contact and account pages store it."""

from __future__ import annotations

import uuid

import pytest
from django.conf import LazySettings
from django.test import Client

from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person


@pytest.fixture(autouse=True)
def _no_server(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "tests.outbox.refusing.Forbidden"


def test_a_message_is_answered_while_the_mail_server_is_down(db: None, client: Client) -> None:
    sent = {"nonce": uuid.uuid4(), "name": "Marek", "email": "marek@example.org", "subject": "S", "text": "T"}
    answer = client.post("/pl/kontakt/wyslij/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/pl/kontakt/?sent=1")
    assert list(Mail.objects.values_list("recipient", "state")) == [("contact@localhost", "waiting")]


@pytest.mark.parametrize(
    ("language", "path"), [("pl", "/pl/konto/"), ("it", "/it/conto/"), ("en", "/en/account/")]
)
def test_a_forgotten_password_goes_through_the_outbox(
    language: str, path: str, ewa: Person, client: Client
) -> None:
    ewa.language = language
    ewa.save()
    answer = client.post(f"{path}password/reset/", {"email": ewa.email})
    assert answer.status_code == 302
    mail = Mail.objects.get()
    assert (mail.recipient, mail.language, mail.state) == (ewa.email, language, "waiting")
    assert f"{path}password/reset/key/" in mail.body


def test_nobody_can_sign_up_by_themselves(db: None, client: Client) -> None:
    password = "a-long-enough-password-7"
    answer = client.post(
        "/pl/konto/signup/", {"email": "x@example.org", "password1": password, "password2": password}
    )
    assert Person.objects.filter(email="x@example.org").exists() is False
    assert (answer.status_code, Mail.objects.count()) == (200, 0)
