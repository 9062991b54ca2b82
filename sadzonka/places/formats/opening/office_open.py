"""Workbooks of the kind xlsx: a look into their XML before a library reads them.

Looked for are macros, formulas whose result was never stored, cells with an error (libraries hand both on as
empty), and cells so far out, or texts so often repeated, that the sheet would fill the memory.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from itertools import chain, pairwise

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.extents import Extent, letters, number_of
from sadzonka.places.formats.opening.limits import MAX_SHEETS, MAX_TEXT
from sadzonka.places.formats.opening.markup import require_well_formed
from sadzonka.places.formats.opening.packing import pieces_of

WORKBOOK = "xl/workbook.xml"
# Rows and cells, with or without the prefix of a namespace.
TOKEN = re.compile(
    rb"<(?:[\w.-]+:)?(?:(?P<row>row)\b(?P<of_row>[^<>]*)>|c(?P<of_cell>\s[^<>]*?)?(?P<empty>/?)>)"
    rb"|(?P<end></(?:[\w.-]+:)?sheetData)\b"
)
# What most sheets consist of, each cell with its place first ...
CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
PLACES = re.compile(rb"<c r=\"[A-Z]{1,3}\d{1,7}\"[\s/>]")
ROWS_WITH_VALUES = re.compile(rb"<c r=\"[A-Z]{1,3}(\d{1,7})\"(?:[^<>]*[^/<>])?>")
COLUMNS_WITH_VALUES = re.compile(rb"<c r=\"([A-Z]{1,3})\d{1,7}\"(?:[^<>]*[^/<>])?>")
UNUSUAL = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]|\st(?:\s+=|=(?:\s|'|\"e))")  # ... and a formula or an error
PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']|\s(r)\s*=")
KIND = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
RESULT = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^<>]*)?(?:/>|>([^<]*)<)")
SHARED = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")
TAG = re.compile(r"<(?:[\w.-]+:)?(sheet|Relationship)\s([^<>]{1,4000})>")
ATTRIBUTE = re.compile(r"(?<![\w:])([\w:]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def extents_of(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> list[Extent]:
    """Return how far each sheet of a workbook reaches, in the workbook's order."""
    parts = {file.filename: file for file in files}
    require_readable(parts)
    sheets = sheet_parts(archive, parts)
    if len(sheets) > MAX_SHEETS:
        raise Refused("too-many-cells", limit=MAX_SHEETS)
    texts = lengths_of_texts(read(archive, parts, "xl/sharedStrings.xml"))
    extents = [scanned(name, read(archive, parts, part), texts) for name, part in sheets]
    looked_at = {part for _name, part in sheets}
    for name, file in parts.items():
        if name not in looked_at:
            require_whole(name, pieces_of(archive, file))
    return extents


def require_whole(name: str, pieces: Iterator[bytes]) -> None:
    """Refuse a part that unpacks to more than it declares, or is XML without an end."""
    if name.endswith((".xml", ".rels")):
        require_well_formed(pieces)
    for _piece in pieces:
        pass


def require_readable(parts: dict[str, zipfile.ZipInfo]) -> None:
    """Refuse what is no workbook of cells and formulas only."""
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in parts):
        raise Refused("macros")
    if "xl/workbook.bin" in parts:
        raise Refused("old-workbook")
    if WORKBOOK not in parts:
        raise Refused("no-table", what="Microsoft Office")


