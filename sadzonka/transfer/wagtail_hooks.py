"""Answers of municipalities in the admin, and what the log says of screenings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from sadzonka.transfer.viewsets import Answers


@hooks.register("register_admin_viewset")
def viewsets() -> Answers:
    return Answers()


@hooks.register("register_log_actions")
def log_screenings(actions: LogActionRegistry) -> None:
    actions.register_action("sadzonka.start_screening", _("Start a screening"), _("Screening started"))
    actions.register_action(
        "sadzonka.start_screening_again", _("Start a screening again"), _("Screening started again")
    )
    actions.register_action("sadzonka.finish_screening", _("Finish a screening"), _("Screening finished"))
    actions.register_action(
        "sadzonka.draft_invitations", _("Draft an invitation list"), _("Invitation list drafted")
    )
    actions.register_action(
        "sadzonka.change_invitations", _("Change an invitation list"), _("Invitation list changed")
    )
    actions.register_action("sadzonka.invite_by_hand", _("Invite by hand"), _("Municipality invited by hand"))
