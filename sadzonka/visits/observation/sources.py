"""Sheets and debriefs as a file tells them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem
from sadzonka.visits.observation.actions import Noted, Said, make_idea, save_debrief, save_sheet
from sadzonka.visits.observation.queries import shared_notes
from sadzonka.visits.observation.questions import GENERAL, QuestionId, id_of

if TYPE_CHECKING:
    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person
    from sadzonka.visits.models import Debrief, Visit

A_DATE = "a date"


def load_observation(entry: Entry, visit: Visit, people: dict[str, Person]) -> None:
    """Let people write what they saw, and agree on one text."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    items = {item.key: item for item in AgendaItem.objects.filter(visit=visit).select_related("visit")}
    for sheet in entry.entries("sheets"):
        notes = {
            _question(note, practices): Noted(note.get("text"), note.convert("level", int, "a level"))
            for note in sheet.entries("notes")
        }
        with at_that_time(sheet.needed("on", read_moment, A_DATE)):
            save_sheet(
                item=sheet.found("item", items),
                author=sheet.found("author", people),
                revision=0,
                language="pl",
                notes=notes,
                is_shared=bool(sheet.get("is_shared", True)),
            )
    for debrief in entry.entries("debriefs"):
        _agree(debrief, debrief.found("item", items), practices, people)


def _agree(entry: Entry, item: AgendaItem, practices: dict[str, Practice], people: dict[str, Person]) -> None:
    """Store a debrief whose statements rest on every shared note about their question."""
    by = entry.found("by", people)
    shared: dict[QuestionId, set[int]] = {}
    for note in shared_notes(item):
        shared.setdefault(id_of(note), set()).add(note.pk)
    statements = {}
    for statement in entry.entries("statements"):
        question = _question(statement, practices)
        statements[question] = Said(
            statement.text("text"), statement.get("dissent"), frozenset(shared.get(question, ()))
        )
    with at_that_time(entry.needed("on", read_moment, A_DATE)):
        debrief = save_debrief(
            item=item, by=by, revision=0, language="pl", statements=statements, is_agreed=True
        )
        _note_idea(entry.table("idea"), debrief, by)


def _note_idea(entry: Entry, debrief: Debrief, by: Person) -> None:
    if entry.values:
        lines = {name: entry.text(name) for name in ("title", "need", "solution", "first_step")}
        make_idea(debrief=debrief, by=by, nonce=uuid.uuid4(), **lines)


def _question(entry: Entry, practices: dict[str, Practice]) -> QuestionId:
    practice = entry.found_or_none("practice", practices)
    key = entry.text("question")
    if practice is None:
        entry.found("question", {known: known for known in GENERAL})
    return QuestionId(practice.pk if practice else None, key)
