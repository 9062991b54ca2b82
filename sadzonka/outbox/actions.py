"""Storing mail and sending it at most once; making and revoking signed links."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person

MOST_ATTEMPTS = 8
FIRST_WAIT = dt.timedelta(minutes=1)
REFUSALS = (SMTPResponseException, SMTPRecipientsRefused)  # the server said no: the message did not go out


class MailIsReviewed(Exception):
    """Somebody has released or discarded the message already."""


@transaction.atomic
def post(*, key: str, recipient: str, subject: str, body: str, language: str, reply_to: str = "") -> Mail:
    """Store a message and queue its delivery; the same key again changes nothing."""
    mail, is_new = _stored(key, Mail.State.WAITING, recipient, subject, body, language, reply_to=reply_to)
    if is_new:
        deliver.enqueue(mail.pk)
    return mail


@transaction.atomic
def draft(
    *, key: str, topic: str, recipient: str, subject: str, body: str, language: str, reply_to: str = ""
) -> Mail:
    """Store a message that somebody reviews before it is sent; the same key again changes nothing."""
    mail, _is_new = _stored(
        key, Mail.State.DRAFT, recipient, subject, body, language, topic=topic, reply_to=reply_to
    )
    return mail


def _stored(  # noqa: PLR0917
    key: str, state: Mail.State, recipient: str, subject: str, body: str, language: str, **more: str
) -> tuple[Mail, bool]:
    return Mail.objects.get_or_create(
        key=key,
        defaults={
            "state": state,
            "recipient": recipient,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "language": language,
            **more,
        },
    )


@transaction.atomic
def rewrite(*, mail: Mail, by: Person, subject: str, body: str) -> Mail:
    """Keep a drafted message in other words; raises MailIsReviewed when it is a draft no longer."""
    rewritten = _take_draft(mail, by, Mail.State.DRAFT)
    rewritten.subject, rewritten.body = " ".join(subject.split())[:200], body
    rewritten.save(update_fields=["subject", "body"])
    log(instance=rewritten, action="sadzonka.rewrite_mail", user=by)
    return rewritten


@transaction.atomic
def release(*, mail: Mail, by: Person, subject: str | None = None, body: str | None = None) -> Mail:
    """Queue a message in the words its reviewer gave it; raises MailIsReviewed the second time."""
    reviewed = _take_draft(mail, by, Mail.State.WAITING)
    reviewed.subject = " ".join((subject or reviewed.subject).split())[:200]
    reviewed.body = body or reviewed.body
    reviewed.not_before = timezone.now()
    reviewed.save(update_fields=["state", "reviewed_by", "subject", "body", "not_before"])
    deliver.enqueue(reviewed.pk)
    log(instance=reviewed, action="sadzonka.release_mail", user=by)
    return reviewed


@transaction.atomic
def discard(*, mail: Mail, by: Person | None) -> Mail:
    """Decide that a drafted message is not sent; raises MailIsReviewed when it is too late."""
    discarded = _take_draft(mail, by, Mail.State.DISCARDED)
    discarded.save(update_fields=["state", "reviewed_by"])
    log(instance=discarded, action="sadzonka.discard_mail", user=by)
    return discarded


def _take_draft(mail: Mail, by: Person | None, state: Mail.State) -> Mail:
    taken = Mail.objects.select_for_update().filter(pk=mail.pk, state=Mail.State.DRAFT).first()
    if taken is None:
        raise MailIsReviewed
    taken.state, taken.reviewed_by = state, by
    return taken


@transaction.atomic
def make_link(*, purpose: Link.Purpose, subject_id: int, language: str, expires_at: dt.datetime) -> Link:
    """Return the link for a purpose and subject: the valid one, prolonged when need be, else a new one.

    Callers have locked the subject or what it belongs to: two at once would otherwise make two links.
    """
    link = (
        Link.objects.select_for_update()
        .filter(purpose=purpose, subject_id=subject_id, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if link is None:
        return Link.objects.create(
            purpose=purpose, subject_id=subject_id, language=language, expires_at=expires_at
        )
    if link.expires_at < expires_at or link.language != language:
        link.expires_at, link.language = max(link.expires_at, expires_at), language
        link.save(update_fields=["expires_at", "language"])
    return link


def revoke_links(*, purpose: Link.Purpose, subject_id: int) -> None:
    """End every link for a purpose and subject, at once."""
    Link.objects.filter(purpose=purpose, subject_id=subject_id, revoked_at=None).update(
        revoked_at=timezone.now()
    )


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
    """Send one message; when the server refuses or cannot be reached, try again later, ever more rarely.

    A connection that breaks once the message is on its way leaves open whether it arrived: such a message
    is not tried again by itself, because it would perhaps arrive twice.
    """
    mail = claim(mail_id)
    if mail is None:
        return
    message = EmailMessage(
        mail.subject, mail.body, to=[mail.recipient], reply_to=[mail.reply_to] if mail.reply_to else None
    )
    try:
        server = get_connection()
        server.open()
    except (SMTPException, OSError) as error:
        put_off(mail, reason=str(error))
        return
    try:
        server.send_messages([message])
    except REFUSALS as error:
        put_off(mail, reason=str(error))
    except Exception as error:
        settle(mail, Mail.State.UNCERTAIN, reason=f"{type(error).__name__}: {error}")
        raise
    else:
        settle(mail, Mail.State.SENT)
    finally:
        with suppress(SMTPException, OSError):  # what matters is written down already
            server.close()


def settle(mail: Mail, state: Mail.State, *, reason: str = "") -> None:
    """Write down what became of a message that was handed to the server."""
    mail.state, mail.last_error = state, reason[:300]
    mail.sent_at = timezone.now() if state == Mail.State.SENT else None
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
