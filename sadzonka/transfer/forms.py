"""The reader's own answers to a practice's conditions and questions: a GET form, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import State
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Alternative, Criterion, Version
from sadzonka.transfer.queries import Answers, Knowledge

CONDITION, QUESTION = "if-", "q-"
AS_KNOWN = ""
UNKNOWN = "unknown"


class AnswersForm(forms.Form):
    """One choice per alternative of a condition and per anchored question of a practice version."""

    def __init__(self, version: Version, knowledge: Knowledge, data: QueryDict) -> None:
        self.version, self.knowledge = version, knowledge
        super().__init__(data if _is_answered(data) else None)
        self.alternatives = {
            CONDITION + one.key: one for clause in version.clauses.all() for one in clause.alternatives.all()
        }
        self.questions = {QUESTION + one.key: one for one in version.criteria.all() if one.is_question}
        for name, alternative in self.alternatives.items():
            self.fields[name] = self._condition_field(alternative)
        for name, question in self.questions.items():
            self.fields[name] = self._question_field(question)

    def _condition_field(self, alternative: Alternative) -> forms.ChoiceField:
        return _choice(
            str(alternative.statement),
            [("met", _("yes")), ("unmet", _("no"))],
            is_known=(self.version.practice_id, alternative.key) in self.knowledge.findings,
        )

    def _question_field(self, question: Criterion) -> forms.ChoiceField:
        return _choice(
            str(question.question),
            [(str(level), f"{level} – {text}") for level, text in question.levels()],
            is_known=(self.version.practice_id, question.key) in self.knowledge.judgements,
        )

    def clean(self) -> dict[str, Any]:
        """Name every answer that belongs to no question of this card."""
        for name in self.data:
            if name.startswith((CONDITION, QUESTION)) and name not in self.fields:
                self.add_error(None, _("This card has no question called “%(name)s”.") % {"name": name[:80]})
        return self.cleaned_data

    def answers(self) -> Answers:
        """Return the answers that make sense; what was left as it is known is not among them."""
        if not self.is_bound:
            return Answers()
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value != AS_KNOWN}
        return Answers(
            states={
                self.alternatives[name].key: State.from_word(value)
                for name, value in given.items()
                if name in self.alternatives
            },
            levels={
                self.questions[name].key: None if value == UNKNOWN else int(value)
                for name, value in given.items()
                if name in self.questions
            },
        )

    def condition_fields(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Yield each condition with the fields of its alternatives."""
        for clause in self.version.clauses.all():
            yield clause, [self[CONDITION + one.key] for one in clause.alternatives.all()]

    def questions_by_dimension(self) -> Iterator[tuple[Dimension, list[forms.BoundField]]]:
        """Yield each dimension that asks something with the fields of its questions."""
        for dimension in Dimension:
            fields = [
                self[name] for name, question in self.questions.items() if question.dimension == dimension
            ]
            if fields:
                yield dimension, fields


def _is_answered(data: QueryDict) -> bool:
    return any(name.startswith((CONDITION, QUESTION)) for name in data)


def _choice(label: str, choices: list[tuple[str, Any]], *, is_known: bool) -> forms.ChoiceField:
    unknown = _("I don’t know")
    as_known = [(AS_KNOWN, _("as the municipality answered")), (UNKNOWN, unknown)]
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[*choices, *(as_known if is_known else [(AS_KNOWN, unknown)])],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("“%(value)s” is not one of the answers.")},
    )
