"""An analysis prepared for its page: what is asked in words, and the drawings beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from sadzonka.analysis import (
    CLASSES,
    DIMENSIONS,
    AlternativeReport,
    FirstQuestion,
    Gate,
    Interval,
    State,
    fingerprint,
)
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Alternative, CardText, Clause, Criterion
from sadzonka.transfer.explanation.origin import AgainstOrigin, against_origin
from sadzonka.transfer.explanation.repair import repair_of
from sadzonka.transfer.explanation.ways import Ways, ways_of
from sadzonka.transfer.exports import input_of
from sadzonka.transfer.known import CriterionLine, criterion_line
from sadzonka.transfer.models import Finding
from sadzonka.transfer.queries import Outlook
from sadzonka.transfer.states import Stated
from sadzonka.transfer.words import CLASS_WORDS, class_range, gate_word, percent

DRAWINGS = ("cutting", "rooted", "young_plant", "tree")
MOST_QUESTIONS = 5
NARROW = 0.08  # two figures above the strip would touch


@dataclass(frozen=True, slots=True)
class AlternativeLine(Stated):
    """One alternative of a condition as the page shows it."""

    alternative: Alternative
    state: State
    finding: Finding | None
    is_readers: bool


@dataclass(frozen=True, slots=True)
class ClauseLine(Stated):
    """One condition as the page shows it."""

    clause: Clause
    state: State
    alternatives: tuple[AlternativeLine, ...]


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """One dimension as the page shows it: an interval bar and the criteria inside."""

    dimension: Dimension
    value: Interval
    floor: float
    is_under_floor: bool
    criteria: tuple[CriterionLine, ...]

    @property
    def is_unknown(self) -> bool:
        return not any(line.is_known for line in self.criteria)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Something worth finding out: a condition or a criterion."""

    question: FirstQuestion
    alternative: Alternative | None
    criterion: Criterion | None


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """What is found out in one go: all open ways to meet a condition, or a single criterion."""

    clause: Clause | None
    lines: tuple[QuestionLine, ...]

    @property
    def flips(self) -> bool:
        """Whether one of the answers alone decides."""
        return any(line.question.flips for line in self.lines)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One of the four classes: where it begins, and the share of weightings that reaches it."""

    word: Promise
    begins: float
    ends: float
    share: Interval | None
    is_inside: bool

    @property
    def width(self) -> float:
        return self.ends - self.begins

    @property
    def middle(self) -> float:
        return (self.begins + self.ends) / 2


@dataclass(frozen=True)
class AnswerPage:
    """Everything that the page of one analysis shows, in the order in which it says it."""

    clauses: tuple[ClauseLine, ...]
    repair: tuple[Alternative, ...]
    dimensions: tuple[DimensionLine, ...]
    questions: tuple[QuestionLine, ...]
    asked: tuple[QuestionGroup, ...]
    not_worth_measuring: tuple[QuestionLine, ...]
    classes: tuple[ClassLine, ...]
    lowest_class: Promise
    highest_class: Promise
    class_name: str
    growth: str
    completeness: int
    good_share: tuple[int, int]
    is_narrow: bool
    outlook: Outlook

    @property
    def method(self) -> str:
        """The edition of the method that was followed."""
        return self.outlook.analysis.method.version

    @property
    def hash(self) -> str:
        """The fingerprint of all that went in."""
        return fingerprint(input_of(self.outlook))

    @cached_property
    def ways(self) -> Ways:
        """The smallest changes that lead to each higher class: searched only where they are shown."""
        return ways_of(self.outlook)

    @property
    def origin(self) -> AgainstOrigin:
        """Where the municipality is weakest against the place that the practice comes from."""
        return against_origin(self.outlook)

    @property
    def gate(self) -> Promise:
        """The state of all conditions together, in a word."""
        return gate_word(self.outlook.analysis.gate)

    @property
    def alterable(self) -> tuple[CriterionLine, ...]:
        """What else can be changed: known, not yet at its best, and not among the smallest changes."""
        nearest = self.ways.nearest
        suggested = {line.option.criterion for line in (nearest.lines if nearest else None) or ()}
        return tuple(
            one
            for dimension in self.dimensions
            for one in dimension.criteria
            if one.criterion.is_alterable and one.criterion.step and one.is_known and one.value[1] < 1
            if one.criterion not in suggested
        )

    @property
    def class_words(self) -> str:
        """The classes from the lower to the upper end, in words."""
        return class_range(self.outlook.analysis.class_interval)

    @property
    def is_good_alike(self) -> bool:
        """Whether it is surely at least good when all dimensions weigh alike."""
        return self.outlook.analysis.class_interval[0] >= CLASSES.index("good")

    @property
    def unmet(self) -> tuple[ClauseLine, ...]:
        return tuple(line for line in self.clauses if line.state is State.UNMET)

    @property
    def unknown(self) -> tuple[ClauseLine, ...]:
        return tuple(line for line in self.clauses if line.state is State.UNKNOWN)


def answer_page(outlook: Outlook) -> AnswerPage:
    """Return an analysis as its page shows it."""
    clauses = outlook.version.clauses.all()
    alternatives = {one.key: one for clause in clauses for one in clause.alternatives.all()}
    criteria = {one.key: one for one in outlook.version.criteria.all()}
    questions = [
        QuestionLine(
            question,
            alternatives.get(question.key) if question.kind == "condition" else None,
            criteria.get(question.key) if question.kind == "criterion" else None,
        )
        for question in outlook.first_questions
    ]
    worth_asking = [line for line in questions if line.question.is_worth_measuring]
    return AnswerPage(
        clauses=tuple(
            _clause_line(clause, report.state, report.alternatives, alternatives, outlook)
            for clause, report in zip(clauses, outlook.analysis.clauses, strict=True)
        ),
        repair=tuple(alternatives[one.key] for one in repair_of(outlook)),
        dimensions=_dimension_lines(outlook, criteria),
        questions=tuple(worth_asking[:MOST_QUESTIONS]),
        asked=_grouped(worth_asking, outlook)[:MOST_QUESTIONS],
        not_worth_measuring=tuple(line for line in questions if not line.question.is_worth_measuring),
        classes=_class_lines(outlook),
        lowest_class=CLASS_WORDS[outlook.analysis.class_interval[0]],
        highest_class=CLASS_WORDS[outlook.analysis.class_interval[1]],
        class_name=CLASSES[outlook.analysis.class_interval[0]],
        growth=DRAWINGS[outlook.analysis.class_interval[0]],
        completeness=percent((outlook.analysis.completeness, 1.0))[0],
        good_share=percent(outlook.analysis.shares[1]),
        is_narrow=outlook.analysis.score[1] - outlook.analysis.score[0] < NARROW,
        outlook=outlook,
    )


def _grouped(lines: Sequence[QuestionLine], outlook: Outlook) -> tuple[QuestionGroup, ...]:
    """Put the ways to meet one condition together, each group where its first question stands."""
    clause_of: dict[str, Clause] = {}
    for clause, report in zip(outlook.version.clauses.all(), outlook.analysis.clauses, strict=True):
        if report.state is State.UNKNOWN:
            for one in report.alternatives:
                clause_of.setdefault(one.alternative.key, clause)
    groups: dict[Clause | QuestionLine, list[QuestionLine]] = {}
    for line in lines:
        groups.setdefault(clause_of[line.alternative.key] if line.alternative else line, []).append(line)
    return tuple(
        QuestionGroup(subject if isinstance(subject, Clause) else None, tuple(found))
        for subject, found in groups.items()
    )


def _class_lines(outlook: Outlook) -> tuple[ClassLine, ...]:
    result = outlook.analysis
    begins = (0.0, *result.thresholds)
    ends = (*result.thresholds, 1.0)
    shares = (None, *result.shares)
    low, high = result.class_interval
    return tuple(
        ClassLine(word, begin, end, share, is_inside=low <= number <= high)
        for number, (word, begin, end, share) in enumerate(
            zip(CLASS_WORDS, begins, ends, shares, strict=True)
        )
    )


def _clause_line(
    clause: Clause,
    state: State,
    reports: Sequence[AlternativeReport],
    alternatives: dict[str, Alternative],
    outlook: Outlook,
) -> ClauseLine:
    knowledge, practice = outlook.knowledge, outlook.version.practice_id
    return ClauseLine(
        clause,
        state,
        tuple(
            AlternativeLine(
                alternatives[report.alternative.key],
                report.state,
                knowledge.findings.get((practice, report.alternative.key)),
                is_readers=report.alternative.key in outlook.answers.states,
            )
            for report in reports
        ),
    )


def _dimension_lines(outlook: Outlook, criteria: dict[str, Criterion]) -> tuple[DimensionLine, ...]:
    result = outlook.analysis
    floors = dict(outlook.model.floors)
    return tuple(
        DimensionLine(
            Dimension(name),
            value,
            floors.get(name, 0.0),
            is_under_floor=name in result.under_floor[0],
            criteria=tuple(
                criterion_line(found, criteria[found.criterion.key], outlook)
                for found in result.criteria
                if found.criterion.dimension == name
            ),
        )
        for name, value in zip(DIMENSIONS, result.dimensions, strict=True)
    )


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """One practice in the list of a municipality: words first, counts beside."""

    outlook: Outlook
    text: CardText | None
    drawing: str
    unmet: tuple[ClauseLine, ...]
    unknown_clauses: int
    known_criteria: int
    first_question: QuestionLine | None

    @property
    def drawing_class(self) -> str:
        """The name by which the style sheet knows the state that the drawing shows."""
        return {"stone": "blocked", "bud": "verify"}.get(self.drawing, self.class_name)

    @property
    def class_name(self) -> str:
        """The class that is reached whatever the rest turns out to be."""
        return CLASSES[self.outlook.analysis.class_interval[0]]

    @property
    def class_words(self) -> str:
        """The classes from the lower to the upper end, in words."""
        return class_range(self.outlook.analysis.class_interval)

    @property
    def is_one_class(self) -> bool:
        low, high = self.outlook.analysis.class_interval
        return low == high

    @property
    def lowest_class(self) -> Promise:
        return CLASS_WORDS[self.outlook.analysis.class_interval[0]]

    @property
    def highest_class(self) -> Promise:
        return CLASS_WORDS[self.outlook.analysis.class_interval[1]]


def outlook_line(outlook: Outlook) -> OutlookLine:
    """Return one practice as the list of a municipality shows it."""
    page = answer_page(outlook)
    return OutlookLine(
        outlook,
        outlook.version.text_in(),
        drawing_of(outlook),
        unmet=page.unmet,
        unknown_clauses=len(page.unknown),
        known_criteria=sum(value.is_known for value in outlook.analysis.criteria),
        first_question=next(iter(page.questions), None),
    )


def drawing_of(outlook: Outlook) -> str:
    """Return the drawing that stands beside the words: a stone, a bud, or how far a plant has grown."""
    if outlook.analysis.gate is Gate.BLOCKED:
        return "stone"
    if outlook.analysis.gate is Gate.TO_VERIFY:
        return "bud"
    return DRAWINGS[outlook.analysis.class_interval[0]]
