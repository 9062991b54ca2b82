"""What the history of mails in the admin calls what was done with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("sadzonka.rewrite_mail", _("Rewrite a mail"), _("Mail rewritten"))
    actions.register_action("sadzonka.release_mail", _("Release a mail"), _("Mail released"))
    actions.register_action("sadzonka.discard_mail", _("Discard a mail"), _("Mail discarded"))
