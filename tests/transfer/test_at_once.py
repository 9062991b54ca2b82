"""Assessments, plans and adoptions touched twice at one moment: nothing is doubled and nothing is lost."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from sadzonka.common.revisions import StaleForm
from sadzonka.transfer.adoption.actions.adoptions import add_stage
from sadzonka.transfer.adoption.actions.plans import StepContent, add_step, mark_step, remove_step, start_plan
from sadzonka.transfer.assessment.actions import (
    AssessmentHasMovedOn,
    close_round,
    save_ballot,
    send_ballot,
    start_assessment,
    store_assessment,
)
from sadzonka.transfer.models import Adoption, Assessment, Ballot, Decision, Judgement, Plan
from tests import factories
from tests.at_once import TIMES, again_and_again, together
from tests.chain import visit_under_way
from tests.transfer.adoption import stories
from tests.transfer.assessment import team

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("own_database")]


def test_an_assessment_started_again_and_again_is_one() -> None:
    version, keeper = team.card(), team.keeper()
    place = factories.municipality()
    made = again_and_again(lambda: start_assessment(municipality=place, version=version, by=keeper))
    assert len({one.pk for one in made}) == Assessment.objects.count() == 1


def test_answers_sent_while_the_round_closes_count_or_are_refused() -> None:
    team.card()
    assessment, keeper = team.opened(), team.keeper()
    people = [team.person(f"Person{number}") for number in range(TIMES)]
    send = [
        partial(
            send_ballot, assessment=assessment, by=one, number=1, revision=0, answers=team.answers(number % 6)
        )
        for number, one in enumerate(people)
    ]
    close = partial(close_round, assessment=assessment, by=keeper, number=1)
    results = together(*send[:3], close, close, *send[3:], refused=(AssessmentHasMovedOn,))
    stored = [one for one in results if isinstance(one, Ballot)]
    assert Ballot.objects.filter(sent_at__isnull=False).count() == Ballot.objects.count() == len(stored)
    assert Assessment.objects.get().state == Assessment.State.DISCUSSION


def test_two_tabs_with_other_answers_are_one_ballot_and_a_refusal() -> None:
    team.card()
    assessment, one = team.opened(), team.person("Marek")
    save = partial(save_ballot, assessment=assessment, by=one, number=1, revision=0)
    results = together(
        partial(save, answers=team.answers(1)),
        partial(save, answers=team.answers(5)),
        refused=(StaleForm,),
    )
    assert sorted(type(one).__name__ for one in results) == ["Ballot", "StaleForm"]


def test_an_assessment_stored_again_and_again_is_stored_once() -> None:
    team.card()
    assessment = team.opened()
    team.panel_sends(assessment, {"Anna": 3, "Piotr": 4, "Zofia": 3})
    team.closed(assessment)
    before = Assessment.objects.get().revision
    made = again_and_again(lambda: store_assessment(assessment=assessment, by=team.keeper()))
    assert (
        len({one.input_hash for one in made}) == Judgement.objects.filter(assessment=assessment).count() == 1
    )
    assert Assessment.objects.get().revision == before + 1


def test_a_plan_started_and_decided_again_and_again_is_one_adoption_of_two_stages() -> None:
    world = visit_under_way()
    assessment = stories.stored(world.editor)
    again_and_again(lambda: start_plan(assessment=assessment, by=world.editor, language="en"))
    plan = Plan.objects.get()
    again_and_again(lambda: stories.decide(plan, world.editor))
    assert Decision.objects.count() == 1
    assert list(Adoption.objects.get(plan=plan).stages.values_list("outcome", flat=True)) == [
        "considered",
        "decided",
    ]


def test_a_stage_sent_again_and_again_is_recorded_once() -> None:
    world = visit_under_way()
    adoption = stories.decided(world.editor).plan.adoption
    started_on = dt.date(2022, 9, 1)
    made = again_and_again(
        lambda: add_stage(
            adoption=adoption,
            revision=adoption.revision,
            outcome="started",
            reached_on=started_on,
            by=world.editor,
        )
    )
    assert len({one.pk for one in made}) == 1
    assert adoption.stages.count() == 3


def test_a_step_sent_again_and_again_is_one_and_can_be_removed_while_it_is_marked() -> None:
    world = visit_under_way()
    plan = stories.planned(world.editor)
    content = StepContent(text="Ask the council", owner="Office", due_on=dt.date(2022, 9, 1))
    add = partial(add_step, plan=plan, revision=plan.revision, content=content, by=world.editor)
    made = again_and_again(add)
    assert len({one.pk for one in made}) == plan.steps.count() == 1
    done_on = dt.date(2022, 8, 1)
    together(
        lambda: remove_step(step=made[0], by=world.editor),
        lambda: remove_step(step=made[0], by=world.editor),
        lambda: mark_step(step=made[0], done_on=done_on, by=world.editor),
    )
    assert plan.steps.count() == 0
