"""Writing in threads and moderating them."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.conversations.models import Message, Thread
from sadzonka.conversations.rules import may_converse, may_moderate
from sadzonka.people.models import Person


class TooManyMessages(Exception):
    """Somebody has written more often within an hour than the limit allows."""


class ThreadIsClosed(Exception):
    """The thread was closed; nobody writes in it any more."""


@transaction.atomic
def say(*, nonce: uuid.UUID, thread: Thread, author: Person, language: str, text: str) -> Message:
    """Add a message to a thread, once; raises ThreadIsClosed or TooManyMessages."""
    known = _admit(nonce, author, text)
    return known or _say(nonce, thread, author, language, text)


@transaction.atomic
def say_under_theme(
    *, nonce: uuid.UUID, subject: models.Model, theme: str, author: Person, language: str, text: str
) -> Message:
    """Add a message under a standing theme of a subject; the first one makes its thread."""
    known = _admit(nonce, author, text)
    if known is not None:
        return known
    thread, is_new = Thread.objects.get_or_create(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk, theme=theme
    )
    if is_new:
        log(instance=thread, action="wagtail.create", user=author)
    return _say(nonce, thread, author, language, text)


@transaction.atomic
def start_thread(
    *, nonce: uuid.UUID, subject: models.Model, title: str, author: Person, language: str, text: str
) -> Message:
    """Open a thread under a title of its own with its first message, once; raises TooManyMessages."""
    known = _admit(nonce, author, text)
    if known is not None:
        return known
    thread = Thread.objects.create(subject=subject, theme=Thread.Theme.OTHER, title=title)
    log(instance=thread, action="wagtail.create", user=author)
    return _say(nonce, thread, author, language, text)


def _admit(nonce: uuid.UUID, author: Person, text: str) -> Message | None:
    """Return the message when it is stored already; refuse whoever may not write, or writes too often."""
    if not may_converse(author):
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=author.pk)  # so that two at once are counted one by one
    known = Message.objects.filter(nonce=nonce, author=author, text=text).first()
    if known is not None:
        return known
    lately = Message.objects.filter(author=author, said_at__gte=timezone.now() - timedelta(hours=1))
    if lately.count() >= settings.EXCHANGE_MESSAGES_PER_HOUR:
        raise TooManyMessages
    return None


def _say(nonce: uuid.UUID, thread: Thread, author: Person, language: str, text: str) -> Message:
    if Thread.objects.select_for_update().get(pk=thread.pk).is_closed:
        raise ThreadIsClosed
    if Message.objects.filter(nonce=nonce).exists():  # the same form sent again with other words
        nonce = uuid.uuid4()
    message = Message.objects.create(nonce=nonce, thread=thread, author=author, language=language, text=text)
    log(instance=message, action="wagtail.create", user=author)
    return message


@transaction.atomic
def hide_message(*, message: Message, by: Person, reason: str) -> Message:
    """Show why a message is hidden instead of what it says; it stays stored."""
    return _set_hidden(message, by, is_hidden=True, reason=reason)


@transaction.atomic
def show_message(*, message: Message, by: Person) -> Message:
    """Show a hidden message again."""
    return _set_hidden(message, by, is_hidden=False, reason="")


def _set_hidden(message: Message, by: Person, *, is_hidden: bool, reason: str) -> Message:
    if not may_moderate(by):
        raise PermissionDenied
    changed = Message.objects.select_for_update().get(pk=message.pk)
    if (changed.is_hidden, changed.hidden_reason) == (is_hidden, reason):
        return changed
    changed.is_hidden, changed.hidden_reason = is_hidden, reason
    changed.save(update_fields=["is_hidden", "hidden_reason"])
    log(instance=changed, action="wagtail.edit", user=by, data={"hidden": reason or None})
    return changed


@transaction.atomic
def close_thread(*, thread: Thread, by: Person) -> Thread:
    """Let nobody write in a thread any more; what was said stays."""
    return _set_closed(thread, by, is_closed=True)


@transaction.atomic
def reopen_thread(*, thread: Thread, by: Person) -> Thread:
    """Let people write in a closed thread again."""
    return _set_closed(thread, by, is_closed=False)


def _set_closed(thread: Thread, by: Person, *, is_closed: bool) -> Thread:
    if not may_moderate(by):
        raise PermissionDenied
    changed = Thread.objects.select_for_update().get(pk=thread.pk)
    if changed.is_closed == is_closed:
        return changed
    changed.is_closed = is_closed
    changed.save(update_fields=["is_closed"])
    log(instance=changed, action="wagtail.edit", user=by, data={"closed": is_closed})
    return changed
