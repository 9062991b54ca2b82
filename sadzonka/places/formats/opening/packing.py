"""Unpacking gzip and zip: never more than a table of statistics can hold, whatever a header declares."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.limits import MAX_PACKED, MAX_RATIO, MAX_UNPACKED, RATIO_FROM

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OTHERS = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
WORKBOOK_MARKS = {"[Content_Types].xml", "mimetype"}
CENTRAL = b"PK\x01\x02"  # begins each file's entry in the directory of a zip
MAX_MEMBERS = 5_000  # a workbook has a few dozen
STEP, SMALL_STEP = 256 * 1024, 32 * 1024
# bzip2 and LZMA can not be unpacked piece by piece within bounds, and no office uses them in a zip.
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the library may raise for a zip that is none, from its directory or while a file is unpacked.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
)
DEPTH = 2  # a zip inside a gzip, or the other way round; more is a bomb or a mistake


def unpacked(file_name: str, content: bytes) -> tuple[str, bytes]:
    """Return the name and bytes of the one file inside; a workbook, itself a zip, is left as it is."""
    require_size(len(content), packed=len(content), limit=MAX_PACKED)
    for depth in range(DEPTH + 1):
        is_gzip, is_zip = content.startswith(GZIP), content.startswith(ZIP) and not is_workbook(content)
        if content.startswith(OTHERS):
            raise Refused("packed-otherwise")
        if not (is_gzip or is_zip):
            break
        if depth == DEPTH:
            raise Refused("packed-too-deep")
        if is_gzip:
            file_name, content = file_name.removesuffix(".gz"), gunzipped(content)
        else:
            file_name, content = only_member(content)
    return file_name, content


def require_size(size: int, *, packed: int, limit: int = MAX_UNPACKED) -> None:
    """Refuse what is, or declares to be, larger than allowed or packed more tightly than any table."""
    if size > limit:
        raise Refused(
            "packed-too-large" if limit == MAX_PACKED else "unpacks-too-large", limit=limit // 10**6
        )
    if size > max(RATIO_FROM, packed * MAX_RATIO):
        raise Refused("unpacks-too-large", limit=MAX_UNPACKED // 10**6)


def gunzipped(content: bytes) -> bytes:
    """Return what a gzip file of one or several parts holds."""
    # The declared size is that of the last part, modulo 2**32: enough to refuse, not to trust. A file that
    # was cut off declares something by accident: whether it was shows only when it is read.
    try:
        require_size(int.from_bytes(content[-4:], "little"), packed=len(content))
    except Refused:
        for _piece in _pieces_of_gzip(content, SMALL_STEP):  # nothing of it is kept
            pass
        raise
    return b"".join(_pieces_of_gzip(content))


def _pieces_of_gzip(content: bytes, step: int = STEP) -> Iterator[bytes]:
    size = 0
    rest = content
    while rest.startswith(GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            while rest and not stream.eof:
                piece = stream.decompress(rest, step)
                size += len(piece)
                require_size(size, packed=len(content))
                rest = stream.unconsumed_tail
                yield piece
        except zlib.error as error:
            raise Refused("damaged") from error
        if not stream.eof:
            raise Refused("damaged")
        rest = stream.unused_data


def members(content: bytes) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """Return an archive and its files, refused by what they declare before anything is unpacked."""
    if (count := content.count(CENTRAL)) > MAX_MEMBERS:
        raise Refused("packed-several", names=count)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGE as error:
        raise Refused("damaged") from error
    files = [file for file in archive.infolist() if not file.filename.endswith("/")]
    require_size(sum(file.file_size for file in files), packed=len(content))
    if len({file.filename for file in files}) < len(files):
        raise Refused("damaged")  # of two files with one name, programs read different ones
    if any(file.flag_bits & 1 for file in files):
        raise Refused("encrypted")
    if any(file.compress_type not in METHODS for file in files):
        raise Refused("packed-otherwise")
    return archive, files


def pieces_of(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file piece by piece: never more than it declares, which a checksum at its end confirms."""
    try:
        with archive.open(file) as stream:
            while piece := stream.read(STEP):
                yield piece
    except DAMAGE as error:
        raise Refused("damaged") from error


def is_workbook(content: bytes) -> bool:
    """Return whether a zip is a workbook or document of an office program."""
    _archive, files = members(content)
    return not WORKBOOK_MARKS.isdisjoint(file.filename for file in files)


def only_member(content: bytes) -> tuple[str, bytes]:
    """Return the only file of a zip; what macOS adds is not counted."""
    archive, files = members(content)
    files = [file for file in files if "__MACOSX/" not in file.filename and ".DS_Store" not in file.filename]
    if not files:
        raise Refused("packed-nothing")
    if len(files) > 1:
        names = ", ".join(file.filename for file in files[:10])
        raise Refused("packed-several", names=f"{names} …" if len(files) > 10 else names)  # noqa: PLR2004 - enough to know it by
    return files[0].filename, b"".join(pieces_of(archive, files[0]))
