"""GUS, Table IV: a bilingual header of several rows, dashes for zero, codes as texts and numbers."""

from typing import Any

import pytest

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import gus_table_iv
from sadzonka.places.formats.reading import Level, Mark, Reading
from tests.places.formats.polish_files import (
    codes,
    errors,
    figures,
    has_figures_exactly_where_marks_say,
    marks,
    official,
    said,
    sums,
    text_file,
    workbook,
)

TITLE = "TABL. IV. LUDNOŚĆ, RUCH NATURALNY ORAZ MIGRACJE LUDNOŚCI WEDŁUG GMIN W {year} R."
HEADER: list[list[str]] = [
    [
        *(
            "Województwa\nVoivodships",
            "Identyfikator terytorialny\nCode",
            "Ludność\n(stan w dniu 31.12)\nPopulation",
        ),
        *("Małżeń-stwa \nMarriages", "Urodzenia żywe \nLive births", "Zgony   \nDeaths", ""),
        *("Ogólne saldo migracji\nTotal net migration", "Urodzenia żywe \nLive births", "Zgony \nDeaths"),
        "Zgony niemowląt na 1000 urodzeń żywych\nInfant deaths per 1000 of live births",
    ],
    [*[""] * 5, "ogółem \ntotal", "w tym niemowląt \nof which infant", *[""] * 4],
    [*[""] * 8, "na 1000 ludności    \nper 1000 of population", "", ""],
]
MERGED = (
    "A3:A5",
    "B3:B5",
    "C3:C5",
    "D3:D5",
    "E3:E5",
    "F3:G3",
    "F4:F5",
    "G4:G5",
    "H3:H5",
    "I3:I4",
    "J3:J4",
    "I5:J5",
)
LINES: list[list[Any]] = [
    ["POLSKA  \nPOLAND", "", 300, 6, 3, 9, 1, "-", 10.5, 30, 333.3],
    ["WOJ. DOLNOŚLĄSKIE", "   ", 300, 6, 3, 9, 1, "-", 10.5, 30, 333.3],
    ["M.Bolesławiec", "0201011", 100, 2, 1, 3, "-", -5, 10, 30, "-"],
    ["G.Bolesławiec", 201022, 100, 2, "-", 3, 1, 5.0, "-", 30, "."],
    ["M-W.Nowogrodziec", 201043.0, 100, 2, 2, 3, "-", "-", 20, 30, "#"],
    ["M.Nowogrodziec", "0201044", 40, 1, 1, 1, "-", "-", 25, 25, "-"],
    ["G.Nowogrodziec", "0201045", 60, 1, 1, 2, "-", "-", 16.7, 33.3, "-"],
]
INDICATORS = [
    *("population", "marriages", "live_births", "deaths", "", "net_migration"),
    *("live_births_per_1000", "deaths_per_1000", ""),
]


def table(
    order: tuple[int, ...] = tuple(range(11)),
    lines: list[list[Any]] = LINES,
    title: str = TITLE.format(year=2031),
    merged: tuple[str, ...] = MERGED,
) -> Opened:
    rows = [[row[at] for at in order] for row in [*HEADER, *lines]]
    return workbook([[title], [], *rows], merged)


def read(opened: Opened, **choices: Any) -> Reading:
    assert gus_table_iv.recognises(opened)
    reading = gus_table_iv.read(opened, choices)
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def test_columns_are_found_by_their_words_under_a_merged_header() -> None:
    reading = read(table())
    assert [column.indicator for column in reading.columns] == INDICATORS
    assert {column.year for column in reading.columns} == {2031}
    assert reading.columns[3].label == "Zgony Deaths: ogółem total"
    assert reading.columns[7].label == "Zgony Deaths: na 1000 ludności per 1000 of population"
    assert [(line.level, line.code, line.name, line.kind) for line in reading.lines] == [
        (Level.COUNTRY, "", "POLSKA POLAND", ""),
        (Level.REGION, "02", "dolnośląskie", ""),
        (Level.MUNICIPALITY, "020101", "Bolesławiec", "urban"),
        (Level.MUNICIPALITY, "020102", "Bolesławiec", "rural"),
        (Level.MUNICIPALITY, "020104", "Nowogrodziec", "urban-rural"),
        (Level.PART, "020104", "M.Nowogrodziec", ""),
        (Level.PART, "020104", "G.Nowogrodziec", ""),
    ]
    assert errors(reading) == []


def test_a_dash_is_zero_and_other_signs_are_not() -> None:
    reading = read(table())
    assert figures(reading)[3] == [100, 2, 0, 3, 1, 5, 0, 30, None]
    assert [line[8] for line in marks(reading)[2:5]] == [Mark.ORDINARY, Mark.MISSING, Mark.SECRET]


