"""S8: the claim that goals were reached is a page of numbers and links, not a sentence."""

from __future__ import annotations

from sadzonka.people.models import Person
from sadzonka.visits.models import Goal
from tests import factories
from tests.chain import World
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor

PAGE = "/en/visits/under-way/goals/"


def test_what_nobody_has_recorded_is_not_known_and_never_nothing(world: World) -> None:
    goals(world)
    assert verdicts() == ["not known yet"] * 2
    reader = Visitor("en")
    reader.opens(PAGE)
    assert reader.sees("0 of 2 goals reached, 2 not known yet.")


def test_a_goal_measured_by_hand_has_its_number_and_its_evidence(world: World, ewa: Person) -> None:
    by_hand, _counted = goals(world)
    desk = signed_in(ewa, at="/en/visits/under-way/desk/goals/")
    row = f"goal-{by_hand.pk}"
    entered = {
        f"{row}-achieved": "18,5",
        f"{row}-evidence-0-label_en": "Report of the hosts",
        f"{row}-evidence-0-url": "https://example.org/report",
    }
    desk.sends("main form[action$='/desk/goals/']", entered)
    assert verdicts() == ["not reached", "not known yet"]
    reader = Visitor("en")
    reader.opens(PAGE)
    assert reader.link("Report of the hosts") == "https://example.org/report"
    assert reader.sees("entered by the organiser")
    desk.sends("main form[action$='/desk/goals/']", {f"{row}-achieved": "20"})
    assert verdicts() == ["reached", "not known yet"]


def test_evidence_without_an_address_is_refused_and_nothing_is_lost(world: World, ewa: Person) -> None:
    by_hand, _counted = goals(world)
    desk = signed_in(ewa, at="/en/visits/under-way/desk/goals/")
    row = f"goal-{by_hand.pk}"
    entered = {f"{row}-achieved": "20", f"{row}-evidence-0-label_en": "Report of the hosts"}
    desk.sends("main form[action$='/desk/goals/']", entered, status=422)
    assert desk.sees("Give the address where this can be read.")
    assert desk.found(f"[name={row}-achieved]")["value"] == "20"
    assert verdicts() == ["not known yet"] * 2


def test_attendance_is_counted_by_the_site(world: World, ewa: Person) -> None:
    goals(world)
    desk = signed_in(ewa, at="/en/visits/under-way/desk/attendance/item-0/")
    desk.presses("Save, and everybody not noted was there", {})
    reader = Visitor("en")
    reader.opens(PAGE)
    assert verdicts() == ["not known yet", "reached"]
    assert reader.sees("counted by this site")
    assert not reader.sees("Marek"), "numbers are public, names are not"


def goals(world: World) -> tuple[Goal, Goal]:
    """Set two goals: twenty conversations, which people count, and two participants, whom the site counts."""
    by_hand = Goal.objects.create(
        visit=world.visit,
        sort_order=1,
        text=factories.words("Twenty conversations"),
        measure_text=factories.words("conversations"),
        target=20,
    )
    counted = Goal.objects.create(
        visit=world.visit,
        sort_order=2,
        text=factories.words("Two travel"),
        measure=Goal.Measure.PARTICIPANTS,
        target=2,
    )
    return by_hand, counted


def verdicts() -> list[str]:
    reader = Visitor("en")
    reader.opens(PAGE)
    return reader.texts("main section .head .state")
