"""Two more measures of agreement for those who lead a discussion: from how many on, and what they say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.models import Criterion
from sadzonka.transfer.assessment.actions import store_assessment
from sadzonka.transfer.assessment.agreement import Reliability, reliability
from sadzonka.transfer.assessment.queries import newest_ballots, questions_of
from sadzonka.transfer.models import Assessment
from tests import factories
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
KEYS = ("trust", "second", "third")


def asked(count: int = 3) -> Assessment:
    """Start an assessment that asks so many questions."""
    version = team.card()
    for key in KEYS[1:count]:
        Criterion.objects.create(
            version=version,
            key=key,
            dimension="support",
            weight=1 / 2,
            name=factories.words(f"The {key} question"),
            mechanism=factories.words("Because"),
            question=factories.words("How much?"),
            anchors={language: ["level"] * 6 for language in factories.LANGUAGES},
        )
    return team.opened()


def answer(assessment: Assessment, *people: Sequence[int | None]) -> Assessment:
    """Let people send a level to each question, and close the round."""
    for number, levels in enumerate(people):
        answers = {key: team.Answer(level, "Because") for key, level in zip(KEYS, levels, strict=False)}
        person = team.person(f"Person{number}", "office")
        team.send_ballot(assessment=assessment, by=person, number=1, revision=0, answers=answers)
    return team.closed(assessment)


def together(assessment: Assessment) -> Reliability | None:
    return reliability(questions_of(assessment.version), newest_ballots(assessment))


def said(client: Client, assessment: Assessment, path: str = "discussion/") -> str:
    answer = client.get(f"/en/assessments/{assessment.pk}/{path}")
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").text.split())


# --- the whole questionnaire


def test_people_who_say_the_same_agree_fully(signed_in: SignIn) -> None:
    assessment = answer(asked(), *[(1, 3, 5)] * 3)
    found = together(assessment)
    assert found
    assert (found.value, found.people) == (1.0, 3)
    text = said(signed_in(team.keeper()), assessment)
    assert "People read and answer the questions alike · Krippendorff’s alpha 1.00 (3 people)" in text
    assert "where all questions get much the same level it is low even if people agree" in text


def test_alpha_is_what_paper_says(signed_in: SignIn) -> None:
    found = together(answer(asked(2), (0, 5), (0, 5), (5, 0)))
    # Two units of 0, 0, 5 and 5, 5, 0; ordinal with two values is nominal: observed 2/3, by chance 3/5.
    assert found
    assert found.value == -0.111111111
    assert str(found.reading) == "people answer differently; ask each other what you had in mind"


def test_of_fewer_than_three_people_nothing_is_said(signed_in: SignIn) -> None:
    assessment = answer(asked(), (1, 3, 5), (1, 3, 5))
    assert together(assessment) is None
    assert "Krippendorff" not in said(signed_in(team.keeper()), assessment)


def test_of_a_single_question_nothing_is_said() -> None:
    assert together(answer(asked(1), (1,), (2,), (3,))) is None


def test_where_it_means_nothing_it_says_why() -> None:
    found = together(answer(asked(), *[(3, 3, 3)] * 3))
    assert found
    assert (found.value, str(found.reading)) == (
        None,
        "cannot be told from chance: every level given is the same",
    )


def test_one_question_that_two_answered_is_not_enough() -> None:
    found = together(answer(asked(), (1, 2, None), (4, None, None), (None, None, 3)))
    assert found
    assert (found.value, str(found.reading)) == (
        None,
        "cannot be said: fewer than two questions were answered by two people",
    )


def test_while_a_round_runs_nothing_is_said(signed_in: SignIn) -> None:
    assessment = asked()
    for name in ("A", "B", "C"):
        person = team.person(name, "office")
        answers = {key: team.Answer(3, "Because") for key in KEYS}
        team.send_ballot(assessment=assessment, by=person, number=1, revision=0, answers=answers)
    assert "The whole questionnaire" not in said(signed_in(person), assessment)


# --- each question


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ([0, 0, 0, 5, 5, 5, 5], "the 7 people disagree"),  # from 1 to 9, where 2.35 would be allowed
        ([3, 3, 3, 3, 3, 4, 4], "the 7 people do not disagree"),
        ([0, 0, 0, 5, 5, 5], ""),  # six: the measure begins with seven
        ([0, 0, 0, 5, 5, 5, None], ""),
    ],
)
def test_the_measure_of_rand_begins_with_seven_levels(
    levels: list[int | None], verdict: str, signed_in: SignIn
) -> None:
    assessment = answer(asked(1), *[(level,) for level in levels])
    text = said(signed_in(team.keeper()), assessment)
    assert ("RAND/UCLA" in text, verdict in text) == (bool(verdict), True)


def test_the_stored_page_says_it_from_its_record_and_the_record_stays_as_it_was(client: Client) -> None:
    assessment = answer(asked(1), *[(level,) for level in (0, 0, 0, 5, 5, 5, 5)])
    stored = store_assessment(assessment=assessment, by=team.keeper())
    assert "RAND/UCLA: disagreement" in said(client, stored, "")
    assert "same hash, same result" in said(client, stored, "")
    assert [word in stored.input_json for word in ("ipras", "alpha", "RAND")] == [False] * 3
    assert "Krippendorff" not in said(client, stored, "")
