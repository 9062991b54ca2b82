"""S11: a municipality's path can be read end to end, failures included."""

from __future__ import annotations

import pytest

from sadzonka.people.models import Person
from tests.chain import World
from tests.journeys.clock import Clock
from tests.journeys.recruiting import signed_in
from tests.journeys.transferring import plans_a_step, reaches, records_decision, starts_assessment
from tests.journeys.visitor import Visitor, said

BICYCLES = "bicycles-from-prison"
ELSEWHERE = f"/en/municipalities/PL/300102/{BICYCLES}/"


@pytest.fixture(autouse=True)
def _after_the_visit(clock: Clock) -> Clock:
    clock.moves_to("2026-10-01")
    return clock


def test_a_plan_that_is_declined_needs_a_reason_and_is_told(world: World) -> None:
    plan = planned(world)
    keeper = signed_in(world.editor, at=plan)
    keeper.follows("Record the decision", within="main")
    declined = {"outcome": "declined", "number": "X/1/2026", "decided_on": "2026-10-01"}
    keeper.sends("main form.form", declined, status=422)
    assert keeper.sees("Say why: others learn from it.")
    assert keeper.found("#id_number")["value"] == "X/1/2026"
    keeper.sends("main form.form", {"reason": "The prison is too far away."})
    reader = Visitor("en")
    reader.opens("/en/adoptions/?municipality=PL-300101")
    assert reader.sees("1 was declined, 0 were abandoned.")
    assert reader.sees("The prison is too far away.")
    reader.opens(ELSEWHERE)
    assert "The prison is too far away." in reader.section("Who like us has done it, and how did it end?")


def test_an_adoption_that_was_abandoned_keeps_its_whole_story(world: World, clock: Clock) -> None:
    keeper = signed_in(world.editor, at=planned(world))
    records_decision(keeper, "adopted", "X/1/2026", "2026-10-01")
    adoption = keeper.address
    clock.moves_to("2027-03-01")
    reaches(world.editor, adoption, "started", "2027-02-01")
    reaches(world.editor, adoption, "abandoned", "2027-03-01", "The workshop has closed.")
    reader = Visitor("en")
    reader.opens("/en/adoptions/?municipality=PL-300101")
    assert reader.sees("0 were declined, 1 was abandoned.")
    reader.opens(adoption)
    assert reader.texts("main ol.entries h3")[-4:] == ["Considered", "Decided", "Started", "Abandoned"]
    assert reader.sees("The workshop has closed.")
    keeper.opens(adoption)
    assert not keeper.sees("Record the next stage"), "nothing follows an end"
    river = Visitor("en")
    river.opens("/en/visits/under-way/river/")
    numbers = {one.th.get_text(): one.td.get_text() for one in river.page.select("figure + table tbody tr")}
    wanted = ("Decisions to adopt", "Services started", "Services delivered", "Abandoned after a decision")
    assert [numbers[name] for name in wanted] == ["1", "1", "0", "1"]


def test_a_service_is_sustained_only_when_its_months_have_passed(world: World, clock: Clock) -> None:
    keeper = signed_in(world.editor, at=planned(world))
    records_decision(keeper, "adopted", "X/1/2026", "2026-10-01")
    adoption = keeper.address
    clock.moves_to("2027-06-01")
    reaches(world.editor, adoption, "started", "2027-01-01")
    reaches(world.editor, adoption, "delivered", "2027-02-01")
    early = signed_in(world.editor, at=f"{adoption}stage/")
    early.presses("Record", {"outcome": "sustained-12", "reached_on": "2027-06-01"}, status=422)
    clock.moves_to("2029-02-01")
    reaches(world.editor, adoption, "sustained-12", "2028-02-01")
    reaches(world.editor, adoption, "sustained-24", "2029-02-01")
    reader = Visitor("en")
    reader.opens(adoption)
    assert reader.texts("main .label dd")[:2] == ["sustained for 24 months", "1 February 2029"]
    reader.opens(ELSEWHERE)
    assert "Sustained for 24 months" in reader.section("Who like us has done it, and how did it end?")


