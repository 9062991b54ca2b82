"""What tests of adoptions start from: a stored assessment, a plan, a decision, an adoption from a source."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.adoption.actions.adoptions import add_precedent, add_stage
from sadzonka.transfer.adoption.actions.decisions import record_decision
from sadzonka.transfer.adoption.actions.plans import start_plan
from sadzonka.transfer.adoption.ladder import Reached
from sadzonka.transfer.assessment.actions import close_round, start_assessment, store_assessment
from sadzonka.transfer.models import Adoption, Assessment, Decision, Plan
from tests import factories

SLUG = "bicycles-from-prison"
STORED_ON, DECIDED_ON = dt.date(2022, 3, 1), dt.date(2022, 5, 10)


def opened(by: Person, slug: str = SLUG, code: str = "300101") -> Assessment:
    """Start an assessment whose first round is closed."""
    version = Version.objects.get(practice__slug=slug, state="published")
    started = start_assessment(municipality=factories.municipality(code), version=version, by=by)
    return close_round(assessment=started, by=by, number=1)


def stored(by: Person, slug: str = SLUG, code: str = "300101") -> Assessment:
    """Store an assessment that nobody answered, as of a day that leaves time for 24 months."""
    return store_assessment(assessment=opened(by, slug, code), by=by, on=STORED_ON)


def planned(by: Person, slug: str = SLUG, code: str = "300101") -> Plan:
    return start_plan(assessment=stored(by, slug, code), by=by, language="en")


def decide(plan: Plan, by: Person, **fields: Any) -> Decision:
    """Have a plan adopted by resolution XII/34/2022, or whatever the fields say."""
    decision = {"kind": "resolution", "outcome": "adopted", "number": "XII/34/2022", "decided_on": DECIDED_ON}
    return record_decision(plan=plan, by=by, **{**decision, **fields})


def decided(by: Person, slug: str = SLUG, code: str = "300101", **fields: Any) -> Decision:
    return decide(planned(by, slug, code), by, **fields)


def precedent(
    by: Person, code: str, *stages: tuple[str, dt.date], slug: str = SLUG, **fields: Any
) -> Adoption:
    """Enter an adoption from a source, by default one that was delivered in 2020."""
    path = [Reached(*stage) for stage in stages or (("delivered", dt.date(2020, 6, 30)),)]
    return add_precedent(
        municipality=factories.municipality(code, "PL" if code.startswith("30") else "IT"),
        practice=Practice.objects.get(slug=slug),
        path=path,
        language="en",
        by=by,
        **{"source": "A report of the region", **fields},
    )


def climb(adoption: Adoption, by: Person, *stages: tuple[str, str], **fields: Any) -> Adoption:
    """Add stages one after the other."""
    for outcome, day in stages:
        adoption.refresh_from_db()
        add_stage(
            adoption=adoption,
            revision=adoption.revision,
            outcome=outcome,
            reached_on=dt.date.fromisoformat(day),
            by=by,
            **fields,
        )
    adoption.refresh_from_db()
    return adoption


def main(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").text.split())
