"""Mails about applications, each in the language of its applicant."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from sadzonka.outbox.actions import MailIsReviewed, discard, draft, make_link, post
from sadzonka.outbox.links import address_of
from sadzonka.outbox.models import Link, Mail
from sadzonka.visits.models import Application, Change
from sadzonka.visits.recruitment.queries import place_in_reserve

if TYPE_CHECKING:
    from sadzonka.people.models import Person
    from sadzonka.visits.models import Visit

LINK_OUTLIVES_VISIT = dt.timedelta(days=60)

# The state that a change leads to, and the text that tells of it.
DECISION_TEXTS = {
    Application.State.RETURNED: "returned",
    Application.State.INELIGIBLE: "ineligible",
    Application.State.CHOSEN: "chosen",
    Application.State.RESERVE: "reserve",
    Application.State.REFUSED: "refused",
    Application.State.WITHDRAWN: "ended",
}


def application_link(application: Application) -> Link:
    """Return the link with which an applicant opens their application, until after the visit."""
    visit = application.call.visit
    ends = timezone.make_aware(dt.datetime.combine(visit.ends_on, dt.time.max)) + LINK_OUTLIVES_VISIT
    return make_link(
        purpose=Link.Purpose.APPLICATION,
        subject_id=application.pk,
        language=application.language,
        expires_at=max(ends, timezone.now() + LINK_OUTLIVES_VISIT),
    )


def delegation_link(application: Application) -> Link:
    """Return the link with which a superior confirms, until the visit begins."""
    visit = application.call.visit
    starts = timezone.make_aware(dt.datetime.combine(visit.starts_on, dt.time.min))
    return make_link(
        purpose=Link.Purpose.DELEGATION,
        subject_id=application.pk,
        language=application.language,
        expires_at=starts,
    )


def post_to_applicant(application: Application, text: str, *, key: str) -> Mail:
    """Send what the applicant asked for at this moment, without review."""
    subject, body = _written(application, text, address=address_of(application_link(application)))
    return post(
        key=key, recipient=application.email, subject=subject, body=body, language=application.language
    )


def post_to_superior(application: Application) -> Mail:
    """Ask the superior, once per link."""
    link = delegation_link(application)
    subject, body = _written(application, "delegation", address=address_of(link))
    return post(
        key=f"delegation:{link.pk}",
        recipient=application.superior_email,
        subject=subject,
        body=body,
        language=application.language,
    )


def draft_decision(change: Change) -> Mail:
    """Draft the mail that tells the applicant of a change; somebody reviews it."""
    application = change.application
    subject, body = _written(
        application,
        DECISION_TEXTS[Application.State(change.state)],
        address=address_of(application_link(application)),
        change=change,
        place=place_in_reserve(application),
    )
    return draft(
        key=f"application:{change.pk}",
        topic=topic_of(application.call.visit),
        recipient=application.email,
        subject=subject,
        body=body,
        language=application.language,
    )


def topic_of(visit: Visit) -> str:
    return f"visit:{visit.pk}"


def discard_drafts(application: Application, *, by: Person | None) -> None:
    """Discard drafted mails about a state that the application has left."""
    keys = [f"application:{change}" for change in application.changes.values_list("pk", flat=True)]
    for mail in Mail.objects.filter(key__in=keys, state=Mail.State.DRAFT):
        try:
            discard(mail=mail, by=by)
        except MailIsReviewed:  # somebody released it at this very moment
            continue


def _written(application: Application, text: str, **context: object) -> tuple[str, str]:
    """Return subject and text: the first line of a template and the rest."""
    with translation.override(application.language):
        written = render_to_string(
            f"visits/recruitment/mails/{text}.txt",
            {
                "application": application,
                "call": application.call,
                "visit": application.call.visit,
                "sign_in": settings.BASE_ADDRESS.rstrip("/") + reverse("account_login"),
                **context,
            },
        )
    subject, _newline, body = written.strip().partition("\n")
    return subject.strip(), body.strip() + "\n"
