"""How people who write are named: first name and municipality, never an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sadzonka.conversations.rules import may_read_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person


def author_line(person: Person | None, reader: Person | AnonymousUser | None = None) -> str:
    """Return the first name and the municipalities of somebody; the whole name for staff who read."""
    if person is None:
        return _("somebody whose account is gone")
    is_whole = reader is not None and may_read_names(reader)
    name = person.get_full_name() if is_whole else next(iter(person.first_name.split()), "")
    places = [str(one.municipality) for one in person.affiliations.all()]
    return ", ".join([name or _("without a name"), *places])
