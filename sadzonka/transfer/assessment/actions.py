"""Leading an assessment from its start to the day it is stored, and to the decision that freezes it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka import analysis
from sadzonka.common.revisions import StaleForm
from sadzonka.common.words import Words
from sadzonka.people.models import Person
from sadzonka.people.rules import affiliation_of, may_keep_municipality
from sadzonka.places.models import Municipality
from sadzonka.transfer.assessment.answers import Answers, Verification, Verifications, answers_of
from sadzonka.transfer.assessment.panels import judgement_reason, panel_record
from sadzonka.transfer.assessment.queries import (
    assessment_whole,
    findings_of,
    newest_ballots,
    own_ballot,
    panels_of,
    questions_of,
)
from sadzonka.transfer.assessment.rules import may_answer, may_keep_assessment
from sadzonka.transfer.exports import input_of
from sadzonka.transfer.models import (
    MOST_ROUNDS,
    Assessment,
    Ballot,
    Finding,
    Judgement,
    Rating,
)
from sadzonka.transfer.queries import knowledge_of, outlook

if TYPE_CHECKING:
    from sadzonka.analysis import Panel
    from sadzonka.practices.models import Version


class AssessmentHasMovedOn(Exception):
    """The assessment is not where the form was opened; `assessment` says where it is now."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(f"{assessment.pk}: {assessment.state}, round {assessment.round}")
        self.assessment = assessment


class AssessmentIsOpen(Exception):
    """Only an assessment that is stored can be frozen."""


class BallotIsSent(Exception):
    """The answers of this round were sent: they stay as they are until the next round."""


class AnswersAreMissing(Exception):
    """A ballot is sent whole: each question has a level with a reason, or "I don't know"."""


class SourceIsMissing(Exception):
    """A condition is met, or not, according to a source."""


class NoMoreRounds(Exception):
    """The last round is over: the assessment can only be stored."""


@transaction.atomic
def start_assessment(*, municipality: Municipality, version: Version, by: Person) -> Assessment:
    """Ask the people of a municipality about a practice; while one assessment is open, return that one.

    Raises PermissionDenied for a card that is not shown and for those who do not keep the municipality.
    """
    if not (may_keep_municipality(by, municipality) and version.is_shown):
        raise PermissionDenied
    Municipality.objects.select_for_update().get(pk=municipality.pk)  # two people at once start one
    known = Assessment.objects.filter(
        municipality=municipality, practice=version.practice_id, state__in=Assessment.OPEN
    ).first()
    if known is not None:
        return known
    started = Assessment.objects.create(
        municipality=municipality, practice_id=version.practice_id, version=version, opened_by=by
    )
    log(instance=started, action="wagtail.create", user=by, data={"version": str(version)})
    return started


# --- answers


@transaction.atomic
def save_ballot(
    *, assessment: Assessment, by: Person, number: int, revision: int, answers: Answers
) -> Ballot:
    """Keep somebody's answers for themselves; nobody else sees them until they are sent.

    `number` and `revision` (0: not begun) are what the form was opened with. Raises PermissionDenied for
    those who do not belong to the municipality, AssessmentHasMovedOn when that round is not running,
    BallotIsSent, and StaleForm when other answers were saved meanwhile.
    """
    ballot = _ballot(assessment, by, number)
    if ballot is not None and ballot.revision != revision and answers_of(ballot) == dict(answers):
        return ballot  # the same form sent twice
    if ballot is not None and ballot.is_sent:
        raise BallotIsSent
    return _written(
        assessment=assessment, by=by, number=number, revision=revision, answers=answers, known=ballot
    )


@transaction.atomic
def send_ballot(
    *, assessment: Assessment, by: Person, number: int, revision: int, answers: Answers
) -> Ballot:
    """Send somebody's answers: they count, they stay as they are, and others' answers become visible.

    Raises AnswersAreMissing unless every question has a level with a reason or "I don't know"; otherwise
    as `save_ballot`.
    """
    asked = {question.key for question in questions_of(assessment.version)}
    reasoned = {key for key, one in answers.items() if one.level is None or one.reason.strip()}
    ballot = _ballot(assessment, by, number)
    if ballot is not None and ballot.is_sent:
        if answers_of(ballot) == dict(answers):
            return ballot  # the same form sent twice
        raise BallotIsSent
    if reasoned != asked:
        raise AnswersAreMissing
    ballot = _written(
        assessment=assessment, by=by, number=number, revision=revision, answers=answers, known=ballot
    )
    ballot.sent_at = timezone.now()
    ballot.save(update_fields=["sent_at"])
    log(instance=ballot, action="wagtail.publish", user=by, data={"round": number})
    return ballot


