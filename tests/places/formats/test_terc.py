"""TERC: official lists of any day and spelling become units; what is uncertain is said."""

import datetime as dt
from collections import Counter

import pytest

from sadzonka.places.formats.poland import terc
from sadzonka.places.formats.poland.codes import VOIVODESHIPS
from sadzonka.places.formats.reading import Level, Unit
from tests.places.formats.polish_files import codes, errors, official, said, text_file, workbook

HEADER = ["WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA"]
DAY = "2031-01-01"
LINES = [
    ["02", "", "", "", "DOLNOŚLĄSKIE", "województwo", DAY],
    ["02", "01", "", "", "bolesławiecki", "powiat", DAY],
    ["02", "01", "01", "1", "Bolesławiec", "gmina miejska", DAY],
    ["02", "01", "02", "2", "Bolesławiec", "gmina wiejska", DAY],
    ["02", "01", "04", "3", "Nowogrodziec", "gmina miejsko-wiejska", DAY],
    ["02", "01", "04", "4", "Nowogrodziec", "miasto", DAY],
    ["02", "01", "04", "5", "Nowogrodziec", "obszar wiejski", DAY],
    ["02", "64", "", "", "Wrocław", "miasto na prawach powiatu", DAY],
    ["02", "64", "01", "1", "Wrocław", "gmina miejska", DAY],
    ["02", "64", "02", "9", "Wrocław-Fabryczna", "delegatura", DAY],
]


def file(lines: list[list[str]], header: list[str] = HEADER, separator: str = ";") -> terc.Opened:
    return text_file([separator.join(line) for line in [header, *lines]])


def unit(code: str, name: str, kind: str, county_name: str, number: int) -> Unit:
    return Unit("PL", code, name, kind, code[:4], county_name, "02", "dolnośląskie", number=number)


UNITS = (
    unit("020101", "Bolesławiec", "urban", "bolesławiecki", 4),
    unit("020102", "Bolesławiec", "rural", "bolesławiecki", 5),
    unit("020104", "Nowogrodziec", "urban-rural", "bolesławiecki", 6),
    unit("026401", "Wrocław", "urban", "Wrocław", 10),
)


def test_a_list_of_another_day_tells_units_with_county_and_region() -> None:
    opened = file(LINES)
    reading = terc.read(opened, {})
    assert terc.recognises(opened)
    assert (reading.units, reading.as_of, reading.period) == (UNITS, dt.date(2031, 1, 1), DAY)
    assert errors(reading) == []
    assert said(reading) == {
        "aggregate": {"count": 3},
        "part": {"count": 3},
        "not-the-whole-country": {},
    }


@pytest.mark.parametrize(
    ("header", "order", "separator"),
    [
        (["WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZDOD", "STAN_NA"], range(7), ";"),
        (["woj", " Pow ", "gmi", "Rodz", "Nazwa", "nazwa_dod", "stan_na"], range(7), ","),
        (HEADER, (4, 6, 3, 5, 2, 1, 0), "\t"),
    ],
)
def test_spelling_order_and_separator_of_columns_may_differ(
    header: list[str], order: tuple[int, ...], separator: str
) -> None:
    lines = [[line[at] for at in order] for line in LINES]
    opened = file(lines, [header[at] for at in order], separator)
    assert terc.recognises(opened)
    assert terc.read(opened, {}).units == UNITS


def test_single_digits_of_a_list_saved_by_a_spreadsheet_get_their_zeros_back() -> None:
    lines = [[int(cell) if cell.isdecimal() else cell for cell in line] for line in LINES]
    reading = terc.read(workbook([HEADER, *lines]), {})
    assert reading.units == UNITS
    assert said(reading)["zeros-put-back"] == {"count": 23, "example": "2"}  # 10 + 6 + 7


def test_a_list_of_every_voivodeship_lists_the_whole_country_and_a_cut_one_does_not() -> None:
    lines = []
    for region, name in VOIVODESHIPS.items():
        lines.append([region, "", "", "", name.upper(), "województwo", DAY])
        lines.append([region, "01", "", "", "pierwszy", "powiat", DAY])
        lines.append([region, "01", "01", "2", "Gmina", "gmina wiejska", DAY])
    assert terc.read(file(lines), {}).lists_all_of == "PL"
    assert [terc.read(file(lines[:cut]), {}).lists_all_of for cut in (-1, -2, -3)] == ["", "", ""]


def test_codes_that_are_none_and_units_listed_twice_are_errors_of_their_line() -> None:
    bad = ["03", "01", "01", "1", "Nigdzie", "gmina miejska", DAY]
    gap = ["02", "", "01", "1", "Nigdzie", "gmina miejska", DAY]
    reading = terc.read(file([*LINES, bad, gap, LINES[3]]), {})
    assert errors(reading) == [("bad-code", 12, "A"), ("bad-code", 13, "A"), ("filled-twice", 14, "")]


def test_lists_of_several_days_or_of_none_are_refused_and_a_hint_in_the_name_is_taken() -> None:
    mixed = [*LINES[:-1], [*LINES[-1][:-1], "2032-01-01"]]
    assert errors(terc.read(file(mixed), {})) == [("several-dates", None, "")]
    undated = [";".join(line[:-1]) for line in [HEADER, *LINES]]
    assert errors(terc.read(text_file(undated), {})) == [("no-date", None, "")]
    assert terc.read(text_file(undated, "TERC_2030-01-01.csv"), {}).as_of == dt.date(2030, 1, 1)


def test_other_lists_with_similar_words_are_not_taken_for_terc() -> None:
    assert not terc.recognises(text_file(["Województwo;Powiat;Gmina;Rodzaj;Nazwa", "a;b;c;d;e"]))


@pytest.mark.data
def test_the_official_list_of_2024_holds_2477_gminas() -> None:
    opened = official("pl/TERC_2024-01-01.csv")
    reading = terc.read(opened, {})
    assert terc.recognises(opened)
    assert Counter(unit.kind for unit in reading.units) == {"urban": 302, "rural": 1464, "urban-rural": 711}
    assert (len(set(codes(reading))), len(codes(reading, Level.COUNTY)), len(reading.lines)) == (
        2477,
        380,
        4332,
    )
    assert (reading.lists_all_of, reading.as_of) == ("PL", dt.date(2024, 1, 1))
    assert errors(reading) == []
    assert {unit.region_name for unit in reading.units} == set(VOIVODESHIPS.values())
    assert all(unit.county_name for unit in reading.units)
