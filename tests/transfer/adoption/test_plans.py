"""Plans: who makes and reads them, what their steps repair, and what two tabs do to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.transfer.adoption.actions.plans import (
    AssessmentIsNotStored,
    PlanIsDecided,
    StepContent,
    add_step,
    change_step,
    describe_plan,
    mark_step,
    remove_step,
    start_plan,
)
from sadzonka.transfer.adoption.queries import plan_whole
from sadzonka.transfer.adoption.repairs import Repairs, repairs_of
from sadzonka.transfer.models import Plan, Step
from tests.chain import World
from tests.transfer.adoption.stories import decide, decided, opened, planned, stored

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
FORM = {"text": "Talk to the prison", "owner": "Teresa", "due_on": "2027-01-31", "repairs": "", "note": ""}


def content(**fields: Any) -> StepContent:
    return StepContent(
        **{"text": "Talk to the prison", "owner": "Teresa", "due_on": dt.date(2027, 1, 31), **fields}
    )


def repairs(plan: Plan) -> Repairs:
    found = plan_whole(plan.pk)
    assert found is not None
    return repairs_of(found)


def main(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").text.split())


# --- starting


def test_a_plan_is_started_once(world: World, signed_in: SignIn) -> None:
    assessment = stored(world.editor)
    client = signed_in(world.editor)
    answers = [client.post(f"/en/assessments/{assessment.pk}/plan/") for _twice in range(2)]
    plan = Plan.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/en/plans/{plan.pk}/"] * 2
    assert (plan.assessment, plan.started_by, plan.language) == (assessment, world.editor, "en")


def test_a_plan_waits_until_the_assessment_is_stored(world: World, signed_in: SignIn) -> None:
    assessment = opened(world.editor)
    with pytest.raises(AssessmentIsNotStored):
        start_plan(assessment=assessment, by=world.editor, language="en")
    answer = signed_in(world.editor).post(f"/en/assessments/{assessment.pk}/plan/", follow=True)
    assert "store this one first" in main(answer)
    assert Plan.objects.count() == 0


def test_only_editors_and_staff_start_a_plan(
    world: World, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    assessment = stored(world.editor)
    for person in (world.marek, world.neighbour, controller):
        assert signed_in(person).post(f"/en/assessments/{assessment.pk}/plan/").status_code == 404
        with pytest.raises(PermissionDenied):
            start_plan(assessment=assessment, by=person, language="en")
    assert start_plan(assessment=assessment, by=ewa, language="en").started_by == ewa


# --- reading


def test_a_plan_is_for_its_people_until_it_is_decided(
    world: World, ewa: Person, controller: Person, signed_in: SignIn, client: Client
) -> None:
    address = f"/en/plans/{planned(world.editor).pk}/"
    people = (world.marek, world.editor, ewa, controller, world.neighbour, world.facilitator)
    answers = [signed_in(person).get(address).status_code for person in people]
    assert answers == [200, 200, 200, 200, 404, 404]
    assert client.get(address)["Location"] == f"/en/account/login/?next={address}"


def test_nobody_learns_which_plans_exist(world: World, signed_in: SignIn, client: Client) -> None:
    planned(world.editor)
    assert client.get("/en/plans/999999/").status_code == 302
    assert signed_in(world.neighbour).get("/en/plans/999999/").status_code == 404


def test_the_public_reads_a_decided_plan_without_who_does_what(
    world: World, signed_in: SignIn, client: Client
) -> None:
    plan = planned(world.editor)
    describe_plan(plan=plan, revision=1, summary="A workshop in the old depot.", by=world.editor)
    note = {"owner": "Halina Kowalska", "note": "Ask her brother"}
    add_step(plan=plan, revision=2, content=content(**note), by=world.editor)
    decide(plan, world.editor)
    address = f"/en/plans/{plan.pk}/"
    public, own = client.get(address), signed_in(world.marek).get(address)
    for secret in note.values():
        assert secret not in public.content.decode()
        assert secret in own.content.decode()
    assert "A workshop in the old depot." in main(public)
    assert "Talk to the prison" in main(public)


# --- what a plan has to repair


def test_every_open_condition_is_listed_with_what_would_meet_it(world: World) -> None:
    plan = planned(world.editor)
    found = repairs(plan)
    version = plan.assessment.version
    assert [line.clause.key for line in found.clauses] == [one.key for one in version.clauses.all()]
    assert {line.word for line in found.clauses} <= {"not known", "not met"}
    assert found.uncovered == found.clauses
    assert {one.criterion.key for one in found.alterable} == {
        one.key for one in version.criteria.all() if one.is_alterable and one.step
    }


def test_the_smallest_repair_is_one_way_for_each_condition(world: World) -> None:
    found = repairs(planned(world.editor))
    suggested = {one.alternative.key for one in found.suggested}
    assert suggested
    for line in found.clauses:
        assert suggested & {one.alternative.key for one in line.alternatives}


def test_a_step_covers_the_condition_that_it_is_about(world: World) -> None:
    plan = planned(world.editor)
    first = repairs(plan).clauses[0]
    key = first.alternatives[0].alternative.key
    step = add_step(plan=plan, revision=1, content=content(alternative_key=key), by=world.editor)
    found = repairs(plan)
    assert found.clauses[0].steps == (step,)
    assert first.clause not in [line.clause for line in found.uncovered]
    assert key not in {one.alternative.key for one in found.suggested}


def test_a_later_version_of_the_card_changes_no_plan(world: World) -> None:
    plan = planned(world.editor)
    before = repairs(plan)
    plan.assessment.practice.versions.update(state="outdated")
    assert repairs(plan) == before


def test_a_new_step_is_about_the_first_suggested_change(world: World, signed_in: SignIn) -> None:
    plan = planned(world.editor)
    suggested = repairs(plan).suggested[0].alternative.key
    alterable = repairs(plan).alterable[0].criterion
    client, address = signed_in(world.editor), f"/en/plans/{plan.pk}/steps/new/"
    form = client.get(address).context["form"]
    assert form.initial["repairs"] == f"condition:{suggested}"
    form = client.get(address, {"about": f"criterion:{alterable.key}"}).context["form"]
    assert form.initial["repairs"] == f"criterion:{alterable.key}"
    assert str(alterable.step).startswith(form.initial["text"])
    form = client.get(address, {"about": "condition:nonsense"}).context["form"]
    assert form.initial["repairs"] == f"condition:{suggested}"


# --- steps


def test_an_editor_adds_changes_and_removes_a_step(world: World, signed_in: SignIn) -> None:
    plan, client = planned(world.editor), signed_in(world.editor)
    key = repairs(plan).clauses[0].alternatives[0].alternative.key
    form = {**FORM, "repairs": f"condition:{key}", "revision": 1}
    assert client.post(f"/en/plans/{plan.pk}/steps/new/", form)["Location"] == f"/en/plans/{plan.pk}/"
    step = plan.steps.get()
    assert (step.text, step.owner, step.due_on) == ("Talk to the prison", "Teresa", dt.date(2027, 1, 31))
    assert (step.alternative_key, step.criterion_key) == (key, "")
    address = f"/en/plans/{plan.pk}/steps/{step.pk}/"
    assert client.get(address).context["form"].initial["repairs"] == f"condition:{key}"
    client.post(address, {**FORM, "text": "Write to the prison", "revision": 2})
    step.refresh_from_db()
    assert (step.text, step.alternative_key) == ("Write to the prison", "")
    assert client.post(f"{address}remove/")["Location"] == f"/en/plans/{plan.pk}/"
    assert plan.steps.count() == 0
    actions = ModelLogEntry.objects.filter(object_id=str(step.pk), content_type__model="step")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "wagtail.create",
        "wagtail.edit",
        "wagtail.delete",
    ]


def test_a_step_without_words_owner_or_day_is_refused_and_nothing_is_lost(
    world: World, signed_in: SignIn
) -> None:
    plan = planned(world.editor)
    answer = signed_in(world.editor).post(
        f"/en/plans/{plan.pk}/steps/new/",
        {"text": "", "owner": " ", "due_on": "soon", "note": "Ask first", "repairs": "x", "revision": 1},
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text", "owner", "due_on", "repairs"}
    page = BeautifulSoup(answer.content, "html.parser")
    assert (page.find(id="id_note")["value"], page.find(id="id_due_on")["value"]) == ("Ask first", "soon")
    assert plan.steps.count() == 0


def test_a_step_sent_twice_is_one(world: World, signed_in: SignIn) -> None:
    plan, client = planned(world.editor), signed_in(world.editor)
    address = f"/en/plans/{plan.pk}/steps/new/"
    answers = [client.post(address, {**FORM, "revision": 1}).status_code for _twice in range(2)]
    assert (answers, plan.steps.count()) == ([302, 302], 1)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_stale_step_is_refused_with_all_that_was_typed(
    is_new: object, world: World, ewa: Person, signed_in: SignIn
) -> None:
    plan = planned(world.editor)
    step = add_step(plan=plan, revision=1, content=content(), by=ewa)
    address = f"/en/plans/{plan.pk}/steps/{'new' if is_new else step.pk}/"
    client, form = signed_in(world.editor), {**FORM, "text": "Something of mine", "revision": 1}
    answer = client.post(address, form)
    assert (answer.status_code, plan.steps.count()) == (409, 1)
    assert "Something of mine" in main(answer)
    assert "Somebody has changed this" in main(answer)
    kept = BeautifulSoup(answer.content, "html.parser").find(id="id_revision")["value"]
    assert client.post(address, {**form, "revision": kept}).status_code == 302
    assert "Something of mine" in set(plan.steps.values_list("text", flat=True))


def test_a_step_that_somebody_removed_cannot_be_changed(world: World, ewa: Person) -> None:
    plan = planned(world.editor)
    step = add_step(plan=plan, revision=1, content=content(), by=ewa)
    remove_step(step=Step.objects.get(), by=ewa)
    with pytest.raises(StaleForm):
        change_step(step=step, revision=2, content=content(text="Other"), by=world.editor)
    assert remove_step(step=step, by=ewa).revision == 3


def test_a_step_of_another_plan_is_not_found(world: World, ewa: Person, signed_in: SignIn) -> None:
    plan, other = planned(world.editor), planned(ewa, code="300102")
    step = add_step(plan=other, revision=1, content=content(), by=ewa)
    client = signed_in(world.editor)
    assert client.get(f"/en/plans/{plan.pk}/steps/{step.pk}/").status_code == 404
    assert client.post(f"/en/plans/{plan.pk}/steps/{step.pk}/remove/").status_code == 404
    assert other.steps.count() == 1


def test_people_without_the_right_change_nothing(
    world: World, ewa: Person, controller: Person, signed_in: SignIn
) -> None:
    plan = planned(ewa)
    step = add_step(plan=plan, revision=1, content=content(), by=ewa)
    addresses = ["summary/", "steps/new/", f"steps/{step.pk}/", f"steps/{step.pk}/done/", "decision/"]
    for person in (world.marek, controller):
        client = signed_in(person)
        asked = [client.get(f"/en/plans/{plan.pk}/{one}").status_code for one in addresses]
        posted = [
            client.post(f"/en/plans/{plan.pk}/{one}").status_code
            for one in [*addresses, f"steps/{step.pk}/remove/"]
        ]
        assert {*asked, *posted} == {404}
        for action in (
            lambda who: add_step(plan=plan, revision=2, content=content(text="x"), by=who),
            lambda who: change_step(step=step, revision=2, content=content(text="x"), by=who),
            lambda who: remove_step(step=step, by=who),
            lambda who: mark_step(step=step, done_on=dt.date(2026, 1, 1), by=who),
            lambda who: describe_plan(plan=plan, revision=2, summary="x", by=who),
        ):
            with pytest.raises(PermissionDenied):
                action(person)


# --- done


def test_a_step_is_marked_as_done_and_not_done_after_all(world: World, signed_in: SignIn) -> None:
    plan, client = planned(world.editor), signed_in(world.editor)
    step = add_step(plan=plan, revision=1, content=content(), by=world.editor)
    address = f"/en/plans/{plan.pk}/steps/{step.pk}/done/"
    assert client.post(address, {"done_on": "2026-02-03"}).status_code == 302
    step.refresh_from_db()
    assert step.done_on == dt.date(2026, 2, 3)
    assert client.post(address, {"undone": "1"}).status_code == 302
    step.refresh_from_db()
    assert step.done_on is None


def test_nothing_is_done_in_the_future(world: World, signed_in: SignIn) -> None:
    plan = planned(world.editor)
    step = add_step(plan=plan, revision=1, content=content(), by=world.editor)
    address = f"/en/plans/{plan.pk}/steps/{step.pk}/done/"
    assert signed_in(world.editor).post(address, {"done_on": "2999-01-01"}).status_code == 422


def test_after_the_decision_only_marking_steps_is_left(world: World, signed_in: SignIn) -> None:
    plan = decided(world.editor).plan
    step = Step.objects.create(plan=plan, text="x", owner="y", due_on=dt.date(2027, 1, 1))
    for action in (
        lambda: add_step(plan=plan, revision=1, content=content(), by=world.editor),
        lambda: change_step(step=step, revision=1, content=content(), by=world.editor),
        lambda: remove_step(step=step, by=world.editor),
        lambda: describe_plan(plan=plan, revision=1, summary="x", by=world.editor),
    ):
        with pytest.raises(PlanIsDecided):
            action()
    client = signed_in(world.editor)
    for page in ("summary/", "steps/new/", f"steps/{step.pk}/", "decision/"):
        assert client.get(f"/en/plans/{plan.pk}/{page}")["Location"] == f"/en/plans/{plan.pk}/"
    assert mark_step(step=step, done_on=dt.date(2026, 1, 1), by=world.editor).done_on == dt.date(2026, 1, 1)


# --- the summary


def test_the_summary_is_kept_and_a_stale_one_is_refused(world: World, ewa: Person, signed_in: SignIn) -> None:
    plan, client = planned(world.editor), signed_in(world.editor)
    address = f"/en/plans/{plan.pk}/summary/"
    assert client.post(address, {"summary": "In short", "revision": 1}).status_code == 302
    assert client.post(address, {"summary": "In short", "revision": 1}).status_code == 302  # sent twice
    answer = client.post(address, {"summary": "Mine", "revision": 1})
    assert (answer.status_code, "Mine" in main(answer)) == (409, True)
    plan.refresh_from_db()
    assert (plan.summary, plan.revision) == ("In short", 2)


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_takes_the_same_queries_with_one_step_as_with_three(
    count: int, world: World, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    plan = planned(world.editor)
    for number in range(count):
        Step.objects.create(plan=plan, text=f"Step {number}", owner="Teresa", due_on=dt.date(2027, 1, 1))
    client = signed_in(world.editor)
    client.get(f"/en/plans/{plan.pk}/")
    with django_assert_num_queries(14):
        assert len(client.get(f"/en/plans/{plan.pk}/").context["plan"].steps.all()) == count
