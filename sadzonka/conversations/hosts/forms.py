"""Forms for asking a host, passing the question on, and answering."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from sadzonka.common.once import FormSentOnce
from sadzonka.conversations.models import Question
from sadzonka.organisations.models import Organisation


class AskForm(FormSentOnce):
    """A question, and to which of the hosts it goes."""

    host = forms.ModelChoiceField(
        label=_("Whom do you ask?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose whom you ask.")},
    )
    text = forms.CharField(
        label=_("Your question"),
        max_length=1500,
        help_text=_("One question at a time; a host has little time."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your question.")},
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, hosts: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[Organisation]", self.fields["host"])
        choice.queryset = Organisation.objects.filter(pk__in=[host.pk for host in hosts])


class SendForm(FormSentOnce):
    """The mail that passes a question on, as staff read and change it before it is sent."""

    seen_state = forms.CharField(widget=forms.HiddenInput)
    recipient = forms.EmailField(
        label=_("E-mail address of the host"),
        error_messages={
            "required": _("Write the address that the question is sent to."),
            "invalid": _("Write an address such as anna@example.org."),
        },
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("The mail needs a subject.")}
    )
    body = forms.CharField(
        label=_("Text of the mail"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": _("The mail needs a text.")},
    )


class DeclineForm(forms.Form):
    """Why a question is not passed on."""

    seen_state = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why is it not passed on?"),
        max_length=500,
        help_text=_("Whoever asked reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why: whoever asked reads it.")},
    )


class AnswerForm(forms.Form):
    """What a host answers, and whether everybody may read it."""

    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Your answer"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write your answer.")},
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)
    answered_by = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("It stands beside the answer, wherever the answer can be read."),
        error_messages={"required": _("Tell us who answers.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    may_be_published = forms.TypedChoiceField(
        label=_("Who may read your answer?"),
        choices=[
            ("yes", _("Everybody: it may be published on this site")),
            ("no", _("Only the person who asked and the coordinators")),
        ],
        coerce=lambda word: word == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may read your answer.")},
    )

    @classmethod
    def opened(cls, question: Question, language: str) -> AnswerForm:
        """Return a form with the answer as it is; who has not chosen yet finds nothing chosen."""
        may_be_published = question.may_be_published
        return cls(
            initial={
                "seen_at": seen_at(question),
                "text": question.answer,
                "language": question.answer_language or language,
                "answered_by": question.answered_by,
                "may_be_published": None if may_be_published is None else _WORDS[may_be_published],
            }
        )

    def clean_seen_at(self) -> dt.datetime | None:
        try:
            return parse_datetime(self.cleaned_data["seen_at"])
        except ValueError:
            return None


_WORDS = {True: "yes", False: "no"}


def seen_at(question: Question) -> str:
    """Return when the answer that a form shows was given, to the microsecond."""
    return question.answered_at.isoformat() if question.answered_at else ""
