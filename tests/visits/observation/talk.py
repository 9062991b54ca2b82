"""Short ways to write a sheet and a debrief, by form as people do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.utils import timezone

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Debrief, Note, Sheet, Statement
from sadzonka.visits.observation.actions import Noted, Said, save_debrief, save_sheet
from sadzonka.visits.observation.queries import item_to_observe
from sadzonka.visits.observation.questions import QuestionId, chapters_of, questions_of


def general(key: str) -> QuestionId:
    return QuestionId(None, key)


def level_question(practice: Practice) -> QuestionId:
    """Return the first question with levels about a practice."""
    version = practice.shown_version
    assert version is not None
    key = next(one.key for one in version.criteria.all() if one.is_question)
    return QuestionId(practice.pk, key)


def asked_about(item: AgendaItem) -> list[QuestionId]:
    found = item_to_observe(item.visit.slug, item.key)
    assert found is not None
    return [question.id for question in questions_of(chapters_of(found))]


def write(item: AgendaItem, author: Person, *, is_shared: bool = True, **texts: str) -> Sheet:
    """Write a sheet by the action; a keyword such as at_home is the question at-home."""
    known = Sheet.objects.filter(item=item, author=author).first()
    return save_sheet(
        item=item,
        author=author,
        revision=known.revision if known else 0,
        language="en",
        notes={general(key.replace("_", "-")): Noted(text) for key, text in texts.items()},
        is_shared=is_shared,
    )


def rate(item: AgendaItem, author: Person, question: QuestionId, level: int) -> Note:
    """Give a level on a shared sheet."""
    sheet = write(item, author)
    return Note.objects.create(
        sheet=sheet, practice_id=question.practice_id, question=question.key, level=level
    )


def agree(item: AgendaItem, by: Person, *, is_agreed: bool = True, **texts: str) -> Debrief:
    """Write the agreed text by the action, each statement resting on all shared notes of its question."""
    known = Debrief.objects.filter(item=item).first()
    return save_debrief(
        item=item,
        by=by,
        revision=known.revision if known else 0,
        language="en",
        statements={
            general(key.replace("_", "-")): Said(text, notes=_notes_on(item, key.replace("_", "-")))
            for key, text in texts.items()
        },
        is_agreed=is_agreed,
    )


def _notes_on(item: AgendaItem, key: str) -> frozenset[int]:
    return frozenset(Note.objects.filter(sheet__item=item, question=key).values_list("pk", flat=True))


def sheet_path(item: AgendaItem) -> str:
    return f"/en/visits/{item.visit.slug}/sheets/{item.key}/"


def debrief_path(item: AgendaItem, rest: str = "") -> str:
    return f"/en/visits/{item.visit.slug}/debriefs/{item.key}/{rest}"


def agreed_path(item: AgendaItem) -> str:
    return f"/en/visits/{item.visit.slug}/agreed/{item.key}/"


def post(client: Client, path: str, revision: int, **fields: Any) -> Any:
    """Send a form; a keyword such as q_at_home is the field q-at-home."""
    named: Mapping[str, Any] = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(path, {"revision": revision, "language": "en", **named})


def plant_sheet(item: AgendaItem, author: Person, text: str, *, is_shared: bool) -> Sheet:
    """Make a sheet that says `text` to everything that is asked."""
    sheet = Sheet.objects.create(
        item=item, author=author, language="en", shared_at=timezone.now() if is_shared else None
    )
    for question in asked_about(item):
        Note.objects.create(sheet=sheet, practice_id=question.practice_id, question=question.key, text=text)
    return sheet


def plant_debrief(item: AgendaItem, text: str, *, is_agreed: bool, by: Person) -> Debrief:
    """Make a debrief with one statement."""
    debrief = Debrief.objects.create(
        item=item, language="en", agreed_at=timezone.now() if is_agreed else None, agreed_by=by
    )
    Statement.objects.create(debrief=debrief, question="seen", text=text, dissent=text)
    return debrief
