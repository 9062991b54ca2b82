"""Reading visits."""

from __future__ import annotations

from django.db.models import F, Prefetch, QuerySet

from sadzonka.practices.models import Version
from sadzonka.visits.models import AgendaItem, Series, Visit


def announced_visits() -> QuerySet[Visit]:
    """Return the visits that everybody sees, the newest first, with what a list shows."""
    return Visit.objects.exclude(state=Visit.State.DRAFT).select_related("series", "project", "organiser")


def visits_by_series() -> QuerySet[Visit]:
    """Return the announced visits series by series, the newest of each first."""
    return announced_visits().order_by("series", "-starts_on", "slug")


def visit_whole(slug: str) -> Visit | None:
    """Return a visit with everything that its page shows, None when there is none."""
    agenda = (
        AgendaItem.objects.select_related("host", "municipality")
        .prefetch_related(
            "municipality__periods",
            "speakers",
            Prefetch("practices__versions", _shown_with_texts(), to_attr="shown_versions"),
        )
        .order_by(F("held_on").asc(nulls_last=True), F("starts_at").asc(nulls_last=True), "sort_order", "pk")
    )
    return (
        Visit.objects.select_related("series", "project__programme", "organiser", "call")
        .prefetch_related(
            Prefetch("agenda", agenda),
            "goals",
            "sources",
            "municipalities__periods",
            "project__programme__marks",
        )
        .filter(slug=slug)
        .first()
    )


def _shown_with_texts() -> QuerySet[Version]:
    return (
        Version.objects.filter(state__in=Version.SHOWN).select_related("practice").prefetch_related("texts")
    )


def versions_seen_on(visit: Visit) -> QuerySet[Version]:
    """Return the cards of the practices that were seen or named on a visit, each once."""
    return (
        _shown_with_texts().filter(practice__agenda_items__visit=visit).distinct().order_by("practice__slug")
    )


def series_with_visits(slug: str) -> Series | None:
    """Return a series with its announced visits, None when there is none."""
    return (
        Series.objects.prefetch_related(Prefetch("visits", announced_visits(), to_attr="announced"))
        .filter(slug=slug)
        .first()
    )