def read(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    """Return one part of a workbook, b"" if it has none of that name."""
    content = b"".join(pieces_of(archive, parts[name])) if name in parts else b""
    if name in parts:
        require_well_formed([content])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    return content


def sheet_parts(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[tuple[str, str]]:
    """Return the name of each sheet and the part in which it lies."""
    targets = {
        attributes.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", attributes.get("Target", ""))
        ).lstrip("/")
        for attributes in tags(read(archive, parts, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    return [
        (attributes.get("name", ""), targets.get(attributes.get("r:id", attributes.get("id", "")), ""))
        for attributes in tags(read(archive, parts, WORKBOOK), "sheet")
    ]


def tags(content: bytes, name: str) -> list[dict[str, str]]:
    """Return the attributes of each tag of a name."""
    return [
        {key: html.unescape(one or other) for key, one, other in ATTRIBUTE.findall(inside)}
        for found, inside in TAG.findall(content.decode("utf-8", "replace"))
        if found == name
    ]


def lengths_of_texts(content: bytes) -> list[int]:
    """Return about how long each text that cells share is."""
    starts = [found.start() for found in SHARED.finditer(content)]
    return [end - start for start, end in pairwise([*starts, len(content)])]


def scanned(sheet: str, content: bytes, texts: list[int]) -> Extent:
    """Return the extent of one sheet; a formula without its result is refused, naming the cell."""
    return plain_extent(content, texts) or extent_cell_by_cell(sheet, content, texts)


def plain_extent(content: bytes, texts: list[int]) -> Extent | None:
    """Return the extent of a sheet with neither formulas nor errors, as most are; None for any other.

    A few passes over the whole take a tenth of the time of looking at each cell.
    """
    places = PLACES.findall(content)
    if (
        len(places) != len(CELL.findall(content))
        or UNUSUAL.search(content)
        or content.count(b't="s"') * max(texts, default=0) > MAX_TEXT
    ):
        return None
    extent = Extent()
    rows = ROWS_WITH_VALUES.findall(content)
    columns = set(COLUMNS_WITH_VALUES.findall(content))
    if rows:
        numbers = {int(row) for row in set(rows)}
        if (int(rows[0]), int(rows[-1])) != (min(numbers), max(numbers)):
            raise Refused("damaged")
        extent.reach(max(numbers) - 1, max(number_of(column.decode()) for column in columns))
    return extent


def extent_cell_by_cell(sheet: str, content: bytes, texts: list[int]) -> Extent:
    """Return the extent of a sheet and its errors, looking at each of its cells."""
    extent = Extent()
    row, column = -1, -1
    room = MAX_TEXT
    for token, inside in tokens_of(content):
        if token["row"]:
            place = place_in(token["of_row"])
            row, column = place[0] if place else row + 1, -1
            continue
        written = token["of_cell"] or b""
        row, column = place_in(written) or (row, column + 1)
        if not inside:
            continue
        extent.reach(row, column)
        found = KIND.search(written)
        kind = found[1] if found else b""
        result = RESULT.search(inside)
        value = (result[1] or b"") if result else b""
        if kind == b"e" and value:
            extent.errors.append((row, column, html.unescape(value.decode("utf-8", "replace"))))
        elif kind == b"s":
            room -= texts[int(value)] if value.isdigit() and int(value) < len(texts) else 0
        # A text may be empty; a number may not.
        elif not value and FORMULA.search(inside) and not (result and kind == b"str"):
            name = f"{letters(column)}{row + 1}"
            raise Refused(
                "formula-without-value", row=row + 1, column=letters(column), sheet=sheet, cell=name
            )
        if room < 0:
            raise Refused("too-many-cells", limit=MAX_TEXT)
    return extent


def place_in(written: bytes) -> tuple[int, int] | None:
    """Return the row and column that a row or cell says it has; None when it says nothing."""
    place = PLACE.search(written)
    if place and place[3]:
        raise Refused("damaged")
    return (int(place[2]) - 1, number_of(place[1].decode().upper())) if place else None


def tokens_of(content: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Yield the beginnings of rows and cells, and what a cell holds: all up to the next beginning."""
    before: re.Match[bytes] | None = None
    for token in chain(TOKEN.finditer(content), (None,)):
        if before and not before["end"]:
            end = token.start() if token else len(content)
            yield before, b"" if before["empty"] else content[before.end() : end]
        before = token
