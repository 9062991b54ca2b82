"""Eurostat's list of local units: codes by country, areas in two units, and the years of lists."""

from __future__ import annotations

import io
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook

from sadzonka.places.formats.europe import eurostat_lau
from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import Opened, open_file
from sadzonka.places.formats.reading import Mark, Reading, Unit

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
HEADER = ("NUTS 3 CODE", "LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "CHANGE (Y/N)", "POPULATION")


def workbook_of(
    sheets: dict[str, list[tuple[Any, ...]]], name: str = "EU-27-LAU-2022-NUTS-2021.xlsx"
) -> Opened:
    book = Workbook()
    book.active.title = "Overview"
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return open_file(name, stream.getvalue())


def read(sheets: dict[str, list[tuple[Any, ...]]], **choices: Any) -> Reading:
    opened = workbook_of(sheets)
    assert eurostat_lau.recognises(opened)
    return eurostat_lau.read(opened, choices)


AUSTRIA = [
    (*HEADER, "TOTAL AREA (m2)", "DEGURBA"),
    ("AT111", "10801", "Deutschkreutz", "Deutschkreutz", "N", 3100, 34_000_000, 3),
]
GREECE = [
    (
        "LAU CODE",
        "NUTS 3 CODE",
        "LAU NAME NATIONAL",
        "LAU NAME LATIN",
        "TOTAL AREA (km2)",
        "POPULATION",
        "DEGURBA",
    ),
    ("01010101", "EL513", "Κομοτηνή", "Komotini", 66.8, None, 2),
]


def test_sheet_of_each_country_is_read_whatever_the_order_of_its_columns() -> None:
    reading = read({"AT": AUSTRIA, "EL": GREECE})
    assert [(line.country, line.code, line.name) for line in reading.lines] == [
        ("AT", "10801", "Deutschkreutz"),
        ("GR", "01010101", "Κομοτηνή"),
    ]
    assert reading.figures[:, :2].tolist()[0] == [3100.0, 34.0]
    assert reading.figures[1, 1] == 66.8
    assert reading.marks[1, 0] == Mark.ABSENT
    assert reading.units[0] == Unit(
        "AT", "10801", "Deutschkreutz", "local-unit", "AT111", "AT111", "AT11", "AT11", number=2
    )


def test_codes_of_poland_and_italy_become_ours_and_county_is_left_to_their_own_lists() -> None:
    header = (*HEADER, "TOTAL AREA (m2)")
    reading = read(
        {
            "PL": [header, ("PL214", "1001121200101", "Bochnia", None, "N", 29922, 29_870_000)],
            "IT": [header, ("ITC11", 1168, "None", None, "N", 7900, 24_600_000)],
        }
    )
    assert [(unit.country, unit.code, unit.name, unit.kind, unit.county) for unit in reading.units] == [
        ("PL", "120101", "Bochnia", "", ""),
        ("IT", "001168", "None", "comune", ""),
    ]


def test_area_in_km2_under_a_heading_of_m2_is_recognised_by_country() -> None:
    header = (*HEADER, "TOTAL AREA (m2)")
    rows = [
        ("DEF01", f"0100{number}000", f"Stadt {number}", None, "N", 9000, 56.73) for number in range(1, 4)
    ]
    reading = read({"DE": [header, *rows], "AT": AUSTRIA})
    assert reading.figures[:, 1].tolist() == [56.73, 56.73, 56.73, 34.0]
    assert [(note.key, note.params) for note in reading.notes if note.weight is Weight.WARNING] == [
        ("area-in-km2", {"country": "DE"})
    ]


def test_year_is_chosen_or_the_one_after_lau_in_the_name() -> None:
    assert {column.year for column in read({"AT": AUSTRIA}).columns} == {2022}
    assert {column.year for column in read({"AT": AUSTRIA}, year=2020).columns} == {2020}
    nameless = eurostat_lau.read(workbook_of({"AT": AUSTRIA}, "list.xlsx"), {})
    assert ({column.year for column in nameless.columns}, nameless.as_of) == ({None}, None)


def test_line_of_no_known_country_and_code_that_stands_twice_are_errors() -> None:
    reading = read({"AT": [*AUSTRIA, AUSTRIA[1], ("XX111", "1", "Nowhere", None, "N", 1, 1, 3), (None,) * 8]})
    errors = [(note.key, note.row) for note in reading.notes if note.weight is Weight.ERROR]
    assert sorted(errors) == [("bad-lau-code", 4), ("code-twice", 3)]


def of_poland(*codes: Any, nuts: str = "PL514") -> Reading:
    return read({"PL": [HEADER, *((nuts, code, f"Gmina {code}", "", "n", 1) for code in codes)]})


def test_seven_digits_of_poland_get_their_zero_back_and_are_never_taken_for_six() -> None:
    reading = of_poland(201011, 1465011, "0201022")
    assert [line.code for line in reading.lines] == ["020101", "146501", "020102"]
    assert [note.key for note in reading.notes if note.weight is Weight.WARNING] == ["zeros-put-back"]


def test_a_text_beside_those_that_kept_their_zero_has_lost_something_else() -> None:
    reading = of_poland("201011", "0201022")
    errors = [(note.key, note.row) for note in reading.notes if note.weight is Weight.ERROR]
    assert (errors, [line.code for line in reading.lines]) == ([("bad-lau-code", 2)], ["020102"])


def test_other_countries_with_codes_of_one_length_get_their_zeros_back() -> None:
    lines = [("DEF01", 1001000, "Flensburg", "", "n", 1), ("FRK21", 1001, "L'Abergement", "", "n", 1)]
    reading = read({"X": [HEADER, *lines, ("SI031", 1, "Beltinci", "", "n", 1)]})
    assert [line.code for line in reading.lines] == ["01001000", "01001", "1"]


@pytest.mark.data
def test_official_list_holds_99140_units() -> None:
    path = DATA / "eu" / "lau_2019_nuts2016_degurba.parquet"
    reading = eurostat_lau.read(open_file(path.name, path.read_bytes()), {})
    countries = Counter(line.country for line in reading.lines)
    assert (len(reading.lines), len(reading.units), len(countries)) == (99140, 99140, 34)
    assert (countries["PL"], countries["IT"], countries["GR"], countries["GB"]) == (2478, 7926, 6134, 400)
    assert {note.params["country"] for note in reading.notes if note.key == "area-in-km2"} == {
        "DE",
        "DK",
        "FI",
        "TR",
    }
    assert not [note for note in reading.notes if note.weight is Weight.ERROR]
    of = np.array([line.country for line in reading.lines])
    assert round(float(np.nansum(reading.figures[of == "DE", 1]))) == 357575
    assert round(float(np.nansum(reading.figures[of == "IT", 1]))) == 302073
    # France and Cyprus send no population: it is missing, not zero. Germany's areas without people have 0.
    assert np.isnan(reading.figures[of == "FR", 0]).all()
    assert int((reading.figures[of == "DE", 0] == 0).sum()) == 73
    assert float(np.nansum(reading.figures[of == "PL", 0])) == 38411148
