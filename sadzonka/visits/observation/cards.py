"""What a draft card says from the start: the statements of a debrief, each where it belongs."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.common.templatetags.words import day
from sadzonka.visits.models import Debrief, Statement
from sadzonka.visits.observation.queries import item_to_observe, observer_count, statements_of
from sadzonka.visits.observation.questions import QuestionId, chapters_of, label_of

# Which text of a card begins with what was agreed on which general question.
TEXTS = {
    "seen": ("evidence",),
    "works": ("mechanism",),
    "obstacles": ("fragility",),
    "gains-for-both-sides": ("gains_municipality", "gains_cooperative"),
    "people": ("origin_context",),
}
LONGEST_SUMMARY = 400


def card_texts(debrief: Debrief) -> dict[str, str]:
    """Return the texts of a card in the active language, which is the debrief's."""
    statements = statements_of(debrief)
    texts: dict[str, str] = {}
    for key, names in TEXTS.items():
        if statement := statements.get(QuestionId(None, key)):
            texts |= dict.fromkeys(names, _with_dissent(statement))
    first = statements.get(QuestionId(None, "seen")) or next(iter(statements.values()))
    rest = [one for question, one in statements.items() if question.practice_id or question.key not in TEXTS]
    return {
        **texts,
        "summary": Truncator(" ".join(first.text.split())).chars(LONGEST_SUMMARY),
        "review": "\n\n".join([_where_from(debrief), *_labelled(debrief, rest)]),
    }


def review_of(debrief: Debrief) -> str:
    """Return all that was agreed, question by question, to be worked into a card that exists."""
    return "\n\n".join([_where_from(debrief), *_labelled(debrief, debrief.statements.all())])


def _where_from(debrief: Debrief) -> str:
    count, held_on = observer_count(debrief), debrief.item.held_on
    when = day(held_on) if held_on else _("a day that is not known")
    return ngettext(
        "From the debrief about “%(item)s” (%(day)s), agreed by those who were there; it rests on the notes"
        " of %(count)s person.",
        "From the debrief about “%(item)s” (%(day)s), agreed by those who were there; it rests on the notes"
        " of %(count)s people.",
        count,
    ) % {"item": debrief.item.title, "day": when, "count": count}


def _labelled(debrief: Debrief, statements: Iterable[Statement]) -> list[str]:
    item = item_to_observe(debrief.item.visit.slug, debrief.item.key)
    chapters = chapters_of(item) if item else []
    return [
        f"{label_of(QuestionId(one.practice_id, one.question), chapters)}\n{_with_dissent(one)}"
        for one in statements
    ]


def _with_dissent(statement: Statement) -> str:
    if not statement.dissent:
        return statement.text
    return f"{statement.text}\n\n{_('Some saw it differently:')} {statement.dissent}"
