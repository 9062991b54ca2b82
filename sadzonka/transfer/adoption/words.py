"""What the ladder's refusals are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sadzonka.common.templatetags.words import day
from sadzonka.transfer.adoption.ladder import InTheFuture, LadderError, TooEarly
from sadzonka.transfer.models import Stage


def refusal(error: LadderError) -> str:
    """Return in words why a stage does not fit."""
    stage = Stage.Outcome(error.outcome).label
    if isinstance(error, TooEarly):
        return _("“%(stage)s” cannot be before %(day)s.") % {"stage": stage, "day": day(error.earliest)}
    if isinstance(error, InTheFuture):
        return _("“%(stage)s” lies in the future: record it when it has happened.") % {"stage": stage}
    return _("“%(stage)s” does not follow the stage before it.") % {"stage": stage}