def test_numbers_that_lost_their_zero_get_it_back() -> None:
    assert said(read(table()))["zeros-put-back"] == {"count": 2, "example": "201022"}


def test_a_text_that_lost_its_zero_where_others_kept_it_is_an_error() -> None:
    lines = [*LINES, ["G.Gromadka", "201032", *LINES[3][2:]]]
    assert errors(read(table(lines=lines))) == [("unclear-zero", 13, "B")]


def test_the_header_is_understood_without_merged_cells_as_in_csv() -> None:
    lines = [
        [name, str(code).removesuffix(".0").zfill(7) if code else "", *cells] for name, code, *cells in LINES
    ]
    lines = [[name, code if code.strip("0 ") else "", *cells] for name, code, *cells in lines]
    rows = [[TITLE.format(year=2031), *[""] * 10], *HEADER, *lines]
    text = [";".join(f'"{str(cell).replace(chr(10), " ")}"' for cell in row) for row in rows]
    opened = text_file(text)
    reading = read(opened)
    assert opened.sheets[0].merged == ()
    assert [column.indicator for column in reading.columns] == INDICATORS
    assert figures(reading) == figures(read(table()))


def test_columns_may_stand_in_another_order() -> None:
    order = (1, 0, 10, 8, 9, 7, 5, 6, 4, 2, 3)
    merged = (
        *("A3:A5", "B3:B5", "C3:C5", "D3:D4", "E3:E4", "D5:E5", "F3:F5"),
        *("G3:H3", "G4:G5", "H4:H5", "I3:I5", "J3:J5", "K3:K5"),
    )
    reading = read(table(order, merged=merged))
    assert [column.indicator for column in reading.columns] == [
        *("", "live_births_per_1000", "deaths_per_1000", "net_migration", "deaths", ""),
        *("live_births", "population", "marriages"),
    ]
    assert codes(reading) == ["020101", "020102", "020104"]


@pytest.mark.parametrize(
    ("title", "name", "choices", "year"),
    [
        (TITLE.format(year=2012), "x.xlsx", {}, 2012),
        ("Tablica IV", "GUS_TablIV_2019.xlsx", {}, 2019),
        ("Tablica IV", "GUS_TablIV_2019.xlsx", {"year": 2018}, 2018),
        ("Tablica IV", "table.xlsx", {}, None),
    ],
)
def test_the_year_comes_from_the_title_then_from_staff_then_from_the_name(
    title: str, name: str, choices: dict[str, int], year: int | None
) -> None:
    opened = workbook([[title], [], *HEADER, *LINES], MERGED, name)
    assert {column.year for column in read(opened, **choices).columns} == {year}


def test_a_line_with_figures_but_no_code_and_a_broken_cell_are_errors() -> None:
    lines = [*LINES, ["G.Nigdzie", "", *LINES[3][2:]], ["G.Gromadka", "0201032", "many", *LINES[3][3:]]]
    lines += [["Źródło: GUS", *[""] * 10]]
    reading = read(table(lines=lines))
    assert errors(reading) == [("no-code", 13, "B"), ("bad-number", 14, "C")]
    assert said(reading)["remark-lines"] == {"count": 1}


def test_a_topic_that_stands_twice_gives_no_indicator() -> None:
    header = [["Nazwa", "TERYT", "Ludność", "Urodzenia żywe", "Zgony", "Ludność w wieku 0-17"]]
    reading = read(workbook([*header, ["M.Bolesławiec", "0201011", 100, 2, 1, 20]]))
    assert [column.indicator for column in reading.columns] == ["", "live_births", "deaths", ""]


def test_other_tables_are_not_taken_for_it() -> None:
    assert not gus_table_iv.recognises(workbook([["TERYT", "Nazwa", "Ludność"], ["0201011", "X", 1]]))


@pytest.mark.data
def test_the_official_table_of_2024_adds_up_to_the_country() -> None:
    reading = read(official("pl/GUS_TablIV_2024.xls.gz"))
    of = {column.indicator: at for at, column in enumerate(reading.columns) if column.indicator}
    assert sorted(of) == [
        *("deaths", "deaths_per_1000", "live_births", "live_births_per_1000", "marriages"),
        *("natural_increase_per_1000", "net_migration", "net_migration_per_1000", "population"),
    ]
    counts = [of[key] for key in ("population", "marriages", "live_births", "deaths", "net_migration")]
    assert [sums(reading)[at] for at in counts] == [37489087, 135402, 251782, 408504, 9301]
    assert [figures(reading)[0][at] for at in counts] == [37489087, 135402, 251782, 408504, 9301]
    assert (len(set(codes(reading))), len(reading.lines), errors(reading)) == (2477, 3916, [])
    assert len(set(codes(reading, Level.REGION))) == 16
    assert {column.year for column in reading.columns} == {2024}
