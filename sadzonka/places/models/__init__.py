"""What exists of places: territory through time, official statistics, and files on their way in."""

from sadzonka.places.models.imports import FileImport
from sadzonka.places.models.statistics import (
    WITH_VALUE,
    WITHOUT_VALUE,
    ColumnLabel,
    Indicator,
    Observation,
    RegionalObservation,
    Release,
    Status,
)
from sadzonka.places.models.territory import (
    Boundary,
    Country,
    County,
    Municipality,
    Period,
    Region,
    Succession,
    period_at,
)

__all__ = [
    "WITHOUT_VALUE",
    "WITH_VALUE",
    "Boundary",
    "ColumnLabel",
    "Country",
    "County",
    "FileImport",
    "Indicator",
    "Municipality",
    "Observation",
    "Period",
    "Region",
    "RegionalObservation",
    "Release",
    "Status",
    "Succession",
    "period_at",
]
