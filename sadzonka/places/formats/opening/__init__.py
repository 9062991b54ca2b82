"""Opening a file: what it holds is found out from its bytes, and nothing too large is unpacked."""

from __future__ import annotations

import re

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.columnar import columns_of
from sadzonka.places.formats.opening.compound import COMPOUND
from sadzonka.places.formats.opening.contents import Cell, Opened, Sheet
from sadzonka.places.formats.opening.documents import document_of
from sadzonka.places.formats.opening.encodings import decoded
from sadzonka.places.formats.opening.names import shown_name
from sadzonka.places.formats.opening.packing import ZIP, unpacked
from sadzonka.places.formats.opening.text import sheet_of
from sadzonka.places.formats.opening.workbooks import sheets_of

__all__ = ["Cell", "Opened", "Sheet", "open_file", "shown_name"]

PARQUET = b"PAR1"
OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
    b"\x00\x01\x00\x00Standard": "Access",
}
OLD_WORKBOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2 to 4
WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html|head|body|table|script|div)\b",
    re.IGNORECASE | re.DOTALL,
)


def open_file(file_name: str, content: bytes) -> Opened:
    """Return what a file holds; `Refused` says why one cannot be opened and what to do."""
    file_name, content = unpacked(file_name, content)
    file_name = shown_name(file_name)
    if not content.strip():
        raise Refused("empty")
    for mark, what in OTHERS.items():
        if content.startswith(mark):
            raise Refused("no-table", what=what)
    if content.startswith(OLD_WORKBOOKS):
        raise Refused("old-workbook")
    if content.startswith(PARQUET):
        return Opened(file_name, "parquet", columns=columns_of(content))
    if content.startswith((*ZIP, COMPOUND)):
        return Opened(file_name, "workbook", sheets=sheets_of(content))
    return opened_text(file_name, content)


def opened_text(file_name: str, content: bytes) -> Opened:
    """Return what a text holds: a JSON document or lines of cells."""
    text, encoding = decoded(content)
    start = text[:4096].lstrip()
    if not start:
        raise Refused("empty")
    if WEB_PAGE.match(start):
        raise Refused("web-page")
    if start.startswith(("<?xml", "<")):
        raise Refused("xml")
    if start.startswith(("{", "[")):
        return Opened(file_name, "json", document=document_of(text), encoding=encoding)
    sheet, separator = sheet_of(text)
    if not sheet.rows:
        raise Refused("empty")
    return Opened(file_name, "text", sheets=(sheet,), separator=separator, encoding=encoding)
