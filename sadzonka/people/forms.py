"""What people set about their own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    """The language in which somebody is written to."""

    language = forms.ChoiceField(
        label=_("Write to me in"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
