"""Forms of an assessment: starting one, answering its questions, verifying its conditions, leading on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sadzonka.practices.choices import Dimension
from sadzonka.transfer.assessment.answers import Answer, Verification, answers_of
from sadzonka.transfer.assessment.queries import questions_of
from sadzonka.transfer.models import MOST_ROUNDS, Finding
from sadzonka.transfer.queries import is_in_force

if TYPE_CHECKING:
    from sadzonka.practices.models import Alternative, Clause, Criterion, Version
    from sadzonka.transfer.models import Assessment, Ballot

LEVEL, STATE = "level-", "state-"
REASON, SOURCE, FOUND_ON = "reason-", "source-", "found-"
UNKNOWN = "unknown"
LONGEST_REASON, LONGEST_SOURCE = 1000, 500


class StartForm(forms.Form):
    """Chooses the practice that people will answer about, among the cards that everybody sees."""

    practice = forms.ChoiceField(
        label=_("Practice"),
        error_messages={
            "required": _("Choose a practice."),
            "invalid_choice": _("There is no such practice."),
        },
    )

    def __init__(self, versions: Iterable[Version], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {version.practice.slug: version for version in versions}
        titles = [(slug, str(version.text_in() or slug)) for slug, version in self.versions.items()]
        self.fields["practice"].choices = [("", _("Choose a practice")), *titles]  # type: ignore[attr-defined]


class NextForm(forms.Form):
    """Leads an assessment on: which step, and from which round, so that a click sent twice is one step."""

    CLOSE, OPEN, STORE = "close", "open", "store"
    step = forms.ChoiceField(choices=[(one, one) for one in (CLOSE, OPEN, STORE)])
    round = forms.IntegerField(min_value=1, max_value=MOST_ROUNDS)


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """A question with the two fields in which it is answered."""

    criterion: Criterion
    level: forms.BoundField
    reason: forms.BoundField


class BallotForm(forms.Form):
    """One choice and one reason per anchored question; saved as it is, sent only when it is whole."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)  # 0: not begun
    round = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROUNDS)

    def __init__(self, version: Version, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.questions = questions_of(version)
        for question in self.questions:
            levels = [(str(level), f"{level} – {text}") for level, text in question.levels()]
            self.fields[LEVEL + question.key] = forms.ChoiceField(
                label=str(question.question),
                required=False,
                choices=[*levels, (UNKNOWN, _("I don’t know"))],
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("“%(value)s” is not one of the answers.")},
            )
            self.fields[REASON + question.key] = forms.CharField(
                label=_("Why?"),
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @classmethod
    def showing(cls, assessment: Assessment, own: Ballot | None, earlier: Ballot | None) -> BallotForm:
        """Return the form with what the person answered in this round, or else in the one before."""
        initial: dict[str, Any] = {"revision": own.revision if own else 0, "round": assessment.round}
        for key, answer in answers_of(own or earlier).items():
            initial[LEVEL + key] = UNKNOWN if answer.level is None else str(answer.level)
            initial[REASON + key] = answer.reason
        return cls(assessment.version, initial=initial)

    @property
    def is_sending(self) -> bool:
        """Whether the person wants to send, and not only to save for themselves."""
        return "send" in self.data

    def clean(self) -> dict[str, Any]:
        """Ask for an answer to each reason, and before sending for all answers and the reasons of levels."""
        for question in self.questions:
            level, reason = LEVEL + question.key, REASON + question.key
            if level in self.errors or reason in self.errors:
                continue
            chosen, why = self.cleaned_data.get(level), self.cleaned_data.get(reason)
            if not chosen and self.is_sending:
                self.add_error(level, _("Choose a level, or say that you don’t know."))
            elif not chosen and why:
                self.add_error(level, _("Choose a level, or say that you don’t know: your reason needs it."))
            elif chosen and chosen != UNKNOWN and not why and self.is_sending:
                self.add_error(reason, _("Say in a sentence why."))
        return self.cleaned_data

    def answers(self) -> dict[str, Answer]:
        """Return what was answered; a question left open is not among it."""
        return {
            question.key: Answer(
                None if chosen == UNKNOWN else int(chosen), self.cleaned_data[REASON + question.key]
            )
            for question in self.questions
            if (chosen := self.cleaned_data[LEVEL + question.key])
        }

    def by_dimension(self) -> Iterator[tuple[Dimension, list[QuestionFields]]]:
        """Yield each dimension that asks something with the fields of its questions."""
        for dimension in Dimension:
            fields = [
                QuestionFields(one, self[LEVEL + one.key], self[REASON + one.key])
                for one in self.questions
                if one.dimension == dimension
            ]
            if fields:
                yield dimension, fields


@dataclass(frozen=True, slots=True)
class AlternativeFields:
    """An alternative with its three fields, what is known of it, and whether its law is in force today."""

    alternative: Alternative
    state: forms.BoundField
    source: forms.BoundField
    found_on: forms.BoundField
    finding: Finding | None
    is_in_force: bool


class ConditionsForm(forms.Form):
    """For each way of meeting a condition: met or not, according to whom, and since when it is known."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        assessment: Assessment,
        findings: Mapping[str, Finding],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.clauses: list[Clause] = list(assessment.version.clauses.all())
        self.findings = findings
        super().__init__(data, initial={"revision": assessment.revision})
        for clause in self.clauses:
            for one in clause.alternatives.all():
                if STATE + one.key not in self.fields:  # one alternative may stand in two conditions
                    self._add_fields(one, findings.get(one.key))

    def _add_fields(self, alternative: Alternative, finding: Finding | None) -> None:
        language = get_language() or ""
        self.fields[STATE + alternative.key] = forms.ChoiceField(
            label=str(alternative.statement),
            required=False,
            choices=[*Finding.State.choices, ("", _("not known"))],
            initial=finding.state if finding else "",
            widget=forms.RadioSelect,
        )
        self.fields[SOURCE + alternative.key] = forms.CharField(
            label=_("Source: who says so, or which document"),
            required=False,
            max_length=LONGEST_SOURCE,
            initial=finding.source.get(language, "") if finding else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[FOUND_ON + alternative.key] = forms.DateField(
            label=_("Found on"),
            required=False,
            initial=finding.found_on if finding else None,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        )

    def _keys(self) -> list[str]:
        return [name.removeprefix(STATE) for name in self.fields if name.startswith(STATE)]

    def clean(self) -> dict[str, Any]:
        """Ask for the source of each state and for a day that has come."""
        for key in self._keys():
            state, source, found_on = (
                self.cleaned_data.get(prefix + key) for prefix in (STATE, SOURCE, FOUND_ON)
            )
            finding = self.findings.get(key)
            has_source = source or (finding and finding.state == state and finding.source)
            if not state:
                if source and not finding:
                    self.add_error(STATE + key, _("Say whether it is met: the source needs it."))
                continue
            if not has_source and SOURCE + key not in self.errors:
                self.add_error(SOURCE + key, _("Name the source: who says so, or which document."))
            if FOUND_ON + key not in self.errors:
                if not found_on:
                    self.add_error(FOUND_ON + key, _("Say on which day this was found out."))
                elif found_on > timezone.localdate():
                    self.add_error(FOUND_ON + key, _("This day has not come yet."))
        return self.cleaned_data

    def verifications(self) -> dict[str, Verification]:
        """Return what was entered for each alternative."""
        return {
            key: Verification(*(self.cleaned_data[prefix + key] for prefix in (STATE, SOURCE, FOUND_ON)))
            for key in self._keys()
        }

    def by_clause(self) -> Iterator[tuple[Clause, list[AlternativeFields]]]:
        """Yield each condition with the fields of its alternatives, each alternative once."""
        seen: set[str] = set()
        today = timezone.localdate()
        for clause in self.clauses:
            fresh = [one for one in clause.alternatives.all() if one.key not in seen]
            seen |= {one.key for one in fresh}
            yield (
                clause,
                [
                    AlternativeFields(
                        one,
                        self[STATE + one.key],
                        self[SOURCE + one.key],
                        self[FOUND_ON + one.key],
                        self.findings.get(one.key),
                        is_in_force(one, today),
                    )
                    for one in fresh
                ],
            )
