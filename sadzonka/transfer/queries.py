"""What is known about a municipality, and what it means for a practice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils import timezone

from sadzonka import analysis
from sadzonka.analysis import Facts, FirstQuestion, State
from sadzonka.places.models import Indicator, Municipality
from sadzonka.places.queries import Figure, figures_of
from sadzonka.places.series.time import Territory
from sadzonka.practices.models import Alternative, Criterion, Interest, Version
from sadzonka.practices.queries import analysable_versions, analysis_model
from sadzonka.transfer.models import Assessment, Finding, Judgement


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is known about a municipality on one day: figures, findings on conditions, judgements."""

    municipality: Municipality
    day: dt.date
    figures: Mapping[int, Figure]
    findings: Mapping[tuple[int, str], Finding]
    judgements: Mapping[tuple[int, str], Judgement]

    @property
    def is_judged(self) -> bool:
        """Whether anybody has answered anything, or there are public figures only."""
        return bool(self.findings or self.judgements)


@dataclass(frozen=True, slots=True)
class Traces:
    """What people have left of a municipality; of nearly all of 99,140 there is nothing to ask for."""

    has_answers: bool
    has_assessments: bool
    has_interests: bool


def traces_of(municipality: Municipality) -> Traces:
    """Return what there is of a municipality beside public figures, in one query."""
    findings, judgements, assessments, interests = (
        Exists(model.objects.filter(municipality=OuterRef("pk")))
        for model in (Finding, Judgement, Assessment, Interest)
    )
    found = Municipality.objects.filter(pk=municipality.pk).order_by()
    has_findings, has_judgements, *others = found.values_list(
        findings, judgements, assessments, interests
    ).get()
    return Traces(has_findings or has_judgements, *others)


def knowledge_of(
    municipality: Municipality,
    day: dt.date | None = None,
    territory: Territory | None = None,
    *,
    has_answers: bool = True,
    indicators: list[Indicator] | None = None,
) -> Knowledge:
    """Return what is known about a municipality, or was known on an earlier `day`.

    In four queries when it is known how its territory came about, as `places.queries.place` tells; in two
    when it is known that nobody has answered anything, and in one less when the indicators are given.
    """
    findings = Finding.objects.filter(municipality=municipality)
    judgements = Judgement.objects.filter(municipality=municipality)
    if not has_answers:
        findings, judgements = findings.none(), judgements.none()
    if day is not None:
        findings, judgements = findings.filter(found_on__lte=day), judgements.filter(judged_on__lte=day)
    return Knowledge(
        municipality=municipality,
        day=day or timezone.localdate(),
        figures={one.indicator.pk: one for one in figures_of(municipality, day, territory, indicators)},
        findings={(finding.practice_id, finding.alternative_key): finding for finding in findings},
        judgements={(judgement.practice_id, judgement.criterion_key): judgement for judgement in judgements},
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """A reader's own answers: states by alternative, levels by question. They are never stored."""

    states: Mapping[str, State] = field(default_factory=dict)
    levels: Mapping[str, int | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.states or self.levels)


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Outlook:
    """One practice looked at from one municipality: what went in, and the analysis that came out."""

    version: Version
    knowledge: Knowledge
    model: analysis.Practice
    facts: Facts
    analysis: analysis.Analysis
    answers: Answers

    @property
    def is_judged(self) -> bool:
        """Whether anybody has answered anything about this practice, or there are public figures only."""
        practice = self.version.practice_id
        return any(
            known == practice for known, _key in (*self.knowledge.findings, *self.knowledge.judgements)
        )

    @property
    def first_questions(self) -> tuple[FirstQuestion, ...]:
        """What to find out first, the most telling first."""
        return analysis.first_questions(self.model, self.facts)


def outlook(version: Version, knowledge: Knowledge, answers: Answers = NO_ANSWERS) -> Outlook:
    """Return the analysis of a version for a municipality; a reader's answers go before what is known."""
    model = analysis_model(version)
    facts = facts_for(version, knowledge, answers)
    return Outlook(version, knowledge, model, facts, analysis.analyse(model, facts), answers)


def outlooks(knowledge: Knowledge, versions: Iterable[Version] | None = None) -> list[Outlook]:
    """Return every shown practice for one municipality, in the order of method section 5."""
    shown = analysable_versions() if versions is None else versions
    found = [outlook(version, knowledge) for version in shown]
    return sorted(
        found,
        key=lambda one: (
            one.analysis.standing,
            -one.analysis.class_interval[1],
            -one.analysis.class_interval[0],
            -one.analysis.shares[1][0],
            one.version.practice.slug,
        ),
    )


def facts_for(version: Version, knowledge: Knowledge, answers: Answers = NO_ANSWERS) -> Facts:
    """Return states and readings of a municipality for a version; what is not known stays absent."""
    states = {
        alternative.key: state
        for clause in version.clauses.all()
        for alternative in clause.alternatives.all()
        if (state := _state(alternative, version, knowledge, answers)) is not State.UNKNOWN
    }
    readings = {
        criterion.key: reading
        for criterion in version.criteria.all()
        if (reading := reading_of(criterion, version, knowledge, answers)) is not None
    }
    return Facts(states=states, readings=readings)


def is_in_force(alternative: Alternative, day: dt.date) -> bool:
    """Whether the law that an alternative rests on is in force on a day."""
    return not (
        (alternative.valid_from and day < alternative.valid_from)
        or (alternative.valid_to and day > alternative.valid_to)
    )


def _state(alternative: Alternative, version: Version, knowledge: Knowledge, answers: Answers) -> State:
    if not is_in_force(alternative, knowledge.day):
        return State.UNMET
    if alternative.key in answers.states:
        return answers.states[alternative.key]
    finding = knowledge.findings.get((version.practice_id, alternative.key))
    return State.from_word(finding.state) if finding else State.UNKNOWN


def reading_of(
    criterion: Criterion, version: Version, knowledge: Knowledge, answers: Answers = NO_ANSWERS
) -> analysis.Interval | None:
    """Return the reading [l, u] of a criterion in its own units, None when nothing is known."""
    if criterion.is_question:
        return _level(criterion, version, knowledge, answers)
    figure = knowledge.figures.get(criterion.indicator_id or 0)
    if figure is None or figure.value is None:
        return None
    return aged(figure, knowledge.day)


def _level(
    criterion: Criterion, version: Version, knowledge: Knowledge, answers: Answers
) -> analysis.Interval | None:
    if criterion.key in answers.levels:
        level = answers.levels[criterion.key]
        return None if level is None else (level, level)
    judgement = knowledge.judgements.get((version.practice_id, criterion.key))
    return (judgement.low, judgement.high) if judgement else None


def aged(figure: Figure, day: dt.date) -> analysis.Interval | None:
    """Return a figure as an interval: a point while it is young, wider or unknown when it is old."""
    value = figure.value
    if value is None:
        return None
    changes = figure.indicator.relative_change_over_years
    return analysis.aged_reading(
        value,
        years_old=max(day.year - figure.newest.period, 0),
        limit_years=figure.indicator.max_age_years,
        change_over_years={int(years): abs(value) * share for years, share in changes.items()},
    )