def _ballot(assessment: Assessment, by: Person, number: int) -> Ballot | None:
    """Return the person's ballot of a running round, with the assessment locked."""
    if not may_answer(by, assessment):
        raise PermissionDenied
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if (locked.state, locked.round) != (Assessment.State.RATING, number):
        raise AssessmentHasMovedOn(locked)
    return own_ballot(locked, by, number)


def _written(
    *, assessment: Assessment, by: Person, number: int, revision: int, answers: Answers, known: Ballot | None
) -> Ballot:
    """Store the answers of a ballot in place of those before; the log tells that, never what they say."""
    affiliation = affiliation_of(by, assessment.municipality)
    if affiliation is None:
        raise PermissionDenied
    ballot = known or Ballot(assessment=assessment, person=by, round=number, revision=0)
    if ballot.revision != revision:
        raise StaleForm(ballot)
    ballot.revision, ballot.group = revision + 1, affiliation.group
    ballot.save()
    Rating.objects.filter(ballot=ballot).delete()
    Rating.objects.bulk_create(
        Rating(ballot=ballot, criterion_key=key, level=one.level, reason=one.reason)
        for key, one in answers.items()
    )
    action = "wagtail.edit" if known else "wagtail.create"
    log(instance=ballot, action=action, user=by, data={"round": number})
    return ballot


# --- rounds


@transaction.atomic
def close_round(*, assessment: Assessment, by: Person, number: int) -> Assessment:
    """End a round: nobody sends any more, and the whole team sees the answers.

    The same again changes nothing. Raises PermissionDenied, and AssessmentHasMovedOn when the round is
    another one.
    """
    locked = _kept(assessment, by)
    if (locked.state, locked.round) == (Assessment.State.DISCUSSION, number):
        return locked
    if (locked.state, locked.round) != (Assessment.State.RATING, number):
        raise AssessmentHasMovedOn(locked)
    return _moved(locked, by, state=Assessment.State.DISCUSSION)


@transaction.atomic
def open_round(*, assessment: Assessment, by: Person, number: int) -> Assessment:
    """Let people answer again after they have discussed, in round `number`.

    The same again changes nothing. Raises PermissionDenied, NoMoreRounds, and AssessmentHasMovedOn when
    the round before is not the one that was discussed.
    """
    locked = _kept(assessment, by)
    if (locked.state, locked.round) == (Assessment.State.RATING, number):
        return locked
    if (locked.state, locked.round + 1) != (Assessment.State.DISCUSSION, number):
        raise AssessmentHasMovedOn(locked)
    if number > MOST_ROUNDS:
        raise NoMoreRounds
    return _moved(locked, by, state=Assessment.State.RATING, round=number)


def _kept(assessment: Assessment, by: Person) -> Assessment:
    if not may_keep_assessment(by, assessment):
        raise PermissionDenied
    return Assessment.objects.select_for_update().get(pk=assessment.pk)


def _moved(locked: Assessment, by: Person, **fields: Any) -> Assessment:
    """Store a locked assessment with other fields, and log what they were."""
    told = ("state", "round", "input_hash")
    before = {name: str(getattr(locked, name)) for name in told}
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save()
    after = {name: str(getattr(locked, name)) for name in told}
    log(
        instance=locked,
        action="wagtail.edit",
        user=by,
        data={
            name: {"before": before[name], "after": after[name]}
            for name in told
            if before[name] != after[name]
        },
    )
    return locked


# --- conditions


@transaction.atomic
def verify_conditions(
    *, assessment: Assessment, by: Person, revision: int, language: str, found: Verifications
) -> Assessment:
    """Store which alternatives are met and which not, with source and date; unknown takes a finding away.

    Sources are in `language`; texts in other languages stay while the state does. What is the same stays
    untouched. Raises PermissionDenied, SourceIsMissing, AssessmentHasMovedOn when it is stored, and
    StaleForm when it was changed since the form was opened.
    """
    locked = _kept(assessment, by)
    if not locked.is_open:
        raise AssessmentHasMovedOn(locked)
    known = findings_of(locked)
    changes = {
        key: (known.get(key), finding)
        for key, one in found.items()
        if _told(finding := _finding(locked, key, one, known.get(key), language)) != _told(known.get(key))
    }
    if not changes:
        return locked
    if locked.revision != revision:
        raise StaleForm(locked)
    for before, after in changes.values():
        _store_finding(before, after, by)
    locked.revision += 1
    locked.save(update_fields=["revision"])
    return locked


