"""Who of those that took a practice up is most like each of many municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sadzonka.places.likeness.queries import Bar
from sadzonka.transfer.adoption.precedents import adopters_elsewhere, catalogue_for, figures_for
from sadzonka.transfer.adoption.queries import precedents_of
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening.queries import periods_by_municipality


@dataclass(frozen=True, slots=True)
class Nearest:
    """The adopter most like a municipality, failures included: how it ended, and how far apart they are."""

    name: str
    outcome: str
    apart: Bar


def nearest_adopters(screening: Screening, municipalities: Sequence[int]) -> dict[int, Nearest]:
    """Return the nearest adopter of each municipality, as the page of its analysis names it first.

    None where too little is known to compare. In as many queries for any number of municipalities.
    """
    adopters = precedents_of(screening.version.practice)
    if not adopters:
        return {}
    figures = figures_for(catalogue_for(screening.version), screening.day)
    found: dict[int, Nearest] = {}
    for number, period in periods_by_municipality(screening, municipalities).items():
        others = adopters_elsewhere(period.municipality, adopters)
        for like in figures.most_like(period.municipality, period.kind, others)[:1]:
            outcome = str(like.precedent.newest.get_outcome_display())
            found[number] = Nearest(like.precedent.name, outcome, like.apart)
    return found
