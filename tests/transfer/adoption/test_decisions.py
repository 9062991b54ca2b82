"""Recording a decision: it freezes the assessment and begins the adoption, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sadzonka.people.models import Person
from sadzonka.transfer.adoption.actions.decisions import ReasonIsMissing
from sadzonka.transfer.adoption.actions.plans import PlanIsDecided
from sadzonka.transfer.adoption.ladder import InTheFuture, TooEarly
from sadzonka.transfer.models import Adoption, Decision
from tests.chain import World
from tests.transfer.adoption.stories import DECIDED_ON, STORED_ON, decide, decided, planned

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
FORM = {
    "outcome": "adopted",
    "kind": "resolution",
    "number": "XII/34/2022",
    "decided_on": "2022-05-10",
    "reason": "",
    "url": "https://bip.example.org/xii-34-2022",
}


def test_a_resolution_freezes_the_assessment_and_begins_the_adoption(world: World, signed_in: SignIn) -> None:
    plan = planned(world.editor)
    answer = signed_in(world.editor).post(f"/en/plans/{plan.pk}/decision/", FORM)
    adoption = Adoption.objects.get()
    assert answer["Location"] == f"/en/adoptions/{adoption.pk}/"
    plan.refresh_from_db()
    assert (plan.decision.number, plan.decision.recorded_by) == ("XII/34/2022", world.editor)
    plan.assessment.refresh_from_db()
    assert (plan.assessment.state, plan.assessment.frozen_at is None) == ("frozen", False)
    assert (adoption.municipality, adoption.practice) == (
        plan.assessment.municipality,
        plan.assessment.practice,
    )
    assert [(one.outcome, one.reached_on) for one in adoption.stages.all()] == [
        ("considered", DECIDED_ON),  # the plan was entered here after the council had decided
        ("decided", DECIDED_ON),
    ]


def test_a_plan_was_considered_from_the_day_it_was_started(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.make_aware(dt.datetime(2022, 4, 2, 9))  # noqa: DTZ001
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: moment)
        plan = planned(world.editor)
    adoption = decide(plan, world.editor).plan.adoption
    assert adoption.stages.get(outcome="considered").reached_on == dt.date(2022, 4, 2)


def test_a_plan_that_was_declined_is_told_with_its_reason(world: World, client: Client) -> None:
    decision = decided(world.editor, outcome="declined", reason="The depot was sold.")
    stages = decision.plan.adoption.stages.all()
    assert [(one.outcome, one.reason) for one in stages] == [
        ("considered", ""),
        ("declined", "The depot was sold."),
    ]
    assert "The depot was sold." in client.get("/en/adoptions/").content.decode()


def test_a_decision_sent_twice_is_one_and_another_one_is_refused(world: World, signed_in: SignIn) -> None:
    plan, client = planned(world.editor), signed_in(world.editor)
    address = f"/en/plans/{plan.pk}/decision/"
    answers = [client.post(address, FORM).status_code for _twice in range(2)]
    assert (answers, Decision.objects.count(), Adoption.objects.count()) == ([302, 302], 1, 1)
    other = client.post(address, {**FORM, "number": "XIII/1/2022"})
    assert (other.status_code, Decision.objects.get().number) == (409, "XII/34/2022")
    page = BeautifulSoup(other.content, "html.parser")
    assert page.find(id="id_number")["value"] == "XIII/1/2022"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"decided_on": "2999-01-01"}, {"decided_on"}),
        ({"decided_on": "2022-02-28"}, {"decided_on"}),
        ({"decided_on": "yesterday"}, {"decided_on"}),
        ({"number": " "}, {"number"}),
        ({"outcome": ""}, {"outcome"}),
        ({"outcome": "declined"}, {"reason"}),
        ({"kind": "rumour"}, {"kind"}),
        ({"url": "javascript:alert(1)"}, {"url"}),
        ({"reason": "x" * 501}, {"reason"}),
    ],
)
def test_a_decision_that_cannot_be_is_refused_beside_its_field(
    fields: dict[str, str], wrong: set[str], world: World, signed_in: SignIn
) -> None:
    plan = planned(world.editor)
    answer = signed_in(world.editor).post(f"/en/plans/{plan.pk}/decision/", {**FORM, **fields})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert Decision.objects.count() == 0


def test_the_action_refuses_by_itself_what_cannot_be(world: World, controller: Person) -> None:
    plan = planned(world.editor)
    with pytest.raises(TooEarly) as refused:
        decide(plan, world.editor, decided_on=STORED_ON - dt.timedelta(days=1))
    assert refused.value.earliest == STORED_ON
    with pytest.raises(InTheFuture):
        decide(plan, world.editor, decided_on=timezone.localdate() + dt.timedelta(days=1))
    with pytest.raises(ReasonIsMissing):
        decide(plan, world.editor, outcome="declined")
    for person in (world.marek, world.neighbour, controller):
        with pytest.raises(PermissionDenied):
            decide(plan, person)
    assert Decision.objects.count() == 0
    assert decide(plan, world.editor, decided_on=STORED_ON).decided_on == STORED_ON
    with pytest.raises(PlanIsDecided):
        decide(plan, world.editor, decided_on=DECIDED_ON)
