"""The form that notes who was at an agenda item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.models import Application

ANSWERS = {"present": True, "absent": False, "": None}
CHOICES = [("present", _("present")), ("absent", _("absent")), ("", _("not noted"))]
_WRITTEN = {answer: written for written, answer in ANSWERS.items()}


class AttendanceForm(forms.Form):
    """One answer for each participant; it carries what it showed, so that only changes are written."""

    def __init__(self, data: Any = None, *, participants: list[Application], noted: dict[int, bool]) -> None:
        super().__init__(data)
        self.participants = participants
        for one in participants:
            self.fields[self._name(one)] = forms.ChoiceField(
                label=one.full_name,
                choices=CHOICES,
                required=False,
                initial=_WRITTEN[noted.get(one.pk)],
                widget=forms.RadioSelect,
                show_hidden_initial=True,
            )

    @staticmethod
    def _name(participant: Application) -> str:
        return f"participant-{participant.pk}"

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each participant with the answer's field and the hidden one that says what was shown."""
        for one in self.participants:
            field = self[self._name(one)]
            yield {"participant": one, "field": field, "shown": field.as_hidden(only_initial=True)}

    def noted(self) -> dict[int, bool | None]:
        """Return what the person who filled in the form changed, by participant."""
        return {
            one.pk: ANSWERS[self.cleaned_data[name]]
            for one in self.participants
            if (name := self._name(one)) in self.changed_data
        }
