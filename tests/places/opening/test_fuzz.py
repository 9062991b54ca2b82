"""Whatever the bytes: a file opens, or is refused with what to do; nothing else happens."""

import json
from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import open_file
from tests.places.opening.test_documents import DOCUMENT, table
from tests.places.opening.written import TABLE, gzip_of, number, ods, unzipped, word, xls, xlsx, zipped

CELL = '<table:table-cell office:value-type="float" office:value="7"/>'
SEEDS = [
    TABLE.encode(),
    TABLE.encode("cp1250"),
    TABLE.encode("utf-16"),
    gzip_of(TABLE.encode()),
    zipped({"a.csv": TABLE.encode()}),
    xlsx(cells=[["kod", 5, 4.5], ["0201011", None, True]]),
    xls(number(0, 0, 5) + word(1, 1, "Łąka")),
    ods(f"<table:table-row>{CELL}</table:table-row>"),
    json.dumps(DOCUMENT).encode(),
    table(code=["001168", None], value=[1.5, 2.5]),
]
WORKBOOKS = [seed for seed in SEEDS if b"content.xml" in seed or b"workbook.xml" in seed]
STARTS = [
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PAR1",
    b"{",
    b"[",
    b"<",
    b"\xff\xfe",
    b"",
]
FEW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def require_opened_or_refused(content: bytes) -> None:
    with suppress(Refused):
        found = open_file("file", content)
        for sheet in found.sheets:
            assert len({len(row) for row in sheet.rows}) <= 1
        assert len({len(values) for values in found.columns.values()}) <= 1


@FEW
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=3000))
def test_any_bytes_open_or_are_refused(start: bytes, rest: bytes) -> None:
    require_opened_or_refused(start + rest)


@FEW
@given(text=st.text(alphabet=st.sampled_from("ab0;,\t\"'\r\n ąŁ<{[=-\x04\x1a"), max_size=200))
@example(text='"')
@example(text="sep=;")
@example(text='sep=""')
def test_any_text_opens_or_is_refused(text: str) -> None:
    require_opened_or_refused(text.encode())


@settings(FEW, max_examples=600)
@given(seed=st.sampled_from(SEEDS), data=st.data())
def test_any_damage_to_a_file_opens_or_is_refused(seed: bytes, data: st.DataObject) -> None:
    require_opened_or_refused(damaged(seed, data))


@settings(FEW, max_examples=300)
@given(seed=st.sampled_from(WORKBOOKS), data=st.data())
def test_any_damage_inside_a_workbook_opens_or_is_refused(seed: bytes, data: st.DataObject) -> None:
    parts = unzipped(seed)
    name = data.draw(st.sampled_from(sorted(parts)))
    require_opened_or_refused(zipped({**parts, name: damaged(parts[name], data)}))


def damaged(seed: bytes, data: st.DataObject) -> bytes:
    """Return a file of which some bytes are changed, lost or repeated."""
    content = bytearray(seed)
    for _each in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(len(content) - 1, 0)))
        kind = data.draw(st.sampled_from(["change", "cut", "drop", "repeat"]))
        if kind == "change" and content:
            content[place] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del content[place:]
        elif kind == "drop":
            del content[place : place + data.draw(st.integers(1, 50))]
        else:
            content[place:place] = content[place : place + data.draw(st.integers(1, 50))]
    return bytes(content)
