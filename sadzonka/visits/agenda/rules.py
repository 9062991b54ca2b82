"""Who may see and do what with an agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.visits.rules import is_facilitator, is_participant, may_read_desk, may_see_visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.visits.models import Visit


def may_read_agenda(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Those who travel, those who lead the debriefs, staff and controllers read it with all its names."""
    return may_read_desk(person) or is_participant(person, visit) or is_facilitator(person, visit)


def may_take_calendar(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Everybody takes the calendar of an announced visit; that of a draft is for those inside it."""
    return may_see_visit(person, visit) or may_read_agenda(person, visit)
