"""Polish codes and names: what they stand for, and when a lost zero can be put back."""

import pytest

from sadzonka.places.formats.poland.codes import (
    Codes,
    Place,
    UnclearCode,
    clean_name,
    place,
    place_of_bdl_id,
    split_code,
    types_in_name,
    years_in_name,
)
from sadzonka.places.formats.reading import Level

RURAL = Place(Level.MUNICIPALITY, "020102", "rural")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0000000", Place(Level.COUNTRY, "")),
        ("0200000", Place(Level.REGION, "02")),
        ("0201000", Place(Level.COUNTY, "0201")),
        ("0201011", Place(Level.MUNICIPALITY, "020101", "urban")),
        ("0201022", RURAL),
        ("0201043", Place(Level.MUNICIPALITY, "020104", "urban-rural")),
        ("0201044", Place(Level.PART, "020104")),
        ("0201045", Place(Level.PART, "020104")),
        ("1465028", Place(Level.PART, "146502")),
        ("0264029", Place(Level.PART, "026402")),
        ("0101011", None),  # no voivodeship 01
        ("0301011", None),  # voivodeships are even
        ("3401011", None),
        ("0201016", None),  # no type 6
        ("0200011", None),  # a gmina without powiat
        ("0201002", None),
        ("020101", None),
    ],
)
def test_the_digits_of_a_code_say_what_it_stands_for(code: str, expected: Place | None) -> None:
    assert place(code) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("000000000000", Place(Level.COUNTRY, "")),
        ("010000000000", Place(Level.OTHER, "")),  # a macro-region
        ("011200000000", Place(Level.REGION, "12")),
        ("011210000000", Place(Level.OTHER, "")),
        ("011212000000", Place(Level.OTHER, "")),  # a subregion
        ("011212001000", Place(Level.COUNTY, "1201")),
        ("011212001022", Place(Level.MUNICIPALITY, "120102", "rural")),
        ("11212001022", Place(Level.MUNICIPALITY, "120102", "rural")),  # its zero lost
        ("023015706012-0199020", Place(Level.OTHER, "")),  # a locality
        ("1212001022", None),
        ("abc", None),
    ],
)
def test_bdl_ids_of_12_digits_become_our_codes(written: str, expected: Place | None) -> None:
    assert place_of_bdl_id(written) == expected


def test_numbers_get_their_zero_back_beside_codes_of_seven_digits() -> None:
    codes = Codes([201022.0, 3261011.0])
    assert [codes.place(201022.0), codes.put_back] == [RURAL, ["201022"]]


def test_numbers_get_their_zero_back_though_texts_beside_them_kept_theirs() -> None:
    assert Codes(["0201011", 201022]).place(201022) == RURAL


def test_texts_get_their_zero_back_where_all_texts_lost_it() -> None:
    assert Codes(["201022", "1465011"]).place("201022") == RURAL


def test_a_column_saved_as_decimals_gets_its_zeros_back() -> None:
    assert Codes(["201022.0", "1465011.0"]).place("201022.0") == RURAL


def test_types_in_all_names_prove_the_zeros_of_counties_as_well() -> None:
    names = ["Powiat bolesławiecki", "Bolesławiec (2)"]
    assert Codes(["201000", "201022"], names).place("201000") == Place(Level.COUNTY, "0201")
    with pytest.raises(UnclearCode):
        Codes(["201000", "201022", "201032"], [*names, "Gromadka (1)"]).place("201000")


def test_the_type_in_the_name_is_proof_enough_for_a_lost_zero() -> None:
    assert Codes(["201022"]).place("201022", "Bolesławiec (2)") == RURAL


