"""Lists of BDL: dimensions become labels, attributes become marks."""

import pytest

from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import bdl_list
from sadzonka.places.formats.poland.bdl import ATTRIBUTES, SYMBOLS
from sadzonka.places.formats.reading import Level, Mark, Reading
from tests.places.formats.polish_files import (
    codes,
    errors,
    figures,
    has_figures_exactly_where_marks_say,
    marks,
    official,
    said,
    text_file,
)

HEADER = '"Kod";"Nazwa";"Wiek";"Płeć";"Rok";"Wartosc";"Jednostka miary";"Atrybut";'
LINES = (
    '0200000;"DOLNOŚLĄSKIE";"15-19";"kobiety";"2030";7;"osoba";"";',
    '0201022;"Beta (2)";"15-19";"kobiety";"2030";3,5;"osoba";"";',
    '0201022;"Beta (2)";"15-19";"mężczyźni";"2030";4;"osoba";"";',
    '0201022;"Beta (2)";"15-19";"kobiety";"2031";;"osoba";"";',
    '0201041;"Delta (1)";"15-19";"kobiety";"2031";1 234,5;"osoba";"";',
)


def read(opened: Opened) -> Reading:
    assert bdl_list.recognises(opened)
    reading = bdl_list.read(opened, {})
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def one(value: str, attribute: str, year: str = "2030") -> Reading:
    return read(text_file([HEADER, f'0201022;"Beta (2)";"a";"b";"{year}";{value};"osoba";"{attribute}";']))


def test_dimensions_and_unit_make_the_label() -> None:
    reading = read(text_file([HEADER, *LINES], "LUDN_2137_CREL_1.csv"))
    assert [(column.label, column.year) for column in reading.columns] == [
        ("15-19, kobiety [osoba]", 2030),
        ("15-19, mężczyźni [osoba]", 2030),
        ("15-19, kobiety [osoba]", 2031),
    ]
    assert [(line.level, line.code, line.number) for line in reading.lines] == [
        (Level.REGION, "02", 2),
        (Level.MUNICIPALITY, "020102", 3),
        (Level.MUNICIPALITY, "020104", 6),
    ]
    assert figures(reading) == [[7, None, None], [3.5, 4, None], [None, None, 1234.5]]
    assert (reading.title, reading.period, errors(reading)) == ("BDL LUDN_2137", "2030–2031", [])


@pytest.mark.parametrize("value", ["Wartość", "WARTOSC", " wartość "])
def test_columns_may_be_spelled_and_ordered_otherwise(value: str) -> None:
    lines = [
        f"Rok,Atrybut,{value},Rodzaj,kod,NAZWA,Jednostka miary",
        '2030,,3.5,"ogółem",0201022,Beta (2),zł',
    ]
    reading = read(text_file(lines))
    assert (reading.columns[0].label, reading.columns[0].year) == ("ogółem [zł]", 2030)
    assert (figures(reading), codes(reading)) == ([[3.5]], ["020102"])


@pytest.mark.parametrize(
    ("attribute", "mark", "figure"),
    [
        ("", Mark.ORDINARY, 0),
        ("x", Mark.SECRET, None),
        ("X", Mark.SECRET, None),
        ("n", Mark.MISSING, None),
        ("-", Mark.MISSING, None),
        ("p", Mark.MISSING, None),
        ("a", Mark.ROUNDED, 0),
        ("A", Mark.ROUNDED, 0),
        ("k", Mark.INCOMPLETE, 0),
        ("K", Mark.INCOMPLETE, 0),
        ("s", Mark.ESTIMATE, 0),
        ("v", Mark.IMPRECISE, 0),
        ("M", Mark.BREAK, 0),
        ("Z", Mark.BREAK, 0),
        ("z", Mark.ORDINARY, 0),
    ],
)
def test_an_attribute_says_what_the_zero_beside_it_is_worth(
    attribute: str, mark: Mark, figure: float | None
) -> None:
    reading = one("0", attribute)
    assert (marks(reading), figures(reading), errors(reading)) == ([[mark]], [[figure]], [])


