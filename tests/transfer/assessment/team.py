"""A municipality with people who answer, a card with one condition, one question and one figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Person
from sadzonka.places.models import Indicator, Observation, Release
from sadzonka.practices.models import Criterion, Practice, Version
from sadzonka.transfer.assessment.actions import close_round, open_round, send_ballot, start_assessment
from sadzonka.transfer.assessment.answers import Answer
from sadzonka.transfer.assessment.queries import newest_own_ballot
from sadzonka.transfer.models import Assessment, Ballot, Finding
from tests import factories

DAY = dt.date(2026, 5, 4)
KEEPER = "Teresa"


def card(**fields: Any) -> Version:
    """Publish the practice "own": the condition `resolution`, the question `trust`, the figure `bicycles`."""
    version = factories.version(factories.practice("own"), "Own", state="published")
    bicycles = Indicator.objects.create(
        key="bicycles",
        name=factories.words("Bicycles"),
        unit=factories.words("per 100 people"),
        max_age_years=3,
    )
    Criterion.objects.create(
        version=version,
        key="bicycles",
        dimension="need",
        weight=1.0,
        name=factories.words("Bicycles"),
        mechanism=factories.words("More bicycles"),
        indicator=bicycles,
        points=[[0, 0], [30, 1]],
    )
    figure("first", 12.5, 2025)
    Version.objects.filter(pk=version.pk).update(**fields)
    return Version.objects.get(pk=version.pk)


def figure(release: str, value: float, year: int) -> Observation:
    """Publish a figure of the card's indicator for the municipality, retrieved in April 2026."""
    return Observation.objects.create(
        release=Release.objects.create(
            key=release,
            publisher="Office",
            title="Figures",
            period=str(year),
            retrieved_on=dt.date(2026, 4, 1),
        ),
        indicator=Indicator.objects.get(key="bicycles"),
        municipality=factories.municipality(),
        period=year,
        value=value,
    )


def person(name: str, group: str = "office", *, is_editor: bool = False) -> Person:
    """Let somebody answer for the municipality 300101."""
    made = create_account(email=f"{name.lower()}@example.org", name=name)
    affiliate(person=made, municipality=factories.municipality(), group=group, is_editor=is_editor)
    return made


def keeper() -> Person:
    """Return Teresa, who keeps the municipality's assessments."""
    known = Person.objects.filter(first_name=KEEPER).first()
    return known or person(KEEPER, "council", is_editor=True)


def opened(slug: str = "own") -> Assessment:
    """Start the assessment of a card in the municipality."""
    version = Practice.objects.get(slug=slug).shown_version
    assert version is not None
    return start_assessment(municipality=factories.municipality(), version=version, by=keeper())


def answers(level: int | None, reason: str = "Because", key: str = "trust") -> dict[str, Answer]:
    return {key: Answer(level, reason)}


def sends(who: Person, assessment: Assessment, level: int | None, reason: str = "Because") -> Ballot:
    """Let somebody send one level in the round that runs."""
    now = Assessment.objects.get(pk=assessment.pk)
    known = newest_own_ballot(now, who)
    revision = known.revision if known and known.round == now.round else 0
    return send_ballot(
        assessment=now, by=who, number=now.round, revision=revision, answers=answers(level, reason)
    )


def panel_sends(assessment: Assessment, levels: Mapping[str, int | None], group: str = "office") -> None:
    """Let new people send a level each."""
    for name, level in levels.items():
        sends(person(name, group), assessment, level, f"{name} says so")


def closed(assessment: Assessment) -> Assessment:
    now = Assessment.objects.get(pk=assessment.pk)
    return close_round(assessment=now, by=keeper(), number=now.round)


def reopened(assessment: Assessment) -> Assessment:
    now = Assessment.objects.get(pk=assessment.pk)
    return open_round(assessment=now, by=keeper(), number=now.round + 1)


def found_met() -> Finding:
    """Find out that the condition is met."""
    return Finding.objects.create(
        municipality=factories.municipality(),
        practice=Practice.objects.get(slug="own"),
        alternative_key="resolution",
        state="met",
        source=factories.words("Uchwała"),
        found_on=DAY,
    )
