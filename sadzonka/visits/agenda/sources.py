"""Hosts asked, and what they answered, as a file tells it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.visits.agenda.actions import ask_hosts, reply_as_host
from sadzonka.visits.agenda.replies import fingerprint
from sadzonka.visits.models import AgendaItem

if TYPE_CHECKING:
    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person
    from sadzonka.visits.models import Visit

A_DATE = "a date or a number of days from today"


def load_hosts(entries: Iterable[Entry], visit: Visit, by: Person) -> None:
    """Ask the hosts of an agenda and note their replies."""
    replies = {reply.value: reply for reply in AgendaItem.Reply}
    for entry in entries:
        if not entry.get("asked_on"):
            continue
        item = AgendaItem.objects.get(visit=visit, key=entry.text("key"))
        with at_that_time(entry.needed("asked_on", read_moment, A_DATE)):
            ask_hosts(visit=visit, items=[item], by=by)
        answer = entry.table("reply")
        if answer.values:
            item.refresh_from_db()
            with at_that_time(answer.needed("on", read_moment, A_DATE)):
                reply_as_host(
                    item=item,
                    reply=answer.found("reply", replies),
                    name=answer.text("by"),
                    note=answer.get("note"),
                    seen=fingerprint(item),
                )
