"""Reading outlines of municipalities: GeoJSON, and TopoJSON whose outlines share their arcs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from sadzonka.places.formats.codes import SCHEMES, CodeColumn, Told, cleaned, code_column
from sadzonka.places.formats.notes import Note, Refused, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Level, Outline, Reading
from sadzonka.places.formats.tables import folded, hinted_year, text_of

LAYOUT = "boundaries"
DECIMALS = 4  # about 10 m: enough for a map of a country
POINTS_OF_A_RING = 4
LARGEST_LONGITUDE, LARGEST_LATITUDE = 180, 90
AREAS = ("Polygon", "MultiPolygon")
NAMES = ("name", "nazwa", "comune", "lau name", "gmina", "jpt nazwa", "den com", "denominazione")

# A document may hold anything where lists of numbers should be.
WRONG_SHAPE = (KeyError, TypeError, ValueError, IndexError, AttributeError)

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


class BrokenOutline(ValueError):
    """A ring that is none; `key` is the note that says why."""

    def __init__(self, key: str, value: str = "") -> None:
        super().__init__(key)
        self.key, self.value = key, value


def recognises(opened: Opened) -> bool:
    """Whether the document is a GeoJSON collection or a topology."""
    document = opened.document
    return isinstance(document, dict) and (
        (document.get("type") == "FeatureCollection" and isinstance(document.get("features"), list))
        or (document.get("type") == "Topology" and isinstance(document.get("objects"), dict))
    )


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return the outlines of the municipalities whose codes stand in the properties."""
    features = _all_features(opened.document)
    properties = [feature[0] for feature in features]
    # Properties never name a column of a table: only country and way to write codes can be chosen.
    column, key = _codes(properties, replace(Told.of(choices), column=""))
    if column.question:
        note = Note(column.question, Weight.QUESTION, params={"count": len(features)})
        return Reading(LAYOUT, "", "", opened.file_name, "", notes=(note,))
    country, decode = SCHEMES[column.schemes[0]]
    name_key = next((name for name in properties[0] if folded(name) in NAMES), "")
    outlines: dict[str, Outline] = {}
    notes, others = [], 0
    for number, (values, geometry) in enumerate(features, 1):
        written = text_of(values.get(key))
        place = decode(cleaned(written)) if written else None
        if place is None:
            notes.append(Note("bad-code", Weight.ERROR, number, key, {"value": written[:40]}))
        elif place.level is not Level.MUNICIPALITY:
            others += 1
        elif place.code in outlines:
            notes.append(Note("outline-twice", Weight.ERROR, number, key, {"code": written}))
        else:
            try:
                polygons = _read_all(geometry)
            except BrokenOutline as broken:
                params = {"code": written, "value": broken.value}
                notes.append(Note(broken.key, Weight.ERROR, number, params=params))
            else:
                outlines[place.code] = Outline(country, place.code, text_of(values.get(name_key)), polygons)
    if others:
        notes.append(Note("codes-of-parts", params={"count": others}))
    return Reading(
        layout=LAYOUT,
        country=country,
        publisher="",
        title=opened.file_name,
        period=str(choices.get("year") or hinted_year(opened.file_name) or ""),
        outlines=tuple(outlines.values()),
        notes=tuple(notes),
    )


def _codes(properties: Sequence[Mapping[str, Any]], told: Told) -> tuple[CodeColumn, str]:
    """Return the property that holds the codes, found by its values; what fits none was chosen in vain."""
    keys = list(dict.fromkeys(key for values in properties for key in values))
    columns = [[text_of(values.get(key)) for values in properties] for key in keys]
    column = code_column(keys, columns, told) or code_column(keys, columns)
    if column is None:
        raise Refused("no-codes-in-boundaries")
    return column, keys[column.position]


Feature = tuple[Mapping[str, Any], Iterator[Polygon]]


def _all_features(document: Mapping[str, Any]) -> list[Feature]:
    try:
        return list(_features(document))
    except WRONG_SHAPE as error:
        raise Refused("damaged") from error


def _features(document: Mapping[str, Any]) -> Iterator[Feature]:
    """Yield properties and polygons; the polygons are read only when they are asked for."""
    if document["type"] == "FeatureCollection":
        for feature in document["features"]:
            if isinstance(feature, dict):
                yield _properties(feature), _geojson(feature.get("geometry") or {})
        return
    arcs = _arcs(document)
    for collection in document["objects"].values():
        for geometry in collection.get("geometries") or [collection]:
            values = _properties(geometry)
            if "id" in geometry:
                values = {"id": geometry["id"], **values}
            yield values, _topojson(geometry, arcs)


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    values = feature.get("properties")
    return values if isinstance(values, dict) else {}


def _read_all(polygons: Iterator[Polygon]) -> tuple[Polygon, ...]:
    try:
        return tuple(polygons)
    except BrokenOutline:
        raise
    except WRONG_SHAPE as error:
        raise BrokenOutline("bad-ring") from error


def _polygons(geometry: Mapping[str, Any], parts: str) -> Sequence[Any]:
    """Return the polygons of a geometry, which lists them under `parts`."""
    kind, found = geometry.get("type"), geometry.get(parts)
    if kind not in AREAS or not isinstance(found, list) or not found:
        raise BrokenOutline("no-area", str(kind))
    return [found] if kind == "Polygon" else found


def _geojson(geometry: Mapping[str, Any]) -> Iterator[Polygon]:
    for polygon in _polygons(geometry, "coordinates"):
        yield tuple(_ring(ring) for ring in polygon)


def _topojson(geometry: Mapping[str, Any], arcs: Sequence[Sequence[Position]]) -> Iterator[Polygon]:
    for polygon in _polygons(geometry, "arcs"):
        yield tuple(_ring(_joined(ring, arcs)) for ring in polygon)


def _arcs(document: Mapping[str, Any]) -> list[list[Position]]:
    """Return the arcs in degrees: quantised ones hold steps from point to point."""
    transform = document.get("transform")
    if not transform:
        return [[(point[0], point[1]) for point in arc] for arc in document["arcs"]]
    (across, up), (left, bottom) = transform["scale"], transform["translate"]
    return [
        [
            (left + x * across, bottom + y * up)
            for x, y in zip(
                accumulate(point[0] for point in arc), accumulate(point[1] for point in arc), strict=True
            )
        ]
        for arc in document["arcs"]
    ]


def _joined(indexes: Iterable[int], arcs: Sequence[Sequence[Position]]) -> list[Position]:
    """Return the ring that arcs make; a negative index is that arc backwards (~index)."""
    points: list[Position] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    """Return a closed ring in degrees, rounded; neighbours that fall together become one."""
    if not all(abs(point[0]) <= LARGEST_LONGITUDE and abs(point[1]) <= LARGEST_LATITUDE for point in points):
        raise BrokenOutline("not-degrees", f"{points[0][0]}, {points[0][1]}")
    if len(points) < POINTS_OF_A_RING or tuple(points[0][:2]) != tuple(points[-1][:2]):
        raise BrokenOutline("bad-ring")
    ring = [(round(float(point[0]), DECIMALS), round(float(point[1]), DECIMALS)) for point in points]
    kept = [point for before, point in zip([None, *ring], ring, strict=False) if point != before]
    # An islet smaller than the rounding keeps its points: a ring must stay one.
    return tuple(kept if len(kept) >= POINTS_OF_A_RING else ring)
