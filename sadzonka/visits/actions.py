"""Leading a visit from one state to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from sadzonka.visits.lifecycle import next_states, obstacles_to
from sadzonka.visits.models import Call, Visit
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person


class NotTheNextState(Exception):
    """The visit is in a state that the wanted one does not follow; `visit` is as it is stored now."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.state)
        self.visit = visit


class VisitIsNotReady(Exception):
    """Something must be done first; `obstacles` say what, in words."""

    def __init__(self, obstacles: list[str]) -> None:
        super().__init__(" ".join(obstacles))
        self.obstacles = obstacles


class ReasonIsMissing(Exception):
    """Whoever cancels a visit says why."""


@transaction.atomic
def change_visit_state(*, visit: Visit, to: str, by: Person, reason: str = "") -> Visit:
    """Bring a visit from the state that `visit` shows into the next one, with a line in its history.

    Raises NotTheNextState, also when somebody else was faster, VisitIsNotReady and ReasonIsMissing.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    locked = Visit.objects.select_for_update().get(pk=visit.pk)
    Call.objects.select_for_update().filter(visit=locked).first()  # nothing is chosen meanwhile
    if locked.state != visit.state or to not in next_states(locked):
        raise NotTheNextState(locked)
    if obstacles := obstacles_to(locked, to):
        raise VisitIsNotReady(obstacles)
    if to == Visit.State.CANCELLED and not reason.strip():
        raise ReasonIsMissing
    locked.state = to
    locked.save(update_fields=["state"])
    log(
        instance=locked,
        action="sadzonka.change_visit_state",
        user=by,
        data={"before": visit.state, "after": str(to), "reason": reason.strip()},
    )
    return locked
