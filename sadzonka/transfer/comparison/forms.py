"""Which two practices are compared: a GET form, nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sadzonka.places.queries import fold

FIRST, SECOND = "a", "b"
LABELS = {FIRST: _("Practice A"), SECOND: _("Practice B")}


class PairForm(forms.Form):
    """Two different practices of those that are published, by the titles of their cards.

    One that a link brought along is chosen already; only when two were asked for, or one that is unknown,
    is anything said about them.
    """

    def __init__(self, titles: Mapping[str, str], data: Mapping[str, Any]) -> None:
        """Offer practices by title; `titles` goes by slug."""
        brought = data.get(FIRST, "")
        is_asked = SECOND in data or (bool(brought) and brought not in titles)
        super().__init__(data if is_asked else None, initial={FIRST: brought})
        offered = sorted(titles.items(), key=lambda pair: (fold(pair[1]), pair[0]))
        for name, label in LABELS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", _("– choose –")), *offered],
                error_messages={
                    "required": _("Choose a practice."),
                    "invalid_choice": _(
                        "There is no published practice of this name. Choose one from the list."
                    ),
                },
            )

    def clean(self) -> dict[str, Any]:
        """Say beside the second that it is the first once more."""
        first, second = self.cleaned_data.get(FIRST), self.cleaned_data.get(SECOND)
        if first and first == second:
            self.add_error(SECOND, _("This is the same practice. Choose another one to compare it with."))
        return self.cleaned_data
