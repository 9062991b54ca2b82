"""Who may see and do what with plans, decisions and adoptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import is_staff_member, may_keep_municipality, may_see_drafts, may_speak_for
from sadzonka.practices.models import Version

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.transfer.models import Adoption, Plan

TOLD = (*Version.SHOWN, Version.State.OUTDATED)  # states of a card that everybody has been able to read


def is_decided(plan: Plan) -> bool:
    """Whether the council or the mayor has decided about a plan: then it stays as it is."""
    return hasattr(plan, "decision")


def may_read_whole_plan(person: Person | AnonymousUser, plan: Plan) -> bool:
    """People of the municipality, staff and controllers read a plan with who does what."""
    return may_see_drafts(person) or may_speak_for(person, plan.assessment.municipality)


def may_read_plan(person: Person | AnonymousUser, plan: Plan) -> bool:
    """Everybody reads a plan once it was decided about, without the names of those who do the steps."""
    return is_decided(plan) or may_read_whole_plan(person, plan)


def may_keep_plan(person: Person | AnonymousUser, plan: Plan) -> bool:
    """Editors of a municipality and staff keep its plans and record what was decided."""
    return may_keep_municipality(person, plan.assessment.municipality)


def may_keep_adoption(person: Person | AnonymousUser, adoption: Adoption) -> bool:
    """Editors of a municipality and staff record and correct the stages of its adoptions."""
    return may_keep_municipality(person, adoption.municipality)


def may_enter_precedent(person: Person | AnonymousUser) -> bool:
    """Staff enter adoptions that happened without a plan here, from a source."""
    return is_staff_member(person)
