"""What all files of GUS's Local Data Bank (BDL) share: attributes of figures, labels, their source."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from sadzonka.places.formats.poland.cells import WITHOUT_FIGURE, Signs
from sadzonka.places.formats.poland.codes import GUS
from sadzonka.places.formats.reading import Mark

PUBLISHER = f"{GUS}, Bank Danych Lokalnych"
TABLE_ID = re.compile(r"(?<![A-Za-z])([A-Z]{4})_(\d{1,5})(?!\d)")
ADDRESS = "https://bdl.stat.gov.pl/bdl/metadane/metryka/"
HOME = "https://bdl.stat.gov.pl/"

# Attributes of the API by number, with the symbol that exports write (its list of attributes explains them).
# 4, 14, 91 come with a value of 0 that is none; 97 stands for a powiat and its city together, so for neither.
ATTRIBUTES: dict[int, tuple[str, Mark]] = {
    0: ("", Mark.ORDINARY),
    1: ("", Mark.ORDINARY),
    3: ("k", Mark.INCOMPLETE),
    4: ("x", Mark.SECRET),
    7: ("a", Mark.ROUNDED),
    9: ("s", Mark.ESTIMATE),
    11: ("M", Mark.BREAK),
    13: ("K", Mark.INCOMPLETE),
    14: ("X", Mark.SECRET),
    15: ("-", Mark.MISSING),
    17: ("A", Mark.ROUNDED),
    20: ("v", Mark.IMPRECISE),
    21: ("v", Mark.IMPRECISE),
    50: ("n", Mark.MISSING),
    91: ("x", Mark.SECRET),
    94: ("z", Mark.ORDINARY),
    97: ("p", Mark.MISSING),
    98: ("Z", Mark.BREAK),
}
SYMBOLS = dict(ATTRIBUTES.values())
# What tables show in place of such a figure.
SIGNS: Signs = {"-": (math.nan, Mark.MISSING), ".": (math.nan, Mark.SECRET), "x": (math.nan, Mark.SECRET)}

MONTH = "(?:styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień)"
QUARTER = r"(?:I{1,3}|IV|[1-4])\.?"
# A dimension of its own; "stan w dniu 31 XII" names a day but is about the year.
PART_OF_YEAR = re.compile(
    rf"(?:{QUARTER}\s*(?:[-–]\s*{QUARTER}\s*)?)?(?:kwartał\w*|półrocz\w*)(?:\s*{QUARTER})?|{MONTH}(?:\s*[-–]\s*{MONTH})?",
    re.IGNORECASE,
)
HEADING = re.compile(
    r"(?P<dimensions>.+?)\s*(?P<by>[;,])\s*(?P<year>(?:19|20)\d\d)\s*(?:(?P=by)\s*\[(?P<unit>[^\]]*)\]\s*)?",
    re.DOTALL,
)


class Heading(NamedTuple):
    """What the heading of a column says."""

    label: str
    year: int
    is_part_of_year: bool


def heading(text: str) -> Heading | None:
    """Return what a heading says, "ogółem;2003;[osoba]" or "wskaźnik,2024,[%]"; None if it is none."""
    found = HEADING.fullmatch(text.strip())
    if not found:
        return None
    dimensions = [part for part in re.split(rf"{found['by']}\s*", found["dimensions"]) if part.strip()]
    return Heading(
        label(dimensions, found["unit"] or ""), int(found["year"]), any(map(is_part_of_year, dimensions))
    )


def is_part_of_year(dimension: str) -> bool:
    """Say whether a dimension is a quarter or a month: "I kwartał", "styczeń-marzec"."""
    return PART_OF_YEAR.fullmatch(dimension.strip()) is not None


def label(dimensions: Iterable[str], unit: str) -> str:
    """Return the label of a column: its dimensions and its unit, spelled as the bank does."""
    named = ", ".join(spelled(part) for part in dimensions)
    return f"{named} [{spelled(unit)}]" if unit.strip() else named


def spelled(text: str) -> str:
    """Return words with the bank's spacing, and without the capitals that other programs give headings."""
    text = " ".join(text.split())
    first = text.split(" ")[0]
    if text.isupper() and len(text) > 1:
        return text.lower()
    return text[:1].lower() + text[1:] if first[:1].isupper() and first[1:].islower() else text


def table_of(file_name: str) -> str:
    """Return the table that a file's name tells ("RYNE_1944"): a hint for what "ogółem" means."""
    found = TABLE_ID.search(file_name.rpartition("/")[2])
    return f"{found[1]}_{found[2]}" if found else ""


def title(table: str) -> str:
    return f"BDL {table}" if table else "BDL"


def address(table: str) -> str:
    return ADDRESS + table.rpartition("_")[2] if table else HOME


def period(years: Iterable[int | None]) -> str:
    """Return the years of a release: "2024", "2003–2024"."""
    known = [year for year in years if year]
    if not known:
        return ""
    return str(known[0]) if min(known) == max(known) else f"{min(known)}–{max(known)}"


def marked(value: float, mark: Mark) -> tuple[float, Mark]:
    """Return a figure with its mark; where the mark says that there is none, its value is no zero."""
    return (math.nan if mark in WITHOUT_FIGURE else value), mark