@pytest.mark.parametrize(
    ("column", "cell", "name", "key"),
    [
        (["201022", "201033"], "201022", "", "unclear-zero"),  # nothing shows that codes have 7 digits here
        (["0201011", "201022"], "201022", "", "unclear-zero"),  # this column keeps its zeros
        (["201022", "1465011"], "201022", "Gromadka (1)", "unclear-zero"),  # the name says another type
        (["120713", "1465011"], "120713", "", "bad-code"),  # 01 is no voivodeship
        (["20102", "1465011"], "20102", "", "wrong-length"),
        (["02010112"], "02010112", "", "wrong-length"),
        (["Bolesławiec"], "Bolesławiec", "", "bad-code"),
        (["9901011"], "9901011", "", "bad-code"),
        (
            ["0201011"],
            "0201011",
            "Bolesławiec (2)",
            "type-differs",
        ),  # two of one name, code and name mixed up
        (["0201022"], "0201022", "M. Bolesławiec", "type-differs"),
    ],
)
def test_a_code_that_is_not_certain_is_refused(column: list[str], cell: str, name: str, key: str) -> None:
    with pytest.raises(UnclearCode) as refused:
        Codes(column).place(cell, name)
    assert refused.value.key == key


def test_the_country_stays_the_country_without_its_zeros() -> None:
    assert Codes(["0", "1465011"]).place("0") == Place(Level.COUNTRY, "")


def test_shorter_codes_lose_zeros_as_well() -> None:
    codes = Codes([2, 201, 201022, 1465011], shorter=True)
    assert [codes.place(cell) for cell in (2, 201, 201022, 14, 1465)] == [
        Place(Level.REGION, "02"),
        Place(Level.COUNTY, "0201"),
        RURAL,
        Place(Level.REGION, "14"),
        Place(Level.COUNTY, "1465"),
    ]


def test_codes_with_spaces_are_put_together() -> None:
    assert [
        split_code(cell) for cell in ("02 01 01 1", "02 01  ", "00", "2 1 1 1", "02\u00a001\u00a001\u00a01")
    ] == [
        *("0201011", "0201", "00"),
        *("0201011", "0201011"),
    ]


@pytest.mark.parametrize(
    ("written", "level", "expected"),
    [
        ("Bolesławiec (2)", Level.MUNICIPALITY, "Bolesławiec"),
        ("Wałbrzych od 2013 (1)", Level.MUNICIPALITY, "Wałbrzych"),
        ("Wałbrzych od 2003 do 2012 (1)", Level.MUNICIPALITY, "Wałbrzych"),
        ("M.st.Warszawa od 2002 (1)", Level.MUNICIPALITY, "Warszawa"),
        ("m. St. Warszawa", Level.MUNICIPALITY, "Warszawa"),
        ("M. Szczecin", Level.MUNICIPALITY, "Szczecin"),
        ("M-W.Nowogrodziec", Level.MUNICIPALITY, "Nowogrodziec"),
        ("G.Mała  Wieś", Level.MUNICIPALITY, "Mała Wieś"),
        ("Słupia (Jędrzejowska) (2)", Level.MUNICIPALITY, "Słupia (Jędrzejowska)"),
        ("Powiat m. Wałbrzych od 2013", Level.COUNTY, "Wałbrzych"),
        ("Powiat bolesławiecki", Level.COUNTY, "bolesławiecki"),
        ("WOJ. DOLNOŚLĄSKIE", Level.REGION, "dolnośląskie"),
        ("POLSKA", Level.COUNTRY, "POLSKA"),
    ],
)
def test_names_lose_what_is_not_the_name(written: str, level: Level, expected: str) -> None:
    assert clean_name(written, level) == expected


def test_names_tell_types_and_years() -> None:
    assert [types_in_name(name) for name in ("Bolesławiec (2)", "G.Bolesławiec", "M.Łódź", "Łódź")] == [
        *("2", "25", "14", ""),
    ]
    assert [
        years_in_name(name) for name in ("X od 2003 do 2012 (1)", "X od 2013", "X do 2012 (2)", "X (1)")
    ] == [
        *((2003, 2012), (2013, None), (None, 2012), (None, None)),
    ]
