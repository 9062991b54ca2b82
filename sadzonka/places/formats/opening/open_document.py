"""Workbooks of the kind ods: a look into their XML before a library reads them.

One cell or row may stand for a million equal ones, a formula may lack its result: both are looked for.
"""

from __future__ import annotations

import zipfile

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.extents import Extent, letters
from sadzonka.places.formats.opening.limits import MAX_CELLS, MAX_CHARACTERS
from sadzonka.places.formats.opening.markup import require_well_formed
from sadzonka.places.formats.opening.packing import pieces_of

SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def extents_of(archive: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> list[Extent]:
    """Return how far each sheet of a workbook reaches, in the workbook's order."""
    parts = {file.filename: file for file in files}
    if not {"mimetype", "content.xml"} <= parts.keys():
        raise Refused("no-table", what="OpenDocument")
    if b"".join(pieces_of(archive, parts["mimetype"])).strip() != SPREADSHEET:
        raise Refused("no-table", what="OpenDocument")
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        raise Refused("macros")
    if manifest := parts.get("META-INF/manifest.xml"):
        require_well_formed(pieces_of(archive, manifest), refuse_encryption)
    sheets = Sheets()
    require_well_formed(pieces_of(archive, parts["content.xml"]), sheets.start, sheets.end)
    return sheets.extents


def refuse_encryption(name: str, attributes: dict[str, str]) -> None:
    """Refuse a workbook whose list of parts tells how they are encrypted."""
    if name.endswith("encryption-data"):
        raise Refused("encrypted")


class Sheets:
    """The extents of the sheets met so far, and where reading stands: rows and columns are counted from 0."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self.sheet = ""
        self.row = self.rows_alike = self.column = self.cells_alike = 0
        self.filled = 0  # cells that a library fills, empty ones before others in a row too

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
        if name == "table:table":
            self.extents.append(Extent())
            self.sheet = attributes.get("table:name", "")
            self.row = self.rows_alike = 0
        elif name == "table:table-row":
            self.row += self.rows_alike
            self.rows_alike = times(attributes, "table:number-rows-repeated")
            self.column = self.cells_alike = 0
        elif name in {"table:table-cell", "table:covered-table-cell"} and self.extents:
            self.cell(attributes)
        elif times(attributes, "text:c") > MAX_CHARACTERS:
            raise Refused("long-cell", row=self.row + 1, limit=MAX_CHARACTERS)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "table:table-row":
            self.filled += self.column

    def cell(self, attributes: dict[str, str]) -> None:
        """Take in one cell, or several alike; a formula without its result is refused, naming the cell."""
        self.column += self.cells_alike
        self.cells_alike = times(attributes, "table:number-columns-repeated")
        if self.filled + self.column > 2 * MAX_CELLS:
            raise Refused("too-many-cells", limit=MAX_CELLS)
        if any(name.startswith("office:") for name in attributes):
            self.extents[-1].reach(self.row + self.rows_alike - 1, self.column + self.cells_alike - 1)
        elif "table:formula" in attributes:
            column = letters(self.column)
            cell = f"{column}{self.row + 1}"
            raise Refused(
                "formula-without-value", row=self.row + 1, column=column, sheet=self.sheet, cell=cell
            )


def times(attributes: dict[str, str], name: str) -> int:
    """Return how often something is repeated."""
    written = attributes.get(name, "1")
    if not (written.isascii() and written.isdigit() and len(written) < 10):  # noqa: PLR2004 - a thousand million
        raise Refused("damaged")
    return max(int(written), 1)
