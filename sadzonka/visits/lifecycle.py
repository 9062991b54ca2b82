"""The states of a visit: which may follow which, and what still stands in the way of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.common.templatetags.words import day
from sadzonka.visits.models import Application, Call, Visit

if TYPE_CHECKING:
    from collections.abc import Callable

State = Visit.State
ENDED = (State.COMPLETED, State.ARCHIVED, State.CANCELLED)
# Everybody sees a cancelled visit, but nobody knows of a draft: one that is given up is deleted.
NOT_CANCELLED = (State.DRAFT, *ENDED)
UNDECIDED = (
    Application.State.SUBMITTED,
    Application.State.RETURNED,
    Application.State.ELIGIBLE,
)
FOLLOWING = {
    State.DRAFT: (State.ANNOUNCED,),
    State.ANNOUNCED: (State.RECRUITING, State.CONFIRMED),
    State.RECRUITING: (State.SELECTING,),
    State.SELECTING: (State.CONFIRMED, State.RECRUITING),
    State.CONFIRMED: (State.RUNNING,),
    State.RUNNING: (State.COMPLETED,),
    State.COMPLETED: (State.ARCHIVED,),
    State.ARCHIVED: (),
    State.CANCELLED: (),
}


def call_of(visit: Visit) -> Call | None:
    """Return the call of a visit, None when it has none, such as one of an invited group."""
    return Call.objects.filter(visit=visit).first()


def next_states(visit: Visit) -> list[State]:
    """Return the states that may follow now, the usual one first; cancelling comes last."""
    state = State(visit.state)
    following = list(FOLLOWING[state])
    if state == State.ANNOUNCED and call_of(visit) is not None:
        following.remove(State.CONFIRMED)  # with a call, places are given by choosing
    return following if state in NOT_CANCELLED else [*following, State.CANCELLED]


def obstacles_to(visit: Visit, to: str) -> list[str]:
    """Return in words what must be done before a visit can come into a state; nothing when it can."""
    obstacles = OBSTACLES.get(State(to))
    return obstacles(visit) if obstacles else []


def _to_announce(visit: Visit) -> list[str]:
    return [
        words
        for is_there, words in (
            (visit.title, _("The visit has no title in any language.")),
            (visit.summary, _("The visit has no summary in any language.")),
            (visit.starts_on and visit.ends_on, _("It is not known when the visit starts and ends.")),
        )
        if not is_there
    ]


def _to_recruit(visit: Visit) -> list[str]:
    call = call_of(visit)
    if call is None:
        return [_("There is no call yet: write who is looked for, until when and under which rules.")]
    return [
        words
        for is_there, words in (
            (call.rules, _("The call has no rules in any language.")),
            (call.notice, _("The call does not say what becomes of the applicants’ data.")),
            (call.closes_at > timezone.now(), _("The call’s closing time is in the past.")),
        )
        if not is_there
    ]


def _to_select(visit: Visit) -> list[str]:
    call = call_of(visit)
    if call is None or call.closes_at <= timezone.now():
        return []
    closing = timezone.localtime(call.closes_at)
    return [
        _("The call is open until %(day)s, %(time)s.")
        % {"day": day(closing.date()), "time": date_format(closing, "H:i")}
    ]


def _to_confirm(visit: Visit) -> list[str]:
    if call_of(visit) is None:
        return []
    applications = Application.objects.filter(call__visit=visit)
    undecided = applications.filter(state__in=UNDECIDED).count()
    obstacles = []
    if undecided:
        obstacles.append(
            ngettext(
                "%(count)d application is not decided yet.",
                "%(count)d applications are not decided yet.",
                undecided,
            )
            % {"count": undecided}
        )
    if not applications.filter(state__in=Application.HOLD_A_PLACE).exists():
        obstacles.append(_("Nobody has a place yet."))
    return obstacles


def _to_run(visit: Visit) -> list[str]:
    if visit.starts_on <= timezone.localdate():
        return []
    return [_("The first day of the visit has not come yet.")]


def _to_complete(visit: Visit) -> list[str]:
    if visit.ends_on < timezone.localdate():
        return []
    return [_("The last day of the visit has not passed yet.")]


OBSTACLES: dict[State, Callable[[Visit], list[str]]] = {
    State.ANNOUNCED: _to_announce,
    State.RECRUITING: _to_recruit,
    State.SELECTING: _to_select,
    State.CONFIRMED: _to_confirm,
    State.RUNNING: _to_run,
    State.COMPLETED: _to_complete,
}
