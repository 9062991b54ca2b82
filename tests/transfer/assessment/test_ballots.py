"""Answering: privately first, then sent; nobody reads others' answers before sending their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.transfer.assessment.actions import (
    AnswersAreMissing,
    AssessmentHasMovedOn,
    BallotIsSent,
    save_ballot,
    send_ballot,
    start_assessment,
)
from sadzonka.transfer.assessment.answers import Answer, answers_of
from sadzonka.transfer.assessment.queries import newest_ballots, own_ballot, turnout
from sadzonka.transfer.models import Assessment, Ballot, Rating
from tests import factories
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SECRET = "Tajemnica-panelu"


@pytest.fixture
def assessment() -> Assessment:
    team.card()
    return team.opened()


@pytest.fixture
def marek() -> Person:
    return team.person("Marek")


def save(who: Person, assessment: Assessment, level: int | None, revision: int = 0) -> Ballot:
    return save_ballot(
        assessment=assessment, by=who, number=1, revision=revision, answers=team.answers(level)
    )


# --- starting


def test_a_second_start_leads_to_the_first_assessment(assessment: Assessment, ewa: Person) -> None:
    again = start_assessment(municipality=assessment.municipality, version=assessment.version, by=ewa)
    assert (again, Assessment.objects.count()) == (assessment, 1)


@pytest.mark.parametrize("state", ["draft", "outdated"])
def test_a_card_that_is_not_shown_is_not_assessed(state: str) -> None:
    version = team.card(state=state)
    with pytest.raises(PermissionDenied):
        start_assessment(municipality=factories.municipality(), version=version, by=team.keeper())


def test_only_those_who_keep_the_municipality_start(marek: Person, controller: Person) -> None:
    version = team.card()
    for who in (marek, controller):
        with pytest.raises(PermissionDenied):
            start_assessment(municipality=factories.municipality(), version=version, by=who)


# --- saving and sending


def test_answers_are_saved_then_changed_then_sent(assessment: Assessment, marek: Person) -> None:
    first = save(marek, assessment, 2)
    assert (first.revision, first.sent_at, first.group) == (1, None, "office")
    save(marek, assessment, 4, revision=1)
    team.sends(marek, assessment, 5, "Sure")
    sent = own_ballot(assessment, marek)
    assert sent is not None
    assert (sent.is_sent, sent.revision, answers_of(sent)) == (True, 3, {"trust": Answer(5, "Sure")})
    assert Ballot.objects.count() == 1


def test_half_an_answer_can_be_saved_and_not_be_sent(assessment: Assessment, marek: Person) -> None:
    entries = {"assessment": assessment, "by": marek, "number": 1, "revision": 0}
    assert save_ballot(**entries, answers={}).is_sent is False
    for half in ({}, team.answers(3, reason=" "), {**team.answers(3), **team.answers(3, key="other")}):
        with pytest.raises(AnswersAreMissing):
            send_ballot(**{**entries, "revision": 1}, answers=half)
    assert Ballot.objects.get().sent_at is None


def test_not_to_know_needs_no_reason(assessment: Assessment, marek: Person) -> None:
    assert team.sends(marek, assessment, None, "").is_sent


def test_what_was_sent_stays_as_it_is(assessment: Assessment, marek: Person) -> None:
    sent = team.sends(marek, assessment, 3)
    for act in (save_ballot, send_ballot):
        with pytest.raises(BallotIsSent):
            act(
                assessment=assessment,
                by=marek,
                number=1,
                revision=sent.revision,
                answers=team.answers(5),
            )
    assert Rating.objects.get().level == 3


def test_the_same_form_sent_twice_is_one_ballot(assessment: Assessment, marek: Person) -> None:
    once = {"assessment": assessment, "by": marek, "number": 1, "revision": 0, "answers": team.answers(3)}
    assert save_ballot(**once) == save_ballot(**once)
    again = {**once, "revision": 1}
    assert send_ballot(**again).sent_at == send_ballot(**again).sent_at
    assert (Ballot.objects.count(), Rating.objects.count()) == (1, 1)


def test_a_stale_form_is_refused(assessment: Assessment, marek: Person) -> None:
    save(marek, assessment, 2)
    with pytest.raises(StaleForm) as refusal:
        save(marek, assessment, 3)
    assert (refusal.value.record.revision, Rating.objects.get().level) == (1, 2)


def test_who_does_not_belong_to_the_municipality_does_not_answer(
    assessment: Assessment, ewa: Person, administrator: Person, stranger: Person
) -> None:
    for who in (ewa, administrator, stranger):
        with pytest.raises(PermissionDenied):
            save(who, assessment, 3)


def test_nobody_answers_in_a_round_that_does_not_run(assessment: Assessment, marek: Person) -> None:
    with pytest.raises(AssessmentHasMovedOn):
        save_ballot(assessment=assessment, by=marek, number=2, revision=0, answers=team.answers(3))
    team.closed(assessment)
    with pytest.raises(AssessmentHasMovedOn):
        save(marek, assessment, 3)


def test_the_log_tells_that_somebody_answered_and_never_what(assessment: Assessment, marek: Person) -> None:
    team.sends(marek, assessment, 3, SECRET)
    entries = ModelLogEntry.objects.filter(content_type__model="ballot")
    assert sorted(entry.action for entry in entries) == ["wagtail.create", "wagtail.publish"]
    assert [entry.data for entry in entries] == [{"round": 1}, {"round": 1}]
    assert SECRET not in "".join(entry.label for entry in entries)


# --- the hidden round


def discussion(client: Client, assessment: Assessment) -> str:
    return client.get(f"/en/assessments/{assessment.pk}/discussion/").content.decode()


@pytest.fixture
def onlookers(ewa: Person, controller: Person, administrator: Person) -> tuple[Person, ...]:
    """Staff, a controller and an administrator, who do not answer."""
    return ewa, controller, administrator


def test_in_a_running_round_nobody_reads_answers_before_their_own(
    assessment: Assessment, marek: Person, onlookers: tuple[Person, ...], signed_in: SignIn
) -> None:
    team.sends(team.person("Chiara", "social"), assessment, 4, SECRET)
    everybody = (marek, team.keeper(), *onlookers)
    for who in everybody:
        for path in ("", "discussion/", "answers/", "conditions/"):
            body = signed_in(who).get(f"/en/assessments/{assessment.pk}/{path}").content.decode()
            assert SECRET not in body
            assert "Agreement" not in body
            assert "Individual opinion" not in body
    save(marek, assessment, 2)
    assert SECRET not in discussion(signed_in(marek), assessment)  # saved is not sent
    team.sends(marek, assessment, 2)
    read = {who: SECRET in discussion(signed_in(who), assessment) for who in everybody}
    assert [who for who, has_read in read.items() if has_read] == [marek]
    team.closed(assessment)
    assert all(SECRET in discussion(signed_in(who), assessment) for who in everybody)


def test_a_new_round_is_hidden_again_and_the_earlier_one_stays_open(
    assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    chiara = team.person("Chiara", "social")
    team.sends(chiara, assessment, 4, "Before we talked")
    team.sends(marek, assessment, 1, "Before we talked, too")
    team.closed(assessment)
    team.reopened(assessment)
    team.sends(chiara, assessment, 2, SECRET)
    body = discussion(signed_in(marek), assessment)
    assert (SECRET in body, "Before we talked" in body) == (False, True)
    team.sends(marek, assessment, 2)
    assert SECRET in discussion(signed_in(marek), assessment)


def test_what_was_saved_and_not_sent_is_never_shown(
    assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    save_ballot(assessment=assessment, by=marek, number=1, revision=0, answers=team.answers(1, SECRET))
    now = team.closed(assessment)
    assert SECRET not in discussion(signed_in(team.keeper()), assessment)
    assert newest_ballots(now) == []


def test_names_stand_nowhere_beside_answers(assessment: Assessment, signed_in: SignIn) -> None:
    team.panel_sends(assessment, {"Chiara": 2, "Zenon": 4})
    team.closed(assessment)
    body = discussion(signed_in(team.keeper()), assessment)
    assert "Chiara says so" in body
    assert "Zenon</" not in body


def test_the_team_sees_who_has_sent_by_group(assessment: Assessment, marek: Person) -> None:
    team.keeper()
    team.sends(team.person("Chiara", "social"), assessment, 4)
    team.sends(marek, assessment, 4)
    assert [(group.label, group.sent, group.people) for group in turnout(assessment)] == [
        ("council and mayor", 0, 1),
        ("municipal office", 1, 1),
        ("social services", 1, 1),
    ]


# --- the page


def ballot_page(assessment: Assessment) -> str:
    return f"/en/assessments/{assessment.pk}/answers/"


def entered(level: str = "3", reason: str = "We know them", **changes: str) -> dict[str, str]:
    return {"revision": "0", "round": "1", "level-trust": level, "reason-trust": reason, **changes}


def test_the_page_saves_and_sends(assessment: Assessment, marek: Person, signed_in: SignIn) -> None:
    client, path = signed_in(marek), ballot_page(assessment)
    saved = client.post(path, entered(save="1"), follow=True)
    assert saved.redirect_chain == [(path, 302)]
    assert "We know them" in saved.content.decode()
    sent = client.post(path, entered("4", revision="1", send="1"), follow=True)
    assert sent.redirect_chain == [(f"/en/assessments/{assessment.pk}/discussion/", 302)]
    assert answers_of(own_ballot(assessment, marek)) == {"trust": Answer(4, "We know them")}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level": "", "reason": "", "send": "1"}, "Choose a level, or say that you don’t know."),
        ({"level": "3", "reason": " ", "send": "1"}, "Say in a sentence why."),
        ({"level": "", "save": "1"}, "your reason needs it"),
        ({"level": "9", "save": "1"}, "“9” is not one of the answers."),
        ({"reason": "x" * 1001, "save": "1"}, "at most 1000 characters"),
        ({"revision": "x", "save": "1"}, "This form is damaged."),
    ],
)
def test_an_incomplete_ballot_is_shown_again_and_loses_nothing(
    changes: dict[str, str], said: str, assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    asked = entered(**changes)
    answer = signed_in(marek).post(ballot_page(assessment), asked)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert said in body
    assert asked["reason-trust"].strip() in body
    assert Ballot.objects.count() == 0


def test_a_stale_ballot_is_answered_with_what_was_written(
    assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    client, path = signed_in(marek), ballot_page(assessment)
    client.post(path, entered(save="1"))
    stale = client.post(path, entered("5", "Written in the other tab", save="1"))
    body = stale.content.decode()
    assert stale.status_code == 409
    assert "Written in the other tab" in body
    assert 'name="revision" value="1"' in body
    assert (
        client.post(path, entered("5", "Written in the other tab", revision="1", save="1")).status_code == 302
    )


def test_a_round_closed_meanwhile_loses_nothing(
    assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    team.closed(assessment)
    answer = signed_in(marek).post(ballot_page(assessment), entered(send="1"))
    body = answer.content.decode()
    assert answer.status_code == 409
    assert "This round was closed meanwhile." in body
    assert "We know them" in body


def test_a_second_round_begins_with_ones_own_answers(
    assessment: Assessment, marek: Person, signed_in: SignIn
) -> None:
    team.sends(marek, assessment, 4, "As in the first round")
    team.closed(assessment)
    team.reopened(assessment)
    body = signed_in(marek).get(ballot_page(assessment)).content.decode()
    assert "As in the first round" in body
    assert 'value="4" checked' in body
    assert 'name="revision" value="0"' in body
