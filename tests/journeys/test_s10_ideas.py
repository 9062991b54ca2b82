"""S10: new ideas, who was interested, and what became of them."""

from __future__ import annotations

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from tests.chain import World
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor

LINES = {
    "title": "Tools to lend",
    "need": "Nobody can afford a good saw.",
    "solution": "A library of tools.",
    "first_step": "Ask the fire brigade for a shelf.",
}
BICYCLES = "bicycles-from-prison"


def test_from_an_idea_to_the_practice_that_it_became(world: World, ewa: Person) -> None:
    writer = signed_in(world.marek, at="/en/ideas/")
    writer.follows("Write an idea down", within="main")
    writer.presses("Write it down", LINES)
    idea = writer.address
    for person in (world.marek, world.neighbour):
        interested = signed_in(person, at=idea)
        interested.follows("Declare interest", within="main")
        interested.presses("Declare interest", {"note": "A private reason"})
    reader = Visitor("en")
    reader.opens("/en/ideas/")
    reader.follows(LINES["title"], within="main")
    assert [line for line in LINES.values() if not reader.sees(line)] == []
    assert len(reader.page.select("main ul.criteria > li")) == 2
    assert not reader.sees("A private reason")
    assert not reader.sees("It became a practice:")

    desk = signed_in(ewa, at=idea)
    desk.follows("Say which practice it became", within="main")
    desk.presses("Store", {"practice": str(Practice.objects.get(slug=BICYCLES).pk)})
    reader.opens(idea)
    assert reader.sees("It became a practice:")
    reader.opens(str(reader.found("main p.state a")["href"]))
    assert reader.address == f"/en/practices/{BICYCLES}/"


def test_a_hidden_idea_is_for_its_author_who_reads_why(world: World, ewa: Person) -> None:
    writer = signed_in(world.marek, at="/en/ideas/new/")
    writer.presses("Write it down", LINES)
    idea = writer.address
    desk = signed_in(ewa, at=idea)
    desk.follows("Hide this idea", within="main")
    desk.presses("Hide the idea", {"reason": "It names a person."})
    Visitor("en").opens(idea, status=404)
    writer.opens(idea)
    assert writer.sees("It names a person.")


def test_interest_that_is_taken_back_is_counted_no_longer(world: World) -> None:
    writer = signed_in(world.marek, at=f"/en/practices/{BICYCLES}/interest/")
    writer.presses("Declare interest", {})
    reader = Visitor("en")
    reader.opens(f"/en/practices/{BICYCLES}/")
    assert len(reader.page.select("#interest li")) == 1
    writer.opens(f"/en/practices/{BICYCLES}/interest/")
    writer.sends("main form:has(button[name=withdraw])", {})
    reader.opens(f"/en/practices/{BICYCLES}/")
    assert reader.page.select("#interest li") == []
