"""After the visit: a municipality says that a practice interests it, assesses it, plans, decides, runs it."""

from __future__ import annotations

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor


def declares_interest(person: Person, practice: str, note: str = "") -> Visitor:
    """Say on the card that the practice interests one's municipality."""
    reader = signed_in(person)
    reader.opens(f"/en/practices/{practice}/")
    reader.follows("Declare interest", within="#interest")
    reader.presses("Declare interest", {"note": note})
    return reader


def opens_team(person: Person, place: Municipality) -> Visitor:
    """Open the page on which the people of a municipality work."""
    keeper = signed_in(person)
    keeper.opens(f"/en/team/{place.country_id}/{place.code}/")
    return keeper


def starts_assessment(person: Person, place: Municipality, practice: str) -> str:
    """Start an assessment and return its address."""
    keeper = opens_team(person, place)
    keeper.presses("Start", {"practice": practice})
    return keeper.address


def answers(person: Person, assessment: str, levels: dict[str, tuple[str, str]]) -> Visitor:
    """Answer alone and send: to each question a level and why."""
    voter = signed_in(person)
    voter.opens(f"{assessment}answers/")
    said = {f"level-{key}": level for key, (level, _why) in levels.items()}
    said |= {f"reason-{key}": why for key, (_level, why) in levels.items()}
    voter.presses("Send my answers", said)
    return voter


def verifies(person: Person, assessment: str, **found: tuple[str, str, str]) -> Visitor:
    """Say of ways of meeting conditions whether they are met, according to whom, and since when."""
    keeper = signed_in(person)
    keeper.opens(f"{assessment}conditions/")
    fields: dict[str, str | list[str]] = {}
    for name, (state, source, day) in found.items():
        key = name.replace("_", "-")
        fields |= {f"state-{key}": state, f"source-{key}": source, f"found-{key}": day}
    keeper.presses("Store what is verified", fields)
    return keeper


def plans_a_step(keeper: Visitor, link: str, text: str, *, due_on: str) -> None:
    """Plan a step for what the plan's page names."""
    keeper.follows(link, within="main")
    keeper.presses("Add the step", {"text": text, "owner": "Office for property", "due_on": due_on})


def records_decision(keeper: Visitor, outcome: str, number: str, on: str, reason: str = "") -> None:
    """Record the resolution about the plan that is open."""
    keeper.follows("Record the decision", within="main")
    keeper.sends(
        "main form.form",
        {"outcome": outcome, "kind": "resolution", "number": number, "decided_on": on, "reason": reason},
    )


def reaches(person: Person, adoption: str, outcome: str, on: str, reason: str = "") -> Visitor:
    """Record the next stage of an adoption."""
    keeper = signed_in(person)
    keeper.opens(adoption)
    keeper.follows("Record the next stage", within="main")
    keeper.presses("Record", {"outcome": outcome, "reached_on": on, "reason": reason})
    return keeper
