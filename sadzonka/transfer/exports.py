"""An analysis as a record for the API, the command line and, later, the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sadzonka import analysis
from sadzonka.analysis import Record
from sadzonka.places.queries import Figure
from sadzonka.transfer.queries import Outlook, aged


def analysis_record(outlook: Outlook) -> dict[str, Any]:
    """Return all that an analysis says, with versions and the hash of what went in."""
    record = input_of(outlook)
    return {
        "practice": outlook.version.practice.slug,
        "practice_version": outlook.version.number,
        "municipality": record["municipality"],
        "date": record["date"],
        "rests_on": "answers and public figures" if outlook.is_judged else "public figures only",
        **analysis.result_record(outlook.analysis),
        "share_is": "a share of weightings of the five dimensions, not a probability of success",
        "input": record,
        "hash": analysis.fingerprint(record),
    }


def input_of(outlook: Outlook) -> Record:
    """Return all that an analysis rests on: figures with their release, findings, judgements, versions."""
    knowledge, version = outlook.knowledge, outlook.version
    return analysis.input_record(
        municipality=f"{knowledge.municipality.country_id} {knowledge.municipality.code}",
        on=knowledge.day,
        practice_version=f"{version.practice.slug} {version.number}",
        weights=outlook.analysis.weights,
        observations=[_figure_record(knowledge.figures[pk], knowledge.day) for pk in _indicators(outlook)],
        answers={
            "conditions": {key: state.word for key, state in outlook.facts.states.items()},
            "questions": {
                criterion.key: list(outlook.facts.readings[criterion.key])
                for criterion in version.criteria.all()
                if criterion.is_question and criterion.key in outlook.facts.readings
            },
        },
    )


def _indicators(outlook: Outlook) -> list[int]:
    return sorted(
        criterion.indicator_id
        for criterion in outlook.version.criteria.all()
        if criterion.indicator_id in outlook.knowledge.figures
    )


def _figure_record(figure: Figure, day: dt.date) -> dict[str, Any]:
    return {
        "indicator": figure.indicator.key,
        "period": figure.newest.period,
        "value": figure.value,
        "status": figure.newest.status,
        "release": figure.newest.release.key,
        "reading": aged(figure, day),
    }
