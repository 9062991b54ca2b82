"""Reading what the desk shows of imports and releases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sadzonka.places.models import (
    WITH_VALUE,
    Boundary,
    Country,
    FileImport,
    Indicator,
    Observation,
    RegionalObservation,
    Release,
)


def imports_without_content() -> QuerySet[FileImport]:
    """Return the imports, the newest first, without the files themselves."""
    return FileImport.objects.defer("content").select_related("release")


def import_numbered(number: int) -> FileImport | None:
    """Return one import without its file."""
    return imports_without_content().filter(pk=number).first()


def indicators_by_key() -> dict[str, Indicator]:
    """Return the catalogue by key, in its order."""
    return {indicator.key: indicator for indicator in Indicator.objects.order_by("sort_order", "key")}


def countries() -> list[Country]:
    """Return the countries that are known."""
    return list(Country.objects.order_by("sort_order", "code"))


def releases_matching(*, publisher: str, layout: str) -> QuerySet[Release]:
    """Return the releases of a publisher and a layout, all of them when neither is given."""
    found = Release.objects.select_related("lists_all_of").order_by("-retrieved_on", "key")
    if publisher:
        found = found.filter(publisher=publisher)
    return found.filter(layout=layout) if layout else found


def publishers_and_layouts() -> tuple[list[str], list[str]]:
    """Return by what releases can be filtered; what came without a file has no layout, some no publisher."""
    pairs = list(Release.objects.order_by().values_list("publisher", "layout").distinct())
    return sorted({one for one, _ in pairs if one}), sorted({one for _, one in pairs if one})


def release_called(key: str) -> Release | None:
    """Return a release with the imports that made it."""
    return Release.objects.select_related("lists_all_of").filter(key=key).first()


@dataclass(frozen=True, slots=True)
class Share:
    """What a release says of one indicator in one year."""

    year: int
    known: int
    without_value: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a release says of one indicator, year by year."""

    indicator: Indicator
    shares: tuple[Share, ...]


def _parts(figures: QuerySet[Observation] | QuerySet[RegionalObservation]) -> list[Part]:
    rows = (
        figures.order_by()
        .values("indicator", "period")
        .annotate(known=Count("pk", filter=Q(status__in=WITH_VALUE)), every=Count("pk"))
        .values_list("indicator", "period", "known", "every")
    )
    shares: dict[int, list[Share]] = defaultdict(list)
    for indicator, year, known, every in sorted(rows):
        shares[indicator].append(Share(year, known, every - known))
    found = Indicator.objects.filter(pk__in=shares).order_by("sort_order", "key")
    return [Part(indicator, tuple(shares[indicator.pk])) for indicator in found]


@dataclass(frozen=True, slots=True)
class Extent:
    """All that a release brought."""

    municipal: list[Part]
    regional: list[Part]
    boundaries: int
    imports: list[FileImport]


def extent_of(release: Release) -> Extent:
    """Return what a release brought, counted in the database."""
    return Extent(
        _parts(Observation.objects.filter(release=release)),
        _parts(RegionalObservation.objects.filter(release=release)),
        Boundary.objects.filter(release=release).count(),
        list(imports_without_content().filter(release=release)),
    )


def countries_with_figures() -> list[Country]:
    """Return the countries of which a municipality has figures."""
    has_figures = Exists(
        Observation.objects.filter(municipality__country=OuterRef("pk"), municipality__is_invented=False)
    )
    return list(Country.objects.filter(has_figures).order_by("sort_order", "code"))
