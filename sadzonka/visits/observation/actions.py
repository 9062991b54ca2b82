"""Writing and sharing sheets, agreeing on one text, and making a draft card or an idea of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.practices.actions import start_card, start_version
from sadzonka.practices.ideas.actions import write_idea
from sadzonka.practices.models import CardText, Idea, Practice, Version
from sadzonka.visits.models import AgendaItem, Debrief, Note, Sheet, Statement
from sadzonka.visits.observation.cards import card_texts, review_of
from sadzonka.visits.observation.queries import debrief_of, shared_notes
from sadzonka.visits.observation.questions import QuestionId, id_of
from sadzonka.visits.observation.rules import is_closed, is_used, may_make_use
from sadzonka.visits.rules import may_agree, may_observe


class DebriefIsAgreed(Exception):
    """What was shared and what was agreed stays as it is until the debrief is reopened."""


class NothingIsWrittenYet(Exception):
    """A debrief without a statement cannot be agreed."""


class DebriefIsNotAgreed(Exception):
    """Only an agreed text becomes a card or an idea."""


class DebriefIsUsed(Exception):
    """A card or an idea was made of the agreed text: it is not opened again."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What one person notes to one question."""

    text: str = ""
    level: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.level is None


@dataclass(frozen=True, slots=True)
class Said:
    """What was agreed on one question, what some saw differently, and the notes it rests on."""

    text: str = ""
    dissent: str = ""
    notes: frozenset[int] = frozenset()


def _lock(item: AgendaItem) -> None:
    """Let sheets and the debrief of an item change one after the other."""
    AgendaItem.objects.select_for_update().get(pk=item.pk)


@transaction.atomic
def save_sheet(
    *,
    item: AgendaItem,
    author: Person,
    revision: int,
    language: str,
    notes: Mapping[QuestionId, Noted],
    is_shared: bool,
) -> Sheet:
    """Store what somebody noted, for themselves or to be read by the others of the visit.

    `revision` is 0 for a sheet that was not begun. The same sheet sent twice is one; other words on a form
    that is out of date raise StaleForm. Raises DebriefIsAgreed for what is shared, or wants to be, when the
    text that rests on it was agreed.
    """
    if not may_observe(author, item.visit):
        raise PermissionDenied
    _lock(item)
    debrief = Debrief.objects.filter(item=item).first()
    sheet = Sheet.objects.filter(item=item, author=author).first()
    if sheet is not None and sheet.revision != revision:
        if sheet.is_shared == is_shared and _notes_on(sheet) == _filled(notes):
            return sheet
        raise StaleForm(sheet)
    if is_closed(debrief) and (is_shared or (sheet is not None and sheet.is_shared)):
        raise DebriefIsAgreed
    was_shared = sheet is not None and sheet.is_shared
    if sheet is None:
        sheet = Sheet(item=item, author=author)
    else:
        sheet.revision += 1
    sheet.language = language
    sheet.shared_at = (sheet.shared_at or timezone.now()) if is_shared else None
    is_new = sheet.pk is None
    sheet.save()
    _write_notes(sheet, notes)
    if was_shared and not is_shared:
        _forget_notes_of(sheet, debrief)
    action = "wagtail.create" if is_new else "wagtail.edit"
    if was_shared != is_shared:
        action = "sadzonka.share_sheet" if is_shared else "sadzonka.unshare_sheet"
    log(instance=sheet, action=action, user=author)  # never what it says: logs are read by others
    return sheet


def _filled(notes: Mapping[QuestionId, Noted]) -> dict[QuestionId, Noted]:
    return {question: noted for question, noted in notes.items() if not noted.is_empty}


def _notes_on(sheet: Sheet) -> dict[QuestionId, Noted]:
    return {id_of(note): Noted(note.text, note.level) for note in sheet.notes.all()}


def _write_notes(sheet: Sheet, notes: Mapping[QuestionId, Noted]) -> None:
    """Change notes in place: statements keep the notes they rest on."""
    known = {id_of(note): note for note in sheet.notes.all()}
    for question, noted in notes.items():
        note = known.get(question)
        if noted.is_empty:
            if note is not None:
                note.delete()
            continue
        if note is None:
            note = Note(sheet=sheet, practice_id=question.practice_id, question=question.key)
        note.text, note.level = noted.text, noted.level
        note.save()


def _forget_notes_of(sheet: Sheet, debrief: Debrief | None) -> None:
    """Take a sheet's notes out of the debrief; whoever is writing there is told by the new revision."""
    if debrief is None:
        return
    Statement.notes.through.objects.filter(note__sheet=sheet).delete()
    debrief.revision += 1
    debrief.save(update_fields=["revision"])


@transaction.atomic
def save_debrief(
    *,
    item: AgendaItem,
    by: Person,
    revision: int,
    language: str,
    statements: Mapping[QuestionId, Said],
    is_agreed: bool,
) -> Debrief:
    """Store all statements of a debrief together and, when that is wanted, close it as agreed.

    `revision` is 0 for a debrief that was not begun. A statement rests only on notes that are shared and
    answer its question; others are left out. Raises StaleForm, DebriefIsAgreed, NothingIsWrittenYet.
    """
    if not may_agree(by, item.visit):
        raise PermissionDenied
    _lock(item)
    debrief = Debrief.objects.filter(item=item).first()
    wanted = _resting_on_shared(item, statements)
    if debrief is not None and debrief.revision != revision:
        if debrief.is_agreed == is_agreed and _statements_of(debrief) == wanted:
            return debrief
        raise DebriefIsAgreed if debrief.is_agreed else StaleForm(debrief)
    if is_closed(debrief):
        raise DebriefIsAgreed
    is_new = debrief is None
    if debrief is None:
        debrief = Debrief(item=item)
    else:
        debrief.revision += 1
    debrief.language = language
    debrief.save()
    _write_statements(debrief, statements, wanted)
    log(instance=debrief, action="wagtail.create" if is_new else "wagtail.edit", user=by)
    if is_agreed:
        _close(debrief, by=by)
    return debrief


