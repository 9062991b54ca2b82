"""Choices about applications, and what speaks against them, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.visits.models import Application, Call
from sadzonka.visits.recruitment.queries import reason_of
from sadzonka.visits.recruitment.rules import DECIDED, is_choosing

UNDECIDED = ""


@dataclass(frozen=True)
class Choice:
    """What becomes of one application and why; `revision` is the one that was decided on."""

    application: int
    revision: int
    decision: str
    reason: str = ""
    position: int | None = None

    def differs_from(self, application: Application) -> bool:
        """Whether it says something else than what is the case already."""
        if self.decision == UNDECIDED and application.state == Application.State.ELIGIBLE:
            return False
        if self.decision == Application.State.CHOSEN and application.state == Application.State.CONFIRMED:
            return False  # the applicant has accepted meanwhile
        if self.decision != application.state or self.reason.strip() != reason_of(application):
            return True
        is_reserve = self.decision == Application.State.RESERVE
        return is_reserve and self.position != application.reserve_position


@dataclass
class Problems:
    """What speaks against choices: beside each application by its number, and against all together."""

    of_rows: dict[int, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.of_rows or self.general)

    def add(self, application: Application, problem: str) -> None:
        self.of_rows.setdefault(application.pk, []).append(problem)


def problems_of(call: Call, applications: Mapping[int, Application], choices: Sequence[Choice]) -> Problems:
    """Return what speaks against these choices beside what is decided already."""
    problems = Problems()
    if not is_choosing(call):
        problems.general.append(
            _("Participants are chosen after the call has closed, until the visit is over.")
        )
        return problems
    for choice in choices:
        application = applications[choice.application]
        for problem in _problems_of_row(application, choice):
            problems.add(application, problem)
    after = _Afterwards(call, applications, choices)
    after.check_positions(problems)
    after.check_places(problems)
    if not problems:
        after.check_free_places(problems)
    return problems


def _problems_of_row(application: Application, choice: Choice) -> Iterable[str]:
    if choice.decision not in DECIDED:
        yield _("A decision can be changed, but not taken back to undecided.")
        return
    if not choice.reason.strip():
        yield _("Say why: the applicant reads it, and so will a controller.")
    if choice.decision == Application.State.CHOSEN and not application.is_delegated:
        yield _("The institution has not confirmed that it sends this person.")
    if choice.decision == Application.State.RESERVE and not choice.position:
        yield _("Say which place on the reserve list.")


class _Afterwards:
    """What would be the case once the choices were saved."""

    def __init__(
        self, call: Call, applications: Mapping[int, Application], choices: Sequence[Choice]
    ) -> None:
        self.call, self.applications = call, applications
        self.chosen_now = {choice.application: choice for choice in choices}
        self.held = [one for one in applications.values() if self._state(one) in Application.HOLD_A_PLACE]
        self.reserve = [one for one in applications.values() if self._state(one) == Application.State.RESERVE]
        self.per_municipality = Counter(one.municipality_id for one in self.held)

    def _state(self, application: Application) -> str:
        choice = self.chosen_now.get(application.pk)
        return choice.decision if choice else application.state

    def _position(self, application: Application) -> int | None:
        choice = self.chosen_now.get(application.pk)
        return choice.position if choice else application.reserve_position

    def check_positions(self, problems: Problems) -> None:
        """Two applications cannot have the same place on the reserve list."""
        count = Counter(self._position(one) for one in self.reserve)
        for application in self.reserve:
            position = self._position(application)
            if position and count[position] > 1 and application.pk in self.chosen_now:
                problems.add(application, _("Somebody else has this place on the reserve list."))

    def check_places(self, problems: Problems) -> None:
        """Nobody is chosen beyond the places and the limit that the call states."""
        over = len(self.held) - self.call.places
        if over > 0:
            problems.general.append(
                ngettext(
                    "%(count)d person too many is chosen: the call has %(places)d places.",
                    "%(count)d people too many are chosen: the call has %(places)d places.",
                    over,
                )
                % {"count": over, "places": self.call.places}
            )
        limit = self.call.municipality_limit
        for application in self.held:
            taken = self.per_municipality[application.municipality_id]
            if limit is not None and taken > limit and application.pk in self.chosen_now:
                problems.add(
                    application,
                    ngettext(
                        "At most %(limit)d person from one municipality: here it would be %(taken)d.",
                        "At most %(limit)d people from one municipality: here it would be %(taken)d.",
                        limit,
                    )
                    % {"limit": limit, "taken": taken},
                )

    def check_free_places(self, problems: Problems) -> None:
        """Nobody waits on the reserve list for a place that is free: it would move up by itself."""
        free = self.call.places - len(self.held)
        if free <= 0:
            return
        for application in self.reserve:
            if application.pk in self.chosen_now and has_room(self.call, application, self.per_municipality):
                problems.add(
                    application,
                    _("A place is still free for this person: choose them, or lower the places of the call."),
                )


def has_room(call: Call, application: Application, taken: Counter[int | None]) -> bool:
    """Whether an application may take a free place beside those taken, counted by municipality."""
    limit = call.municipality_limit
    return application.is_delegated and (limit is None or taken[application.municipality_id] < limit)
