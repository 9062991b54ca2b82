"""The steps that may come next in the life of a visit, in words, with what stands in their way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from sadzonka.visits.desk.forms import StateForm
from sadzonka.visits.lifecycle import next_states, obstacles_to
from sadzonka.visits.models import Visit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

State = Visit.State
LABELS: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("Announce the visit"),
    State.RECRUITING: _("Open recruitment"),
    State.SELECTING: _("Begin to select"),
    State.CONFIRMED: _("Confirm the visit"),
    State.RUNNING: _("Start the visit"),
    State.COMPLETED: _("Complete the visit"),
    State.ARCHIVED: _("Archive the visit"),
    State.CANCELLED: _("Cancel the visit"),
}
MEANINGS: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("Everybody then sees the visit and its agenda."),
    State.RECRUITING: _("Applications are then taken while the call is open."),
    State.SELECTING: _("Nobody can apply any more; applications are checked, scored and chosen."),
    State.CONFIRMED: _("It is then certain that the visit takes place."),
    State.RUNNING: _("From then on people note who was there and what they saw."),
    State.COMPLETED: _("Certificates can then be made, and goals are held against evidence."),
    State.ARCHIVED: _("Nothing waits for anybody any more; everything stays readable."),
    State.CANCELLED: _("Everybody then reads that it does not take place. This cannot be undone."),
}


@dataclass(frozen=True)
class Step:
    """A state that may come next, what stands in its way, and the form that leads there."""

    state: State
    obstacles: list[str]
    form: StateForm

    @property
    def label(self) -> _StrPromise:
        return LABELS[self.state]

    @property
    def meaning(self) -> _StrPromise:
        return MEANINGS[self.state]

    @property
    def needs_reason(self) -> bool:
        return self.state == State.CANCELLED


def steps_of(visit: Visit, sent: StateForm | None = None) -> list[Step]:
    """Return the steps that may come next; the one that was tried keeps its form as it was sent."""
    return [
        Step(
            state,
            obstacles_to(visit, state),
            sent if sent is not None and sent.data.get("to") == state else StateForm.opened(visit, state),
        )
        for state in next_states(visit)
    ]


def path_of(visit: Visit) -> list[State]:
    """Return the states in order; that of being cancelled only where it happened."""
    return [state for state in State if state != State.CANCELLED or visit.state == State.CANCELLED]
