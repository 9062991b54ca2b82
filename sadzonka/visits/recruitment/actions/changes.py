"""What every change of an application's state has in common: a lock, a line of history, a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.log_actions import log

from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.mails import DECISION_TEXTS, discard_drafts, draft_decision

if TYPE_CHECKING:
    from sadzonka.people.models import Person


def locked_call(pk: int) -> Call:
    """Return a call with nobody else changing its applications; the visit is read after that."""
    return Call.objects.select_for_update().get(pk=pk)


def locked_application(application: Application) -> Application:
    """Return an application as it is now, its call locked before it: always in this order."""
    call = locked_call(application.call_id)
    found = Application.objects.select_for_update().get(pk=application.pk)
    found.call = call
    return found


def move(
    application: Application,
    state: Application.State,
    *,
    cause: Change.Cause,
    reason: str = "",
    by: Person | None = None,
    is_told: bool = True,
) -> Change:
    """Bring a locked application into a state, with its line of history; draft the mail that tells of it.

    Saves the whole application, so callers set what else changes before.
    """
    before, application.state = application.state, state
    application.revision += 1
    application.save()
    discard_drafts(application, by=by)
    change = Change.objects.create(
        application=application, state=state, cause=cause, reason=reason.strip()[:500], by=by
    )
    note(application, by, state={"before": str(before), "after": str(state)}, cause=str(cause))
    if is_told and state in DECISION_TEXTS:
        draft_decision(change)
    return change


def note(application: Application, by: Person | None, **data: object) -> None:
    """Log a change under the application's reference: the log outlives the name."""
    log(instance=application, action="wagtail.edit", user=by, title=application.reference, data=data)
