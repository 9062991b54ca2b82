"""Maps of boundaries: neighbours keep their line, lines inside go, nothing vanishes, paths stay small."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.places.atlas.labels import Label, labels
from sadzonka.places.atlas.outlines import DOT, MARGIN, MOST_BYTES, WIDTH, Outlined, outline_map

Point = tuple[int, int]


def square(x: float, y: float, side: float = 1.0) -> list[list[list[list[float]]]]:
    """Return a square as the polygons of a boundary, its ring closed as GeoJSON has it."""
    return [[[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]]


def rings(path: str) -> list[list[Point]]:
    """Return the corners of a path of relative steps."""
    found = []
    for x, y, steps in re.findall(r"M(-?\d+) (-?\d+)l([-+\d]+)z", path):
        numbers = [int(step) for step in re.findall(r"[-+]\d+", steps)]
        start = np.array([[int(x), int(y)], *np.reshape(numbers, (-1, 2)).tolist()])
        found.append([tuple(corner) for corner in np.cumsum(start, axis=0).tolist()])
    return found


def lines(ring: list[Point]) -> set[frozenset[Point]]:
    return {frozenset(pair) for pair in zip(ring, [*ring[1:], ring[0]], strict=True)}


def test_north_is_up_and_east_is_right() -> None:
    drawn = outline_map([Outlined("south-west", square(20, 50)), Outlined("north-east", square(22, 52))])
    south_west, north_east = drawn.outlines
    assert (south_west.x < north_east.x, south_west.y > north_east.y) == (True, True)


def test_neighbours_keep_their_common_line() -> None:
    left, right = outline_map([Outlined("a", square(20, 50)), Outlined("b", square(21, 50))]).outlines
    (one,), (other,) = rings(left.path), rings(right.path)
    assert len(lines(one) & lines(other)) == 1


def test_the_line_between_two_of_one_region_goes() -> None:
    whole = [Outlined("a", square(20, 50)), Outlined("a", square(21, 50)), Outlined("b", square(22, 50))]
    region, _other = outline_map(whole).outlines
    (ring,) = rings(region.path)
    assert len(ring) == 6
    assert (min(x for x, _y in ring), max(x for x, _y in ring)) == (
        MARGIN,
        pytest.approx(MARGIN + (WIDTH - 2 * MARGIN) * 2 / 3, abs=1),
    )


def test_a_hole_stays_a_hole() -> None:
    ring, hole = square(20, 50, 3)[0][0], square(21, 51)[0][0]
    drawn = outline_map([Outlined("a", [[ring, hole]])]).outlines[0]
    assert [len(one) for one in rings(drawn.path)] == [4, 4]


def test_a_town_inside_its_region_leaves_no_hole_in_it() -> None:
    ring, hole = square(20, 50, 3)[0][0], square(21, 51)[0][0]
    drawn = outline_map([Outlined("a", [[ring, hole]]), Outlined("a", square(21, 51))]).outlines[0]
    assert [len(one) for one in rings(drawn.path)] == [4]


def test_what_is_too_small_for_the_grid_is_still_there() -> None:
    drawn = outline_map([Outlined("large", square(20, 50)), Outlined("tiny", square(20.5, 50.5, 1e-6))])
    large, tiny = drawn.outlines
    assert tiny.path == f"M{large.x - DOT // 2} {large.y - DOT // 2}h{DOT}v{DOT}h-{DOT}z"


def test_without_boundaries_every_municipality_is_a_dot() -> None:
    found = [Outlined("a", point=(20, 50)), Outlined("a", point=(21, 51)), Outlined("b", point=(22, 50))]
    assert [one.path.count("M") for one in outline_map(found).outlines] == [2, 1]


def test_a_point_beside_boundaries_is_a_dot_and_a_boundary_goes_first() -> None:
    drawn = outline_map([Outlined("a", square(20, 50), (20.5, 50.5)), Outlined("a", point=(22, 50))])
    assert (len(rings(drawn.outlines[0].path)), drawn.outlines[0].path.count("h")) == (1, 2)


@pytest.mark.parametrize("found", [[], [Outlined("a")], [Outlined("a", [[[]]])]])
def test_there_is_no_map_of_nothing(found: list[Outlined]) -> None:
    assert outline_map(found) is None


def test_a_map_of_one_point_is_a_map() -> None:
    drawn = outline_map([Outlined("a", point=(20, 50))])
    assert (drawn.outlines[0].x, drawn.outlines[0].y) == (MARGIN, MARGIN)


def test_detailed_boundaries_stay_within_what_a_page_takes() -> None:
    turns = np.linspace(0, 2 * np.pi, 5000)
    ragged = 0.4 + 0.1 * np.sin(turns * 400)
    found = [
        Outlined(
            f"{x}-{y}",
            [[np.column_stack([x + ragged * np.cos(turns), y + ragged * np.sin(turns)]).tolist()]],
        )
        for x in range(12)
        for y in range(12)
    ]
    drawn = outline_map(found)
    assert sum(len(one.path) for one in drawn.outlines) <= MOST_BYTES
    assert len(drawn.outlines) == 144


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=36))
def test_a_region_covers_exactly_its_municipalities(cells: set[Point]) -> None:
    """Rows of whole cells: holes are counted by the even-odd rule."""
    corners = [Outlined("frame", point=(0, 0)), Outlined("frame", point=(6, 6))]
    found = [Outlined("region", square(x, y)) for x, y in sorted(cells)]
    drawn = outline_map([*corners, *found]).outlines[1]
    edges = [line for ring in rings(drawn.path) for line in lines(ring)]
    height = outline_map([*corners, *found]).height - 2 * MARGIN
    side_x, side_y = (WIDTH - 2 * MARGIN) / 6, height / 6
    for x in range(6):
        for y in range(6):
            middle_x, middle_y = MARGIN + (x + 0.5) * side_x, MARGIN + height - (y + 0.5) * side_y
            crossed = 0
            for edge in edges:
                (ax, ay), (bx, by) = sorted(edge, key=lambda corner: corner[1])
                crossed += ay <= middle_y < by and ax == bx and ax > middle_x
            assert (crossed % 2 == 1) == ((x, y) in cells), (x, y)


# --- names


def test_of_names_that_would_cross_only_the_first_stands() -> None:
    wanted = [Label("Rejowiec Fabryczny", 100, 50), Label("Rejowiec", 130, 60), Label("Kamień", 130, 75)]
    assert [one.name for one in labels(wanted, WIDTH, most=7)] == ["Rejowiec Fabryczny", "Kamień"]


def test_a_name_at_an_edge_moves_inside() -> None:
    west, east = labels([Label("Valle d'Aosta", 3, 50), Label("Podkarpackie", 799, 50)], WIDTH, most=7)
    assert (west.x > 40, east.x < WIDTH - 40, west.y) == (True, True, 50)


def test_only_so_many_names_stand() -> None:
    wanted = [Label("A", 100 * number, 50) for number in range(8)]
    assert [one.x for one in labels(wanted, WIDTH, most=2)] == [4.4, 100]
