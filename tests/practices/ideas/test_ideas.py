"""Ideas of three lines: written once, changed by their authors, moderated by staff, turned into practices."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.practices.ideas.actions import edit_idea, hide_idea, show_idea, turn_into_practice, write_idea
from sadzonka.practices.models import Idea, Practice
from tests import factories
from tests.chain import World

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Bicycles for the forest",
    "need": "Foresters walk for hours.",
    "solution": "Renovated bicycles, lent by the municipality.",
    "first_step": "Ask the prison how many it renovates.",
    "language": "en",
}


def written(author: Person, **words: Any) -> Idea:
    return write_idea(**{"nonce": uuid.uuid4(), "author": author, **WORDS, **words})


def sent(**more: Any) -> dict[str, Any]:
    return {**WORDS, "municipality": "", "seen_at": "", **more}


def texts(page: Any, selector: str) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return [" ".join(one.get_text(" ", strip=True).split()) for one in soup.select(selector)]


# --- writing


def test_somebody_writes_an_idea_for_their_municipality(world: World, signed_in: SignIn) -> None:
    chodziez = factories.municipality()
    answer = signed_in(world.marek).post("/en/ideas/new/", sent(nonce=uuid.uuid4(), municipality=chodziez.pk))
    idea = Idea.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/en/ideas/{idea.pk}/")
    assert (idea.author, idea.municipality, idea.need) == (world.marek, chodziez, WORDS["need"])
    assert [entry.action for entry in ModelLogEntry.objects.for_instance(idea)] == ["wagtail.create"]


def test_the_same_form_sent_twice_is_one_idea(world: World, signed_in: SignIn) -> None:
    client, nonce = signed_in(world.marek), uuid.uuid4()
    answers = [client.post("/en/ideas/new/", sent(nonce=nonce)) for _twice in range(2)]
    assert Idea.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_the_same_form_sent_again_with_other_words_keeps_them_and_changes_the_idea(
    world: World, signed_in: SignIn
) -> None:
    client, nonce = signed_in(world.marek), uuid.uuid4()
    client.post("/en/ideas/new/", sent(nonce=nonce))
    answer = client.post("/en/ideas/new/", sent(nonce=nonce, need="Something quite different"))
    assert answer.status_code == 409
    form = BeautifulSoup(answer.content, "html.parser").select_one("main form")
    assert form is not None
    revision = form.select_one("input[name=revision]")
    assert revision is not None
    idea = Idea.objects.get()
    assert idea.need == WORDS["need"]
    again = sent(revision=revision["value"], need="Something quite different")
    assert client.post(form["action"], again).status_code == 302
    idea.refresh_from_db()
    assert idea.need == "Something quite different"


def test_nobody_writes_for_a_municipality_they_do_not_speak_for(world: World, signed_in: SignIn) -> None:
    elsewhere = factories.municipality("300102")
    with pytest.raises(PermissionDenied):
        written(world.marek, municipality=elsewhere)
    answer = signed_in(world.marek).post(
        "/en/ideas/new/", sent(nonce=uuid.uuid4(), municipality=elsewhere.pk)
    )
    assert (answer.status_code, Idea.objects.count()) == (422, 0)


def test_a_line_that_is_too_long_stands_beside_its_field_and_nothing_is_lost(
    world: World, signed_in: SignIn
) -> None:
    answer = signed_in(world.marek).post("/en/ideas/new/", sent(nonce=uuid.uuid4(), need="a" * 201))
    assert answer.status_code == 422
    assert texts(answer, ".errors li a") == ["What is needed?"]
    assert texts(answer, "textarea[name=need]") == ["a" * 201]
    assert texts(answer, "textarea[name=solution]") == [WORDS["solution"]]


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(client: Client) -> None:
    assert client.get("/en/ideas/new/")["Location"] == "/en/account/login/?next=/en/ideas/new/"


# --- changing


def test_an_author_changes_an_idea(world: World, signed_in: SignIn) -> None:
    idea = written(world.marek)
    client = signed_in(world.marek)
    assert texts(client.get(f"/en/ideas/{idea.pk}/edit/"), "textarea[name=need]") == [WORDS["need"]]
    answer = client.post(f"/en/ideas/{idea.pk}/edit/", sent(revision=1, title="Better"))
    idea.refresh_from_db()
    assert (answer.status_code, idea.title, idea.revision) == (302, "Better", 2)


def test_a_form_opened_before_another_change_is_refused_and_keeps_what_was_typed(
    world: World, signed_in: SignIn
) -> None:
    idea = written(world.marek)
    client = signed_in(world.marek)
    client.post(f"/en/ideas/{idea.pk}/edit/", sent(revision=1, title="From the first tab"))
    answer = client.post(f"/en/ideas/{idea.pk}/edit/", sent(revision=1, title="From the second tab"))
    idea.refresh_from_db()
    assert (answer.status_code, idea.title) == (409, "From the first tab")
    assert 'value="From the second tab"' in answer.content.decode()
    assert texts(answer, "main h3") == ["From the first tab"]
    again = client.post(f"/en/ideas/{idea.pk}/edit/", sent(revision=2, title="From the second tab"))
    assert again.status_code == 302


def test_only_its_author_changes_an_idea(world: World, ewa: Person, signed_in: SignIn) -> None:
    idea = written(world.marek)
    for somebody_else in (world.neighbour, ewa):
        assert signed_in(somebody_else).get(f"/en/ideas/{idea.pk}/edit/").status_code == 404
        with pytest.raises(PermissionDenied):
            edit_idea(idea=idea, by=somebody_else, revision=1, **WORDS)


def test_an_idea_that_became_a_practice_is_changed_no_more(world: World, ewa: Person) -> None:
    idea = written(world.marek)
    practice = Practice.objects.get(slug="bicycles-from-prison")
    turned = turn_into_practice(idea=idea, by=ewa, revision=1, practice=practice)
    with pytest.raises(PermissionDenied):
        edit_idea(idea=turned, by=world.marek, revision=turned.revision, **WORDS)


# --- moderating


def test_a_hidden_idea_is_read_by_its_author_and_staff_with_the_reason(
    world: World, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    idea = written(world.marek)
    answer = signed_in(ewa).post(f"/en/ideas/{idea.pk}/hide/", {"revision": 1, "reason": "An advertisement"})
    assert answer.status_code == 302
    address = f"/en/ideas/{idea.pk}/"
    assert [one.get(address).status_code for one in (client, signed_in(world.neighbour))] == [404, 404]
    for insider in (world.marek, ewa):
        assert "This idea is hidden: An advertisement" in signed_in(insider).get(address).content.decode()
    assert WORDS["title"] not in client.get("/en/ideas/").content.decode()
    show_idea(idea=idea, by=ewa)
    assert client.get(address).status_code == 200


def test_hiding_needs_a_reason(world: World, ewa: Person, signed_in: SignIn) -> None:
    idea = written(world.marek)
    answer = signed_in(ewa).post(f"/en/ideas/{idea.pk}/hide/", {"revision": 1, "reason": ""})
    assert (answer.status_code, Idea.objects.get().is_hidden) == (422, False)


def test_a_decision_on_an_idea_that_has_changed_is_refused(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    idea = written(world.marek)
    edit_idea(idea=idea, by=world.marek, revision=1, **{**WORDS, "title": "Other"})
    with pytest.raises(StaleForm):
        hide_idea(idea=idea, by=ewa, revision=1, reason="Old reason")
    answer = signed_in(ewa).post(f"/en/ideas/{idea.pk}/hide/", {"revision": 1, "reason": "Old reason"})
    assert answer.status_code == 409
    assert 'value="Old reason"' in answer.content.decode()


def test_nobody_but_staff_moderates(world: World, controller: Person) -> None:
    idea = written(world.marek)
    for somebody in (world.marek, world.editor, controller):
        with pytest.raises(PermissionDenied):
            hide_idea(idea=idea, by=somebody, revision=1, reason="No")
        with pytest.raises(PermissionDenied):
            turn_into_practice(idea=idea, by=somebody, revision=1, practice=None)


def test_staff_say_which_practice_an_idea_became(
    world: World, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    idea = written(world.marek)
    practice = Practice.objects.get(slug="bicycles-from-prison")
    answer = signed_in(ewa).post(f"/en/ideas/{idea.pk}/practice/", {"revision": 1, "practice": practice.pk})
    assert answer.status_code == 302
    page = client.get(f"/en/ideas/{idea.pk}/")
    assert [link for link in texts(page, ".state a") if link] != []
    assert texts(client.get("/en/ideas/?became=practice"), "main h3") == [WORDS["title"]]
    assert texts(client.get("/en/ideas/?became=idea"), "main h3") == []


def test_a_practice_that_nobody_may_see_is_not_named(world: World, ewa: Person, client: Client) -> None:
    draft = factories.practice("draft-practice")
    factories.version(draft, "A secret draft")
    turn_into_practice(idea=written(world.marek), by=ewa, revision=1, practice=draft)
    for address in ("/en/ideas/", f"/en/ideas/{Idea.objects.get().pk}/"):
        body = client.get(address).content.decode()
        assert "A secret draft" not in body
        assert "draft-practice" not in body


# --- reading


def test_readers_see_a_first_name_and_a_municipality_and_staff_the_whole_name(
    world: World, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    Person.objects.filter(pk=world.marek.pk).update(first_name="Marek Jan", last_name="Nowak")
    idea = written(world.marek)
    public = client.get(f"/en/ideas/{idea.pk}/").content.decode()
    assert "Marek, Chodzież" in public
    assert [word for word in ("Nowak", "Jan", "marek@example.org") if word in public] == []
    assert "Marek Jan Nowak, Chodzież" in signed_in(ewa).get(f"/en/ideas/{idea.pk}/").content.decode()


def test_what_somebody_writes_is_shown_as_text(world: World, client: Client) -> None:
    idea = written(world.marek, need="<script>alert(1)</script>")
    for address in ("/en/ideas/", f"/en/ideas/{idea.pk}/"):
        assert "<script>alert" not in client.get(address).content.decode()


def test_the_newest_idea_stands_first(world: World, client: Client) -> None:
    for title in ("First", "Second"):
        written(world.marek, title=title)
    assert texts(client.get("/en/ideas/"), "main h3") == ["Second", "First"]


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    Idea.objects.all().delete()
    assert "What did you see that your municipality could use?" in client.get("/en/ideas/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_one_and_of_three_ask_the_same_queries(
    count: int,
    world: World,
    client: Client,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    practice = Practice.objects.get(slug="bicycles-from-prison")
    for _number in range(count):
        idea = written(world.marek, municipality=factories.municipality())
        Idea.objects.filter(pk=idea.pk).update(practice=practice)
    client.get("/en/ideas/")
    with django_assert_num_queries(8):
        client.get("/en/ideas/")
