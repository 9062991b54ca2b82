"""Files find their reader by content, whatever they are called; what is no statistics is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sadzonka.places.formats.notes import TEXTS, Refused
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.recognising import READERS, read

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
OFFICIAL = {
    "pl/TERC_2024-01-01.csv": "terc",
    "pl/bdl/RYNE_1944_CTAB_20250616184618.csv.gz": "bdl-table",
    "pl/bdl/LUDN_2425_CTAB_20250611231708.csv.gz": "bdl-table",
    "pl/bdl/FINA_1582_CREL_20250113234730.csv.gz": "bdl-list",
    "formats/bdl_api/samples_raw_data.json": "bdl-api",
    "pl/GUS_TablIV_2024.xls.gz": "gus-table-iv",
    "pl/powierzchnia_2025-01-01.xlsx": "gugik-area",
    "pl/MF_PIT_20200214_Gminy_za_2019.xlsx": "mf-income",
    "pl/MF_PIT_20200214_Miasta_NPP_za_2019.xlsx": "mf-income",
    "it/ISTAT_elenco_comuni_italiani.csv.gz": "istat-list",
    "formats/ISTAT_elenco_comuni_sample.csv": "istat-list",
    "it/ISTAT_classificazioni_comuni_2023-01-01.xlsx": "istat-classification",
    "formats/ISTAT_SDMX_CSV_sample.csv": "istat-sdmx",
    "formats/EUROSTAT_TSV_tgs00003_sample.tsv": "eurostat-tsv",
    "eu/lau_2019_nuts2016_degurba.parquet": "eurostat-lau",
    "pl/gminy_boundaries_2021.geojson.gz": "boundaries",
    "it/limits_R_8_emilia_romagna.topo.json": "boundaries",
    "pl/gminy_2024.csv.gz": "plain",
    "pl/gmina_indicators_2024.csv.gz": "plain",
    "it/comuni_2023.csv.gz": "plain",
    "it/nonprofit_5x1000_2022.parquet": "plain",
}


@pytest.mark.data
@pytest.mark.parametrize(("path", "layout"), OFFICIAL.items())
def test_official_file_is_recognised_by_one_layout_under_any_name(path: str, layout: str) -> None:
    opened = open_file("file.dat", (DATA / path).read_bytes())
    particular = [
        reader.LAYOUT for reader in READERS if reader.LAYOUT != "plain" and reader.recognises(opened)
    ]
    assert particular == ([] if layout == "plain" else [layout])
    reading = read(opened, {})
    assert reading.layout == layout
    assert {note.key for note in reading.notes} <= set(TEXTS)
    assert all(note.text for note in reading.notes)


def test_layouts_have_names_of_their_own() -> None:
    layouts = [reader.LAYOUT for reader in READERS]
    assert len(set(layouts)) == len(layouts)
    assert layouts[-1] == "plain"


def test_document_that_is_no_statistics_is_refused_with_what_to_do() -> None:
    extract = {"odpis": {"rodzaj": "Aktualny", "dane": {"dzial1": {}}}}
    with pytest.raises(Refused) as refusal:
        read(open_file("odpis.json", json.dumps(extract).encode()), {})
    assert refusal.value.note.key == "unknown-document"


def test_table_without_codes_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refused) as refusal:
        read(open_file("glossary.csv", b"pl;it\ngmina;comune\npowiat;provincia\n"), {})
    assert refusal.value.note.key == "unknown-layout"


def test_staff_who_name_the_column_of_codes_have_chosen_the_plain_reader() -> None:
    content = b"DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE\nX,A,088009,2022,1\n"
    assert read(open_file("data.csv", content), {}).layout == "istat-sdmx"
    assert read(open_file("data.csv", content), {"plain": {"code": "REF_AREA"}}).layout == "plain"
