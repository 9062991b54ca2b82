"""The day at which a consortium is looked at."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """Asks for a day; today when none is given."""

    date = forms.DateField(
        label=_("Members on"),
        required=False,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write a date such as 2015-06-30.")},
    )

    def day(self) -> dt.date:
        """Return the day asked for, today when none or a wrong one was given."""
        return (self.cleaned_data.get("date") if self.is_valid() else None) or timezone.localdate()
