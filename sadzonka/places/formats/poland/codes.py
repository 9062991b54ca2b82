"""How Polish offices write places: TERYT codes of 7 digits, BDL's 12 digits, names with types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sadzonka.places.formats.opening import Cell
from sadzonka.places.formats.reading import Level, Line
from sadzonka.places.formats.tables import text_of
from sadzonka.places.models import Period

COUNTRY = "PL"
WHOLE = 7
IDENTITY = 6
BDL_ID = 12
# The 7th digit: types of gminas, then parts of a gmina of type 3 (4, 5) and districts of cities (8, 9).
KINDS = {"1": Period.Kind.URBAN.value, "2": Period.Kind.RURAL.value, "3": Period.Kind.URBAN_RURAL.value}
PARTS = ("4", "5", "8", "9")
TOLD_BY_NAMES = frozenset("12345")  # names do not say it of districts
VOIVODESHIPS = {
    "02": "dolnośląskie",
    "04": "kujawsko-pomorskie",
    "06": "lubelskie",
    "08": "lubuskie",
    "10": "łódzkie",
    "12": "małopolskie",
    "14": "mazowieckie",
    "16": "opolskie",
    "18": "podkarpackie",
    "20": "podlaskie",
    "22": "pomorskie",
    "24": "śląskie",
    "26": "świętokrzyskie",
    "28": "warmińsko-mazurskie",
    "30": "wielkopolskie",
    "32": "zachodniopomorskie",
}
FIRST_CITY_COUNTY = "61"  # counties from 61 on are single cities
GUS = "Główny Urząd Statystyczny (GUS)"
REUSE = "Ponowne wykorzystywanie informacji sektora publicznego, z podaniem źródła"

TYPE_IN_NAME = re.compile(r"\s*\(([1-9])\)\s*$")
YEARS_IN_NAME = re.compile(r"\s+(?:od\s+(?P<first>\d{4}))?(?:\s*do\s+(?P<last>\d{4}))?\s*$", re.IGNORECASE)
CAPITAL = re.compile(r"^m\. ?st\. ?", re.IGNORECASE)
COUNTY_PREFIX = re.compile(r"^powiat\s+(?:m\. ?(?:st\. ?)?)?", re.IGNORECASE)
# Table IV: M. (town), G. (rural gmina), M-W. (town and country); GUGiK: M. before cities.
PREFIX = re.compile(r"^(M-W|G|M)\. ?")
PREFIX_TYPES = {"M": "14", "G": "25", "M-W": "3"}
REGION_PREFIX = re.compile(r"^(?:WOJ\.|województwo)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """What a code stands for, in our codes: 6 digits, 4, 2, or "" for the country."""

    level: Level
    code: str
    kind: str = ""


OTHER = Place(Level.OTHER, "")


def place(code: str) -> Place | None:
    """Return what 7 digits stand for, None if they are no code: 0201022 a rural gmina, 0201000 a powiat."""
    region, county, gmina, kind = code[:2], code[2:4], code[4:6], code[6:]
    if code == "0" * WHOLE:
        return Place(Level.COUNTRY, "")
    if len(code) != WHOLE or region not in VOIVODESHIPS:
        return None
    if county == "00":
        return Place(Level.REGION, region) if gmina + kind == "000" else None
    if gmina == "00":
        return Place(Level.COUNTY, region + county) if kind == "0" else None
    if kind in KINDS:
        return Place(Level.MUNICIPALITY, code[:IDENTITY], KINDS[kind])
    return Place(Level.PART, code[:IDENTITY]) if kind in PARTS else None


def place_of_bdl_id(text: str) -> Place | None:
    """Return what BDL's 12 digits stand for; macro-regions, NUTS regions and localities are `OTHER`.

    All of them begin with 0: one of 11 digits has lost it.
    """
    digits, _, locality = text.partition("-")
    digits = digits.zfill(BDL_ID) if len(digits) == BDL_ID - 1 else digits
    if not digits.isdecimal() or len(digits) != BDL_ID:
        return None
    if locality:
        return OTHER
    macro, region, nuts, rest = digits[:2], digits[2:4], digits[4:7], digits[7:]
    if rest != "00000":
        return place(region + rest)
    if macro + region + nuts == "0" * 7:
        return Place(Level.COUNTRY, "")
    if region == "00" or nuts != "000":
        return OTHER
    return place(region + rest)


class UnclearCode(ValueError):
    """A code that is none, or that lost digits so that nobody can say which: key and parameters of a note."""

    def __init__(self, key: str, **params: object) -> None:
        self.key, self.params = key, params
        super().__init__(key)


def digits_of(cell: Cell) -> tuple[str, bool]:
    """Return a code as it is written, and whether the cell is a number (which cannot keep a leading zero)."""
    text = text_of(cell).removeprefix("'")
    is_number = isinstance(cell, int | float)
    if text.endswith(".0") and text[:-2].isdecimal():  # a program took the column for numbers
        return text[:-2], True
    return text, is_number


def two_digits(cell: Cell) -> str:
    """Return a code of a column that holds two digits: a single one lost its zero."""
    return digits_of(cell)[0].zfill(2) if text_of(cell) else ""


class Codes:
    """One column of TERYT codes whose leading zeros may have been lost on the way.

    Columns hold 7 digits; where `shorter` is true also 4 and 2 for powiats and voivodeships. A code with one
    digit less has lost its zero when the column shows that it must be so: other codes have all their digits,
    or the types in the names agree. Where one text kept its zero, a shorter text lost something else.
    """

    def __init__(self, cells: Sequence[Cell], names: Sequence[str] = (), *, shorter: bool = False) -> None:
        written = Counter(
            (len(digits), is_number, digits[:1] == "0")
            for digits, is_number in map(digits_of, cells)
            if digits.isdecimal() and digits.strip("0")
        )
        self.lengths = {WHOLE, 4, 2} if shorter else {WHOLE}
        agreeing = {
            digits[-1] in types
            for (digits, _), types in zip(map(digits_of, cells), map(types_in_name, names), strict=False)
            if len(digits) == WHOLE - 1 and types
        }
        self._are_whole = agreeing == {True} or any(length == WHOLE for length, _, _ in written)
        self._texts_keep_zeros = any(
            length in self.lengths and zero and not number for length, number, zero in written
        )
        self.put_back: list[str] = []

    def place(self, cell: Cell, name: str = "") -> Place:
        """Return what the code of a cell stands for; the name may tell of which type it is.

        Raise `UnclearCode` when it is not certain.
        """
        digits, is_number = digits_of(cell)
        types = types_in_name(name)
        if not digits.isdecimal():
            raise UnclearCode("bad-code", value=digits[:40])
        if not digits.strip("0"):
            return Place(Level.COUNTRY, "")
        if len(digits) in self.lengths:
            if types and len(digits) == WHOLE and digits[-1] in TOLD_BY_NAMES and digits[-1] not in types:
                raise UnclearCode("type-differs", value=digits, name=name[:40])
            found = place(digits.ljust(WHOLE, "0"))
        elif len(digits) + 1 in self.lengths:
            found = self._with_zero(digits, is_number=is_number, types=types)
        else:
            raise UnclearCode("wrong-length", value=digits[:40], digits=len(digits))
        if found is None:
            raise UnclearCode("bad-code", value=digits)
        return found

    def _with_zero(self, digits: str, *, is_number: bool, types: str) -> Place | None:
        agrees = digits[-1] in types
        contradicts = bool(types) and not agrees
        lost = is_number or not self._texts_keep_zeros
        if contradicts or not lost or not (self._are_whole or agrees):
            raise UnclearCode("unclear-zero", value=digits, digits=len(digits))
        found = place(f"0{digits}".ljust(WHOLE, "0"))
        if found is not None:
            self.put_back.append(digits)
        return found


def single_digits(rows: Iterable[Sequence[Cell]], columns: Sequence[int]) -> list[str]:
    """Return the codes that stand with one digit in columns of two."""
    return [
        digits
        for row in rows
        for at in columns
        if len(digits := digits_of(row[at])[0]) == 1 and digits.isdecimal()
    ]


def split_code(cell: Cell) -> str:
    """Return a code written with spaces without them, each group with its zeros: "2 01 01 1" is 0201011."""
    groups = text_of(cell).split()
    if len(groups) == 1:
        return groups[0]
    return "".join(group.zfill(2) if number < len(KINDS) else group for number, group in enumerate(groups))


def types_in_name(name: str) -> str:
    """Return the 7th digits that a name allows: "Bolesławiec (2)" only 2, "G.Bolesławiec" 2 and 5, "" any."""
    if found := TYPE_IN_NAME.search(name):
        return found[1]
    return PREFIX_TYPES[found[1]] if (found := PREFIX.match(name)) else ""


def years_in_name(name: str) -> tuple[int | None, int | None]:
    """Return since and until when a unit existed by its name: "Wałbrzych od 2003 do 2012 (1)"."""
    found = YEARS_IN_NAME.search(TYPE_IN_NAME.sub("", name))
    if not found:
        return None, None
    first, last = found["first"], found["last"]
    return int(first) if first else None, int(last) if last else None


def clean_name(name: str, level: Level) -> str:
    """Return the name alone, as TERC writes it: no type, no years, no kind of unit."""
    name = YEARS_IN_NAME.sub("", TYPE_IN_NAME.sub("", " ".join(name.split())))
    if level is Level.REGION:
        return REGION_PREFIX.sub("", name).lower()
    if level is Level.COUNTY:
        return COUNTY_PREFIX.sub("", name)
    if level is Level.MUNICIPALITY:
        return PREFIX.sub("", CAPITAL.sub("", name))
    return name


def line(number: int, found: Place, name: str, written: str) -> Line:
    """Return a line of a Polish file."""
    return Line(number, COUNTRY, found.level, found.code, clean_name(name, found.level), found.kind, written)
