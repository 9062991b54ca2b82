"""An analysis as a record for the API, the command line and the archive."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sadzonka import analysis
from sadzonka.analysis import Record
from sadzonka.places.models import Observation
from sadzonka.places.queries import Figure
from sadzonka.practices.models import Alternative
from sadzonka.transfer.explanation.ways import Way, ways_of
from sadzonka.transfer.queries import Knowledge, Outlook, aged, is_in_force

READERS, NOT_IN_FORCE, PANEL = "the reader's answer", "the law is not in force", "a panel's answer"


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
        "smallest_change": _smallest_change(ways_of(outlook).nearest),
        "share_is": "a share of weightings of the five dimensions, not a probability of success",
        "input": record,
        "hash": analysis.fingerprint(record),
    }


def _smallest_change(way: Way | None) -> Record | None:
    """Return what would surely lead to the next class; without changes when nothing does."""
    if way is None:
        return None
    return {
        "target": analysis.CLASSES[way.target],
        "is_reachable": way.lines is not None,
        "changes": [
            {
                "kind": line.option.change.kind,
                "key": line.option.change.key,
                "changed_by": line.option.change.changed_by,
                "cost_class": line.option.change.cost_class,
                "adds": line.adds,
            }
            for line in way.lines or ()
        ],
        "gate": way.after.gate.word,
        "class": list(way.after.class_words),
        "score": list(way.after.score),
    }


def input_of(outlook: Outlook, panel: Record | None = None, answered: Collection[str] = ()) -> Record:
    """Return all that an analysis rests on; the result can be computed again from this record alone.

    `panel` says what several people answered, without their names; `answered` names the questions whose
    judgement comes from it.
    """
    knowledge, version = outlook.knowledge, outlook.version
    answers: Record = {"conditions": _conditions(outlook), "questions": _questions(outlook, answered)}
    return analysis.input_record(
        municipality=f"{knowledge.municipality.country_id} {knowledge.municipality.code}",
        on=knowledge.day,
        practice_version=f"{version.practice.slug} {version.number}",
        practice=outlook.model,
        facts=outlook.facts,
        weights=outlook.analysis.weights,
        method=outlook.analysis.method,
        observations=[_figure_record(knowledge.figures[pk], knowledge) for pk in _indicators(outlook)],
        answers=answers if panel is None else {**answers, "panel": panel},
    )


def _conditions(outlook: Outlook) -> Record:
    """Return where each known state of an alternative comes from."""
    found: Record = {}
    for clause in outlook.version.clauses.all():
        for one in clause.alternatives.all():
            if one.key in outlook.facts.states:
                found[one.key] = {
                    "state": outlook.facts.states[one.key].word,
                    **_ground_of_state(one, outlook),
                }
    return found


def _ground_of_state(alternative: Alternative, outlook: Outlook) -> Record:
    knowledge = outlook.knowledge
    if not is_in_force(alternative, knowledge.day):
        dates = {"valid_from": alternative.valid_from, "valid_to": alternative.valid_to}
        return {
            "because": NOT_IN_FORCE,
            **{name: date.isoformat() for name, date in dates.items() if date},
        }
    if alternative.key in outlook.answers.states:
        return {"because": READERS}
    finding = knowledge.findings[outlook.version.practice_id, alternative.key]
    return {"source": dict(finding.source), "found_on": finding.found_on.isoformat()}


def _questions(outlook: Outlook, answered: Collection[str]) -> Record:
    """Return where the reading of each answered question comes from."""
    found: Record = {}
    for criterion in outlook.version.criteria.all():
        if criterion.is_question and criterion.key in outlook.facts.readings:
            low, high = outlook.facts.readings[criterion.key]
            ground = _ground_of_level(criterion.key, outlook, answered)
            found[criterion.key] = {"low": low, "high": high, **ground}
    return found


def _ground_of_level(key: str, outlook: Outlook, answered: Collection[str]) -> Record:
    if key in outlook.answers.levels:
        return {"because": READERS}
    judgement = outlook.knowledge.judgements[outlook.version.practice_id, key]
    judged_on = judgement.judged_on.isoformat()
    if key in answered:  # its reason is made of what `panel` says, in words that may improve
        return {"because": PANEL, "judged_on": judged_on}
    return {"reason": dict(judgement.reason), "judged_on": judged_on}


def _indicators(outlook: Outlook) -> list[int]:
    return sorted(
        criterion.indicator_id
        for criterion in outlook.version.criteria.all()
        if criterion.indicator_id in outlook.knowledge.figures
    )


def _figure_record(figure: Figure, knowledge: Knowledge) -> Record:
    """Return a figure with its release; one that no office publishes so, with what it was made from."""
    made_from = [{**_observation_record(one), **_whose(one, knowledge)} for one in figure.computed_from]
    return {
        **_observation_record(figure.newest),
        "reading": aged(figure, knowledge.day),
        **({"from": made_from} if made_from else {}),
    }


def _observation_record(one: Observation) -> Record:
    return {
        "indicator": one.indicator.key,
        "period": one.period,
        "value": one.value,
        "status": one.status,
        "release": one.release.key,
    }


def _whose(one: Observation, knowledge: Knowledge) -> Record:
    """Return the municipality of a figure that is another's: a predecessor's."""
    if one.municipality_id in {None, knowledge.municipality.pk}:
        return {}
    return {"municipality": f"{one.municipality.country_id} {one.municipality.code}"}
