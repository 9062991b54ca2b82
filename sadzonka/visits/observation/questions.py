"""The questions of an observation sheet: the same ones everywhere, then the criteria of each practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import Words
from sadzonka.practices.choices import LEVELS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from sadzonka.practices.models import CardText, Criterion, Practice, Version
    from sadzonka.visits.models import AgendaItem
    from sadzonka.visits.models.observation import AboutQuestion

# What a sheet asks about every agenda item, in this order.
GENERAL: dict[str, tuple[_StrPromise, _StrPromise | str]] = {
    "seen": (_("What did we see?"), _("As if for somebody who was not there.")),
    "people": (_("Who does it, and with whom?"), _("People, organisations, partners, those it is for.")),
    "works": (_("Why does it work?"), ""),
    "costs": (
        _("What does it take in money and people?"),
        _("A figure with its year is worth most, and who said it."),
    ),
    "obstacles": (_("What could break it?"), ""),
    "role-of-local-government": (_("What is the part of local government?"), ""),
    "gains-for-both-sides": (
        _("What do both sides gain?"),
        _("The municipality on one side, the cooperative on the other."),
    ),
    "at-home": (_("What of it could work at home?"), _("And what would have to be different.")),
}


class QuestionId(NamedTuple):
    """Which question is meant, on whatever sheet: the practice is None for the general ones."""

    practice_id: int | None
    key: str

    @property
    def name(self) -> str:
        """What the fields of this question are called in a form."""
        return f"p{self.practice_id}-{self.key}" if self.practice_id else f"q-{self.key}"


def id_of(written: AboutQuestion) -> QuestionId:
    """Return which question a note or a statement answers."""
    return QuestionId(written.practice_id, written.question)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it is asked; levels, where there are any, with what each of them means."""

    id: QuestionId
    label: Words
    explanation: Words
    levels: tuple[tuple[int, Words], ...] = ()

    @classmethod
    def no_longer_asked(cls, question: QuestionId) -> Question:
        """Return a question that a card used to ask; only its key is known."""
        levels = tuple((level, Words()) for level in range(LEVELS)) if question.practice_id else ()
        return cls(question, _said(question.key.replace("-", " ")), Words(), levels)


@dataclass(frozen=True, slots=True)
class Chapter:
    """The questions that belong together: the general ones, or those about one practice."""

    questions: tuple[Question, ...]
    practice: Practice | None = None
    text: CardText | None = None

    @property
    def is_general(self) -> bool:
        return any(question.id.key in GENERAL and not question.id.practice_id for question in self.questions)


def general_chapter() -> Chapter:
    """Return what is asked about every agenda item, in the reader's language."""
    return Chapter(
        tuple(
            Question(QuestionId(None, key), _said(label), _said(explanation))
            for key, (label, explanation) in GENERAL.items()
        )
    )


def _said(text: object) -> Words:
    return Words({get_language() or settings.LANGUAGE_CODE: str(text)})


def practice_chapter(practice: Practice, version: Version) -> Chapter:
    """Return what is asked about a practice: each criterion of the card that everybody sees."""
    questions = tuple(_about(practice, criterion) for criterion in version.criteria.all())
    return Chapter(questions, practice, version.text_in())


def _about(practice: Practice, criterion: Criterion) -> Question:
    return Question(
        QuestionId(practice.pk, criterion.key),
        criterion.name,
        criterion.question if criterion.is_question else criterion.mechanism,
        tuple(criterion.level_words()) if criterion.is_question else (),
    )


def chapters_of(item: AgendaItem) -> list[Chapter]:
    """Return all that is asked about an item read by `queries.item_to_observe`."""
    return [
        general_chapter(),
        *(
            practice_chapter(practice, version)
            for practice in item.practices.all()
            for version in practice.shown_versions
        ),
    ]


def questions_of(chapters: Iterable[Chapter]) -> Iterator[Question]:
    """Yield the questions of chapters one after the other."""
    for chapter in chapters:
        yield from chapter.questions


def label_of(question: QuestionId, chapters: Iterable[Chapter]) -> str:
    """Return how a question reads; one that is asked no longer is called by its key."""
    known = {one.id: str(one.label) for one in questions_of(chapters)}
    return known.get(question) or question.key.replace("-", " ")
