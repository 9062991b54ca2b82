"""Files for the tests of opening, written byte by byte: good ones, damaged ones, hostile ones."""

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import openpyxl
import pytest

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Opened, open_file

TABLE = "kod;nazwa;ludność\r\n0201011;Bolesławiec;36795\r\n0201022;Gromadka;4978\r\n0201043;Łąka;14523\r\n"
ROWS = [
    ["kod", "nazwa", "ludność"],
    ["0201011", "Bolesławiec", "36795"],
    ["0201022", "Gromadka", "4978"],
    ["0201043", "Łąka", "14523"],
]


def opened(content: bytes | str, name: str = "file") -> Opened:
    """Open a file by its bytes, or a text in UTF-8."""
    return open_file(name, content.encode() if isinstance(content, str) else content)


def rows(content: bytes | str) -> list[list[Any]]:
    """Return the lines of the first sheet."""
    return [list(row) for row in opened(content).sheets[0].rows]


def refusal(content: bytes | str, name: str = "file") -> tuple[str, int | None, str]:
    """Return the key, row and column of the refusal; its text must be sayable."""
    with pytest.raises(Refused) as caught:
        opened(content, name)
    assert "%(" not in str(caught.value)
    return caught.value.note.key, caught.value.note.row, caught.value.note.column


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(fill: Callable[[Any], object] | None = None, cells: Iterable[Iterable[Any]] = ()) -> bytes:
    """Return a workbook: lines of cells, and whatever `fill` does with it."""
    workbook = openpyxl.Workbook()
    for line in cells:
        workbook.active.append(list(line))
    if fill:
        fill(workbook)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def with_part(workbook: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of which one part is changed (b"" when it did not exist)."""
    parts = unzipped(workbook)
    return zipped({**parts, name: change(parts.get(name, b""))})


def with_sheet(cells: str) -> bytes:
    """Return a workbook whose only sheet has these rows, as XML."""
    data = f"<sheetData>{cells}</sheetData>".encode()
    return with_part(
        xlsx(), "xl/worksheets/sheet1.xml", lambda part: re.sub(rb"<sheetData.*(/>|</sheetData>)", data, part)
    )


def ods(rows_of_xml: str, **more: str) -> bytes:
    """Return an ods workbook with one sheet of these rows, as XML, and further parts."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="gminy">{rows_of_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="m"/>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
        **more,
    }
    return zipped({name: part.encode() for name, part in parts.items()})


# --- xls: records of a workbook in a compound file


def record(kind: int, content: bytes = b"") -> bytes:
    """Return one BIFF record."""
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int, value: float) -> bytes:
    """Return a cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def word(row: int, column: int, text: str) -> bytes:
    """Return a cell with a text."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def error(row: int, column: int, code: int) -> bytes:
    """Return a cell with an error."""
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def biff(cells: bytes, settings: bytes = b"") -> bytes:
    """Return the records of a workbook with one sheet."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + settings
    name = "gminy"
    where = len(start) + 4 + 8 + len(name) + 4
    sheet = record(0x85, struct.pack("<IHBB", where, 0, len(name), 0) + name.encode())
    workbook = start + sheet + record(0x0A)
    assert len(workbook) == where
    return workbook + record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + cells + record(0x0A)


NONE = 0xFFFFFFFF  # no sector, no entry


END = 0xFFFFFFFE  # of a chain of sectors


class Sectors:
    """Sectors of one size and what follows each of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.content = b""
        self.following: list[int] = []

    def add(self, content: bytes) -> int:
        """Add a stream and return where it starts."""
        start = len(self.following)
        count = -(-len(content) // self.size)
        self.content += content.ljust(count * self.size, b"\0")
        self.following += [*range(start + 1, start + count), END]
        return start


def entry(name: str, kind: int, start: int, size: int, *, child: int = NONE, right: int = NONE) -> bytes:
    """Return an entry of a compound file's directory."""
    words = f"{name}\0".encode("utf-16-le")
    head = words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words), kind, 1, NONE, right, child)
    return head.ljust(0x74, b"\0") + struct.pack("<III", start, size, 0)


def compound(streams: dict[str, bytes], small: dict[str, bytes] | None = None) -> bytes:
    """Return a compound file with these streams, padded to 4,096 bytes, and small ones."""
    sectors, small_sectors = Sectors(512), Sectors(64)
    placed = [
        (name, sectors.add(part.ljust(4096, b"\0")), max(len(part), 4096)) for name, part in streams.items()
    ]
    placed += [(name, small_sectors.add(part), len(part)) for name, part in (small or {}).items()]
    root, table = END, END
    if small:
        root = sectors.add(small_sectors.content)
        table = sectors.add(packed(small_sectors.following))
    entries = [entry("Root Entry", 5, root, len(small_sectors.content), child=1)]
    for place, (name, start, size) in enumerate(placed, start=1):
        entries.append(entry(name, 2, start, size, right=place + 1 if place < len(placed) else NONE))
    directory = sectors.add(b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0"))
    first = len(sectors.following)
    tables = -(-(first + 1) // 127)
    content = sectors.content + packed(sectors.following + [0xFFFFFFFD] * tables)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, table, int(bool(small)), END, 0)
    listed = [*range(first, first + tables)]
    return header + struct.pack("<109I", *listed, *[NONE] * (109 - tables)) + content


def packed(numbers: list[int]) -> bytes:
    """Return numbers of sectors as whole sectors."""
    numbers = numbers + [NONE] * (-len(numbers) % 128)
    return struct.pack(f"<{len(numbers)}I", *numbers)


def xls(cells: bytes, settings: bytes = b"", **more: bytes) -> bytes:
    """Return an xls workbook with one sheet, and further streams."""
    return compound({"Workbook": biff(cells, settings), **more})


def gzip_of(content: bytes) -> bytes:
    """Return a gzip file, the same one each time."""
    return gzip.compress(content, mtime=0)