def _finding(
    assessment: Assessment, key: str, one: Verification, known: Finding | None, language: str
) -> Finding | None:
    """Return the finding that a verification makes of the one that is known, None when it is unknown."""
    if not one.state:
        return None
    known_source = known.source if known and known.state == one.state else Words()
    source = Words({**known_source, language: one.source or known_source.get(language, "")})
    if not source:
        raise SourceIsMissing
    return Finding(
        pk=known.pk if known else None,
        municipality=assessment.municipality,
        practice=assessment.practice,
        alternative_key=key,
        state=one.state,
        source=source,
        found_on=one.found_on or timezone.localdate(),
    )


def _told(finding: Finding | None) -> dict[str, Any] | None:
    """Return what a finding says, as the log keeps it."""
    if finding is None:
        return None
    return {
        "alternative": finding.alternative_key,
        "state": str(finding.state),
        "source": dict(finding.source),
        "found_on": finding.found_on.isoformat(),
    }


def _store_finding(before: Finding | None, after: Finding | None, by: Person) -> None:
    data = {"before": _told(before), "after": _told(after)}
    if after is not None:
        after.save()
        log(instance=after, action="wagtail.edit" if before else "wagtail.create", user=by, data=data)
    elif before is not None:
        log(instance=before, action="wagtail.delete", user=by, data=data)
        before.delete()


# --- storing


@transaction.atomic
def store_assessment(*, assessment: Assessment, by: Person, on: dt.date | None = None) -> Assessment:
    """Store the analysis of what people answered, of findings and of public figures, as of today (or `on`).

    Each person's newest sent answers count. What they say together becomes the municipality's judgement;
    a question to which nobody gave a level keeps the judgement it had. Stored once, it never changes: the
    same again returns it as it is. Raises PermissionDenied, and AssessmentHasMovedOn while a round runs.
    """
    locked = _kept(assessment, by)
    if not locked.is_open:
        return locked
    if locked.state == Assessment.State.RATING:
        raise AssessmentHasMovedOn(locked)
    whole = assessment_whole(locked.pk) or locked
    counted = newest_ballots(locked)
    panels = panels_of(questions_of(whole.version), counted)
    day = on or timezone.localdate()
    for key, panel in panels.items():
        _store_judgement(locked, key, panel, day, by)
    found = outlook(whole.version, knowledge_of(whole.municipality, on))
    answered = {key for key, panel in panels.items() if panel.interval}
    record = input_of(found, panel_record(panels, counted), answered)
    return _moved(
        locked,
        by,
        state=Assessment.State.STORED,
        stored_on=day,
        input_json=analysis.canonical(record),
        input_hash=analysis.fingerprint(record),
        result_json=analysis.canonical(analysis.recompute(record)),
    )


def _store_judgement(assessment: Assessment, key: str, panel: Panel, day: dt.date, by: Person) -> None:
    if panel.interval is None:
        return
    place: dict[str, Any] = {
        "municipality": assessment.municipality,
        "practice": assessment.practice,
        "criterion_key": key,
    }
    before = Judgement.objects.filter(**place).first()
    low, high = panel.interval
    judgement, is_new = Judgement.objects.update_or_create(
        **place,
        defaults={
            "low": low,
            "high": high,
            "reason": judgement_reason(panel.n, day, is_agreement=panel.is_agreement),
            "judged_on": day,
            "assessment": assessment,
        },
    )
    log(
        instance=judgement,
        action="wagtail.create" if is_new else "wagtail.edit",
        user=by,
        data={"criterion": key, "before": before and [before.low, before.high], "after": [low, high]},
    )


@transaction.atomic
def freeze_assessment(*, assessment: Assessment, by: Person) -> Assessment:
    """Freeze a stored assessment because something was decided on it; the same again changes nothing.

    Raises PermissionDenied, and AssessmentIsOpen while it is not stored.
    """
    locked = _kept(assessment, by)
    if locked.is_open:
        raise AssessmentIsOpen
    if locked.state == Assessment.State.FROZEN:
        return locked
    return _moved(locked, by, state=Assessment.State.FROZEN, frozen_at=timezone.now())
