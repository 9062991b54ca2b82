"""Reading who was there: participants, items, and what has been noted about both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Prefetch, Q

from sadzonka.places.queries import fold
from sadzonka.visits.models import AgendaItem, Application, Attendance, Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet

Noted = dict[tuple[int, int], bool]  # by item and participant; nobody has noted what is absent here


@dataclass(frozen=True, slots=True)
class Sitting:
    """One agenda item with its participants: who was there, who was not, and whom nobody has noted."""

    item: AgendaItem
    present: list[Application]
    absent: list[Application]
    not_noted: list[Application]


@dataclass(frozen=True, slots=True)
class Attendee:
    """A participant with what is noted about each item, in the order of the items."""

    participant: Application
    noted: list[bool | None]

    @property
    def attended(self) -> int:
        return self.noted.count(True)


@dataclass(frozen=True, slots=True)
class Attended:
    """A participant with the items at which they were present."""

    participant: Application
    items: list[AgendaItem]


def visit_of_papers(slug: str) -> Visit | None:
    """Return a visit with what its papers say of it, None when there is none."""
    return (
        Visit.objects.select_related("series", "project__programme", "organiser")
        .prefetch_related("project__programme__marks")
        .filter(slug=slug)
        .first()
    )


def items_of(visit: Visit) -> QuerySet[AgendaItem]:
    """Return the agenda of a visit in the order of time; what has no day or hour comes last."""
    return (
        AgendaItem.objects.filter(visit=visit)
        .select_related("host", "municipality")
        .prefetch_related("municipality__periods")
        .order_by(F("held_on").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "sort_order", "pk")
    )


def items_called(visit: Visit, which: str) -> list[AgendaItem]:
    """Return the items of a day such as 2026-09-01, or the one item with this key."""
    try:
        day = dt.date.fromisoformat(which)
    except ValueError:
        return list(items_of(visit).filter(key=which))
    return list(items_of(visit).filter(Q(held_on=day) | Q(key=which)))


def participants_of(visit: Visit) -> list[Application]:
    """Return by name whose place is confirmed, and who was noted before giving the place back."""
    found = Application.objects.filter(call__visit=visit).filter(
        Q(state=Application.State.CONFIRMED) | Q(attendances__isnull=False)
    )
    return sorted(found.distinct(), key=lambda one: (fold(one.last_name), fold(one.first_name), one.pk))


def noted_on(visit: Visit) -> Noted:
    """Return all that is noted about a visit."""
    rows = Attendance.objects.filter(item__visit=visit)
    return {(item, who): was for item, who, was in rows.values_list("item", "participant", "is_present")}


def sittings(items: Iterable[AgendaItem], participants: list[Application], noted: Noted) -> list[Sitting]:
    """Return for each item who was there."""
    found = []
    for item in items:
        by_answer: dict[bool | None, list[Application]] = {True: [], False: [], None: []}
        for one in participants:
            by_answer[noted.get((item.pk, one.pk))].append(one)
        found.append(Sitting(item, by_answer[True], by_answer[False], by_answer[None]))
    return found


def attendees(items: list[AgendaItem], participants: list[Application], noted: Noted) -> list[Attendee]:
    """Return for each participant what is noted about each item."""
    return [Attendee(one, [noted.get((item.pk, one.pk)) for item in items]) for one in participants]


def attended_by(participants: Iterable[Application], visit: Visit) -> list[Attended]:
    """Return what each of them attended, without those who attended nothing."""
    items = items_of(visit).prefetch_related(
        Prefetch("attendances", Attendance.objects.filter(is_present=True), to_attr="presences")
    )
    present = {item.pk: {presence.participant_id for presence in item.presences} for item in items}
    found = [Attended(one, [item for item in items if one.pk in present[item.pk]]) for one in participants]
    return [one for one in found if one.items]


def application_called(visit: Visit, reference: str) -> Application | None:
    """Return the application to a visit with this reference, None when there is none."""
    return Application.objects.filter(call__visit=visit, reference=reference).first()
