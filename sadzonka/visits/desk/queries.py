"""Reading what the desk shows: counts for any number of visits at once, their mails, their history."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import registry

from sadzonka.outbox.models import Mail
from sadzonka.visits.agenda.replies import is_for_a_host, reply_now
from sadzonka.visits.models import (
    AgendaItem,
    Application,
    Attendance,
    CallCriterion,
    Debrief,
    Goal,
    Score,
    Sheet,
    Visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.models import ModelLogEntry

LONG_NUMBER = 19  # digits: more than a database knows
REVIEWERS = 2  # so many score each application
ATTENDED = (AgendaItem.Kind.MEETING, AgendaItem.Kind.DEBRIEF, AgendaItem.Kind.OTHER)


@dataclass
class Counts:
    """How much of everything a visit has."""

    applications: Counter[str] = field(default_factory=Counter)  # by state
    undelegated: int = 0  # sent or eligible, and the institution has not confirmed
    lapsed: int = 0  # places offered that were not accepted in time
    unscored: int = 0  # eligible, and fewer than two reviewers have scored every criterion
    mails: Counter[str] = field(default_factory=Counter)  # by state
    hosts: Counter[str] = field(default_factory=Counter)  # items with a host, by its reply as it holds now
    items: int = 0
    items_over: int = 0  # whose day has come, travel and meals apart
    items_unattended: int = 0  # of those: nobody has noted who was there
    sheets: int = 0
    sheets_shared: int = 0
    debriefs_open: int = 0  # items with shared sheets and no agreed text
    debriefs_agreed: int = 0
    goals: int = 0
    goals_unknown: int = 0  # entered by hand, and nothing entered

    @property
    def held(self) -> int:
        return sum(self.applications[state] for state in Application.HOLD_A_PLACE)


def topic_of(visit: Visit) -> str:
    """Return what mails about a visit are filed under."""
    return f"visit:{visit.pk}"


def visits_at_desk() -> QuerySet[Visit]:
    """Return every visit, drafts too, with its call."""
    return Visit.objects.select_related("series", "call")


def counts_of(visits: Iterable[Visit]) -> dict[int, Counts]:
    """Return the counts of each visit by its number, in as many queries for one as for a hundred."""
    pks = [visit.pk for visit in visits]
    counts: dict[int, Counts] = defaultdict(Counts)
    counts |= {pk: Counts() for pk in pks}
    _count_applications(counts, pks)
    _count_scores(counts, pks)
    _count_mails(counts, pks)
    _count_items(counts, pks)
    _count_observations(counts, pks)
    goals = Goal.objects.filter(visit__in=pks).order_by().values("visit")
    is_unknown = Q(measure=Goal.Measure.BY_HAND, achieved=None)
    for row in goals.annotate(n=Count("pk"), unknown=Count("pk", filter=is_unknown)):
        counts[row["visit"]].goals, counts[row["visit"]].goals_unknown = row["n"], row["unknown"]
    return counts


def _count_applications(counts: dict[int, Counts], pks: list[int]) -> None:
    rows = (
        Application.objects.filter(call__visit__in=pks)
        .order_by()
        .values("state", visit=F("call__visit"))
        .annotate(
            n=Count("pk"),
            undelegated=Count("pk", filter=Q(delegated_at=None)),
            lapsed=Count("pk", filter=Q(answer_by__lt=timezone.now())),
        )
    )
    for row in rows:
        found, state = counts[row["visit"]], row["state"]
        found.applications[state] = row["n"]
        if state in {Application.State.SUBMITTED, Application.State.ELIGIBLE}:
            found.undelegated += row["undelegated"]
        if state == Application.State.CHOSEN:
            found.lapsed = row["lapsed"]


def _count_scores(counts: dict[int, Counts], pks: list[int]) -> None:
    criteria = dict(
        CallCriterion.objects.filter(call__visit__in=pks)
        .order_by()
        .values_list("call__visit")
        .annotate(n=Count("pk"))
    )
    scores = (
        Score.objects.filter(application__call__visit__in=pks, application__state=Application.State.ELIGIBLE)
        .order_by()
        .values("application", "reviewer", visit=F("application__call__visit"))
        .annotate(n=Count("pk"))
    )
    complete = Counter(
        (row["visit"], row["application"]) for row in scores if row["n"] >= criteria[row["visit"]]
    )
    scored = Counter(visit for (visit, _application), reviewers in complete.items() if reviewers >= REVIEWERS)
    for pk in pks:
        if criteria.get(pk):
            counts[pk].unscored = counts[pk].applications[Application.State.ELIGIBLE] - scored[pk]


def _count_mails(counts: dict[int, Counts], pks: list[int]) -> None:
    by_topic = {topic_of(Visit(pk=pk)): pk for pk in pks}
    mails = Mail.objects.filter(topic__in=by_topic).order_by().values("topic", "state")
    for row in mails.annotate(n=Count("pk")):
        counts[by_topic[row["topic"]]].mails[row["state"]] = row["n"]


def _count_items(counts: dict[int, Counts], pks: list[int]) -> None:
    today = timezone.localdate()
    is_noted = Exists(Attendance.objects.filter(item=OuterRef("pk")))
    for item in AgendaItem.objects.filter(visit__in=pks).annotate(is_noted=is_noted):
        found = counts[item.visit_id]
        found.items += 1
        if is_for_a_host(item):
            found.hosts[reply_now(item)] += 1
        if item.kind in ATTENDED and item.held_on and item.held_on <= today:
            found.items_over += 1
            found.items_unattended += not item.is_noted


def _count_observations(counts: dict[int, Counts], pks: list[int]) -> None:
    debriefs = Debrief.objects.filter(item__visit__in=pks, agreed_at__isnull=False).order_by()
    agreed = dict(debriefs.values_list("item", "item__visit"))
    for visit in agreed.values():
        counts[visit].debriefs_agreed += 1
    sheets = (
        Sheet.objects.filter(item__visit__in=pks)
        .order_by()
        .values("item", visit=F("item__visit"))
        .annotate(n=Count("pk"), shared=Count("shared_at"))
    )
    for row in sheets:
        found = counts[row["visit"]]
        found.sheets += row["n"]
        found.sheets_shared += row["shared"]
        found.debriefs_open += bool(row["shared"]) and row["item"] not in agreed


def drafts_about(visit: Visit) -> QuerySet[Mail]:
    """Return the mails about a visit that somebody has to review, the oldest first."""
    return Mail.objects.filter(topic=topic_of(visit), state=Mail.State.DRAFT).order_by("created_at", "pk")


def mails_about(visit: Visit, numbers: Iterable[str]) -> QuerySet[Mail]:
    """Return the mails with these numbers as far as they are about the visit, the oldest first."""
    wanted = [int(number) for number in numbers if number.isdecimal() and len(number) < LONG_NUMBER]
    return Mail.objects.filter(topic=topic_of(visit), pk__in=wanted).order_by("created_at", "pk")


def reviewed_about(visit: Visit) -> QuerySet[Mail]:
    """Return the mails about a visit that were released or discarded, the newest first."""
    return (
        Mail.objects.filter(topic=topic_of(visit))
        .exclude(state=Mail.State.DRAFT)
        .select_related("reviewed_by")
    )


def history_of(visit: Visit) -> QuerySet[ModelLogEntry]:
    """Return when a visit came into which state, who brought it there and why, the newest first."""
    entries: QuerySet[ModelLogEntry] = registry.get_logs_for_instance(visit)
    return entries.filter(action="sadzonka.change_visit_state").select_related("user")
