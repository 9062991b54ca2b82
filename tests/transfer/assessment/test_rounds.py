"""Rounds are closed, opened again at most twice, and end when the assessment is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.transfer.assessment.actions import (
    AssessmentHasMovedOn,
    NoMoreRounds,
    close_round,
    open_round,
    store_assessment,
)
from sadzonka.transfer.assessment.queries import newest_ballots
from sadzonka.transfer.models import Assessment
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def assessment() -> Assessment:
    team.card()
    return team.opened()


def stands(assessment: Assessment) -> tuple[str, int]:
    now = Assessment.objects.get(pk=assessment.pk)
    return now.state, now.round


def test_a_round_is_closed_and_the_next_one_opened(assessment: Assessment) -> None:
    team.closed(assessment)
    assert stands(assessment) == ("discussion", 1)
    team.reopened(assessment)
    assert stands(assessment) == ("rating", 2)


def test_the_same_step_again_changes_nothing(assessment: Assessment) -> None:
    keeper = team.keeper()
    for _time in range(2):
        close_round(assessment=assessment, by=keeper, number=1)
    assert stands(assessment) == ("discussion", 1)
    for _time in range(2):
        open_round(assessment=assessment, by=keeper, number=2)
    assert stands(assessment) == ("rating", 2)


def test_a_step_from_another_round_is_refused(assessment: Assessment) -> None:
    keeper = team.keeper()
    for act, number in ((close_round, 2), (open_round, 2), (open_round, 3)):
        with pytest.raises(AssessmentHasMovedOn):
            act(assessment=assessment, by=keeper, number=number)
    assert stands(assessment) == ("rating", 1)


def test_there_are_three_rounds_at_most(assessment: Assessment) -> None:
    for _time in range(2):
        team.closed(assessment)
        team.reopened(assessment)
    team.closed(assessment)
    with pytest.raises(NoMoreRounds):
        team.reopened(assessment)
    assert stands(assessment) == ("discussion", 3)


def test_only_those_who_keep_the_municipality_lead_on(
    assessment: Assessment, controller: Person, stranger: Person
) -> None:
    for who in (team.person("Marek"), controller, stranger):
        with pytest.raises(PermissionDenied):
            close_round(assessment=assessment, by=who, number=1)
        with pytest.raises(PermissionDenied):
            store_assessment(assessment=assessment, by=who)


def test_each_persons_newest_answers_count(assessment: Assessment) -> None:
    chiara, marek = team.person("Chiara"), team.person("Marek")
    team.sends(chiara, assessment, 1)
    team.sends(marek, assessment, 2)
    team.closed(assessment)
    team.reopened(assessment)
    team.sends(marek, assessment, 4)
    now = team.closed(assessment)
    counted = [(one.person, one.round) for one in newest_ballots(now)]
    assert counted == [(chiara, 1), (marek, 2)]
    assert [one.round for one in newest_ballots(now, up_to=1)] == [1, 1]


# --- the page


def lead(client: Client, assessment: Assessment, step: str, number: int) -> int:
    asked = {"step": step, "round": str(number)}
    return client.post(f"/en/assessments/{assessment.pk}/next/", asked).status_code


def test_the_page_leads_from_round_to_round_and_stores(assessment: Assessment, signed_in: SignIn) -> None:
    client = signed_in(team.keeper())
    team.sends(team.person("Marek"), assessment, 3)
    assert lead(client, assessment, "close", 1) == 302
    assert lead(client, assessment, "open", 2) == 302
    assert lead(client, assessment, "close", 2) == 302
    assert lead(client, assessment, "store", 2) == 302
    assert stands(assessment) == ("stored", 2)


def test_a_page_that_is_behind_is_told_where_things_stand(assessment: Assessment, signed_in: SignIn) -> None:
    client = signed_in(team.keeper())
    asked = {"step": "store", "round": "1"}
    answer = client.post(f"/en/assessments/{assessment.pk}/next/", asked)
    assert answer.status_code == 409
    assert "Somebody has led this assessment on meanwhile." in answer.content.decode()
    assert stands(assessment) == ("rating", 1)


def test_a_step_that_does_not_exist_is_refused(assessment: Assessment, signed_in: SignIn) -> None:
    assert lead(signed_in(team.keeper()), assessment, "publish", 1) == 422
