"""Who may see which version of a practice card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import may_see_drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.practices.models import Version


def may_see_version(person: Person | AnonymousUser, version: Version) -> bool:
    """Everybody sees the version that is shown; drafts and old versions are for staff and controllers."""
    return version.is_shown or may_see_drafts(person)
