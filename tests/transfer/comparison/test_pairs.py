"""Two practices compared, with shares that can be worked out on paper.

With only two dimensions in which they differ, by d1 > 0 and -d2 < 0, the one scores more where
w1 / (w1 + w2) > d2 / (d1 + d2); that ratio is uniform on 0 to 1, so the share is d1 / (d1 + d2).
"""

from __future__ import annotations

import pytest

from sadzonka.practices.models import Version
from sadzonka.transfer.comparison.pairs import Pair, pair_of
from sadzonka.transfer.comparison.ranks import rank_lines
from sadzonka.transfer.queries import knowledge_of, outlook, outlooks
from tests import factories
from tests.transfer.comparison.cards import card, only

pytestmark = pytest.mark.django_db


def compared(one: Version, other: Version) -> Pair:
    knowledge = knowledge_of(factories.municipality())
    return pair_of(outlook(one, knowledge), outlook(other, knowledge))


def test_the_share_is_what_paper_says_and_the_sure_difference_decides() -> None:
    pair = compared(card("one", "One", 5, 2, 3, 3, 3), card("two", "Two", 2, 3, 3, 3, 3))
    assert [one.better for one in pair.sides] == [(0.75, 0.75), (0.25, 0.25)]  # 0.6 against 0.2
    assert [one.percent for one in pair.sides] == [("75", "75"), ("25", "25")]
    assert pair.decides
    assert (pair.decides.dimension, pair.decides.sure_difference, pair.decides.ahead) == (
        "need",
        0.6,
        pair.first,
    )
    assert (pair.is_certain, pair.ahead, pair.is_equal, pair.is_undecided, pair.most_open) == (
        True,
        None,
        False,
        False,
        None,
    )


def test_what_is_not_known_makes_the_share_an_interval() -> None:
    pair = compared(card("one", "One", 5, None, 3, 3, 3), card("two", "Two", 2, 3, 3, 3, 3))
    # At worst fit differs by -0.6: 0.6 / 1.2; at best by +0.4: nothing speaks against it.
    assert [one.better for one in pair.sides] == [(0.5, 1.0), (0.0, 0.5)]
    assert pair.most_open
    assert (pair.most_open.dimension, pair.most_open.difference) == ("fit", (-0.6, 0.4))
    assert [one.is_unknown for one in pair.most_open.sides] == [True, False]
    assert (pair.is_certain, pair.ahead, pair.is_undecided) == (False, None, False)


def test_a_share_in_per_cent_is_never_more_certain_than_it_is() -> None:
    pair = compared(card("one", "One", 5, 2, 3, 3, 3), card("two", "Two", 3, 3, 3, 3, 3))
    assert [one.better for one in pair.sides] == [(0.666666667, 0.666666667), (0.333333333, 0.333333333)]
    assert [one.percent for one in pair.sides] == [("66", "67"), ("33", "34")]


def test_one_that_is_nowhere_lower_is_ahead_whatever_the_weights() -> None:
    pair = compared(card("one", "One", 3, 3, 3, 3, 4), card("two", "Two", 3, 3, 3, 3, 3))
    assert (pair.ahead, pair.behind) == (pair.first, pair.second)
    assert [one.better for one in pair.sides] == [(1.0, 1.0), (0.0, 0.0)]


def test_the_second_may_be_the_one_ahead() -> None:
    pair = compared(card("one", "One", 3, 3, 3, 3, 3), card("two", "Two", 3, 3, 3, 3, 4))
    assert (pair.ahead, pair.behind) == (pair.second, pair.first)


def test_equal_ones_have_no_share_at_all() -> None:
    pair = compared(card("one", "One", 3, 3, 3, 3, 3), card("two", "Two", 3, 3, 3, 3, 3))
    assert [one.better for one in pair.sides] == [(0.0, 0.0), (0.0, 0.0)]
    assert (pair.is_equal, pair.ahead, pair.decides, pair.is_undecided) == (True, None, None, False)


def test_where_nothing_is_known_what_is_not_known_decides() -> None:
    unknown = (None,) * 5
    pair = compared(card("one", "One", *unknown), card("two", "Two", *unknown))
    assert [one.better for one in pair.sides] == [(0.0, 1.0), (0.0, 1.0)]
    assert (pair.is_undecided, pair.is_equal, pair.ahead, pair.decides) == (True, False, None, None)


def test_a_blocked_one_is_named_and_still_compared() -> None:
    pair = compared(
        card("one", "One", 5, 5, 5, 5, 5, gate="unmet"), card("two", "Two", 3, 3, 3, 3, 3, gate="")
    )
    assert (pair.blocked, pair.ahead) == ((pair.first,), pair.first)
    assert [one.is_open for one in pair.sides] == [False, False]


def test_the_shares_of_both_sum_to_one_where_all_is_known() -> None:
    pair = compared(card("one", "One", 5, 1, 4, 0, 2), card("two", "Two", 2, 3, 1, 5, 4))
    assert pair.first.better[0] + pair.second.better[0] == pytest.approx(1, abs=2e-9)


# --- among all practices


def test_expected_ranks_stand_in_alphabetical_order() -> None:
    card("one", "Żaba", 5, 2, 3, 3, 3)
    card("two", "zebra", 2, 3, 3, 3, 3)
    only("one", "two")
    lines = rank_lines(outlooks(knowledge_of(factories.municipality())))
    # 1 and the share of weightings for which the other scores more: 0.25, and 0.75.
    assert [(one.text.title, round(one.best, 9), round(one.worst, 9)) for one in lines] == [
        ("Żaba", 1.25, 1.25),
        ("zebra", 1.75, 1.75),
    ]
    assert [round(one.along[0], 9) for one in lines] == [0.25, 0.75]


def test_what_is_not_known_widens_the_rank() -> None:
    card("one", "One", 5, None, 3, 3, 3)
    card("two", "Two", 2, 3, 3, 3, 3)
    only("one", "two")
    lines = rank_lines(outlooks(knowledge_of(factories.municipality())))
    # One is at worst behind for half of the weightings and at best for none.
    assert [(round(one.best, 9), round(one.worst, 9)) for one in lines] == [(1.0, 1.5), (1.5, 2.0)]


def test_a_single_practice_has_no_rank() -> None:
    card("one", "One", 5, 2, 3, 3, 3)
    only("one")
    assert rank_lines(outlooks(knowledge_of(factories.municipality()))) == ()
