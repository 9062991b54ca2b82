"""Reading screenings, the municipalities in them, and invitation lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from sadzonka.places.models import County, Municipality, Period, Region
from sadzonka.places.queries import periods_on
from sadzonka.practices.models import Criterion, Version
from sadzonka.transfer.models import Invitation, InvitationList, Screening
from sadzonka.transfer.screening.outcome import GATES, Outcome
from sadzonka.visits.models import Visit


def screenings() -> QuerySet[Screening]:
    """Return the screenings, the newest first, without what they found."""
    return (
        Screening.objects.defer("result", "provenance")
        .select_related("version__practice", "country", "region", "started_by")
        .prefetch_related("version__texts")
    )


def screening_numbered(number: int) -> Screening | None:
    """Return one screening with all that an analysis needs of its card, without what it found."""
    criteria = Prefetch("version__criteria", Criterion.objects.select_related("indicator"))
    return screenings().prefetch_related("version__clauses__alternatives", criteria).filter(pk=number).first()


def outcome_found(screening: Screening) -> Outcome | None:
    """Return what a screening found, None while it has found nothing."""
    stored = Screening.objects.filter(pk=screening.pk, state=Screening.State.DONE).values_list("result")
    found = stored.first()
    return Outcome.from_bytes(bytes(found[0])) if found and found[0] else None


def regions_to_screen() -> list[Region]:
    """Return the regions that have a real municipality today, with their countries; in one query."""
    real = periods_on().filter(county__region=OuterRef("pk"), municipality__is_invented=False).order_by()
    found = Region.objects.filter(Exists(real)).select_related("country")
    return list(found.order_by("country__sort_order", "country__code", "name"))


def is_running_already(
    version: Version, country: str, region: Region | None, weights: Mapping[str, object], day: dt.date
) -> Screening | None:
    """Return the screening that asks the very same and has not ended, None when there is none."""
    waiting = Screening.objects.filter(
        version=version,
        country=country,
        region=region,
        day=day,
        weights=dict(weights),
        state__in=(Screening.State.QUEUED, Screening.State.RUNNING),
    )
    return waiting.order_by("pk").first()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which municipalities of a screening are looked at: a state of the gate, a region, a county."""

    gate: str = ""
    region: str = ""
    county: str = ""


GATE_WORDS = tuple(gate.word for gate in GATES)


def fitting(screening: Screening, outcome: Outcome, rows: Iterable[int], chosen: Chosen) -> list[int]:
    """Return those of the rows, in their order, that are as was chosen; in one query when a place is."""
    fits = np.ones(len(outcome), dtype=np.bool_)
    if chosen.gate:
        fits &= outcome.gate == GATE_WORDS.index(chosen.gate)
    if chosen.region or chosen.county:
        inside = periods_on(screening.day).filter(county__region__country=screening.country_id).order_by()
        if chosen.region:
            inside = inside.filter(county__region__code=chosen.region)
        if chosen.county:
            inside = inside.filter(county__code=chosen.county)
        fits &= np.isin(outcome.ids, list(inside.values_list("municipality_id", flat=True)))
    return [row for row in rows if fits[row]]


def periods_by_municipality(screening: Screening, municipalities: Iterable[int]) -> dict[int, Period]:
    """Return what municipalities were called, and where they lay, on the day of a screening."""
    found = periods_on(screening.day).filter(municipality__in=list(municipalities)).order_by("valid_from")
    return {period.municipality_id: period for period in found}


def counties_by_municipality(screening: Screening) -> dict[int, tuple[int, int]]:
    """Return the numbers of county and region of every municipality of a screening's country; one query."""
    found = periods_on(screening.day).filter(municipality__country=screening.country_id).order_by()
    rows = found.values_list("municipality_id", "county_id", "county__region_id")
    return {municipality: (county, region) for municipality, county, region in rows}


def counties_in(screening: Screening) -> list[County]:
    """Return the counties with a real municipality, among which a reader can choose; in one query."""
    real = periods_on(screening.day).filter(county=OuterRef("pk"), municipality__is_invented=False).order_by()
    inside = County.objects.filter(Exists(real), region__country=screening.country_id).select_related(
        "region"
    )
    if screening.region_id:
        inside = inside.filter(region=screening.region_id)
    return list(inside.order_by("region__name", "name", "code"))


def municipality_in(screening: Screening, code: str) -> Municipality | None:
    """Return a municipality of the screening's country by its code."""
    return Municipality.objects.filter(country=screening.country_id, code=code).first()


def municipalities_called(country: str, words: str) -> list[Municipality]:
    """Return the municipalities of a country that have this code, or else this name today."""
    of_country = Municipality.objects.filter(country=country).prefetch_related("periods")
    by_code = list(of_country.filter(code=words))
    if by_code:
        return by_code
    named = periods_on().filter(municipality__country=country, name__iexact=words).order_by()
    return list(of_country.filter(pk__in=named.values("municipality_id")))


def invitation_list_of(screening: Screening) -> InvitationList | None:
    """Return the invitation list of a screening with the visit it is for, None when none was drafted."""
    return InvitationList.objects.select_related("visit", "drafted_by").filter(screening=screening).first()


def invitations_of(invitation_list: InvitationList) -> list[Invitation]:
    """Return the municipalities on a list in their order, with what they are called; in three queries."""
    found = invitation_list.invitations.select_related("municipality")
    return list(found.prefetch_related("municipality__periods__county__region"))


def visits_to_invite_to() -> QuerySet[Visit]:
    """Return the visits that are not over."""
    over = (Visit.State.COMPLETED, Visit.State.ARCHIVED)
    return Visit.objects.exclude(state__in=over).order_by("-starts_on", "slug")
