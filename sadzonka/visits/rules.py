"""Who may see and do what with a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import is_staff_member, may_see_drafts
from sadzonka.visits.models import Application, Visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person


def may_see_visit(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Everybody sees a visit once it is announced; a draft is for staff and controllers."""
    return visit.state != Visit.State.DRAFT or may_see_drafts(person)


def may_run_visit(person: Person | AnonymousUser) -> bool:
    """Staff run visits: call, choice, mails, attendance."""
    return is_staff_member(person)


def may_read_desk(person: Person | AnonymousUser) -> bool:
    """Staff and controllers read everything about a visit, applications included."""
    return may_see_drafts(person)


def is_participant(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Somebody whose place on the visit is confirmed."""
    return (
        person.is_authenticated
        and Application.objects.filter(
            call__visit=visit, person=person, state=Application.State.CONFIRMED
        ).exists()
    )


def is_facilitator(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Somebody who was asked to lead the debriefs of this visit."""
    return person.is_authenticated and visit.facilitators.filter(pk=person.pk).exists()


def may_observe(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Participants, facilitators and staff write observation sheets and read the shared ones."""
    return is_staff_member(person) or is_participant(person, visit) or is_facilitator(person, visit)


def may_agree(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Facilitators and staff edit the agreed text of a debrief."""
    return is_staff_member(person) or is_facilitator(person, visit)