def test_an_empty_cell_stays_empty_but_secrecy_is_told() -> None:
    assert [marks(one("", attribute)) for attribute in ("", "k", "x")] == [
        *([[Mark.ABSENT]], [[Mark.ABSENT]], [[Mark.SECRET]]),
    ]


def test_an_attribute_that_nobody_explains_makes_its_figure_unknown() -> None:
    reading = one("0", "q")
    assert (marks(reading), said(reading)["unknown-attribute"]) == (
        [[Mark.MISSING]],
        {"value": "q", "count": 1},
    )


def test_broken_cells_are_errors_with_their_row_and_column() -> None:
    lines = [
        '0201022;"Beta (2)";"a";"b";"2030r";1;"osoba";"";',
        '0201022;"Beta (2)";"a";"b";"2030";abc;"osoba";"";',
        '9901022;"Beta (2)";"a";"b";"2030";1;"osoba";"";',
        ';"Beta (2)";"a";"b";"2030";1;"osoba";"";',
        *LINES[1:2] * 2,
    ]
    assert errors(read(text_file([HEADER, *lines]))) == [
        *(("bad-year", 2, "E"), ("bad-number", 3, "F"), ("bad-code", 4, "A")),
        *(("no-code", 5, "A"), ("filled-twice", 7, "")),
    ]


def test_quarters_are_not_read_as_years() -> None:
    lines = ["Kod;Nazwa;Kwartał;Rok;Wartosc", "0201022;Beta (2);I;2030;1", "0201022;Beta (2);;2030;4"]
    reading = read(text_file(lines))
    assert (figures(reading), said(reading)["part-of-year-lines"]) == ([[4]], {"count": 1})
    dimension = read(text_file([HEADER, '0201022;"Beta (2)";"II kwartał";"b";"2030";1;"osoba";"";']))
    assert (dimension.columns, said(dimension)["part-of-year-lines"]) == ((), {"count": 1})


def test_lost_zeros_come_back_and_types_have_dates() -> None:
    lines = [
        *('201012;"Alfa (2)";"a";"b";"2030";1;"osoba";"";', '201013;"Alfa (3)";"a";"b";"2031";2;"osoba";"";'),
        *('1465011;"Warszawa (1)";"a";"b";"2030";1;"osoba";"";',),
    ]
    reading = read(text_file([HEADER, *lines]))
    assert codes(reading) == ["020101", "020101", "146501"]
    assert [(unit.kind, unit.valid_from and unit.valid_from.year) for unit in reading.units] == [
        *(("rural", None), ("urban-rural", 2031)),
    ]


def test_symbols_are_those_of_the_attributes() -> None:
    assert set(SYMBOLS) == {symbol for symbol, _ in ATTRIBUTES.values()}
    assert len({(symbol, mark) for symbol, mark in ATTRIBUTES.values()}) == len(SYMBOLS)


def test_other_lists_are_not_taken_for_one_of_bdl() -> None:
    assert not bdl_list.recognises(text_file(["Kod pocztowy;Nazwa;Rok;Wartość dotacji", "1;2;3;4"]))


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "columns", "absent", "first"),
    [
        ("FINA_1582_CREL_20250113234730", 25, 0, 48007033),
        ("LUDN_2137_CREL_20250113221303", 624, 416, 129688),
        ("LUDN_4382_CREL_20250125191617", 60, 128, None),
        ("WYNA_2497_CREL_20250113223353", 22, 0, 2165.84),
    ],
)
def test_official_lists_hold_the_sixteen_voivodeships(
    name: str, columns: int, absent: int, first: float | None
) -> None:
    reading = read(official(f"pl/bdl/{name}.csv.gz"))
    assert (len(reading.lines), len(reading.columns)) == (16, columns)
    assert {line.level for line in reading.lines} == {Level.REGION}
    assert sum(mark is Mark.ABSENT for line in marks(reading) for mark in line) == absent
    assert (figures(reading)[0][0], errors(reading)) == (first, [])
