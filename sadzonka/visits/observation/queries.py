"""Reading sheets and debriefs; a sheet that is not shared is read by its author alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sadzonka.common.words import Words
from sadzonka.practices.models import Version
from sadzonka.visits.models import AgendaItem, Debrief, Note, Sheet, Statement, Visit
from sadzonka.visits.observation.contradictions import Spread, spread_of
from sadzonka.visits.observation.questions import Chapter, Question, QuestionId, id_of, questions_of

if TYPE_CHECKING:
    from sadzonka.people.models import Person

NOT_OBSERVED = (AgendaItem.Kind.TRAVEL, AgendaItem.Kind.MEAL, AgendaItem.Kind.DEBRIEF)


def item_to_observe(slug: str, key: str) -> AgendaItem | None:
    """Return an agenda item with what its questions come from, None when there is none."""
    shown = Version.objects.filter(state__in=Version.SHOWN).prefetch_related("texts", "criteria")
    return (
        AgendaItem.objects.select_related("visit", "host", "municipality", "debrief")
        .prefetch_related(
            "municipality__periods", Prefetch("practices__versions", shown, to_attr="shown_versions")
        )
        .filter(visit__slug=slug, key=key)
        .first()
    )


def visit_to_observe(slug: str) -> Visit | None:
    """Return a visit by its address, None when there is none."""
    return Visit.objects.select_related("series").filter(slug=slug).first()


def own_sheet(item: AgendaItem, person: Person) -> Sheet | None:
    """Return a person's own sheet with its notes, None before it is begun."""
    return Sheet.objects.filter(item=item, author=person).prefetch_related("notes").first()


def shared_notes(item: AgendaItem) -> QuerySet[Note]:
    """Return the notes that say something on the sheets that were shared, in the order of sharing."""
    return (
        Note.objects.filter(Q(level__isnull=False) | ~Q(text=""), sheet__item=item)
        .filter(sheet__shared_at__isnull=False)
        .select_related("sheet__author")
        .order_by("sheet__shared_at", "pk")
    )


def debrief_of(item: AgendaItem) -> Debrief | None:
    """Return the debrief of an item with its statements and the notes they rest on, None before its start."""
    return _whole_debriefs().filter(item=item).first()


def _whole_debriefs() -> QuerySet[Debrief]:
    notes = Note.objects.select_related("sheet__author").order_by("sheet__shared_at", "pk")
    return Debrief.objects.select_related(
        "item__visit", "item__host", "item__municipality", "practice", "idea", "agreed_by"
    ).prefetch_related(
        Prefetch("statements", Statement.objects.prefetch_related(Prefetch("notes", notes))),
        "item__municipality__periods",
        "practice__versions__texts",
    )


def agreed_debriefs(visit: Visit) -> QuerySet[Debrief]:
    """Return the agreed texts of a visit in the order of its agenda, each with its number of statements."""
    return (
        Debrief.objects.filter(item__visit=visit, agreed_at__isnull=False)
        .select_related("item", "item__host")
        .annotate(statement_count=Count("statements"))
        .order_by(F("item__held_on").asc(nulls_last=True), "item__sort_order", "item__pk")
    )


def observed_items(visit: Visit, person: Person) -> list[AgendaItem]:
    """Return what a visit observes, day by day: how many sheets, whose turn it is, what was agreed.

    Travel, meals and the debriefs themselves are left out unless somebody has shared a sheet about them.
    """
    items = (
        AgendaItem.objects.filter(visit=visit)
        .select_related("host", "debrief")
        .prefetch_related(Prefetch("sheets", Sheet.objects.filter(author=person), to_attr="own_sheets"))
        .annotate(
            begun_count=Count("sheets"), shared_count=Count("sheets", Q(sheets__shared_at__isnull=False))
        )
        .order_by(F("held_on").asc(nulls_last=True), "sort_order", "pk")
    )
    return [item for item in items if item.kind not in NOT_OBSERVED or item.shared_count]


