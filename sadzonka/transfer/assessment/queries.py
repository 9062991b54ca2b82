"""Reading assessments: who has answered, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from sadzonka.analysis import Panel, panel
from sadzonka.analysis.agreement import Ipras, ipras
from sadzonka.people.models import Affiliation, Person
from sadzonka.places.models import Municipality
from sadzonka.practices.choices import LEVELS
from sadzonka.practices.models import Criterion
from sadzonka.transfer.models import Assessment, Ballot, Finding, Plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.practices.models import Version


def assessments() -> QuerySet[Assessment]:
    """Return assessments with what a list says of them."""
    return Assessment.objects.select_related(
        "municipality", "practice", "version__practice"
    ).prefetch_related("municipality__periods", "version__texts")


def assessments_of(municipality: Municipality) -> QuerySet[Assessment]:
    """Return the assessments of a municipality with what a list says of them, the newest first."""
    return assessments().filter(municipality=municipality)


def stored_assessments_of(municipality: Municipality) -> QuerySet[Assessment]:
    """Return those assessments of a municipality that everybody may read, the last stored first."""
    return (
        Assessment.objects.filter(municipality=municipality)
        .exclude(state__in=Assessment.OPEN)
        .select_related("version")
        .prefetch_related("version__texts")
        .order_by("-stored_on", "-pk")
    )


def assessment_whole(pk: int) -> Assessment | None:
    """Return an assessment with the version that it asks about and all that this version asks."""
    return (
        assessments()
        .select_related("municipality__country")
        .prefetch_related(
            "version__clauses__alternatives",
            Prefetch("version__criteria", Criterion.objects.select_related("indicator")),
        )
        .filter(pk=pk)
        .first()
    )


def questions_of(version: Version) -> list[Criterion]:
    """Return what a version asks people, in the order of the card."""
    return [criterion for criterion in version.criteria.all() if criterion.is_question]


def people_of(municipality: Municipality) -> list[Affiliation]:
    """Return those who may speak for a municipality, group by group."""
    order = {group: place for place, group in enumerate(Affiliation.Group.values)}
    found = Affiliation.objects.filter(municipality=municipality, person__is_active=True)
    return sorted(found.select_related("person"), key=lambda one: (order[one.group], str(one.person), one.pk))


def findings_of(assessment: Assessment) -> dict[str, Finding]:
    """Return what is known about each alternative of the conditions, by its key."""
    found = Finding.objects.filter(municipality=assessment.municipality_id, practice=assessment.practice_id)
    return {finding.alternative_key: finding for finding in found}


def plans_of(municipality: Municipality) -> QuerySet[Plan]:
    """Return the plans that rest on assessments of a municipality."""
    return (
        Plan.objects.filter(assessment__municipality=municipality)
        .select_related("assessment__practice", "decision")
        .prefetch_related("assessment__version__texts")
    )


# --- ballots


def ballots() -> QuerySet[Ballot]:
    """Return ballots with their answers and without the names of those who gave them."""
    return Ballot.objects.prefetch_related("ratings").order_by("round", "sent_at", "pk")


def own_ballot(
    assessment: Assessment, person: Person | AnonymousUser, number: int | None = None
) -> Ballot | None:
    """Return a person's ballot of a round (the present one), None when they have not begun it."""
    if not person.is_authenticated:
        return None
    return (
        ballots()
        .filter(assessment=assessment, person=person, round=assessment.round if number is None else number)
        .first()
    )


def newest_own_ballot(assessment: Assessment, person: Person) -> Ballot | None:
    """Return what a person answered last, in whatever round, sent or not."""
    return ballots().filter(assessment=assessment, person=person).last()


def has_sent(assessment: Assessment, person: Person | AnonymousUser) -> bool:
    """Whether a person has sent their answers in the present round."""
    ballot = own_ballot(assessment, person)
    return ballot is not None and ballot.is_sent


def sent_ballots(assessment: Assessment, number: int) -> list[Ballot]:
    """Return the ballots sent in one round."""
    return list(ballots().filter(assessment=assessment, round=number, sent_at__isnull=False))


