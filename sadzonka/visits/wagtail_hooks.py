"""Visits in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from sadzonka.visits.models import Visit
from sadzonka.visits.viewsets import VisitRecords, Visits

if TYPE_CHECKING:
    from wagtail.models import ModelLogEntry


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [Visits(), VisitRecords().chooser()]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("sadzonka.note_attendance", _("Note attendance"), _("Attendance noted"))
    actions.register_action("sadzonka.record_goal", _("Record a goal"), _("Goal recorded"))
    actions.register_action("sadzonka.share_sheet", _("Share a sheet"), _("Sheet shared"))
    actions.register_action("sadzonka.unshare_sheet", _("Stop sharing a sheet"), _("Sheet shared no longer"))
    actions.register_action("sadzonka.agree_debrief", _("Agree on a debrief"), _("Debrief agreed"))
    actions.register_action("sadzonka.reopen_debrief", _("Reopen a debrief"), _("Debrief reopened"))
    actions.register_action("sadzonka.make_card", _("Make a draft card"), _("Draft card made"))
    actions.register_action("sadzonka.make_idea", _("Make an idea"), _("Idea made"))
    actions.register_action("sadzonka.change_visit_state")(StateOfVisitChanged)


class StateOfVisitChanged(LogFormatter):
    """Says from which state a visit came into which."""

    label = _("Change the state of a visit")

    def format_message(self, log_entry: ModelLogEntry) -> str:
        return gettext("From %(before)s to %(after)s") % {
            key: Visit.State(log_entry.data[key]).label for key in ("before", "after")
        }

    def format_comment(self, log_entry: ModelLogEntry) -> str:
        return str(log_entry.data["reason"])


@hooks.register("register_log_actions")
def log_hosts(actions: LogActionRegistry) -> None:
    actions.register_action("sadzonka.ask_host", _("Ask a host"), _("Host of an agenda item asked"))
    actions.register_action(
        "sadzonka.reply_as_host",
        _("Reply as a host"),
        _("Host of an agenda item replied"),
    )
