"""Noting who was there."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.people.models import Person
from sadzonka.visits.attendance.queries import participants_of
from sadzonka.visits.attendance.rules import has_certificates, may_note_attendance
from sadzonka.visits.models import AgendaItem, Attendance


class NotAParticipant(Exception):
    """Somebody was noted who has no place on the visit."""


@transaction.atomic
def note_attendance(
    *, item: AgendaItem, by: Person, noted: Mapping[int, bool | None], others_present: bool = False
) -> int:
    """Note participants, by their number, as present or absent, None takes a note back; count the changes.

    Whoever is not named keeps what was noted before; with `others_present`, those about whom nothing was
    noted were there. Raises NotAParticipant.
    """
    if not may_note_attendance(by, item.visit):
        raise PermissionDenied
    AgendaItem.objects.select_for_update().get(pk=item.pk)  # two phones at once: one after the other
    participants = {one.pk: one for one in participants_of(item.visit)}
    if not noted.keys() <= participants.keys():
        raise NotAParticipant
    before = {one.participant_id: one.is_present for one in Attendance.objects.filter(item=item)}
    wanted = dict(noted)
    if others_present:
        wanted |= {pk: True for pk in participants if pk not in before and wanted.get(pk) is None}
    changes = {pk: now for pk, now in wanted.items() if now != before.get(pk)}
    _write(item, changes, by)
    if changes:
        log(
            instance=item.visit,
            action="sadzonka.note_attendance",
            user=by,
            data={
                "item": item.key,
                "present": {
                    participants[pk].reference: {"before": before.get(pk), "after": now}
                    for pk, now in changes.items()
                },
                "after_the_visit": has_certificates(item.visit),
            },
        )
    return len(changes)


def _write(item: AgendaItem, changes: Mapping[int, bool | None], by: Person) -> None:
    Attendance.objects.filter(
        item=item, participant__in=[pk for pk, now in changes.items() if now is None]
    ).delete()
    Attendance.objects.bulk_create(
        [
            Attendance(item=item, participant_id=pk, is_present=now, noted_by=by, noted_at=timezone.now())
            for pk, now in changes.items()
            if now is not None
        ],
        update_conflicts=True,
        unique_fields=["item", "participant"],
        update_fields=["is_present", "noted_by", "noted_at"],
    )
