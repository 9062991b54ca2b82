"""What parts the places where it went well, against the published ratings of five sites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import MethodError, Separation, separation
from tests.analysis.strategies import often

RATINGS = st.lists(st.integers(-2, 2) | st.none(), max_size=4)

# Damschroder & Lowery 2013, Implementation Science 8:51, Table 3. Sites 200 and 500 (low), 100 (in
# transition, compared with neither), 300 and 400 (high); M is missing or not applicable; ** strong, * weak
TABLE = """
evidence              -2  1  1  2  1
relative advantage    -2  1  1  2  2 **
adaptability          -2  2  2  2  2
trialability           0  0  1  1  0
complexity             M -2 -2 -2  2
design                -2  2  1  1  1
cost                   0  0  0  0  0
patient needs         -2  0  1  2  2 **
cosmopolitanism        0  0  1  0  0
peer pressure          0  0  0  0  0
external policy       -1 -2  M  0  1 *
networks              -2 -2  1  2  2 **
tension for change     0  0  2  1  1 **
compatibility         -2  1  0  1  2
relative priority     -1 -2 -2  1  2 **
incentives             0 -1  0  0  1
goals                 -2 -1  1  1  2 **
learning climate       M -1  M  1  2 **
leadership            -2 -1  2  2  2 **
resources             -2 -2 -1  1 -1 *
access                -1  M  M  1 -1
planning              -1  M  1  1  1 **
formal leaders        -1  2  2  2  2
champion              -1  2  2  1  2
physician champion    -2  2  0  1  2
"""
MARKS = {"**": "strong", "*": "weak"}


def rows() -> list[tuple[str, list[int | None], str | None]]:
    """Construct, its five ratings, and the mark that the authors gave it."""
    found = []
    for line in TABLE.strip().splitlines():
        *cells, mark = line.split() if line.endswith("*") else [*line.split(), ""]
        ratings = [None if cell == "M" else int(cell) for cell in cells[-5:]]
        found.append((" ".join(cells[:-5]), ratings, MARKS.get(mark)))
    return found


@pytest.mark.parametrize(("construct", "ratings", "mark"), rows())
def test_mark_is_the_published_one(construct: str, ratings: list[int | None], mark: str | None) -> None:
    assert separation(high=ratings[3:], low=ratings[:2]).mark == mark


def test_all_rows_of_the_table_are_there() -> None:
    marks = [mark for _, _, mark in rows()]
    assert (len(marks), marks.count("strong"), marks.count("weak")) == (25, 9, 2)


def test_value_is_the_gap_between_the_least_and_the_greatest() -> None:
    assert separation([1, 2], [-2, 0]) == Separation(1.0, "strong")
    assert separation([0, 1], [-1, -2]) == Separation(1.0, "weak")
    assert separation([1, 2], [1, -2]) == Separation(0.0, None)
    assert separation([0.3], [0.1]).value == 0.2


@pytest.mark.parametrize(("high", "low"), [([], [1]), ([1], []), ([None], [1]), ([], [])])
def test_one_side_alone_is_compared_with_nothing(high: list[int | None], low: list[int | None]) -> None:
    assert separation(high, low) == Separation(None, None)


@often
@given(RATINGS, RATINGS, st.integers(-2, 2) | st.none())
def test_another_place_never_parts_what_overlaps_and_order_is_irrelevant(
    high: list[int | None], low: list[int | None], other: int | None
) -> None:
    found, more = separation(high, low), separation([*high, other], low)
    if found.value is not None and more.value is not None:
        assert more.value <= found.value
    assert separation(high[::-1], low[::-1]) == found


@pytest.mark.parametrize(("name", "high", "low"), [("high", [float("nan")], [1]), ("low", [1], ["M"])])
def test_wrong_input_is_refused_by_name(name: str, high: list[float], low: list[float]) -> None:
    with pytest.raises(MethodError) as refusal:
        separation(high, low)
    assert refusal.value.name == name
