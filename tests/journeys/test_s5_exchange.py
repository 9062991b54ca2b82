"""S5: what twenty people saw becomes one text; people talk, and hosts answer questions."""

from __future__ import annotations

import pytest

from sadzonka.people.models import Person
from tests.chain import World
from tests.journeys.clock import Clock
from tests.journeys.post_office import delivers, follows_the_link
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor

VISIT = "/en/visits/under-way/"
THEMES = {"local-government": "The role of local government", "both-sides": "What each side gains"}


@pytest.fixture(autouse=True)
def _on_the_first_evening(clock: Clock) -> None:
    clock.moves_to("2026-09-01", 19)


def test_levels_that_contradict_each_other_are_talked_about(world: World) -> None:
    sheets = f"{VISIT}sheets/item-0/"
    for person, level in ((world.marek, "1"), (world.neighbour, "4")):
        writer = signed_in(person, at=sheets)
        names = [str(one["name"]) for one in writer.page.select(".choices input[value='4']")]
        writer.presses("Save and share", {names[0]: level})
    leader = signed_in(world.facilitator, at=f"{VISIT}debriefs/item-0/")
    assert leader.sees("1 question to talk about")
    assert leader.sees("2 shared, 2 begun")


def test_what_is_kept_for_oneself_is_read_by_nobody_else(world: World, ewa: Person) -> None:
    writer = signed_in(world.marek, at=f"{VISIT}sheets/item-0/")
    writer.presses("Save for myself", {"q-seen": "Only for me"})
    for other in (world.neighbour, world.facilitator, ewa):
        reader = signed_in(other, at=f"{VISIT}debriefs/item-0/")
        assert not reader.sees("Only for me")
        reader.opens(f"{VISIT}sheets/item-0/")
        assert not reader.sees("Only for me")


def test_people_talk_under_both_standing_themes(world: World) -> None:
    writer = signed_in(world.marek, at=VISIT)
    writer.follows("Exchange: what people say, what hosts have answered", within="main")
    for theme in THEMES:
        writer.sends(f"form:has([name=where][value={theme}])", {"text": theme})
    reader = Visitor("en")
    reader.opens(writer.address)
    told = {
        str(section.h2.get_text()): [one.get_text(strip=True) for one in section.select(".messages .what p")]
        for section in reader.page.select("main section:has(.messages)")
    }
    assert list(told) == list(THEMES.values())
    assert [theme in texts for theme, texts in zip(THEMES, told.values(), strict=True)] == [True, True]
    assert not reader.page.select("main form"), "who is not signed in reads"


@pytest.mark.parametrize("consent", ["yes", "no"])
def test_a_host_answers_and_says_who_may_read_it(consent: str, world: World, ewa: Person) -> None:
    asker = signed_in(world.marek, at="/en/organisations/cadiai/exchange/ask/")
    asker.presses("Ask", {"text": "Who pays the rent?"})
    desk = signed_in(ewa, at="/en/desk/questions/")
    desk.follows("Who pays the rent?", within="main")
    desk.presses("Send to the host", {"recipient": "chiara@example.org"})
    delivers()
    host = follows_the_link("chiara@example.org", "question", language="it")
    host.sends("main form", {"text": "Il comune.", "answered_by": "Chiara", "may_be_published": consent})
    reader = Visitor("en")
    reader.opens("/en/organisations/cadiai/exchange/")
    assert reader.sees("Il comune.") is (consent == "yes")
    asker.opens("/en/organisations/cadiai/exchange/")
    assert asker.sees("Il comune.")
