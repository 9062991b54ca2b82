"""The forms of plans, decisions and adoptions."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sadzonka.common.once import FormOfRevision
from sadzonka.common.templatetags.words import day
from sadzonka.places.models import Country, Municipality
from sadzonka.practices.models import Version
from sadzonka.transfer.adoption.actions.plans import StepContent, content_of
from sadzonka.transfer.adoption.ladder import RUNGS, Reached
from sadzonka.transfer.adoption.repairs import Repairs
from sadzonka.transfer.models import Adoption, Decision, Plan, Stage, Step

MOST_REASON = 500  # characters, as many as a stage keeps
CONDITION, CRITERION = "condition", "criterion"


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field that asks for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-06-30."), "required": _("Say on which day.")},
        **kwargs,
    )


def text_field(label: Any, rows: int, **kwargs: Any) -> forms.CharField:
    """Return a field for a few lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class SummaryForm(FormOfRevision):
    """Asks what the plan is, in short."""

    summary = text_field(
        _("The plan in short"),
        6,
        required=False,
        max_length=2000,
        help_text=_("Everybody can read it after the decision."),
    )

    @classmethod
    def opened(cls, plan: Plan) -> SummaryForm:
        return cls(initial={"revision": plan.revision, "summary": plan.summary})


class StepForm(FormOfRevision):
    """Asks for one step, and what it is about, in the words of the card."""

    repairs = forms.ChoiceField(
        label=_("What the step is about"), required=False, widget=forms.RadioSelect, choices=()
    )
    text = forms.CharField(
        label=_("What is done"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it after the decision: write no names of persons here."),
        error_messages={"required": _("Say what is done.")},
    )
    owner = forms.CharField(
        label=_("Who does it"),
        max_length=150,
        help_text=_("An office or a person. Only people of the municipality and staff see it."),
        error_messages={"required": _("Say who does it.")},
    )
    due_on = day_field(_("Until when"))
    note = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=300,
        help_text=_("Only people of the municipality and staff see it."),
    )

    def __init__(self, *args: Any, repairs: Repairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ChoiceField", self.fields["repairs"])
        choice.choices = [*_choices(repairs), ("", _("something else"))]

    @classmethod
    def opened(cls, plan: Plan, repairs: Repairs, *, step: Step | None = None, about: str = "") -> StepForm:
        """Return the form of a step; of a new one about the first suggested change that no step covers."""
        form = cls(repairs=repairs)
        offered = {value for value, _label in _choices(repairs)}
        suggested = next((f"{CONDITION}:{one.alternative.key}" for one in repairs.suggested), "")
        form.initial = {"revision": plan.revision, "repairs": about if about in offered else suggested}
        if about.startswith(f"{CRITERION}:") and about in offered:
            steps = {one.criterion.key: str(one.criterion.step) for one in repairs.alterable}
            form.initial["text"] = steps[about.partition(":")[2]][:300]
        if step is not None:
            form.initial |= {
                "text": step.text,
                "owner": step.owner,
                "due_on": step.due_on,
                "note": step.note,
                "repairs": _about(step),
            }
        return form

    def content(self) -> StepContent:
        """Return what the step says."""
        kind, _colon, key = self.cleaned_data["repairs"].partition(":")
        return StepContent(
            text=self.cleaned_data["text"],
            owner=self.cleaned_data["owner"],
            due_on=self.cleaned_data["due_on"],
            note=self.cleaned_data["note"],
            alternative_key=key if kind == CONDITION else "",
            criterion_key=key if kind == CRITERION else "",
        )


def _about(step: Step) -> str:
    content = content_of(step)
    if content.alternative_key:
        return f"{CONDITION}:{content.alternative_key}"
    return f"{CRITERION}:{content.criterion_key}" if content.criterion_key else ""


def _choices(repairs: Repairs) -> list[tuple[str, str]]:
    conditions = [
        (
            f"{CONDITION}:{one.alternative.key}",
            f"{clause.clause.name} ({one.word}): {one.alternative.statement}",
        )
        for clause in repairs.clauses
        for one in clause.alternatives
    ]
    criteria = [
        (f"{CRITERION}:{one.criterion.key}", f"{one.criterion.name}: {one.criterion.step}")
        for one in repairs.alterable
    ]
    return conditions + criteria


class DoneForm(forms.Form):
    """Asks when a step was done."""

    done_on = day_field(_("Done on"))

    def clean_done_on(self) -> dt.date:
        return not_in_the_future(self.cleaned_data["done_on"])


def not_in_the_future(value: dt.date) -> dt.date:
    """Return a day that has come; refuse one that has not."""
    if value > timezone.localdate():
        raise ValidationError(_("This day lies in the future."))
    return value


class DecisionForm(forms.Form):
    """Asks what was decided, by which document, on which day."""

    outcome = forms.ChoiceField(
        label=_("What was decided"),
        choices=Decision.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what was decided.")},
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Decision.Kind)
    number = forms.CharField(
        label=_("Number"), max_length=60, error_messages={"required": _("Say which number it has.")}
    )
    decided_on = day_field(_("Decided on"))
    reason = text_field(
        _("Reason"),
        4,
        required=False,
        max_length=MOST_REASON,
        help_text=_("Needed when the plan was declined: others learn from it. Everybody can read it."),
    )
    url = forms.URLField(
        label=_("Address of the document"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored_on = plan.assessment.stored_on

    def clean_decided_on(self) -> dt.date:
        decided_on = not_in_the_future(self.cleaned_data["decided_on"])
        if self.stored_on and decided_on < self.stored_on:
            raise ValidationError(
                _("The assessment was stored on %(day)s: a decision about it cannot be older."),
                params={"day": day(self.stored_on)},
            )
        return decided_on

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome") == Decision.Outcome.DECLINED:
            need_a_reason(self, self.cleaned_data)
        return self.cleaned_data


def need_a_reason(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Refuse an end without a reason."""
    if not cleaned.get("reason") and "reason" not in form.errors:
        form.add_error("reason", _("Say why: others learn from it."))


class CorrectionForm(FormOfRevision):
    """Asks for the day, the reason and the source of a stage."""

    reached_on = day_field(_("On which day"))
    reason = text_field(
        _("Reason"),
        4,
        required=False,
        max_length=MOST_REASON,
        help_text=_("Needed when it was declined or abandoned. Everybody can read it."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=500,
        help_text=_("Where this can be read: a document, a page, a report. Name no persons."),
    )

    def __init__(self, *args: Any, outcome: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome_known = outcome

    @classmethod
    def opened(cls, stage: Stage, adoption: Adoption) -> CorrectionForm:
        return cls(
            outcome=stage.outcome,
            initial={
                "revision": adoption.revision,
                "reached_on": stage.reached_on,
                "reason": stage.reason,
                "source": stage.source,
            },
        )

    def clean_reached_on(self) -> dt.date:
        return not_in_the_future(self.cleaned_data["reached_on"])

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("outcome", self.outcome_known) in Stage.NEED_A_REASON:
            need_a_reason(self, self.cleaned_data)
        return self.cleaned_data


class StageForm(CorrectionForm):
    """Asks for the next stage of an adoption."""

    outcome = forms.ChoiceField(
        label=_("What was reached"),
        widget=forms.RadioSelect,
        choices=(),
        error_messages={"required": _("Say what was reached.")},
    )
    field_order = ["outcome"]

    def __init__(self, *args: Any, outcomes: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ChoiceField", self.fields["outcome"])
        choice.choices = [(str(one), Stage.Outcome(one).label) for one in outcomes]


class AdaptationsForm(FormOfRevision):
    """Asks what was done differently from the card."""

    adaptations = text_field(
        _("What was done differently"),
        8,
        required=False,
        max_length=3000,
        help_text=_("What you changed, left out or added, and why. Everybody can read it."),
    )

    @classmethod
    def opened(cls, adoption: Adoption) -> AdaptationsForm:
        return cls(initial={"revision": adoption.revision, "adaptations": adoption.adaptations})


class PrecedentForm(forms.Form):
    """Asks staff for an adoption that a source tells of."""

    country = forms.ModelChoiceField(label=_("Country"), queryset=Country.objects.all(), to_field_name="code")
    code = forms.CharField(
        label=_("Code of the municipality"),
        max_length=6,
        help_text=_("Six digits, as on the municipality's page."),
    )
    practice = forms.ChoiceField(label=_("Practice"), choices=())
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("Where this can be read. Name no persons."),
        error_messages={"required": _("What happened elsewhere needs a source.")},
    )
    reason = text_field(
        _("Reason"),
        4,
        required=False,
        max_length=MOST_REASON,
        help_text=_("Needed when it was declined or abandoned. Everybody can read it."),
    )
    adaptations = text_field(_("What was done differently"), 5, required=False, max_length=3000)

    def __init__(self, *args: Any, versions: list[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {version.practice.slug: version for version in versions}
        choice = cast("forms.ChoiceField", self.fields["practice"])
        choice.choices = [
            ("", _("choose one")),
            *((slug, str(version.text_in() or slug)) for slug, version in self.versions.items()),
        ]
        for outcome in [*RUNGS, Stage.Outcome.DECLINED, Stage.Outcome.ABANDONED]:
            label = format_lazy(_("Day: {stage}"), stage=outcome.label)
            self.fields[f"on-{outcome}"] = day_field(label, required=False)
        self.order_fields(["country", "code", "practice", *self.day_names, "reason", "source"])

    @property
    def day_names(self) -> list[str]:
        """The names of the fields that ask for days, in the ladder's order."""
        return [name for name in self.fields if name.startswith("on-")]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("country") and cleaned.get("code"):
            place = Municipality.objects.filter(country=cleaned["country"], code=cleaned["code"]).first()
            if place is None:
                self.add_error("code", _("No municipality of this country has this code."))
            cleaned["municipality"] = place
        if not self.path() and not any(name in self.errors for name in self.day_names):
            self.add_error("on-considered", _("Give the day of at least one stage."))
        if any(cleaned.get(f"on-{outcome}") for outcome in Stage.NEED_A_REASON):
            need_a_reason(self, cleaned)
        return cleaned

    def path(self) -> list[Reached]:
        """Return the stages whose day was given."""
        found = ((name.removeprefix("on-"), self.cleaned_data.get(name)) for name in self.day_names)
        return [Reached(outcome, reached_on) for outcome, reached_on in found if reached_on]
