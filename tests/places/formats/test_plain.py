"""Tables of no known layout: what is found in them, what staff choose, and what is refused."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import Workbook

from sadzonka.places.formats import plain
from sadzonka.places.formats.notes import Refused, Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Level, Mark, Point, Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))


def read(*lines: str, name: str = "table.csv", **choices: Any) -> Reading:
    return plain.read(open_file(name, "\n".join((*lines, "")).encode()), choices)


def errors(reading: Reading) -> list[tuple[str, int | None, str]]:
    return [(note.key, note.row, note.column) for note in reading.notes if note.weight is Weight.ERROR]


def questions(reading: Reading) -> list[tuple[str, dict[str, Any]]]:
    return [(note.key, dict(note.params)) for note in reading.notes if note.weight is Weight.QUESTION]


def test_codes_names_and_years_are_found_without_being_told() -> None:
    reading = read(
        "teryt;nazwa;Ludność (31.12.2023);population 2024;pop_2022;registered_unemployed",
        "0201011;Bolesławiec;36 795;36800;1 234,5;12",
        "0201022;Bolesławiec;15 359;15400;2,5;-",
    )
    assert [(line.country, line.code, line.name, line.written) for line in reading.lines] == [
        ("PL", "020101", "Bolesławiec", "0201011"),
        ("PL", "020102", "Bolesławiec", "0201022"),
    ]
    assert [(column.label, column.year) for column in reading.columns] == [
        ("Ludność", 2023),
        ("population", 2024),
        ("pop", 2022),
        ("registered_unemployed", None),
    ]
    assert reading.figures[:, :3].tolist() == [[36795.0, 36800.0, 1234.5], [15359.0, 15400.0, 2.5]]
    assert reading.marks[:, 3].tolist() == [Mark.ORDINARY, Mark.MISSING]
    assert reading.notes == ()


def test_year_comes_from_the_name_only_where_a_column_has_none_and_warns() -> None:
    lines = ("istat,population,pop_2021", "001001,2558,2562")
    reading = read(*lines, name="comuni_2023.csv")
    assert [(column.label, column.year) for column in reading.columns] == [
        ("population", 2023),
        ("pop", 2021),
    ]
    assert [(note.key, note.weight) for note in reading.notes] == [("year-from-name", Weight.WARNING)]
    chosen = read(*lines, name="comuni_2023.csv", year=2019)
    assert ([column.year for column in chosen.columns], chosen.notes) == ([2019, 2021], ())


def test_aggregates_and_parts_in_an_official_column_are_told_apart() -> None:
    reading = read(
        "kod,figure_2024", "0000000,10", "0200000,9", "0201000,8", "0201043,7", "0201044,3", "0201045,4"
    )
    levels = [Level.COUNTRY, Level.REGION, Level.COUNTY, Level.MUNICIPALITY, Level.PART, Level.PART]
    assert [line.level for line in reading.lines] == levels


def test_italian_codes_without_zeros_are_recovered() -> None:
    reading = read("istat,figure_2024", "1001,1", "15146,2", "111107,3")
    assert [line.code for line in reading.lines] == ["001001", "015146", "111107"]
    assert [(note.key, note.params) for note in reading.notes] == [
        ("zeros-put-back", {"count": 2, "example": "1001"})
    ]


def test_polish_codes_without_zeros_are_recovered_beside_whole_ones() -> None:
    reading = read("teryt,figure_2024", "201011,1", "1201011,2", "3261011,3")
    assert [line.code for line in reading.lines] == ["020101", "120101", "326101"]


def test_text_that_lost_a_digit_among_texts_that_kept_their_zeros_is_an_error() -> None:
    reading = read(
        "teryt,figure_2024", *(f"02010{number}2,1" for number in range(1, 10)), "201011,1", "0202011,1"
    )
    assert errors(reading) == [("bad-code", 11, "teryt")]


def test_six_digits_that_may_have_lost_a_zero_or_the_type_are_not_guessed() -> None:
    reading = read("teryt,figure_2024", "201011,1", "201022,2", "202013,3")
    assert (reading.lines, questions(reading)) == ((), [("zeros-ambiguous", {"count": 3})])
    lines = ("teryt,figure_2024", "201011,1", "201022,2", "202013,3")
    assert [line.code for line in read(*lines, scheme="teryt-7").lines] == ["020101", "020102", "020201"]
    assert [line.code for line in read(*lines, scheme="teryt-6").lines] == ["201011", "201022", "202013"]


def test_country_is_asked_when_codes_fit_both_and_obeyed_when_chosen() -> None:
    lines = ("code,figure_2024", "020101,1", "020102,2")
    assert (read(*lines).country, questions(read(*lines))) == ("", [("choose-country", {"count": 2})])
    assert [line.country for line in read(*lines, country="IT").lines] == ["IT", "IT"]
    assert [line.code for line in read(*lines, country="PL").lines] == ["020101", "020102"]


def test_formula_and_word_among_numbers_are_errors_with_row_and_column() -> None:
    reading = read(
        "teryt,figure_2024,link_2024",
        "0201011,=1+1,@SUM(A1)",
        "0201022,about 5,a",
        "0201032,3,b",
        "0201042,4,c",
    )
    assert errors(reading) == [
        ("formula", 2, "figure_2024"),
        ("bad-number", 3, "figure_2024"),
        ("formula", 2, "link_2024"),
    ]
    assert np.isnan(reading.figures[:2, 0]).all()


def test_point_that_may_part_thousands_is_an_error() -> None:
    reading = read("teryt;figure_2024", "0201011;1.234", "0201022;2.500")
    assert errors(reading) == [("ambiguous-numbers", None, "figure_2024")]
    assert read("teryt;figure_2024", "0201011;1.234", "0201022;2.5").figures.tolist() == [[1.234], [2.5]]


def test_line_that_stands_twice_is_an_error_and_two_of_one_name_are_not() -> None:
    lines = ("teryt,name,figure_2024", "0201011,Bolesławiec,1", "0201022,Bolesławiec,2")
    assert errors(read(*lines)) == []
    assert errors(read(*lines, "0201011,Bolesławiec,3")) == [("code-twice", 4, "teryt")]


def test_line_per_municipality_and_year_becomes_columns() -> None:
    reading = read(
        "istat,anno,indicatore,valore",
        "001001,2022,population,2558",
        "001001,2021,population,2562",
        "001002,2022,population,3681",
        "001002,2022,nonprofits,1",
    )
    assert [(column.label, column.year) for column in reading.columns] == [
        ("nonprofits", 2022),
        ("population", 2021),
        ("population", 2022),
    ]
    assert np.nan_to_num(reading.figures, nan=-1).tolist() == [[-1, 2562, 2558], [1, -1, 3681]]
    twice = read("istat,anno,population", "001001,2022,1", "001001,2022,2")
    assert errors(twice) == [("two-figures", 3, "")]


REGISTER = (
    "codice_fiscale,denominazione,nome_comune,codice_comune",
    *(f"0000000000{number},Cooperativa {number},Torino,001272" for number in range(1, 4)),
    *(f"0000000001{number},Cooperativa 1{number},Milano,015146" for number in range(1, 3)),
    *(f"0000000002{number},Cooperativa 2{number},Agliè,001001" for number in range(1, 3)),
    "00000000031,Cooperativa 31,Airasca,001002",
)


def test_register_is_explained_and_only_counted_when_an_indicator_is_chosen() -> None:
    reading = read(*REGISTER)
    assert (reading.is_register, reading.lines, errors(reading)) == (True, (), [])
    assert reading.notes[0].params == {"count": 8, "places": 4}
    counted = read(*REGISTER, year=2022, plain={"code": "codice_comune", "count": "social_cooperatives"})
    assert {line.code: figure for line, (figure,) in zip(counted.lines, counted.figures, strict=True)} == {
        "001272": 3.0,
        "015146": 2.0,
        "001001": 2.0,
        "001002": 1.0,
    }
    assert [(column.indicator, column.year) for column in counted.columns] == [("social_cooperatives", 2022)]


def test_staff_choose_columns_indicators_and_years() -> None:
    lines = ("a,b,c", "001001,Agliè,2558", "001002,Airasca,3681")
    chosen = {"code": "a", "name": "b", "columns": {"c": {"indicator": "population", "year": 2022}}}
    reading = read(*lines, plain=chosen)
    assert [(column.label, column.indicator, column.year) for column in reading.columns] == [
        ("c", "population", 2022)
    ]
    assert [line.name for line in reading.lines] == ["Agliè", "Airasca"]
    assert [(column.label, column.year) for column in read(*lines, year=2020).columns] == [("c", 2020)]
    only_year = {"code": "a", "columns": {"c": {"year": 2021}}}
    assert [(column.label, column.year) for column in read(*lines, year=2020, plain=only_year).columns] == [
        ("c", 2021)
    ]


def test_what_was_chosen_in_vain_is_asked_again() -> None:
    lines = ("a,b,c", "001001,Agliè,2558", "001002,Airasca,3681")
    assert questions(read(*lines, plain={"code": "b"})) == [("no-codes-in-column", {"value": "b"})]
    assert questions(read(*lines, plain={"code": "d"})) == [("no-such-column", {"value": "d"})]
    in_vain = read(*lines, plain={"code": "a", "columns": {"d": {"year": 2022}}})
    assert (questions(in_vain), in_vain.headers) == ([("no-such-column", {"value": "d"})], ("a", "b", "c"))
    assert questions(read(*lines, country="PL", scheme="istat")) == [("choose-code", {"column": "a"})]


def test_column_of_which_few_cells_are_codes_is_asked_for_and_its_other_cells_are_errors() -> None:
    lines = ("x,y", "3001011,5", "Budzyń,7", "Margonin,8", "Szamocin,9", "Wyrzysk,10")
    reading = read(*lines)
    assert (questions(reading), reading.headers) == ([("choose-code", {"column": "x"})], ("x", "y"))
    chosen = read(*lines, plain={"code": "x"})
    assert [line.code for line in chosen.lines] == ["300101"]
    assert errors(chosen) == [("bad-code", row, "x") for row in (3, 4, 5, 6)]


def test_codes_of_a_country_without_a_scheme_stand_as_they_are_once_staff_say_so() -> None:
    lines = ("commune,figure_2024", "01001,5", "2A004,6")
    reading = read(*lines, country="FR", plain={"code": "commune"})
    assert [(line.country, line.code, line.level) for line in reading.lines] == [
        ("FR", "01001", Level.MUNICIPALITY),
        ("FR", "2A004", Level.MUNICIPALITY),
    ]
    assert reading.notes == ()


def test_coordinates_become_points_and_impossible_ones_errors() -> None:
    reading = read("istat,lat,lon", "001001,45.365,7.777", "001002,,", "001003,453.65,7.1")
    assert reading.points == (Point("IT", "001001", 45.365, 7.777),)
    assert errors(reading) == [("bad-point", 4, "")]


def test_titles_and_merged_headers_above_a_sheet_are_understood() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ("Ludność gmin", None, None, None),
        (None, None, "population", None),
        ("TERYT", "Nazwa", 2023, 2024),
        (201011, "Bolesławiec", 1, 2),
        (1201011, "Bochnia", 3, 4),
    ):
        sheet.append(row)
    sheet.merge_cells("C2:D2")
    stream = io.BytesIO()
    book.save(stream)
    reading = plain.read(open_file("table.xlsx", stream.getvalue()), {})
    assert [(column.label, column.year) for column in reading.columns] == [
        ("population", 2023),
        ("population", 2024),
    ]
    assert [(line.number, line.code) for line in reading.lines] == [(4, "020101"), (5, "120101")]
    assert reading.figures.tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_table_without_codes_is_not_recognised_and_says_what_to_do() -> None:
    lines = ("pl;it;en", "gmina;comune;municipality", "powiat;provincia;county")
    assert not plain.recognises(open_file("glossary.csv", "\n".join((*lines, "")).encode()))
    with pytest.raises(Refused) as refusal:
        read(*lines)
    assert refusal.value.note.key == "unknown-layout"


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "country", "lines", "points"),
    [
        ("pl/gminy_2024.csv.gz", "PL", 2477, 2477),
        ("pl/gmina_indicators_2024.csv.gz", "PL", 2477, 0),
        ("it/comuni_2023.csv.gz", "IT", 7901, 7898),
    ],
)
def test_official_extracts_are_read_without_a_mapping(
    path: str, country: str, lines: int, points: int
) -> None:
    reading = plain.read(open_file(path, (DATA / path).read_bytes()), {})
    assert (reading.country, len(reading.lines), len(reading.points)) == (country, lines, points)
    assert errors(reading) == []


@pytest.mark.data
def test_official_extracts_hold_the_totals_of_poland_and_the_name_none() -> None:
    path = DATA / "pl" / "gmina_indicators_2024.csv.gz"
    reading = plain.read(open_file(path.name, path.read_bytes()), {})
    sums = dict(
        zip(
            ((column.label, column.year) for column in reading.columns),
            reading.figures.sum(axis=0),
            strict=True,
        )
    )
    assert (sums["population", 2024], sums["registered_unemployed", 2024]) == (37489087.0, 786179.0)
    path = DATA / "it" / "comuni_2023.csv.gz"
    names = {line.code: line.name for line in plain.read(open_file(path.name, path.read_bytes()), {}).lines}
    assert names["001168"] == "None"


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "count", "places"),
    [
        ("it/nonprofit_5x1000_2022.parquet", 37123, 3293),
        ("it/social_cooperatives_5x1000_2022.csv.gz", 3270, 1063),
        ("it/istituti_penitenziari_2025-01.csv.gz", 190, 169),
    ],
)
def test_official_registers_are_counted_by_comune(path: str, count: int, places: int) -> None:
    opened = open_file(path, (DATA / path).read_bytes())
    assert plain.read(opened, {}).notes[0].params == {"count": count, "places": places}
    counted = plain.read(opened, {"year": 2022, "plain": {"count": "nonprofits"}})
    assert (len(counted.lines), float(counted.figures.sum())) == (places, float(count))


def test_column_that_may_hold_codes_is_asked_for_and_read_once_it_is_named() -> None:
    lines = ("place,figure_2024", "301101,5", "302011,6")
    reading = read(*lines)
    assert [(note.key, note.params) for note in reading.notes] == [("choose-code", {"column": "place"})]
    chosen = read(*lines, country="PL", plain={"code": "place"})
    assert [line.code for line in chosen.lines] == ["301101", "302011"]


def test_year_column_with_something_else_is_an_error() -> None:
    reading = read("istat,when,population", "001001,2022,1", "001002,soon,2", plain={"year_column": "when"})
    assert (errors(reading), reading.figures.tolist()) == ([("bad-year", 3, "when")], [[1.0]])
