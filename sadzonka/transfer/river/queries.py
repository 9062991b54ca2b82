"""What followed visits: interest in the practices seen, assessments, plans, decisions, adoptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from sadzonka.practices.ideas.queries import standing_interests
from sadzonka.practices.models import CardText, Version
from sadzonka.practices.queries import shown_versions
from sadzonka.transfer.adoption.ladder import RUNGS
from sadzonka.transfer.models import Assessment, Stage
from sadzonka.visits.models import AgendaItem, Debrief, Visit


@dataclass(frozen=True, slots=True)
class Followed:
    """How many of each came after a visit; every number is a count of what stands here.

    `interest` counts municipalities. From `stored` on each assessment is followed by itself: its plan, the
    decision about it, and the rungs that its adoption has reached.
    """

    practices: int = 0
    drafts: int = 0
    interest: int = 0
    assessments: int = 0
    stored: int = 0
    plans: int = 0
    adopted: int = 0
    declined: int = 0
    started: int = 0
    delivered: int = 0
    sustained: int = 0
    abandoned: int = 0


@dataclass(frozen=True, slots=True)
class PracticeFollowed:
    """What followed for one practice with a card."""

    version: Version
    followed: Followed

    @property
    def text(self) -> CardText | None:
        return self.version.text_in()


@dataclass(frozen=True, slots=True)
class WhatFollowed:
    """What followed one visit or the visits of a series, in all and practice by practice."""

    total: Followed
    practices: tuple[PracticeFollowed, ...]


def what_followed(visits: Iterable[Visit]) -> WhatFollowed:
    """Return what followed these visits since the first day of the one on which a practice was first seen.

    Adoptions that were entered from a source, without a plan here, are not counted. The number of queries
    does not depend on how much there is.
    """
    since, drafted = _first_seen([visit.pk for visit in visits])
    versions = [one for one in shown_versions() if one.practice_id in since]
    shown = {one.practice_id for one in versions}
    interests = [
        (practice, municipality)
        for practice, municipality, declared_at in standing_interests(practices=since).values_list(
            "practice_id", "municipality_id", "declared_at"
        )
        if timezone.localdate(declared_at) >= since[practice]
    ]
    assessments = [
        one
        for one in Assessment.objects.filter(practice__in=since)
        .defer("input_json", "result_json")
        .select_related("plan__decision", "plan__adoption")
        .prefetch_related("plan__adoption__stages")
        if timezone.localdate(one.opened_at) >= since[one.practice_id]
    ]
    return WhatFollowed(
        _counted(shown, drafted - shown, interests, assessments),
        tuple(
            PracticeFollowed(
                version,
                _counted(
                    {version.practice_id},
                    (),
                    [one for one in interests if one[0] == version.practice_id],
                    [one for one in assessments if one.practice_id == version.practice_id],
                ),
            )
            for version in versions
        ),
    )


def _first_seen(visits: Sequence[int]) -> tuple[dict[int, dt.date], set[int]]:
    """Return since when each practice of these visits counts, and those that a debrief made into cards."""
    seen = AgendaItem.objects.filter(visit__in=visits, practices__isnull=False)
    drafts = Debrief.objects.filter(item__visit__in=visits, practice__isnull=False)
    made = list(drafts.values_list("practice", "item__visit__starts_on"))
    since: dict[int, dt.date] = {}
    for practice, starts_on in [*seen.values_list("practices", "visit__starts_on"), *made]:
        since[practice] = min(since.get(practice, starts_on), starts_on)
    return since, {practice for practice, _starts_on in made}


def _counted(
    shown: Collection[int],
    drafts: Collection[int],
    interests: Sequence[tuple[int, int]],
    assessments: Sequence[Assessment],
) -> Followed:
    plans = [one.plan for one in assessments if hasattr(one, "plan")]
    reached = [
        {stage.outcome for stage in plan.adoption.stages.all()} for plan in plans if hasattr(plan, "adoption")
    ]
    return Followed(
        practices=len(shown),
        drafts=len(drafts),
        interest=len({municipality for _practice, municipality in interests}),
        assessments=len(assessments),
        stored=sum(not one.is_open for one in assessments),
        plans=len(plans),
        adopted=_at_least(Stage.Outcome.DECIDED, reached),
        declined=sum(Stage.Outcome.DECLINED in one for one in reached),
        started=_at_least(Stage.Outcome.STARTED, reached),
        delivered=_at_least(Stage.Outcome.DELIVERED, reached),
        sustained=_at_least(Stage.Outcome.SUSTAINED_12, reached),
        abandoned=sum(Stage.Outcome.ABANDONED in one for one in reached),
    )


def _at_least(rung: str, reached: Iterable[set[str]]) -> int:
    wanted = set(RUNGS[RUNGS.index(Stage.Outcome(rung)) :])
    return sum(not wanted.isdisjoint(one) for one in reached)
