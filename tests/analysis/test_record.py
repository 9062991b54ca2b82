"""Records, their fingerprints, and results computed again from a record alone."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    METHOD,
    Alternative,
    Clause,
    Criterion,
    Facts,
    Method,
    MethodError,
    Practice,
    State,
    WeightSet,
    analyse,
    canonical,
    fingerprint,
    input_record,
    practice,
    recompute,
    result,
    result_record,
)
from sadzonka.analysis.record import Record
from tests.analysis.strategies import IDENTITY, RISING, facts_about, often, practices, weight_sets

WILL = Practice((Clause("who", (Alternative("agreement"),)),), (Criterion("will", "support", 1, RISING),))
KNOWN = Facts({"agreement": State.MET}, {"will": (2, 3)})

FIGURES = [
    {"indicator": "unemployment", "period": "2024", "value": 7.25, "release": "a1"},
    {"indicator": "people over 65", "period": "2024", "value": 21.0, "release": "a1"},
]


def recorded(**changes: Any) -> Record:
    """Make an input record with some entries changed."""
    entries = {
        "municipality": "PL 300101",
        "on": date(2026, 5, 4),
        "practice_version": "nursery 2",
        "practice": WILL,
        "facts": KNOWN,
        "weights": WeightSet.simplex(),
        "method": METHOD,
        "observations": FIGURES,
        "answers": {"conditions": {"agreement": {"state": "met"}}, "questions": {"will": [2, 3]}},
    }
    return input_record(**{**entries, **changes})


def test_fingerprint_is_the_hash_of_canonical_json() -> None:
    # printf '{"a":[1,0.1],"\u0142":"x"}' | sha256sum
    assert fingerprint({"ł": "x", "a": (1.0, 0.1)}) == (
        "3fc93e28467dffd179994c9b88cf695686eecd507b1db4dcda571d86f8279f5c"
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_canonical_json_carries_a_number_exactly(number: float) -> None:
    assert float(json.loads(canonical({"number": number}))["number"]) == number


def test_the_fingerprint_is_that_of_the_text_that_is_stored() -> None:
    text = canonical(recorded())
    assert hashlib.sha256(text.encode()).hexdigest() == fingerprint(recorded())
    assert canonical(json.loads(text)) == text


def test_order_of_observations_and_answers_is_irrelevant() -> None:
    answers = {"questions": {"will": (2.0, 3.0)}, "conditions": {"agreement": {"state": "met"}}}
    other = recorded(observations=FIGURES[::-1], answers=answers)
    assert fingerprint(other) == fingerprint(recorded())


@pytest.mark.parametrize(
    "change",
    [
        {"municipality": "IT 300101"},
        {"on": date(2026, 5, 5)},
        {"practice_version": "nursery 3"},
        {"weights": WeightSet.ranked(DIMENSIONS)},
        {"weights": WeightSet.bounded({"need": 0.2})},
        {"observations": FIGURES[:1]},
        {"answers": {}},
        {"facts": Facts()},
        {"practice": Practice(WILL.clauses, WILL.criteria, thresholds=(0.4, 0.5, 0.6))},
        {"method": Method(robust_share=0.9)},
    ],
)
def test_every_input_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert fingerprint(recorded(**change)) != fingerprint(recorded())


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"value": float("nan")}, "value"),
        ({"values": [1.0, float("inf")]}, "values"),
        ({"held_on": date(2026, 5, 4)}, "held_on"),
        ({"state": State.MET}, "state"),
        ({"count": 2**53}, "record"),
    ],
)
def test_what_json_cannot_carry_is_refused_by_name(record: dict[str, Any], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        fingerprint(record)
    assert caught.value.name == name


def test_result_is_plain_json_in_words_and_numbers() -> None:
    run = Clause("run", (Alternative("agreement", changed_by="municipality"), Alternative("centre")))
    practice = Practice((run,), (Criterion("trust", "readiness", 1, IDENTITY),), floors=(("readiness", 0.5),))
    record = result_record(analyse(practice, Facts({"centre": State.UNMET}, {"trust": (1 / 3, 0.4)})))
    assert json.loads(json.dumps(record)) == record
    assert record == {
        "method_version": "1.0",
        "weights": {"kind": "simplex"},
        "gate": "to_verify",
        "clauses": [
            {
                "key": "run",
                "state": "unknown",
                "changed_by": ["municipality"],
                "alternatives": {"agreement": "unknown", "centre": "unmet"},
            }
        ],
        "criteria": [
            {
                "key": "trust",
                "dimension": "readiness",
                "weight": 1.0,
                "value": [0.333333333, 0.4],
                "is_known": True,
            }
        ],
        "dimensions": {
            "need": [0.0, 1.0],
            "fit": [0.0, 1.0],
            "readiness": [0.333333333, 0.4],
            "feasibility": [0.0, 1.0],
            "support": [0.0, 1.0],
        },
        "score": [0.066666667, 0.88],
        "shares": record["shares"],
        "class": ["distant", "possible"],
        "under_floor": [["readiness"], ["readiness"]],
        "completeness": 0.2,
        "weighting_bounds": [0.0, 1.0],
        "is_robustly_good": False,
        "is_possibly_good": False,
        "standing": 2,
    }
    assert [one["threshold"] for one in record["shares"]] == [0.35, 0.55, 0.75]
    assert fingerprint(record) == fingerprint(json.loads(json.dumps(record)))


# --- computed again from the record alone


def record_for(practice: Practice, known: Facts, weights: WeightSet, method: Method) -> Record:
    return recorded(practice=practice, facts=known, weights=weights, method=method)


@often
@given(st.data(), practices(), weight_sets(), st.sampled_from([METHOD, Method("1.0", 0.7, 0.2)]))
def test_a_record_that_was_stored_gives_its_result_again(
    data: st.DataObject, practice: Practice, weights: WeightSet, method: Method
) -> None:
    known = data.draw(facts_about(practice))
    stored = canonical(record_for(practice, known, weights, method))
    again = canonical(recompute(json.loads(stored)))
    assert again == canonical(result_record(analyse(practice, known, weights, method)))


def test_weights_that_no_decimal_writes_are_kept_exactly() -> None:
    thirds = tuple(Criterion(f"third {i}", "need", 1 / 3, RISING) for i in range(3))
    practice, known = Practice((), thirds), Facts(readings={one.key: (5, 5) for one in thirds})
    weights = WeightSet.bounded({"need": 1 / 7, "support": 1 / 3})
    again = recompute(json.loads(canonical(record_for(practice, known, weights, METHOD))))
    assert again == result_record(analyse(practice, known, weights))


def test_a_new_default_changes_no_old_result(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = canonical(recorded())
    before = canonical(recompute(json.loads(stored)))
    monkeypatch.setattr(result, "METHOD", Method(robust_share=0.0, possible_share=1.0))
    monkeypatch.setattr(practice, "DEFAULT_THRESHOLDS", (0.1, 0.2, 0.3))
    monkeypatch.setattr(practice, "LEVELS", (0.0, 9.0))
    assert result_record(analyse(WILL, KNOWN)) != json.loads(before)
    assert canonical(recompute(json.loads(stored))) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"method": {"version": "7.0"}}, "method: version '7.0' is none of 1.0"),
        ({"method": {"version": "1.0", "robust_share": 2}}, "robust_share: 2.0 is outside 0 to 1"),
        ({"method": {"edition": "1.0"}}, "is missing or wrong"),
        ({"practice": {}}, "record: 'clauses' is missing or wrong"),
        ({"practice": None}, "is missing or wrong"),
        ({"facts": {"states": {"agreement": "perhaps"}, "readings": {}}}, "'perhaps' is none of"),
        ({"facts": {"states": {}, "readings": {"will": [1, 2, 3]}}}, "will: (1, 2, 3) is not a pair"),
        ({"facts": {"states": {"other": "met"}, "readings": {}}}, "other: the practice has no such"),
        ({"weights": {"kind": "guessed"}}, "weights: 'guessed' is no kind of weight set"),
        ({"weights": {}}, "record: 'kind' is missing or wrong"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(MethodError) as refusal:
        recompute({**recorded(), **change})
    assert said in str(refusal.value)
