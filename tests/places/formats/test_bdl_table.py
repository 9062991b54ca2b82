"""Tables of BDL: both variants, other years, orders and spellings, and gminas through time."""

import datetime as dt
import random

import pytest

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import bdl_table
from sadzonka.places.formats.reading import Column, Level, Mark, Reading
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

RYNE = "pl/bdl/RYNE_1944_CTAB_20250616184618.csv.gz"
LUDN = "pl/bdl/LUDN_2425_CTAB_20250611231708.csv.gz"
YEARS = (2030, 2031, 2032)
# One voivodeship: Alfa changes its type in 2031, Beta ends and Gamma begins then, Delta is stable.
TABLE = [
    ["0000000", "POLSKA", "100", "110", "120"],
    ["0200000", "DOLNOŚLĄSKIE", "60", "66", "72"],
    ["0201000", "Powiat bolesławiecki", "60", "66", "72"],
    ["0201012", "Alfa (2)", "10", "", ""],
    ["0201013", "Alfa (3)", "", "11", "12"],
    ["0201014", "Alfa - miasto (4)", "", "0", "5"],
    ["0201015", "Alfa - obszar wiejski (5)", "", "0", "7"],
    ["0201022", "Beta do 2030 (2)", "20", "", ""],
    ["0201032", "Gamma od 2031 (2)", "", "22", "24"],
    ["0201041", "Delta (1)", "30", "33", "36"],
]


def table(
    lines: list[list[str]] = TABLE,
    header: str = "ogółem;{year};[osoba]",
    years: tuple[int, ...] = YEARS,
    name: str = "RYNE_1944_CTAB_20330101000000.csv",
) -> Opened:
    """A table of the semicolon variant: every line ends with an empty column."""
    titles = ["Kod", "Nazwa", *(header.format(year=year) for year in years)]
    return text_file(
        [
            ";".join(f'"{title}"' for title in titles) + ";",
            *(f'{code};"{unit}";{";".join(cells)};' for code, unit, *cells in lines),
        ],
        name,
    )


def read(opened: Opened) -> Reading:
    assert bdl_table.recognises(opened)
    reading = bdl_table.read(opened, {})
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def told(reading: Reading) -> list[tuple[str, str, str, dt.date | None, dt.date | None]]:
    return [(unit.code, unit.name, unit.kind, unit.valid_from, unit.valid_to) for unit in reading.units]


TOLD = [
    ("020101", "Alfa", "rural", None, dt.date(2030, 12, 31)),
    ("020101", "Alfa", "urban-rural", dt.date(2031, 1, 1), None),
    ("020102", "Beta", "rural", None, dt.date(2030, 12, 31)),
    ("020103", "Gamma", "rural", dt.date(2031, 1, 1), None),
]


def test_a_table_is_read_with_its_lines_columns_and_years() -> None:
    reading = read(table())
    assert reading.columns == tuple(
        Column("ogółem [osoba]", year, place) for year, place in zip(YEARS, "CDE", strict=True)
    )
    assert [(line.level, line.code, line.name) for line in reading.lines[:3]] == [
        (Level.COUNTRY, "", "POLSKA"),
        (Level.REGION, "02", "dolnośląskie"),
        (Level.COUNTY, "0201", "bolesławiecki"),
    ]
    assert codes(reading) == ["020101", "020101", "020102", "020103", "020104"]
    assert figures(reading)[3:5] == [[10, None, None], [None, 11, 12]]
    assert (reading.title, reading.period) == ("BDL RYNE_1944", "2030–2032")
    assert errors(reading) == []
    assert said(reading) == {"aggregate": {"count": 3}, "part": {"count": 2}}


def test_an_empty_cell_is_absent_and_never_zero() -> None:
    assert marks(read(table()))[3] == [Mark.ORDINARY, Mark.ABSENT, Mark.ABSENT]


def test_types_that_change_and_gminas_that_begin_or_end_have_dates() -> None:
    assert told(read(table())) == TOLD


def test_units_know_county_and_region() -> None:
    assert {
        (unit.county, unit.county_name, unit.region, unit.region_name) for unit in read(table()).units
    } == {("0201", "bolesławiecki", "02", "dolnośląskie")}


def test_sums_that_agree_prove_a_beginning_that_no_name_tells() -> None:
    lines = [
        [code, name.replace(" od 2031", "").replace(" do 2030", ""), *cells] for code, name, *cells in TABLE
    ]
    assert told(read(table(lines))) == TOLD


def test_a_gap_proves_nothing_where_the_sums_do_not_agree() -> None:
    lines = [
        [code, name.replace(" od 2031", "").replace(" do 2030", ""), *cells] for code, name, *cells in TABLE
    ]
    lines[1] = ["0200000", "DOLNOŚLĄSKIE", "60", "66", "73"]
    reading = read(table(lines))
    assert told(reading) == TOLD[:2]
    assert said(reading)["gaps-in-figures"] == {"count": 2}


