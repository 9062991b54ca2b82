"""Workbooks give the values of their cells; what a library would hand on as empty is said."""

import datetime as dt
import re
from typing import Any

import pytest
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.places.opening import written
from tests.places.opening.written import (
    biff,
    number,
    ods,
    opened,
    record,
    refusal,
    rows,
    unzipped,
    with_part,
    with_sheet,
    word,
    xls,
    xlsx,
    zipped,
)


def ods_cell(cell: str | float | None) -> str:
    """Return the XML of a cell."""
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'


LINES = [["kod", "osoby", "udział"], ["0201011", 36795, 4.5], ["0201022", 4978, None]]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(cells=LINES),
        xls(
            b"".join(
                word(row, column, cell) if isinstance(cell, str) else number(row, column, cell)
                for row, line in enumerate(LINES)
                for column, cell in enumerate(line)
                if cell is not None
            )
        ),
        ods("".join(f"<table:table-row>{''.join(map(ods_cell, line))}</table:table-row>" for line in LINES)),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_values_keep_their_kind_and_codes_their_zeros(content: bytes) -> None:
    found = opened(content)
    assert found.kind == "workbook"
    assert rows(content) == LINES
    assert [type(cell) for cell in found.sheets[0].rows[1]] == [str, int, float]


def test_empty_lines_above_count_and_empty_lines_and_columns_at_the_end_do_not() -> None:
    def fill(workbook: Any) -> None:
        workbook.active["C3"] = 5
        workbook.active["F9"] = ""

    assert rows(xlsx(fill)) == [[None] * 3, [None] * 3, [None, None, 5]]


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_dates_are_dates_whichever_day_the_workbook_counts_from(epoch: Any) -> None:
    def fill(workbook: Any) -> None:
        workbook.epoch = epoch or workbook.epoch
        workbook.active.append([dt.date(2024, 1, 1), dt.datetime(2024, 1, 1, 5, 30), dt.time(4, 5)])  # noqa: DTZ001 - cells have no time zone

    assert rows(xlsx(fill)) == [[dt.date(2024, 1, 1), dt.datetime(2024, 1, 1, 5, 30), "04:05:00"]]  # noqa: DTZ001 - as above


def test_hidden_sheets_are_read_and_sheets_of_charts_are_not() -> None:
    def fill(workbook: Any) -> None:
        workbook.active.title = "gminy"
        workbook.create_chartsheet("wykres").add_chart(BarChart())
        workbook.create_sheet("słownik").sheet_state = "hidden"
        workbook["słownik"]["A1"] = "x"

    found = opened(xlsx(fill, cells=[[1]]))
    assert [(sheet.name, [list(row) for row in sheet.rows]) for sheet in found.sheets] == [
        ("gminy", [[1]]),
        ("słownik", [["x"]]),
    ]


def test_merged_cells_are_told_and_hold_their_value_once() -> None:
    def fill(workbook: Any) -> None:
        workbook.active.merge_cells("B1:C2")
        workbook.active["B1"] = "Migracje"
        workbook.active["C3"] = 5

    sheet = opened(xlsx(fill)).sheets[0]
    assert sheet.merged == ((0, 1, 1, 2),)
    assert sheet.rows[0] == [None, "Migracje", None]


def test_a_formula_with_its_result_is_the_result() -> None:
    number, text = '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1" t="str"><f>""</f><v></v></c>'
    assert rows(with_sheet(f'<row r="1">{number}{text}<c r="C1"><v>3</v></c></row>')) == [[2, None, 3]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>SUM(A1:A9)</f></c>',
        '<c r="B2"><f>SUM(A1:A9)</f><v></v></c>',
        '<c r="B2"><f>SUM(A1:A9)</f><v/></c>',
        '<c r="B2" t="str"><f>A1</f></c>',
        '<x:c r="B2"><x:f t="shared" si="0"/></x:c>',
        "<c/><c><f>SUM(A1:A9)</f></c>",
    ],
)
def test_a_formula_without_its_result_is_refused_with_its_cell(cell: str) -> None:
    content = with_sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row>{cell}</row>')
    assert refusal(content) == ("formula-without-value", 2, "B")


def test_a_workbook_saved_by_a_program_that_does_not_compute_is_refused() -> None:
    assert refusal(xlsx(cells=[[1, 2, "=A1+B1"]])) == ("formula-without-value", 1, "C")


