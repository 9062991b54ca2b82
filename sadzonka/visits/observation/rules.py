"""Who may do what with sheets and debriefs; who may observe and agree stands with the visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.visits.rules import may_agree, may_see_visit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.visits.models import Debrief


def is_closed(debrief: Debrief | None) -> bool:
    """Shared notes stay as they are once the text that rests on them has been agreed."""
    return debrief is not None and debrief.is_agreed


def is_used(debrief: Debrief) -> bool:
    """Something was made of the agreed text: a card or an idea."""
    return debrief.practice_id is not None or debrief.idea_id is not None


def may_reopen(person: Person | AnonymousUser, debrief: Debrief) -> bool:
    """Whoever may agree may take it back, until something was made of the agreed text."""
    return debrief.is_agreed and not is_used(debrief) and may_agree(person, debrief.item.visit)


def may_make_use(person: Person | AnonymousUser, debrief: Debrief) -> bool:
    """Whoever leads the debrief makes a draft card or an idea of it; publishing stays with the staff."""
    return debrief.is_agreed and may_agree(person, debrief.item.visit)


def may_read_agreed(person: Person | AnonymousUser, debrief: Debrief) -> bool:
    """Everybody reads what was agreed, without names, wherever they see the visit."""
    return debrief.is_agreed and may_see_visit(person, debrief.item.visit)
