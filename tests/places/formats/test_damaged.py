"""However a file is damaged, it is read, explained or refused: nothing else comes out of a reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sadzonka.places.formats.notes import TEXTS, Refused
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Mark
from sadzonka.places.formats.recognising import read

SQUARE = [[20, 50], [21, 50], [21, 51], [20, 51], [20, 50]]
TEXTS_OF_LAYOUTS = {
    "istat-list": (
        "Codice Regione,Progressivo del Comune (2),Codice Comune formato alfanumerico,"
        "Denominazione in italiano,Denominazione Regione\n"
        "01,001,001001,Agliè,Piemonte\n01,002,001002,Airasca,Piemonte\n"
    ),
    "istat-sdmx": (
        "DATAFLOW,FREQ,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
        "IT1:41_7(1.0),A,088009,9,2022,12,p,0\nIT1:41_7(1.0),A,ITG1,9,2022,5,,3\n"
    ),
    "eurostat-tsv": "freq,unit,geo\\TIME_PERIOD\t2011 \t2012 \nA,NR,AT11\t1 e\t: c\nA,NR,PL21\t2 \t3 bp\n",
    "eurostat-lau": (
        "NUTS 3 CODE,LAU CODE,LAU NAME NATIONAL,POPULATION,TOTAL AREA (m2),DEGURBA\n"
        "AT111,10801,Deutschkreutz,3100,34000000,3\nPL214,1001121200101,Bochnia,29922,29870000,2\n"
    ),
    "plain": (
        "istat,name,year,population,lat,lon\n"
        "001001,Agliè,2022,2558,45.3,7.7\n001002,Airasca,2021,3681,44.9,7.4\n"
    ),
    "boundaries": json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [1, 1], "translate": [20, 50]},
            "arcs": [[[0, 0], [1, 0], [0, 1], [-1, 0], [0, -1]]],
            "objects": {
                "comuni": {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"pro_com_t": "033001"}}],
                }
            },
        }
    ),
}
OUTLINES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"terc": "2602042", "name": "Nagłowice"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        }
    ],
}
PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [",", ";", "\n", "\t", "null", "[]", "{}", "NaN", "1e999", "=1", ":", "-", "2022", "999999", '"']
    ),
)


def is_explained(text: str) -> bool:
    """Read a text; whether all that comes of it is figures that hold together, and notes that can be said."""
    try:
        reading = read(open_file("file", text.encode()), {"year": 2022})
    except Refused as refusal:
        return bool(str(refusal))
    shape = (len(reading.lines), len(reading.columns))
    unknown = reading.marks >= Mark.SECRET
    return (
        {reading.figures.shape, reading.marks.shape} <= {shape, (0, 0)}
        and bool(((reading.figures != reading.figures) == unknown).all())
        and {note.key for note in reading.notes} <= set(TEXTS)
        and all(note.text for note in reading.notes)
    )


@pytest.mark.parametrize("layout", TEXTS_OF_LAYOUTS)
def test_whole_file_is_read_by_its_reader(layout: str) -> None:
    reading = read(open_file("file", TEXTS_OF_LAYOUTS[layout].encode()), {"year": 2022})
    assert reading.layout == layout
    assert len(reading.lines) + len(reading.units) + len(reading.outlines) > 0


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([*TEXTS_OF_LAYOUTS.values(), json.dumps(OUTLINES)]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), PIECES), min_size=1, max_size=4),
)
def test_damaged_file_is_read_explained_or_refused(text: str, cuts: list[tuple[float, int, str]]) -> None:
    for where, length, piece in cuts:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + length :]
    assert is_explained(text)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.text(max_size=4), st.just(SQUARE)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=2)
        ),
        max_leaves=6,
    ),
    st.sampled_from(["features", "properties", "geometry", "coordinates", "arcs", "objects", "transform"]),
)
def test_outlines_with_anything_in_place_of_their_parts_are_explained_or_refused(
    part: object, where: str
) -> None:
    for text in (json.dumps(OUTLINES), TEXTS_OF_LAYOUTS["boundaries"]):
        document = json.loads(
            text, object_hook=lambda found: found | ({where: part} if where in found else {})
        )
        assert is_explained(json.dumps(document))
