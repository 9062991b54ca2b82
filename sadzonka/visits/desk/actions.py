"""Reviewing the mails about a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sadzonka.outbox.actions import discard, release, rewrite
from sadzonka.outbox.models import Mail
from sadzonka.visits.desk.queries import topic_of
from sadzonka.visits.desk.reviewing import Outcome
from sadzonka.visits.models import Call, Visit
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sadzonka.people.models import Person
    from sadzonka.visits.desk.reviewing import Reviewed


@transaction.atomic
def review_mails(
    *,
    visit: Visit,
    reviewed: Iterable[Reviewed],
    by: Person,
    release_these: Collection[int] = (),
    discard_these: Collection[int] = (),
) -> Outcome:
    """Release and discard drafted mails about a visit, and keep the new words of the others.

    A mail that somebody else decided about or rewrote since the page was opened is left as it is and told.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    Visit.objects.select_for_update().get(pk=visit.pk)
    Call.objects.select_for_update().filter(visit=visit).first()  # before mails, as whoever drafts them does
    wanted = {one.mail.pk: one for one in reviewed}
    stored = Mail.objects.select_for_update().filter(topic=topic_of(visit), pk__in=wanted).order_by("pk")
    outcome = Outcome()
    for mail in stored:
        one = wanted[mail.pk]
        is_decided = mail.pk in release_these or mail.pk in discard_these
        if not (is_decided or one.is_changed):
            continue
        if mail.state != Mail.State.DRAFT:
            outcome.too_late.append(mail)
        elif one.is_stale(mail):
            outcome.stale.append(mail)
        elif mail.pk in discard_these:
            outcome.discarded.append(discard(mail=mail, by=by))
        elif mail.pk in release_these:
            outcome.released.append(release(mail=mail, by=by, subject=one.subject, body=one.body))
        else:
            outcome.rewritten.append(rewrite(mail=mail, by=by, subject=one.subject, body=one.body))
    return outcome
