"""Who may see, write and moderate ideas, and declare interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import is_staff_member, may_see_drafts, may_speak_for

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.places.models import Municipality
    from sadzonka.practices.models import Idea


def may_see_idea(person: Person | AnonymousUser, idea: Idea) -> bool:
    """Everybody sees an idea; a hidden one is for its author, staff and controllers."""
    return not idea.is_hidden or is_author_of(person, idea) or may_see_drafts(person)


def is_author_of(person: Person | AnonymousUser, idea: Idea) -> bool:
    return person.is_authenticated and person.pk == idea.author_id


def may_write_idea(person: Person | AnonymousUser, municipality: Municipality | None) -> bool:
    """Everybody with an account writes ideas, for a municipality only its own people and staff."""
    if not person.is_authenticated or not person.is_active:
        return False
    return municipality is None or may_speak_for(person, municipality) or is_staff_member(person)


def may_edit_idea(person: Person | AnonymousUser, idea: Idea) -> bool:
    """Only authors change their idea until it has become a practice or is hidden."""
    return is_author_of(person, idea) and idea.practice_id is None and not idea.is_hidden


def may_moderate_ideas(person: Person | AnonymousUser) -> bool:
    """Staff hide ideas and say which practice one became."""
    return is_staff_member(person)


def may_declare_interest(person: Person | AnonymousUser, municipality: Municipality) -> bool:
    """Nobody but people of a municipality declares its interest, staff included."""
    return may_speak_for(person, municipality)


def may_read_reasons(person: Person | AnonymousUser) -> bool:
    """Who declared an interest and why is for staff and controllers."""
    return may_see_drafts(person)
