"""Forms behind links: what applicants answer later, and what their superiors confirm."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.models import Application


class AnswerForm(forms.Form):
    """Withdrawing or declining, with a reason if one likes."""

    reason = forms.CharField(
        label=_("Would you like to say why?"),
        help_text=_("You need not. It helps us to do better."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DelegationForm(forms.Form):
    """A superior's yes or no."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=Application._meta.get_field("delegated_by").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Say who confirms this.")},
    )
    remark = forms.CharField(
        label=_("Remark (if you like)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision = forms.ChoiceField(choices=[("confirm", _("confirm")), ("refuse", _("refuse"))])
