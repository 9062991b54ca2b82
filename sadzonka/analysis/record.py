"""What is stored and handed on: plain records, their fingerprint, and the result computed again from one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import rfc8785

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.facts import Facts
from sadzonka.analysis.method import Method
from sadzonka.analysis.practice import DIMENSIONS, Alternative, Clause, Criterion, Practice
from sadzonka.analysis.result import Analysis, analyse
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.states import State
from sadzonka.analysis.value_function import ValueFunction
from sadzonka.analysis.weights import WeightSet

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Record: TypeAlias = dict[str, Json]


def canonical(record: Json) -> str:
    """Canonical JSON (RFC 8785) of a record: the same text for the same content, every number exactly.

    What JSON cannot carry exactly (not finite, whole numbers from 2**53, other types) raises `MethodError`.

    >>> canonical({"b": (1.0, 0.1), "a": None})
    '{"a":null,"b":[1,0.1]}'
    """
    try:
        return rfc8785.dumps(_plain("record", record)).decode()
    except rfc8785.CanonicalizationError as error:
        raise MethodError("record", str(error)) from error


def fingerprint(record: Json) -> str:
    """SHA-256, 64 hexadecimal digits, of the canonical JSON of a record; errors as in `canonical`.

    >>> fingerprint({"a": 0.1, "b": 1}) == fingerprint({"b": 1.0, "a": 0.1})
    True
    """
    return hashlib.sha256(canonical(record).encode()).hexdigest()


def practice_record(practice: Practice) -> Record:
    """All that the computation needs of a practice.

    >>> practice_record(Practice((), (), floors=(("need", 0.3),)))["floors"]
    {'need': 0.3}
    """
    return {
        "clauses": [
            {
                "key": clause.key,
                "alternatives": [
                    {"key": one.key, "changed_by": one.changed_by, "cost_class": one.cost_class}
                    for one in clause.alternatives
                ],
            }
            for clause in practice.clauses
        ],
        "criteria": [
            {
                "key": one.key,
                "dimension": one.dimension,
                "weight": one.weight,
                "points": [list(point) for point in one.value_function.points],
                "limits": list(one.limits) if one.limits else None,
            }
            for one in practice.criteria
        ],
        "floors": dict(practice.floors),
        "thresholds": list(practice.thresholds),
    }


def facts_record(facts: Facts) -> Record:
    """All that is known about a place; what is unknown is absent.

    >>> facts_record(Facts({"a": State.MET, "b": State.UNKNOWN}, {"will": (2, 3)}))
    {'states': {'a': 'met'}, 'readings': {'will': [2.0, 3.0]}}
    """
    return {
        "states": {key: state.word for key, state in facts.states.items() if state is not State.UNKNOWN},
        "readings": {key: list(reading) for key, reading in facts.readings.items()},
    }


def input_record(
    *,
    municipality: str,
    on: date,
    practice_version: str,
    practice: Practice,
    facts: Facts,
    weights: WeightSet,
    method: Method,
    observations: Iterable[Mapping[str, Json]],
    answers: Mapping[str, Json],
) -> Record:
    """All that an analysis rests on: its fingerprint identifies it, and `recompute` needs nothing else.

    `municipality` is country and code, as in "PL 300101". Where the facts come from is told by
    `observations`, records of the figures used, each with its release, in any order, and by `answers`.
    What JSON cannot carry exactly raises `MethodError`. Source: method, section 5.

    >>> from sadzonka.analysis.method import METHOD
    >>> from sadzonka.analysis.weights import SIMPLEX
    >>> figures = [{"indicator": "b", "value": 2.5}, {"indicator": "a", "value": 7.0}]
    >>> record = input_record(municipality="PL 300101", on=date(2026, 5, 4), practice_version="nursery 2",
    ...     practice=Practice((), ()), facts=Facts(), weights=SIMPLEX, method=METHOD, observations=figures,
    ...     answers={})
    >>> record["date"], record["observations"][0]["indicator"], record["weights"]
    ('2026-05-04', 'a', {'kind': 'simplex'})
    """
    return {
        "method": method.as_record(),
        "municipality": municipality,
        "date": on.isoformat(),
        "practice_version": practice_version,
        "practice": practice_record(practice),
        "facts": facts_record(facts),
        "weights": weights_record(weights),
        "observations": sorted((_plain("observation", one) for one in observations), key=canonical),
        "answers": _plain("answers", answers),
    }


def result_record(analysis: Analysis) -> Record:
    """All that an analysis found, in words and numbers to 9 decimals; intervals are [lower, upper].

    >>> record = result_record(analyse(Practice((), ()), Facts()))
    >>> record["gate"], record["class"], record["shares"][1]
    ('open', ['distant', 'strong'], {'threshold': 0.55, 'share': [0.0, 1.0]})
    """
    return {
        "method_version": analysis.method.version,
        "weights": weights_record(analysis.weights),
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


def recompute(record: Mapping[str, Json]) -> Record:
    """Return the result record that belongs to an input record, computed from nothing but that record.

    Errors as in `analysis_of`.

    >>> from sadzonka.analysis.method import METHOD
    >>> from sadzonka.analysis.weights import SIMPLEX
    >>> record = input_record(municipality="PL 300101", on=date(2026, 5, 4), practice_version="nursery 2",
    ...     practice=Practice((), ()), facts=Facts(), weights=SIMPLEX, method=METHOD, observations=(),
    ...     answers={})
    >>> recompute(record) == result_record(analyse(Practice((), ()), Facts()))
    True
    """
    return result_record(analysis_of(record))


def analysis_of(record: Mapping[str, Json]) -> Analysis:
    """Analyse again what an input record holds, by its own method, weights, practice and facts.

    Today's defaults are not asked. A method version that this code does not know, and a record that is
    not whole, raise `MethodError`.

    >>> analysis_of({"method": {"version": "7.0"}})
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: method: version '7.0' is none of 1.0
    >>> analysis_of({})
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: record: 'method' is missing or wrong
    """
    whole: Any = record  # every entry is checked by what is built from it
    try:
        method = Method(**whole["method"])
        practice = practice_of(record)
        facts = facts_of(record)
        weights = weights_of(whole["weights"])
    except MethodError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MethodError("record", f"{error} is missing or wrong") from error
    return analyse(practice, facts, weights, method)


def practice_of(record: Mapping[str, Json]) -> Practice:
    """Return the practice that an input record holds; a record without one raises `KeyError`.

    >>> practice_of({"practice": practice_record(Practice((), (), floors=(("need", 0.3),)))}).floors
    (('need', 0.3),)
    """
    whole: Any = record["practice"]
    return Practice(
        clauses=tuple(
            Clause(clause["key"], tuple(Alternative(**one) for one in clause["alternatives"]))
            for clause in whole["clauses"]
        ),
        criteria=tuple(
            Criterion(
                one["key"],
                one["dimension"],
                one["weight"],
                ValueFunction(tuple((x, value) for x, value in one["points"])),
                limits=tuple(one["limits"]) if one["limits"] else None,
            )
            for one in whole["criteria"]
        ),
        floors=tuple(sorted(whole["floors"].items())),
        thresholds=tuple(whole["thresholds"]),
    )


def facts_of(record: Mapping[str, Json]) -> Facts:
    """Return the facts that an input record holds; a record without them raises `KeyError`.

    >>> facts_of({"facts": facts_record(Facts({"a": State.MET}))}).states["a"].word
    'met'
    """
    whole: Any = record["facts"]
    return Facts(
        states={key: State.from_word(word) for key, word in whole["states"].items()},
        readings={key: tuple(reading) for key, reading in whole["readings"].items()},
    )


def weights_record(weights: WeightSet) -> Record:
    """Return what is known about the weights as records carry it.

    >>> weights_record(WeightSet.ranked(DIMENSIONS))["order"][0]
    'need'
    """
    if weights.kind == "ranked":
        return {"kind": weights.kind, "order": list(weights.order)}
    if weights.kind == "bounded":
        return {"kind": weights.kind, "bounds": dict(zip(DIMENSIONS, weights.bounds, strict=True))}
    return {"kind": weights.kind}


def weights_of(record: Mapping[str, Any]) -> WeightSet:
    """Return the weight set that a record holds; another kind raises `MethodError`.

    >>> weights_of({"kind": "bounded", "bounds": {"need": 0.5}}).centroid[0]
    0.6
    """
    kind = record["kind"]
    if kind == "ranked":
        return WeightSet.ranked(tuple(record["order"]))
    if kind == "bounded":
        return WeightSet.bounded(record["bounds"])
    if kind == "simplex":
        return WeightSet.simplex()
    raise MethodError("weights", f"{kind!r} is no kind of weight set")


def _plain(name: str, value: Json) -> Json:
    """Return the same as plain JSON; name the entry that JSON cannot carry."""
    if isinstance(value, float):
        return finite_number(name, value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(str(key), one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(name, one) for one in value]
    raise MethodError(name, f"{value!r} has no place in a record")
