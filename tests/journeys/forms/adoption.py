"""Forms of assessments, plans and adoptions, opened and filled in as their people do."""

from __future__ import annotations

import datetime as dt

from sadzonka.transfer.adoption.actions.plans import StepContent, add_step
from sadzonka.transfer.models import Assessment, Plan
from tests.journeys.forms.scene import BICYCLES, Filled, Scene
from tests.journeys.recruiting import signed_in
from tests.transfer.adoption import stories


def start_assessment(scene: Scene) -> Filled:
    return Filled(signed_in(scene.world.editor, at="/en/team/PL/300101/"), "Start", {"practice": BICYCLES})


def _begun(scene: Scene) -> str:
    return start_assessment(scene).sent().address


def send_answers(scene: Scene) -> Filled:
    voter = signed_in(scene.world.marek, at=f"{_begun(scene)}answers/")
    names = {str(one["name"]) for one in voter.page.select("form.answering input[type=radio]")}
    return Filled(voter, "Send my answers", dict.fromkeys(names, "unknown"))


def verify_conditions(scene: Scene) -> Filled:
    keeper = signed_in(scene.world.editor, at=f"{_begun(scene)}conditions/")
    name = str(keeper.page.select("form.answering input[type=radio]")[0]["name"])
    key = name.removeprefix("state-")
    found = {name: "met", f"source-{key}": "A letter", f"found-{key}": "2026-08-01"}
    return Filled(keeper, "Store what is verified", found)


def close_round(scene: Scene) -> Filled:
    return Filled(signed_in(scene.world.editor, at=_begun(scene)), "Close round 1", {})


def store_assessment(scene: Scene) -> Filled:
    return Filled(close_round(scene).sent(), "Store the assessment", {})


def start_plan(scene: Scene) -> Filled:
    stored: Assessment = stories.stored(scene.ewa)
    return Filled(signed_in(scene.world.editor, at=f"/en/assessments/{stored.pk}/"), "Make a plan", {})


def plan_a_step(scene: Scene) -> Filled:
    plan: Plan = stories.planned(scene.ewa)
    keeper = signed_in(scene.world.editor, at=f"/en/plans/{plan.pk}/steps/new/")
    step = {"text": "Find a room", "owner": "Property office", "due_on": "2027-01-31"}
    return Filled(keeper, "Add the step", step)


def mark_a_step(scene: Scene) -> Filled:
    plan: Plan = stories.planned(scene.ewa)
    content = StepContent(text="Find a room", owner="Office", due_on=dt.date(2027, 1, 31))
    step = add_step(plan=plan, revision=plan.revision, content=content, by=scene.ewa)
    keeper = signed_in(scene.world.editor, at=f"/en/plans/{plan.pk}/steps/{step.pk}/done/")
    return Filled(keeper, "Mark as done", {"done_on": "2026-08-01"})


def record_decision(scene: Scene) -> Filled:
    plan: Plan = stories.planned(scene.ewa)
    keeper = signed_in(scene.world.editor, at=f"/en/plans/{plan.pk}/decision/")
    decided = {
        "outcome": "adopted",
        "kind": "resolution",
        "number": "XII/34/2022",
        "decided_on": "2022-05-10",
    }
    return Filled(keeper, keeper.found("main form.form button").get_text(), decided)


def record_stage(scene: Scene) -> Filled:
    adoption = stories.decided(scene.ewa).plan.adoption
    keeper = signed_in(scene.world.editor, at=f"/en/adoptions/{adoption.pk}/stage/")
    return Filled(keeper, "Record", {"outcome": "started", "reached_on": "2022-09-01"})


def say_what_was_different(scene: Scene) -> Filled:
    adoption = stories.decided(scene.ewa).plan.adoption
    keeper = signed_in(scene.world.editor, at=f"/en/adoptions/{adoption.pk}/adaptations/")
    return Filled(keeper, "Save", {"adaptations": "Without a shop"})


def enter_a_precedent(scene: Scene) -> Filled:
    told = {
        "country": "PL",
        "code": "300104",
        "practice": BICYCLES,
        "on-delivered": "2020-06-30",
        "source": "A report",
    }
    return Filled(signed_in(scene.ewa, at="/en/adoptions/new/"), "Enter the adoption", told)


FORMS = (
    start_assessment,
    send_answers,
    verify_conditions,
    close_round,
    store_assessment,
    start_plan,
    plan_a_step,
    mark_a_step,
    record_decision,
    record_stage,
    say_what_was_different,
    enter_a_precedent,
)
