"""What is stored and handed on: plain records, and the fingerprint of one (method, section 5)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import rfc8785

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.practice import DIMENSIONS
from sadzonka.analysis.result import Analysis
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.weights import WeightSet

METHOD_VERSION = "1.0"

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Record: TypeAlias = dict[str, Json]


def fingerprint(record: Mapping[str, Json]) -> str:
    """SHA-256, 64 hexadecimal digits, of the canonical JSON (RFC 8785) of a record.

    Floats count to 9 decimals; the order of keys is irrelevant. What JSON cannot carry exactly (not
    finite, whole numbers from 2**53, other types) raises `MethodError`.

    >>> fingerprint({"a": 0.1, "b": 1}) == fingerprint({"b": 1.0, "a": 0.1 + 1e-12})
    True
    """
    return hashlib.sha256(_canonical(record)).hexdigest()


def input_record(
    *,
    municipality: str,
    on: date,
    practice_version: str,
    weights: WeightSet,
    observations: Iterable[Mapping[str, Json]],
    answers: Mapping[str, Json],
) -> Record:
    """All that an assessment rests on; its fingerprint identifies the assessment.

    `municipality` is country and code, as in "PL 300101"; `observations` are records of the figures used,
    each with its release, in any order; `answers` go by key. Observations that JSON cannot carry exactly
    raise `MethodError`. Source: method, section 5.

    >>> from sadzonka.analysis.weights import SIMPLEX
    >>> figures = [{"indicator": "b", "value": 2.5}, {"indicator": "a", "value": 7.0}]
    >>> record = input_record(municipality="PL 300101", on=date(2026, 5, 4), practice_version="nursery 2",
    ...     weights=SIMPLEX, observations=figures, answers={"agreement": "met"})
    >>> record["date"], record["observations"][0]["indicator"], record["weights"]
    ('2026-05-04', 'a', {'kind': 'simplex'})
    """
    return {
        "method_version": METHOD_VERSION,
        "municipality": municipality,
        "date": on.isoformat(),
        "practice_version": practice_version,
        "weights": _weights_record(weights),
        "observations": sorted((_rounded("observation", one) for one in observations), key=_canonical),
        "answers": _rounded("answers", answers),
    }


def result_record(analysis: Analysis) -> Record:
    """All that an analysis found, in words and numbers to 9 decimals; intervals are [lower, upper].

    >>> from sadzonka.analysis.facts import Facts
    >>> from sadzonka.analysis.practice import Practice
    >>> from sadzonka.analysis.result import analyse
    >>> record = result_record(analyse(Practice((), ()), Facts()))
    >>> record["gate"], record["class"], record["shares"][1]
    ('open', ['distant', 'strong'], {'threshold': 0.55, 'share': [0.0, 1.0]})
    """
    return {
        "method_version": METHOD_VERSION,
        "weights": _weights_record(analysis.weights),
        "gate": analysis.gate.word,
        "clauses": [
            {
                "key": clause.key,
                "state": clause.state.word,
                "changed_by": list(clause.changed_by),
                "alternatives": {one.alternative.key: one.state.word for one in clause.alternatives},
            }
            for clause in analysis.clauses
        ],
        "criteria": [
            {
                "key": one.criterion.key,
                "dimension": one.criterion.dimension,
                "weight": round(one.criterion.weight, DECIMALS),
                "value": list(one.value),
                "is_known": one.is_known,
            }
            for one in analysis.criteria
        ],
        "dimensions": dict(zip(DIMENSIONS, map(list, analysis.dimensions), strict=True)),
        "score": list(analysis.score),
        "shares": [
            {"threshold": threshold, "share": list(share)}
            for threshold, share in zip(analysis.thresholds, analysis.shares, strict=True)
        ],
        "class": list(analysis.class_words),
        "under_floor": [list(names) for names in analysis.under_floor],
        "completeness": analysis.completeness,
        "weighting_bounds": list(analysis.weighting_bounds),
        "is_robustly_good": analysis.is_robustly_good,
        "is_possibly_good": analysis.is_possibly_good,
        "standing": analysis.standing,
    }


def _weights_record(weights: WeightSet) -> Record:
    if weights.kind == "ranked":
        return {"kind": weights.kind, "order": list(weights.order)}
    if weights.kind == "bounded":
        bounds = (round(bound, DECIMALS) for bound in weights.bounds)
        return {"kind": weights.kind, "bounds": dict(zip(DIMENSIONS, bounds, strict=True))}
    return {"kind": weights.kind}


def _canonical(record: Json) -> bytes:
    try:
        return rfc8785.dumps(_rounded("record", record))
    except rfc8785.CanonicalizationError as error:
        raise MethodError("record", str(error)) from error


def _rounded(name: str, value: Json) -> Json:
    """Return the same with every float to 9 decimals; name the entry that JSON cannot carry."""
    if isinstance(value, float):
        return round(finite_number(name, value), DECIMALS)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {key: _rounded(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(name, one) for one in value]
    raise MethodError(name, f"{value!r} has no place in a record")
