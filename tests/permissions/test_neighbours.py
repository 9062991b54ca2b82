"""A right is for one visit and one municipality: people of another one, or who have left, are strangers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from sadzonka.outbox.actions import draft
from sadzonka.outbox.models import Mail
from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Person
from sadzonka.places.desk.forms import fingerprint
from sadzonka.places.models import FileImport
from sadzonka.practices.models import Practice
from sadzonka.transfer.adoption.actions.plans import StepContent, add_step
from sadzonka.transfer.assessment.actions import start_assessment
from sadzonka.transfer.models import Assessment, Plan, Step
from sadzonka.visits.models import AgendaItem, Application, Attendance, Score, Visit
from sadzonka.visits.recruitment.actions import withdraw
from tests import factories
from tests.chain import START, World, call_for, participant
from tests.permissions.matrix import CANARY, MATRIX
from tests.permissions.rows import statistics
from tests.transfer.adoption import stories
from tests.visits.observation import talk

SignIn = Callable[[Person], Client]

UNDER_WAY = "/en/visits/under-way/"
INSIDE = (
    "agenda/",
    "sheets/item-0/",
    "debriefs/",
    "debriefs/item-0/",
    "debriefs/item-0/idea/",
    "desk/",
    "desk/call/",
    "desk/applications/",
    "desk/choice/",
    "desk/mails/",
    "desk/hosts/",
    "desk/attendance/",
    "desk/attendance/item-0/",
    "papers/attendance-item-0.pdf",
    "papers/certificates.pdf",
)


@pytest.fixture
def elsewhere(world: World) -> Visit:
    """Return another visit with a participant, a facilitator, an agenda item and a mail of its own."""
    visit = factories.visit("elsewhere", "Elsewhere", state=Visit.State.RUNNING)
    participant(call_for(visit), "Tadeusz", code="300101")
    visit.facilitators.add(create_account(email="leads@example.org", name="Wanda"))
    visit.save()
    factories.agenda_item(visit, "other", CANARY, held_on=START)
    draft(
        key="elsewhere",
        topic=f"visit:{visit.pk}",
        recipient="a@example.org",
        subject=CANARY,
        body=CANARY,
        language="en",
    )
    return visit


def leaver(world: World) -> Person:
    """Return somebody who had a place on the visit under way and gave it back."""
    gone = participant(world.call, "Roman")
    withdraw(application=gone)
    assert gone.person is not None
    return gone.person


@pytest.mark.parametrize("who", ["participant", "facilitator", "leaver", "closed"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_people_of_another_visit_and_those_who_left_find_nothing_inside(
    who: str, method: str, world: World, elsewhere: Visit, signed_in: SignIn
) -> None:
    talk.agree(world.items[0], world.facilitator, seen="Bicycles")
    person = {
        "participant": lambda: Person.objects.get(email="tadeusz@example.org"),
        "facilitator": elsewhere.facilitators.get,
        "leaver": lambda: leaver(world),
        "closed": lambda: world.facilitator,
    }[who]()
    client = signed_in(person)
    if who == "closed":
        Person.objects.filter(pk=person.pk).update(is_active=False)
    answers = {path: client.generic(method, UNDER_WAY + path).status_code for path in INSIDE}
    expected = 302 if who == "closed" else 404
    read_only = {path for path, answer in answers.items() if answer == 405} if method == "POST" else set()
    assert {path: code for path, code in answers.items() if path not in read_only and code != expected} == {}


def test_the_keeper_of_another_municipality_finds_nothing_of_this_one(
    world: World, signed_in: SignIn
) -> None:
    keeper = create_account(email="keeper@example.org", name="Olga")
    affiliate(person=keeper, municipality=factories.municipality("300102"), group="council", is_editor=True)
    plan = stories.planned(world.editor)
    version = Practice.objects.get(slug="nurseries-by-a-consortium").shown_version
    assert version is not None
    running = start_assessment(municipality=factories.municipality(), version=version, by=world.editor)
    adoption = stories.decided(world.editor, "kostrzynianka-home-care").plan.adoption
    client = signed_in(keeper)
    for path in (
        "team/PL/300101/",
        f"assessments/{running.pk}/",
        f"assessments/{running.pk}/answers/",
        f"assessments/{running.pk}/discussion/",
        f"assessments/{running.pk}/conditions/",
        f"assessments/{running.pk}/record.json",
        f"plans/{plan.pk}/",
        f"plans/{plan.pk}/steps/new/",
        f"plans/{plan.pk}/decision/",
        f"adoptions/{adoption.pk}/stage/",
        f"adoptions/{adoption.pk}/adaptations/",
        f"adoptions/{adoption.pk}/stages/decided/",
    ):
        assert client.get(f"/en/{path}").status_code == 404, path
    for path in (
        "team/PL/300101/start/",
        f"assessments/{running.pk}/next/",
        f"assessments/{running.pk}/answers/",
        f"assessments/{running.pk}/conditions/",
        f"assessments/{plan.assessment_id}/plan/",
        f"plans/{plan.pk}/summary/",
        f"plans/{plan.pk}/decision/",
        f"adoptions/{adoption.pk}/stage/",
    ):
        assert client.post(f"/en/{path}").status_code == 404, path
    assert (Assessment.objects.count(), Plan.objects.count()) == (3, 2)


def test_numbers_of_another_visit_change_nothing_there(
    world: World, elsewhere: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client, item = signed_in(ewa), elsewhere.agenda.get()
    mail, other = Mail.objects.get(key="elsewhere"), Application.objects.get(call__visit=elsewhere)
    fields = {f"mail-{mail.pk}-{name}": "x" for name in ("subject", "body", "opened")}
    answer = client.post(
        f"{UNDER_WAY}desk/mails/", {"mail": mail.pk, "do": f"release-{mail.pk}", **fields}, follow=True
    )
    assert (CANARY in answer.text, Mail.objects.get(key="elsewhere").state) == (False, "draft")
    asked = client.post(f"{UNDER_WAY}desk/hosts/", {"items": [item.pk]})
    assert (asked.status_code, CANARY in asked.text) == (422, False)
    client.post(f"{UNDER_WAY}desk/attendance/item-0/", {f"participant-{other.pk}": "present"})
    assert Attendance.objects.count() == 0
    desk = f"{UNDER_WAY}desk/applications/{other.reference}/"
    scores = {f"points_{one.pk}": 3 for one in other.call.criteria.all()}
    assert [client.get(desk).status_code, client.post(desk, {"part": "score", **scores}).status_code] == [
        404,
        404,
    ]
    assert Score.objects.count() == 0
    assert AgendaItem.objects.get(pk=item.pk).host_reply == AgendaItem.Reply.NOT_ASKED


def test_a_step_of_another_plan_is_not_touched_through_ones_own(world: World, signed_in: SignIn) -> None:
    mine, theirs = stories.planned(world.editor), stories.planned(world.editor, "nurseries-by-a-consortium")
    content = StepContent(text=CANARY, owner=CANARY, due_on=START)
    step = add_step(plan=theirs, revision=theirs.revision, content=content, by=world.editor)
    client = signed_in(world.editor)
    for path in ("", "remove/", "done/"):
        answer = client.post(f"/en/plans/{mine.pk}/steps/{step.pk}/{path}", {"done_on": "2026-01-01"})
        assert (answer.status_code, CANARY in answer.text) == (404, False)
    assert Step.objects.get(pk=step.pk).done_on is None


@pytest.mark.parametrize("verb", ["", "choices/", "import/", "again/", "discard/", "report.csv"])
def test_a_file_that_staff_handed_in_is_nothing_to_anybody_else_and_a_controller_only_reads_it(
    verb: str, world: World, controller: Person, stranger: Person, signed_in: SignIn
) -> None:
    statistics.plant(world)
    before = list(FileImport.objects.order_by("pk").values())
    address = f"{statistics.AT}files/{statistics.FILE}/{verb}"
    shown = fingerprint(
        FileImport.objects.get(pk=statistics.FILE)
    )  # as if somebody had looked over a shoulder
    is_read_only = verb in {"", "report.csv"}
    for person in (stranger, world.marek, world.facilitator, world.editor):
        client = signed_in(person)
        answers = client.get(address), client.post(address, {"seen": shown})
        assert [one.status_code for one in answers] == ([404, 405] if is_read_only else [405, 404])
        assert [CANARY in one.text for one in answers] == [False, False]
    client = signed_in(controller)
    if is_read_only:
        assert CANARY in client.get(address).text
    else:
        assert client.post(address, {"seen": shown}).status_code == 404
    assert list(FileImport.objects.order_by("pk").values()) == before


WHO_IS_TOLD_TO_SIGN_IN_FIRST = {statistics.AT: 302}  # nothing of a body is read, where the token may stand


@pytest.mark.parametrize("who", ["nobody", "staff"])
def test_no_form_is_taken_without_its_token(who: str, planted: None, ewa: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    if who == "staff":
        client.force_login(ewa, backend=settings.AUTHENTICATION_BACKENDS[0])
    rows = [row for row in MATRIX if row.method == "POST" and not set(row.answers) <= {405}]
    answers = {row.address: client.post(row.address).status_code for row in rows}
    taken = {path: code for path, code in answers.items() if code not in {403, 405}}
    assert taken == (WHO_IS_TOLD_TO_SIGN_IN_FIRST if who == "nobody" else {})
    assert len(rows) > 50
