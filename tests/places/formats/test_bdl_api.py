"""Answers of BDL's API: series with attributes, pages, dictionaries, the list of units."""

import datetime as dt
import json
from typing import Any

import pytest

from sadzonka.places.formats.opening import Opened, open_file
from sadzonka.places.formats.poland import bdl_api
from sadzonka.places.formats.poland.bdl import ATTRIBUTES
from sadzonka.places.formats.reading import Level, Mark, Reading
from tests.places.formats.polish_files import (
    codes,
    errors,
    figures,
    has_figures_exactly_where_marks_say,
    marks,
    official,
    said,
)

GMINA = "011212001022"


def opened(document: object) -> Opened:
    return open_file("answer.json", json.dumps(document).encode())


def read(document: object, choices: dict[str, Any] | None = None) -> Reading:
    file = document if isinstance(document, Opened) else opened(document)
    assert bdl_api.recognises(file)
    reading = bdl_api.read(file, choices or {})
    assert has_figures_exactly_where_marks_say(reading)
    return reading


def values(*triples: tuple[str, float | None, int]) -> list[dict[str, Any]]:
    return [{"year": year, "val": value, "attrId": attribute} for year, value, attribute in triples]


def by_variable(*series: tuple[str, list[dict[str, Any]]], **more: Any) -> dict[str, Any]:
    results = [{"id": unit, "name": f"Unit {unit}", "values": found} for unit, found in series]
    return {
        "totalRecords": len(results),
        "variableId": 10514,
        "measureUnitId": 26,
        "aggregateId": 1,
        "lastUpdate": "2033-05-14T15:05:15",
        "results": results,
        **more,
    }


def test_an_answer_by_variable_is_read_with_its_levels() -> None:
    found = values(("2030", 3, 1), ("2031", 4.5, 1))
    reading = read(by_variable(("000000000000", found), ("011212000000", found), (GMINA, found)))
    assert [(column.label, column.year) for column in reading.columns] == [
        *(("variable 10514", 2030), ("variable 10514", 2031)),
    ]
    assert [line.level for line in reading.lines] == [Level.COUNTRY, Level.OTHER, Level.MUNICIPALITY]
    assert (codes(reading), figures(reading)[2]) == (["120102"], [3, 4.5])
    assert said(reading) == {"aggregate": {"count": 1}, "other-unit": {"count": 1}}
    assert reading.period == "2030–2031"


def test_an_answer_by_unit_is_read_with_its_variables() -> None:
    results = [{"id": at, "measureUnitId": 26, "values": values(("2030", at, 1))} for at in (9, 10)]
    reading = read({"unitId": GMINA, "unitName": "Bochnia", "aggregateId": 1, "results": results})
    assert [column.label for column in reading.columns] == ["variable 9", "variable 10"]
    assert (figures(reading), reading.lines[0].name) == ([[9, 10]], "Bochnia")


def test_pages_in_one_document_are_read_together_and_a_missing_page_is_said() -> None:
    other = "011212001011"
    pages = [by_variable((unit, values(("2030", 1, 1))), totalRecords=2) for unit in (GMINA, other)]
    reading = read(pages)
    assert codes(reading) == ["120102", "120101"]
    assert said(read(pages[0]))["units-missing"] == {"count": 1, "total": 2}


@pytest.mark.parametrize(("attribute", "mark"), [(number, mark) for number, (_, mark) in ATTRIBUTES.items()])
def test_every_attribute_marks_its_figure(attribute: int, mark: Mark) -> None:
    reading = read(by_variable((GMINA, values(("2030", 0, attribute)))))
    assert marks(reading) == [[mark]]
    assert figures(reading) == [[None if mark in (Mark.SECRET, Mark.MISSING) else 0]]


@pytest.mark.parametrize("attribute", [4, 14, 91, 15, 50, 97])
def test_a_zero_that_stands_for_no_data_is_unknown(attribute: int) -> None:
    assert figures(read(by_variable((GMINA, values(("2030", 0, attribute)))))) == [[None]]


def test_an_unknown_attribute_makes_its_figure_unknown_and_a_null_is_absent() -> None:
    reading = read(by_variable((GMINA, values(("2030", 0, 77), ("2031", None, 1), ("2032", None, 4)))))
    assert marks(reading) == [[Mark.MISSING, Mark.ABSENT, Mark.SECRET]]
    assert said(reading)["unknown-attribute"] == {"value": "77", "count": 1}


