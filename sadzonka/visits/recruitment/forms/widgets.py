"""Inputs that the browser helps with."""

from __future__ import annotations

from django import forms


class LocalTimeInput(forms.DateTimeInput):
    """A day and a time, picked as the browser offers it."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")
