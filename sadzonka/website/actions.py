"""Changing the site: messages that come in, pages that are planted."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from sadzonka.outbox.actions import post
from sadzonka.outbox.models import Mail
from sadzonka.website.models import ContactMessage


class TooManyMessages(Exception):
    """Somebody has written more often than the limit allows."""


@transaction.atomic
def receive_message(
    *, nonce: uuid.UUID, name: str, email: str, subject: str, text: str, language: str, address: str
) -> ContactMessage:
    """Store a visitor's message once and queue the mail that tells us of it.

    Raises TooManyMessages when this address has sent its share of the last hour. The address itself is
    not stored: a keyed hash is enough to count.
    """
    known = ContactMessage.objects.filter(nonce=nonce).first()
    if known is not None:
        if (known.name, known.email, known.subject, known.text) == (name, email, subject, text):
            return known
        nonce = uuid.uuid4()  # the same form sent again with other words is another message
    sender = salted_hmac("sadzonka.website.contact", address, algorithm="sha256").hexdigest()
    lately = ContactMessage.objects.filter(
        sender_hash=sender, created_at__gte=timezone.now() - timedelta(hours=1)
    )
    if lately.count() >= settings.CONTACT_MESSAGES_PER_HOUR:
        raise TooManyMessages
    message, is_new = ContactMessage.objects.get_or_create(
        nonce=nonce,
        defaults={
            "name": name,
            "email": email,
            "subject": subject,
            "text": text,
            "language": language,
            "sender_hash": sender,
        },
    )
    if is_new:
        log(instance=message, action="wagtail.create", user=None)
        post(
            key=f"contact:{nonce}",
            recipient=settings.CONTACT_ADDRESS,
            reply_to=email,
            subject=f"[Sadzonka] {subject}",
            body=f"{name} <{email}>\n\n{text}\n",
            language=language,
        )
    return message


@transaction.atomic
def forget_messages(*, older_than: timedelta) -> int:
    """Delete messages received longer ago than that, with the mails that told of them; count them."""
    old = ContactMessage.objects.filter(created_at__lt=timezone.now() - older_than)
    Mail.objects.filter(
        key__in=[f"contact:{nonce}" for nonce in old.values_list("nonce", flat=True)]
    ).delete()
    _all, by_kind = old.delete()
    return by_kind.get(ContactMessage._meta.label, 0)
