"""The form of an application: all of it to send, three fields to go on later."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sadzonka.common.once import FormOfRevision, FormSentOnce
from sadzonka.visits.models import Application, Call
from sadzonka.visits.recruitment.forms.renewing import offer
from sadzonka.visits.recruitment.queries import (
    TooManyPlaces,
    municipalities_named,
    practices_to_choose,
)

SEND = "send"
NEEDED_TO_SEND = (
    "municipality",
    "institution",
    "position",
    "superior_name",
    "superior_email",
    "motivation",
    "notice",
)
PICTURES = (("yes", gettext_lazy("Yes, you may")), ("no", gettext_lazy("No, please do not")))

PICTURES_BY_CONSENT: dict[bool | None, str] = {True: "yes", False: "no", None: ""}


class ApplicationForm(forms.ModelForm):
    """Asks what decides about a place, and no more than that."""

    field_order = [
        "first_name",
        "last_name",
        "email",
        "phone",
        "municipality",
        "municipality_choice",
        "institution",
        "position",
        "superior_name",
        "superior_email",
        "motivation",
        "practices",
        "needs",
        "notice",
        "pictures",
    ]
    municipality = forms.CharField(
        label=gettext_lazy("Your municipality"),
        help_text=gettext_lazy("Its name or its official code, for example Chodzież or 300101."),
        required=False,
        max_length=150,
    )
    municipality_choice = forms.CharField(
        label=gettext_lazy("Which one do you mean?"), widget=forms.RadioSelect, required=False, max_length=20
    )
    practices = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Practices that interest you"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notice = forms.BooleanField(
        label=gettext_lazy("I have read what becomes of my data"),
        required=False,
        error_messages={"required": gettext_lazy("Read what becomes of your data, then tick this box.")},
    )
    pictures = forms.ChoiceField(
        label=gettext_lazy("May pictures that show you be published?"),
        help_text=gettext_lazy(
            "You may leave this open and change it whenever you like. It does not decide about a place."
        ),
        choices=PICTURES,
        widget=forms.RadioSelect,
        required=False,
    )

    class Meta:
        model = Application
        fields = [
            "first_name",
            "last_name",
            "email",
            "phone",
            "institution",
            "position",
            "superior_name",
            "superior_email",
            "motivation",
            "needs",
        ]
        labels = {
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "email": gettext_lazy("Your e-mail address"),
            "phone": gettext_lazy("Telephone (if you like)"),
            "institution": gettext_lazy("Institution that sends you"),
            "position": gettext_lazy("Your position there"),
            "superior_name": gettext_lazy("Your superior’s name"),
            "superior_email": gettext_lazy("Your superior’s e-mail address"),
            "motivation": gettext_lazy("Why you, and what for?"),
            "needs": gettext_lazy("What do you need to take part?"),
        }
        help_texts = {
            "email": gettext_lazy("We write to it: the message holds the link to your application."),
            "superior_email": gettext_lazy(
                "When you send the application, your superior is asked to confirm with one click."
            ),
            "motivation": gettext_lazy("What you want to see, and what you could do with it at home."),
            "needs": gettext_lazy(
                "For example a step-free way, meals without meat, an induction loop. Needs, not diagnoses."
            ),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "institution": forms.TextInput(attrs={"autocomplete": "organization"}),
            "position": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "superior_email": forms.EmailInput(attrs={"autocomplete": "off"}),
            "superior_name": forms.TextInput(attrs={"autocomplete": "off"}),
            "motivation": forms.Textarea(attrs={"rows": 7}),
            "needs": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "first_name": {"required": gettext_lazy("Tell us your first name.")},
            "last_name": {"required": gettext_lazy("Tell us your last name.")},
            "email": {"required": gettext_lazy("We need an address to write to.")},
        }

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_sending = self.data.get("go") == SEND
        self.use_required_attribute = False  # which fields are needed depends on the button
        for name in NEEDED_TO_SEND:
            self.fields[name].required = self.is_sending
            if name != "notice":
                self.fields[name].error_messages["required"] = _("This is needed before you can send.")
        offer(self, "practices", [(one.pk, title) for one, title in practices_to_choose(call.visit)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["municipality"] = self._municipality(cleaned.get("municipality") or "")
        mine, superior = self._own_address(), cleaned.get("superior_email") or ""
        if superior and superior.lower() == mine.lower():
            self.add_error("superior_email", _("This is your own address: your superior has another."))
        return cleaned

    def _own_address(self) -> str:
        return self.cleaned_data.get("email") or self.instance.email

    def _municipality(self, words: str) -> Any:
        """Return the municipality that was meant; where that is not clear, offer the candidates."""
        if not words:
            return None
        try:
            found = municipalities_named(words)
        except TooManyPlaces:
            self.add_error("municipality", _("Many municipalities are called like this: add the county."))
            return None
        if not found:
            self.add_error("municipality", _("We know no municipality of this name: try its official code."))
            return None
        if len(found) == 1:
            return found[0].municipality
        by_key = {f"{one.municipality.country_id}-{one.municipality.code}": one for one in found}
        picked = by_key.get(self.cleaned_data.get("municipality_choice", ""))
        if picked is not None:
            return picked.municipality
        self._which().choices = [
            (key, f"{one.name}, {one.get_kind_display()}, {one.county} ({one.municipality.code})")
            for key, one in by_key.items()
        ]
        self.add_error("municipality", _("There are several of this name: pick yours below."))
        return None

    @property
    def asks_which(self) -> bool:
        """Whether candidates are to be shown below the name of the municipality."""
        return bool(self._which().choices)

    def _which(self) -> Any:
        return self.fields["municipality_choice"].widget

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, as the actions take it."""
        kept = {
            name: self.cleaned_data.get(name) or ""
            for name in self.Meta.fields
            if name in self.fields and name != "email"
        }
        consents = {word: consent for consent, word in PICTURES_BY_CONSENT.items()}
        return {
            **kept,
            "municipality": self.cleaned_data["municipality"],
            "practices": self.cleaned_data["practices"],
            "notice": self.cleaned_data["notice"],
            "pictures": consents[self.cleaned_data["pictures"]],
        }


class NewApplicationForm(FormSentOnce, ApplicationForm):
    """An application that does not exist yet."""

    left_empty = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trap_sprung(self) -> bool:
        """Whether a program filled in the field that people do not see."""
        return bool(self.cleaned_data.get("left_empty"))


class ApplicationChangeForm(FormOfRevision, ApplicationForm):
    """An application that is kept or returned; its address stays, because the link was sent there."""

    class Meta(ApplicationForm.Meta):
        fields = [name for name in ApplicationForm.Meta.fields if name != "email"]

    @classmethod
    def of(cls, application: Application) -> ApplicationChangeForm:
        """Return the form with what is stored."""
        place = application.municipality
        return cls(
            call=application.call,
            instance=application,
            initial={
                "revision": application.revision,
                "municipality": f"{place}, {place.code}" if place else "",
                "practices": [practice.pk for practice in application.practices.all()],
                "notice": application.notice_version == application.call.notice_version,
                "pictures": PICTURES_BY_CONSENT[application.image_consent],
            },
        )
