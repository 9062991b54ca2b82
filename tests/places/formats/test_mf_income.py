"""The ministry's tables of income tax shares: four columns of codes, cities in a file of their own."""

from typing import Any

import pytest

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import mf_income
from sadzonka.places.formats.reading import Reading
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

TITLE = "Informacja o udziałach jednostek samorządu terytorialnego w podatku PIT za rok budżetowy 2031"
HEADER = [
    [
        *("WK", "PK", "GK", "GT", "Nazwa JST", "województwo", "powiat", "Klasyfikacja budżetowa", "", ""),
        *("Należności \n (saldo)", "Dochody wykonane\n(wpłaty minus zwroty)", "        Saldo końcowe", ""),
    ],
    [*[""] * 7, "DZIAŁ", "ROZDZIAŁ", "PARAGRAF", "", "", "ogółem", "nadpłaty"],
]
MERGED = (*(f"{letter}3:{letter}4" for letter in "ABCDEFGKL"), "H3:J3", "M3:N3", "A1:N2")
LINES: list[list[Any]] = [
    [
        "02",
        "01",
        "01",
        "1",
        "BOLESŁAWIEC",
        "dolnośląskie",
        "bolesławiecki",
        756.0,
        75621.0,
        "0010",
        12,
        10.0,
        2,
        "",
    ],
    [
        "02",
        "01",
        "02",
        "2",
        "BOLESŁAWIEC",
        "dolnośląskie",
        "bolesławiecki",
        756.0,
        75621.0,
        "0010",
        22,
        20.0,
        2,
        1,
    ],
    ["02", "61", "-", "-", "Jelenia Góra", "dolnośląskie", "-", 756.0, 75621.0, "0010", 32, 30.0, 2, ""],
    ["02", "61", "-", "-", "Jelenia Góra", "dolnośląskie", "-", 756.0, 75622.0, "0010", 9, 8.0, 1, ""],
]


def table(lines: list[list[Any]] = LINES, title: str = TITLE, name: str = "table.xlsx") -> Opened:
    return workbook([[title, *[""] * 13], [""] * 14, *HEADER, *lines], MERGED, name)


def read(opened: Opened, **choices: Any) -> Reading:
    assert mf_income.recognises(opened)
    reading = mf_income.read(opened, choices)
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def received(reading: Reading) -> list[float | None]:
    (at,) = [at for at, column in enumerate(reading.columns) if column.indicator == "pit_share_pln"]
    return [line[at] for line in figures(reading)]


def test_the_gminas_share_is_read_and_the_powiats_share_of_cities_explained() -> None:
    reading = read(table())
    assert [(line.code, line.kind, line.name) for line in reading.lines] == [
        *(("020101", "urban", "BOLESŁAWIEC"), ("020102", "rural", "BOLESŁAWIEC")),
        ("026101", "urban", "Jelenia Góra"),
    ]
    assert received(reading) == [10, 20, 30]
    assert [(column.label, column.year, column.place) for column in reading.columns] == [
        ("Należności (saldo) [zł, 75621, 0010]", 2031, "K"),
        ("Dochody wykonane (wpłaty minus zwroty) [zł, 75621, 0010]", 2031, "L"),
        ("Saldo końcowe: ogółem [zł, 75621, 0010]", 2031, "M"),
        ("Saldo końcowe: nadpłaty [zł, 75621, 0010]", 2031, "N"),
    ]
    assert said(reading) == {"not-the-gmina-share": {"chapter": "75622", "count": 1}}
    assert (errors(reading), reading.title) == ([], TITLE)


def test_order_and_spelling_may_differ_and_the_header_may_be_one_row() -> None:
    rows = [
        ["Udziały za 2031 r.", *[""] * 7],
        ["Rozdział", "Paragraf", "DOCHODY  WYKONANE", "gt", "gk", "pk", "wk", "nazwa JST"],
        ["75621", "0010", "1 234,56", "2", "02", "01", "02", "BOLESŁAWIEC"],
    ]
    reading = read(text_file([";".join(row) for row in rows]))
    assert (codes(reading), received(reading), reading.period) == (["020102"], [1234.56], "2031")


def test_lost_zeros_of_two_digit_columns_come_back() -> None:
    numbers = [[int(cell) if str(cell).isdecimal() else cell for cell in line] for line in LINES]
    reading = read(table(numbers))
    assert (codes(reading), received(reading)) == (["020101", "020102", "026101"], [10, 20, 30])
    assert said(reading)["zeros-put-back"] == {"count": 7, "example": "2"}


def test_corporate_income_tax_is_another_column_without_an_indicator() -> None:
    corporate = [*LINES[0][:9], "0020", 7, 5.0, 2, ""]
    reading = read(table([LINES[0], corporate]))
    assert (codes(reading), received(reading), len(reading.columns)) == (["020101"], [10], 8)
    assert figures(reading) == [[12, 10, 2, None, 7, 5, 2, None]]


@pytest.mark.parametrize(
    ("title", "name", "choices", "year"),
    [
        ("Udziały", "MF_PIT_20200214_Gminy_za_2019.xlsx", {}, 2019),
        ("Udziały", "MF_PIT_20200214_Gminy_za_2019.xlsx", {"year": 2018}, 2018),
        ("Udziały", "table.xlsx", {}, None),
    ],
)
def test_where_the_title_tells_no_year_staff_or_the_name_do(
    title: str, name: str, choices: dict[str, int], year: int | None
) -> None:
    assert {column.year for column in read(table(title=title, name=name), **choices).columns} == {year}


def test_broken_lines_are_errors() -> None:
    lines = [
        *([*LINES[0][:11], "dużo", 2, ""], ["03", *LINES[0][1:]], ["", "", "", "", *LINES[0][4:]]),
        *(LINES[1], LINES[1], ["02", "01", "-", "-", *LINES[0][4:]]),
    ]
    assert sorted(errors(read(table(lines)))) == [
        *(("bad-code", 6, "A"), ("bad-code", 10, "A"), ("bad-number", 5, "L")),
        *(("filled-twice", 9, ""), ("no-code", 7, "A")),
    ]


def test_other_tables_are_not_taken_for_it() -> None:
    assert not mf_income.recognises(
        workbook([["WK", "PK", "GK", "GT", "Nazwa"], ["02", "01", "01", "1", "X"]])
    )


@pytest.mark.data
def test_the_official_files_of_2019_hold_the_gminas_and_the_cities() -> None:
    gminas = read(official("pl/MF_PIT_20200214_Gminy_za_2019.xlsx"))
    cities = read(official("pl/MF_PIT_20200214_Miasta_NPP_za_2019.xlsx"))
    assert [len(set(codes(reading))) for reading in (gminas, cities)] == [2411, 66]
    assert set(codes(gminas)) & set(codes(cities)) == set()
    assert [sums(reading)[1] for reading in (gminas, cities)] == [23237486650, 19594246585]
    assert [reading.columns[1].indicator for reading in (gminas, cities)] == ["pit_share_pln"] * 2
    assert [errors(reading) for reading in (gminas, cities)] == [[], []]
    assert said(cities) == {"not-the-gmina-share": {"chapter": "75622", "count": 66}}
