"""Drafting invitation lists and changing them by hand; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm, claim
from sadzonka.places.models import Municipality
from sadzonka.transfer.models import Invitation, InvitationList, Screening
from sadzonka.transfer.screening.drafting import DraftWish, Entry, drafted
from sadzonka.transfer.screening.queries import outcome_found
from sadzonka.visits.models import Visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person


class NothingIsFound(Exception):
    """The screening has found nothing yet, so nobody can be invited by it."""


class IsOnTheList(Exception):
    """The municipality stands on the list already."""


class IsInvented(Exception):
    """The municipality is invented: nobody there can be invited."""


@transaction.atomic
def draft_list(*, screening: Screening, revision: int, wish: DraftWish, by: Person) -> InvitationList:
    """Draft the list of a screening, with reasons in the language of the page, in place of the one there is.

    `revision` is that of the list that is replaced, 0 when there is none. Raises StaleForm when the list has
    changed meanwhile or was drafted by somebody else, NothingIsFound while there is no result.
    """
    locked = Screening.objects.select_for_update().get(pk=screening.pk)
    present = InvitationList.objects.filter(screening=locked).first()
    if present is None:
        present = InvitationList(screening=locked, drafted_by=by)
    elif present.revision != revision:
        raise StaleForm(present)
    else:
        present = claim(present, revision)
        present.drafted_by = by
    outcome = outcome_found(locked)
    if outcome is None:
        raise NothingIsFound
    entries = drafted(screening, outcome, wish)
    present.save()
    before = _write(present, entries)
    log(
        instance=present,
        action="sadzonka.draft_invitations",
        user=by,
        data={"before": before, "municipalities": [one.municipality for one in entries]},
    )
    return present


@transaction.atomic
def keep_list(
    *,
    invitation_list: InvitationList,
    revision: int,
    visit: Visit | None,
    note: str,
    entries: Sequence[Entry],
    by: Person,
) -> InvitationList:
    """Change a list: its visit, its note, who stands on it in which order and why; the same changes nothing.

    Raises StaleForm.
    """
    locked = InvitationList.objects.select_for_update().get(pk=invitation_list.pk)
    if locked.revision == revision and _content(locked) == (visit and visit.pk, note, list(entries)):
        return locked
    changed = claim(locked, revision)
    changed.visit, changed.note = visit, note
    changed.save(update_fields=["visit", "note", "revision"])
    before = _write(changed, entries)
    log(
        instance=changed,
        action="sadzonka.change_invitations",
        user=by,
        data={"before": before, "after": _plain(entries)},
    )
    return changed


@transaction.atomic
def add_by_hand(
    *,
    invitation_list: InvitationList,
    revision: int,
    municipality: Municipality,
    reason: str,
    by: Person,
) -> Invitation:
    """Put a municipality at the end of a list; the same form sent twice adds it once.

    Raises IsInvented, IsOnTheList and StaleForm.
    """
    if municipality.is_invented:
        raise IsInvented
    locked = InvitationList.objects.select_for_update().get(pk=invitation_list.pk)
    known = locked.invitations.filter(municipality=municipality).first()
    if known is not None:
        if known.is_by_hand and known.reason == reason:
            return known
        raise IsOnTheList
    claim(locked, revision).save(update_fields=["revision"])
    last = locked.invitations.order_by("-sort_order").values_list("sort_order", flat=True).first() or 0
    added = locked.invitations.create(
        municipality=municipality, sort_order=last + 1, reason=reason, is_by_hand=True
    )
    log(
        instance=locked,
        action="sadzonka.invite_by_hand",
        user=by,
        data={"municipality": municipality.pk, "reason": reason},
    )
    return added


def _write(invitation_list: InvitationList, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Let a list say just this; return what it said before."""
    before = _plain(_entries_of(invitation_list))
    invitation_list.invitations.all().delete()
    Invitation.objects.bulk_create(
        Invitation(
            invitation_list=invitation_list,
            municipality_id=one.municipality,
            sort_order=place,
            reason=one.reason,
            is_by_hand=one.is_by_hand,
        )
        for place, one in enumerate(entries, start=1)
    )
    return before


def _entries_of(invitation_list: InvitationList) -> list[Entry]:
    return [
        Entry(one.municipality_id, one.reason, is_by_hand=one.is_by_hand)
        for one in invitation_list.invitations.all()
    ]


def _content(invitation_list: InvitationList) -> tuple[int | None, str, list[Entry]]:
    return invitation_list.visit_id, invitation_list.note, _entries_of(invitation_list)


def _plain(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    return [
        {"municipality": one.municipality, "reason": one.reason, "by_hand": one.is_by_hand} for one in entries
    ]