def test_gaps_in_many_gminas_are_no_history_even_where_the_sums_agree() -> None:
    lines = [["0200000", "DOLNOŚLĄSKIE", "0", "11", "22"]]
    lines += [["0201992", "Stara (2)", "0", "0", "0"]]
    lines += [[f"0201{at:02d}2", f"Gmina {at} (2)", "", "1", "2"] for at in range(1, 12)]
    reading = read(table(lines))
    assert (told(reading), said(reading)["gaps-in-figures"]) == ([], {"count": 11})


def test_a_change_in_years_that_the_table_lacks_has_no_date() -> None:
    reading = read(table(years=(2020, 2025, 2030)))
    assert (told(reading), said(reading)["change-undated"]) == ([], {"count": 3})


def test_a_table_of_one_year_tells_nothing_about_time() -> None:
    assert told(read(table([line[:3] for line in TABLE], years=(2030,)))) == []


def test_the_comma_variant_with_decimal_points_says_the_same() -> None:
    lines = ['"Kod","Nazwa","ludność na 1 km2,2030,[osoba]","wskaźnik urbanizacji,2030,[%]",']
    reading = read(text_file([*lines, '0201022,"Beta (2)",53.1,-0.5,']))
    assert [(column.label, column.year) for column in reading.columns] == [
        ("ludność na 1 km2 [osoba]", 2030),
        ("wskaźnik urbanizacji [%]", 2030),
    ]
    assert figures(reading) == [[53.1, -0.5]]


@pytest.mark.parametrize(
    "header", ["Ogółem;{year};[osoba]", "OGÓŁEM; {year}; [OSOBA]", " ogółem ;{year};[ osoba ]"]
)
def test_headings_may_be_spelled_otherwise(header: str) -> None:
    assert {column.label for column in read(table(header=header)).columns} == {"ogółem [osoba]"}


def test_dimensions_are_joined_and_keep_their_commas() -> None:
    reading = read(table(header="stan na 31 XII;kobiety, mężczyźni;{year};[osoba]"))
    assert reading.columns[0].label == "stan na 31 XII, kobiety, mężczyźni [osoba]"


def test_years_and_columns_may_stand_in_any_order() -> None:
    lines = [
        ["Nazwa", "ogółem;2032;[osoba]", "Kod", "ogółem;2030;[osoba]"],
        ["Delta (1)", "36", "0201041", "30"],
    ]
    reading = read(text_file(["\t".join(line) for line in lines]))
    assert [(column.year, column.place) for column in reading.columns] == [(2032, "B"), (2030, "D")]
    assert (codes(reading), figures(reading)) == (["020104"], [[36, 30]])


def test_titles_above_and_remarks_below_do_not_disturb() -> None:
    text = [";".join(f'"{cell}"' for cell in row) for row in table().sheets[0].rows]
    reading = read(text_file(["Bank Danych Lokalnych;;;;;", *text, "Źródło: GUS;;;;;"]))
    assert (errors(reading), said(reading)["remark-lines"], reading.lines[0].number) == ([], {"count": 1}, 3)


def test_quarters_and_months_are_not_taken_for_years() -> None:
    lines = [
        'Kod;Nazwa;"ogółem;I kwartał;2030;[osoba]";"ogółem;styczeń-marzec;2030;[osoba]";"ogółem;2030;[osoba]"'
    ]
    reading = read(text_file([*lines, "0201041;Delta (1);1;2;3"]))
    assert (reading.columns, figures(reading)) == ((Column("ogółem [osoba]", 2030, "E"),), [[3]])
    assert [note.key for note in reading.notes] == ["part-of-year", "part-of-year"]


def test_columns_without_a_year_are_kept_when_they_hold_figures() -> None:
    lines = ['Kod;Nazwa;"ogółem;2030;[osoba]";Miejsce;Uwagi', "0201041;Delta (1);3;7;brak"]
    reading = read(text_file(lines))
    assert reading.columns[1:] == (Column("Miejsce", None, "D"),)
    assert said(reading)["not-figures"] == {"label": "Uwagi"}


@pytest.mark.parametrize(
    ("cell", "figure", "mark"),
    [
        ("1 234,5", 1234.5, Mark.ORDINARY),
        ("1\u00a0234\u00a0567", 1234567, Mark.ORDINARY),
        ("-12,5", -12.5, Mark.ORDINARY),
        ("0", 0, Mark.ORDINARY),
        ("  ", None, Mark.ABSENT),
        ("-", None, Mark.MISSING),
        (".", None, Mark.SECRET),
        ("x", None, Mark.SECRET),
    ],
)
def test_cells_say_figures_or_why_there_are_none(cell: str, figure: float | None, mark: Mark) -> None:
    reading = read(table([["0201041", "Delta (1)", cell, "1,5", "2"]]))
    assert (figures(reading)[0][0], marks(reading)[0][0], errors(reading)) == (figure, mark, [])


