"""Applying: starting, keeping and sending an application without an account."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from sadzonka.common.revisions import StaleForm
from sadzonka.outbox.actions import revoke_links
from sadzonka.outbox.models import Link, Mail
from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.actions.changes import locked_application, locked_call, move, note
from sadzonka.visits.recruitment.mails import post_to_applicant, post_to_superior
from sadzonka.visits.recruitment.queries import application_in_use, returned_at
from sadzonka.visits.recruitment.rules import is_editable, is_open

# What an applicant fills in; practices, the notice and pictures are kept beside.
TEXTS = (
    "first_name",
    "last_name",
    "phone",
    "municipality",
    "institution",
    "position",
    "superior_name",
    "superior_email",
    "motivation",
    "needs",
)


class CallIsClosed(Exception):
    """Applications are not taken now."""


class ApplicationIsSent(Exception):
    """The application can no longer be edited."""


class TooManyApplications(Exception):
    """Forms were sent from one address more often than the limit allows."""


@transaction.atomic
def start_application(
    *,
    call: Call,
    nonce: uuid.UUID,
    email: str,
    answers: Mapping[str, Any],
    is_sent: bool,
    language: str,
    address: str,
) -> Application:
    """Store a new application, sent at once or kept for later, and mail its link to the applicant.

    Whoever has one for this call already gets the link to that one instead, and it stays as it is: only
    the mailbox says which of the two happened. The same form again changes nothing.
    """
    locked = locked_call(call.pk)
    if not is_open(locked):
        raise CallIsClosed
    again = Application.objects.filter(nonce=nonce).first()
    if again is not None and (again.call_id, again.email.lower()) == (locked.pk, email.lower()):
        return again
    mail_key = _mail_key(address, uuid.uuid4() if again else nonce)
    known = application_in_use(locked, email)
    if known is not None:
        known.call = locked
        post_to_applicant(known, "again", key=mail_key)
        return known
    application = Application(
        call=locked, nonce=uuid.uuid4() if again else nonce, email=email, language=language
    )
    _fill_in(application, answers)
    application.save()
    application.practices.set(answers["practices"])
    log(instance=application, action="wagtail.create", user=None, title=application.reference)
    if is_sent:
        _send(application)
    post_to_applicant(application, "sent" if is_sent else "kept", key=mail_key)
    return application


def _mail_key(address: str, nonce: uuid.UUID) -> str:
    """Return the key of the mail with the link; it counts per sender, whose address is only hashed."""
    sender = salted_hmac("sadzonka.visits.apply", address, algorithm="sha256").hexdigest()[:32]
    lately = Mail.objects.filter(
        key__startswith=f"applying:{sender}:", created_at__gte=timezone.now() - timedelta(hours=1)
    )
    if lately.count() >= settings.APPLICATIONS_PER_HOUR:
        raise TooManyApplications
    return f"applying:{sender}:{nonce}"


@transaction.atomic
def keep_application(*, application: Application, revision: int, answers: Mapping[str, Any]) -> Application:
    """Keep what was filled in without sending it; raises StaleForm and ApplicationIsSent."""
    return _edited(application, revision, answers)


@transaction.atomic
def send_application(*, application: Application, revision: int, answers: Mapping[str, Any]) -> Application:
    """Send an application, or send a returned one again; its superior is asked to confirm."""
    edited = _edited(application, revision, answers)
    change = _send(edited)
    post_to_applicant(edited, "sent", key=f"application:sent:{change.pk}")
    return edited


def _edited(application: Application, revision: int, answers: Mapping[str, Any]) -> Application:
    locked = locked_application(application)
    if locked.revision != revision:
        raise StaleForm(locked)
    if not is_editable(locked, returned_at(locked)):
        raise ApplicationIsSent
    if locked.superior_email and locked.superior_email.lower() != answers["superior_email"].lower():
        revoke_links(purpose=Link.Purpose.DELEGATION, subject_id=locked.pk)
        locked.delegated_at = locked.delegation_refused_at = None
        locked.delegated_by = locked.delegation_note = ""
    changed = _fill_in(locked, answers)
    locked.revision += 1
    locked.save()
    locked.practices.set(answers["practices"])
    note(locked, None, fields=changed)
    return locked


def _fill_in(application: Application, answers: Mapping[str, Any]) -> list[str]:
    """Set what was answered and return the names of what is different: values do not go into the log."""
    changed = [name for name in TEXTS if getattr(application, name) != answers[name]]
    for name in changed:
        setattr(application, name, answers[name])
    if answers["notice"] and application.notice_version != application.call.notice_version:
        application.notice_version = application.call.notice_version
        application.notice_read_at = timezone.now()
        changed.append("notice")
    if answers["pictures"] is not application.image_consent:
        application.image_consent = answers["pictures"]
        application.image_consent_at = timezone.now()
        changed.append("pictures")
    return changed


def _send(application: Application) -> Change:
    application.submitted_at = timezone.now()
    change = move(application, Application.State.SUBMITTED, cause=Change.Cause.APPLICANT)
    if not application.is_delegated:
        post_to_superior(application)
    return change
