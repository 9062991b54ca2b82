"""Storing mail and sending it: stored once by its key, sent at most once, tried again when it was refused."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from sadzonka.outbox.models import Mail

MOST_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(minutes=1)


@transaction.atomic
def post(*, key: str, recipient: str, subject: str, body: str, language: str, reply_to: str = "") -> Mail:
    """Store a message and queue its delivery; the same key again changes nothing."""
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "language": language,
            "reply_to": reply_to,
        },
    )
    if is_new:
        deliver.enqueue(mail.pk)
    return mail


def claim(mail_id: int) -> Mail | None:
    """Take a waiting message for sending, None when somebody else has it or it is sent already.

    The claim is committed before the server is asked: a process that dies in between leaves the message
    "being sent", which is not tried again by itself, because it may have gone out.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=mail_id, state=Mail.State.WAITING).first()
        if mail is None:
            return None
        mail.state, mail.attempts = Mail.State.SENDING, mail.attempts + 1
        mail.save(update_fields=["state", "attempts"])
        return mail


@task()
def deliver(mail_id: int) -> None:
    """Send one message; when the server refuses or cannot be reached, try again later, ever more rarely."""
    mail = claim(mail_id)
    if mail is None:
        return
    try:
        EmailMessage(
            mail.subject, mail.body, to=[mail.recipient], reply_to=[mail.reply_to] if mail.reply_to else None
        ).send()
    except (SMTPException, OSError) as error:
        put_off(mail, reason=str(error))
    else:
        mail.state, mail.sent_at, mail.last_error = Mail.State.SENT, timezone.now(), ""
        mail.save(update_fields=["state", "sent_at", "last_error"])


@transaction.atomic
def put_off(mail: Mail, *, reason: str) -> None:
    """Queue a refused message for later, or give it up after the last attempt."""
    mail.last_error = reason[:300]
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state = Mail.State.FAILED
    else:
        mail.state = Mail.State.WAITING
        mail.not_before = timezone.now() + FIRST_WAIT * 2 ** (mail.attempts - 1)
        deliver.using(run_after=mail.not_before).enqueue(mail.pk)
    mail.save(update_fields=["state", "last_error", "not_before"])
