"""Tables in files: where the header stands, what a cell says, and which number it means."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Cell, Opened
from sadzonka.places.formats.reading import Mark

HEADER_WITHIN = 30  # titles and remarks may stand above a header, but not more of them
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
THOUSAND_OR_DECIMAL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
NOTHING_KNOWN = frozenset(
    {"-", "–", "—", "..", "...", ":", "x", "n/a", "n.a.", "na", "nan", "n.d.", "null", "b.d."}
)
FORMULA_BEGINS = ("=", "@")
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'’")


def folded(cell: object) -> str:
    r"""Return words without case, accents and punctuation.

    >>> folded("Denominazione dell'Unità \n(valida)")
    'denominazione dell unita valida'
    """
    flat = unicodedata.normalize("NFKD", str(cell or "")).casefold().replace("ł", "l")
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in flat if not unicodedata.combining(c))))


def text_of(cell: object) -> str:
    r"""Return what a cell says on one line; whole numbers without decimals.

    >>> text_of(1001.0), text_of(None), text_of("Popolazione \n2021")
    ('1001', '', 'Popolazione 2021')
    """
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def years_in(text: str) -> list[int]:
    """Return the years that a text names, in its order.

    >>> years_in("Popolazione legale 2021 (31/12/2021)")
    [2021, 2021]
    """
    return [int(year) for year in YEAR.findall(text)]


def hinted_year(file_name: str) -> int | None:
    """Return the first year in the name of a file, a hint where its content names none."""
    return next(iter(years_in(file_name)), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the columns beneath it, all of one length; `first` is the number of their first line."""

    sheet: str
    header: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    first: int

    def __len__(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def position(self, *wanted: Callable[[str], bool]) -> int | None:
        """Return the first column whose folded name fits the first of the conditions that any name fits."""
        names = [folded(name) for name in self.header]
        for condition in wanted:
            for number, name in enumerate(names):
                if condition(name):
                    return number
        return None

    def texts(self, column: int | None) -> list[str]:
        """Return a column as texts, empty ones when there is no such column."""
        return [""] * len(self) if column is None else [text_of(cell) for cell in self.columns[column]]


def tables(opened: Opened, is_header: Callable[[list[str]], bool]) -> Iterator[Table]:
    """Yield the table of each sheet under the first line that is a header, by its folded cells."""
    if opened.kind == "parquet":
        names = list(opened.columns)
        if is_header([folded(name) for name in names]):
            yield Table("", tuple(names), tuple(opened.columns.values()), 1)
    for sheet in opened.sheets:
        for number, row in enumerate(islice(sheet.rows, HEADER_WITHIN)):
            if is_header([folded(cell) for cell in row]):
                yield table_under(
                    sheet.name, tuple(text_of(cell) for cell in row), sheet.rows[number + 1 :], number + 2
                )
                break


def table_under(sheet: str, header: tuple[str, ...], rows: Sequence[Sequence[Cell]], first: int) -> Table:
    """Return the rows as columns, without those right of the last name that hold nothing."""
    width = max((number for number, name in enumerate(header, 1) if name), default=0)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return Table(sheet, header[:width], tuple(columns[:width]), first)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one column, and which of its cells hold none."""

    values: NDArray[np.float64]
    marks: NDArray[np.uint8]
    broken: tuple[int, ...]  # positions of cells that hold something else
    is_ambiguous: bool = False  # 1.234 may be a thousand or one and a bit, and nothing tells which

    @property
    def count(self) -> int:
        """How many numbers there are."""
        return int(np.count_nonzero(self.marks == Mark.ORDINARY))


def numbers(cells: Sequence[Cell], separator: str = "") -> Numbers:
    """Return the numbers of a column; its decimal sign is found from all its cells.

    >>> numbers(["1 234,5", "", "-", "=1+1"]).values.tolist()
    [1234.5, nan, nan, nan]
    >>> numbers(["1.234", "2.500"], ";").is_ambiguous
    True
    """
    sign, is_ambiguous = _decimal_sign(cells, separator)
    values = np.full(len(cells), np.nan)
    marks = np.full(len(cells), Mark.ABSENT, dtype=np.uint8)
    broken = []
    for position, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        number = _number(cell, sign)
        if number is not None and math.isfinite(number):
            values[position], marks[position] = number, Mark.ORDINARY
        elif isinstance(cell, str) and (not cell.strip() or cell.strip().casefold() in NOTHING_KNOWN):
            marks[position] = Mark.MISSING if cell.strip() else Mark.ABSENT
        elif not (isinstance(cell, float) and math.isnan(cell)):
            broken.append(position)
    return Numbers(values, marks, tuple(broken), is_ambiguous)


def _number(cell: Cell, decimal_sign: str) -> float | None:
    if isinstance(cell, bool | dt.date):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell).translate(SPACES)
    text = text.replace(",", "") if decimal_sign == "." else text.replace(".", "").replace(",", ".")
    return float(text) if NUMBER.fullmatch(text) else None


def _decimal_sign(cells: Sequence[Cell], separator: str) -> tuple[str, bool]:
    """Return the decimal sign of a column, and whether it can only be guessed."""
    unsure = set()
    for cell in cells:
        if not isinstance(cell, str) or ("." not in cell and "," not in cell):
            continue
        text = cell.translate(SPACES)
        if not NUMBER.fullmatch(text.replace(",", "").replace(".", "")):
            continue
        last = "." if text.rfind(".") > text.rfind(",") else ","
        if text.count(last) > 1:
            return ("," if last == "." else "."), False
        if ("." in text and "," in text) or not THOUSAND_OR_DECIMAL.fullmatch(text):
            return last, False
        unsure.add(last)
    if not unsure:
        return ".", False
    if unsure == {".", ","} or (unsure == {"."} and separator in {";", "\t"}):
        return ".", True
    # Between commas a point is decimal and a quoted comma parts thousands; elsewhere a comma is decimal.
    return ("." if separator == "," or unsure == {"."} else ","), False


def number_notes(found: Numbers, cells: Sequence[Cell], first: int, column: str) -> list[Note]:
    """Return what is wrong in a column of numbers, cell by cell."""
    notes = [
        Note(
            "formula" if str(cells[at]).startswith(FORMULA_BEGINS) else "bad-number",
            Weight.ERROR,
            first + at,
            column,
            {"value": str(cells[at])[:40]},
        )
        for at in found.broken
    ]
    if found.is_ambiguous:
        notes.append(Note("ambiguous-numbers", Weight.ERROR, None, column))
    return notes