@pytest.mark.parametrize("cell", ["12 34", "1,2,3", "1.234,5", "=A1+1", "nan", "1_000", "abc", "12.5"])
def test_cells_that_hold_no_figure_are_errors_with_row_and_column(cell: str) -> None:
    reading = read(table([["0201041", "Delta (1)", "1,5", cell, "2"]]))
    assert errors(reading) == [("bad-number", 2, "D")]
    assert figures(reading) == [[1.5, None, 2]]


def test_a_file_with_decimal_points_only_is_read_by_them_but_not_when_they_may_part_thousands() -> None:
    assert figures(read(table([["0201041", "Delta (1)", "12.5", "1", "2"]]))) == [[12.5, 1, 2]]
    assert errors(read(table([["0201041", "Delta (1)", "12.500", ".", "2"]]))) == [("bad-number", 2, "C")]


def test_lost_zeros_come_back_by_the_type_in_the_name() -> None:
    lines = [[code.lstrip("0") or "0", *cells] for code, *cells in TABLE]
    reading = read(table(lines))
    assert (codes(reading), errors(reading)) == (codes(read(table())), [])
    assert reading.lines[0].level is Level.COUNTRY
    assert told(reading) == TOLD


def test_lost_zeros_come_back_from_a_workbook_of_numbers() -> None:
    rows = [["Kod", "Nazwa", "ogółem;2030;[osoba]"], [201041, "Delta", 30], [1465011, "Warszawa", 5.5]]
    reading = read(workbook(rows))
    assert (codes(reading), figures(reading)) == (["020104", "146501"], [[30], [5.5]])
    assert said(reading)["zeros-put-back"] == {"count": 1, "example": "201041"}


def test_a_code_that_lost_something_else_is_an_error_that_explains() -> None:
    lines = [*TABLE, ["201052", "Epsilon (2)", "1", "1", "1"], ["020106", "Zeta (2)", "1", "1", "1"]]
    lines += [["", "Eta (2)", "1", "1", "1"], ["9901011", "Theta (1)", "1", "1", "1"]]
    assert errors(read(table(lines))) == [
        *(("unclear-zero", 12, "A"), ("unclear-zero", 13, "A")),
        *(("no-code", 14, "A"), ("bad-code", 15, "A")),
    ]


def test_two_figures_of_one_gmina_and_year_are_an_error() -> None:
    lines = [*TABLE, ["0201043", "Delta (3)", "", "", "36"], ["0201041", "Delta (1)", "30", "33", "36"]]
    assert errors(read(table(lines))) == [("filled-twice", 13, "")]
    assert errors(read(table(lines[:-1]))) == [("filled-twice", 12, "")]


def test_no_data_under_the_former_type_gives_way_to_the_figure_under_the_new_one() -> None:
    lines = [[code, name, *(cell or "-" for cell in cells)] for code, name, *cells in TABLE[3:5]]
    reading = read(table(lines))
    assert (figures(reading), errors(reading)) == ([[10, None, None], [None, 11, 12]], [])
    assert {mark for line in marks(reading) for mark in line} == {Mark.ORDINARY, Mark.ABSENT}


def test_a_column_that_stands_twice_is_an_error() -> None:
    assert errors(read(table(years=(2030, 2031, 2030)))) == [("column-twice", 1, "E")]


def test_a_table_without_lines_is_an_error() -> None:
    assert errors(read(table([]))) == [("no-lines", None, "")]


def test_hundreds_of_errors_are_counted_after_the_first_200() -> None:
    reading = read(
        table([[f"02{at // 99 + 1:02d}{at % 99 + 1:02d}2", "X (2)", "?", "1", "2"] for at in range(300)])
    )
    assert len(errors(reading)) == 201
    assert reading.notes[200].params == {"count": 100}


def test_other_tables_are_not_taken_for_one_of_bdl() -> None:
    assert not bdl_table.recognises(text_file(["Kod;Nazwa;Ludność", "0201041;Delta;1"]))
    assert not bdl_table.recognises(text_file(["Region;ogółem;2030;[osoba]", "1;2;3;4"]))


