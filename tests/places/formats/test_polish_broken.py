"""Whatever stands in a cell or a value, readers of Polish files read what they can and say the rest."""

import copy
import datetime as dt
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.common.files import toml_file
from sadzonka.places.catalogue import FOLDER
from sadzonka.places.formats.notes import TEXTS, Refused
from sadzonka.places.formats.opening import Opened, Sheet
from sadzonka.places.formats.poland import (
    bdl_api,
    bdl_list,
    bdl_table,
    gugik_area,
    gus_table_iv,
    mf_income,
    terc,
)
from tests.places.formats import test_bdl_api, test_bdl_list, test_gugik_area, test_gus_table_iv
from tests.places.formats import test_bdl_table as tables
from tests.places.formats import test_mf_income as mf
from tests.places.formats import test_terc as lists
from tests.places.formats.polish_files import has_figures_exactly_where_marks_say, text_file

CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(
        ["=1+1", "9" * 400, "1e99", "-", ".", "٣", "0201011", "201011", "\u00a0", "\u202e1", "{0}"]
    ),
    st.floats(),
    st.integers(),
    st.just(10**400),
    st.booleans(),
    st.dates(),
    st.just(dt.datetime(2030, 1, 1)),  # noqa: DTZ001 - workbooks know no zones
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just(10**400)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=4,
)
FILES: list[tuple[ModuleType, Opened]] = [
    (terc, lists.file(lists.LINES)),
    (bdl_table, tables.table()),
    (bdl_list, text_file([test_bdl_list.HEADER, *test_bdl_list.LINES])),
    (gus_table_iv, test_gus_table_iv.table()),
    (gugik_area, test_gugik_area.workbook([test_gugik_area.HEADER, *test_gugik_area.LINES])),
    (mf_income, mf.table()),
]


def broken_nowhere_but_in_what_it_says(reader: ModuleType, opened: Opened) -> None:
    if not reader.recognises(opened):
        with pytest.raises(Refused):
            reader.read(opened, {})
        return
    reading = reader.read(opened, {})
    assert reading.figures.shape == reading.marks.shape == (len(reading.lines), len(reading.columns))
    assert has_figures_exactly_where_marks_say(reading)
    assert {note.key for note in reading.notes} <= set(TEXTS)
    assert all(note.text for note in reading.notes)


@pytest.mark.parametrize(("reader", "opened"), FILES, ids=[reader.LAYOUT for reader, _ in FILES])
@given(data=st.data())
def test_any_cell_may_hold_anything(reader: ModuleType, opened: Opened, data: st.DataObject) -> None:
    rows = [list(row) for row in opened.sheets[0].rows]
    for _ in range(data.draw(st.integers(1, 6))):
        row = data.draw(st.integers(0, len(rows) - 1))
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(CELLS)
    sheet = Sheet("", rows, opened.sheets[0].merged)
    broken_nowhere_but_in_what_it_says(reader, Opened("x", opened.kind, (sheet,), separator=opened.separator))


@given(data=st.data())
def test_any_value_of_an_answer_may_be_anything(data: st.DataObject) -> None:
    found = test_bdl_api.values(("2030", 3, 1), ("2031", 4.5, 4))
    answer: Any = copy.deepcopy(
        test_bdl_api.by_variable(("000000000000", found), (test_bdl_api.GMINA, found))
    )
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in list(node if isinstance(node, dict) else range(len(node))):
            places.append((node, key))
            if isinstance(node[key], dict | list):
                walk(node[key])

    walk(answer)
    for _ in range(data.draw(st.integers(1, 3))):
        node, key = data.draw(st.sampled_from(places))
        node[key] = data.draw(JSON)
    broken_nowhere_but_in_what_it_says(bdl_api, Opened("x.json", "json", document=answer))


@pytest.mark.parametrize(("reader", "opened"), FILES, ids=[reader.LAYOUT for reader, _ in FILES])
def test_a_file_cut_off_anywhere_is_read_or_refused(reader: ModuleType, opened: Opened) -> None:
    sheet = opened.sheets[0]
    for end in range(len(sheet.rows)):
        merged = tuple(cells for cells in sheet.merged if cells[2] < end)
        broken_nowhere_but_in_what_it_says(
            reader,
            Opened("x", opened.kind, (Sheet("", sheet.rows[:end], merged),), separator=opened.separator),
        )


def test_every_indicator_that_a_reader_is_sure_of_is_in_the_catalogue() -> None:
    named = {
        column.indicator
        for reader, opened in FILES
        for column in reader.read(opened, {}).columns
        if column.indicator
    }
    known = {entry.text("key") for entry in toml_file(FOLDER / "indicators.toml").entries("indicators")}
    assert {"population", "marriages", "area_km2", "pit_share_pln"} <= named
    assert named - known == set()
