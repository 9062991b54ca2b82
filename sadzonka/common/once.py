"""Forms sent twice or too late: what is new carries a nonce, what changes carries its revision."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


class FormSentOnce(forms.Form):
    """A form that makes something new: its nonce makes the same form sent twice one thing."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **kwargs: Any) -> FormSentOnce:
        """Return an empty form with a nonce of its own."""
        return cls(**{**kwargs, "initial": {"nonce": uuid.uuid4(), **kwargs.get("initial", {})}})


class FormOfRevision(forms.Form):
    """A form that changes a record: it carries the revision that it was opened with."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
