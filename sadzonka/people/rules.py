"""Who may do what: roles are groups, rules ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Affiliation, Person
    from sadzonka.places.models import Municipality

STAFF = "staff"
CONTROLLER = "controller"


def roles_of(person: Person | AnonymousUser) -> frozenset[str]:
    """Return the roles of a person; nobody who is not signed in has one."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    return person.roles


def is_staff_member(person: Person | AnonymousUser) -> bool:
    """Staff create and edit everything shown; an administrator is staff too."""
    return person.is_active and (person.is_superuser or STAFF in roles_of(person))


def may_see_drafts(person: Person | AnonymousUser) -> bool:
    """Staff work on drafts; a controller reads everything and changes nothing."""
    return is_staff_member(person) or CONTROLLER in roles_of(person)


def affiliation_of(person: Person | AnonymousUser, municipality: Municipality) -> Affiliation | None:
    """Return how a person belongs to a municipality, None when they do not."""
    if not person.is_authenticated or not person.is_active:
        return None
    return next((one for one in person.known_affiliations if one.municipality_id == municipality.pk), None)


def may_speak_for(person: Person | AnonymousUser, municipality: Municipality) -> bool:
    """People of a municipality declare its interest and answer questions about it."""
    return affiliation_of(person, municipality) is not None


def may_keep_municipality(person: Person | AnonymousUser, municipality: Municipality) -> bool:
    """Editors of a municipality and staff keep its assessments, plans, decisions and adoptions."""
    affiliation = affiliation_of(person, municipality)
    return is_staff_member(person) or bool(affiliation and affiliation.is_editor)
