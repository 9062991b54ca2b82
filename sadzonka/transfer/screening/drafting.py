"""Whom a screening suggests to invite, and why, in the words of the page's language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext

from sadzonka.analysis import Practice, State, clause_reports
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.lines import first_question
from sadzonka.transfer.screening.outcome import Outcome
from sadzonka.transfer.screening.precedents import Nearest, nearest_adopters
from sadzonka.transfer.screening.queries import counties_by_municipality
from sadzonka.transfer.screening.ranking import HALF, POSSIBLE, in_order

MOST_INVITED = 100


@dataclass(frozen=True, slots=True)
class DraftWish:
    """How many municipalities, of those that may be in which band, and how many at most from one part."""

    most: int
    band: int
    most_per_county: int | None = None
    most_per_region: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A municipality on a list, by its number, and why it stands there."""

    municipality: int
    reason: str
    is_by_hand: bool = False


def drafted(screening: Screening, outcome: Outcome, wish: DraftWish) -> list[Entry]:
    """Return whom to invite, in the order of the screening; blocked municipalities never are."""
    rows = _rows(screening, outcome, wish)
    nearest = nearest_adopters(screening, [int(outcome.ids[row]) for row in rows])
    model = analysis_model(screening.version)
    return [
        Entry(number, reason_for(screening, model, outcome, row, nearest.get(number)))
        for row in rows
        for number in (int(outcome.ids[row]),)
    ]


def _rows(screening: Screening, outcome: Outcome, wish: DraftWish) -> list[int]:
    """Return the rows of whom to invite: the first ones that leave room for others from elsewhere."""
    place = outcome.bands.index(wish.band)
    reaches = (outcome.acceptability.shares[POSSIBLE, place] >= HALF) & ~outcome.is_blocked
    where = counties_by_municipality(screening)
    limits = (wish.most_per_county or wish.most, wish.most_per_region or wish.most)
    taken: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    found: list[int] = []
    for row in in_order(outcome).tolist():
        parts = where.get(int(outcome.ids[row]))
        if len(found) == wish.most or not reaches[row] or parts is None:
            continue
        if all(count[part] < limit for count, part, limit in zip(taken, parts, limits, strict=True)):
            found.append(row)
            for count, part in zip(taken, parts, strict=True):
                count[part] += 1
    return found


def reason_for(
    screening: Screening, model: Practice, outcome: Outcome, row: int, nearest: Nearest | None
) -> str:
    """Return why a municipality is suggested, sentence by sentence."""
    place = outcome.central
    reports = clause_reports(model, outcome.facts_at(row))
    unknown = sum(report.state is State.UNKNOWN for report in reports)
    first = first_question(screening, model, outcome, row)
    said = [
        gettext("%(band)s for %(share)s.")
        % {
            "band": words.band_words(outcome.bands[place]).capitalize(),
            "share": words.share_words(words.share_at(outcome, row, place)),
        },
        words.conditions_words(unknown),
        gettext("Class: %(classes)s.") % {"classes": words.class_words(outcome.class_interval[:, row])},
    ]
    if first is not None:
        said.append(gettext("Find out first: %(what)s.") % {"what": first.rstrip(".")})
    if nearest is not None:
        said.append(words.nearest_words(nearest.name, nearest.outcome, nearest.apart.shown))
    return " ".join(said)
