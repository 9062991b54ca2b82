"""Forms of the desk: the call, the formal check, points, and the choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, datetime
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sadzonka.common.once import FormOfRevision
from sadzonka.common.words import WordsFormField
from sadzonka.people.models import Person
from sadzonka.visits.models import Application, Call, CallCriterion, Score
from sadzonka.visits.recruitment.actions import CriterionRow
from sadzonka.visits.recruitment.choices import Choice, Problems
from sadzonka.visits.recruitment.forms.renewing import offer, renew
from sadzonka.visits.recruitment.forms.widgets import LocalTimeInput
from sadzonka.visits.recruitment.queries import possible_reviewers, reason_of

EMPTY_ROWS, MOST_ROWS = 2, 12


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people, by name."""

    def label_from_instance(self, obj: Person) -> str:
        name = obj.get_full_name()
        return f"{name} ({obj.email})" if name else obj.email


class CallForm(forms.ModelForm):
    """The terms of a call; revision 0 is that of a call that does not exist yet."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reviewers = PeopleField(
        label=gettext_lazy("Reviewers"),
        help_text=gettext_lazy("At least two: each gives points without seeing those of the others first."),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Call
        fields = [
            "opens_at",
            "closes_at",
            "places",
            "municipality_limit",
            "days_to_answer",
            "rules",
            "notice",
        ]
        widgets = {"opens_at": LocalTimeInput, "closes_at": LocalTimeInput}
        labels = {
            "opens_at": gettext_lazy("Opens"),
            "closes_at": gettext_lazy("Closes"),
            "places": gettext_lazy("Places"),
            "municipality_limit": gettext_lazy("Most people from one municipality"),
            "days_to_answer": gettext_lazy("Days to accept an offered place"),
            "rules": gettext_lazy("Rules"),
            "notice": gettext_lazy("What becomes of the data"),
        }
        help_texts = {
            "municipality_limit": gettext_lazy("Empty: no limit."),
            "rules": gettext_lazy("Who may apply, what decides, what is paid for."),
            "notice": gettext_lazy(
                "Applicants say that they have read it. Another text is a new version, and it is noted who "
                "read which."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        reviewers: Any = self.fields["reviewers"]
        reviewers.queryset = possible_reviewers()
        self.initial.setdefault("revision", self.instance.revision if self.instance.pk else 0)
        if self.instance.pk:
            self.initial.setdefault("reviewers", [one.pk for one in self.instance.reviewers.all()])

    def clean_opens_at(self) -> datetime:
        return self._storable("opens_at")

    def clean_closes_at(self) -> datetime:
        return self._storable("closes_at")

    def _storable(self, name: str) -> datetime:
        """Return a moment that is one in every time zone too."""
        moment: datetime = self.cleaned_data[name]
        if not MINYEAR < moment.year < MAXYEAR:
            raise forms.ValidationError(self.fields[name].error_messages["invalid"], code="invalid")
        return moment

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class CriterionForm(forms.Form):
    """One criterion of a call; without a name it is none."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = WordsFormField(label=gettext_lazy("What points are given for"), required=False)
    most_points = forms.IntegerField(
        label=gettext_lazy("Most points"), min_value=1, max_value=100, initial=5, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("name") and not cleaned.get("most_points") and "most_points" not in self.errors:
            self.add_error("most_points", _("Say how many points there can be."))
        return cleaned

    def row(self) -> CriterionRow:
        return CriterionRow(
            self.cleaned_data.get("number"),
            self.cleaned_data["name"],
            self.cleaned_data.get("most_points") or 0,
        )


CriterionForms: type[BaseFormSet[CriterionForm]] = formset_factory(
    CriterionForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS + EMPTY_ROWS
)


def criterion_forms(data: Any, criteria: Sequence[CallCriterion]) -> BaseFormSet[CriterionForm]:
    """Return a row per criterion and some empty ones."""
    rows: list[dict[str, Any]] = [
        {"number": one.pk, "name": one.name, "most_points": one.most_points} for one in criteria
    ]
    return CriterionForms(data, prefix="criteria", initial=[*rows, *({} for _row in range(EMPTY_ROWS))])


class CheckForm(FormOfRevision):
    """The formal check of one application."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Formal check"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you found.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The applicant reads it, in a mail that is drafted for review."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"revision": application.revision}, **kwargs})
        words = {
            Application.State.ELIGIBLE: _("Meets the formal conditions"),
            Application.State.RETURNED: _("Return for completion"),
            Application.State.INELIGIBLE: _("Does not meet the formal conditions"),
        }
        sent = self.data.get("decision")  # a form that was sent twice names what is the case by now
        offer(
            self,
            "decision",
            [
                (str(state), text)
                for state, text in words.items()
                if state != application.state or str(state) == sent
            ],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_yes = cleaned.get("decision") == Application.State.ELIGIBLE
        if cleaned.get("decision") and not is_yes and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the applicant reads it, and so will a controller."))
        return cleaned


class ScoreForm(forms.Form):
    """The points of one reviewer, with a reason for each."""

    def __init__(
        self, *args: Any, criteria: Sequence[CallCriterion], given: dict[int, Score], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            score = given.get(criterion.pk)
            self.fields[f"points_{criterion.pk}"] = forms.IntegerField(
                label=_("Points, 0 to %(most)d") % {"most": criterion.most_points},
                min_value=0,
                max_value=criterion.most_points,
                required=False,
                initial=score.points if score else None,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("Reason"),
                max_length=500,
                required=False,
                initial=score.reason if score else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[CallCriterion, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"points_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.criteria]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for criterion in self.criteria:
            points, reason = (cleaned.get(f"{name}_{criterion.pk}") for name in ("points", "reason"))
            if points is not None and not reason:
                self.add_error(f"reason_{criterion.pk}", _("Say what these points rest on."))
            if reason and points is None and f"points_{criterion.pk}" not in self.errors:
                self.add_error(f"points_{criterion.pk}", _("Give the points to this reason."))
        if not self.errors and not self.points():
            raise forms.ValidationError(_("Give points on at least one criterion."))
        return cleaned

    def points(self) -> dict[CallCriterion, tuple[int, str]]:
        """Return what was given, criterion by criterion."""
        return {
            one: (self.cleaned_data[f"points_{one.pk}"], self.cleaned_data[f"reason_{one.pk}"])
            for one in self.criteria
            if self.cleaned_data.get(f"points_{one.pk}") is not None
        }


class ChoiceRow(forms.Form):
    """What becomes of one application, and why."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Place on the reserve list"),
        min_value=1,
        max_value=999,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, application: Application) -> None:
        self.application = application
        is_undecided = application.state == Application.State.ELIGIBLE
        super().__init__(
            data,
            prefix=application.reference,
            initial={
                "revision": application.revision,
                "decision": "" if is_undecided else application.state,
                "position": application.reserve_position,
                "reason": "" if is_undecided else reason_of(application),
            },
        )
        decisions: list[tuple[Any, Any]] = [
            (Application.State.CHOSEN.value, _("chosen")),
            (Application.State.RESERVE.value, _("reserve list")),
            (Application.State.REFUSED.value, _("not chosen")),
        ]
        offer(self, "decision", [("", _("undecided")), *decisions] if is_undecided else decisions)

    @cached_property
    def choice(self) -> Choice:
        """What was decided, once the row is valid."""
        is_reserve = self.cleaned_data["decision"] == Application.State.RESERVE
        return Choice(
            application=self.application.pk,
            revision=self.cleaned_data["revision"],
            decision=self.cleaned_data["decision"],
            reason=self.cleaned_data["reason"],
            position=self.cleaned_data["position"] if is_reserve else None,
        )


class ChoiceForm:
    """A row for each application that can be decided on, and the revision of the call."""

    def __init__(self, call: Call, applications: Sequence[Application], data: Any = None) -> None:
        self.of_call = _OfCall(data, initial={"revision": call.revision})
        self.rows = [ChoiceRow(data, application=application) for application in applications]
        self.general: list[str] = []

    def is_valid(self) -> bool:
        return all([self.of_call.is_valid(), *[row.is_valid() for row in self.rows]])

    def choices(self) -> list[Choice]:
        return [row.choice for row in self.rows]

    def show(self, problems: Problems) -> None:
        """Put each problem beside its row."""
        self.general = problems.general
        for row in self.rows:
            for problem in problems.of_rows.get(row.application.pk, []):
                row.add_error(None, problem)

    def renew(self, call: Call) -> None:
        """Keep what was typed, on top of what is stored now: saving again means it."""
        renew(self.of_call, call.revision)
        for row in self.rows:
            renew(row, row.application.revision)

    @property
    def wrong_rows(self) -> list[ChoiceRow]:
        return [row for row in self.rows if row.is_bound and row.errors]


class _OfCall(FormOfRevision):
    """The revision of the call that was decided on."""
