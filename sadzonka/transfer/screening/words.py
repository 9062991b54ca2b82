"""What a screening says in words: shares of weightings, bands, what is known about the weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import DIMENSIONS, SIMPLEX, FirstQuestion, Interval
from sadzonka.common.templatetags.words import without_references
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Version
from sadzonka.transfer.screening.outcome import GATES, Outcome
from sadzonka.transfer.screening.ranking import POSSIBLE, SURE
from sadzonka.transfer.words import CLASS_WORDS, gate_word, percent

GATE_CSS = ("blocked", "verify", "open")
GATE_DRAWINGS = ("stone", "bud", "rooted")
HEAVIER = 0.02  # of the whole weight: less is not worth a word
NO_MUNICIPALITY = "no-municipality"
COMPLAINTS: dict[str, Promise] = {
    NO_MUNICIPALITY: _("There is no real municipality in this country or region on this day.")
}


def complaint_of(complaint: str) -> Promise | str:
    """Return why a screening failed, in words where there are some."""
    return COMPLAINTS.get(complaint, complaint)


def gate_at(outcome: Outcome, row: int) -> Promise:
    """Return the word for the gate of a municipality."""
    return gate_word(GATES[int(outcome.gate[row])])


def share_words(share: Interval) -> str:
    """Return a share of weightings in words."""
    low, high = percent(share)
    if low == high:
        return gettext("%(share)d %% of weightings") % {"share": low}
    return gettext("%(low)d to %(high)d %% of weightings") % {"low": low, "high": high}


def band_words(band: int) -> str:
    """Return the name of a band."""
    if band == 1:
        return gettext("first")
    return gettext("among the first %(band)d") % {"band": band}


def group_words(bands: Sequence[int], place: int) -> str:
    """Return the heading of a group of municipalities."""
    if place > len(bands):
        return gettext("Blocked: compared with nobody")
    if place == len(bands):
        return gettext("Seldom %(band)s") % {"band": band_words(bands[-1])}
    return gettext("Possibly %(band)s for at least half of the weightings") % {
        "band": band_words(bands[place])
    }


def class_words(interval: Iterable[int]) -> str:
    """Return the words of a class interval."""
    low, high = (str(CLASS_WORDS[int(end)]) for end in interval)
    return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def share_at(outcome: Outcome, row: int, place: int) -> Interval:
    """Return for which share of weightings a municipality is surely, and possibly, in a band."""
    shares = outcome.acceptability.shares
    return float(shares[SURE, place, row]), float(shares[POSSIBLE, place, row])


def sampling_error(outcome: Outcome, row: int | None = None) -> int:
    """Return the greatest standard error of a municipality's shares, or of all, in whole percent, upwards."""
    errors = np.nan_to_num(outcome.acceptability.errors)  # NaN: blocked, or nothing to tell it from
    found = errors if row is None else errors[:, :, row]
    return percent((0.0, float(found.max(initial=0.0))))[1]


def sampling_words(percent_points: int) -> str:
    """Return what sampling adds to shares."""
    return ngettext(
        "± %(points)d percentage point by sampling",
        "± %(points)d percentage points by sampling",
        percent_points,
    ) % {"points": percent_points}


def weights_words(weights: Mapping[str, Any]) -> Promise | str:
    """Return what is known about the weights."""
    if weights.get("kind") == "ranked":
        names = ", ".join(str(Dimension(name).label) for name in weights["order"])
        return gettext("in this order, the weightiest first: %(names)s") % {"names": names}
    if weights.get("kind") == "bounded":
        names = ", ".join(
            f"{Dimension(name).label} {round(bound * 100, 1):g} %"
            for name in DIMENSIONS  # PostgreSQL keeps no order of keys
            if (bound := weights["bounds"].get(name))
        )
        return gettext("at least %(names)s") % {"names": names}
    return _("nothing is known: all weightings count alike")


def heavier_dimensions(
    weights: Sequence[float], usual: Sequence[float] = SIMPLEX.centroid
) -> list[Dimension]:
    """Return the dimensions that weigh more than usual, the heaviest first."""
    above = {
        name: own - mean
        for name, own, mean in zip(DIMENSIONS, weights, usual, strict=True)
        if own - mean > HEAVIER
    }
    return [Dimension(name) for name in sorted(above, key=lambda name: -above[name])]


def joined(names: Sequence[object]) -> str:
    """Return names as an enumeration."""
    *first, last = map(str, names)
    if not first:
        return last
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def question_words(version: Version, question: FirstQuestion) -> str:
    """Return what is to be found out, in the words of the card."""
    if question.kind == "condition":
        found = (
            str(one.statement)
            for clause in version.clauses.all()
            for one in clause.alternatives.all()
            if one.key == question.key
        )
    else:
        found = (str(one.name) for one in version.criteria.all() if one.key == question.key)
    return without_references(next(found, question.key))


def conditions_words(unknown: int) -> str:
    """Return what is known about the conditions of a municipality that is not blocked."""
    if not unknown:
        return gettext("Every condition is met.")
    return ngettext(
        "Nothing blocks as far as is known; %(count)d condition is to be verified.",
        "Nothing blocks as far as is known; %(count)d conditions are to be verified.",
        unknown,
    ) % {"count": unknown}


def nearest_words(name: str, outcome: object, apart: str) -> str:
    """Return who of those that have tried is most like a municipality, and how it ended."""
    return gettext("Most alike of those who tried: %(name)s (%(outcome)s), %(apart)s apart.") % {
        "name": name,
        "outcome": outcome,
        "apart": apart,
    }
