"""Who may write, moderate, ask hosts and read what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import is_staff_member, may_see_drafts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person


def may_converse(person: Person | AnonymousUser) -> bool:
    """Everybody with an account writes in threads and asks hosts."""
    return person.is_authenticated and person.is_active


def may_moderate(person: Person | AnonymousUser) -> bool:
    """Staff hide messages, close threads and pass questions on to hosts."""
    return is_staff_member(person)


def may_see_desk(person: Person | AnonymousUser) -> bool:
    """Staff and controllers read hidden messages and what can be done with them."""
    return may_see_drafts(person)


def may_read_questions(person: Person | AnonymousUser) -> bool:
    """Staff and controllers read every question, with who asked it."""
    return may_see_drafts(person)


def may_read_names(person: Person | AnonymousUser) -> bool:
    """Whole names are for staff and controllers; everybody else reads first names."""
    return may_see_drafts(person)
