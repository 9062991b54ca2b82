"""Every official file of places and statistics opens without being told anything about it."""

import os
from functools import cache
from pathlib import Path

import pytest

from sadzonka.places.formats.opening import Opened, open_file

DATA = os.environ.get("SADZONKA_DATA", "")
FOLDERS = ("pl", "it", "eu", "formats")
FILES = sorted(
    path for folder in FOLDERS for path in Path(DATA or "/none", folder).rglob("*") if path.is_file()
)

pytestmark = [pytest.mark.data, pytest.mark.skipif(not DATA, reason="SADZONKA_DATA is not set")]


@cache
def official(name: str) -> Opened:
    """Return one official file, opened."""
    path = Path(DATA, name)
    return open_file(path.name, path.read_bytes())


def size(name: str) -> list[tuple[int, int]]:
    """Return rows and columns of each sheet."""
    return [(len(sheet.rows), len(sheet.rows[0])) for sheet in official(name).sheets]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_opens_as_what_it_is(path: Path) -> None:
    kinds = {
        ".parquet": "parquet",
        ".json": "json",
        ".geojson": "json",
        ".xls": "workbook",
        ".xlsx": "workbook",
    }
    opened = official(str(path.relative_to(DATA)))
    assert opened.kind == kinds.get(Path(path.name.removesuffix(".gz")).suffix, "text")
    assert bool(opened.sheets) + bool(opened.document) + bool(opened.columns) == 1


def test_tables_have_the_lines_and_columns_of_their_description() -> None:
    assert size("pl/TERC_2024-01-01.csv") == [(4333, 7)]
    assert size("pl/bdl/RYNE_1944_CTAB_20250616184618.csv.gz") == [(4435, 24)]
    assert size("pl/bdl/LUDN_2425_CTAB_20250611231708.csv.gz") == [(4315, 9)]
    assert size("it/ISTAT_elenco_comuni_italiani.csv.gz") == [(7902, 26)]
    assert size("pl/GUS_TablIV_2024.xls.gz") == [(3923, 21)]
    assert size("it/ISTAT_classificazioni_comuni_2023-01-01.xlsx")[0] == (7902, 14)
    assert len(official("eu/lau_2019_nuts2016_degurba.parquet").columns["lau_code"]) == 99_140


def test_codes_are_text_in_every_workbook() -> None:
    for name, row, columns in (
        ("pl/GUS_TablIV_2024.xls.gz", 9, [1]),
        ("pl/MF_PIT_20200214_Gminy_za_2019.xlsx", 7, [0, 1, 2, 3]),
        ("it/ISTAT_classificazioni_comuni_2023-01-01.xlsx", 1, [0, 1]),
    ):
        cells = official(name).sheets[0].rows[row]
        assert [type(cells[column]) for column in columns] == [str] * len(columns)


def test_the_comune_called_none_keeps_its_name() -> None:
    rows = official("it/ISTAT_elenco_comuni_italiani.csv.gz").sheets[0].rows
    assert [row[6] for row in rows if row[4] == "001168"] == ["None"]


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "cp852", "utf-16", "utf-16-le", "utf-8-sig"])
def test_the_official_list_is_read_in_every_encoding(encoding: str) -> None:
    rows = official("pl/TERC_2024-01-01.csv").sheets[0].rows
    text = "\r\n".join(";".join(map(str, row)) for row in rows)
    assert open_file("terc.csv", text.encode(encoding)).sheets[0].rows == rows
