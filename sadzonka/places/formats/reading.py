"""What every reader returns: the lines and columns of a file, its figures, and what it says of territory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note
from sadzonka.places.models import Status


class Level(StrEnum):
    """What a line is about."""

    COUNTRY = "country"
    REGION = "region"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    PART = "part"  # a town or rural part of a gmina, a city's district: counted in its whole already
    OTHER = "other"  # macro-regions, statistical regions: no unit of ours


class Mark(IntEnum):
    """How the office qualifies one figure; `STATUSES` gives the word that is stored."""

    ORDINARY = 0
    ESTIMATE = 1
    PROVISIONAL = 2
    INCOMPLETE = 3
    IMPRECISE = 4
    ROUNDED = 5
    BREAK = 6
    SECRET = 7
    MISSING = 8
    ABSENT = 9  # the cell is empty: the file says nothing, and nothing is stored


STATUSES: dict[Mark, Status] = {
    Mark.ORDINARY: Status.ORDINARY,
    Mark.ESTIMATE: Status.ESTIMATE,
    Mark.PROVISIONAL: Status.PROVISIONAL,
    Mark.INCOMPLETE: Status.INCOMPLETE,
    Mark.IMPRECISE: Status.IMPRECISE,
    Mark.ROUNDED: Status.ROUNDED,
    Mark.BREAK: Status.BREAK,
    Mark.SECRET: Status.SECRET,
    Mark.MISSING: Status.MISSING,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: which unit it is about.

    `code` is ours: 6 digits for a gmina or comune, 4 and 2 for a Polish powiat and voivodeship, 3 and 2 for
    an Italian provincia and regione, the NUTS or LAU code elsewhere, "" for a country. Two lines may be about
    one municipality: a gmina before and after a change of type (`kind` differs, the years do not overlap).
    """

    number: int  # as a spreadsheet counts, the first line is 1
    country: str  # ISO 3166-1
    level: Level
    code: str
    name: str  # cleaned: no type in brackets, no years
    kind: str = ""  # a value of Period.Kind, "" when the file does not say
    written: str = ""  # the code as the file writes it


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: what and of which year."""

    label: str  # what the office calls it, with its unit in brackets, without the year
    year: int | None  # None: the file does not say; staff are asked
    place: str  # where it stands, for messages: "C", "3" or its header
    indicator: str = ""  # a key of the catalogue where the layout leaves no doubt
    undated_header: str = ""  # of a plain column that names no year itself: staff may say one for it alone


@dataclass(frozen=True, slots=True)
class Unit:
    """What a file says of one municipality: name, type and county between two days, or on `Reading.as_of`."""

    country: str
    code: str
    name: str
    kind: str
    county: str  # code of the county
    county_name: str
    region: str  # code of the region
    region_name: str
    valid_from: dt.date | None = None  # both None: as it is on `Reading.as_of`
    valid_to: dt.date | None = None
    number: int = 0  # line of the file


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates of a municipality, in degrees."""

    country: str
    code: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The boundary of a municipality: polygons of rings of (longitude, latitude), the outer ring first."""

    country: str
    code: str
    name: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


def no_figures() -> NDArray[np.float64]:
    """Return a matrix without lines and columns."""
    return np.zeros((0, 0))


def no_marks() -> NDArray[np.uint8]:
    """Return the marks of no figures."""
    return np.zeros((0, 0), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one file says, before anything of it is compared with what is stored.

    `figures` and `marks` are lines x columns; a figure is NaN exactly where its mark is SECRET, MISSING or
    ABSENT. `notes` explain every line and cell that is not read. A reader never looks into the database.
    """

    layout: str  # slug of the reader, for example "terc", "bdl-table"
    country: str  # ISO code, "" when the file is about several
    publisher: str
    title: str
    period: str  # as the release says it: "2003–2024", "2024-01-01", "" when the file does not say
    url: str = ""
    licence: str = ""
    as_of: dt.date | None = None  # the day of which territory is told
    lists_all_of: str = ""  # country of which every municipality is listed on `as_of`
    lines: tuple[Line, ...] = ()
    columns: tuple[Column, ...] = ()
    figures: NDArray[np.float64] = field(default_factory=no_figures)
    marks: NDArray[np.uint8] = field(default_factory=no_marks)
    units: tuple[Unit, ...] = ()
    points: tuple[Point, ...] = ()
    outlines: tuple[Outline, ...] = ()
    notes: tuple[Note, ...] = ()
    is_register: bool = False  # a line is an organisation, not a place: lines of a place can only be counted
    headers: tuple[str, ...] = ()  # of a plain table: staff choose among them what holds codes, names, years
