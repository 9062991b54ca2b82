"""The mails of account pages go through the outbox like all others."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from sadzonka.outbox.actions import post
from sadzonka.people.actions import confirm_address
from sadzonka.people.models import Person


class OutboxAccountAdapter(DefaultAccountAdapter):
    """Stores account mails instead of sending them within the request; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, or for who accepts a place on a visit."""
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Take an address as confirmed when its owner has read a code there: no second mail for that."""
        records = get_authentication_records(request, user)
        if any(
            (one.get("email") or "").lower() == user.email.lower()
            for one in records
            if one["method"] == "code"
        ):
            confirm_address(person=user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the person's language; to an address that nobody has, in that of the page."""
        language = language_of(email)
        with translation.override(language):
            message = self.render_mail(
                template_prefix, email, {"email": email, "address": settings.BASE_ADDRESS, **context}
            )
        post(
            key=f"account:{uuid.uuid4()}",
            recipient=email,
            subject=message.subject,
            body=message.body,
            language=language,
        )


def language_of(email: str) -> str:
    """Return the language that somebody chose for mails, else the one of the page they are on."""
    chosen = Person.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return chosen or translation.get_language() or settings.LANGUAGE_CODE
