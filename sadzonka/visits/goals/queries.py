"""Reading what the goals of a visit are measured by: how many, and on which pages they can be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from sadzonka.organisations.models import Organisation
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Idea, Interest
from sadzonka.practices.queries import shown_versions
from sadzonka.visits.goals.outcomes import Counts, Link, Outcome, outcome
from sadzonka.visits.models import AgendaItem, Attendance, Debrief, Goal, Visit

if TYPE_CHECKING:
    from django.db.models import QuerySet

Measure = Goal.Measure
_ATTENDANCE = {Measure.PARTICIPANTS, Measure.MUNICIPALITIES, Measure.HOSTS}
_DEBRIEFS = {Measure.STATEMENTS, Measure.CARDS, Measure.IDEAS}
_INTERESTS = {Measure.INTERESTS}


def visit_with_goals(slug: str) -> Visit | None:
    """Return a visit with its goals and their evidence, None when there is none."""
    return (
        Visit.objects.select_related("series", "project__programme", "organiser")
        .prefetch_related("goals__evidence", "project__programme__marks")
        .filter(slug=slug)
        .first()
    )


def outcomes_of(visit: Visit, goals: Iterable[Goal]) -> list[Outcome]:
    """Return what became of goals; it asks the database only about what they are measured by."""
    goals = list(goals)
    counts = counts_of(visit, {goal.measure for goal in goals})
    return [outcome(goal, counts) for goal in goals]


def outcomes_with_pages(visit: Visit, goals: Iterable[Goal]) -> list[Outcome]:
    """Return what became of goals, each with the pages that were counted for it."""
    goals = list(goals)
    measures = {goal.measure for goal in goals}
    counts = counts_of(visit, measures)
    pages = {measure: _PAGES[measure](visit) for measure in sorted(measures) if measure in _PAGES}
    return [outcome(goal, counts, pages) for goal in goals]


def counts_of(visit: Visit, measures: set[str]) -> Counts:
    """Return what can be counted for these measures, None where nothing was recorded at all."""
    counts: Counts = {}
    for group, count in ((_ATTENDANCE, _attendance), (_DEBRIEFS, _debriefs), (_INTERESTS, _interest_count)):
        if group & measures:
            counts |= count(visit)
    return counts


def _attendance(visit: Visit) -> Counts:
    present = Q(is_present=True)
    found = Attendance.objects.filter(item__visit=visit).aggregate(
        noted=Count("pk"),
        participants=Count("participant", filter=present, distinct=True),
        municipalities=Count("participant__municipality", filter=present, distinct=True),
        hosts=Count("item__host", filter=present, distinct=True),
    )
    people = found["participants"] if found["noted"] else None
    # People were there, yet no host or municipality is recorded: that is not zero but not known.
    of_people = {one: found[one] or None if people else people for one in ("municipalities", "hosts")}
    return {Measure.PARTICIPANTS.value: people, **of_people}


def _debriefs(visit: Visit) -> Counts:
    found = Debrief.objects.filter(item__visit=visit).aggregate(
        written=Count("pk", distinct=True),
        statements=Count("statements", filter=Q(agreed_at__isnull=False), distinct=True),
        cards=Count("practice", distinct=True),
        ideas=Count("idea", filter=Q(idea__is_hidden=False), distinct=True),
    )
    written = found.pop("written")
    return {measure: count if written else None for measure, count in found.items()}


def _interest_count(visit: Visit) -> Counts:
    found = _interests(visit).aggregate(
        declared=Count("pk", distinct=True),
        municipalities=Count("municipality", filter=Q(withdrawn_at__isnull=True), distinct=True),
    )
    return {Measure.INTERESTS.value: found["municipalities"] if found["declared"] else None}


def _interests(visit: Visit) -> QuerySet[Interest]:
    """Return the interest declared since the visit began in what was seen, withdrawn ones too."""
    since = timezone.make_aware(dt.datetime.combine(visit.starts_on, dt.time.min))
    seen = Q(practice__agenda_items__visit=visit) | Q(practice__debriefs__item__visit=visit)
    return Interest.objects.filter(seen, declared_at__gte=since)


def _municipality_pages(municipalities: QuerySet[Municipality]) -> list[Link]:
    found = municipalities.distinct().prefetch_related("periods")
    return [Link(str(one), one.get_absolute_url()) for one in found]


def _pages_of_municipalities(visit: Visit) -> list[Link]:
    presences = Attendance.objects.filter(item__visit=visit, is_present=True)
    return _municipality_pages(Municipality.objects.filter(applications__attendances__in=presences))


def _pages_of_interests(visit: Visit) -> list[Link]:
    active = _interests(visit).filter(withdrawn_at__isnull=True)
    return _municipality_pages(Municipality.objects.filter(interests__in=active))


def _pages_of_hosts(visit: Visit) -> list[Link]:
    presences = Attendance.objects.filter(item__visit=visit, is_present=True)
    found = Organisation.objects.filter(agenda_items__attendances__in=presences).distinct()
    return [Link(one.name, one.get_absolute_url()) for one in found]


def _pages_of_statements(visit: Visit) -> list[Link]:
    agreed = AgendaItem.objects.filter(visit=visit, debrief__agreed_at__isnull=False)
    return [Link(str(one.title), reverse("agreed_text", args=[visit.slug, one.key])) for one in agreed]


def _pages_of_cards(visit: Visit) -> list[Link]:
    shown = shown_versions().filter(practice__debriefs__item__visit=visit).distinct()
    texts = [(one, one.text_in()) for one in shown]
    return [Link(text.title, one.practice.get_absolute_url()) for one, text in texts if text]


def _pages_of_ideas(visit: Visit) -> list[Link]:
    ideas = Idea.objects.filter(debriefs__item__visit=visit, is_hidden=False).distinct()
    return [Link(one.title, one.get_absolute_url()) for one in ideas]


_PAGES: dict[str, Callable[[Visit], list[Link]]] = {
    Measure.MUNICIPALITIES: _pages_of_municipalities,
    Measure.HOSTS: _pages_of_hosts,
    Measure.STATEMENTS: _pages_of_statements,
    Measure.CARDS: _pages_of_cards,
    Measure.IDEAS: _pages_of_ideas,
    Measure.INTERESTS: _pages_of_interests,
}
