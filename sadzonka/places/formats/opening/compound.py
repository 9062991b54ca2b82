"""Old workbooks (xls): a look into their records before a library reads them.

The container is Microsoft's compound file ([MS-CFB]), the workbook inside a series of records ([MS-XLS]).
Looked for are passwords, macros, circles in the container, cells so far out that the sheet would fill the
memory, and cells with an error, which libraries hand on as empty.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.extents import Extent
from sadzonka.places.formats.opening.limits import MAX_SHEETS

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST_SECTOR = 0xFFFFFFFA  # larger numbers mean: end, free, used by the table itself
SMALL = 4096  # streams below this size lie in small sectors of the root's stream
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
# Records by their number
BOUNDSHEET, FILEPASS, LAST, BOOLERR, MULRK = 0x85, 0x2F, 0x0A, 0x205, 0xBD
SHARED_TEXTS, DIMENSIONS, TEXT_OF_FORMULA = 0xFC, 0x200, 0x207
SHORTEST = 3  # bytes of an empty shared text
ROWS, COLUMNS = 65_536, 256  # of a sheet
FORMULAS = (0x06, 0x206, 0x406)
CELLS = (0x203, 0x204, 0xFD, 0x27E, 0xD6, BOOLERR, MULRK, *FORMULAS)


class Container:
    """A compound file: streams by name, each a chain of sectors."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.header = content[:512].ljust(512, b"\xff")
        self.size = 1 << self.number(0x1E, "<H")
        if self.size not in (512, 4096):
            raise Refused("damaged")
        listed = [self.number(0x4C + 4 * place) for place in range(109)]
        further = self.number(0x44)
        visited: set[int] = set()
        while further < LAST_SECTOR:
            sector = self.numbers(self.sector(further))
            if further in visited or not sector:
                raise Refused("damaged")
            visited.add(further)
            listed += sector[:-1]
            further = sector[-1]
        table = [sector for sector in listed if sector < LAST_SECTOR]
        if len(set(table)) < len(table):
            raise Refused("damaged")
        self.following = [number for sector in table for number in self.numbers(self.sector(sector))]
        directory = b"".join(self.chain(self.number(0x30)))
        entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
        self.entries = {name_of(entry): entry for entry in reversed(entries) if entry[66]}
        # Libraries follow these two whether or not a stream lies there: they must end.
        root = entries[0] if entries else bytes(128)
        self.small = b"".join(self.chain(struct.unpack_from("<I", root, 0x74)[0]))
        self.small_following = [
            number for sector in self.chain(self.number(0x3C)) for number in self.numbers(sector)
        ]

    def number(self, place: int, form: str = "<I") -> int:
        """Return a number of the header."""
        return int(struct.unpack_from(form, self.header, place)[0])

    @staticmethod
    def numbers(sector: bytes) -> tuple[int, ...]:
        """Return the sector numbers written in a sector."""
        return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])

    def sector(self, number: int) -> bytes:
        """Return one sector; the first follows the header."""
        start = (number + 1) * self.size
        if start >= len(self.content):
            raise Refused("damaged")
        return self.content[start : start + self.size]

    def chain(self, start: int) -> Iterator[bytes]:
        """Yield the sectors of a stream; one that comes back to itself is refused."""
        left = len(self.following)
        while start < LAST_SECTOR:
            if start >= len(self.following) or not left:
                raise Refused("damaged")
            yield self.sector(start)
            start = self.following[start]
            left -= 1

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        entry = self.entries[name]
        start, size = struct.unpack_from("<II", entry, 0x74)
        if size >= SMALL:
            return self.whole(b"".join(self.chain(start)), size)
        pieces: list[bytes] = []
        while start < LAST_SECTOR:
            if start >= len(self.small_following) or len(pieces) > len(self.small_following):
                raise Refused("damaged")
            pieces.append(self.small[start * 64 : start * 64 + 64])
            start = self.small_following[start]
        return self.whole(b"".join(pieces), size)

    @staticmethod
    def whole(stream: bytes, size: int) -> bytes:
        """Return a stream of the declared size; a shorter one was cut off."""
        if len(stream) < size:
            raise Refused("damaged")
        return stream[:size]


def name_of(entry: bytes) -> str:
    """Return the name in a directory entry."""
    return entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")


def extents_of(content: bytes) -> list[Extent]:
    """Return how far each sheet of an old workbook reaches, in the workbook's order."""
    try:
        return looked_into(Container(content))
    except (struct.error, IndexError) as error:
        raise Refused("damaged") from error


def looked_into(container: Container) -> list[Extent]:
    """Return the extents of the sheets in a container that is neither protected nor with macros."""
    if not {"EncryptedPackage", "EncryptionInfo"}.isdisjoint(container.entries):
        raise Refused("encrypted")
    if not {"_VBA_PROJECT_CUR", "_VBA_PROJECT"}.isdisjoint(container.entries):
        raise Refused("macros")
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in container.entries), "")
    if not name:
        raise Refused("no-table", what="Microsoft Office")
    return scanned(container.stream(name))


def scanned(stream: bytes) -> list[Extent]:
    """Return the extents of the sheets in a workbook's records."""
    starts = []
    for kind, record in records(stream, 0):
        if kind == FILEPASS:
            raise Refused("encrypted")
        if kind == SHARED_TEXTS and int.from_bytes(record[4:8], "little") * SHORTEST > len(stream):
            raise Refused("damaged")
        if kind == BOUNDSHEET:
            starts.append(int.from_bytes(record[:4], "little"))
    if len(set(starts)) < len(starts) or len(starts) > MAX_SHEETS:
        raise Refused("damaged")
    return [extent_of(stream, start) for start in starts]


def extent_of(stream: bytes, start: int) -> Extent:
    """Return the extent of the sheet whose records begin at a place."""
    extent = Extent()
    formula = (0, 0)
    for kind, record in records(stream, start):
        if kind in CELLS and len(record) >= 6:  # noqa: PLR2004 - row, column, format
            note_cell(extent, kind, record)
        if kind in FORMULAS:
            formula = struct.unpack_from("<HH", record)
        elif kind == TEXT_OF_FORMULA:
            extent.reach(*formula)
        elif kind == DIMENSIONS:
            require_possible(record)
    return extent


def require_possible(record: bytes) -> None:
    """Refuse declared dimensions that no sheet has: libraries make room for them at once."""
    first, end, left, right = struct.unpack_from("<IIHH" if len(record) >= 12 else "<HHHH", record)  # noqa: PLR2004 - since Excel 97
    is_empty = end == 0 or right == 0
    if not is_empty and not (first < end <= ROWS and left < right <= COLUMNS):
        raise Refused("damaged")


def records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and content of the records from a place to the end of what begins there."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == LAST:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def note_cell(extent: Extent, kind: int, record: bytes) -> None:
    """Take in the cell of one record, and its error if it holds one."""
    row, column = struct.unpack_from("<HH", record)
    last = struct.unpack_from("<H", record, len(record) - 2)[0] if kind == MULRK else column
    extent.reach(row, last)
    if kind == BOOLERR and len(record) >= 8 and record[7]:  # noqa: PLR2004 - the format, then value and flag
        extent.errors.append((row, column, ERRORS.get(record[6], "#N/A")))
    is_special = kind in FORMULAS and len(record) >= 14 and record[12:14] == b"\xff\xff"  # noqa: PLR2004 - with a result
    if is_special and record[6] == 2:  # noqa: PLR2004 - the kind "error"
        extent.errors.append((row, column, ERRORS.get(record[8], "#N/A")))
