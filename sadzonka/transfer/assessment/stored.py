"""An assessment as it was stored: its analysis rebuilt from its record, and the check that it still holds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sadzonka import analysis
from sadzonka.analysis import MethodError, Record
from sadzonka.analysis.agreement import Ipras, ipras
from sadzonka.common.words import Words
from sadzonka.places.models import Indicator, Observation, Release
from sadzonka.places.queries import Figure
from sadzonka.places.series.points import COMPUTED, computed_release
from sadzonka.practices.models import Criterion
from sadzonka.transfer.assessment.panels import judgement_reason, verdict
from sadzonka.transfer.assessment.queries import questions_of
from sadzonka.transfer.models import Assessment, Finding, Judgement
from sadzonka.transfer.queries import NO_ANSWERS, Knowledge, Outlook


@dataclass(frozen=True, slots=True)
class Check:
    """Whether the record still has its hash, and whether it gives its result again, computed just now."""

    has_same_hash: bool
    has_same_result: bool
    complaint: str = ""

    @property
    def is_good(self) -> bool:
        return self.has_same_hash and self.has_same_result


def has_its_hash(assessment: Assessment) -> bool:
    """Say whether what an assessment rests on is as it was when it was stored."""
    return hashlib.sha256(assessment.input_json.encode()).hexdigest() == assessment.input_hash


def check(assessment: Assessment) -> Check:
    """Compute a stored assessment again from its record alone and compare, byte by byte."""
    has_same_hash = has_its_hash(assessment)
    try:
        again = analysis.canonical(analysis.recompute(json.loads(assessment.input_json)))
    except (MethodError, ValueError) as error:
        return Check(has_same_hash, has_same_result=False, complaint=str(error))
    return Check(has_same_hash, has_same_result=again == assessment.result_json)


def public_record(assessment: Assessment) -> dict[str, Any]:
    """Return a stored assessment as data: all that went in, what came out, the hash. No person is named."""
    return {
        "assessment": assessment.pk,
        "state": assessment.state,
        "stored_on": assessment.stored_on,
        "hash": assessment.input_hash,
        "hash_is": "SHA-256 of the canonical JSON (RFC 8785) of `input`",
        "share_is": "a share of weightings of the five dimensions, not a probability of success",
        "input": json.loads(assessment.input_json),
        "result": json.loads(assessment.result_json),
    }


@dataclass(frozen=True, slots=True)
class PanelLine:
    """What people answered to one question, as everybody may read it: no level by group, no reason."""

    criterion: Criterion
    n: int
    unknown: int
    interval: tuple[float, float] | None
    verdict: str
    ipras: Ipras | None


def panel_lines(assessment: Assessment) -> list[PanelLine]:
    """Return what the panel answered to each question, from the record."""
    found = json.loads(assessment.input_json)["answers"].get("panel", {"questions": {}})["questions"]
    return [
        PanelLine(
            criterion=question,
            n=one["n"],
            unknown=one["do_not_know"],
            interval=tuple(one["interval"]) if one["interval"] else None,
            verdict=verdict(one["n"], is_agreement=one["is_agreement"]),
            ipras=ipras(one["levels"]),
        )
        for question in questions_of(assessment.version)
        if (one := found.get(question.key))
    ]


def stored_outlook(assessment: Assessment) -> Outlook:
    """Return a stored analysis as its page shows it, from its record; today's knowledge is not asked."""
    record: Record = json.loads(assessment.input_json)
    return Outlook(
        version=assessment.version,
        knowledge=_knowledge(assessment, record),
        model=analysis.practice_of(record),
        facts=analysis.facts_of(record),
        analysis=analysis.analysis_of(record),
        answers=NO_ANSWERS,
    )


def _knowledge(assessment: Assessment, record: Any) -> Knowledge:
    practice, answers = assessment.practice_id, record["answers"]
    return Knowledge(
        municipality=assessment.municipality,
        day=dt.date.fromisoformat(record["date"]),
        figures={figure.indicator.pk: figure for figure in _figures(record["observations"])},
        findings={
            (practice, key): Finding(
                alternative_key=key,
                state=one["state"],
                source=Words(one["source"]),
                found_on=dt.date.fromisoformat(one["found_on"]),
            )
            for key, one in answers["conditions"].items()
            if "source" in one
        },
        judgements={
            (practice, key): Judgement(
                criterion_key=key,
                low=one["low"],
                high=one["high"],
                reason=_reason(key, one, answers),
                judged_on=dt.date.fromisoformat(one["judged_on"]),
            )
            for key, one in answers["questions"].items()
            if "judged_on" in one
        },
    )


def _reason(key: str, judged: Mapping[str, Any], answers: Mapping[str, Any]) -> Words:
    """Return why a judgement says what it says: its own reason, or what the panel said together."""
    if "reason" in judged:
        return Words(judged["reason"])
    found = answers["panel"]["questions"][key]
    day = dt.date.fromisoformat(judged["judged_on"])
    return judgement_reason(found["n"], day, is_agreement=found["is_agreement"])


def _figures(observations: list[dict[str, Any]]) -> Iterator[Figure]:
    told = [part for one in observations for part in (one, *one.get("from", ()))]
    indicators = Indicator.objects.in_bulk({one["indicator"] for one in told}, field_name="key")
    releases = Release.objects.in_bulk({one["release"] for one in told}, field_name="key")
    for one in observations:
        parts = [_observation(part, indicators, releases) for part in one.get("from", ())]
        if one["release"] == COMPUTED and parts and None not in parts:
            releases = {**releases, COMPUTED: computed_release(_there(parts), one["period"])}
        newest = _observation(one, indicators, releases)
        if newest is not None:  # else what the figure was called is gone; its value counts
            yield Figure(newest.indicator, newest, (newest,), tuple(_there(parts)))


def _there(parts: Iterable[Observation | None]) -> list[Observation]:
    return [part for part in parts if part is not None]


def _observation(
    told: Mapping[str, Any], indicators: Mapping[str, Indicator], releases: Mapping[str, Release]
) -> Observation | None:
    indicator, release = indicators.get(told["indicator"]), releases.get(told["release"])
    if indicator is None or release is None:
        return None
    return Observation(
        indicator=indicator,
        release=release,
        period=told["period"],
        value=told["value"],
        status=told["status"],
    )
