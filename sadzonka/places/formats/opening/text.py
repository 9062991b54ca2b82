"""Lines of cells from a text: the separator is what all lines agree on, and a cut-off end is noticed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.contents import Sheet
from sadzonka.places.formats.opening.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_LINE_BREAKS,
    MAX_ROWS,
)

# In this order where several would do: commas are also in decimals and in Eurostat's first column.
SEPARATORS = "\t;,"
SAMPLE = 1_000_000  # characters that are looked at ...
SAMPLE_LINES = 300  # ... in no more lines
ALMOST = 0.8  # a separator that comes earlier wins with this share of the agreement of the best
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
HINT = re.compile(r"\ufeff?\"?sep=(.)\"?", re.IGNORECASE)  # a first line for Excel: sep=;
# Added after the last line: it comes out as a row of its own unless an open quotation mark swallows it.
END = "\x04"


def sheet_of(text: str) -> tuple[Sheet, str]:
    """Return the lines of a text as rows of one length, and their separator ("" for a single column)."""
    text = text.rstrip("\x1a\x00")  # how DOS programs end a file
    require_text(text)
    if max(text.count("\n"), text.count("\r")) > MAX_ROWS:
        raise Refused("too-many-rows", limit=MAX_ROWS)
    hint = HINT.fullmatch(text[:80].splitlines()[0]) if text[:1] else None
    separator = hint[1] if hint else separator_of(text)
    if separator and text.count(separator) > MAX_CELLS:
        raise Refused("too-many-cells", limit=MAX_CELLS)
    rows = list(rows_of(text, separator))
    if hint:
        rows[0] = []
    return Sheet("", rectangular(rows, ends_with_a_line_break=text.endswith(("\n", "\r")))), separator


def require_text(text: str) -> None:
    """Refuse control characters, naming the line: they would go on into names and documents."""
    if found := NO_TEXT.search(text):
        row = len(text[: found.start()].splitlines()) or 1
        raise Refused("no-text", row=row, code=f"{ord(found[0]):02X}")


def separator_of(text: str) -> str:
    """Return the separator on which most lines agree, with quotation marks in mind; "" when there is none."""
    lines = list(islice(io.StringIO(text[:SAMPLE], newline=""), SAMPLE_LINES))
    if len(text) > SAMPLE and len(lines) > 1:
        lines.pop()  # it may be cut
    agreement = {separator: agreement_on(separator, lines) for separator in SEPARATORS}
    best = max(agreement.values())
    return next(s for s in SEPARATORS if agreement[s] >= best * ALMOST) if best else ""


def agreement_on(separator: str, lines: list[str]) -> float:
    """Return the share of lines that have the most common number of cells; 0 if that is one."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return 0
    if not widths:
        return 0
    (width, times) = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    return times / len(widths) if width > 1 else 0


def rows_of(text: str, separator: str) -> Iterator[list[str]]:
    """Yield the cells of each line; a quotation mark that never closes is refused where it opens."""
    number = 0
    # A text without separator is cut at none of its signs: \x04 is in no text.
    lines = chain(io.StringIO(text, newline=""), () if text.endswith(("\n", "\r")) else ("\n",), (END,))
    reader = csv.reader(lines, delimiter=separator or "\x1f")
    try:
        for number, row in enumerate(reader, start=1):
            if row == [END]:
                return
            if any(END in cell for cell in row[-1:]):
                raise Refused("unclosed-quote", row=number)
            if len(row) > MAX_COLUMNS:
                raise Refused("too-many-columns", limit=MAX_COLUMNS)
            if reader.line_num > number and any(cell.count("\n") > MAX_LINE_BREAKS for cell in row):
                raise Refused("unclosed-quote", row=number)
            yield row
    except csv.Error as error:
        raise Refused("long-cell", row=number + 1, limit=MAX_CHARACTERS) from error


def rectangular(rows: list[list[str]], *, ends_with_a_line_break: bool) -> list[list[str]]:
    """Return rows of one length, without empty rows and columns at their end.

    Lines above the table and below it (titles, sources) may have any number of cells. Inside it a line with
    more cells than the others has an unquoted separator in one of them, which would move every figure.
    """
    while rows and not any(rows[-1]):
        rows.pop()
    lengths = [len(row) for row in rows]
    usual = (
        max(Counter(length for length in lengths if length).items(), key=lambda item: item[::-1])[0]
        if rows
        else 0
    )
    body = [number for number, length in enumerate(lengths) if length == usual]
    if body:
        width = max(lengths[: body[0] + 1])
        require_even(rows[body[0] : body[-1]], lengths[body[0] : body[-1]], first=body[0] + 1, width=width)
        if not ends_with_a_line_break:
            require_end(lengths, usual, body[0])
    width = max((used(row) for row in rows), default=0)
    if width * len(rows) > MAX_CELLS:
        raise Refused("too-many-cells", limit=MAX_CELLS)
    return [row if len(row) == width else (row + [""] * (width - len(row)))[:width] for row in rows]


def used(row: list[str]) -> int:
    """Return the number of cells up to the last one that is not empty."""
    length = len(row)
    while length and not row[length - 1]:
        length -= 1
    return length


def require_even(rows: list[list[str]], lengths: list[int], *, first: int, width: int) -> None:
    """Refuse the first line that has more cells than the table is wide."""
    for number, (row, length) in enumerate(zip(rows, lengths, strict=True), start=first):
        if length > width and used(row) > width:
            raise Refused("ragged", row=number, found=used(row), width=width)


def require_end(lengths: list[int], usual: int, start: int) -> None:
    """Refuse a text whose last line stops before its end where every other line of the table is whole."""
    *others, last = [length for length in lengths[start:] if length]
    if others and last < usual and min(others) >= usual:
        raise Refused("cut-off", row=len(lengths), found=last, width=usual)
