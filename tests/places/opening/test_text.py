"""Texts become lines of cells; what would move or lose figures is refused with its line."""

import pytest

from sadzonka.places.formats.opening import limits
from tests.places.opening.written import ROWS, TABLE, opened, refusal, rows


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_separator_and_line_ends_are_found(separator: str, end: str) -> None:
    found = opened(TABLE.replace(";", separator).replace("\r\n", end))
    assert (found.kind, found.separator, [list(row) for row in found.sheets[0].rows]) == (
        "text",
        separator,
        ROWS,
    )


def test_decimal_commas_do_not_make_the_comma_a_separator() -> None:
    text = "kod;gęstość\n0201011;1610,3\n0201022;53,1\n0201032;12,0\n"
    assert rows(text)[1] == ["0201011", "1610,3"]


def test_separators_inside_quotation_marks_do_not_count() -> None:
    text = '"Kod","Nazwa","ludność,2024,[osoba]",\r\n0201011,"Bolesławiec (1)",1610.3,\r\n'
    assert rows(text) == [["Kod", "Nazwa", "ludność,2024,[osoba]"], ["0201011", "Bolesławiec (1)", "1610.3"]]


def test_tabs_win_over_the_commas_of_eurostats_first_column() -> None:
    text = "freq,unit,sex,age,geo\\TIME_PERIOD\t2023 \nA,NR,T,TOTAL,PL21\t: \nA,NR,T,TOTAL,PL22\t5 e\n"
    assert opened(text).separator == "\t"


def test_a_hint_for_excel_names_the_separator_and_leaves_its_line_empty() -> None:
    assert rows("sep=;\nkod;a,b\n1;2,3\n") == [["", ""], ["kod", "a,b"], ["1", "2,3"]]


def test_a_single_column_is_no_error() -> None:
    found = opened("kod\n0201011\n0201022\n")
    assert (found.separator, [list(row) for row in found.sheets[0].rows]) == (
        "",
        [["kod"], ["0201011"], ["0201022"]],
    )


def test_empty_columns_and_lines_at_the_end_are_left_out_and_others_keep_their_numbers() -> None:
    assert rows("a;b;;\n\n1;2;;\n;;;\n\n") == [["a", "b"], ["", ""], ["1", "2"]]


def test_a_last_line_without_line_break_is_read() -> None:
    assert rows(TABLE.rstrip()) == ROWS


def test_line_breaks_in_quotation_marks_belong_to_the_cell() -> None:
    assert rows('"Ludność\nPopulation";b\n1;2\n') == [["Ludność\nPopulation", "b"], ["1", "2"]]


def test_titles_above_and_sources_below_a_table_may_be_of_any_length() -> None:
    text = (
        "Ludność, gminy, stan w dniu 31.12, Polska\n\nkod,osoby\n02,1\n04,2\n06,3\nŹródło: GUS, BDL, 2024\n"
    )
    assert rows(text)[2] == ["kod", "osoby", "", ""]
    assert rows(text)[6] == ["Źródło: GUS", " BDL", " 2024", ""]


def test_a_line_with_an_unquoted_separator_is_refused_with_its_number() -> None:
    text = "kod,nazwa,osoby\n1,Rhêmes,5\n2,Torre, la,6\n3,Agliè,7\n"
    assert refusal(text) == ("ragged", 3, "")


def test_a_line_that_lacks_empty_cells_at_its_end_is_filled() -> None:
    assert rows("a;b;c\n1;2;3\n4;5\n6;7;8\n")[2] == ["4", "5", ""]


def test_a_file_cut_off_inside_a_line_is_refused_with_its_number() -> None:
    assert refusal(TABLE[: TABLE.index("Łąka")]) == ("cut-off", 4, "")


@pytest.mark.parametrize("text", ['a;b\n1;"Łódź\n2;x\n3;y\n', 'a;b\n1;2\n3;"cut'])
def test_a_quotation_mark_that_never_closes_is_refused_where_it_opens(text: str) -> None:
    assert refusal(text) == ("unclosed-quote", 1 + text[: text.index('"')].count("\n"), "")


def test_a_quotation_mark_that_swallows_many_lines_is_refused_where_it_opens() -> None:
    text = "a;b\n" + '1;"x\n' + "2;y\n" * 30 + '3;z"\n4;w\n'
    assert refusal(text) == ("unclosed-quote", 2, "")


def test_a_cell_longer_than_any_text_is_refused() -> None:
    assert refusal('a;b\n1;"' + "x" * 200_000 + '"\n') == ("long-cell", 2, "")


def test_a_control_character_is_refused_with_its_line() -> None:
    assert refusal("a;b\n1;2\n3;\x1f\n") == ("no-text", 3, "")


def test_the_end_mark_of_dos_is_no_text() -> None:
    assert rows(TABLE.encode("cp852") + b"\x1a") == ROWS


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\x1a", b"\xef\xbb\xbf", b"\xff\xfe", b";;;\n;;;\n"])
def test_a_file_that_holds_nothing_is_refused(content: bytes) -> None:
    assert refusal(content) == ("empty", None, "")


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>503</body></html>",
        "\n <html lang=pl><table><tr><td>1</td></tr></table></html>",
        '<?xml version="1.0"?><!-- portal --><!DOCTYPE html PUBLIC "x"><html/>',
    ],
)
def test_a_web_page_saved_as_a_table_is_refused(page: str) -> None:
    assert refusal(page, "tablica.xls") == ("web-page", None, "")


def test_thousands_of_comments_before_a_web_page_take_no_time() -> None:
    assert refusal("<!-- -->" * 5000 + "<html>")[0] == "xml"


def test_xml_is_refused_by_name() -> None:
    assert refusal('<?xml version="1.0" encoding="UTF-8"?><teryt><catalog name="TERC"/></teryt>')[0] == "xml"


def test_a_million_rows_are_refused() -> None:
    assert refusal(b"1;2\n" * 1_000_000) == ("too-many-rows", None, "")


def test_too_many_columns_are_refused() -> None:
    assert refusal(b";1" * (limits.MAX_COLUMNS + 1) + b"\n") == ("too-many-columns", None, "")


def test_too_many_cells_are_refused_before_they_are_read() -> None:
    assert refusal((b"1" + b";" * 99 + b"1\n") * 51_000) == ("too-many-cells", None, "")
