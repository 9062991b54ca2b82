"""Forms sent twice or too late: what is new carries a nonce, what changes carries its revision."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from django.http import QueryDict

    from sadzonka.common.revisions import Revised


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


def renewed(sent: QueryDict, record: Revised) -> QueryDict:
    """Return what was sent with the revision that the record has now, so that it can be sent again."""
    again = sent.copy()
    again["revision"] = str(record.revision)
    return again
