"""A code by mail signs somebody in without a password, and tells nobody who has an account."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from sadzonka.outbox.accounts import language_of
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person

SignIn = Callable[[Person], Client]

ASK, CONFIRM = "/en/account/login/code/", "/en/account/login/code/confirm/"


@pytest.fixture(autouse=True)
def _no_attempts_yet(settings: LazySettings) -> Iterator[None]:
    """Forget the attempts of other tests; and let no page ask a mail server."""
    settings.EMAIL_BACKEND = "tests.outbox.refusing.Forbidden"
    cache.clear()
    yield
    cache.clear()


def ask(client: Client, email: str, **more: str) -> HttpResponse:
    return client.post(ASK, {"email": email, **more})


def code_in(mail: Mail) -> str:
    (code,) = re.findall(r"^\w{4}-\w{4}$", mail.body, re.MULTILINE)
    return str(code)


def who(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_code_signs_in_and_leads_to_ones_own_page(stranger: Person, client: Client) -> None:
    answer = ask(client, stranger.email)
    assert (answer.status_code, answer["Location"], who(client)) == (302, CONFIRM, None)
    mail = Mail.objects.get()
    assert (mail.recipient, mail.state, mail.topic) == (stranger.email, "waiting", "")
    answer = client.post(CONFIRM, {"code": code_in(mail).lower()})
    assert (answer.status_code, answer["Location"], who(client)) == (302, "/en/my/", str(stranger.pk))


def test_one_comes_back_to_the_page_one_wanted(stranger: Person, client: Client) -> None:
    page = BeautifulSoup(client.get("/en/account/login/?next=/en/ideas/").content, "html.parser")
    form = page.select_one("form[action$='/login/code/']")
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    answer = client.post(form["action"], {**sent, "email": stranger.email})
    assert answer["Location"] == f"{CONFIRM}?next=%2Fen%2Fideas%2F"
    answer = client.post(answer["Location"], {"code": code_in(Mail.objects.get())})
    assert answer["Location"] == "/en/ideas/"


def test_a_code_works_in_the_browser_that_asked_for_it_only(stranger: Person, client: Client) -> None:
    ask(client, stranger.email)
    other = Client()
    answer = other.post(CONFIRM, {"code": code_in(Mail.objects.get())})
    assert (answer.status_code, who(other)) == (302, None)


def test_a_code_works_once(stranger: Person, client: Client) -> None:
    ask(client, stranger.email)
    code = code_in(Mail.objects.get())
    client.post(CONFIRM, {"code": code})
    client.post("/en/account/logout/")
    client.post(CONFIRM, {"code": code})
    assert who(client) is None


def test_three_wrong_codes_end_it(stranger: Person, client: Client) -> None:
    ask(client, stranger.email)
    answers = [client.post(CONFIRM, {"code": "AAAA-AAAA"}) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    client.post(CONFIRM, {"code": code_in(Mail.objects.get())})
    assert who(client) is None


def test_a_code_ends_after_ten_minutes(
    stranger: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, stranger.email)
    state = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]
    asked_at = state["at"]
    monkeypatch.setattr("time.time", lambda: asked_at + 601)
    client.post(CONFIRM, {"code": code_in(Mail.objects.get())})
    assert who(client) is None


def test_an_unknown_address_gets_the_same_answer_and_a_mail_that_says_so(
    stranger: Person, client: Client
) -> None:
    other = Client()
    answers = [ask(client, stranger.email), ask(other, "nobody@example.org")]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, CONFIRM)] * 2
    pages = [
        browser.get(CONFIRM).content.decode().replace(email, "?")
        for browser, email in ((client, stranger.email), (other, "nobody@example.org"))
    ]
    without_tokens = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
    assert without_tokens[0] == without_tokens[1]
    unknown = Mail.objects.get(recipient="nobody@example.org")
    assert (unknown.subject, "nobody@example.org" in unknown.body) == (
        "[Sadzonka] No account has this address",
        True,
    )
    assert other.post(CONFIRM, {"code": "AAAA-AAAA"}).status_code == 200
    assert (Person.objects.filter(email="nobody@example.org").exists(), who(other)) == (False, None)


def test_an_address_is_not_flooded(stranger: Person, client: Client) -> None:
    answers = [ask(Client(), stranger.email) for _time in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200, 200]
    assert Mail.objects.count() == 3
    page = BeautifulSoup(answers[-1].content, "html.parser")
    assert page.select_one(".errors") is not None
    assert page.select_one("input[name=email]")["value"] == stranger.email


def test_a_closed_account_gets_no_code(stranger: Person, client: Client) -> None:
    stranger.is_active, stranger.language = False, "en"
    stranger.save()
    ask(client, stranger.email)
    assert Mail.objects.get().subject == "[Sadzonka] No account has this address"


def test_a_mail_is_written_in_the_language_of_the_person(stranger: Person, client: Client) -> None:
    stranger.language = "it"
    stranger.save()
    ask(client, stranger.email.upper())
    ask(Client(), "nobody@example.org")
    assert {mail.recipient.lower(): mail.language for mail in Mail.objects.all()} == {
        "stranger@example.org": "it",
        "nobody@example.org": "en",
    }
    assert language_of("STRANGER@example.org") == "it"


def test_the_code_is_not_in_the_subject_that_staff_see(stranger: Person, client: Client) -> None:
    stranger.language = "en"
    stranger.save()
    ask(client, stranger.email)
    mail = Mail.objects.get()
    assert mail.subject == "[Sadzonka] Your code for signing in"
    assert "Good day,\n\nthis is your code for signing in." in mail.body
    assert mail.body.endswith("Sadzonka\nhttp://127.0.0.1:8000")


def test_a_new_code_ends_the_old_one(stranger: Person, client: Client) -> None:
    ask(client, stranger.email)
    first = code_in(Mail.objects.get())
    client.post(CONFIRM, {"action": "resend"})
    client.post(CONFIRM, {"code": first})
    assert who(client) is None
    client.post(CONFIRM, {"code": code_in(Mail.objects.latest("pk"))})
    assert who(client) == str(stranger.pk)


def test_one_begins_again_with_another_address(stranger: Person, client: Client) -> None:
    ask(client, "strnager@example.org")
    page = BeautifulSoup(client.get(CONFIRM).content, "html.parser")
    form = page.select_one("main form[action$='/logout/']")
    assert client.post(form["action"], {"next": form.select_one("[name=next]")["value"]})["Location"] == (
        "/en/account/login/"
    )
    ask(client, stranger.email)
    client.post(CONFIRM, {"code": code_in(Mail.objects.latest("pk"))})
    assert who(client) == str(stranger.pk)


def test_a_code_confirms_the_address_and_asks_for_no_second_mail(stranger: Person, client: Client) -> None:
    for _time in range(2):
        ask(client, stranger.email)
        client.post(CONFIRM, {"code": code_in(Mail.objects.latest("pk"))})
        assert who(client) == str(stranger.pk)
        client.post("/en/account/logout/")
    assert Mail.objects.count() == 2
    (address,) = stranger.emailaddress_set.all()
    assert (address.email, address.verified, address.primary) == (stranger.email, True, True)


def test_staff_with_a_second_step_are_asked_for_it_after_the_code(ewa: Person, client: Client) -> None:
    Authenticator.objects.create(user=ewa, type=Authenticator.Type.TOTP, data={"secret": "x"})
    ask(client, ewa.email)
    answer = client.post(CONFIRM, {"code": code_in(Mail.objects.get())})
    assert (answer["Location"], who(client)) == ("/en/account/2fa/authenticate/", None)
