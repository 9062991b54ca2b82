"""A country of four municipalities and an invented one, whose screening can be worked out by hand.

Alfa is at 1 in need, 0.4 in fit and 1 in the rest; Beta at 0 in need and 0.6 in the rest; both are open.
Of Gamma nothing is known; Delta is at 1 everywhere but blocked; Omega, at 1 everywhere, is invented.

Beta is ahead of Alfa where 1 w1 - 0.2 w2 + 0.4 (w3 + w4 + w5) < 0. By the recursion of method section 4:
0.2 / 1.2 * (0.2 / 0.6)^3 = 1 / 162 of all weightings.
"""

from __future__ import annotations

import datetime as dt

from sadzonka.analysis import DIMENSIONS
from sadzonka.places.models import Country, County, Municipality, Period, Region
from sadzonka.practices.models import Criterion, Practice, Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Finding, Judgement
from tests import factories

BETA_AHEAD = 1 / 162
SLUG, COUNTRY = "tiny", "XT"
CODES = {"Alfa": "0001", "Beta": "0002", "Gamma": "0003", "Delta": "0004", "Omega": "0005"}
COUNTIES = {"Alfa": "a", "Beta": "a", "Gamma": "b", "Delta": "c", "Omega": "a"}
LEVELS = {
    "Alfa": (5, 2, 5, 5, 5),
    "Beta": (0, 3, 3, 3, 3),
    "Delta": (5, 5, 5, 5, 5),
    "Omega": (5, 5, 5, 5, 5),
}
GATES = {"Alfa": "met", "Beta": "met", "Delta": "unmet", "Omega": "met"}
DAY = dt.date(2026, 5, 4)


def country() -> dict[str, Municipality]:
    """Make the country with its practice and what is known; return its municipalities by name."""
    place = Country.objects.create(code=COUNTRY, name=factories.words("Tinyland"))
    north = Region.objects.create(country=place, code="n", name="North")
    south = Region.objects.create(country=place, code="s", name="South")
    regions = {"a": north, "b": north, "c": south}
    counties = {
        code: County.objects.create(region=regions[code], code=code, name=f"County {code}") for code in "abc"
    }
    version = practice()
    found = {}
    for name, code in CODES.items():
        found[name] = Municipality.objects.create(country=place, code=code, is_invented=name == "Omega")
        Period.objects.create(
            municipality=found[name], kind="rural", name=name, county=counties[COUNTIES[name]]
        )
        know(found[name], version.practice, levels=LEVELS.get(name, ()), gate=GATES.get(name, ""))
    return found


def know(place: Municipality, practice: Practice, *, levels: tuple[int, ...] = (), gate: str = "") -> None:
    """Store levels by dimension, and whether the condition is met."""
    for dimension, level in zip(DIMENSIONS, levels, strict=False):
        Judgement.objects.create(
            municipality=place,
            practice=practice,
            criterion_key=dimension,
            low=level,
            high=level,
            reason=factories.words("Because."),
            judged_on=DAY,
        )
    if gate:
        Finding.objects.create(
            municipality=place,
            practice=practice,
            alternative_key="resolution",
            state=gate,
            source=factories.words("Resolution 1"),
            found_on=DAY,
        )


def practice(slug: str = SLUG) -> Version:
    """Publish a practice with one condition and a question in each dimension."""
    version = factories.version(factories.practice(slug), "Tiny practice", state="published")
    version.criteria.all().delete()
    for order, dimension in enumerate(DIMENSIONS, start=1):
        Criterion.objects.create(
            version=version,
            sort_order=order,
            key=dimension,
            dimension=dimension,
            weight=1.0,
            name=factories.words(f"Level of {dimension}"),
            mechanism=factories.words("Because."),
            question=factories.words(f"How much {dimension}?"),
            anchors={language: ["x"] * 6 for language in factories.LANGUAGES},
        )
    return analysable_versions().get(practice__slug=slug)
