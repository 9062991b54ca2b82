"""SDMX-CSV: any dimensions, areas of several kinds, statuses, and years that begin on 1 January."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from sadzonka.places.formats.europe import istat_sdmx
from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Mark, Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
HEADER = "DATAFLOW,FREQ,REF_AREA,DATA_TYPE,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS"


def table_of(*lines: str, header: str = HEADER) -> Reading:
    opened = open_file("data.csv", "\n".join((header, *lines, "")).encode())
    assert istat_sdmx.recognises(opened)
    return istat_sdmx.read(opened, {})


def test_label_is_the_dataflow_with_its_dimensions_in_any_order_of_columns() -> None:
    one = table_of("IT1:41_7(1.0),A,088009,DEATH,9,2022,12,")
    other = table_of(
        "12,2022,9,DEATH,,088009,A,IT1:41_7(1.0)",
        header="OBS_VALUE,TIME_PERIOD,SEX,DATA_TYPE,OBS_STATUS,REF_AREA,FREQ,DATAFLOW",
    )
    assert [(column.label, column.year) for column in one.columns] == [("41_7: DATA_TYPE=DEATH, SEX=9", 2022)]
    assert (other.columns, other.figures.tolist()) == (one.columns, [[12.0]])


def test_areas_are_comuni_provinces_regioni_and_the_country() -> None:
    areas = ("088009", "88010", "088", "ITG1", "ITH1", "ITG", "IT", "ITG18")
    reading = table_of(*(f"IT1:41_7(1.0),A,{area},DEATH,9,2022,1," for area in areas))
    assert [(line.written, line.level.value, line.code) for line in reading.lines] == [
        ("088009", "municipality", "088009"),
        ("88010", "municipality", "088010"),
        ("088", "county", "088"),
        ("ITG1", "region", "19"),
        ("ITH1", "county", "021"),
        ("ITG", "other", "ITG"),
        ("IT", "country", ""),
        ("ITG18", "county", "ITG18"),
    ]


def test_secret_and_missing_figures_are_unknown_and_never_zero() -> None:
    reading = table_of(
        "IT1:41_7(1.0),A,088001,DEATH,9,2022,0,c",
        "IT1:41_7(1.0),A,088002,DEATH,9,2022,,",
        "IT1:41_7(1.0),A,088003,DEATH,9,2022,3,p",
        "IT1:41_7(1.0),A,088004,DEATH,9,2022,4,e",
        "IT1:41_7(1.0),A,088005,DEATH,9,2022,0,",
    )
    marks = [Mark.SECRET, Mark.MISSING, Mark.PROVISIONAL, Mark.ESTIMATE, Mark.ORDINARY]
    assert reading.marks[:, 0].tolist() == marks
    assert np.isnan(reading.figures[:, 0]).tolist() == [True, True, False, False, False]


def test_a_zero_beside_the_status_of_a_missing_figure_is_none() -> None:
    reading = table_of(
        *(f"IT1:41_7(1.0),A,08800{at},DEATH,9,2022,0,{flag}" for at, flag in enumerate("LMOHZ", 1))
    )
    assert (reading.marks[:, 0].tolist(), np.isnan(reading.figures).all()) == ([Mark.MISSING] * 5, True)


def test_confidentiality_is_not_read_as_a_status() -> None:
    flags = ("", "F", "N", "C", "S")
    reading = table_of(
        *(f"IT1:41_7(1.0),A,08800{at},DEATH,9,2022,5,A,{flag}" for at, flag in enumerate(flags, 1)),
        header=f"{HEADER},CONF_STATUS",
    )
    assert reading.marks[:, 0].tolist() == [Mark.ORDINARY, Mark.ORDINARY, *[Mark.SECRET] * 3]
    assert [column.label for column in reading.columns] == ["41_7: DATA_TYPE=DEATH, SEX=9"]


def test_people_of_the_first_of_january_are_those_of_the_year_before() -> None:
    reading = table_of("IT1:22_289(1.0),A,088009,JAN,9,2023,73476,")
    assert ([column.year for column in reading.columns], reading.notes[0].key) == ([2022], "first-of-january")


def test_quarters_and_months_are_left_out_and_said_to_be() -> None:
    reading = table_of(
        "IT1:41_7(1.0),Q,088009,DEATH,9,2022-Q1,3,",
        "IT1:41_7(1.0),M,088009,DEATH,9,2022-01,1,",
        "IT1:41_7(1.0),A,088009,DEATH,9,2022,12,",
    )
    assert reading.figures.tolist() == [[12.0]]
    assert [(note.key, note.params) for note in reading.notes] == [("part-of-year-lines", {"count": 2})]


def test_thousands_are_multiplied() -> None:
    reading = table_of(
        "IT1:41_7(1.0),A,ITG1,2022,4.8,3", header="DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT"
    )
    assert reading.figures.tolist() == [[4800.0]]


def test_eurostat_writes_its_own_names_of_columns() -> None:
    reading = table_of(
        "ESTAT:DEMO_R_GIND3(1.0),2026-01-01,A,GROW,PL21,2022,1.234,b",
        header="DATAFLOW,LAST UPDATE,freq,indic_de,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG",
    )
    assert (reading.publisher, reading.lines[0].code, reading.figures.tolist()) == (
        "Eurostat",
        "12",
        [[1.234]],
    )
    assert reading.marks.tolist() == [[Mark.BREAK]]


def test_figure_that_stands_twice_and_one_that_is_none_are_errors() -> None:
    reading = table_of(
        "IT1:41_7(1.0),A,088009,DEATH,9,2022,12,",
        "IT1:41_7(1.0),A,088009,DEATH,9,2022,13,",
        "IT1:41_7(1.0),A,088010,DEATH,9,2022,=12,",
        "IT1:41_7(1.0),A,999010,DEATH,9,2022,12,",
    )
    errors = [(note.key, note.row) for note in reading.notes if note.weight is Weight.ERROR]
    assert sorted(errors) == [("bad-istat-code", 5), ("bad-number", 4), ("two-figures", 3)]
    assert reading.figures.tolist() == [[12.0]]


@pytest.mark.data
def test_official_sample_gives_ragusa_through_four_years() -> None:
    content = (DATA / "formats" / "ISTAT_SDMX_CSV_sample.csv").read_bytes()
    reading = istat_sdmx.read(open_file("sample.csv", content), {})
    assert [(column.year, column.label) for column in reading.columns] == [
        (year, "22_289: AGE=TOTAL, DATA_TYPE=JAN, MARITAL_STATUS=99, SEX=9")
        for year in (2021, 2022, 2023, 2024)
    ]
    assert reading.figures.tolist() == [[72779.0, 73476.0, 73736.0, 73878.0]]
