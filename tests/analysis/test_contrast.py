"""What a place has less than the origin of a practice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    LEVELS,
    Contrast,
    Criterion,
    Facts,
    MethodError,
    Practice,
    State,
    WeightSet,
    analyse,
    contrast,
)
from tests.analysis.strategies import FALLING, IDENTITY, RISING, facts_about, often, practices, weight_sets

PLAIN = Practice((), tuple(Criterion(name, name, 1, IDENTITY) for name in DIMENSIONS))


def losses(*found: Contrast) -> list[tuple[str, tuple[float, float]]]:
    return [(one.criterion.key, one.loss) for one in found]


def test_most_is_lost_where_the_sure_loss_is_greatest_then_the_possible_one() -> None:
    known = Facts(
        readings={"need": (0.5, 0.6), "fit": (0.2, 0.6), "readiness": (0.1, 0.1), "support": (1, 1)}
    )
    found = contrast(PLAIN, known, dict.fromkeys(DIMENSIONS, 0.8))
    assert losses(*found) == [
        ("readiness", (0.14, 0.14)),
        ("fit", (0.04, 0.12)),
        ("need", (0.04, 0.06)),
        ("feasibility", (-0.04, 0.16)),
        ("support", (-0.04, -0.04)),
    ]
    assert [one.is_sure for one in found] == [True, True, True, False, False]
    assert (found[3].origin, found[3].here) == (0.8, (0.0, 1.0))


def test_thirds_weigh_as_in_the_score() -> None:
    thirds = Criterion("a", "need", 1 / 3, IDENTITY), Criterion("b", "need", 2 / 3, IDENTITY)
    found = contrast(Practice((), thirds), Facts(readings={"a": (0, 0)}), {"a": 1, "b": 1})
    assert losses(*found) == [("a", (0.0666666, 0.0666666)), ("b", (0.0, 0.1333334))]  # whole millionths


def test_equal_losses_stand_in_the_order_of_the_practice() -> None:
    found = contrast(PLAIN, Facts(), dict.fromkeys(reversed(DIMENSIONS), 0.5))
    assert [one.criterion.key for one in found] == list(DIMENSIONS)


def test_criterion_without_a_reading_at_the_origin_is_not_compared() -> None:
    assert contrast(PLAIN, Facts(readings={"need": (0, 0)}), {}) == ()
    assert losses(*contrast(PLAIN, Facts(), {"fit": 0})) == [("fit", (-0.2, 0.0))]


def test_loss_is_counted_in_the_score_of_the_weight_set() -> None:
    criteria = (Criterion("a", "need", 0.25, RISING), Criterion("b", "need", 0.75, FALLING))
    known = Facts(readings={"a": (1, 1), "b": (3, 3)})
    found = contrast(Practice((), criteria), known, {"a": 5, "b": 0}, WeightSet.bounded({"need": 1}))
    assert losses(*found) == [("b", (0.45, 0.45)), ("a", (0.2, 0.2))]
    without = contrast(Practice((), criteria), known, {"b": 0}, WeightSet.bounded({"fit": 1}))
    assert str(without[0].loss) == "(0.0, 0.0)"


@often
@given(st.data(), weight_sets())
def test_losses_of_all_criteria_sum_to_what_parts_the_scores(data: st.DataObject, weights: WeightSet) -> None:
    practice = data.draw(practices())
    known = data.draw(facts_about(practice))
    origin = {one.key: data.draw(st.integers(0, 20)) / 4 for one in practice.criteria}
    there = analyse(practice, Facts(readings={key: (r, r) for key, r in origin.items()}), weights)
    here = analyse(practice, known, weights)
    found = contrast(practice, known, origin, weights)
    assert sum(one.loss[0] for one in found) == pytest.approx(there.score[1] - here.score[1], abs=2e-8)
    assert sum(one.loss[1] for one in found) == pytest.approx(there.score[0] - here.score[0], abs=2e-8)
    assert all(one.loss[0] <= one.loss[1] for one in found)


ONE = Practice((), (Criterion("will", "readiness", 1, RISING, LEVELS),))


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("trust: the practice has no such criterion", lambda: contrast(ONE, Facts(), {"trust": 1})),
        ("will: reading 6.0 to 6.0 is outside 0.0 to 5.0", lambda: contrast(ONE, Facts(), {"will": 6})),
        ("will: nan is not a finite number", lambda: contrast(ONE, Facts(), {"will": float("nan")})),
        ("law: the practice has no such alternative", lambda: contrast(ONE, Facts({"law": State.MET}), {})),
    ],
)
def test_wrong_input_is_refused_by_name(said: str, call: Callable[[], object]) -> None:
    with pytest.raises(MethodError) as refusal:
        call()
    assert str(refusal.value) == said
