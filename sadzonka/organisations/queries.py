"""Reading organisations and their ties."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from sadzonka.organisations.models import Membership, Organisation
from sadzonka.places.models import Period


def organisations_listed(country: str = "") -> QuerySet[Organisation]:
    """Return the organisations of a country (of all), country by country, with what a list shows."""
    found = (
        Organisation.objects.select_related("legal_form", "country", "seat")
        .prefetch_related("seat__periods", "services")
        .order_by("country", "name")
    )
    return found.filter(country=country) if country else found


def organisation_whole(slug: str) -> Organisation | None:
    """Return an organisation with everything that its page shows, None when there is none."""
    return (
        Organisation.objects.select_related("legal_form__closest__country", "country", "seat__country")
        .prefetch_related(
            Prefetch("seat__periods", Period.objects.select_related("county__region")),
            "identifiers",
            "services",
            "sources",
            "practices_run__versions__texts",
            "practices__versions__texts",
            Prefetch("memberships", Membership.objects.select_related("group__legal_form")),
            Prefetch(
                "ties",
                Membership.objects.select_related("member__legal_form")
                .prefetch_related("member__services")
                .order_by("member__name"),
            ),
        )
        .filter(slug=slug)
        .first()
    )


def practices_shown(organisation: Organisation) -> list[Any]:
    """Return the practices with a shown card that the organisation runs or takes part in, each once."""
    practices = {one.pk: one for one in (*organisation.practices_run.all(), *organisation.practices.all())}
    return [one for one in practices.values() if one.shown_version]


def similar_organisations(slug: str) -> list[Organisation]:
    """Return the organisations whose address is near a wrong one."""
    known = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    return [known[near] for near in difflib.get_close_matches(slug, known, n=3, cutoff=0.5)]


@dataclass(frozen=True, slots=True)
class MembersAt:
    """The members of a consortium on one day; a tie whose beginning is not known is neither in nor out."""

    day: dt.date
    certain: tuple[Membership, ...]
    uncertain: tuple[Membership, ...]
    outside: tuple[Membership, ...]


def members_at(consortium: Organisation, day: dt.date) -> MembersAt:
    """Return who belonged to `consortium` on `day`."""
    ties = list(consortium.ties.all())
    states = [(tie, tie.is_valid_on(day)) for tie in ties]
    return MembersAt(
        day,
        certain=tuple(tie for tie, state in states if state is True),
        uncertain=tuple(tie for tie, state in states if state is None),
        outside=tuple(tie for tie, state in states if state is False),
    )
