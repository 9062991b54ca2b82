"""Records and their fingerprints."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sadzonka.analysis import (
    DIMENSIONS,
    Alternative,
    Clause,
    Criterion,
    Facts,
    MethodError,
    Practice,
    State,
    WeightSet,
    analyse,
    fingerprint,
    input_record,
    result_record,
)
from sadzonka.analysis.record import Record
from tests.analysis.strategies import IDENTITY

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
        "weights": WeightSet.simplex(),
        "observations": FIGURES,
        "answers": {"agreement": "met", "will": [2, 3]},
    }
    return input_record(**{**entries, **changes})


def test_fingerprint_is_the_hash_of_canonical_json() -> None:
    # printf '{"a":[1,0.333333333],"\u0142":"x"}' | sha256sum
    assert fingerprint({"ł": "x", "a": (1.0, 1 / 3)}) == (
        "e638a881bfdb4767fa178b294c8a50cd4bf60ee99942596188faf521981e855c"
    )


def test_order_of_observations_and_answers_is_irrelevant() -> None:
    other = recorded(observations=FIGURES[::-1], answers={"will": (2.0, 3.0), "agreement": "met"})
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
