"""A stale form shown again: what was typed stays, saving it again means it."""

from __future__ import annotations

from typing import Any

from django import forms


def renew(form: forms.BaseForm, revision: int) -> None:
    """Let a form that was refused as stale carry the revision that is stored now."""
    sent: Any = form.data
    data = sent.copy()
    data[form.add_prefix("revision")] = str(revision)
    form.data = data


def offer(form: forms.BaseForm, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Give a field of choices those that are possible now."""
    field: Any = form.fields[name]
    field.choices = choices
