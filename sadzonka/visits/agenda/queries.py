"""Reading agendas: whole, day by day, and with what contradicts itself in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from sadzonka.places.models import Municipality
from sadzonka.visits.agenda.contradictions import Contradiction, Planned, contradictions_in
from sadzonka.visits.agenda.replies import has_changed, is_for_a_host, obstacle_to_asking, reply_now
from sadzonka.visits.agenda.words import languages_stated, sentence
from sadzonka.visits.models import AgendaItem, Application, Call, Visit

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class Expected:
    """How many people a host has to expect, and whether they have accepted their places already."""

    people: int
    is_confirmed: bool


@dataclass(frozen=True)
class Slot:
    """An item as a page shows it: what its host's reply is worth now, and what contradicts it."""

    item: AgendaItem
    problems: list[str] = field(default_factory=list)

    @property
    def reply(self) -> AgendaItem.Reply:
        return reply_now(self.item)

    @property
    def is_for_a_host(self) -> bool:
        return is_for_a_host(self.item)

    @property
    def is_observed(self) -> bool:
        """Whether there is something to see: nobody writes an observation sheet about the coach."""
        return self.item.kind in {AgendaItem.Kind.MEETING, AgendaItem.Kind.OTHER}

    @property
    def is_to_be_asked_again(self) -> bool:
        """Whether the host was asked about, or declined, something else than is planned now."""
        return self.reply in {AgendaItem.Reply.ASKED, AgendaItem.Reply.DECLINED} and has_changed(self.item)

    @property
    def obstacle(self) -> str:
        return obstacle_to_asking(self.item)


@dataclass(frozen=True)
class Day:
    """One day of an agenda, or what has no day yet."""

    held_on: dt.date | None
    slots: list[Slot]


def visit_of(slug: str) -> Visit | None:
    """Return a visit with what stands at the head of its pages, None when there is none."""
    return Visit.objects.select_related("series", "project", "organiser").filter(slug=slug).first()


def agenda_of(visit: Visit) -> list[AgendaItem]:
    """Return the items of a visit in their order, those without a day last."""
    items = (
        AgendaItem.objects.filter(visit=visit)
        .select_related("host", "municipality", "interpreter")
        .prefetch_related("municipality__periods", "speakers")
        .order_by(F("held_on").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "sort_order", "pk")
    )
    found = list(items)
    for item in found:
        item.visit = visit
    return found


def days_of(items: Iterable[AgendaItem], found: Sequence[Contradiction] = ()) -> list[Day]:
    """Return items that are in their order day by day, each with what contradicts it, in words."""
    problems = defaultdict(list)
    for contradiction in found:
        for key in {item.key for item in contradiction.items}:
            problems[key].append(sentence(contradiction))
    return [
        Day(held_on, [Slot(item, problems[item.key]) for item in of_a_day])
        for held_on, of_a_day in groupby(items, key=lambda item: item.held_on)
    ]


def people_expected(visit: Visit) -> Expected | None:
    """Return the confirmed participants, else the places of the call; None while there is no call."""
    confirmed = Count("applications", filter=Q(applications__state=Application.State.CONFIRMED))
    call = Call.objects.filter(visit=visit).annotate(confirmed=confirmed).first()
    if call is None:
        return None
    return Expected(call.confirmed or call.places, is_confirmed=call.confirmed > 0)


def contradictions_of(visit: Visit, items: Iterable[AgendaItem] | None = None) -> list[Contradiction]:
    """Return where a visit's agenda contradicts itself, or an interpreter's other visits."""
    items = agenda_of(visit) if items is None else items
    expected = people_expected(visit)
    return contradictions_in(
        map(planned, items),
        first_day=visit.starts_on,
        last_day=visit.ends_on,
        people_expected=expected.people if expected else None,
        elsewhere=[planned(item) for item in _elsewhere(visit, items)],
    )


def planned(item: AgendaItem) -> Planned:
    """Return what the computation needs to know of an item."""
    return Planned(
        key=item.key,
        title=item.title,
        kind=item.kind,
        held_on=item.held_on,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        host=item.host_id,
        interpreter=item.interpreter_id,
        interprets=languages_stated(item.interpreter.languages) if item.interpreter else frozenset(),
        language=item.language,
        capacity=item.capacity,
        travel_minutes=item.travel_minutes,
        place=_position(item.municipality),
    )


def _position(municipality: Municipality | None) -> tuple[float, float] | None:
    if municipality is None or municipality.latitude is None or municipality.longitude is None:
        return None
    return municipality.latitude, municipality.longitude


def _elsewhere(visit: Visit, items: Iterable[AgendaItem]) -> QuerySet[AgendaItem]:
    """Return the items of other visits at which this visit's interpreters are on its days."""
    interpreters = {item.interpreter_id for item in items if item.interpreter_id}
    days = {item.held_on for item in items if item.held_on}
    return (
        AgendaItem.objects.filter(interpreter__in=interpreters, held_on__in=days)
        .exclude(visit=visit)
        .exclude(visit__state=Visit.State.CANCELLED)
        .select_related("interpreter", "municipality")
    )


def item_for_its_host(number: int) -> AgendaItem | None:
    """Return an item with what its host reads of it, None when it is gone."""
    return (
        AgendaItem.objects.select_related(
            "visit__organiser", "visit__project__programme", "host", "municipality"
        )
        .prefetch_related("municipality__periods", "visit__project__programme__marks")
        .filter(pk=number)
        .first()
    )
