"""Recording what was achieved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from sadzonka.common.words import Words
from sadzonka.people.models import Person
from sadzonka.visits.models import Evidence, Goal, Visit
from sadzonka.visits.rules import may_run_visit


@dataclass(frozen=True)
class Record:
    """What staff say about one goal; `evidence` pairs what a page shows with its address."""

    target: Decimal | None
    achieved: Decimal | None
    note: Words
    evidence: tuple[tuple[Words, str], ...]


@transaction.atomic
def record_goals(*, visit: Visit, by: Person, records: Mapping[int, Record]) -> list[Goal]:
    """Store what is said about goals, by their number, and return those that changed.

    Who records last is right; the history keeps what was said before.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    Visit.objects.select_for_update().get(pk=visit.pk)
    changed = []
    for goal in Goal.objects.filter(visit=visit, pk__in=records):
        before, after = record_of(goal), records[goal.pk]
        if after != before:
            _store(goal, after)
            log(
                instance=visit,
                action="sadzonka.record_goal",
                user=by,
                data={"goal": goal.pk, "before": _written(before), "after": _written(after)},
            )
            changed.append(goal)
    return changed


def record_of(goal: Goal) -> Record:
    """Return what is said about a goal now."""
    rows = Evidence.objects.filter(goal=goal)
    return Record(
        goal.target, goal.achieved, Words(goal.note), tuple((Words(one.label), one.url) for one in rows)
    )


def _store(goal: Goal, record: Record) -> None:
    goal.target, goal.achieved, goal.note = record.target, record.achieved, record.note
    goal.save(update_fields=["target", "achieved", "note"])
    Evidence.objects.filter(goal=goal).delete()
    Evidence.objects.bulk_create(
        Evidence(goal=goal, sort_order=order, label=label, url=url)
        for order, (label, url) in enumerate(record.evidence, start=1)
    )


def _written(record: Record) -> dict[str, Any]:
    """Return a record as the history keeps it."""
    numbers = {"target": record.target, "achieved": record.achieved}
    return {
        **{name: None if number is None else str(number) for name, number in numbers.items()},
        "note": record.note,
        "evidence": [list(row) for row in record.evidence],
    }
