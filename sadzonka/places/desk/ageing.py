"""What is stale: figures older than their indicator allows, and lists of units with newer editions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.places.models import WITH_VALUE, Country, Indicator, Observation, Period, Release

LIST_IS_GOOD_FOR = dt.timedelta(days=366)  # offices publish their lists of units every year


@dataclass(frozen=True, slots=True)
class Aged:
    """How old the figures of one indicator are in one country."""

    indicator: Indicator
    newest: int
    beyond: int  # municipalities whose newest figure is older than the limit
    never: int  # municipalities without any figure
    existing: int
    release: Release | None  # where the newest figures came from, and the next ones may be

    @property
    def certain_until(self) -> int:
        """The last year in which the newest figures are taken as they are."""
        return self.newest + self.indicator.max_age_years

    @property
    def is_stale(self) -> bool:
        """Whether even the newest figures are too old."""
        return self.certain_until < timezone.localdate().year

    @property
    def becomes(self) -> str:
        """What an analysis takes from a figure that is too old, in words."""
        changes = sorted(
            (int(years), share)
            for years, share in self.indicator.relative_change_over_years.items()
            if int(years) > self.indicator.max_age_years
        )
        if not changes:
            return _("unknown")
        widened = [
            ngettext("after %(years)s year ±%(share)s%%", "after %(years)s years ±%(share)s%%", years)
            % {"years": years, "share": floatformat(100 * share, -1)}
            for years, share in changes
        ]
        return _("%(widened)s, else unknown") % {"widened": ", ".join(widened)}


@dataclass(frozen=True, slots=True)
class ListOfUnits:
    """The newest list of all municipalities of a country."""

    country: Country
    release: Release | None

    @property
    def is_stale(self) -> bool:
        """Whether more than a year has passed since the day of the list."""
        day = self.release.as_of if self.release else None
        return day is not None and timezone.localdate() - day > LIST_IS_GOOD_FOR


def lists_of_units(known: list[Country]) -> list[ListOfUnits]:
    """Return the newest list of each country, in one query."""
    newest: dict[str, Release] = {}
    listing = Release.objects.filter(lists_all_of__isnull=False, as_of__isnull=False)
    for release in listing.order_by("as_of", "retrieved_on"):
        newest[str(release.lists_all_of_id)] = release
    return [ListOfUnits(country, newest.get(country.code)) for country in known]


def municipalities_on(country: Country, day: dt.date) -> QuerySet[Period]:
    """Return the periods that hold on a day, one of each municipality that exists."""
    return Period.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        municipality__country=country,
        municipality__is_invented=False,
    ).order_by()


def ages_of(country: Country) -> list[Aged]:
    """Return the age of every indicator that has figures, the stale ones first, in five queries."""
    today = timezone.localdate()
    now = municipalities_on(country, today)
    existing = now.values("municipality").distinct().count()
    figures = Observation.objects.filter(
        municipality__country=country, municipality__is_invented=False, status__in=WITH_VALUE
    ).order_by()
    young = Q(period__gte=Value(today.year) - F("indicator__max_age_years"))
    counted = (
        figures.filter(municipality__in=now.values("municipality"))
        .values("indicator")
        .annotate(
            newest=Max("period"),
            known=Count("municipality", distinct=True),
            young=Count("municipality", distinct=True, filter=young),
        )
        .values_list("indicator", "newest", "known", "young")
    )
    rows = {indicator: rest for indicator, *rest in counted}
    releases = _newest_releases(figures)
    aged = [
        Aged(indicator, newest, known - young_ones, existing - known, existing, releases.get(indicator.pk))
        for indicator in Indicator.objects.filter(pk__in=rows).order_by("sort_order", "key")
        for newest, known, young_ones in [rows[indicator.pk]]
    ]
    return sorted(aged, key=lambda one: (not one.is_stale, not one.beyond))


def _newest_releases(figures: QuerySet[Observation]) -> dict[int, Release]:
    """Return from which release the newest year of each indicator came; of several the one fetched last."""
    newest = (
        figures.values("indicator", "release")
        .annotate(newest=Max("period"))
        .values_list("indicator", "release", "newest")
    )
    rows = list(newest)
    releases = Release.objects.in_bulk({release for _indicator, release, _year in rows})
    rows.sort(key=lambda row: (row[2], releases[row[1]].retrieved_on, row[1]))
    return {indicator: releases[release] for indicator, release, _year in rows}
