"""Eurostat's TSV: flags after figures, regions of ours and of nobody, parts of years."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from sadzonka.places.formats.europe import eurostat_tsv
from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import Opened, Sheet, open_file
from sadzonka.places.formats.reading import Mark, Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))


def table_of(*lines: str, name: str = "estat_demo_r_d3dens.tsv") -> Reading:
    opened = open_file(name, "\n".join((*lines, "")).encode())
    assert eurostat_tsv.recognises(opened)
    return eurostat_tsv.read(opened, {})


def test_flags_qualify_figures_and_a_colon_is_no_figure() -> None:
    reading = table_of(
        "freq,unit,geo\\TIME_PERIOD\t2011 \t2012 \t2013 \t2014 \t2015 ",
        "A,PER_KM2,PL21\t216.5 \t217.1 e\t: \t: c\t3.0 bp",
    )
    assert reading.marks.tolist() == [[Mark.ORDINARY, Mark.ESTIMATE, Mark.MISSING, Mark.SECRET, Mark.BREAK]]
    assert np.isnan(reading.figures[0]).tolist() == [False, False, True, True, False]
    assert {column.label for column in reading.columns} == {"demo_r_d3dens: [PER_KM2]"}


def test_flags_of_2025_and_zeros_that_are_none_are_read() -> None:
    reading = table_of(
        "freq,unit,geo\\TIME_PERIOD\t2011 \t2012 \t2013 \t2014 \t2015 ",
        "A,PER_KM2,PL21\t: @C\t5 p@N\t0 m\t0n\t0 z",
    )
    expected = [Mark.SECRET, Mark.SECRET, Mark.MISSING, Mark.IMPRECISE, Mark.MISSING]
    assert reading.marks.tolist() == [expected]
    assert np.isnan(reading.figures[0]).tolist() == [True, True, True, False, True]


def test_regions_are_voivodeships_and_regioni_nuts_elsewhere_and_others_are_told_apart() -> None:
    codes = ("PL21", "PL91", "PL9", "ITC4", "ITH2", "EL51", "EL513", "UK", "EU27_2020", "PL2")
    reading = table_of("freq,unit,geo\\TIME_PERIOD\t2011 ", *(f"A,NR,{code}\t1 " for code in codes))
    assert [(line.country, line.level.value, line.code) for line in reading.lines] == [
        ("PL", "region", "12"),
        ("PL", "other", "PL91"),
        ("PL", "region", "14"),
        ("IT", "region", "03"),
        ("IT", "county", "022"),
        ("GR", "region", "EL51"),
        ("GR", "county", "EL513"),
        ("GB", "country", ""),
        ("", "other", "EU27_2020"),
        ("PL", "other", "PL2"),
    ]


def test_other_dimensions_order_of_years_and_the_older_header_are_read() -> None:
    reading = table_of(
        "sex,age,unit,geo\\time\t2014 \t2013 ",
        "T,TOTAL,NR,AT11\t14 \t13 ",
        "F,TOTAL,NR,AT11\t7 \t6 ",
        name="table.tsv",
    )
    assert [(column.label, column.year) for column in reading.columns] == [
        ("F, TOTAL [NR]", 2013),
        ("F, TOTAL [NR]", 2014),
        ("T, TOTAL [NR]", 2013),
        ("T, TOTAL [NR]", 2014),
    ]
    assert reading.figures.tolist() == [[6.0, 7.0, 13.0, 14.0]]


def test_quarters_are_left_out_and_said_to_be() -> None:
    reading = table_of(
        "freq,unit,geo\\TIME_PERIOD\t2011-Q1 \t2011 ", "A,NR,AT11\t1 \t4 ", "Q,NR,AT12\t1 \t: "
    )
    assert reading.figures.tolist() == [[4.0]]
    assert [note.key for note in reading.notes] == ["part-of-year-lines", "columns-not-annual"]


def test_broken_cell_and_line_are_errors_with_their_places() -> None:
    reading = table_of("freq,unit,geo\\TIME_PERIOD\t2011 \t2012 ", "A,NR,AT11\t=1+1 \t2 ", "A,AT12\t1 \t2 ")
    errors = [(note.key, note.row, note.column) for note in reading.notes if note.weight is Weight.ERROR]
    assert errors == [("bad-number", 2, "2011"), ("bad-line", 3, "")]


def test_commas_taken_for_the_separator_change_nothing() -> None:
    rows = [["freq", "unit", "geo\\TIME_PERIOD\t2011 \t2012 "], ["A", "NR", "AT11\t1 \t2 "]]
    opened = Opened("estat_x.tsv", "text", (Sheet("", rows),), separator=",")
    assert eurostat_tsv.recognises(opened)
    assert eurostat_tsv.read(opened, {}).figures.tolist() == [[1.0, 2.0]]


@pytest.mark.data
def test_official_sample_gives_albania() -> None:
    path = DATA / "formats" / "EUROSTAT_TSV_tgs00003_sample.tsv"
    reading = eurostat_tsv.read(open_file(path.name, path.read_bytes()), {})
    assert (reading.title, reading.period, reading.country) == ("Eurostat tgs00003", "2011–2014", "AL")
    assert reading.figures.tolist() == [[2214.58, 2297.46, 2276.67, 2290.45]]
