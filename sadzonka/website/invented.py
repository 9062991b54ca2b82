"""The invented part of the demonstration: the whole chain, told from files that say that it is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.conversations.sources import load_conversations
from sadzonka.organisations.sources import load_organisations
from sadzonka.outbox.actions import settle
from sadzonka.outbox.models import Mail
from sadzonka.people.sources import load_people
from sadzonka.places.sources import load_places, load_statistics
from sadzonka.practices.ideas.sources import load_interests
from sadzonka.practices.models import Practice
from sadzonka.transfer.adoption.sources import load_adoptions
from sadzonka.visits.models import Visit
from sadzonka.visits.story import tell_visits

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import Model


def load_invented_chain(folder: Path) -> None:
    """Load invented neighbours, hosts and people, then tell two visits and what followed from one of them."""
    load_places(folder / "places", is_invented=True)
    load_statistics(folder / "places")
    load_organisations(folder / "organisations")
    load_people(folder / "people.toml")
    tell_visits(folder / "visits")
    load_interests(folder / "interests.toml")
    subjects: dict[str, Model] = {f"visit:{visit.slug}": visit for visit in Visit.objects.all()}
    subjects |= {f"practice:{practice.slug}": practice for practice in Practice.objects.all()}
    load_conversations(folder / "conversations.toml", subjects)
    load_adoptions(folder / "adoptions.toml")
    _count_mails_as_sent()


def _count_mails_as_sent() -> None:
    """Let no mail of the invented past leave: nobody lives at those addresses."""
    for mail in Mail.objects.filter(state=Mail.State.WAITING):
        settle(mail, Mail.State.SENT)
