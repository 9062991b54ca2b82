"""Threads: two standing themes about everything, threads of one's own, limits, and what staff hide."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.test import Client
from django.utils import timezone

from sadzonka.conversations.actions import (
    ThreadIsClosed,
    TooManyMessages,
    close_thread,
    hide_message,
    reopen_thread,
    say,
    say_under_theme,
    show_message,
    start_thread,
)
from sadzonka.conversations.models import Message, Thread
from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Visit
from tests import factories
from tests.chain import World

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db
PRACTICE = "/en/practices/bicycles-from-prison/exchange/"
PAGES = [PRACTICE, "/en/visits/under-way/exchange/", "/en/organisations/cadiai/exchange/"]


@pytest.fixture
def bicycles(db: None) -> Practice:
    return Practice.objects.get(slug="bicycles-from-prison")


def words(text: str, **more: Any) -> dict[str, Any]:
    return {"nonce": uuid.uuid4(), "language": "en", "text": text, **more}


def said(author: Person, subject: models.Model, text: str, theme: str = "both-sides") -> Message:
    return say_under_theme(subject=subject, theme=theme, author=author, **words(text))


def texts(page: Any, selector: str) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return [" ".join(one.get_text(" ", strip=True).split()) for one in soup.select(selector)]


# --- writing


@pytest.mark.parametrize("address", PAGES)
def test_the_two_standing_themes_are_there_before_anybody_has_written(
    address: str, world: World, client: Client
) -> None:
    assert texts(client.get(address), "main h2")[1:3] == [
        "The role of local government",
        "What each side gains",
    ]
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("address", PAGES)
def test_a_signed_in_person_writes_under_a_standing_theme(
    address: str, world: World, client: Client, signed_in: SignIn
) -> None:
    answer = signed_in(world.marek).post(address, words("They lend them.", where="local-government"))
    message = Message.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{address}#message-{message.pk}")
    assert (message.thread.theme, message.author) == ("local-government", world.marek)
    assert texts(client.get(address), ".messages .what") == ["They lend them."]


def test_a_second_message_joins_the_same_thread(world: World, bicycles: Practice) -> None:
    for text in ("First", "Second"):
        said(world.marek, bicycles, text)
    assert [list(one.messages.values_list("text", flat=True)) for one in Thread.objects.all()] == [
        ["First", "Second"]
    ]


def test_somebody_opens_a_thread_under_a_title_of_its_own(
    world: World, client: Client, signed_in: SignIn
) -> None:
    browser = signed_in(world.marek)
    browser.post(PRACTICE, words("Where do the parts come from?", where="new", title="Spare parts"))
    thread = Thread.objects.get()
    browser.post(PRACTICE, words("From a shop.", where=str(thread.pk)))
    page = client.get(PRACTICE)
    assert texts(page, f"#thread-{thread.pk} h2") == ["Spare parts"]
    assert texts(page, f"#thread-{thread.pk} .what") == ["Where do the parts come from?", "From a shop."]


def test_the_same_form_sent_twice_is_one_message_and_one_thread(world: World, bicycles: Practice) -> None:
    form = words("Once", title="A thread")
    for _twice in range(2):
        start_thread(subject=bicycles, author=world.marek, **form)
    assert (Thread.objects.count(), Message.objects.count()) == (1, 1)


def test_the_same_form_sent_again_with_other_words_is_another_message(
    world: World, bicycles: Practice
) -> None:
    form = words("First")
    thread = say_under_theme(subject=bicycles, theme="both-sides", author=world.marek, **form).thread
    say(thread=thread, author=world.marek, **{**form, "text": "Second"})
    assert list(Message.objects.values_list("text", flat=True)) == ["First", "Second"]


def test_an_empty_message_is_refused_beside_its_field_in_its_own_thread(
    world: World, signed_in: SignIn
) -> None:
    answer = signed_in(world.marek).post(PRACTICE, words("", where="both-sides"))
    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert texts(answer, "#theme-both-sides .errors li") == ["Your message : Write your message."]
    assert texts(answer, "#theme-local-government .errors li") == []


def test_a_thread_of_another_subject_takes_no_message(world: World, signed_in: SignIn) -> None:
    elsewhere = start_thread(
        subject=world.visit, title="Elsewhere", author=world.neighbour, **words("There")
    ).thread
    answer = signed_in(world.marek).post(PRACTICE, words("What I wrote", where=str(elsewhere.pk)))
    assert (answer.status_code, Message.objects.count()) == (422, 1)
    assert "What I wrote" in texts(answer, "textarea")


def test_whoever_is_not_signed_in_reads_and_is_led_to_the_sign_in(
    world: World, bicycles: Practice, client: Client
) -> None:
    said(world.marek, bicycles, "Everybody reads this.")
    page = client.get(PRACTICE)
    assert texts(page, ".messages .what") == ["Everybody reads this."]
    assert texts(page, "form textarea") == []
    answer = client.post(PRACTICE, words("I write", where="both-sides"))
    assert answer["Location"] == f"/en/account/login/?next={PRACTICE}"
    assert Message.objects.count() == 1


def test_nobody_writes_more_often_than_the_limit_and_what_was_typed_is_kept(
    world: World, bicycles: Practice, signed_in: SignIn
) -> None:
    for number in range(settings.EXCHANGE_MESSAGES_PER_HOUR):
        said(world.marek, bicycles, f"Message {number}")
    with pytest.raises(TooManyMessages):
        said(world.marek, bicycles, "One too many")
    answer = signed_in(world.marek).post(PRACTICE, words("One too many", where="both-sides"))
    assert answer.status_code == 429
    assert texts(answer, "#to-both-sides-text") == ["One too many"]
    said(world.neighbour, bicycles, "Somebody else may")
    Message.objects.update(said_at=timezone.now() - dt.timedelta(hours=2))
    said(world.marek, bicycles, "Later again")


# --- what readers see


def test_readers_see_a_first_name_and_a_municipality_never_an_address(
    world: World, bicycles: Practice, client: Client, ewa: Person, signed_in: SignIn
) -> None:
    Person.objects.filter(pk=world.marek.pk).update(last_name="Nowak")
    nameless = Person.objects.create_user("nameless@example.org")
    said(Person.objects.get(pk=world.marek.pk), bicycles, "Mine")
    said(nameless, bicycles, "Not mine")
    assert texts(client.get(PRACTICE), ".messages .aside") == ["Marek, Chodzież", "without a name"]
    assert "nameless@" not in client.get(PRACTICE).content.decode()
    assert texts(signed_in(ewa).get(PRACTICE), ".messages .aside")[0].startswith("Marek Nowak, Chodzież")


def test_a_message_of_an_account_that_is_gone_stays(world: World, bicycles: Practice, client: Client) -> None:
    gone = Person.objects.create_user("gone@example.org", first_name="Gone")
    said(gone, bicycles, "I was there.")
    gone.delete()
    assert texts(client.get(PRACTICE), ".messages .aside") == ["somebody whose account is gone"]


def test_what_somebody_writes_is_shown_as_text(world: World, bicycles: Practice, client: Client) -> None:
    said(world.marek, bicycles, "<script>alert(1)</script>")
    start_thread(subject=bicycles, title="<b>bold</b>", author=world.marek, **words("x"))
    for address in (PRACTICE, "/en/exchange/"):
        body = client.get(address).content.decode()
        assert [tag for tag in ("<script>alert", "<b>bold") if tag in body] == []


def test_the_exchange_of_what_is_not_shown_is_not_found(
    world: World, client: Client, ewa: Person, signed_in: SignIn
) -> None:
    factories.version(factories.practice("draft-practice"), "Draft")
    factories.visit("draft-visit", "Draft", state="draft")
    addresses = ["/en/practices/draft-practice/exchange/", "/en/visits/draft-visit/exchange/"]
    addresses += [f"{address}ask/" for address in addresses]
    for somebody in (client, signed_in(world.marek)):
        assert [somebody.get(address).status_code for address in addresses] == [404] * 4
        assert [somebody.post(address).status_code for address in addresses] == [404] * 4
    assert [signed_in(ewa).get(address).status_code for address in addresses] == [200] * 4


# --- moderating


def test_a_hidden_message_shows_why_instead_of_what_it_says(
    world: World, bicycles: Practice, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    message = said(world.marek, bicycles, "Buy my bicycles!")
    address = f"/en/exchange/messages/{message.pk}/"
    answer = signed_in(ewa).post(address, {"reason": "An advertisement"})
    assert answer["Location"] == f"{PRACTICE}#message-{message.pk}"
    for page in (client.get(PRACTICE), client.get("/en/exchange/")):
        assert "Buy my bicycles!" not in page.content.decode()
    assert texts(client.get(PRACTICE), ".messages .what") == ["Hidden: An advertisement"]
    signed_in(ewa).post(address, {"show": "1"})
    assert texts(client.get(PRACTICE), ".messages .what") == ["Buy my bicycles!"]


def test_the_title_of_a_thread_is_hidden_with_all_that_was_said_in_it(
    world: World, bicycles: Practice, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    title = "Buy here!"
    message = start_thread(subject=bicycles, title=title, author=world.marek, **words("Cheap bicycles"))
    seen = [title in page.content.decode() for page in (client.get(PRACTICE), client.get("/en/exchange/"))]
    hide_message(message=message, by=ewa, reason="An advertisement")
    unseen = [title in page.content.decode() for page in (client.get(PRACTICE), client.get("/en/exchange/"))]
    assert (seen, unseen) == ([True, True], [False, False])
    assert title in signed_in(ewa).get(PRACTICE).content.decode()


def test_hiding_needs_a_reason(world: World, bicycles: Practice, ewa: Person, signed_in: SignIn) -> None:
    message = said(world.marek, bicycles, "Text")
    answer = signed_in(ewa).post(f"/en/exchange/messages/{message.pk}/", {"reason": " "})
    assert (answer.status_code, Message.objects.get().is_hidden) == (422, False)


def test_nobody_writes_in_a_closed_thread_and_what_was_typed_is_kept(
    world: World, bicycles: Practice, ewa: Person, signed_in: SignIn
) -> None:
    thread = said(world.marek, bicycles, "Before").thread
    signed_in(ewa).post(f"/en/exchange/threads/{thread.pk}/")
    with pytest.raises(ThreadIsClosed):
        said(world.marek, bicycles, "After")
    answer = signed_in(world.marek).post(PRACTICE, words("After", where="both-sides"))
    assert answer.status_code == 409
    assert texts(answer, "#to-both-sides-text") == ["After"]
    assert texts(signed_in(world.marek).get(PRACTICE), "#to-both-sides-text") == []
    signed_in(ewa).post(f"/en/exchange/threads/{thread.pk}/", {"reopen": "1"})
    said(world.marek, bicycles, "After")


def test_nobody_but_staff_moderates(world: World, bicycles: Practice, controller: Person) -> None:
    message = said(world.marek, bicycles, "Text")
    for somebody in (world.marek, world.facilitator, controller):
        for forbidden in (
            lambda by: hide_message(message=message, by=by, reason="No"),
            lambda by: show_message(message=message, by=by),
            lambda by: close_thread(thread=message.thread, by=by),
            lambda by: reopen_thread(thread=message.thread, by=by),
        ):
            with pytest.raises(PermissionDenied):
                forbidden(somebody)


# --- all threads


def test_the_newest_threads_about_everything_are_listed_with_where_they_stand(
    world: World, bicycles: Practice, client: Client
) -> None:
    for subject in (bicycles, world.visit, Organisation.objects.get(slug="cadiai")):
        said(world.marek, subject, f"About {subject.slug}")
    start_thread(subject=bicycles, title="Spare parts", author=world.marek, **words("Where from?"))
    page = client.get("/en/exchange/")
    assert texts(page, ".entries .what > p:last-child") == [
        "Where from?",
        "About cadiai",
        "About under-way",
        "About bicycles-from-prison",
    ]
    links = [link["href"] for link in BeautifulSoup(page.content, "html.parser").select(".entries h3 a")]
    assert [link.split("#")[0] for link in links] == [PRACTICE, *reversed(PAGES)]
    assert texts(client.get("/en/exchange/?theme=other"), ".entries h3") == ["Spare parts"]
    assert texts(client.get("/en/exchange/?theme=local-government"), ".entries h3") == []


def test_threads_about_what_is_not_shown_are_not_listed(world: World, ewa: Person, client: Client) -> None:
    draft = factories.practice("draft-practice")
    factories.version(draft, "Draft")
    for subject in (draft, factories.visit("draft-visit", "Draft", state="draft")):
        said(ewa, subject, "A secret")
    deleted = factories.visit("deleted", "Deleted")
    said(ewa, deleted, "A secret")
    Visit.objects.filter(pk=deleted.pk).delete()
    hidden = said(ewa, world.visit, "A secret")
    hide_message(message=hidden, by=ewa, reason="Secret")
    assert texts(client.get("/en/exchange/"), ".entries li") == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(PRACTICE, 12), ("/en/exchange/", 10)])
def test_one_and_three_take_the_same_queries(  # noqa: PLR0917
    address: str,
    queries: int,
    count: int,
    world: World,
    bicycles: Practice,
    client: Client,
    django_assert_num_queries: AssertQueries,
) -> None:
    people = [world.marek, world.neighbour, world.editor][:count]
    for person in people:
        for subject in (bicycles, world.visit, Organisation.objects.get(slug="cadiai")):
            thread = start_thread(subject=subject, title="Title", author=person, **words("First")).thread
            say(thread=thread, author=person, **words("Second"))
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)
