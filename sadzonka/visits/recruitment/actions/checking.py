"""The formal check, and the points that reviewers give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sadzonka.common.revisions import StaleForm
from sadzonka.visits.models import Application, Change, Score
from sadzonka.visits.recruitment.actions.changes import locked_application, move, note
from sadzonka.visits.recruitment.queries import reason_of
from sadzonka.visits.recruitment.rules import CHECKED, SCORED, may_score
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person
    from sadzonka.visits.models import CallCriterion


class NotToBeChecked(Exception):
    """The application is not sent yet, or the choice has been made."""


class NotToBeScored(Exception):
    """Points are given between the sending and the choice."""


class ReasonIsMissing(Exception):
    """Whoever returns or refuses an application says why."""


@transaction.atomic
def check_application(
    *, application: Application, revision: int, decision: Application.State, reason: str, by: Person
) -> Application:
    """Find that an application meets the formal conditions, does not, or is to be completed.

    The latter two need a reason and draft the mail that gives it. The same again changes nothing.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    locked = locked_application(application)
    if (locked.state, reason_of(locked)) == (decision, reason.strip()):
        return locked
    if locked.revision != revision:
        raise StaleForm(locked)
    if locked.state not in CHECKED or decision not in CHECKED:
        raise NotToBeChecked
    if decision != Application.State.ELIGIBLE and not reason.strip():
        raise ReasonIsMissing
    if locked.state != decision:
        move(locked, decision, cause=Change.Cause.BY_HAND, reason=reason, by=by)
    return locked


@transaction.atomic
def score_application(
    *, application: Application, points: Mapping[CallCriterion, tuple[int, str]], by: Person
) -> list[Score]:
    """Give points with a reason on some or all criteria, or give others than before."""
    if not may_score(by, application.call):
        raise PermissionDenied
    locked = locked_application(application)
    if locked.state not in SCORED:
        raise NotToBeScored
    scores = []
    for criterion, (given, reason) in points.items():
        if criterion.call_id != locked.call_id or not 0 <= given <= criterion.most_points:
            raise ValueError(f"{given} points on criterion {criterion.pk}")
        before = Score.objects.filter(application=locked, criterion=criterion, reviewer=by).first()
        score = before or Score(application=locked, criterion=criterion, reviewer=by)
        if before is not None and (before.points, before.reason) == (given, reason):
            continue
        earlier, score.points, score.reason = (before.points if before else None), given, reason
        score.save()
        note(locked, by, criterion=criterion.pk, points={"before": earlier, "after": given})
        scores.append(score)
    return scores
