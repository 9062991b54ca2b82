"""Places and statistics from the files of a folder; a broken row stops everything before it is written."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from sadzonka.common.actions import store
from sadzonka.common.files import Entry, csv_rows
from sadzonka.places.models import (
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    Release,
    Succession,
)

if TYPE_CHECKING:
    from pathlib import Path

CODE_LENGTH = 6


def load_places(folder: Path, *, is_invented: bool = False) -> None:
    """Store the countries, regions, counties, municipalities and their history of `folder`."""
    countries = {country.code: country for country in Country.objects.all()}
    store(
        Region(country=row.found("country", countries), code=row.text("code"), name=row.text("name"))
        for row in csv_rows(folder / "regions.csv", ("country", "code", "name"))
    )
    regions = {(region.country_id, region.code): region for region in Region.objects.all()}
    store(
        County(
            region=row.found("region", regions, key=(row.text("country"), row.text("region"))),
            code=row.text("code"),
            name=row.text("name"),
        )
        for row in csv_rows(folder / "counties.csv", ("country", "region", "code", "name"))
    )
    store(
        Municipality(
            country=row.found("country", countries),
            code=_code(row, "code"),
            latitude=_number(row, "latitude"),
            longitude=_number(row, "longitude"),
            is_invented=is_invented,
        )
        for row in csv_rows(folder / "municipalities.csv", ("country", "code", "latitude", "longitude"))
    )
    _load_history(folder)


def _load_history(folder: Path) -> None:
    municipalities = known_municipalities()
    counties = {
        (county.region.country_id, county.code): county for county in County.objects.select_related("region")
    }
    store(
        Period(
            municipality=row.found("code", municipalities, key=(row.text("country"), _code(row, "code"))),
            valid_from=_date(row, "valid_from"),
            valid_to=_date(row, "valid_to"),
            kind=row.found("type", {kind.value: kind for kind in Period.Kind}),
            name=row.text("name"),
            county=row.found("county", counties, key=(row.text("country"), row.text("county"))),
        )
        for row in csv_rows(
            folder / "periods.csv", ("country", "code", "valid_from", "valid_to", "type", "name", "county")
        )
    )
    if not (folder / "successions.csv").exists():
        return
    store(
        Succession(
            predecessor=row.found(
                "predecessor", municipalities, key=(row.text("country"), _code(row, "predecessor"))
            ),
            successor=row.found(
                "successor", municipalities, key=(row.text("country"), _code(row, "successor"))
            ),
            happened_on=dt.date.fromisoformat(row.text("happened_on")),
            kind=row.found("kind", {kind.value: kind for kind in Succession.Kind}),
            source_url=row.get("source_url"),
        )
        for row in csv_rows(
            folder / "successions.csv",
            ("country", "predecessor", "successor", "happened_on", "kind", "source_url"),
        )
    )


def load_statistics(folder: Path) -> None:
    """Store the releases of `folder` and their figures."""
    store(
        Release(
            key=row.text("key"),
            publisher=row.text("publisher"),
            title=row.text("title"),
            url=row.get("url"),
            licence=row.get("licence"),
            period=row.text("period"),
            retrieved_on=row.needed("retrieved_on", dt.date.fromisoformat, "a date such as 2024-12-31"),
            sha256=row.get("sha256"),
        )
        for row in csv_rows(
            folder / "releases.csv",
            ("key", "publisher", "title", "url", "licence", "period", "retrieved_on", "sha256"),
        )
    )
    releases = {release.key: release for release in Release.objects.all()}
    indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
    municipalities = known_municipalities()
    store(
        _observation(row, releases, indicators, municipalities)
        for row in csv_rows(
            folder / "observations.csv",
            ("release", "indicator", "country", "code", "period", "value", "status"),
        )
    )


def _observation(
    row: Entry,
    releases: dict[str, Release],
    indicators: dict[str, Indicator],
    municipalities: dict[tuple[str, str], Municipality],
) -> Observation:
    status = row.found(
        "status", {choice.value: choice for choice in Observation.Status}, key=row.get("status")
    )
    value = _number(row, "value")
    if (value is None) != (status in Observation.WITHOUT_VALUE):
        raise row.broken("value", "must be empty exactly when the status is 'secret' or 'missing'")
    return Observation(
        release=row.found("release", releases),
        indicator=row.found("indicator", indicators),
        municipality=row.found("code", municipalities, key=(row.text("country"), _code(row, "code"))),
        period=row.needed("period", int, "a year"),
        value=value,
        status=status,
    )


def known_municipalities() -> dict[tuple[str, str], Municipality]:
    """Return every municipality by country and code."""
    return {
        (municipality.country_id, municipality.code): municipality
        for municipality in Municipality.objects.all()
    }


def _code(row: Entry, column: str) -> str:
    code = row.text(column)
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isdigit()):
        raise row.broken(column, f"'{code}' is not a code of six digits (a leading zero may be lost)")
    return code


def _number(row: Entry, column: str) -> float | None:
    number = row.convert(column, float, "a number")
    if number is not None and not math.isfinite(number):
        raise row.broken(column, f"'{row.get(column)}' is not a number")
    return number


def _date(row: Entry, column: str) -> dt.date | None:
    return row.convert(column, dt.date.fromisoformat, "a date such as 2024-12-31")
