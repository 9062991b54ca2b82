"""The contact form."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.website.models import ContactMessage


class ContactForm(forms.ModelForm):
    """Asks for a message; the nonce makes the same form sent twice one message."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    left_empty = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ContactMessage
        fields = ["nonce", "name", "email", "subject", "text"]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "text": forms.Textarea(attrs={"rows": 8}),
        }
        labels = {
            "name": _("Your name"),
            "email": _("Your e-mail address"),
            "subject": _("Subject"),
            "text": _("Message"),
        }
        help_texts = {"email": _("Only to answer you.")}
        error_messages = {
            "name": {"required": _("Tell us what to call you.")},
            "email": {
                "required": _("We need an address to answer to."),
                "invalid": _("Write an address such as anna@example.org."),
            },
            "subject": {"required": _("Say in a few words what it is about.")},
            "text": {"required": _("Write your message.")},
        }

    @classmethod
    def fresh(cls) -> ContactForm:
        """Return an empty form with a nonce of its own."""
        return cls(initial={"nonce": uuid.uuid4()})

    @property
    def is_trap_sprung(self) -> bool:
        """Whether a program filled in the field that people do not see."""
        return bool(self.cleaned_data.get("left_empty"))

    def validate_unique(self) -> None:
        """Let a second sending pass: it is answered like the first and stores nothing."""
