"""One step from an agreed text to a draft card, a new version of a card, or an idea."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.actions import VersionIsNotReady, publish_version, start_card
from sadzonka.practices.models import Idea, Practice, Version
from sadzonka.practices.rules import may_edit_version, may_publish_version
from sadzonka.visits.models import Debrief
from sadzonka.visits.observation.actions import DebriefIsNotAgreed, make_card, make_idea, renew_card
from tests.chain import World
from tests.visits.observation.talk import agree, debrief_path, write

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db

TEXTS = {
    "seen": "Six people mend bicycles.",
    "people": "A cooperative with the prison.",
    "works": "The municipality is the first customer.",
    "costs": "Two trainers.",
    "obstacles": "The director leaves.",
    "gains_for_both_sides": "Work for both.",
    "at_home": "A workshop at the depot.",
}

FROM_THE_DEBRIEF = (
    "From the debrief about “Item 1” (1 September 2026), agreed by those who were there; it rests on the"
    " notes of 2 people."
)


def agreed(world: World, number: int = 1) -> Debrief:
    """Agree on a text about an item that names no practice yet."""
    item = world.items[number]
    write(item, world.marek, seen="Bicycles")
    write(item, world.neighbour, seen="A workshop", works="A customer")
    return agree(item, world.facilitator, **TEXTS)


def the_version(practice: Practice) -> Version:
    return practice.versions.get()


def test_the_statements_go_where_they_belong_on_a_draft_card(world: World) -> None:
    debrief = agreed(world)
    practice = make_card(debrief=debrief, by=world.facilitator)
    version = the_version(practice)
    text = version.texts.get()
    assert (practice.slug, practice.origin, practice.run_by) == (
        "item-1",
        world.items[1].municipality,
        world.items[1].host,
    )
    assert (version.state, version.number, version.author) == ("draft", 1, world.facilitator)
    assert (version.clauses.count(), version.criteria.count()) == (0, 0)
    assert {name: getattr(text, name) for name in ("language", "title", "summary", "problem")} == {
        "language": "en",
        "title": "Item 1",
        "summary": TEXTS["seen"],
        "problem": "",
    }
    assert text.evidence == TEXTS["seen"]
    assert text.mechanism == TEXTS["works"]
    assert text.fragility == TEXTS["obstacles"]
    assert text.origin_context == TEXTS["people"]
    assert text.gains_municipality == text.gains_cooperative == TEXTS["gains_for_both_sides"]
    assert text.gains_people == ""
    assert text.review.split("\n\n") == [
        FROM_THE_DEBRIEF,
        "What does it take in money and people?\nTwo trainers.",
        "What of it could work at home?\nA workshop at the depot.",
    ]
    assert list(world.items[1].practices.all()) == [practice]
    debrief.refresh_from_db()
    assert debrief.practice == practice


def test_what_some_saw_differently_comes_along(world: World) -> None:
    debrief = agreed(world)
    debrief.statements.filter(question="works").update(dissent="Not in a small town.")
    text = the_version(make_card(debrief=debrief, by=world.facilitator)).texts.get()
    assert text.mechanism == f"{TEXTS['works']}\n\nSome saw it differently: Not in a small town."


def test_a_long_statement_is_cut_in_the_summary_only(world: World) -> None:
    long = "Seen and told at length. " * 40
    debrief = agree(world.items[1], world.facilitator, seen=long.strip())
    text = the_version(make_card(debrief=debrief, by=world.facilitator)).texts.get()
    assert len(text.summary) == 400
    assert text.evidence == long.strip()


def test_a_card_is_made_once_however_often_it_is_asked_for(world: World, signed_in: SignIn) -> None:
    agreed(world)
    browser, before = signed_in(world.facilitator), Practice.objects.count()
    for _time in range(2):
        answer = browser.post(debrief_path(world.items[1], "card/"))
        assert (answer.status_code, answer["Location"]) == (302, debrief_path(world.items[1]))
    assert Practice.objects.count() == before + 1
    assert Version.objects.filter(practice=Debrief.objects.get().practice).count() == 1


def test_a_card_of_the_same_title_gets_an_address_of_its_own(world: World) -> None:
    first = start_card(title="Żółta łódź", language="pl", texts={}, author=world.facilitator)
    second = start_card(title="Żółta łódź", language="pl", texts={}, author=world.facilitator)
    nameless = start_card(title="???", language="pl", texts={}, author=world.facilitator)
    slugs = [one.practice.slug for one in (first, second, nameless)]
    assert slugs == ["zolta-lodz", "zolta-lodz-2", "practice"]


def test_a_facilitator_begins_a_card_and_cannot_finish_it(
    world: World, signed_in: SignIn, ewa: Person
) -> None:
    practice = make_card(debrief=agreed(world), by=world.facilitator)
    version = the_version(practice)
    assert may_edit_version(world.facilitator, version) is False
    assert may_publish_version(world.facilitator, version) is False
    with pytest.raises(VersionIsNotReady) as refusal:
        publish_version(version=version, by=ewa)
    assert refusal.value.problems == [
        "The text in English says nothing yet about: the problem, what people gain."
    ]
    draft = f"/en/practices/{practice.slug}/?version=1"
    assert signed_in(world.facilitator).get(draft).status_code == 404
    page = signed_in(world.facilitator).get(debrief_path(world.items[1])).content.decode()
    assert "The coordinators complete and publish it." in page
    assert draft not in page
    assert draft in signed_in(ewa).get(debrief_path(world.items[1])).content.decode()


def test_nothing_is_made_of_a_text_that_is_not_agreed(world: World, signed_in: SignIn) -> None:
    debrief = agree(world.items[1], world.facilitator, is_agreed=False, seen="In work")
    with pytest.raises(DebriefIsNotAgreed):
        make_card(debrief=debrief, by=world.facilitator)
    browser = signed_in(world.facilitator)
    for rest in ("card/", "idea/"):
        answer = browser.post(debrief_path(world.items[1], rest), {**IDEA, "nonce": NONCE})
        assert answer["Location"] == debrief_path(world.items[1])
        assert "First agree on the text" in browser.get(answer["Location"]).content.decode()
    assert not Idea.objects.exists()


def test_participants_make_nothing_of_it(world: World, signed_in: SignIn) -> None:
    debrief = agreed(world)
    for rest in ("card/", "idea/", "reopen/"):
        assert signed_in(world.marek).post(debrief_path(world.items[1], rest)).status_code == 404
    with pytest.raises(PermissionDenied):
        make_card(debrief=debrief, by=world.marek)


def test_staff_start_a_new_version_of_the_card_that_was_seen(
    world: World, signed_in: SignIn, ewa: Person
) -> None:
    debrief, practice = agreed(world, 0), world.items[0].practices.get()
    browser = signed_in(ewa)
    assert "Start a new version of" in browser.get(debrief_path(world.items[0])).content.decode()
    for _time in range(2):
        browser.post(debrief_path(world.items[0], "card/"), {"practice": practice.slug})
    version = practice.versions.first()
    assert version is not None
    assert (version.number, version.state, version.author) == (2, "draft", ewa)
    assert version.criteria.count() > 0
    assert "Six people mend bicycles." in version.texts.get(language="en").review
    debrief.refresh_from_db()
    assert debrief.practice == practice
    assert practice.versions.count() == 2


def test_a_card_that_is_being_written_comes_first(world: World, signed_in: SignIn, ewa: Person) -> None:
    agreed(world, 0)
    practice = world.items[0].practices.get()
    Version.objects.create(practice=practice, number=2)
    browser = signed_in(ewa)
    answer = browser.post(debrief_path(world.items[0], "card/"), {"practice": practice.slug}, follow=True)
    assert "is being written already" in answer.content.decode()
    assert Debrief.objects.get().practice is None


def test_a_facilitator_starts_no_new_version(world: World, signed_in: SignIn) -> None:
    debrief, practice = agreed(world, 0), world.items[0].practices.get()
    browser = signed_in(world.facilitator)
    assert "Start a new version of" not in browser.get(debrief_path(world.items[0])).content.decode()
    answer = browser.post(debrief_path(world.items[0], "card/"), {"practice": practice.slug})
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        renew_card(debrief=debrief, practice=practice, by=world.facilitator)


NONCE = "6ff9a9b0-6c5c-4f0b-9d3b-2f7d8f0e3a11"
IDEA = {"title": "A depot", "need": "Work", "solution": "Bicycles", "first_step": "Ask the depot"}


def test_an_idea_begins_with_the_statements_and_is_written_once(world: World, signed_in: SignIn) -> None:
    agreed(world)
    browser, path = signed_in(world.facilitator), debrief_path(world.items[1], "idea/")
    page = BeautifulSoup(browser.get(path).content, "html.parser")
    assert page.find("textarea", {"name": "solution"}).text.strip() == TEXTS["seen"]
    assert page.find("textarea", {"name": "need"}).text.strip() == TEXTS["at_home"]
    for nonce in (NONCE, NONCE, NONCE.replace("6", "7")):
        answer = browser.post(path, {**IDEA, "nonce": nonce})
        assert (answer.status_code, answer["Location"]) == (302, Idea.objects.get().get_absolute_url())
    idea = Idea.objects.get()
    assert (idea.title, idea.author, idea.seen_at) == ("A depot", world.facilitator, world.items[1].host)
    assert Debrief.objects.get().idea == idea
    assert browser.get(path)["Location"] == idea.get_absolute_url()


def test_an_idea_with_an_empty_line_is_shown_again(world: World, signed_in: SignIn) -> None:
    agreed(world)
    fields = {**IDEA, "need": "", "nonce": NONCE}
    answer = signed_in(world.facilitator).post(debrief_path(world.items[1], "idea/"), fields)
    assert answer.status_code == 422
    assert "Ask the depot" in answer.content.decode()
    assert not Idea.objects.exists()


def test_a_card_and_an_idea_may_both_be_made(world: World) -> None:
    debrief = agreed(world)
    make_card(debrief=debrief, by=world.facilitator)
    make_idea(debrief=debrief, by=world.facilitator, nonce=NONCE, **IDEA)  # type: ignore[arg-type]
    debrief.refresh_from_db()
    assert (debrief.practice is not None, debrief.idea is not None) == (True, True)
