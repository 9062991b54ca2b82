"""Istat's workbook of classifications: each column's year, and names in two languages."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook

from sadzonka.places.formats.europe import istat_classification
from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
HEADER = (
    "Codice Regione",
    "Codice Istat del Comune \n(alfanumerico)",
    "Codice Istat del Comune \n(numerico)",
    "Denominazione (Italiana e straniera)",
    "Denominazione altra lingua",
    "Superficie territoriale (kmq) al 01/01/2019",
    "Popolazione legale 2011 (09/10/2011)",
    "Popolazione residente al 31/12/2018",
    "Zona altimetrica",
    "Altitudine del centro (metri)",
    "Grado di urbanizzazione",
)
AGLIE = ("01", "001001", 1001, "Agliè", None, 13.15, 2644, 2630, "3", 315, 2)
ALDINO = ("04", "021001", 21001, "Aldino/Aldein", "Aldein", 62.13, 1663, 1654, "1", 1225, 3)


def workbook_of(*rows: tuple[Any, ...], title: str = "Comuni", legend: tuple[Any, ...] = ()) -> Reading:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if legend:
        other = book.create_sheet("Legenda")
        other.append(("Campo", "Descrizione/Legenda", "Note", "Anno"))
        other.append(legend)
    stream = io.BytesIO()
    book.save(stream)
    opened = open_file("classificazioni.xlsx", stream.getvalue())
    assert istat_classification.recognises(opened)
    return istat_classification.read(opened, {})


def test_years_are_read_from_headers_and_legend() -> None:
    reading = workbook_of(HEADER, AGLIE, legend=("Altitudine del centro (metri)", "…", "…", 2011))
    assert [(column.indicator, column.year) for column in reading.columns] == [
        ("area_km2", 2019),
        ("population", 2011),
        ("population", 2018),
        ("altitude_m", 2011),
        ("degurba", None),
    ]
    assert reading.figures.tolist() == [[13.15, 2644.0, 2630.0, 315.0, 2.0]]
    assert reading.as_of == dt.date(2019, 1, 1)


def test_altitude_without_a_legend_has_no_year() -> None:
    assert [column.year for column in workbook_of(HEADER, AGLIE).columns] == [2019, 2011, 2018, None, None]


def test_title_above_the_header_and_another_order_of_columns_change_nothing() -> None:
    order = list(reversed(range(len(HEADER))))
    turned = [tuple(row[at] for at in order) for row in (HEADER, AGLIE, ALDINO)]
    reading = workbook_of(("Classificazioni statistiche",), (None,), *turned)
    found = dict(
        zip(((column.indicator, column.year) for column in reading.columns), reading.figures.T, strict=True)
    )
    assert found["area_km2", 2019].tolist() == [13.15, 62.13]
    assert [line.number for line in reading.lines] == [4, 5]


def test_name_in_two_languages_is_the_italian_one() -> None:
    reading = workbook_of(HEADER, ALDINO)
    assert (reading.lines[0].name, reading.units[0].name) == ("Aldino", "Aldino")


def test_people_of_the_first_of_january_are_those_of_the_year_before() -> None:
    header = tuple(name.replace("31/12/2018", "1/1/2019") for name in HEADER)
    assert [column.year for column in workbook_of(header, AGLIE).columns][2] == 2018


def test_second_column_of_the_same_year_keeps_no_indicator() -> None:
    header = tuple(name.replace("31/12/2018", "31/12/2011") for name in HEADER)
    reading = workbook_of(header, AGLIE)
    assert [column.indicator for column in reading.columns] == [
        "area_km2",
        "population",
        "",
        "altitude_m",
        "degurba",
    ]


def test_word_or_formula_in_a_column_of_figures_is_an_error_with_row_and_column() -> None:
    broken = (*AGLIE[:5], "=1+1", *AGLIE[6:])
    spoilt = (*ALDINO[:5], "ca. 62", *ALDINO[6:])
    book_rows = [
        (*row[:5], f"'{row[5]}" if isinstance(row[5], str) else row[5], *row[6:]) for row in (broken, spoilt)
    ]
    reading = workbook_of(HEADER, *book_rows)
    assert [(note.row, note.column) for note in reading.notes if note.weight is Weight.ERROR] == [
        (2, "Superficie territoriale (kmq) al 01/01/2019"),
        (3, "Superficie territoriale (kmq) al 01/01/2019"),
    ]
    assert np.isnan(reading.figures[:, 0]).all()


@pytest.mark.data
def test_official_workbook_holds_7901_comuni_and_the_people_of_italy() -> None:
    content = (DATA / "it" / "ISTAT_classificazioni_comuni_2023-01-01.xlsx").read_bytes()
    reading = istat_classification.read(open_file("classificazioni.xlsx", content), {})
    assert (len(reading.lines), len(reading.units), reading.lists_all_of) == (7901, 7901, "IT")
    assert [(column.indicator, column.year) for column in reading.columns] == [
        ("area_km2", 2023),
        ("population", 2021),
        ("population", 2022),
        ("altitude_m", 2011),
        ("degurba", 2018),
    ]
    assert np.nansum(reading.figures, axis=0)[1:3].tolist() == [59030133.0, 58850717.0]
    assert round(float(np.nansum(reading.figures[:, 0])), 1) == 302068.3
    assert {line.code: line.name for line in reading.lines}["001168"] == "None"
    assert [note.key for note in reading.notes] == ["columns-left-out"]
