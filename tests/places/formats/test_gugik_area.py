"""GUGiK's areas: codes with spaces, hectares as exact km²."""

from typing import Any

import pytest

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import gugik_area
from sadzonka.places.formats.reading import Column, Level, Reading
from tests.places.formats.polish_files import (
    codes,
    errors,
    figures,
    has_figures_exactly_where_marks_say,
    official,
    said,
    sums,
    text_file,
    workbook,
)

HEADER = ["TERYT", "Nazwa jednostki", "Powierzchnia [ha]", "Powierzchnia [km2]", ""]
LINES: list[list[Any]] = [
    ["00", "POLSKA", 57, 1, ""],
    ["02", "WOJ. DOLNOŚLĄSKIE", 57, 1, "Kolumna „Powierzchnia [km2]” ..."],
    ["02 01  ", "Powiat bolesławiecki", 57, 1, ""],
    ["02 01 01 1", "M. Bolesławiec", 29, 0, ""],
    ["02 01 04 3", "Nowogrodziec", 28, 0, ""],
    ["02 01 04 4", "Nowogrodziec - miasto", 28, 0, ""],
]


def read(opened: Opened, **choices: Any) -> Reading:
    assert gugik_area.recognises(opened)
    reading = gugik_area.read(opened, choices)
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def test_hectares_become_exact_square_kilometres() -> None:
    reading = read(workbook([HEADER, *LINES], name="powierzchnia_2031-01-01.xlsx"))
    assert reading.columns == (Column("Powierzchnia [ha] : 100 = [km2]", 2031, "C", "area_km2"),)
    assert figures(reading) == [[0.57], [0.57], [0.57], [0.29], [0.28], [0.28]]
    assert [(line.level, line.code, line.name) for line in reading.lines[:4]] == [
        *((Level.COUNTRY, "", "POLSKA"), (Level.REGION, "02", "dolnośląskie")),
        *((Level.COUNTY, "0201", "bolesławiecki"), (Level.MUNICIPALITY, "020101", "Bolesławiec")),
    ]
    assert errors(reading) == []
    assert said(reading) == {
        "rounded-column": {"label": "Powierzchnia [km2]"},
        "aggregate": {"count": 3},
        "part": {"count": 1},
    }


def test_order_spelling_and_format_may_differ() -> None:
    rows = [["powierzchnia (w ha)", "Kod TERYT", "NAZWA"], ["1 234,5", "0201011", "Bolesławiec"]]
    reading = read(text_file([";".join(row) for row in rows], "areas.csv"), year=2029)
    assert (figures(reading), codes(reading), reading.columns[0].year) == ([[12.345]], ["020101"], 2029)


def test_without_any_year_staff_are_asked() -> None:
    assert read(workbook([HEADER, *LINES])).columns[0].year is None


def test_a_title_above_tells_the_year() -> None:
    rows = [["Stan na 1 stycznia 2027 r.", *[""] * 4], HEADER, *LINES]
    assert read(workbook(rows, name="area_2025.xlsx")).columns[0].year == 2027


def test_numbers_that_lost_their_zeros_get_them_back() -> None:
    lines = [[0, "POLSKA", 57], [2, "DOLNOŚLĄSKIE", 57], [201, "Powiat bolesławiecki", 57]]
    lines += [[201011, "Bolesławiec", 29], [1465011, "m. St. Warszawa", 28]]
    reading = read(workbook([HEADER[:3], *lines]))
    assert [line.code for line in reading.lines] == ["", "02", "0201", "020101", "146501"]
    assert said(reading)["zeros-put-back"] == {"count": 3, "example": "2"}


def test_other_columns_with_figures_are_kept_and_words_are_not() -> None:
    rows = [["TERYT", "Nazwa", "Powierzchnia [ha]", "Lasy [ha]", "Uwagi"], ["02 01 01 1", "X", 29, 7, "brak"]]
    reading = read(workbook(rows))
    assert reading.columns[1] == Column("Lasy [ha]", None, "D")
    assert (figures(reading), said(reading)["not-figures"]) == ([[0.29, 7]], {"label": "Uwagi"})


def test_broken_lines_are_errors() -> None:
    lines = [["03 01 01 1", "X", 29], ["02 01 01 1", "Y", "dużo"], ["", "Z", 3], ["02 01 01 1", "Y", 5]]
    assert errors(read(workbook([HEADER[:3], *lines]))) == [
        *(("bad-code", 2, "A"), ("no-code", 4, "A"), ("bad-number", 3, "C")),
    ]
    assert errors(read(workbook([HEADER[:3], lines[3], lines[3]]))) == [("filled-twice", 3, "")]


@pytest.mark.data
def test_the_official_list_of_2025_has_two_new_gminas_and_adds_up() -> None:
    reading = read(official("pl/powierzchnia_2025-01-01.xlsx"))
    assert (len(set(codes(reading))), len(reading.lines), errors(reading)) == (2479, 4339, [])
    assert {"120713", "200216"} <= set(codes(reading))
    assert round(sums(reading)[0], 2) == figures(reading)[0][0] == 313932.93
    assert reading.columns[0].year == 2025


def test_figures_without_a_heading_stop_the_import() -> None:
    rows = [
        ["TERYT", "Nazwa jednostki", "Powierzchnia [ha]", None],
        ["02 01 01 1", "M. Bolesławiec", 2357, 9],
    ]
    assert errors(gugik_area.read(workbook(rows), {})) == [("no-heading", 1, "D")]
