"""Asking hosts whether they can receive a visit, and noting what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.outbox.actions import discard, draft, make_link, revoke_links
from sadzonka.outbox.models import Link, Mail
from sadzonka.visits.agenda.mails import request_to_host
from sadzonka.visits.agenda.queries import people_expected
from sadzonka.visits.agenda.replies import (
    fingerprint,
    is_still_asked,
    language_for,
    obstacle_to_asking,
    reply_now,
    terms_of,
)
from sadzonka.visits.models import AgendaItem, Visit
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.people.models import Person

ASKED_ABOUT = ["host_reply", "confirmed_as", "host_replied_at", "host_replied_by", "host_note"]


class HostCannotBeAsked(Exception):
    """An item lacks something, has passed or is confirmed already; `obstacle` says it in words."""

    def __init__(self, item: AgendaItem, obstacle: str) -> None:
        super().__init__(obstacle)
        self.item, self.obstacle = item, obstacle


class HostIsNotAsked(Exception):
    """Another host, another address or another day: who answers is not asked any more."""


class ItemHasChanged(Exception):
    """What the host saw when it answered is not what is planned now; `item` is."""

    def __init__(self, item: AgendaItem) -> None:
        super().__init__(item.key)
        self.item = item


@transaction.atomic
def ask_hosts(*, visit: Visit, items: Iterable[AgendaItem], by: Person) -> list[Mail]:
    """Draft a mail to the host of each item, with a link to answer; raises HostCannotBeAsked, then asks none.

    The same request again, before the first is reviewed, is the same mail.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    chosen = visit.agenda.get_live_queryset().select_for_update().filter(pk__in=[one.pk for one in items])
    return [_ask_host(item, visit, by) for item in chosen.order_by("sort_order", "pk")]


def _ask_host(item: AgendaItem, visit: Visit, by: Person) -> Mail:
    item.visit = visit
    if obstacle := obstacle_to_asking(item):
        raise HostCannotBeAsked(item, obstacle)
    before, terms = reply_now(item), terms_of(item)
    known = item.confirmed_as or terms
    if (known["host"], known["address"]) != (terms["host"], terms["address"]):
        revoke_links(purpose=Link.Purpose.HOSTING, subject_id=item.pk)
    mail, is_new = _draft_request(item, by)
    if not is_new and before == AgendaItem.Reply.ASKED and item.confirmed_as == terms:
        return mail
    item.host_reply, item.confirmed_as = AgendaItem.Reply.ASKED, terms
    item.host_replied_at, item.host_replied_by, item.host_note = None, "", ""
    item.save(update_fields=ASKED_ABOUT)
    _log(item, "sadzonka.ask_host", before=before, by=by)
    return mail


def _draft_request(item: AgendaItem, by: Person) -> tuple[Mail, bool]:
    """Return the mail to the host, and whether it is new: one not reviewed yet is not written twice."""
    language = language_for(item)
    link = make_link(
        purpose=Link.Purpose.HOSTING,
        subject_id=item.pk,
        language=language,
        expires_at=_end_of_day(item.held_on or timezone.localdate()),
    )
    subject, body = request_to_host(item, link, by, people_expected(item.visit))
    earlier = Mail.objects.filter(key__startswith=f"hosting:{item.pk}:")
    unread = earlier.filter(state=Mail.State.DRAFT).first()
    if unread and (unread.recipient, unread.subject, unread.body) == (item.host_email, subject, body):
        return unread, False
    number = earlier.count() + 1
    if unread:
        discard(mail=unread, by=by)
    new = draft(
        key=f"hosting:{item.pk}:{number}",
        topic=f"visit:{item.visit_id}",
        recipient=item.host_email,
        reply_to=by.email,
        subject=subject,
        body=body,
        language=language,
    )
    return new, True


def _end_of_day(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


@transaction.atomic
def reply_as_host(
    *, item: AgendaItem, reply: AgendaItem.Reply, name: str, note: str, seen: str
) -> AgendaItem:
    """Note what the host answers; another answer replaces it, the same one again changes nothing.

    `seen` is the fingerprint of the item as the host saw it. Raises ItemHasChanged when it is another one
    by now, HostIsNotAsked when the question is over.
    """
    locked = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if not is_still_asked(locked):
        raise HostIsNotAsked
    if seen != fingerprint(locked):
        raise ItemHasChanged(locked)
    terms, before = terms_of(locked), reply_now(locked)
    answer = (reply, name, note, terms)
    if answer == (locked.host_reply, locked.host_replied_by, locked.host_note, locked.confirmed_as):
        return locked
    locked.host_reply, locked.host_replied_by, locked.host_note, locked.confirmed_as = answer
    locked.host_replied_at = timezone.now()
    locked.save(update_fields=ASKED_ABOUT)
    _log(locked, "sadzonka.reply_as_host", before=before, by=None)
    return locked


def _log(item: AgendaItem, action: str, *, before: AgendaItem.Reply, by: Person | None) -> None:
    """Write into the visit's history: that is where staff and controllers read it."""
    happened = {"item": item.key, "before": str(before), "after": str(item.host_reply)}
    log(instance=item.visit, action=action, user=by, data=happened)
