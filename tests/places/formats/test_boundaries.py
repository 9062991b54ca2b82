"""Outlines: codes in any property, shared arcs, and rings that are none."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sadzonka.places.formats import boundaries
from sadzonka.places.formats.notes import Refused, Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Reading

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
SQUARE = [[20.0, 50.0], [20.1, 50.0], [20.1, 50.1], [20.0, 50.1], [20.0, 50.0]]
RING = ((20.0, 50.0), (20.1, 50.0), (20.1, 50.1), (20.0, 50.1), (20.0, 50.0))


def feature(properties: dict[str, Any], rings: Any = None, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if rings is None else rings}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read(document: Any, **choices: Any) -> Reading:
    opened = open_file("boundaries.json", json.dumps(document).encode())
    assert boundaries.recognises(opened)
    return boundaries.read(opened, choices)


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    ("properties", "country", "code"),
    [
        ({"id": 7, "terc": "2602042", "name": "Nagłowice"}, "PL", "260204"),
        ({"JPT_KOD_JE": "0201011", "JPT_NAZWA_": "Bolesławiec"}, "PL", "020101"),
        ({"PRO_COM_T": "033001", "COMUNE": "Agazzano"}, "IT", "033001"),
        ({"com_istat_code_num": 33001, "name": "Agazzano"}, "IT", "033001"),
        ({"LAU_ID": "1001121200101", "LAU_NAME": "Bochnia"}, "PL", "120101"),
        ({"GISCO_ID": "IT_033001", "LAU_NAME": "Agazzano"}, "IT", "033001"),
    ],
)
def test_code_is_found_by_its_values_under_any_name(
    properties: dict[str, Any], country: str, code: str
) -> None:
    outline = read(collection(feature(properties))).outlines[0]
    assert (outline.country, outline.code, outline.polygons) == (country, code, ((RING,),))


def test_coordinates_are_rounded_and_doubled_points_fall_together() -> None:
    ring = [
        [20.00001, 50.0],
        [20.00002, 50.0],
        [20.1, 50.0],
        [20.1, 50.12345678],
        [20.0, 50.1],
        [20.00001, 50.0],
    ]
    outline = read(collection(feature({"terc": "2602042"}, [ring]))).outlines[0]
    assert outline.polygons == ((((20.0, 50.0), (20.1, 50.0), (20.1, 50.1235), (20.0, 50.1), (20.0, 50.0)),),)


def test_several_polygons_with_holes_are_kept() -> None:
    hole = [[20.02, 50.02], [20.04, 50.02], [20.04, 50.04], [20.02, 50.02]]
    outline = read(
        collection(feature({"terc": "2602042"}, [[SQUARE, hole], [SQUARE]], "MultiPolygon"))
    ).outlines[0]
    assert [len(polygon) for polygon in outline.polygons] == [2, 1]


@pytest.mark.parametrize(
    ("rings", "kind", "key"),
    [
        ([SQUARE[:3]], "Polygon", "bad-ring"),
        ([SQUARE[:-1]], "Polygon", "bad-ring"),
        ([[["a", 1]] * 5], "Polygon", "bad-ring"),
        ([[[531000.0, 243000.0]] * 5], "Polygon", "not-degrees"),
        ([20.0, 50.0], "Point", "no-area"),
        ([], "Polygon", "no-area"),
    ],
)
def test_outline_that_is_none_is_an_error_and_the_others_are_read(rings: Any, kind: str, key: str) -> None:
    reading = read(collection(feature({"terc": "2602042"}), feature({"terc": "2602053"}, rings, kind)))
    assert [outline.code for outline in reading.outlines] == ["260204"]
    assert [(note.key, note.weight, note.row) for note in reading.notes] == [(key, Weight.ERROR, 2)]


def test_quantised_arcs_are_steps_and_a_negative_index_is_an_arc_backwards() -> None:
    document = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [20.0, 50.0]},
        "arcs": [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]], [[1, 1], [1, 0], [0, -1], [-1, 0]]],
        "objects": {
            "comuni": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"com_istat_code": "033001"}},
                    {"type": "Polygon", "arcs": [[7]], "properties": {"com_istat_code": "033002"}},
                ],
            }
        },
    }
    reading = read(document)
    assert reading.outlines[0].polygons == ((RING,),)
    assert [(note.key, note.row) for note in reading.notes] == [("bad-ring", 2)]


def test_outlines_without_codes_are_refused_and_wrong_codes_are_errors() -> None:
    with pytest.raises(Refused) as refusal:
        read(collection(feature({"name": "Nagłowice"})))
    assert refusal.value.note.key == "no-codes-in-boundaries"
    many = [feature({"terc": f"26020{number}2"}) for number in range(1, 10)] * 2
    reading = read(collection(*many[:9], feature({"terc": "9902042"})))
    assert [(note.key, note.row) for note in reading.notes] == [("bad-code", 10)]


def test_country_of_codes_that_fit_both_is_asked() -> None:
    document = collection(feature({"code": "020101"}), feature({"code": "020102"}))
    for country in ("", "FR"):  # outlines of France cannot be told from others: the question stays
        (note,) = read(document, country=country).notes
        assert (note.key, note.weight) == ("choose-country", Weight.QUESTION)
    assert [outline.country for outline in read(document, country="IT").outlines] == ["IT", "IT"]


@pytest.mark.data
def test_official_outlines_are_2477_gminas_and_330_comuni() -> None:
    for path, country, count in (
        ("pl/gminy_boundaries_2021.geojson.gz", "PL", 2477),
        ("it/limits_R_8_emilia_romagna.topo.json", "IT", 330),
    ):
        reading = boundaries.read(open_file(path, (DATA / path).read_bytes()), {})
        assert ({outline.country for outline in reading.outlines}, len(reading.outlines)) == (
            {country},
            count,
        )
        assert reading.notes == ()
        rings = [ring for outline in reading.outlines for polygon in outline.polygons for ring in polygon]
        assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
