"""The sheet of one person, the agreed text of a debrief, and the idea made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sadzonka.common.once import FormOfRevision, FormSentOnce
from sadzonka.practices.models.ideas import LINE
from sadzonka.visits.models import Debrief, Note, Sheet, Statement
from sadzonka.visits.observation.actions import Noted, Said
from sadzonka.visits.observation.queries import Answers, Merged, statements_of
from sadzonka.visits.observation.questions import Chapter, Question, QuestionId, id_of, questions_of

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_NOTE = 3000
LONGEST_DISSENT = 2000
MOST_DIGITS = 18  # of a note's number: more is no number of ours
NEW = 0  # the revision of what was not begun


def _words(label: Any, longest: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=forms.Textarea(attrs={"rows": rows})
    )


class _AboutItem(FormOfRevision):
    """What is written about an agenda item, in one language."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=NEW)
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meanwhile: dict[str, Note | Statement] = {}

    def go_on_from(self, revision: int, stored: Iterable[Note | Statement]) -> None:
        """Keep what was typed, show what is stored now beside it, and let the next saving replace that."""
        typed = cast("QueryDict", self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed
        self.meanwhile = {id_of(one).name: one for one in stored if self._says_otherwise(one)}

    def _says_otherwise(self, stored: Note | Statement) -> bool:
        name = id_of(stored).name
        second = ("level", stored.level) if isinstance(stored, Note) else ("dissent", stored.dissent)
        typed = (self.cleaned_data.get(name), self.cleaned_data.get(f"{name}-{second[0]}"))
        return typed != (stored.text, second[1])


def _start(record: Sheet | Debrief | None) -> dict[str, Any]:
    if record is None:
        return {"revision": NEW, "language": get_language()}
    return {"revision": record.revision, "language": record.language}


class SheetForm(_AboutItem):
    """One person's notes: words to every question, a level where it has levels."""

    def __init__(self, *args: Any, chapters: list[Chapter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chapters = chapters
        for question in questions_of(chapters):
            self.fields[question.id.name] = _words(str(question.label), LONGEST_NOTE, 3)
            if question.levels:
                self.fields[f"{question.id.name}-level"] = forms.TypedChoiceField(
                    label=_("%(question)s: level") % {"question": question.label},
                    required=False,
                    coerce=int,
                    empty_value=None,
                    choices=[
                        ("", _("no level")),
                        *((str(level), str(level)) for level, _w in question.levels),
                    ],
                    widget=forms.RadioSelect,
                )

    @classmethod
    def opened(cls, sheet: Sheet | None, chapters: list[Chapter], *, is_closed: bool) -> SheetForm:
        """Return a form that shows a sheet as it is, an empty one before it is begun."""
        words: dict[str, Any] = _start(sheet)
        for note in sheet.notes.all() if sheet else ():
            words[id_of(note).name] = note.text
            words[f"{id_of(note).name}-level"] = note.level
        form = cls(initial=words, chapters=chapters)
        for field in form.fields.values():
            field.disabled = is_closed
        return form

    def rows(self) -> Iterator[tuple[Chapter, list[dict[str, Any]], bool]]:
        """Yield each chapter with its questions and their fields, and whether anything stands in it."""
        for chapter in self.chapters:
            rows = [self._row(question) for question in chapter.questions]
            yield chapter, rows, any(_is_filled(row["words"]) or _is_filled(row["level"]) for row in rows)

    def _row(self, question: Question) -> dict[str, Any]:
        name = question.id.name
        level = self[f"{name}-level"] if question.levels else None
        chosen = "" if level is None or level.value() is None else str(level.value())
        return {
            "question": question,
            "words": self[name],
            "level": level,
            "levels": [(number, words, str(number) == chosen) for number, words in question.levels],
            "has_no_level": not chosen,
            "meanwhile": self.meanwhile.get(name),
        }

    def notes(self) -> dict[QuestionId, Noted]:
        """Return what was noted to every question, empty notes too."""
        words = self.cleaned_data
        return {
            question.id: Noted(words[question.id.name], words.get(f"{question.id.name}-level"))
            for question in questions_of(self.chapters)
        }


def _is_filled(field: Any) -> bool:
    return field is not None and (bool(field.errors) or field.value() not in {None, ""})


class _Ticks(forms.MultipleChoiceField):
    """The notes a statement rests on; ticks on notes that are shared no longer are left out later."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> frozenset[int]:
        return frozenset(
            int(one) for one in value or () if str(one).isdecimal() and len(str(one)) <= MOST_DIGITS
        )


class DebriefForm(_AboutItem):
    """The agreed text: one statement to each question, the notes it rests on, and who saw it differently."""

    def __init__(self, *args: Any, merged: list[Merged], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merged = merged
        for answers in self._answers():
            name = answers.question.id.name
            self.fields[name] = _words(str(answers.question.label), LONGEST_NOTE, 4)
            self.fields[f"{name}-notes"] = _Ticks(label=_("It rests on these notes"), required=False)
            self.fields[f"{name}-dissent"] = _words(_("What some saw differently"), LONGEST_DISSENT, 2)

    def _answers(self) -> Iterator[Answers]:
        for chapter in self.merged:
            yield from chapter.answers

    @classmethod
    def opened(cls, debrief: Debrief | None, merged: list[Merged]) -> DebriefForm:
        """Return a form that shows a debrief as it is; notes on new questions are ticked."""
        words: dict[str, Any] = _start(debrief)
        for chapter in merged:
            for answers in chapter.answers:
                words |= _words_of(answers)
        return cls(initial=words, merged=merged)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        for answers in self._answers():
            name = answers.question.id.name
            if words.get(f"{name}-dissent") and not words.get(name) and name not in self.errors:
                self.add_error(name, _("First write what the others agreed on."))
        return words

    def rows(self) -> Iterator[tuple[Merged, list[dict[str, Any]], bool]]:
        """Yield each chapter with its answers, fields and ticks, and whether anything stands in it."""
        for chapter in self.merged:
            rows = [self._row(answers) for answers in chapter.answers]
            yield chapter, rows, any(row["is_begun"] for row in rows)

    def _row(self, answers: Answers) -> dict[str, Any]:
        name = answers.question.id.name
        ticked = {str(one) for one in self[f"{name}-notes"].value() or ()}
        words, dissent = self[name], self[f"{name}-dissent"]
        return {
            "answers": answers,
            "words": words,
            "dissent": dissent,
            "has_dissent": _is_filled(dissent),
            "is_begun": not answers.is_empty or _is_filled(words) or _is_filled(dissent),
            "ticks": [(note, str(note.pk) in ticked) for note in answers.notes],
            "meanwhile": self.meanwhile.get(name),
        }

    def statements(self) -> dict[QuestionId, Said]:
        """Return what was agreed on every question, in the order of the page."""
        words = self.cleaned_data
        return {
            question: Said(
                words[question.name], words[f"{question.name}-dissent"], words[f"{question.name}-notes"]
            )
            for question in (answers.question.id for answers in self._answers())
        }


def _words_of(answers: Answers) -> dict[str, Any]:
    name, statement = answers.question.id.name, answers.statement
    if statement is None:
        return {f"{name}-notes": [note.pk for note in answers.notes]}
    return {
        name: statement.text,
        f"{name}-notes": [note.pk for note in statement.notes.all()],
        f"{name}-dissent": statement.dissent,
    }


def _line(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LINE,
        help_text=_("One line, at most 200 characters."),
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IdeaOfDebriefForm(FormSentOnce):
    """The three lines of an idea, begun from what was agreed."""

    title = forms.CharField(
        label=_("Title"), max_length=100, error_messages={"required": _("Give the idea a short title.")}
    )
    need = _line(_("What is needed?"), _("Say what is needed."))
    solution = _line(_("What would help?"), _("Say what would help."))
    first_step = _line(_("What to do first?"), _("Say what to do first."))

    @classmethod
    def begun(cls, debrief: Debrief) -> FormSentOnce:
        """Return a form that begins with the statements, cut to a line each."""
        statements = statements_of(debrief)

        def line(key: str) -> str:
            statement = statements.get(QuestionId(None, key))
            return " ".join(statement.text.split())[:LINE] if statement else ""

        return cls.fresh(
            initial={
                "title": str(debrief.item.title)[:100],
                "need": line("at-home"),
                "solution": line("seen"),
                "first_step": line("role-of-local-government"),
            }
        )

    def lines(self) -> dict[str, Any]:
        """Return nonce and words as the action takes them."""
        return dict(self.cleaned_data)
