"""Inputs that an error can lead to, and that the browser helps with."""

from __future__ import annotations

from django import forms


class LocalTimeInput(forms.DateTimeInput):
    """A day and a time, picked as the browser offers it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class OneOf(forms.RadioSelect):
    """Choices to pick one of; an error leads to the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)


class SomeOf(forms.CheckboxSelectMultiple):
    """Choices to tick; an error leads to the first."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, "0" if index is None else index)
