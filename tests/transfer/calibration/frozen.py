"""Adoptions that rest on a frozen record, each with what was known at its decision."""

from __future__ import annotations

import datetime as dt
import hashlib

from sadzonka import analysis
from sadzonka.analysis import DIMENSIONS, METHOD, SIMPLEX, Facts, Interval, State
from sadzonka.practices.models import Criterion, Practice, Version
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.models import Adoption, Assessment, Decision, Plan
from tests import factories

AT = "/en/adoptions/calibration/"
DAY = dt.date(2022, 5, 10)
STARTED = ("considered", "decided", "started")
DELIVERED = (*STARTED, "delivered")
SUSTAINED = (*DELIVERED, "sustained-12")
ABANDONED = (*STARTED, "abandoned")
GIVEN_UP = (*DELIVERED, "abandoned")
DECLINED = ("considered", "declined")


def card(slug: str = "own", title: str = "Own") -> Version:
    """Publish a card with the condition `will` and one question per dimension, each the whole of it."""
    version = factories.version(factories.practice(slug), title, state="published")
    version.criteria.all().delete()
    for dimension in DIMENSIONS:
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
    return Version.objects.get(pk=version.pk)


def readings(*levels: float | Interval | None) -> dict[str, Interval]:
    """Return levels 0 to 5 by dimension: a level, two ends, or None for unknown."""
    known = {name: level for name, level in zip(DIMENSIONS, levels, strict=True) if level is not None}
    return {name: one if isinstance(one, tuple) else (one, one) for name, one in known.items()}


def adopted(
    stages: tuple[str, ...],
    *levels: float | Interval | None,
    will: State = State.MET,
    slug: str = "own",
    code: str = "300101",
    state: str = Assessment.State.FROZEN,
) -> Adoption:
    """Have an adoption with these stages, decided on a record with these levels.

    The same level everywhere is a score of a fifth of it: 1 distant, 2 possible, 3 good, 4 strong.
    """
    version = Version.objects.get(practice__slug=slug)
    municipality = factories.municipality(code)
    facts = Facts(states={"resolution": will}, readings=readings(*levels))
    record = analysis.input_record(
        municipality=f"PL {code}",
        on=DAY,
        practice_version=f"{slug} {version.number}",
        practice=analysis_model(version),
        facts=facts,
        weights=SIMPLEX,
        method=METHOD,
        observations=(),
        answers={},
    )
    text = analysis.canonical(record)
    assessment = Assessment.objects.create(
        municipality=municipality,
        practice=version.practice,
        version=version,
        state=state,
        stored_on=DAY,
        input_json=text,
        input_hash=hashlib.sha256(text.encode()).hexdigest(),
        result_json=analysis.canonical(analysis.recompute(record)),
    )
    plan = Plan.objects.create(assessment=assessment, language="en")
    outcome = "declined" if "declined" in stages else "adopted"
    Decision.objects.create(plan=plan, outcome=outcome, number="1/2022", decided_on=DAY)
    return _reaches(plan, municipality.pk, version.practice, stages)


def _reaches(plan: Plan | None, municipality: int, practice: Practice, stages: tuple[str, ...]) -> Adoption:
    adoption = Adoption.objects.create(
        municipality_id=municipality, practice=practice, plan=plan, language="en"
    )
    for number, outcome in enumerate(stages):
        reached_on = DAY + dt.timedelta(days=400 * number)
        adoption.stages.create(outcome=outcome, reached_on=reached_on, reason="Because", source="A report")
    return adoption


def from_a_source(*stages: str, slug: str = "own", code: str = "300102") -> Adoption:
    """Have an adoption that is known from a source only."""
    practice = Practice.objects.get(slug=slug)
    return _reaches(None, factories.municipality(code).pk, practice, stages)
