"""The mails of account pages go through the outbox like all others."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import get_language

from sadzonka.outbox.actions import post


class OutboxAccountAdapter(DefaultAccountAdapter):
    """Stores account mails instead of sending them within the request."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        post(
            key=f"account:{uuid.uuid4()}",
            recipient=email,
            subject=message.subject,
            body=message.body,
            language=get_language() or "pl",
        )