@pytest.mark.data
def test_unemployment_of_the_official_table_adds_up_to_the_country_in_all_22_years() -> None:
    reading = read(official(RYNE))
    published = figures(reading)[0]
    assert published == [
        *(3175674, 2999601, 2773000, 2309410, 1746573, 1473752, 1892680, 1954706, 1982676, 2136815, 2157883),
        *(1825180, 1563339, 1335155, 1081746, 968888, 866374, 1046432, 895203, 812301, 788229, 786179),
    ]
    assert sums(reading) == published
    assert (len(reading.lines), len(set(codes(reading))), errors(reading)) == (4434, 2481, [])
    assert {column.label for column in reading.columns} == {"ogółem [osoba]"}
    assert (reading.title, reading.period) == ("BDL RYNE_1944", "2003–2024")


@pytest.mark.data
def test_the_official_table_tells_133_changes_of_type_and_who_began_or_ended() -> None:
    reading = read(official(RYNE))
    by_code: dict[str, list[tuple[str, str, dt.date | None, dt.date | None]]] = {}
    for code, name, *rest in told(reading):
        by_code.setdefault(code, []).append((name, *rest))
    assert {code: units for code, units in by_code.items() if len(units) == 1} == {
        "022109": [("Wałbrzych", "urban", dt.date(2003, 1, 1), dt.date(2012, 12, 31))],
        "026501": [("Wałbrzych", "urban", dt.date(2013, 1, 1), None)],
        "060608": [("Rejowiec", "rural", None, dt.date(2005, 12, 31))],
        "080910": [("Zielona Góra", "rural", None, dt.date(2014, 12, 31))],
        "180710": [("Jaśliska", "rural", dt.date(2010, 1, 1), None)],
        "320304": [("Ostrowice", "rural", None, dt.date(2018, 12, 31))],
    }
    assert by_code["060315"] == [
        ("Rejowiec", "rural", dt.date(2006, 1, 1), dt.date(2016, 12, 31)),
        ("Rejowiec", "urban-rural", dt.date(2017, 1, 1), None),
    ]
    assert [units[0][0] for units in by_code.values() if units[0][0] != units[-1][0]] == ["Czyżew-Osada"]
    assert (len(by_code), {len(units) for units in by_code.values()}) == (140, {1, 2})
    assert "gaps-in-figures" not in said(reading)


@pytest.mark.data
def test_generated_copies_of_the_official_table_read_the_same_whatever_their_years_and_order() -> None:
    original = official(RYNE)
    rows = [list(row[:24]) for row in original.sheets[0].rows]
    years = list(range(2, 24))
    random.Random(4).shuffle(years)  # noqa: S311 - repeatable, nothing secret
    order = [years[0], 1, *years[1:10], 0, *years[10:]]
    copies = [[row[at] for at in order] for row in rows]
    copies[0] = [str(cell).replace("ogółem;20", "OGÓŁEM; 19") for cell in copies[0]]
    copies[0] = [cell.replace("Kod", "KOD").replace("Nazwa", " nazwa") for cell in copies[0]]
    reading = read(text_file(["\t".join(map(str, row)) for row in copies], "RYNE_1944_CTAB.csv"))
    expected = dict(zip(range(1903, 1925), sums(read(original)), strict=True))
    assert (
        dict(sorted(zip((column.year for column in reading.columns), sums(reading), strict=True))) == expected
    )
    assert len(reading.units) == 274


@pytest.mark.data
def test_the_official_table_in_commas_has_figures_of_all_gminas_and_gaps_where_none_were_published() -> None:
    reading = read(official(LUDN))
    gminas = reading.marks[[line.level is Level.MUNICIPALITY for line in reading.lines]]
    assert (gminas == Mark.ORDINARY).sum(axis=0).tolist() == [2477, 0, *[2477] * 5]
    assert (gminas == Mark.ABSENT).sum(axis=0).tolist() == [0, 2477, *[0] * 5]
    assert figures(reading)[0] == [119.4, 2021, -3.9, 37489.09, 18107.03, 19382.06, 59.4]
    assert (len(set(codes(reading))), errors(reading), reading.units) == (2477, [], ())


def test_figures_without_a_heading_stop_the_import_for_headings_may_have_slipped() -> None:
    reading = bdl_table.read(
        text_file(['Kod;Nazwa;"ogółem;2023;[osoba]";', '0201011;"Bolesławiec (1)";10;20']), {}
    )
    assert errors(reading) == [("no-heading", 1, "D")]


def test_a_table_of_quarters_is_explained_and_nothing_in_it_is_there_twice() -> None:
    heading = 'Kod;Nazwa;"ogółem;I kwartał;2023;[osoba]";'
    lines = ['0201033;"Osiecznica do 2009 (3)";1;', '0201032;"Osiecznica od 2010 (2)";2;']
    reading = bdl_table.read(text_file([heading, *lines]), {})
    assert (errors(reading), "part-of-year" in said(reading)) == ([], True)
