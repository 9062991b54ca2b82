"""When a call is open, and what may still be done with an application."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from sadzonka.visits.models import Application, Call, Visit
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person

COMPLETION_TIME = timedelta(days=7)  # to send again what was returned, also after the call has closed
FILLING = (Visit.State.RECRUITING, Visit.State.SELECTING, Visit.State.CONFIRMED)
CHOOSING = (*FILLING, Visit.State.RUNNING)
CHECKED = (
    Application.State.SUBMITTED,
    Application.State.RETURNED,
    Application.State.ELIGIBLE,
    Application.State.INELIGIBLE,
)
DECIDED = (Application.State.CHOSEN, Application.State.RESERVE, Application.State.REFUSED)
DECIDABLE = (Application.State.ELIGIBLE, *DECIDED)
SCORED = (Application.State.SUBMITTED, Application.State.ELIGIBLE)
DELEGATED = (
    Application.State.SUBMITTED,
    Application.State.RETURNED,
    Application.State.ELIGIBLE,
    Application.State.RESERVE,
)


def is_open(call: Call) -> bool:
    """Applications come in while the visit recruits, between the two times of the call."""
    now = timezone.now()
    return call.visit.state == Visit.State.RECRUITING and call.opens_at <= now < call.closes_at


def standing_of(call: Call | None) -> str:
    """Say for the public whether a call is "open", "to-open" or "closed"; nothing outside recruitment."""
    if call is None or call.visit.state not in {
        Visit.State.ANNOUNCED,
        Visit.State.RECRUITING,
        Visit.State.SELECTING,
    }:
        return ""
    if is_open(call):
        return "open"
    return "closed" if call.closes_at <= timezone.now() else "to-open"


def is_choosing(call: Call) -> bool:
    """Participants are chosen once the call has closed, until the visit is over."""
    return call.visit.state in CHOOSING and call.closes_at <= timezone.now()


def is_filling(call: Call) -> bool:
    """Say whether the reserve list moves up: until the visit begins."""
    return call.visit.state in FILLING


def is_editable(application: Application, returned_at: datetime | None) -> bool:
    """Applicants edit until they send; what was returned, for a week also after the call has closed."""
    if application.state not in Application.EDITABLE:
        return False
    if is_open(application.call):
        return True
    is_returned = application.state == Application.State.RETURNED and returned_at is not None
    return is_returned and is_filling(application.call) and _is_in_time(returned_at)


def _is_in_time(returned_at: datetime | None) -> bool:
    return returned_at is not None and timezone.now() < returned_at + COMPLETION_TIME


def can_be_withdrawn(application: Application) -> bool:
    """Applicants withdraw at any time until the visit is over."""
    is_ended = application.state in Application.ENDED
    return not is_ended and application.call.visit.state in (*CHOOSING, Visit.State.ANNOUNCED)


def can_be_accepted(application: Application) -> bool:
    """Accept what is offered, in time, while the visit is still to come."""
    if application.state != Application.State.CHOSEN or not is_filling(application.call):
        return False
    return application.answer_by is None or timezone.now() < application.answer_by


def can_be_delegated(application: Application) -> bool:
    """Let a superior decide, and decide otherwise, until the choice has been made."""
    return application.state in DELEGATED


def may_score(person: Person | AnonymousUser, call: Call) -> bool:
    """Reviewers of a call give points."""
    return may_run_visit(person) and call.reviewers.filter(pk=person.pk).exists()
