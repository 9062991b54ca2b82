"""Reading plans and adoptions: one whole, stories for everybody, precedents of a practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from sadzonka.places.models import Municipality, Period
from sadzonka.practices.ideas.queries import standing_interests
from sadzonka.practices.models import CardText, Practice, Version
from sadzonka.transfer.adoption.ladder import ENDS, RUNGS, Reached, in_order
from sadzonka.transfer.adoption.rules import TOLD
from sadzonka.transfer.models import Adoption, Plan, Stage

DRAWINGS = {
    Stage.Outcome.CONSIDERED: "bud",
    Stage.Outcome.DECLINED: "stone",
    Stage.Outcome.DECIDED: "cutting",
    Stage.Outcome.STARTED: "rooted",
    Stage.Outcome.DELIVERED: "young_plant",
    Stage.Outcome.SUSTAINED_12: "tree",
    Stage.Outcome.SUSTAINED_24: "tree",
    Stage.Outcome.ABANDONED: "stone",
}
STATE_CLASSES = {"bud": "verify", "stone": "blocked"}
DELIVERED = frozenset(RUNGS[RUNGS.index(Stage.Outcome.DELIVERED) :])


def plan_whole(pk: int) -> Plan | None:
    """Return a plan with everything that its page shows, None when there is none."""
    return (
        Plan.objects.select_related(
            "assessment__municipality__country", "assessment__practice", "assessment__version", "decision"
        )
        .select_related("adoption")
        .prefetch_related(
            "steps",
            "assessment__municipality__periods",
            "assessment__version__texts",
            "assessment__version__clauses__alternatives",
            "assessment__version__criteria",
        )
        .filter(pk=pk)
        .first()
    )


@dataclass(frozen=True, slots=True)
class Story:
    """An adoption as its page and the list tell it: where it stands, and the card it is about."""

    adoption: Adoption
    stages: tuple[Stage, ...]
    version: Version

    @property
    def text(self) -> CardText | None:
        return self.version.text_in()

    @property
    def newest(self) -> Stage:
        """The stage that it has reached; a failure is one too."""
        return self.stages[-1]

    @property
    def is_over(self) -> bool:
        return self.newest.outcome in ENDS

    @property
    def is_delivered(self) -> bool:
        """Whether the service came to people, whatever became of it later."""
        return any(one.outcome in DELIVERED for one in self.stages)

    @property
    def drawing(self) -> str:
        return DRAWINGS[Stage.Outcome(self.newest.outcome)]

    @property
    def css(self) -> str:
        """The name by which the style sheet knows the state."""
        return STATE_CLASSES.get(self.drawing, "open")

    @property
    def path(self) -> list[Reached]:
        return [Reached(one.outcome, one.reached_on) for one in self.stages]


def told_adoptions() -> QuerySet[Adoption]:
    """Return the adoptions that everybody reads: those of practices whose card has been public."""
    versions = Version.objects.filter(state__in=TOLD).prefetch_related("texts").order_by("-number")
    return (
        Adoption.objects.filter(
            Exists(Version.objects.filter(practice=OuterRef("practice"), state__in=TOLD)),
            Exists(Stage.objects.filter(adoption=OuterRef("pk"))),
        )
        .select_related("municipality__country", "practice", "plan__decision", "plan__assessment__version")
        .prefetch_related(
            "stages",
            "municipality__periods",
            Prefetch("practice__versions", versions, to_attr="told_versions"),
        )
    )


def stories(adoptions: Iterable[Adoption]) -> list[Story]:
    """Return told adoptions as stories, the one that moved last first."""
    found = [_story(adoption) for adoption in adoptions]
    return sorted(found, key=lambda one: (one.newest.reached_on, one.adoption.pk), reverse=True)


def story_of(pk: int) -> Story | None:
    """Return one story, None when there is none for everybody."""
    adoption = told_adoptions().filter(pk=pk).first()
    return _story(adoption) if adoption else None


def _story(adoption: Adoption) -> Story:
    versions: list[Version] = adoption.practice.told_versions
    shown = next((one for one in versions if one.is_shown), versions[0])
    return Story(adoption, ordered(adoption.stages.all()), shown)


def ordered(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return stages in the ladder's order, an end last."""
    by_outcome = {one.outcome: one for one in stages}
    path = in_order([Reached(one.outcome, one.reached_on) for one in by_outcome.values()])
    return tuple(by_outcome[one.outcome] for one in path)


def first_interest(adoption: Adoption) -> dt.datetime | None:
    """Return when the municipality first said that the practice interests it, None when nobody has."""
    interests = standing_interests(practices=[adoption.practice_id]).filter(
        municipality=adoption.municipality_id
    )
    return interests.values_list("declared_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Precedent:
    """What a municipality made of a practice, as the analysis of another municipality tells it."""

    adoption: Adoption
    name: str
    kind: str
    stages: tuple[Stage, ...]

    @property
    def municipality(self) -> Municipality:
        return self.adoption.municipality

    @property
    def newest(self) -> Stage:
        return self.stages[-1]

    @property
    def drawing(self) -> str:
        return DRAWINGS[Stage.Outcome(self.newest.outcome)]

    @property
    def css(self) -> str:
        """The name by which the style sheet knows the state."""
        return STATE_CLASSES.get(self.drawing, "open")


def precedents_of(practice: Practice) -> list[Precedent]:
    """Return every adoption of a practice, failures included, the one that moved last first; one query."""
    stages = (
        Stage.objects.filter(adoption__practice=practice)
        .select_related("adoption__municipality")
        .annotate(municipality_name=_today("name"), municipality_kind=_today("kind"))
        .order_by("adoption", "reached_on", "pk")
    )
    found = [
        _precedent(adoption, list(group)) for adoption, group in groupby(stages, key=lambda one: one.adoption)
    ]
    return sorted(found, key=lambda one: (one.newest.reached_on, one.adoption.pk), reverse=True)


def _precedent(adoption: Adoption, stages: Sequence[Stage]) -> Precedent:
    name: str = stages[0].municipality_name or adoption.municipality.code  # type: ignore[attr-defined]
    return Precedent(adoption, name, stages[0].municipality_kind or "", ordered(stages))  # type: ignore[attr-defined]


def _today(column: str) -> Subquery:
    """Return what a municipality's present, or last, period says of it."""
    begun = Q(valid_from=None) | Q(valid_from__lte=timezone.localdate())
    periods = Period.objects.filter(begun, municipality=OuterRef("adoption__municipality"))
    return Subquery(periods.order_by(F("valid_from").desc(nulls_last=True)).values(column)[:1])
