"""From assessment to adoption as a file tells it, and precedents from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.common.clock import at_that_time, read_day, read_moment
from sadzonka.common.files import read_date, toml_file
from sadzonka.people.sources import known_people
from sadzonka.places.sources import known_municipalities
from sadzonka.practices.queries import shown_versions
from sadzonka.transfer.adoption.actions.adoptions import add_precedent, add_stage, describe_adaptations
from sadzonka.transfer.adoption.actions.decisions import record_decision
from sadzonka.transfer.adoption.actions.plans import (
    StepContent,
    add_step,
    describe_plan,
    mark_step,
    start_plan,
)
from sadzonka.transfer.adoption.ladder import Reached
from sadzonka.transfer.assessment.actions import (
    close_round,
    send_ballot,
    start_assessment,
    store_assessment,
    verify_conditions,
)
from sadzonka.transfer.assessment.answers import Answer, Verification
from sadzonka.transfer.models import Adoption, Plan, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person
    from sadzonka.transfer.models import Assessment

A_DATE = "a date"


def load_adoptions(file: Path) -> None:
    """Let municipalities assess, plan, decide and start, and staff enter precedents."""
    entry, people = toml_file(file), known_people()
    municipalities = known_municipalities()
    versions = {version.practice.slug: version for version in shown_versions().select_related("practice")}
    for row in entry.entries("assessments"):
        municipality = row.found("municipality", municipalities, key=("PL", row.text("municipality")))
        by = row.found("by", people)
        with at_that_time(row.needed("on", read_moment, A_DATE)):
            assessment = start_assessment(
                municipality=municipality, version=row.found("practice", versions), by=by
            )
        _answer(row, assessment, people, by)
        _plan(row.table("plan"), assessment, by)
    for row in entry.entries("precedents"):
        municipality = row.found("municipality", municipalities, key=("PL", row.text("municipality")))
        outcomes = {outcome.value: outcome for outcome in Stage.Outcome}
        add_precedent(
            municipality=municipality,
            practice=row.found("practice", versions).practice,
            path=[
                Reached(stage.found("outcome", outcomes), stage.needed("on", read_date, A_DATE))
                for stage in row.entries("stages")
            ],
            source=row.text("source"),
            language="pl",
            by=row.found("by", people),
            reason=row.get("reason"),
            adaptations=row.get("adaptations"),
        )


def _answer(entry: Entry, assessment: Assessment, people: dict[str, Person], by: Person) -> None:
    """Collect the ballots, verify the conditions that the file names, and store."""
    for row in entry.entries("ballots"):
        answers = {
            one.text("question"): Answer(one.convert("level", int, "a level"), one.get("reason"))
            for one in row.entries("answers")
        }
        with at_that_time(row.needed("on", read_moment, A_DATE)):
            send_ballot(
                assessment=assessment,
                by=row.found("by", people),
                number=assessment.round,
                revision=0,
                answers=answers,
            )
    found = {
        one.text("alternative"): Verification(
            one.text("state"), one.text("source"), one.needed("found_on", read_day, A_DATE)
        )
        for one in entry.entries("conditions")
    }
    with at_that_time(entry.needed("stored_on", read_moment, A_DATE)):
        assessment = close_round(assessment=assessment, by=by, number=assessment.round)
        if found:
            assessment = verify_conditions(
                assessment=assessment, by=by, revision=assessment.revision, language="pl", found=found
            )
        store_assessment(assessment=assessment, by=by)


def _plan(entry: Entry, assessment: Assessment, by: Person) -> None:
    with at_that_time(entry.needed("on", read_moment, A_DATE)):
        plan = start_plan(assessment=assessment, by=by, language="pl")
        describe_plan(plan=plan, revision=plan.revision, summary=entry.text("summary"), by=by)
        for row in entry.entries("steps"):
            plan = Plan.objects.get(pk=plan.pk)
            step = add_step(plan=plan, revision=plan.revision, content=_step(row), by=by)
            if row.get("done_on"):
                mark_step(step=step, done_on=row.needed("done_on", read_date, A_DATE), by=by)
    decision = entry.table("decision")
    decided_on = decision.needed("on", read_date, A_DATE)
    with at_that_time(read_moment(decided_on)):
        record_decision(
            plan=plan,
            kind=decision.text("kind"),
            outcome=decision.text("outcome"),
            number=decision.text("number"),
            decided_on=decided_on,
            reason=decision.get("reason"),
            by=by,
        )
    _follow(entry, Adoption.objects.get(plan=plan), by)


def _step(row: Entry) -> StepContent:
    return StepContent(
        text=row.text("text"),
        owner=row.text("owner"),
        due_on=row.needed("due_on", read_date, A_DATE),
        alternative_key=row.get("alternative"),
        criterion_key=row.get("criterion"),
    )


def _follow(entry: Entry, adoption: Adoption, by: Person) -> None:
    for row in entry.entries("stages"):
        reached_on = row.needed("on", read_date, A_DATE)
        adoption = Adoption.objects.get(pk=adoption.pk)
        with at_that_time(read_moment(reached_on)):
            add_stage(
                adoption=adoption,
                revision=adoption.revision,
                outcome=row.text("outcome"),
                reached_on=reached_on,
                by=by,
                reason=row.get("reason"),
                source=row.get("source"),
            )
    if entry.get("adaptations"):
        adoption = Adoption.objects.get(pk=adoption.pk)
        describe_adaptations(
            adoption=adoption, revision=adoption.revision, adaptations=entry.text("adaptations"), by=by
        )