def test_an_ods_formula_without_its_result_is_refused_with_its_cell() -> None:
    cell = '<table:table-cell/><table:table-cell table:formula="of:=IF([.A1]>1;2;3)"/>'
    assert refusal(ods(f"<table:table-row>{cell}</table:table-row>")) == ("formula-without-value", 1, "B")


def test_a_cell_with_an_error_is_the_errors_text_and_never_empty() -> None:
    sheet = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="C2" t="e"><f>A9</f><v>#REF!</v></c></row>'
    )
    assert rows(with_sheet(sheet)) == [[1, None, None], [None, None, "#REF!"]]
    formula = record(0x06, bytes([2, 0, 0, 0, 0, 0, 2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]) + bytes(8))
    assert rows(xls(number(0, 0, 1) + written.error(1, 1, 7) + formula)) == [
        [1, None],
        [None, "#DIV/0!"],
        ["#N/A", None],
    ]


@pytest.mark.parametrize(
    "content",
    [
        with_part(xlsx(cells=LINES), "xl/vbaProject.bin", lambda _part: b"macro"),
        ods("<table:table-row/>", **{"Basic/Standard/Module1.xml": "<x/>"}),
        xls(number(0, 0, 1), _VBA_PROJECT_CUR=b"macro"),
    ],
    ids=["xlsm", "ods", "xls"],
)
def test_macros_are_refused(content: bytes) -> None:
    assert refusal(content) == ("macros", None, "")


@pytest.mark.parametrize(
    "content",
    [
        written.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y" * 5000}),
        xls(number(0, 0, 1), record(0x2F, bytes(6))),
        zipped(
            {
                **unzipped(ods("<table:table-row/>")),
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }
        ),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_password_is_refused(content: bytes) -> None:
    assert refusal(content) == ("encrypted", None, "")


def test_other_documents_of_office_programs_are_refused() -> None:
    assert refusal(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))[0] == "no-table"
    assert refusal(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}))[0] == "no-table"
    assert refusal(written.compound({"WordDocument": b"x"}))[0] == "no-table"
    assert refusal(zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"x"}))[0] == "old-workbook"
    assert refusal(b"\x09\x04\x06\x00" + bytes(20))[0] == "old-workbook"


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 300_001,
    ],
    ids=["far out", "a million"],
)
def test_too_many_rows_are_refused_before_there_is_room_for_them(sheet: str) -> None:
    assert refusal(with_sheet(sheet))[0] in {"too-many-rows", "unpacks-too-large"}


def test_a_cell_far_to_the_right_is_refused() -> None:
    assert refusal(with_sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))[0] == "too-many-columns"


def test_formatted_empty_cells_far_out_do_not_count() -> None:
    right, below = '<c r="XFD1" s="0"/>', '<row r="1048576"><c r="B1048576" s="0"/></row>'
    assert rows(with_sheet(f'<row r="1"><c r="A1"><v>1</v></c>{right}</row>{below}')) == [[1]]


def test_few_cells_that_span_too_large_a_rectangle_are_refused() -> None:
    sheet = '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>'
    assert refusal(with_sheet(sheet))[0] == "too-many-cells"
    assert refusal(xls(number(0, 255, 1) + number(65535, 0, 1)))[0] == "too-many-cells"


def test_a_long_text_shared_by_many_cells_is_refused() -> None:
    cells = "<row>{}</row>".format('<c t="s"><v>0</v></c>' * 500) * 40
    text = f'<sst xmlns="x"><si><t>{"ą" * 30000}</t></si></sst>'.encode()
    assert (
        refusal(with_part(with_sheet(cells), "xl/sharedStrings.xml", lambda _part: text))[0]
        == "too-many-cells"
    )


def test_one_ods_cell_that_stands_for_a_million_is_refused() -> None:
    cell = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    assert refusal(ods(row.format(1, cell.format(1_000_000))))[0] == "too-many-columns"
    assert refusal(ods(row.format(1_000_000, cell.format(1))))[0] == "too-many-rows"
    assert refusal(ods(row.format(100_000, cell.format(1000))))[0] == "too-many-cells"


