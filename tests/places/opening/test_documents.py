"""JSON documents, Parquet tables, and the names of files."""

import datetime as dt
import decimal
import io
import json
import unicodedata
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from sadzonka.places.formats.opening import limits, shown_name
from tests.places.opening.written import opened, refusal

DOCUMENT = {"results": [{"id": "011210101011", "name": "Bochnia", "values": [{"year": "2004", "val": 1.5}]}]}


def table(**columns: Any) -> bytes:
    """Return a Parquet file of these columns."""
    written = io.BytesIO()
    parquet.write_table(pa.table(columns), written)
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250"])
def test_json_is_read_in_every_encoding(encoding: str) -> None:
    document = {**DOCUMENT, "name": "Łódź, Wąchock"}
    found = opened(json.dumps(document, ensure_ascii=False).encode(encoding))
    assert (found.kind, found.document) == ("json", document)


def test_json_cut_off_is_refused_where_it_ends() -> None:
    assert refusal('{"results": [\n{"id": "01"},\n{"id": ') == ("bad-json", 3, "8")


@pytest.mark.parametrize(
    "text", ['{"val": NaN}', '{"val": Infinity}', '{"val": ' + "9" * 5000 + "}", "[1] [2]"]
)
def test_json_that_is_none_is_refused(text: str) -> None:
    assert refusal(text)[:2] == ("bad-json", 1)


def test_json_nested_without_end_is_refused() -> None:
    assert refusal("[" * 200_000)[0] == "too-deep"


def test_json_of_too_many_values_is_refused_before_it_is_parsed() -> None:
    assert refusal("[" + "0," * (limits.MAX_VALUES + 1) + "0]")[0] == "too-many-cells"


def test_parquet_keeps_codes_gaps_and_the_comune_called_none() -> None:
    found = opened(
        table(
            code=["001168", None, "005122"],
            name=["None", "NA", ""],
            population=[7000, None, 5],
            density=[1.5, float("nan"), None],
            day=[dt.date(2024, 1, 1), None, dt.date(2024, 1, 2)],
            coastal=[True, False, None],
            area=[decimal.Decimal("1.25"), None, decimal.Decimal("2.00")],
        )
    )
    assert (found.kind, found.columns) == (
        "parquet",
        {
            "code": ["001168", None, "005122"],
            "name": ["None", "NA", ""],
            "population": [7000, None, 5],
            "density": [1.5, None, None],
            "day": [dt.date(2024, 1, 1), None, dt.date(2024, 1, 2)],
            "coastal": [True, False, None],
            "area": [1.25, None, 2.0],
        },
    )


def test_parquet_of_categories_and_instants_is_read() -> None:
    instants = pa.array([1_704_067_200_000_000_001], pa.timestamp("ns"))
    found = opened(table(kind=pa.array(["gmina"]).dictionary_encode(), at=instants))
    assert found.columns == {"kind": ["gmina"], "at": [dt.datetime(2024, 1, 1)]}  # noqa: DTZ001 - as the file has it


@pytest.mark.parametrize("values", [[[1, 2]], [{"a": 1}], [b"x"], [dt.time(1, 2)]])
def test_parquet_of_lists_structures_and_bytes_is_refused(values: list[Any]) -> None:
    assert refusal(table(odd=values))[0] == "parquet-type"


def test_parquet_with_too_many_rows_is_refused_by_its_metadata() -> None:
    assert refusal(table(a=pa.nulls(limits.MAX_ROWS + 1, pa.int8())))[0] == "too-many-rows"


def test_parquet_with_too_many_columns_is_refused_by_its_metadata() -> None:
    columns = {f"c{number}": [1] for number in range(limits.MAX_COLUMNS + 1)}
    assert refusal(table(**columns))[0] == "too-many-columns"


def test_a_text_that_fills_a_parquet_column_is_kept_once() -> None:
    positions = pa.array([0] * 100_000, pa.int32())
    notes = pa.DictionaryArray.from_arrays(positions, ["x" * 50_000])
    written = io.BytesIO()
    parquet.write_table(pa.table({"note": notes}), written, store_schema=False)
    assert parquet.read_schema(io.BytesIO(written.getvalue())).field("note").type == pa.string()
    found = opened(written.getvalue())
    assert len({id(value) for value in found.columns["note"]}) == 1


def test_parquet_cut_off_is_refused() -> None:
    content = table(code=["001168"] * 100, value=list(range(100)))
    assert {refusal(content[:length])[0] for length in range(8, len(content), 7)} == {"damaged"}


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"%PDF-1.7\n", "PDF"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff\xe0", "JPEG")],
)
def test_pictures_and_documents_are_refused_by_what_they_are(content: bytes, what: str) -> None:
    assert refusal(content + b"x" * 50)[0] == "no-table"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ewa\\RYNE_1944.csv", "RYNE_1944.csv"),
        ("gminy\u202exslx.exe", "gminyxslx.exe"),
        ("a\x00b\r\nc\x1b[31m.csv", "abc[31m.csv"),
        ("  ludność  2024 .csv ", "ludność 2024 .csv"),
        ("Zakla\u0328d.csv", "Zakla\u0328d.csv"),
        ("Wa\u0328chock", "Wąchock"),
        ("...", "file"),
        ("", "file"),
        ("a/", "a"),
    ],
)
def test_names_of_files_are_shown_plainly(name: str, shown: str) -> None:
    assert shown_name(name) == unicodedata.normalize("NFC", shown)


def test_a_long_name_keeps_its_beginning_and_end() -> None:
    shown = shown_name("RYNE_1944_" + "a" * 300 + "_2024.csv")
    assert (len(shown), shown[:10], shown[-9:]) == (120, "RYNE_1944_", "_2024.csv")


def test_an_opened_file_has_a_plain_name() -> None:
    assert opened("a;b\n1;2\n", "../x\u202e.csv").file_name == "x.csv"
