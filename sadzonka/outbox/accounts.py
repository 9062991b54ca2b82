"""The mails of account pages go through the outbox like all others."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from sadzonka.outbox.actions import post


class OutboxAccountAdapter(DefaultAccountAdapter):
    """Stores account mails instead of sending them within the request; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator: the privacy page says that only staff have one."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        post(
            key=f"account:{uuid.uuid4()}",
            recipient=email,
            subject=message.subject,
            body=message.body,
            language=get_language() or "pl",
        )