def test_ods_repetitions_that_only_a_library_would_fill_are_refused() -> None:
    empty = '<table:table-cell table:number-columns-repeated="900000000"/>'
    assert (
        refusal(ods(f"<table:table-row>{empty}<table:table-cell/></table:table-row>"))[0] == "too-many-cells"
    )
    untyped = "<table:table-cell table:number-columns-repeated = '900000000' office:value='1'/>"
    assert refusal(ods(f"<table:table-row>{untyped}</table:table-row>"))[0] == "too-many-columns"
    spaces = ods_cell("x").replace("x<", '<text:s text:c="900000000"/><')
    assert refusal(ods(f"<table:table-row>{spaces}</table:table-row>"))[0] == "long-cell"


@pytest.mark.parametrize("cell", ["r = 'XFD1'", 'r="xfd1"', "a='1'\nr='XFD1'"])
def test_the_place_of_a_cell_is_found_however_it_is_written(cell: str) -> None:
    assert refusal(with_sheet(f'<row r="1"><c {cell}><v>1</v></c></row>'))[0] == "too-many-columns"


def test_xml_that_never_ends_is_refused() -> None:
    endless = ods("<table:table-row/>")
    content = unzipped(endless)["content.xml"]
    for broken in (content.replace(b"</table:table>", b""), content[:-5]):
        assert refusal(zipped({**unzipped(endless), "content.xml": broken}))[0] == "damaged"
    for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"):
        assert refusal(with_part(xlsx(cells=LINES), name, lambda part: part[:-8]))[0] == "damaged"


def test_the_empty_rest_of_an_ods_sheet_is_left_out() -> None:
    cell = '<table:table-cell office:value-type="float" office:value="7"/>'
    rest = '<table:table-cell table:number-columns-repeated="16383"/>'
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    assert rows(ods(f"<table:table-row>{cell}{rest}</table:table-row>{empty}")) == [[7]]


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"],
)
def test_definitions_of_entities_are_refused(name: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = with_part(
        xlsx(cells=LINES),
        name,
        lambda part: re.sub(rb"^(<\?xml[^>]*>)?", lambda found: found[0] + bomb, part),
    )
    assert refusal(content)[0] == "damaged"


@pytest.mark.parametrize("length", [100, 600, 2000, -700])
def test_a_workbook_cut_off_is_refused(length: int) -> None:
    assert refusal(xlsx(cells=LINES)[:length])[0] == "damaged"
    content = xls(b"".join(word(row, 0, "gmina") for row in range(500)))
    assert refusal(content[:length])[0] == "damaged"


def test_a_compound_file_that_goes_in_circles_is_refused() -> None:
    content = bytearray(xls(number(0, 0, 1)))
    table = 512 + 512 * int.from_bytes(content[0x4C:0x50], "little")
    content[table : table + 4] = (0).to_bytes(4, "little")
    assert refusal(bytes(content))[0] == "damaged"


def test_rows_that_do_not_ascend_are_refused() -> None:
    upwards = '<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"{}><v>1</v></c></row>'
    assert refusal(with_sheet(upwards.format("")))[0] == "damaged"
    assert refusal(with_sheet(upwards.format(' t="e"')))[0] == "damaged"
    assert refusal(xls(number(9, 0, 1) + number(2, 0, 1)))[0] == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        xls(record(0x200, b"\x00\x00\x00\x00\xff\xff\xff\x7f\x00\x00\xff\x00\x00\x00") + number(0, 0, 1)),
        xls(record(0x200, b"\x09\x00\x00\x00\x02\x00\x00\x00\x00\x00\x05\x00\x00\x00") + number(0, 0, 1)),
        xls(number(0, 0, 1), record(0xFC, b"\x01\x00\x00\x00\xff\xff\xff\x7f")),
        xls(number(5, 0, 1) + record(0x207, b"\x01\x00\x00a")),
    ],
    ids=["dimensions", "dimensions that end before they begin", "shared texts", "text of no formula"],
)
def test_counts_that_would_end_the_process_are_refused(content: bytes) -> None:
    assert refusal(content)[0] == "damaged"


def test_unclosed_cells_by_the_hundred_thousand_take_no_time() -> None:
    assert refusal(with_sheet('<row r="1"><c r="A1"><v>1' * 100_000))[0] == "damaged"


def test_a_workbook_so_small_that_it_lies_in_small_sectors_is_read() -> None:
    content = written.compound({}, small={"Workbook": biff(number(0, 0, 5) + written.error(0, 1, 15))})
    assert rows(content) == [[5, "#VALUE!"]]
