"""What a panel said, for the record and in words; without a name, and without a group that is one person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.analysis import Panel, Record
from sadzonka.common.words import Words, language_codes

if TYPE_CHECKING:
    from sadzonka.transfer.models import Ballot

FEWEST_FOR_GROUPS = 3  # of fewer people a group would say who gave which level


def panel_record(panels: Mapping[str, Panel], counted: Sequence[Ballot]) -> Record:
    """Return what people said together: counts by level for each question, and counts of people by group.

    Level and group are counted apart: together they would often name a person.
    """
    is_grouped = len(counted) >= FEWEST_FOR_GROUPS
    return {
        "people": len(counted),
        "groups": dict(Counter(ballot.group for ballot in counted)) if is_grouped else None,
        "questions": {key: _question_record(found) for key, found in panels.items()},
    }


def _question_record(found: Panel) -> Record:
    return {
        "n": found.n,
        "do_not_know": found.n_unknown,
        "levels": list(found.counts),
        "median": found.median,
        "outside": found.n_outside,
        "is_agreement": found.is_agreement,
        "is_individual_opinion": found.is_individual_opinion,
        "consensus": found.consensus,
        "interval": list(found.interval) if found.interval else None,
    }


def verdict(n: int, *, is_agreement: bool | None) -> str:
    """Say what a panel's answer is worth."""
    if is_agreement is None:
        return _("nobody gave a level")
    if n < FEWEST_FOR_GROUPS:
        return _("individual opinion")
    return _("agreement") if is_agreement else _("opinions differ")


def judgement_reason(n: int, day: dt.date, *, is_agreement: bool | None) -> Words:
    """Return in every language why the judgement of a panel says what it says."""
    texts = {}
    for language in language_codes():
        with translation.override(language):
            told = {"count": n, "day": day.isoformat(), "verdict": verdict(n, is_agreement=is_agreement)}
            texts[language] = (
                ngettext(
                    "panel of %(count)d person on %(day)s: %(verdict)s",
                    "panel of %(count)d people on %(day)s: %(verdict)s",
                    n,
                )
                % told
            )
    return Words(texts)