def sheet_counts(item: AgendaItem) -> tuple[int, int]:
    """Return how many sheets were begun and how many of them are shared: numbers say nothing of the words."""
    counts = Sheet.objects.filter(item=item).aggregate(begun=Count("pk"), shared=Count("shared_at"))
    return counts["begun"], counts["shared"]


def other_items_of_host(item: AgendaItem) -> list[AgendaItem]:
    """Return the other items of the same visit at the same host."""
    if item.host_id is None:
        return []
    others = AgendaItem.objects.filter(visit=item.visit_id, host=item.host_id).exclude(pk=item.pk)
    return list(others.order_by(F("held_on").asc(nulls_last=True), "sort_order", "pk"))


def name_of(person: Person) -> str:
    """Return how insiders call somebody; an e-mail address is nobody's name."""
    return person.get_full_name() or _("somebody without a name")


class LevelGiven(NamedTuple):
    """One level that was given to a question."""

    level: int
    meaning: Words
    names: list[str]
    is_outside: bool


@dataclass(frozen=True)
class Answers:
    """All that is known about one question: the notes side by side, and what was agreed."""

    question: Question
    notes: list[Note]
    statement: Statement | None

    @cached_property
    def spread(self) -> Spread | None:
        return spread_of([note.level for note in self.notes if note.level is not None])

    @property
    def is_contradiction(self) -> bool:
        return self.spread is not None and self.spread.is_contradiction

    @property
    def levels(self) -> list[LevelGiven]:
        """Return each level given, what it means, who gave it, and whether the majority sees it elsewhere."""
        meanings = dict(self.question.levels)
        outside = self.spread.outside if self.spread else ()
        names: dict[int, list[str]] = {}
        for note in self.notes:
            if note.level is not None:
                names.setdefault(note.level, []).append(name_of(note.sheet.author))
        return [
            LevelGiven(level, meanings.get(level, Words()), names[level], level in outside)
            for level in sorted(names)
        ]

    @property
    def witnesses(self) -> list[str]:
        """Return on whose notes the statement rests; names are for insiders, their number for everybody."""
        return [name_of(note.sheet.author) for note in self.statement.notes.all()] if self.statement else []

    @property
    def is_empty(self) -> bool:
        return not self.notes and self.statement is None


@dataclass(frozen=True)
class Merged:
    """A chapter of questions with everybody's notes."""

    chapter: Chapter
    answers: list[Answers]

    @property
    def is_empty(self) -> bool:
        return all(one.is_empty for one in self.answers)

    @property
    def contradiction_count(self) -> int:
        return sum(one.is_contradiction for one in self.answers)


def merged(chapters: Iterable[Chapter], notes: Iterable[Note], debrief: Debrief | None) -> list[Merged]:
    """Put everybody's notes side by side, question by question."""
    by_question: dict[QuestionId, list[Note]] = {}
    for note in notes:
        by_question.setdefault(id_of(note), []).append(note)
    statements = statements_of(debrief)
    return [
        Merged(
            chapter,
            [
                Answers(question, by_question.get(question.id, []), statements.get(question.id))
                for question in chapter.questions
            ],
        )
        for chapter in chapters
    ]


def statements_of(debrief: Debrief | None) -> dict[QuestionId, Statement]:
    """Return what a debrief says by question."""
    return {id_of(one): one for one in debrief.statements.all()} if debrief else {}


def with_questions_no_longer_asked(
    chapters: list[Chapter], written: Iterable[Note | Statement]
) -> list[Chapter]:
    """Add a chapter for what was written when a card asked other questions, so that nothing gets lost."""
    asked = {question.id for question in questions_of(chapters)}
    lost = {id_of(one) for one in written} - asked
    if not lost:
        return chapters
    return [*chapters, Chapter(tuple(Question.no_longer_asked(one) for one in sorted(lost, key=str)))]


def observer_count(debrief: Debrief) -> int:
    """Return how many people's notes the agreed text rests on."""
    return len({note.sheet_id for one in debrief.statements.all() for note in one.notes.all()})
