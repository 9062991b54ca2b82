"""Choosing participants by hand, each with a reason, within the places and the limit of the call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm, claim
from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.actions.changes import move
from sadzonka.visits.recruitment.actions.reserve import offer_place
from sadzonka.visits.recruitment.choices import Choice, Problems, problems_of
from sadzonka.visits.recruitment.queries import applications_of
from sadzonka.visits.recruitment.rules import DECIDABLE
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person

OUT_OF_THE_WAY = 10_000  # reserve positions are unique: those that change place step aside first


class ChoiceIsNotPossible(Exception):
    """Nothing was saved; `problems` say why."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(str(problems))
        self.problems = problems


@transaction.atomic
def choose(*, call: Call, revision: int, choices: Sequence[Choice], by: Person) -> list[Application]:
    """Decide on applications, all of these choices or none; return those on which something changed.

    Raises StaleForm when somebody else has decided, or an applicant has answered, since `revision`, and
    ChoiceIsNotPossible when the choices break a rule. Each decision drafts a mail with its reason.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    locked = claim(call, revision)
    applications = {one.pk: one for one in applications_of(locked)}
    changed = [choice for choice in choices if choice.differs_from(applications[choice.application])]
    for choice in changed:
        application = applications[choice.application]
        application.call = locked
        if application.revision != choice.revision or application.state not in DECIDABLE:
            raise StaleForm(application)
    if problems := problems_of(locked, applications, changed):
        raise ChoiceIsNotPossible(problems)
    locked.save(update_fields=["revision"])
    log(instance=locked, action="wagtail.edit", user=by, data={"choices": len(changed)})
    _step_aside(changed)
    # In the order of the reserve list, so that each mail names the place as it will be.
    for choice in sorted(changed, key=lambda one: one.position or 0):
        _decide(applications[choice.application], choice, by)
    return [applications[choice.application] for choice in changed]


def _step_aside(choices: Sequence[Choice]) -> None:
    Application.objects.filter(
        pk__in=[choice.application for choice in choices], state=Application.State.RESERVE
    ).update(reserve_position=F("reserve_position") + OUT_OF_THE_WAY)


def _decide(application: Application, choice: Choice, by: Person) -> None:
    state = Application.State(choice.decision)
    application.answer_by = None
    application.reserve_position = choice.position if state == Application.State.RESERVE else None
    if state == Application.State.CHOSEN:
        offer_place(application)
    move(application, state, cause=Change.Cause.BY_HAND, reason=choice.reason, by=by)
