"""How the anticipated classes turned out: who counts where, by counts worked out by hand."""

from __future__ import annotations

import pytest

from sadzonka.practices.models import Version
from sadzonka.transfer.calibration.cases import sorted_adoptions
from sadzonka.transfer.calibration.classes import ClassRow, class_rows
from sadzonka.transfer.models import Assessment, Judgement
from tests import factories
from tests.transfer.calibration.frozen import (
    ABANDONED,
    DAY,
    DECLINED,
    DELIVERED,
    GIVEN_UP,
    STARTED,
    SUSTAINED,
    adopted,
    card,
    from_a_source,
)

pytestmark = pytest.mark.django_db
ONE, TWO, THREE, FOUR = ((level,) * 5 for level in (1, 2, 3, 4))  # distant, possible, good, strong


def delivered() -> tuple[ClassRow, ...]:
    return class_rows((case, case.is_delivered) for case in sorted_adoptions()[0].cases)


def sustained() -> tuple[ClassRow, ...]:
    return class_rows((case, case.is_sustained) for case in sorted_adoptions()[0].cases)


def counted(rows: tuple[ClassRow, ...], end: int = 0) -> list[tuple[int, int, int]]:
    """Return how many came that far, of how many, and how many are under way, class by class."""
    found = [row.counts[end].outcome for row in rows]
    return [(one.k, one.n, one.n_open) for one in found]


def test_each_class_counts_what_was_delivered_of_what_was_settled() -> None:
    card()
    for stages, levels in (
        (ABANDONED, ONE),
        (DELIVERED, TWO),
        (ABANDONED, TWO),
        (SUSTAINED, THREE),
        (GIVEN_UP, THREE),
        (STARTED, THREE),
    ):
        adopted(stages, *levels)
    assert counted(delivered()) == counted(delivered(), 1) == [(0, 1, 0), (1, 2, 0), (2, 2, 1), (0, 0, 0)]
    assert counted(sustained()) == [(0, 1, 0), (0, 1, 1), (1, 2, 1), (0, 0, 0)]


def test_a_class_interval_counts_by_each_of_its_ends() -> None:
    card()
    adopted(DELIVERED, 4, 4, 4, 4, None)  # a score of 0.64 to 0.84: good to strong
    assert counted(delivered(), 0) == [(0, 0, 0), (0, 0, 0), (1, 1, 0), (0, 0, 0)]
    assert counted(delivered(), 1) == [(0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 1, 0)]


def test_who_never_tried_and_who_anticipated_nothing_is_counted_apart() -> None:
    card()
    adopted(DELIVERED, *THREE)
    adopted(DECLINED, *THREE)
    adopted(STARTED, *THREE)
    from_a_source("decided", "delivered")
    from_a_source("declined", code="300103")
    found, invented = sorted_adoptions()
    assert (found.count, len(found.settled), found.under_way) == (5, 1, 1)
    assert (found.declined, found.without_assessment, found.without_record) == (1, 2, 0)
    assert invented.count == 0


def test_an_assessment_that_is_not_frozen_or_was_changed_since_does_not_count() -> None:
    card()
    adopted(DELIVERED, *THREE, state=Assessment.State.STORED)
    changed = adopted(DELIVERED, *THREE).plan.assessment
    Assessment.objects.filter(pk=changed.pk).update(input_json=changed.input_json.replace("300101", "300102"))
    found, _invented = sorted_adoptions()
    assert (found.cases, found.without_record) == ((), 2)


def test_what_is_known_today_changes_nothing() -> None:
    version = card()
    adopted(DELIVERED, *ONE)
    Judgement.objects.create(
        municipality=factories.municipality(),
        practice=version.practice,
        criterion_key="need",
        low=5,
        high=5,
        reason=factories.words("Because"),
        judged_on=DAY,
    )
    Version.objects.filter(pk=version.pk).update(thresholds=[0.01, 0.02, 0.03])
    assert counted(delivered()) == [(1, 1, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]


def test_invented_adoptions_never_count_with_real_ones() -> None:
    card()
    adopted(DELIVERED, *THREE)
    adopted(ABANDONED, *THREE, code="999901")
    real, invented = sorted_adoptions()
    assert [[case.is_delivered for case in one.cases] for one in (real, invented)] == [[True], [False]]


def test_an_adoption_of_a_card_that_nobody_could_read_is_not_told() -> None:
    card()
    adopted(DELIVERED, *THREE)
    Version.objects.filter(practice__slug="own").update(state=Version.State.REVIEWED)
    assert [one.count for one in sorted_adoptions()] == [0, 0]


# --- rates


def test_under_ten_there_is_no_rate() -> None:
    card()
    for stages in (DELIVERED,) * 8 + (ABANDONED,):
        adopted(stages, *THREE)
    (_distant, _possible, good, _strong) = delivered()
    assert (good.by_lower.outcome.k, good.by_lower.outcome.n) == (8, 9)
    assert (good.by_lower.interval_percent, good.by_lower.pooled_percent) == (None, "")


def test_from_ten_on_the_rate_has_its_interval() -> None:
    card()
    for stages in (DELIVERED,) * 8 + (ABANDONED,) * 2:
        adopted(stages, *THREE)
    (_distant, _possible, good, _strong) = delivered()
    # Wilson for 8 of 10: 0.4902 to 0.9433 (Newcombe 1998, method 3).
    assert (good.by_lower.interval_percent, good.by_lower.pooled_percent) == (("49", "95"), "80")


def test_classes_that_contradict_their_order_are_taken_together() -> None:
    card()
    for levels, k in ((TWO, 9), (THREE, 3)):
        for stages in (DELIVERED,) * k + (ABANDONED,) * (10 - k):
            adopted(stages, *levels)
    (_distant, possible, good, _strong) = delivered()
    assert [one.by_lower.pooled_percent for one in (possible, good)] == ["60", "60"]  # 12 of 20