def test_figures_of_an_aggregate_of_some_gminas_are_not_taken_for_the_whole() -> None:
    answer = by_variable(
        ("011200000000", values(("2030", 1, 1))), (GMINA, values(("2030", 2, 1))), aggregateId=7
    )
    reading = read(answer)
    assert [line.level for line in reading.lines] == [Level.OTHER, Level.MUNICIPALITY]
    assert said(reading)["other-aggregate"] == {"aggregate": "7", "count": 1}


def test_broken_values_are_errors() -> None:
    found = [
        *values(("2030", 1, 1), ("2030", 2, 1)),
        {"year": "soon", "val": 1},
        {"year": "2031", "val": "much"},
    ]
    reading = read(by_variable((GMINA, found), ("123", values(("2030", 1, 1)))))
    assert [key for key, _, _ in errors(reading)] == ["filled-twice", "bad-year", "bad-number", "bad-code"]


def test_quarters_are_left_out() -> None:
    reading = read(by_variable((GMINA, values(("2030", 1, 1), ("2030Q1", 2, 1)))))
    assert (figures(reading), said(reading)["part-of-year-lines"]) == ([[1]], {"count": 1})


def test_a_list_of_units_tells_gminas_with_names_of_county_and_region() -> None:
    common = {"hasDescription": False}
    results = [
        {"id": "011200000000", "name": "MAŁOPOLSKIE", "level": 2, **common},
        {"id": "011212001000", "name": "Powiat bocheński", "level": 5, "kind": "1", **common},
        {"id": GMINA, "name": "Bochnia", "parentId": "011212001000", "level": 6, "kind": "2", **common},
        {"id": "030210600909", "name": "X", "level": 6, **common},
        {"id": "030210621091", "name": "Wałbrzych od 2003 do 2012", "level": 6, "kind": "1", **common},
    ]
    reading = read({"totalRecords": 5, "results": results}, {"year": 2030})
    assert [
        (unit.code, unit.name, unit.kind, unit.county_name, unit.region_name) for unit in reading.units
    ] == [
        ("120102", "Bochnia", "rural", "bocheński", "małopolskie"),
        ("022109", "Wałbrzych", "urban", "", ""),
    ]
    assert (reading.units[1].valid_from, reading.units[1].valid_to) == (
        dt.date(2003, 1, 1),
        dt.date(2012, 12, 31),
    )
    assert reading.as_of == dt.date(2030, 1, 1)


def test_other_documents_are_not_taken_for_answers() -> None:
    for document in (
        {"type": "FeatureCollection", "features": []},
        [1, 2],
        [],
        {"results": []},
        {"id": 1},
        "a",
    ):
        assert not bdl_api.recognises(Opened("a.json", "json", document=document))


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["aggregates", "attributes", "levels", "measures", "subjects", "variables", "years"]
)
def test_official_dictionaries_are_recognised_and_explained(name: str) -> None:
    reading = read(official(f"formats/bdl_api/samples_raw_{name}.json"))
    assert (reading.lines, [note.key for note in reading.notes]) == ((), [f"api-{name}"])


@pytest.mark.data
def test_official_samples_of_units_and_figures_are_read() -> None:
    units = read(official("formats/bdl_api/samples_raw_units.json"))
    assert [(unit.code, unit.name, unit.kind) for unit in units.units] == [
        *(("120101", "Bochnia", "urban"), ("120102", "Bochnia", "rural")),
        *(("120103", "Drwinia", "rural"), ("120104", "Lipnica Murowana", "rural")),
    ]
    data = read(official("formats/bdl_api/samples_raw_data.json"))
    assert (data.figures.shape, data.period, errors(data)) == ((4, 60), "1995–2024", [])
    assert figures(data)[0][:3] == [168, 101, 56]


@pytest.mark.data
def test_every_official_attribute_is_known() -> None:
    listed = official("formats/bdl_api/samples_raw_attributes.json").document["list_attributes"]
    assert {entry["id"] for entry in listed} == set(ATTRIBUTES)
    symbols = {entry["id"]: entry["symbol"].strip() or entry["name"].strip("0wartość") for entry in listed}
    assert symbols == {number: symbol for number, (symbol, _) in ATTRIBUTES.items()}
