"""Screenings and invitation lists as tables for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from sadzonka.transfer.models import Invitation, Screening
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.outcome import Outcome
from sadzonka.transfer.screening.queries import periods_by_municipality
from sadzonka.transfer.screening.ranking import POSSIBLE, SURE

DIGITS = 4


def screening_rows(screening: Screening, outcome: Outcome, rows: Sequence[int]) -> Iterator[list[object]]:
    """Yield the heading and a line for each of the rows; shares are shares of weightings, 0 to 1."""
    shares, errors = outcome.acceptability.shares, outcome.acceptability.errors
    yield [
        *(_("country"), _("code"), _("municipality"), _("county"), _("region"), _("gate")),
        *(_("lowest class"), _("highest class"), _("completeness")),
        *(
            heading % {"band": words.band_words(band)}
            for band in outcome.bands
            for heading in (
                _("surely %(band)s, share of weightings"),
                _("possibly %(band)s, share of weightings"),
                _("greater standard error of the two"),
            )
        ),
    ]
    periods = periods_by_municipality(screening, outcome.ids[list(rows)].tolist())
    for row in rows:
        period = periods.get(int(outcome.ids[row]))
        if period is None:
            continue
        numbers: list[object] = []
        for place in range(len(outcome.bands)):
            found = (shares[SURE, place, row], shares[POSSIBLE, place, row], errors[:, place, row].max())
            # A blocked municipality competes with nobody: no share, which is not a share of 0.
            numbers += (
                ["", "", ""] if outcome.is_blocked[row] else [round(float(one), DIGITS) for one in found]
            )
        yield [
            *(screening.country_id, period.municipality.code, period.name),
            *(str(period.county), str(period.county.region), str(words.gate_at(outcome, row))),
            *(words.class_words((end, end)) for end in outcome.class_interval[:, row]),
            round(float(outcome.completeness[row]), DIGITS),
            *numbers,
        ]


def invitation_rows(screening: Screening, invitations: Sequence[Invitation]) -> Iterator[list[object]]:
    """Yield the heading and a line for each municipality on a list."""
    yield [
        *(_("place"), _("country"), _("code"), _("municipality"), _("county"), _("region")),
        *(_("reason"), _("added by hand")),
    ]
    for one in invitations:
        period = one.municipality.period_at(screening.day)
        yield [
            *(one.sort_order, one.municipality.country_id, one.municipality.code, str(one.municipality)),
            *((str(period.county), str(period.county.region)) if period else ("", "")),
            *(one.reason, _("yes") if one.is_by_hand else _("no")),
        ]