def _resting_on_shared(item: AgendaItem, statements: Mapping[QuestionId, Said]) -> dict[QuestionId, Said]:
    shared = {note.pk: id_of(note) for note in shared_notes(item)}
    return {
        question: Said(
            said.text,
            said.dissent,
            frozenset(note for note in said.notes if shared.get(note) == question),
        )
        for question, said in statements.items()
        if said.text
    }


def _statements_of(debrief: Debrief) -> dict[QuestionId, Said]:
    return {
        id_of(one): Said(one.text, one.dissent, frozenset(note.pk for note in one.notes.all()))
        for one in debrief.statements.prefetch_related("notes")
    }


def _write_statements(
    debrief: Debrief, asked: Mapping[QuestionId, Said], wanted: Mapping[QuestionId, Said]
) -> None:
    known = {id_of(one): one for one in debrief.statements.all()}
    for order, question in enumerate(asked, start=1):
        statement = known.get(question)
        if question not in wanted:
            if statement is not None:
                statement.delete()
            continue
        if statement is None:
            statement = Statement(debrief=debrief, practice_id=question.practice_id, question=question.key)
        said = wanted[question]
        statement.sort_order, statement.text, statement.dissent = order, said.text, said.dissent
        statement.save()
        statement.notes.set(said.notes)


def _close(debrief: Debrief, *, by: Person) -> None:
    if not debrief.statements.exists():
        raise NothingIsWrittenYet
    debrief.agreed_at, debrief.agreed_by = timezone.now(), by
    debrief.save(update_fields=["agreed_at", "agreed_by"])
    log(instance=debrief, action="sadzonka.agree_debrief", user=by)


@transaction.atomic
def reopen_debrief(*, debrief: Debrief, by: Person) -> Debrief:
    """Let an agreed text be changed again; DebriefIsUsed once a card or an idea was made of it."""
    if not may_agree(by, debrief.item.visit):
        raise PermissionDenied
    _lock(debrief.item)
    debrief = Debrief.objects.get(pk=debrief.pk)
    if is_used(debrief):
        raise DebriefIsUsed
    if debrief.is_agreed:
        debrief.agreed_at, debrief.agreed_by = None, None
        debrief.revision += 1
        debrief.save(update_fields=["agreed_at", "agreed_by", "revision"])
        log(instance=debrief, action="sadzonka.reopen_debrief", user=by)
    return debrief


def _to_make_use_of(debrief: Debrief, by: Person) -> Debrief:
    """Return an agreed debrief, locked and read anew with all that it says."""
    if not may_agree(by, debrief.item.visit):
        raise PermissionDenied
    _lock(debrief.item)
    found = debrief_of(debrief.item)
    if found is None or not may_make_use(by, found):
        raise DebriefIsNotAgreed
    return found


@transaction.atomic
def make_card(*, debrief: Debrief, by: Person) -> Practice:
    """Make a new practice with the draft of its card of an agreed text, once; staff complete and publish it.

    Raises DebriefIsNotAgreed.
    """
    debrief = _to_make_use_of(debrief, by)
    if debrief.practice is not None:
        return debrief.practice
    with override(debrief.language):
        title, texts = str(debrief.item.title), card_texts(debrief)
    item = debrief.item
    version = start_card(
        title=title,
        language=debrief.language,
        texts=texts,
        author=by,
        origin=item.municipality,
        run_by=item.host,
    )
    item.practices.add(version.practice)
    item.save()
    _remember_card(debrief, version, by=by)
    return version.practice


@transaction.atomic
def renew_card(*, debrief: Debrief, practice: Practice, by: Person) -> Practice:
    """Start a new version of a practice's card that brings what was agreed along, once.

    Raises PermissionDenied for everybody but staff, DebriefIsNotAgreed, and VersionInPreparation.
    """
    debrief = _to_make_use_of(debrief, by)
    if debrief.practice is not None:
        return debrief.practice
    version = start_version(practice=practice, by=by)
    with override(debrief.language):
        agreed = review_of(debrief)
    for text in CardText.objects.filter(version=version, language=debrief.language):
        text.review = "\n\n".join(filter(None, (text.review, agreed)))
        text.save(update_fields=["review"])
    _remember_card(debrief, version, by=by)
    return practice


def _remember_card(debrief: Debrief, version: Version, *, by: Person) -> None:
    debrief.practice = version.practice
    debrief.save(update_fields=["practice"])
    log(instance=debrief, action="sadzonka.make_card", user=by, data={"version": str(version)})


@transaction.atomic
def make_idea(
    *, debrief: Debrief, by: Person, nonce: uuid.UUID, title: str, need: str, solution: str, first_step: str
) -> Idea:
    """Write an agreed text down as an idea, once; DebriefIsNotAgreed before it is agreed."""
    debrief = _to_make_use_of(debrief, by)
    if debrief.idea is not None:
        return debrief.idea
    debrief.idea = write_idea(
        nonce=nonce,
        author=by,
        language=debrief.language,
        title=title,
        need=need,
        solution=solution,
        first_step=first_step,
        seen_at=debrief.item.host,
    )
    debrief.save(update_fields=["idea"])
    log(instance=debrief, action="sadzonka.make_idea", user=by, data={"idea": debrief.idea.pk})
    return debrief.idea
