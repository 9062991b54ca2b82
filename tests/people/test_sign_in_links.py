"""A link signs one person in once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from sadzonka.people.links import SIGN_IN_TOKENS, person_of_token, sign_in_path
from sadzonka.people.models import Person


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def link_for(person: Person, token: str) -> str:
    return f"/en/sign-in/{urlsafe_base64_encode(force_bytes(person.pk))}/{token}/"


def test_a_link_signs_in_once(ewa: Person, client: Client) -> None:
    link = sign_in_path(ewa, "en")
    answer = client.post(link)
    assert (answer.status_code, answer["Location"], who(client)) == (302, "/admin/", str(ewa.pk))
    other = Client()
    again = other.post(link)
    assert (again.status_code, who(other)) == (410, None)
    assert "This link no longer works" in again.content.decode()


def test_somebody_without_a_role_is_led_to_their_own_page(stranger: Person, client: Client) -> None:
    assert client.post(sign_in_path(stranger, "en"))["Location"] == "/en/my/"
    assert who(client) == str(stranger.pk)


def test_looking_at_a_link_does_not_use_it_up(ewa: Person, client: Client) -> None:
    link = sign_in_path(ewa, "en")
    for _time in range(3):
        shown = client.get(link)
        assert (shown.status_code, who(client)) == (200, None)
        assert "Ewa" in shown.content.decode()
    assert client.post(link).status_code == 302
    assert who(client) == str(ewa.pk)


def test_a_link_exists_in_every_language(ewa: Person, client: Client) -> None:
    paths = [sign_in_path(ewa, language) for language in ("pl", "it", "en")]
    assert [path.split("/")[1:3] for path in paths] == [
        ["pl", "wejscie"],
        ["it", "accesso"],
        ["en", "sign-in"],
    ]
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_old_link_is_refused(
    method: str, ewa: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = sign_in_path(ewa, "en")
    later = dt.datetime.now() + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)  # noqa: DTZ005
    monkeypatch.setattr(SIGN_IN_TOKENS, "_now", lambda: later)
    assert (getattr(client, method)(link).status_code, who(client)) == (410, None)


def changed(token: str) -> dict[str, str]:
    """Return tokens that are nearly right."""
    time, signature = token.split("-")
    return {
        "another last sign": token[:-1] + ("0" if token[-1] != "0" else "1"),
        "no time": signature,
        "no signature": f"{time}-",
        "another time": f"zzzzzz-{signature}",
        "nothing like it": "x",
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_changed_link_is_refused(method: str, ewa: Person, client: Client) -> None:
    tokens = changed(SIGN_IN_TOKENS.make_token(ewa))
    answers = {what: getattr(client, method)(link_for(ewa, token)) for what, token in tokens.items()}
    assert {what: answer.status_code for what, answer in answers.items()} == dict.fromkeys(tokens, 410)
    assert who(client) is None


def test_a_link_is_for_one_person(ewa: Person, administrator: Person, client: Client) -> None:
    link = link_for(administrator, SIGN_IN_TOKENS.make_token(ewa))
    assert (client.post(link).status_code, who(client)) == (410, None)


@pytest.mark.parametrize("uidb64", ["OTk5", "!", "AAAA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "١", "🌱"])
def test_a_person_who_does_not_exist_is_refused(uidb64: str, ewa: Person, client: Client) -> None:
    answer = client.post(f"/en/sign-in/{uidb64}/{SIGN_IN_TOKENS.make_token(ewa)}/")
    assert (answer.status_code, who(client)) == (410, None)


def test_a_link_ends_with_a_new_password(ewa: Person, client: Client) -> None:
    link = sign_in_path(ewa, "en")
    ewa.set_password("a-long-enough-password-7")
    ewa.save()
    assert (client.post(link).status_code, who(client)) == (410, None)


def test_a_closed_account_has_no_link(ewa: Person, client: Client) -> None:
    link = sign_in_path(ewa, "en")
    ewa.is_active = False
    ewa.save()
    assert (client.post(link).status_code, who(client)) == (410, None)


def test_a_link_cannot_reset_a_password(ewa: Person) -> None:
    assert default_token_generator.check_token(ewa, SIGN_IN_TOKENS.make_token(ewa)) is False
    uidb64 = urlsafe_base64_encode(force_bytes(ewa.pk))
    assert person_of_token(uidb64, default_token_generator.make_token(ewa)) is None
