"""Two tabs, one record: a form that was opened before somebody else saved is refused, not obeyed."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

R = TypeVar("R", bound="Revised")


class StaleForm(Exception):
    """The record has changed since the form was opened; `record` is what it says now."""

    def __init__(self, record: Revised) -> None:
        super().__init__(str(record))
        self.record = record


class Revised(models.Model):
    """A record that counts its changes; forms carry the count that they were opened with."""

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True


def claim(record: R, revision: int) -> R:
    """Return the record locked and with its next revision set, to be changed and saved by the caller.

    Call it inside a transaction. Raises StaleForm when `revision` is not the one that is stored.
    """
    locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if locked.revision != revision:
        raise StaleForm(locked)
    locked.revision += 1
    return locked
