"""Adoptions: stages in turn, and corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.people.models import Person
from sadzonka.transfer.adoption.actions.adoptions import (
    correct_stage,
    describe_adaptations,
)
from sadzonka.transfer.adoption.actions.decisions import ReasonIsMissing
from sadzonka.transfer.adoption.ladder import OutOfTurn
from sadzonka.transfer.models import Adoption
from tests.chain import World
from tests.transfer.adoption.stories import climb, main

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]


# --- the next stage


def test_a_service_is_followed_for_twenty_four_months(
    adoption: Adoption, world: World, signed_in: SignIn, client: Client
) -> None:
    editor, address = signed_in(world.editor), f"/en/adoptions/{adoption.pk}/stage/"
    days = {
        "started": "2022-09-01",
        "delivered": "2023-01-10",
        "sustained-12": "2024-01-10",
        "sustained-24": "2025-01-10",
    }
    for revision, (outcome, day) in enumerate(days.items(), start=1):
        form = {"outcome": outcome, "reached_on": day, "source": f"Report {day}", "revision": revision}
        assert editor.post(address, form)["Location"] == f"/en/adoptions/{adoption.pk}/"
    assert [one.outcome for one in adoption.stages.all()] == ["considered", "decided", *days]
    told = main(client.get(f"/en/adoptions/{adoption.pk}/"))
    assert "Sustained for 24 months" in told
    assert "Report 2025-01-10" in told


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"outcome": "delivered"}, {"outcome"}),
        ({"outcome": "declined"}, {"outcome"}),
        ({"outcome": ""}, {"outcome"}),
        ({"outcome": "abandoned"}, {"reason"}),
        ({"reached_on": "2022-05-09"}, {"reached_on"}),
        ({"reached_on": "2999-01-01"}, {"reached_on"}),
        ({"reached_on": ""}, {"reached_on"}),
    ],
)
def test_a_stage_that_does_not_fit_is_refused_beside_its_field(
    fields: dict[str, str], wrong: set[str], adoption: Adoption, world: World, signed_in: SignIn
) -> None:
    form = {"outcome": "started", "reached_on": "2022-09-01", "source": "A report", "revision": 1, **fields}
    answer = signed_in(world.editor).post(f"/en/adoptions/{adoption.pk}/stage/", form)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert adoption.stages.count() == 2
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.find(id="id_source")["value"] == "A report"


def test_a_year_of_service_needs_a_year(adoption: Adoption, world: World, signed_in: SignIn) -> None:
    climb(adoption, world.editor, ("started", "2022-09-01"), ("delivered", "2023-01-10"))
    form = {"outcome": "sustained-12", "reached_on": "2024-01-09", "revision": adoption.revision}
    answer = signed_in(world.editor).post(f"/en/adoptions/{adoption.pk}/stage/", form)
    assert "cannot be before 10 January 2024" in main(answer)


def test_abandoning_ends_a_story_and_says_why(adoption: Adoption, world: World, signed_in: SignIn) -> None:
    climb(adoption, world.editor, ("abandoned", "2022-12-01"), reason="The tutor left.")
    client = signed_in(world.editor)
    page = client.get(f"/en/adoptions/{adoption.pk}/")
    assert "The tutor left." in main(page)
    assert f"/en/adoptions/{adoption.pk}/stage/" not in page.content.decode()
    with pytest.raises(OutOfTurn):
        climb(adoption, world.editor, ("started", "2023-01-01"))


def test_whoever_gives_up_says_why(adoption: Adoption, world: World) -> None:
    with pytest.raises(ReasonIsMissing):
        climb(adoption, world.editor, ("abandoned", "2022-12-01"))


def test_a_stage_sent_twice_is_one_and_a_stale_one_is_refused(
    adoption: Adoption, world: World, signed_in: SignIn
) -> None:
    client, address = signed_in(world.editor), f"/en/adoptions/{adoption.pk}/stage/"
    form = {"outcome": "started", "reached_on": "2022-09-01", "revision": 1}
    answers = [client.post(address, form).status_code for _twice in range(2)]
    assert (answers, adoption.stages.count()) == ([302, 302], 3)
    stale = {"outcome": "delivered", "reached_on": "2023-02-02", "source": "My source", "revision": 1}
    answer = client.post(address, stale)
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.find(id="id_source")["value"]) == (409, "My source")
    revision = page.find(id="id_revision")["value"]
    assert client.post(address, {**stale, "revision": revision}).status_code == 302


# --- corrections


def test_a_correction_keeps_what_stood_there_in_the_log(
    adoption: Adoption, world: World, signed_in: SignIn
) -> None:
    climb(adoption, world.editor, ("started", "2022-09-01"))
    client, address = signed_in(world.editor), f"/en/adoptions/{adoption.pk}/stages/started/"
    assert client.get(address).context["form"].initial["reached_on"] == dt.date(2022, 9, 1)
    form = {"reached_on": "2022-10-01", "reason": "", "source": "Minutes", "revision": adoption.revision}
    assert client.post(address, form).status_code == 302
    stage = adoption.stages.get(outcome="started")
    assert (stage.reached_on, stage.source) == (dt.date(2022, 10, 1), "Minutes")
    entry = ModelLogEntry.objects.get(object_id=str(stage.pk), action="wagtail.edit")
    assert (entry.data["before"]["reached_on"], entry.data["after"]["reached_on"]) == (
        "2022-09-01",
        "2022-10-01",
    )
    assert client.post(address, form).status_code == 302  # sent twice
    assert client.post(address, {**form, "source": "Else"}).status_code == 409


@pytest.mark.parametrize(
    ("outcome", "day", "said"),
    [
        ("started", "2022-05-09", "“started” cannot be before 10 May 2022"),
        ("started", "2023-01-11", "“delivered” cannot be before 11 January 2023"),
        ("delivered", "2023-01-11", "“sustained for 12 months” cannot be before 11 January 2024"),
        ("decided", "2022-02-28", "“decided” cannot be before 1 March 2022"),
    ],
)
def test_a_correction_keeps_the_order_of_all_stages(
    outcome: str, day: str, said: str, adoption: Adoption, signed_in: SignIn
) -> None:
    editor = Person.objects.get(email="editor@example.org")
    climb(adoption, editor, ("started", "2022-09-01"), ("delivered", "2023-01-10"))
    climb(adoption, editor, ("sustained-12", "2024-01-10"))
    considered = adoption.stages.get(outcome="considered")
    adoption.stages.filter(pk=considered.pk).update(reached_on=dt.date(2022, 1, 1))
    before = list(adoption.stages.values_list("reached_on", flat=True))
    answer = signed_in(editor).post(
        f"/en/adoptions/{adoption.pk}/stages/{outcome}/", {"reached_on": day, "revision": adoption.revision}
    )
    assert (answer.status_code, said in main(answer)) == (422, True)
    assert list(adoption.stages.values_list("reached_on", flat=True)) == before


def test_correcting_the_day_of_a_decision_corrects_the_decision(adoption: Adoption, world: World) -> None:
    stage = adoption.stages.get(outcome="decided")
    correct_stage(stage=stage, revision=1, reached_on=dt.date(2022, 6, 1), by=world.editor)
    decision = Adoption.objects.get().plan.decision
    assert decision.decided_on == dt.date(2022, 6, 1)


def test_an_end_keeps_a_reason(adoption: Adoption, world: World, signed_in: SignIn) -> None:
    climb(adoption, world.editor, ("abandoned", "2022-12-01"), reason="The tutor left.")
    answer = signed_in(world.editor).post(
        f"/en/adoptions/{adoption.pk}/stages/abandoned/",
        {"reached_on": "2022-12-01", "reason": " ", "revision": adoption.revision},
    )
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"reason"})


def test_a_stage_that_was_not_reached_cannot_be_corrected(
    adoption: Adoption, world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.editor)
    assert client.get(f"/en/adoptions/{adoption.pk}/stages/delivered/").status_code == 404
    assert client.get(f"/en/adoptions/{adoption.pk}/stages/nonsense/").status_code == 404


def test_what_was_done_differently_is_told(
    adoption: Adoption, world: World, signed_in: SignIn, client: Client
) -> None:
    editor, address = signed_in(world.editor), f"/en/adoptions/{adoption.pk}/adaptations/"
    form = {"adaptations": "Scooters instead of bicycles.", "revision": 1}
    answers = [editor.post(address, form).status_code for _twice in range(2)]
    assert answers == [302, 302]
    assert "Scooters instead of bicycles." in main(client.get(f"/en/adoptions/{adoption.pk}/"))
    assert editor.post(address, {"adaptations": "Mine", "revision": 1}).status_code == 409


def test_only_editors_of_the_municipality_and_staff_record_what_became_of_it(
    adoption: Adoption, world: World, controller: Person, signed_in: SignIn
) -> None:
    pages = ("stage/", "stages/decided/", "adaptations/")
    for person in (world.marek, world.neighbour, controller):
        client = signed_in(person)
        answers = {client.get(f"/en/adoptions/{adoption.pk}/{one}").status_code for one in pages}
        answers |= {client.post(f"/en/adoptions/{adoption.pk}/{one}").status_code for one in pages}
        assert answers == {404}
        stage = adoption.stages.get(outcome="decided")
        with pytest.raises(PermissionDenied):
            climb(adoption, person, ("started", "2022-09-01"))
        with pytest.raises(PermissionDenied):
            correct_stage(stage=stage, revision=1, reached_on=dt.date(2022, 6, 1), by=person)
        with pytest.raises(PermissionDenied):
            describe_adaptations(adoption=adoption, revision=1, adaptations="x", by=person)