def newest_ballots(assessment: Assessment, up_to: int | None = None) -> list[Ballot]:
    """Return each person's newest sent ballot, of an earlier round where they sent none later."""
    found = ballots().filter(assessment=assessment, sent_at__isnull=False)
    if up_to is not None:
        found = found.filter(round__lte=up_to)
    newest = {ballot.person_id: ballot for ballot in found}  # a later round replaces an earlier one
    return sorted(newest.values(), key=lambda ballot: ballot.pk)


@dataclass(frozen=True, slots=True)
class GroupTurnout:
    """How many of a group have sent their answers, and who."""

    label: str
    people: int
    sent: int
    members: tuple[tuple[Person, bool], ...]


def turnout(assessment: Assessment, number: int | None = None) -> list[GroupTurnout]:
    """Return group by group how many sent their answers in a round (the present one)."""
    found = Ballot.objects.filter(
        assessment=assessment, round=assessment.round if number is None else number, sent_at__isnull=False
    )
    sent = set(found.values_list("person_id", flat=True))
    by_group: dict[str, list[tuple[Person, bool]]] = {}
    for one in people_of(assessment.municipality):
        by_group.setdefault(one.group, []).append((one.person, one.person_id in sent))
    return [
        GroupTurnout(
            label=str(Affiliation.Group(group).label),
            people=len(members),
            sent=sum(has for _person, has in members),
            members=tuple(members),
        )
        for group, members in by_group.items()
    ]


# --- what people say together


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's answer to a question, without their name."""

    group: str
    level: int | None
    reason: str
    is_minority: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What one group answered: how many gave each level, how many do not know."""

    label: str
    counts: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """What people answered to one question."""

    criterion: Criterion
    panel: Panel
    groups: tuple[GroupLine, ...]
    voices: tuple[Voice, ...]

    @property
    def minority(self) -> tuple[Voice, ...]:
        """Those who see it otherwise than most; their statements stay."""
        return tuple(voice for voice in self.voices if voice.is_minority)

    @property
    def ipras(self) -> Ipras | None:
        """The verdict of the RAND/UCLA method, None of fewer than seven levels."""
        return ipras(self.panel.counts)


def panels_of(questions: Iterable[Criterion], counted: Sequence[Ballot]) -> dict[str, Panel]:
    """Return what people say together about each question, by its key."""
    levels: Mapping[str, list[int | None]] = {question.key: [] for question in questions}
    for ballot in counted:
        for rating in ballot.ratings.all():
            if rating.criterion_key in levels:
                levels[rating.criterion_key].append(rating.level)
    return {key: panel(given) for key, given in levels.items()}


def question_reports(questions: Sequence[Criterion], counted: Sequence[Ballot]) -> list[QuestionReport]:
    """Return what people answered, question by question, with groups in their fixed order."""
    panels = panels_of(questions, counted)
    return [_question_report(question, panels[question.key], counted) for question in questions]


def _question_report(question: Criterion, found: Panel, counted: Sequence[Ballot]) -> QuestionReport:
    by_group: dict[str, list[Voice]] = {group: [] for group in Affiliation.Group.values}
    for ballot in counted:
        for rating in ballot.ratings.all():
            if rating.criterion_key == question.key:
                is_minority = rating.level is not None and found.is_minority(rating.level)
                voice = Voice(ballot.get_group_display(), rating.level, rating.reason, is_minority)
                by_group[ballot.group].append(voice)
    return QuestionReport(
        criterion=question,
        panel=found,
        groups=tuple(_group_line(voices) for voices in by_group.values() if voices),
        voices=tuple(voice for voices in by_group.values() for voice in voices),
    )


def _group_line(voices: list[Voice]) -> GroupLine:
    levels = [voice.level for voice in voices]
    return GroupLine(
        label=voices[0].group,
        counts=tuple(levels.count(level) for level in range(LEVELS)),
        unknown=levels.count(None),
    )
