"""Messages in the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from sadzonka.common.viewsets import ReadingPolicy
from sadzonka.outbox.models import Mail
from sadzonka.website.models import ContactMessage
from sadzonka.website.viewsets import Messages

for received_or_sent in (ContactMessage, Mail):
    register_permission_policy(received_or_sent, ReadingPolicy(received_or_sent))


@hooks.register("register_admin_viewset")
def viewsets() -> Messages:
    return Messages()
