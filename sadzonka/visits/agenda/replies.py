"""What a host was asked and said, and whether that still holds for the item as it is now."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sadzonka.visits.models import AgendaItem, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

Reply = AgendaItem.Reply
_NOT_PART_OF_THE_WORD_GIVEN = {"address"}


def terms_of(item: AgendaItem) -> dict[str, Any]:
    """Return what a host is asked to agree to, and (as a keyed hash) at which address."""
    return {
        "host": item.host_id,
        "held_on": item.held_on.isoformat() if item.held_on else "",
        "starts_at": item.starts_at.isoformat("minutes") if item.starts_at else "",
        "ends_at": item.ends_at.isoformat("minutes") if item.ends_at else "",
        "venue": item.venue,
        "municipality": item.municipality_id,
        "capacity": item.capacity,
        "language": item.language,
        "address": salted_hmac(
            "sadzonka.visits.hosting", item.host_email.lower(), algorithm="sha256"
        ).hexdigest(),
    }


def fingerprint(item: AgendaItem) -> str:
    """Return a short sign of what a page said about an item, for the form that answers it."""
    terms = {**terms_of(item), "title": item.title, "theme": item.theme}
    return hashlib.sha256(json.dumps(terms, sort_keys=True).encode()).hexdigest()[:16]


def reply_now(item: AgendaItem) -> AgendaItem.Reply:
    """Return what the host's reply is worth today: nothing for another host, lapsed for another time."""
    reply, then, now = Reply(item.host_reply), item.confirmed_as, terms_of(item)
    if reply == Reply.NOT_ASKED or then is None:
        return reply
    if then["host"] != now["host"] or (reply == Reply.ASKED and then["address"] != now["address"]):
        return Reply.NOT_ASKED
    if reply == Reply.CONFIRMED and has_changed(item):
        return Reply.LAPSED
    return reply


def has_changed(item: AgendaItem) -> bool:
    """Whether day, time, place, room or language differ from what the host was asked or answered."""
    then, now = item.confirmed_as or {}, terms_of(item)
    return bool(then) and any(
        then[name] != now[name] for name in now if name not in _NOT_PART_OF_THE_WORD_GIVEN
    )


def is_still_asked(item: AgendaItem) -> bool:
    """Whether the host may answer: it is still this host at this address, and the day has not passed."""
    then, now = item.confirmed_as, terms_of(item)
    return (
        then is not None
        and (then["host"], then["address"]) == (now["host"], now["address"])
        and item.held_on is not None
        and timezone.localdate() <= item.held_on
        and item.visit.state != Visit.State.CANCELLED
    )


def obstacle_to_asking(item: AgendaItem) -> str:
    """Say why the host cannot be asked now; nothing when it can."""
    if item.visit.state == Visit.State.CANCELLED:
        return _("The visit is cancelled.")
    if not item.host_email:
        return _("The host’s e-mail address is missing.")
    if item.held_on is None:
        return _("The day is not settled yet.")
    if item.held_on < timezone.localdate():
        return _("The day has passed.")
    if reply_now(item) == Reply.CONFIRMED:
        return _("The host has confirmed it; nothing is left to ask.")
    return ""


def language_for(item: AgendaItem) -> str:
    """Return the language in which a host is written to: the one noted, else that of its country."""
    country = item.host.country_id.lower() if item.host else ""
    known = [code for code, _name in settings.LANGUAGES]
    return item.host_language or (country if country in known else settings.LANGUAGE_CODE)


def is_for_a_host(item: AgendaItem) -> bool:
    """Whether an item needs somebody who receives the visitors."""
    return bool(item.kind == AgendaItem.Kind.MEETING or item.host_id or item.host_email)


def confirmations(items: Iterable[AgendaItem]) -> dict[str, int]:
    """Count the items that need a host, those that were asked about, and those that are confirmed."""
    replies = [reply_now(item) for item in items if is_for_a_host(item)]
    return {
        "wanted": len(replies),
        "asked": sum(reply != Reply.NOT_ASKED for reply in replies),
        "confirmed": replies.count(Reply.CONFIRMED),
    }
