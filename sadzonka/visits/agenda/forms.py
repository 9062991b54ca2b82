"""Choosing whom to ask, and the host's answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.models import AgendaItem

Reply = AgendaItem.Reply


class AskForm(forms.Form):
    """The items whose hosts are to be asked; the page draws the boxes beside the items."""

    items = forms.ModelMultipleChoiceField(
        AgendaItem.objects.none(),
        label=_("Whom to ask"),
        error_messages={
            "required": _("Tick at least one item."),
            "invalid_choice": _("One of the items is not on this agenda any more. Look at the list again."),
        },
    )

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_this_visit = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        self.fields["items"].queryset = of_this_visit  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        """Return the numbers of the items whose boxes were ticked when the form was sent."""
        return set(self.data.getlist("items")) if self.is_bound else set()  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What a host answers, who answers, and how the item looked when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    reply = forms.ChoiceField(
        label=_("Does it suit you?"),
        choices=[
            (Reply.CONFIRMED, _("Yes, we receive the visit as described")),
            (Reply.DECLINED, _("No, it is not possible like this")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us who answers.")},
    )
    note = forms.CharField(
        label=_("Remark"),
        help_text=_("What we should know, or what would suit you better. You may leave it empty."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
