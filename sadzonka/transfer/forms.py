"""The reader's own answers, and the steps that they imagine taken: a GET form, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import Facts, State
from sadzonka.common.templatetags.words import without_references
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Alternative, Criterion, Version
from sadzonka.transfer.addresses import CONDITION, QUESTION, STEP, TAKEN, UNKNOWN
from sadzonka.transfer.explanation.options import Option, open_options, options_of
from sadzonka.transfer.queries import Answers, Knowledge, facts_for

AS_KNOWN = ""


class AnswersForm(forms.Form):
    """One choice per alternative of a condition and per anchored question of a version; a box per step."""

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
        self.options = {one.name: one for one in options_of(version, knowledge.day)}
        for name, option in self.options.items():
            self.fields[name] = _field(str(option), [(TAKEN, str(option))])

    def _condition_field(self, alternative: Alternative) -> forms.ChoiceField:
        return _choice(
            without_references(str(alternative.statement)),
            [("met", _("yes")), ("unmet", _("no"))],
            is_known=(self.version.practice_id, alternative.key) in self.knowledge.findings,
        )

    def _question_field(self, question: Criterion) -> forms.ChoiceField:
        return _choice(
            without_references(str(question.question)),
            [(str(level), f"{level} – {without_references(text)}") for level, text in question.levels()],
            is_known=(self.version.practice_id, question.key) in self.knowledge.judgements,
        )

    def clean(self) -> dict[str, Any]:
        """Name every answer and every step that this card does not know."""
        for name in self.data:
            if name.startswith((CONDITION, QUESTION)) and name not in self.fields:
                self.add_error(None, _("This card has no question called “%(name)s”.") % {"name": name[:80]})
            if name.startswith(STEP) and name not in self.fields:
                self.add_error(None, _("This card has no step called “%(name)s”.") % {"name": name[:80]})
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

    def steps(self) -> list[Option]:
        """Return the steps that the reader imagines taken."""
        if not self.is_bound:
            return []
        self.is_valid()
        return [one for name, one in self.options.items() if self.cleaned_data.get(name) == TAKEN]

    def step_fields(self, facts: Facts | None = None) -> list[tuple[Option, forms.BoundField]]:
        """Return the steps that lead further than what is known and answered, and those that are taken."""
        facts = facts or facts_for(self.version, self.knowledge, self.answers())
        shown = {*self.steps(), *open_options(self.options.values(), facts)}
        return [(one, self[name]) for name, one in self.options.items() if one in shown]

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
    return any(name.startswith((CONDITION, QUESTION, STEP)) for name in data)


def _choice(label: str, choices: list[tuple[str, Any]], *, is_known: bool) -> forms.ChoiceField:
    unknown = _("I don’t know")
    as_known = [(AS_KNOWN, _("as the municipality answered")), (UNKNOWN, unknown)]
    return _field(label, [*choices, *(as_known if is_known else [(AS_KNOWN, unknown)])])


def _field(label: str, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("“%(value)s” is not one of the answers.")},
    )
