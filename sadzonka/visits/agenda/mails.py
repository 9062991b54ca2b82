"""Mails to hosts, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from sadzonka.common.templatetags.words import day
from sadzonka.outbox.links import address_of
from sadzonka.visits.agenda.replies import language_for

if TYPE_CHECKING:
    from sadzonka.outbox.models import Link
    from sadzonka.people.models import Person
    from sadzonka.visits.agenda.queries import Expected
    from sadzonka.visits.models import AgendaItem


def request_to_host(item: AgendaItem, link: Link, by: Person, expected: Expected | None) -> tuple[str, str]:
    """Return subject and text of the question whether a host can receive the visit."""
    with override(language_for(item)):
        subject = _("Can you receive our study visit on %(day)s?") % {"day": day(item.held_on)}
        body = render_to_string(
            "visits/agenda/mails/request.txt",
            {"item": item, "visit": item.visit, "address": address_of(link), "by": by, "expected": expected},
        )
    return subject, body
