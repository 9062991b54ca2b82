"""Signed links: nobody guesses one, uses it for something else, or after its end."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from sadzonka.outbox.actions import make_link, revoke_links
from sadzonka.outbox.links import LinkIsOver, LinkIsWrong, address_of, link_of_token
from sadzonka.outbox.models import Link
from sadzonka.outbox.pages import behind_link

pytestmark = pytest.mark.django_db
Purpose = Link.Purpose


def made(purpose: Link.Purpose = Purpose.APPLICATION, subject_id: int = 7, *, days: int = 3) -> Link:
    ends = timezone.now() + dt.timedelta(days=days)
    return make_link(purpose=purpose, subject_id=subject_id, language="it", expires_at=ends)


def test_a_link_opens_what_it_was_made_for() -> None:
    link = made()
    assert link_of_token(Purpose.APPLICATION, link.token) == link
    assert (link.subject_id, address_of(link).endswith(f"/{link.token}/")) == (7, True)
    assert "/it/" in address_of(link)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose != Purpose.APPLICATION])
def test_a_link_opens_nothing_else(purpose: Link.Purpose) -> None:
    application = made()
    made(purpose)  # one of that purpose and subject exists too
    with pytest.raises(LinkIsWrong):
        link_of_token(purpose, application.token)


@pytest.mark.parametrize("token", ["", ":", "1", "1:", "1:x", "x:y", "1:\x00", "9" * 400, "ż:ó"])
def test_a_token_that_was_made_up_opens_nothing(token: str) -> None:
    made()
    with pytest.raises(LinkIsWrong):
        link_of_token(Purpose.APPLICATION, token)


def test_no_token_with_one_sign_changed_opens_anything() -> None:
    token = made().token
    for place, sign in enumerate(token):
        changed = token[:place] + ("a" if sign != "a" else "b") + token[place + 1 :]
        with pytest.raises(LinkIsWrong):
            link_of_token(Purpose.APPLICATION, changed)


def test_the_signature_of_one_link_does_not_fit_another() -> None:
    first, second = made(subject_id=7), made(subject_id=8)
    with pytest.raises(LinkIsWrong):
        link_of_token(Purpose.APPLICATION, f"{second.pk}:{first.token.split(':')[1]}")


def test_a_link_ends_with_its_time() -> None:
    link = made(days=-1)
    with pytest.raises(LinkIsOver):
        link_of_token(Purpose.APPLICATION, link.token)


def test_a_revoked_link_is_over_at_once_and_the_next_one_is_another() -> None:
    link = made()
    revoke_links(purpose=Purpose.APPLICATION, subject_id=8)
    assert link_of_token(Purpose.APPLICATION, link.token) == link
    revoke_links(purpose=Purpose.APPLICATION, subject_id=7)
    with pytest.raises(LinkIsOver):
        link_of_token(Purpose.APPLICATION, link.token)
    assert made().token != link.token


def test_the_same_link_is_written_into_every_mail_and_only_prolonged() -> None:
    link, later, earlier = made(days=3), made(days=9), made(days=1)
    assert link.token == later.token == earlier.token
    assert earlier.expires_at == later.expires_at


def test_a_page_behind_a_link_answers_a_wrong_and_an_ended_one_alike() -> None:
    @behind_link(Purpose.HOSTING)
    def page(request: HttpRequest, link: Link) -> HttpResponse:
        return HttpResponse(link.subject_id)

    request = RequestFactory().get("/")
    good = page(request, made(Purpose.HOSTING).token)
    over = page(request, made(Purpose.HOSTING, 8, days=-1).token)
    wrong = page(request, made().token)
    assert (good.status_code, good.content, good["X-Robots-Tag"]) == (200, b"7", "noindex")
    assert "no-store" in good["Cache-Control"]
    assert (over.status_code, wrong.status_code, over.content) == (410, 410, wrong.content)
