"""What staff send at the desk: the next state of a visit, and mails they have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.desk.reviewing import Reviewed, fingerprint
from sadzonka.visits.models import Visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sadzonka.outbox.models import Mail


class StateForm(forms.Form):
    """The state that a visit shall come into, and the one that the page showed."""

    to = forms.ChoiceField(choices=Visit.State, widget=forms.HiddenInput)
    opened_in = forms.ChoiceField(choices=Visit.State, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history of the visit."),
    )

    @classmethod
    def opened(cls, visit: Visit, to: str) -> StateForm:
        """Return the form for one next state, as a page shows it; several stand on one page."""
        return cls(initial={"to": to, "opened_in": visit.state}, auto_id=f"id_{to}_%s")

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> StateForm:
        """Return the form as it was sent; one that names no state belongs to no step on the page."""
        to = data.get("to")
        return cls(data, auto_id=f"id_{to}_%s" if to in Visit.State.values else "id_%s")

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("to") == Visit.State.CANCELLED and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why the visit is cancelled."))


class MailForm(forms.Form):
    """A drafted mail in the words that its reviewer gives it."""

    is_ticked = forms.BooleanField(label=_("Tick to release together with others"), required=False)
    subject = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("A mail needs a subject.")}
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("A mail needs a text.")},
    )
    opened = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, mail: Mail, *, sent: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            sent,
            prefix=f"mail-{mail.pk}",
            initial={
                "subject": mail.subject,
                "body": mail.body,
                "opened": fingerprint(mail.subject, mail.body),
            },
        )
        self.mail = mail
        self.is_beside_another = False

    @classmethod
    def beside(cls, mail: Mail, typed: MailForm) -> MailForm:
        """Return a form with what was typed, to be compared with what somebody else has written meanwhile."""
        words = {typed.add_prefix(name): typed.data.get(typed.add_prefix(name), "") for name in typed.fields}
        opened = {typed.add_prefix("opened"): fingerprint(mail.subject, mail.body)}
        form = cls(mail, sent={**words, **opened})
        form.is_beside_another = True
        return form

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n")

    @property
    def reviewed(self) -> Reviewed:
        """What the reviewer wants the mail to say; ask only a valid form."""
        return Reviewed(
            self.mail,
            subject=self.cleaned_data["subject"],
            body=self.cleaned_data["body"],
            opened=self.cleaned_data["opened"],
        )
