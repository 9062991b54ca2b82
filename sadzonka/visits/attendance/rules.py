"""Who may note attendance, read it, and take the papers that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.visits.models import Visit
from sadzonka.visits.rules import is_facilitator, may_read_desk, may_run_visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.visits.models import Application

OVER = (Visit.State.COMPLETED, Visit.State.ARCHIVED)


def may_note_attendance(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Staff and the facilitators of the visit say who was there, also when it is over."""
    return may_run_visit(person) or is_facilitator(person, visit)


def may_read_attendance(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Those who note attendance read it, and so do controllers."""
    return may_read_desk(person) or is_facilitator(person, visit)


def may_read_certificate(person: Person | AnonymousUser, application: Application) -> bool:
    """Participants take their own certificate; staff and controllers read all of them."""
    return may_read_desk(person) or (person.is_authenticated and application.person_id == person.pk)


def has_certificates(visit: Visit) -> bool:
    """Certificates say who was there, which is settled once the visit is over."""
    return visit.state in OVER