def test_what_became_of_it_is_counted_by_the_class_that_was_anticipated(world: World, clock: Clock) -> None:
    """Nobody had answered, so anything was possible: it counts as distant at worst, at best as strong."""
    keeper = signed_in(world.editor, at=planned(world))
    records_decision(keeper, "adopted", "X/1/2026", "2026-10-01")
    adoption, reader = keeper.address, Visitor("en")
    reader.opens("/en/adoptions/")
    reader.follows("How the anticipated classes turned out", within="main")
    assert "1 is still under way." in reader.section("Class by class")
    clock.moves_to("2028-02-01")
    reaches(world.editor, adoption, "started", "2027-01-01")
    reaches(world.editor, adoption, "delivered", "2027-02-01")
    reader.opens(reader.address)
    told = reader.section("Class by class")
    assert "1 rests on a frozen assessment and was delivered or abandoned: it is counted below." in told
    assert "%" not in told, "no percentage of one"
    delivered, sustained = (
        [[said(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
        for table in reader.page.select("main table.figures")
    )
    none = "none yet"
    assert delivered == [["1 of 1", none], [none, none], [none, none], [none, "1 of 1"]]
    waits = f"{none} 1 under way"
    assert sustained == [[waits, none], [none, none], [none, none], [none, waits]]
    reader.opens(ELSEWHERE)
    nearest = reader.section("Who like us has done it, and how did it end?")
    assert "1 other municipality has taken it up or turned it down." in nearest
    assert "Delivered : Chodzież , 1 February 2027" in nearest
    # (.0698 people + .4047 area + .4127 density + 1 type) / 5; the unemployed of 2024 are too old: 0 to 1.
    assert "0.38–0.58 apart, known of both: 4 of 5" in nearest


def test_a_plan_is_the_municipalitys_own_until_it_is_decided(world: World) -> None:
    plan = planned(world)
    reader = Visitor("en")
    reader.opens(plan)
    assert "/account/login/" in reader.address
    signed_in(world.neighbour).opens(plan, status=404)
    assert signed_in(world.marek, at=plan).sees("Office for property")
    records_decision(signed_in(world.editor, at=plan), "adopted", "X/1/2026", "2026-10-01")
    reader.opens(plan)
    assert reader.sees("Ask the prison for a contract.")
    assert not reader.sees("Office for property")


def test_what_happened_elsewhere_is_entered_with_its_source(world: World, ewa: Person) -> None:
    desk = signed_in(ewa, at="/en/adoptions/")
    desk.follows("Enter an adoption from elsewhere", within="main")
    told = {"country": "IT", "code": "037006", "practice": BICYCLES, "on-delivered": "2020-06-30"}
    desk.presses("Enter the adoption", told, status=422)
    assert desk.sees("What happened elsewhere needs a source.")
    desk.presses("Enter the adoption", {"source": "A report of the region"})
    reader = Visitor("en")
    reader.opens(ELSEWHERE)
    story = reader.section("Who like us has done it, and how did it end?")
    assert "Delivered" in story
    reader.opens(desk.address)
    assert reader.sees("Entered from a source: no interest, assessment or plan")
    assert reader.sees("A report of the region")


def planned(world: World) -> str:
    """Assess the practice in one round that nobody answers, and plan a step; return the plan's page."""
    assessment = starts_assessment(world.editor, world.applications["marek"].municipality, BICYCLES)
    keeper = signed_in(world.editor, at=assessment)
    keeper.presses("Close round 1", {})
    keeper.presses("Store the assessment", {})
    keeper.presses("Make a plan", {})
    plans_a_step(keeper, "Add a step", "Ask the prison for a contract.", due_on="2026-12-31")
    return keeper.address
