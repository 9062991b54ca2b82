"""Codes of Europe's regions (NUTS): which country a code belongs to, and which unit of ours it names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from sadzonka.places.catalogue import country_codes
from sadzonka.places.formats.reading import Level, Mark

NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
COUNTRY_LENGTH = 2
LEVELS = {4: Level.REGION, 5: Level.COUNTY}

# Voivodeships as regions of NUTS 2016 and later; Mazowieckie is two of them (PL91, PL92) and one of NUTS 1.
VOIVODESHIPS = {
    "PL21": "12",
    "PL22": "24",
    "PL41": "30",
    "PL42": "32",
    "PL43": "08",
    "PL51": "02",
    "PL52": "16",
    "PL61": "04",
    "PL62": "28",
    "PL63": "22",
    "PL71": "10",
    "PL72": "26",
    "PL81": "06",
    "PL82": "18",
    "PL84": "20",
    "PL9": "14",
    # until NUTS 2013
    "PL11": "10",
    "PL12": "14",
    "PL31": "06",
    "PL32": "18",
    "PL33": "26",
    "PL34": "20",
}
# Regioni; the letters changed in 2010 (ITD to ITH, ITE to ITI). Trentino-Alto Adige is two regions of NUTS 2.
REGIONI = {
    "ITC1": "01",
    "ITC2": "02",
    "ITC3": "07",
    "ITC4": "03",
    "ITDA": "04",
    "ITHA": "04",
    "ITD3": "05",
    "ITD4": "06",
    "ITD5": "08",
    "ITH3": "05",
    "ITH4": "06",
    "ITH5": "08",
    "ITE1": "09",
    "ITE2": "10",
    "ITE3": "11",
    "ITE4": "12",
    "ITI1": "09",
    "ITI2": "10",
    "ITI3": "11",
    "ITI4": "12",
    "ITF1": "13",
    "ITF2": "14",
    "ITF3": "15",
    "ITF4": "16",
    "ITF5": "17",
    "ITF6": "18",
    "ITG1": "19",
    "ITG2": "20",
}
PROVINCES_OF_TRENTINO = {"ITD1": "021", "ITH1": "021", "ITD2": "022", "ITH2": "022"}
OUR_REGIONS = VOIVODESHIPS | REGIONI


class Place(NamedTuple):
    """Which unit of ours a code names."""

    country: str
    level: Level
    code: str


countries = cache(country_codes)


def place_of(code: str) -> Place:
    """Return the unit that a NUTS code names; one that is no unit of ours is `OTHER`.

    >>> place_of("ITC1")
    Place(country='IT', level=<Level.REGION: 'region'>, code='01')
    >>> place_of("EL51").country, place_of("PL9").code, place_of("EU27_2020").level.value
    ('GR', '14', 'other')
    """
    country = countries().get(code[:COUNTRY_LENGTH], "")
    if not country or not NUTS.fullmatch(code):
        return Place(country, Level.OTHER, code)
    if code in OUR_REGIONS:
        return Place(country, Level.REGION, OUR_REGIONS[code])
    if code in PROVINCES_OF_TRENTINO:
        return Place(country, Level.COUNTY, PROVINCES_OF_TRENTINO[code])
    if len(code) == COUNTRY_LENGTH:
        return Place(country, Level.COUNTRY, "")
    level = LEVELS.get(len(code), Level.OTHER)
    # A NUTS 2 region of Poland or Italy that is no voivodeship or regione is only statistical.
    is_statistical = level is Level.REGION and country in {"PL", "IT"}
    return Place(country, Level.OTHER if is_statistical else level, code)


# Eurostat's flags and SDMX's list of statuses; "d" and "r" qualify a figure but leave it as certain.
WITHHELD = frozenset("cq")
# Not applicable, cannot exist, not collected, counted elsewhere: some files write a 0 beside it.
LACKING = frozenset("hklmoz")
# A list of its own since 2025: "F" says free there, not forecast, "N" not for publication.
FREE = frozenset({"", "f", "free"})
QUALIFIED = (
    (frozenset("b"), Mark.BREAK),
    (frozenset("efis"), Mark.ESTIMATE),
    (frozenset("pv"), Mark.PROVISIONAL),
    (frozenset("un"), Mark.IMPRECISE),
)


def mark_of(flags: str, *, has_value: bool, confidentiality: str = "") -> Mark:
    """Return how flags qualify a figure; a withheld or lacking one is none even where a value stands beside.

    >>> [mark_of(flags, has_value=True).name for flags in ("bp", "c", "d", "m")]
    ['BREAK', 'SECRET', 'ORDINARY', 'MISSING']
    >>> mark_of("", has_value=True, confidentiality="N").name, mark_of("", has_value=False).name
    ('SECRET', 'MISSING')
    """
    given = set(flags.casefold())
    if given & WITHHELD or confidentiality.strip().casefold() not in FREE:
        return Mark.SECRET
    if not has_value or given & LACKING:
        return Mark.MISSING
    return next((mark for letters, mark in QUALIFIED if given & letters), Mark.ORDINARY)
