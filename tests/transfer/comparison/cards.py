"""Cards that ask one question per dimension, so that a level from 0 to 5 is a dimension of 0 to 1."""

from __future__ import annotations

import datetime as dt

from sadzonka.analysis import DIMENSIONS
from sadzonka.practices.models import Clause, Criterion, Practice, Version
from sadzonka.transfer.models import Finding, Judgement
from tests import factories

DAY = dt.date(2026, 5, 4)
AT = "/en/municipalities/PL/300101/compare/"


def card(slug: str, title: str, *levels: int | None, gate: str = "met") -> Version:
    """Publish a practice of which 300101 knows these levels, dimension by dimension, None for unknown.

    Its one condition is met, unmet, or (with an empty `gate`) unknown.
    """
    version = factories.version(factories.practice(slug), title, state="published")
    version.criteria.all().delete()
    for dimension, level in zip(DIMENSIONS, levels, strict=True):
        Criterion.objects.create(
            version=version,
            key=dimension,
            dimension=dimension,
            weight=1.0,
            name=factories.words(f"{title} {dimension}"),
            mechanism=factories.words("Because"),
            question=factories.words("How much?"),
            anchors={language: ["level"] * 6 for language in factories.LANGUAGES},
        )
        if level is not None:
            Judgement.objects.create(
                municipality=factories.municipality(),
                practice=version.practice,
                criterion_key=dimension,
                low=level,
                high=level,
                reason=factories.words("Because"),
                judged_on=DAY,
            )
    if gate:
        Finding.objects.create(
            municipality=factories.municipality(),
            practice=version.practice,
            alternative_key="resolution",
            state=gate,
            source=factories.words("Uchwała"),
            found_on=DAY,
        )
    return version


def only(*slugs: str) -> None:
    """Take every other practice from the catalogue."""
    Version.objects.exclude(practice__slug__in=slugs).update(state=Version.State.OUTDATED)
    assert Practice.objects.filter(slug__in=slugs).count() == len(slugs)
    assert Clause.objects.filter(version__practice__slug__in=slugs).exists()
