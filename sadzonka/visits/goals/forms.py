"""The form in which staff say what was achieved, goal by goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import WordsFormField
from sadzonka.visits.goals.actions import Record
from sadzonka.visits.models import Goal, Visit

EMPTY_ROWS = 2


class _Number(forms.DecimalField):
    """A number as the reader writes it, with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_digits=10,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={"invalid": _("Write a number, such as 20 or 12.5.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else f"{value.normalize():f}"


class GoalForm(forms.Form):
    """The numbers of one goal and a remark; what is counted by the site is not entered."""

    target = _Number(label=_("Target"))
    achieved = _Number(label=_("Achieved"), help_text=_("Leave it empty as long as it is not known."))
    note = WordsFormField(label=_("Remark"), is_long=True, required=False)


class EvidenceForm(forms.Form):
    """One page on which it can be read that a goal was reached; an empty row is none."""

    label = WordsFormField(label=_("What it shows"), required=False)
    url = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = False  # else a new row sent twice would count as unchanged, and be left out

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        label, url = cleaned.get("label"), cleaned.get("url")
        if url and not label and "label" not in self.errors:
            self.add_error("label", _("Say what can be read there, in one language at least."))
        if label and not url and "url" not in self.errors:
            self.add_error("url", _("Give the address where this can be read."))
        return cleaned


class _Rows(forms.BaseFormSet):
    """The rows of one goal's evidence."""

    def is_touched(self) -> bool:
        """Whether somebody has typed into the rows and they are shown again."""
        return self.is_bound and self.has_changed()


EvidenceRows = forms.formset_factory(
    EvidenceForm, formset=_Rows, extra=EMPTY_ROWS, max_num=50, absolute_max=50
)


@dataclass(frozen=True)
class Entry:
    """One goal with its form and the rows of its evidence."""

    goal: Goal
    form: GoalForm
    evidence: Any

    def is_valid(self) -> bool:
        return self.form.is_valid() & self.evidence.is_valid()

    def has_errors(self) -> bool:
        return bool(self.form.errors or any(self.evidence.errors) or self.evidence.non_form_errors())

    def record(self) -> Record:
        """Return what was entered; what the site counts keeps what it was."""
        cleaned = self.form.cleaned_data
        rows = [row.cleaned_data for row in self.evidence if row.cleaned_data.get("url")]
        return Record(
            target=cleaned["target"],
            achieved=cleaned.get("achieved", self.goal.achieved),
            note=cleaned["note"],
            evidence=tuple((row["label"], row["url"]) for row in rows),
        )


class GoalsForm:
    """The entries of all goals of a visit, sent and checked together."""

    def __init__(self, visit: Visit, data: Any = None) -> None:
        self.is_bound = data is not None
        self.entries = [_entry(goal, data) for goal in visit.goals.all()]

    def is_valid(self) -> bool:
        are_valid = [entry.is_valid() for entry in self.entries]  # each of them says what is wrong with it
        return self.is_bound and all(are_valid)

    def records(self) -> dict[int, Record]:
        return {entry.goal.pk: entry.record() for entry in self.entries}


def _entry(goal: Goal, data: Any) -> Entry:
    prefix = f"goal-{goal.pk}"
    form = GoalForm(
        data,
        prefix=prefix,
        initial={"target": goal.target, "achieved": goal.achieved, "note": goal.note},
    )
    if goal.measure != Goal.Measure.BY_HAND:
        del form.fields["achieved"]
    rows = [{"label": one.label, "url": one.url} for one in goal.evidence.all()]
    return Entry(goal, form, EvidenceRows(data, prefix=f"{prefix}-evidence", initial=rows))
