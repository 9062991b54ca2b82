"""Announcing a call and changing its terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm, claim
from sadzonka.common.words import Words
from sadzonka.visits.models import Application, Call, CallCriterion, Score, Visit
from sadzonka.visits.recruitment.actions.reserve import fill_places
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person

TERMS = (
    "opens_at",
    "closes_at",
    "places",
    "municipality_limit",
    "days_to_answer",
    "rules",
    "notice",
)


@dataclass(frozen=True)
class CriterionRow:
    """A criterion as it is to be: a new one has no number, and one without a name is removed."""

    number: int | None
    name: Words
    most_points: int


class CallIsInUse(Exception):
    """A change would contradict what has been decided; `places`, `limit` and `criteria` say what."""

    def __init__(self, *, places: int = 0, limit: int = 0, criteria: Sequence[int] = ()) -> None:
        super().__init__(f"{places} places held, {limit} from one municipality, scored: {list(criteria)}")
        self.places, self.limit, self.criteria = places, limit, criteria


@transaction.atomic
def save_call(
    *,
    visit: Visit,
    revision: int,
    terms: Mapping[str, Any],
    reviewers: Iterable[Person],
    criteria: Sequence[CriterionRow],
    by: Person,
) -> Call:
    """Make the call of a visit (revision 0) or change it; raises StaleForm and CallIsInUse.

    Another text of what becomes of the data is a new version of it. More places go to the reserve list.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    Visit.objects.select_for_update().get(pk=visit.pk)  # two people at once make one call
    known = Call.objects.filter(visit=visit).first()
    if known is None:
        call = Call(visit=visit)
    elif revision == 0:
        raise StaleForm(known)
    else:
        call = claim(known, revision)
    changes = _take_over(call, terms)
    if known is not None:
        _check_room(call)
    call.save()
    call.reviewers.set(reviewers)
    changes += _save_criteria(call, criteria)
    log(
        instance=call,
        action="wagtail.edit" if known else "wagtail.create",
        user=by,
        data={"changed": changes, "places": call.places, "limit": call.municipality_limit},
    )
    if known is not None:
        fill_places(call=call)
    return call


def _take_over(call: Call, terms: Mapping[str, Any]) -> list[str]:
    changed = [name for name in TERMS if getattr(call, name) != terms[name]]
    for name in changed:
        setattr(call, name, terms[name])
    if "notice" in changed and call.pk is not None:
        call.notice_version += 1
    return changed


def _check_room(call: Call) -> None:
    held = call.applications.filter(state__in=Application.HOLD_A_PLACE)
    per_municipality = Counter(held.values_list("municipality", flat=True))
    places, limit = held.count(), max(per_municipality.values(), default=0)
    is_too_low = call.municipality_limit is not None and call.municipality_limit < limit
    if call.places < places or is_too_low:
        raise CallIsInUse(places=places if call.places < places else 0, limit=limit if is_too_low else 0)


def _save_criteria(call: Call, rows: Sequence[CriterionRow]) -> list[str]:
    most_given = dict(
        Score.objects.filter(criterion__call=call).values_list("criterion").annotate(Max("points"))
    )
    known, kept = {one.pk: one for one in call.criteria.all()}, [row for row in rows if row.name]
    kept_numbers = {row.number for row in kept}
    gone = [one for number, one in known.items() if number not in kept_numbers]
    changed_points = [
        row.number
        for row in kept
        if row.number is not None
        and row.number in most_given
        and row.most_points != known[row.number].most_points
    ]
    if blocked := [one.pk for one in gone if one.pk in most_given] + changed_points:
        raise CallIsInUse(criteria=blocked)
    changes = [f"criterion {one.pk} removed" for one in gone]
    for one in gone:
        one.delete()
    for order, row in enumerate(kept, start=1):
        criterion = known.get(row.number or 0) or CallCriterion(call=call)
        if (criterion.name, criterion.most_points) != (row.name, row.most_points):
            changes.append(f"criterion {criterion.pk or 'added'}")
        criterion.sort_order, criterion.name, criterion.most_points = order, row.name, row.most_points
        criterion.save()
    return changes
