"""What changes whenever places or figures do: the key of what a process keeps in memory of them."""

from __future__ import annotations

from django.db import connection

# A change made by hand keeps the numbers of its rows, but is logged; an import brings new rows.
CHANGED_BY_HAND = """
    (SELECT MAX(entry.id) FROM wagtailcore_modellogentry entry
    JOIN django_content_type kind ON kind.id = entry.content_type_id
    WHERE kind.app_label = 'places' AND kind.model IN ('municipality', 'period', 'succession', 'county'))
"""
TERRITORY = (
    "(SELECT MAX(id) FROM places_municipality)",
    "(SELECT MAX(id) FROM places_period)",
    "(SELECT MAX(id) FROM places_succession)",
    "(SELECT COUNT(*) FROM places_succession)",
    CHANGED_BY_HAND,
)
FIGURES = (
    "(SELECT MAX(id) FROM places_release)",
    "(SELECT COUNT(*) FROM places_release)",
    "(SELECT MAX(id) FROM places_observation)",
)


def territory_version() -> tuple[object, ...]:
    """Return the version of municipalities, their periods and successions; in one query."""
    return _version(*TERRITORY)


def figures_version() -> tuple[object, ...]:
    """Return the version of territory and of all figures; in one query of some microseconds."""
    return _version(*TERRITORY, *FIGURES)


def _version(*parts: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}")
        return (str(connection.settings_dict["NAME"]), *cursor.fetchone())
