"""Who may see, write and publish which version of a practice card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import is_staff_member, may_see_drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.practices.models import Version


def may_see_version(person: Person | AnonymousUser, version: Version) -> bool:
    """Everybody sees the version that is shown; drafts and old versions are for staff and controllers."""
    return version.is_shown or may_see_drafts(person)


def may_start_version(person: Person | AnonymousUser) -> bool:
    """Staff write cards."""
    return is_staff_member(person)


def may_edit_version(person: Person | AnonymousUser, version: Version) -> bool:
    """Staff edit a version until it is published; then it stays as it is, because assessments point to it."""
    return is_staff_member(person) and version.is_in_preparation


def may_publish_version(person: Person | AnonymousUser, version: Version) -> bool:
    """Staff publish what somebody else wrote."""
    return is_staff_member(person) and version.is_in_preparation and person.pk != version.author_id
