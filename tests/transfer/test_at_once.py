"""Assessments, plans, adoptions and screenings touched twice at one moment: nothing is doubled or lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial

import pytest
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.people.rules import STAFF
from sadzonka.places.models import Municipality
from sadzonka.practices.queries import analysable_versions
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
from sadzonka.transfer.models import (
    Adoption,
    Assessment,
    Ballot,
    Decision,
    Invitation,
    InvitationList,
    Judgement,
    Plan,
    Screening,
)
from sadzonka.transfer.screening.actions.invitations import IsOnTheList, add_by_hand, draft_list, keep_list
from sadzonka.transfer.screening.actions.screenings import (
    ScreeningIsUnderWay,
    carry_out,
    screen_later,
    start_again,
    start_screening,
)
from sadzonka.transfer.screening.drafting import DraftWish, Entry
from tests import factories
from tests.at_once import TIMES, again_and_again, together
from tests.chain import visit_under_way
from tests.transfer.adoption import stories
from tests.transfer.assessment import team
from tests.transfer.screening import tiny

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


# --- screenings and invitation lists


def coordinators() -> tuple[Person, Person]:
    """Return Ewa and her colleague, who both coordinate visits."""
    return tuple(
        create_account(email=f"{name.lower()}@example.org", name=name, roles=[STAFF])
        for name in ("Ewa", "Olga")
    )  # type: ignore[return-value]


def screened() -> tuple[Screening, Person, Person]:
    """Return a finished screening of the tiny country, and two who may draft its list."""
    tiny.country()
    ewa, olga = coordinators()
    return carry_out(screening=asked_by(ewa)), ewa, olga


def asked_by(person: Person) -> Screening:
    version = analysable_versions().get(practice__slug=tiny.SLUG)
    return start_screening(version=version, country=tiny.COUNTRY, region=None, weights={}, by=person)


def test_a_screening_started_by_two_people_at_once_is_one_with_one_job() -> None:
    tiny.country()
    ewa, olga = coordinators()
    jobs = DBTaskResult.objects.filter(task_path=screen_later.module_path)
    made = together(*[partial(asked_by, ewa), partial(asked_by, olga)] * 3)
    assert len({one.pk for one in made}) == Screening.objects.count() == jobs.count() == 1


def test_a_screening_that_two_workers_take_is_carried_out_by_one() -> None:
    tiny.country()
    screening = asked_by(coordinators()[0])
    done = together(
        *[lambda: carry_out(screening=Screening.objects.get(pk=screening.pk))] * 3,
        refused=(ScreeningIsUnderWay,),
    )
    assert sorted(type(one).__name__ for one in done) == ["Screening", *["ScreeningIsUnderWay"] * 2]
    assert ModelLogEntry.objects.filter(action="sadzonka.finish_screening").count() == 1


def test_a_failed_screening_started_again_by_two_people_waits_once() -> None:
    tiny.country()
    ewa, olga = coordinators()
    screening = asked_by(ewa)
    Screening.objects.update(state="failed", complaint="Gone")
    jobs = DBTaskResult.objects.filter(task_path=screen_later.module_path)
    again = together(
        partial(start_again, screening=screening, by=ewa),
        partial(start_again, screening=screening, by=olga),
        refused=(ScreeningIsUnderWay,),
    )
    assert sorted(type(one).__name__ for one in again) == ["Screening", "ScreeningIsUnderWay"]
    assert (Screening.objects.get().state, jobs.count()) == ("queued", 2)


def test_an_invitation_list_drafted_by_two_people_at_once_is_the_first_ones() -> None:
    screening, ewa, olga = screened()
    results = together(
        partial(draft_list, screening=screening, revision=0, wish=DraftWish(most=1, band=1), by=ewa),
        partial(draft_list, screening=screening, revision=0, wish=DraftWish(most=2, band=1), by=olga),
        refused=(StaleForm,),
    )
    assert sorted(type(one).__name__ for one in results) == ["InvitationList", "StaleForm"]
    made = InvitationList.objects.get()
    assert (made.drafted_by, made.invitations.count()) in {(ewa, 1), (olga, 2)}


def test_a_list_kept_from_two_tabs_is_that_of_one_and_the_other_is_told() -> None:
    screening, ewa, olga = screened()
    drafted = draft_list(screening=screening, revision=0, wish=DraftWish(most=2, band=1), by=ewa)
    stood = [Entry(one.municipality_id, one.reason) for one in drafted.invitations.all()]
    keep = partial(keep_list, invitation_list=drafted, revision=drafted.revision, visit=None)
    results = together(
        partial(keep, note="Ewa's", entries=stood[:1], by=ewa),
        partial(keep, note="Olga's", entries=stood[::-1], by=olga),
        refused=(StaleForm,),
    )
    assert sorted(type(one).__name__ for one in results) == ["InvitationList", "StaleForm"]
    kept = InvitationList.objects.get()
    found = list(kept.invitations.values_list("municipality", flat=True))
    wanted = [one.municipality for one in stood]
    assert (kept.note, found) in (("Ewa's", wanted[:1]), ("Olga's", wanted[::-1]))


def test_a_municipality_added_by_hand_again_and_again_stands_once_while_others_are_refused() -> None:
    screening, ewa, olga = screened()
    drafted = draft_list(screening=screening, revision=0, wish=DraftWish(most=1, band=1), by=ewa)
    beta = Municipality.objects.get(country=tiny.COUNTRY, code=tiny.CODES["Beta"])
    add = partial(add_by_hand, invitation_list=drafted, revision=drafted.revision, municipality=beta)
    results = together(
        *[partial(add, reason="They asked us.", by=ewa)] * 3,
        partial(add, reason="They are near.", by=olga),
        refused=(StaleForm, IsOnTheList),
    )
    assert Invitation.objects.filter(municipality=beta).count() == 1
    assert Counter(type(one).__name__ for one in results) in (
        {"Invitation": 3, "IsOnTheList": 1},
        {"Invitation": 1, "IsOnTheList": 3},
    )
