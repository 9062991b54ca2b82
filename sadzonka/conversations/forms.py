"""Forms for messages, and for moderating them."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sadzonka.common.once import FormSentOnce

LONGEST_MESSAGE = 4000
NEW = "new"  # the key of the form that opens a thread


class MessageForm(FormSentOnce):
    """What somebody says; `where` is the key of the discussion it belongs to."""

    where = forms.CharField(widget=forms.HiddenInput, max_length=20)
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write your message.")},
    )
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)


class NewThreadForm(MessageForm):
    """The first message of a thread with a title of its own."""

    title = forms.CharField(
        label=_("Title"),
        max_length=150,
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    field_order = ["where", "title", "text", "language"]


class HideMessageForm(forms.Form):
    """Why a message is hidden."""

    reason = forms.CharField(
        label=_("Why is it hidden?"),
        max_length=200,
        help_text=_("Everybody reads this in place of the message."),
        error_messages={"required": _("Say why: everybody reads it in place of the message.")},
    )
