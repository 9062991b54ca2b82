"""Packed files are unpacked within bounds, whatever their headers declare."""

import bz2
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import limits, open_file
from tests.places.opening.written import ROWS, TABLE, gzip_of, opened, refusal, rows, unzipped, xlsx, zipped

ZEROS = bytes(200_000_000)


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """About 196 KB that unpack to 200 MB."""
    return gzip_of(ZEROS)


@pytest.fixture(scope="module")
def zip_bomb() -> bytes:
    return zipped({"table.csv": ZEROS})


@pytest.fixture(scope="module")
def workbook_bomb() -> bytes:
    return zipped({**unzipped(xlsx()), "xl/sharedStrings.xml": ZEROS})


def memory_for(content: bytes) -> tuple[str, int]:
    """Return why a file is refused and how many bytes that took at most."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused) as caught:
            open_file("file", content)
        return caught.value.note.key, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["bomb", "zip_bomb", "workbook_bomb"])
def test_a_bomb_is_refused_by_what_it_declares(kind: str, request: pytest.FixtureRequest) -> None:
    content = request.getfixturevalue(kind)
    assert len(content) < 300_000
    key, peak = memory_for(content)
    assert key == "unpacks-too-large"
    assert peak < 1_000_000


def test_a_gzip_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks(bomb: bytes) -> None:
    key, peak = memory_for(bomb[:-4] + struct.pack("<I", 1000))
    assert key == "unpacks-too-large"
    assert peak < 25_000_000


def test_a_gzip_bomb_of_many_small_parts_is_stopped_while_it_unpacks() -> None:
    key, peak = memory_for(gzip_of(bytes(1_000_000)) * 200)
    assert key == "unpacks-too-large"
    assert peak < 25_000_000


@pytest.mark.parametrize("kind", ["zip_bomb", "workbook_bomb"])
def test_a_zip_that_lies_about_its_size_is_stopped_where_the_lie_ends(
    kind: str, request: pytest.FixtureRequest
) -> None:
    content = request.getfixturevalue(kind).replace(struct.pack("<I", len(ZEROS)), struct.pack("<I", 1000))
    key, peak = memory_for(content)
    assert key == "damaged"
    assert peak < 2_000_000


def test_a_bomb_needs_no_memory_outside_python_either(bomb: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(bomb)
    script = (
        "import os, resource, sys\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'sadzonka.settings'\n"
        "import django; django.setup()\n"
        "from sadzonka.places.formats.opening import open_file\n"
        "content = open(sys.argv[1], 'rb').read()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: open_file('bomb', content)\n"
        "except ValueError: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True, cwd=root
    )
    assert int(done.stdout) < 13_000  # KB


@pytest.mark.parametrize(
    "packed",
    [
        gzip_of(TABLE.encode()),
        zipped({"table.csv": TABLE.encode()}),
        zipped({"table.csv": TABLE.encode()}, zipfile.ZIP_STORED),
        zipped({"table.csv.gz": gzip_of(TABLE.encode())}),
        gzip_of(zipped({"folder/table.csv": TABLE.encode()})),
        gzip_of(TABLE[:30].encode()) + gzip_of(TABLE[30:].encode()),
        zipped({"table.csv": TABLE.encode(), "__MACOSX/._table.csv": b"x", "folder/": b""}),
    ],
    ids=["gzip", "zip", "stored", "gzip in zip", "zip in gzip", "two parts", "macOS"],
)
def test_packed_tables_are_read(packed: bytes) -> None:
    assert rows(packed) == ROWS


def test_a_packed_workbook_is_a_workbook() -> None:
    assert rows(zipped({"a.xlsx": xlsx(cells=[["kod", 5]])})) == [["kod", 5]]


def test_the_name_is_that_of_the_file_inside() -> None:
    assert opened(zipped({"RYNE_1944.csv": TABLE.encode()}), "export.zip").file_name == "RYNE_1944.csv"
    assert opened(gzip_of(TABLE.encode()), "RYNE_1944.csv.gz").file_name == "RYNE_1944.csv"


def test_several_files_in_a_zip_are_named() -> None:
    with pytest.raises(Refused) as caught:
        open_file("a.zip", zipped({"terc.csv": b"1", "simc.csv": b"2"}))
    assert (caught.value.note.key, caught.value.note.params) == (
        "packed-several",
        {"names": "terc.csv, simc.csv"},
    )


def test_archives_in_archives_in_archives_are_refused() -> None:
    assert refusal(gzip_of(gzip_of(gzip_of(TABLE.encode()))))[0] == "packed-too-deep"


def test_an_archive_without_files_is_refused() -> None:
    assert refusal(zipped({}))[0] == "packed-nothing"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packing_that_cannot_be_bounded_is_refused(method: int) -> None:
    assert refusal(zipped({"table.csv": TABLE.encode()}, method))[0] == "packed-otherwise"


def test_other_archives_are_refused_by_name() -> None:
    assert refusal(bz2.compress(TABLE.encode()))[0] == "packed-otherwise"
    assert refusal(b"7z\xbc\xaf\x27\x1c" + bytes(30))[0] == "packed-otherwise"


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"table.csv": TABLE.encode()}, zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content))[0] == "encrypted"


@pytest.mark.parametrize("packed", [gzip_of(TABLE.encode()), zipped({"table.csv": TABLE.encode()})])
def test_a_packed_file_cut_off_anywhere_is_refused(packed: bytes) -> None:
    keys = {refusal(packed[:length])[0] for length in range(5, len(packed) - 1)}
    assert keys <= {"damaged", "unpacks-too-large", "packed-nothing"}


def test_a_changed_byte_is_noticed_by_the_checksum() -> None:
    packed = bytearray(zipped({"table.csv": TABLE.encode()}, zipfile.ZIP_STORED))
    packed[packed.index(b"36795")] ^= 1
    assert refusal(bytes(packed))[0] == "damaged"


def test_two_files_of_one_name_in_a_zip_are_refused() -> None:
    packed = zipped({"a.csv": TABLE.encode(), "b.csv": b"other"})
    assert refusal(packed.replace(b"b.csv", b"a.csv"))[0] == "damaged"


def test_a_zip_whose_file_has_no_name_is_no_mistake_of_ours() -> None:
    packed = zipped({"a": b""}).replace(b"a", b"\0")
    assert refusal(packed)[0] == "empty"


def test_a_file_larger_than_may_be_uploaded_is_refused() -> None:
    assert refusal(bytes(limits.MAX_PACKED + 1))[0] == "packed-too-large"


def test_a_gzip_that_was_cut_off_is_called_damaged_whatever_its_last_bytes_declare() -> None:
    whole = gzip_of(TABLE.encode() if isinstance(TABLE, str) else TABLE)
    assert {memory_for(whole[:-8] + bytes([255] * 4))[0], memory_for(whole[:-9])[0]} == {"damaged"}
