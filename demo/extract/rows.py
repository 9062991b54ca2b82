"""The rows of the demo's place files and how they are written: sorted, the same bytes on every run."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, order=True)
class Region:
    """A voivodeship or a regione."""

    country: str
    code: str
    name: str


@dataclass(frozen=True, order=True)
class County:
    """A powiat or a provincia."""

    country: str
    region: str
    code: str
    name: str


@dataclass(frozen=True, order=True)
class Municipality:
    """A gmina or a comune by the code that stays with it."""

    country: str
    code: str
    latitude: str = ""
    longitude: str = ""


@dataclass(frozen=True, order=True)
class Period:
    """Name, type and county of a municipality, from the first to the last day; an empty day is not known."""

    country: str
    code: str
    valid_from: str
    valid_to: str
    type: str
    name: str
    county: str


@dataclass(frozen=True, order=True)
class Succession:
    """A municipality that took the place of another."""

    country: str
    predecessor: str
    successor: str
    happened_on: str
    kind: str
    source_url: str


@dataclass(frozen=True, order=True)
class Release:
    """What was read, from whom, and the hash of the very file."""

    key: str
    publisher: str
    title: str
    url: str
    licence: str
    period: str
    retrieved_on: str
    sha256: str


@dataclass(frozen=True, order=True)
class Observation:
    """A figure of a municipality for a year; without a value exactly when the status says why."""

    release: str
    indicator: str
    country: str
    code: str
    period: int
    value: str
    status: str


Row = Region | County | Municipality | Period | Succession | Release | Observation

FILES: dict[str, type[Row]] = {
    "regions.csv": Region,
    "counties.csv": County,
    "municipalities.csv": Municipality,
    "periods.csv": Period,
    "successions.csv": Succession,
    "releases.csv": Release,
    "observations.csv": Observation,
}


def observation(
    release: str, indicator: str, place: tuple[str, str], period: int, value: Decimal | None
) -> Observation:
    """Return the figure as a row; no value becomes the status "missing", never a zero."""
    text, status = ("", "missing") if value is None else (plain(value), "")
    return Observation(release, indicator, *place, period, text, status)


def plain(value: Decimal) -> str:
    """Return the figure with a decimal point, without an exponent or trailing zeros.

    >>> plain(Decimal("120.50")), plain(Decimal("1E+2")), plain(Decimal("-0.0"))
    ('120.5', '100', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def write_rows(rows: Iterable[Row], folder: Path) -> None:
    """Write one CSV file per kind of row."""
    by_kind: dict[type[Row], set[Row]] = {kind: set() for kind in FILES.values()}
    for row in rows:
        by_kind[type(row)].add(row)
    for name, kind in FILES.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(field.name for field in fields(kind))
            writer.writerows(astuple(row) for row in sorted(by_kind[kind], key=astuple))
