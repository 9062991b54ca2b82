"""What was in place where a practice was delivered: necessity and separation worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import pytest
from django.utils.translation import override

from sadzonka.analysis import Interval, State
from sadzonka.analysis.learning import Separation
from sadzonka.transfer.calibration.cases import sorted_adoptions
from sadzonka.transfer.calibration.necessities import ClaimTest, PracticeTests, practice_tests
from tests.transfer.calibration.frozen import ABANDONED, DECLINED, DELIVERED, STARTED, adopted, card

pytestmark = pytest.mark.django_db
Level: TypeAlias = float | Interval | None
MET, UNMET, UNKNOWN = State.MET, State.UNMET, State.UNKNOWN
NOTHING = (None,) * 5
TRIVIAL = "nearly trivial: in place wherever it was delivered, and nearly everywhere else"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Read what is said in English."""
    with override("en"):
        yield


def of_the_only_practice() -> PracticeTests:
    (found,) = practice_tests(sorted_adoptions()[0].cases)
    return found


def condition(delivered: list[State], abandoned: list[State]) -> ClaimTest:
    """Test the card's one condition, delivered and abandoned with these states of it."""
    card()
    for state in delivered:
        adopted(DELIVERED, *NOTHING, will=state)
    for state in abandoned:
        adopted(ABANDONED, *NOTHING, will=state)
    (found,) = of_the_only_practice().conditions
    return found


def criterion(delivered: list[Level], abandoned: list[Level]) -> ClaimTest:
    """Test the criterion of need, delivered and abandoned with these levels of it."""
    card()
    for stages, levels in ((DELIVERED, delivered), (ABANDONED, abandoned)):
        for level in levels:
            adopted(stages, level, *NOTHING[1:])
    return next(one for one in of_the_only_practice().criteria if one.subject.key == "need")


def test_a_condition_that_was_missing_once_is_not_necessary_and_the_deviant_case_is_named() -> None:
    found = condition([MET, MET, UNMET, UNKNOWN], [UNMET, MET])
    # Known in five: delivered 1, 1, 0; abandoned 0, 1. Consistency 2/3, coverage 2/3, RoN 2/3.
    assert found.n == 5
    assert found.measures == ((0.666666667,) * 2,) * 3
    (deviant,) = found.deviant
    assert deviant.is_delivered
    assert "unmet" in deviant.adoption.plan.assessment.result_json
    assert str(found.reading) == "not necessary here: delivered also where it was missing or weak"


def test_a_condition_that_is_nearly_everywhere_is_nearly_trivial() -> None:
    found = condition([MET, MET], [MET, MET, UNMET])
    assert (found.consistency, found.coverage, found.relevance) == (
        (1.0, 1.0),
        (0.5, 0.5),
        (0.333333333, 0.333333333),  # one without it, of three that do not have both
    )
    assert (str(found.reading), found.deviant) == (TRIVIAL, ())


def test_a_condition_that_goes_with_delivery_alone_is_necessary_here() -> None:
    found = condition([MET, MET], [UNMET, UNMET])
    assert found.measures == ((1.0, 1.0),) * 3
    assert str(found.reading) == "in place wherever it was delivered, and less often elsewhere"


def test_one_deviant_case_among_ten_is_told() -> None:
    found = condition([MET] * 9 + [UNMET], [UNMET, UNMET])
    assert (found.consistency, found.relevance) == ((0.9, 0.9), (1.0, 1.0))
    assert str(found.reading) == "in place almost wherever it was delivered, and less often elsewhere"
    assert len(found.deviant) == 1


@pytest.mark.parametrize(
    ("delivered", "abandoned", "n"),
    [([MET], [UNMET, UNMET], 3), ([MET, MET], [UNMET], 3), ([MET, UNKNOWN], [UNMET, UNMET], 3)],
)
def test_with_fewer_than_two_of_either_outcome_nothing_is_tested(
    delivered: list[State], abandoned: list[State], n: int
) -> None:
    found = condition(delivered, abandoned)
    assert (found.n, found.measures, found.deviant) == (n, (None, None, None), ())
    assert str(found.reading) == "too few to test"


def test_a_value_that_was_an_interval_gives_intervals() -> None:
    found = criterion([(3, 4), 5, None], [(1, 2), (0, 1)])
    # Values: delivered 0.6 to 0.8 and 1, abandoned 0.2 to 0.4 and 0 to 0.2.
    assert found.n == 4
    assert found.consistency == (0.8, 0.9)  # 1.6 / 2 and 1.8 / 2
    assert found.coverage == (0.727272727, 0.9)  # 1.6 / 2.2 and 1.8 / 2
    assert found.relevance == (0.727272727, 0.916666667)  # 1.6 / 2.2 and 2.2 / 2.4
    assert str(found.reading) == "not settled: what was known then is too wide"
    # The least of the delivered is 0.6, the greatest of the abandoned 0.4: 0.4 and -0.4 as ratings.
    assert found.separation == Separation(0.8, "strong")
    assert str(found.parting) == "parts them strongly"


def test_a_relevance_that_may_be_high_or_low_settles_nothing() -> None:
    found = criterion([5, 5], [(0, 4), 2])
    # Values: delivered 1 and 1, abandoned 0 to 0.8 and 0.4. RoN (0.2 + 0.6) / 2 and (1 + 0.6) / 2.
    assert (found.consistency, found.relevance) == ((1.0, 1.0), (0.4, 0.8))
    assert str(found.reading) == "not settled: what was known then is too wide"


@pytest.mark.parametrize(
    ("delivered", "abandoned", "words"),
    [
        ([2, 2], [1, 0], "parts them weakly"),
        ([5, 2], [1, 3], "does not part them"),
        ([3, 3], [3, 3], "does not part them"),
        ([(1, 5), 4], [2, 0], "does not part them"),
        ([5, None], [0, 0], "too few to test"),
    ],
)
def test_a_criterion_parts_what_was_delivered_from_what_was_abandoned(
    delivered: list[Level], abandoned: list[Level], words: str
) -> None:
    assert str(criterion(delivered, abandoned).parting) == words


def test_a_value_that_was_zero_everywhere_has_no_measures_to_show() -> None:
    found = criterion([0, 0], [0, 0])
    assert (found.consistency, found.coverage, found.relevance) == ((0.0, 0.0), None, (1.0, 1.0))
    assert str(found.reading) == "not necessary here: delivered also where it was missing or weak"
    assert len(found.deviant) == 2


def test_only_practices_with_both_outcomes_are_tested() -> None:
    card()
    card("other", "Other")
    adopted(DELIVERED, *NOTHING)
    adopted(DELIVERED, *NOTHING, slug="other")
    adopted(DECLINED, *NOTHING)
    adopted(STARTED, *NOTHING)
    assert practice_tests(sorted_adoptions()[0].cases) == ()
    adopted(ABANDONED, *NOTHING)
    found = of_the_only_practice()
    assert (found.slug, found.delivered, found.abandoned, found.is_testable) == ("own", 1, 1, False)
