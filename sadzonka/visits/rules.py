"""Who may see which visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import may_see_drafts
from sadzonka.visits.models import Visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person


def may_see_visit(person: Person | AnonymousUser, visit: Visit) -> bool:
    """Everybody sees a visit once it is announced; a draft is for staff and controllers."""
    return visit.state != Visit.State.DRAFT or may_see_drafts(person)
