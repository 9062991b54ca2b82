"""Forms for ideas and for interest."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sadzonka.common.once import FormOfRevision, FormSentOnce
from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.ideas.queries import municipalities_of, practices_with_titles
from sadzonka.practices.models import Idea, Practice
from sadzonka.practices.models.ideas import LINE


def _line(label: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LINE,
        help_text=_("One line, at most 200 characters."),
        error_messages={"required": required},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IdeaForm(forms.Form):
    """The three lines of an idea, and where it comes from."""

    title = forms.CharField(
        label=_("Title"), max_length=100, error_messages={"required": _("Give the idea a short title.")}
    )
    need = _line(_("What is needed?"), _("Say what is needed."))
    solution = _line(_("What would help?"), _("Say what would help."))
    first_step = _line(_("What to do first?"), _("Say what to do first."))
    municipality = forms.ModelChoiceField(
        label=_("For which municipality?"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("for none in particular"),
    )
    seen_at = forms.ModelChoiceField(
        label=_("Where have you seen something like it?"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("nowhere yet"),
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, person: Person, idea: Idea | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        choice.queryset = municipalities_of(person)
        if idea is not None and idea.municipality_id:  # somebody who has left it may leave it as it is
            kept = Municipality.objects.filter(pk=idea.municipality_id).prefetch_related("periods")
            choice.queryset = (municipalities_of(person) | kept).distinct()

    def words(self) -> dict[str, Any]:
        """Return what the idea says, as the actions take it."""
        return {name: self.cleaned_data[name] for name in IdeaForm.base_fields}


class NewIdeaForm(IdeaForm, FormSentOnce):
    """An idea that is written down."""


class EditIdeaForm(IdeaForm, FormOfRevision):
    """An idea that its author changes."""

    @classmethod
    def opened(cls, idea: Idea, *, person: Person) -> EditIdeaForm:
        """Return a form that shows the idea as it is."""
        words = {name: getattr(idea, name) for name in ("revision", *IdeaForm.base_fields)}
        return cls(initial=words, person=person, idea=idea)


class HideIdeaForm(FormOfRevision):
    """Why an idea is hidden."""

    reason = forms.CharField(
        label=_("Why is it hidden?"),
        max_length=200,
        help_text=_("Its author reads this."),
        error_messages={"required": _("Say why: its author reads it.")},
    )


class PracticeOfIdeaForm(FormOfRevision):
    """Which practice an idea became."""

    practice = forms.TypedChoiceField(
        label=_("Practice that it became"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.TypedChoiceField", self.fields["practice"])
        choice.choices = [("", _("none yet")), *practices_with_titles()]

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, as the action takes it."""
        practice = Practice.objects.filter(pk=self.cleaned_data["practice"]).first()
        return {"practice": practice, "revision": self.cleaned_data["revision"]}


class InterestForm(forms.Form):
    """For which municipality somebody declares interest, and why."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        error_messages={"required": _("Choose the municipality you speak for.")},
    )
    note = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_("If you like. Only the coordinators read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        choice.queryset = municipalities_of(person)
        if len(person.known_affiliations) == 1:
            choice.initial, choice.empty_label = person.known_affiliations[0].municipality, None


class WithdrawForm(forms.Form):
    """Which municipality's interest somebody takes back, whether they still speak for it or not."""

    municipality = forms.ModelChoiceField(queryset=Municipality.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        choice.queryset = Municipality.objects.filter(interests__person=person).distinct()
