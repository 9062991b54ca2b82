"""Rules of Istat's codes and tables that all readers of Italian files share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Cell
from sadzonka.places.formats.reading import Unit
from sadzonka.places.formats.tables import Table, text_of

CODE_LENGTH = 6
# 111 provinces in 2023; Sardinia's reform adds some. 201 and up are metropolitan cities, no provinces.
PROVINCES = range(1, 200)
# 8,101 comuni in 2001, 7,901 in 2023: a shorter list is an extract, and says of nobody that it ended.
WHOLE_COUNTRY = 7_000
LICENCE = "CC BY 3.0 IT (Istat)"
REGIONS = {
    "01": "Piemonte",
    "02": "Valle d'Aosta/Vallée d'Aoste",
    "03": "Lombardia",
    "04": "Trentino-Alto Adige/Südtirol",
    "05": "Veneto",
    "06": "Friuli-Venezia Giulia",
    "07": "Liguria",
    "08": "Emilia-Romagna",
    "09": "Toscana",
    "10": "Umbria",
    "11": "Marche",
    "12": "Lazio",
    "13": "Abruzzo",
    "14": "Molise",
    "15": "Campania",
    "16": "Puglia",
    "17": "Basilicata",
    "18": "Calabria",
    "19": "Sicilia",
    "20": "Sardegna",
}
DATE = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?!\d)")


def comune_code(cell: Cell) -> str:
    """Return the six digits of a comune, with the zeros that a spreadsheet took; "" when it is no code.

    A number, or a text without zeros in front, has lost all its zeros: there is one way to put them back.
    A text that kept one zero but not all may have lost any digit.

    >>> [comune_code(cell) for cell in ("001001", 1001.0, "1001", "01001", "201001")]
    ['001001', '001001', '001001', '', '']
    """
    text = text_of(cell)
    if not (text.isascii() and text.isdigit()) or len(text) > CODE_LENGTH:
        return ""
    if len(text) < CODE_LENGTH and text.startswith("0"):
        return ""
    code = text.zfill(CODE_LENGTH)
    return code if int(code[:3]) in PROVINCES and code[3:] != "000" else ""


@dataclass(frozen=True, slots=True)
class Comuni:
    """The codes of a column, "" where there is none, and what is said about them."""

    codes: tuple[str, ...]
    notes: tuple[Note, ...]


def comuni(cells: Sequence[Cell], first: int, column: str) -> Comuni:
    """Return the codes of a column of comuni; lines without one are passed over, wrong ones are errors."""
    keeps_zeros = any(keeps_zero(cell) for cell in cells)
    codes, notes, put_back, empty = [], [], [], 0
    for number, cell in enumerate(cells, first):
        code, written = comune_code(cell), text_of(cell)
        if keeps_zeros and isinstance(cell, str) and len(written) < CODE_LENGTH:
            code = ""  # the other texts kept their zeros: this one lost something else
        codes.append(code)
        empty += not written
        if code != written:
            if code:
                put_back.append(written)
            else:
                notes.append(Note("bad-istat-code", Weight.ERROR, number, column, {"value": written[:40]}))
    if put_back:
        params = {"count": len(put_back), "example": put_back[0]}
        notes.append(Note("zeros-put-back", column=column, params=params))
    if empty:
        notes.append(Note("lines-without-code", column=column, params={"count": empty}))
    return Comuni(tuple(codes), tuple(notes))


def keeps_zero(cell: Cell) -> bool:
    """Whether a cell is a text with all its digits, the first of them a zero."""
    return isinstance(cell, str) and cell.startswith("0") and len(cell) >= CODE_LENGTH


def twice(codes: Sequence[str], first: int, column: str) -> list[Note]:
    """Return an error for every line that is about a comune that an earlier line was about."""
    seen: dict[str, int] = {}
    notes = []
    for number, code in enumerate(codes, first):
        if code and seen.setdefault(code, number) != number:
            params = {"value": code, "other": seen[code]}
            notes.append(Note("code-twice", Weight.ERROR, number, column, params))
    return notes


def day_in(text: str) -> dt.date | None:
    """Return the last date that a text names.

    >>> day_in("Superficie territoriale (kmq) al 01/01/2023")
    datetime.date(2023, 1, 1)
    """
    for day, month, year in reversed(DATE.findall(text)):
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None


def region_notes(units: Sequence[Unit]) -> list[Note]:
    """Return an error for every line whose region is none."""
    return [
        Note("bad-region", Weight.ERROR, unit.number, params={"value": unit.region})
        for unit in units
        if unit.region not in REGIONS
    ]


def tells_all(units: Sequence[Unit]) -> bool:
    """Whether a list of comuni is the whole country's."""
    return len(units) >= WHOLE_COUNTRY and {unit.region for unit in units} >= set(REGIONS)


def names_of(table: Table) -> list[str]:
    """Return the comuni's Italian names; one that is called None keeps its name."""
    italian = table.position(
        lambda name: "denominazione in italiano" in name,  # "Solo denominazione in italiano"
        lambda name: name in {"denominazione", "comune", "nome comune", "denominazione comune"},
    )
    if italian is not None:
        return table.texts(italian)
    both = table.texts(table.position(lambda name: name.startswith("denominazione italiana")))
    other = table.texts(table.position(lambda name: name == "denominazione altra lingua"))
    return [_without(name, tail) for name, tail in zip(both, other, strict=True)]


def _without(name: str, tail: str) -> str:
    """Take the other language's name off: Aldino/Aldein is Aldino."""
    if tail and name != tail and name.endswith(tail):
        return name[: -len(tail)].rstrip("/- ")
    return name
