"""Line charts: gaps stay gaps, and nothing leads from one territory to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.places.atlas.charts import AIR, SIDE, Value, line_chart


def places(chart: object) -> list[tuple[float, float]]:
    return [(dot.x, dot.y) for dot in chart.dots]


def test_a_line_runs_through_consecutive_years() -> None:
    chart = line_chart([Value(2020, 10.0), Value(2021, 20.0), Value(2022, 15.0)])
    assert places(chart) == [(0, SIDE - AIR), (50, AIR), (100, 50)]
    assert chart.line == "M0 92L50 8L100 50"
    assert (chart.first, chart.last, chart.lowest.year, chart.highest.year) == (2020, 2022, 2020, 2021)
    assert (chart.gaps, chart.is_flat, chart.newest.value) == ((), False, 15.0)


def test_the_order_of_the_years_does_not_matter() -> None:
    values = [Value(2020, 10.0), Value(2021, 20.0), Value(2022, 15.0)]
    assert line_chart(reversed(values)) == line_chart(values)


@pytest.mark.parametrize("unknown", [[Value(2021, None)], []])
def test_a_year_without_a_figure_is_a_gap_and_never_zero(unknown: list[Value]) -> None:
    chart = line_chart(
        [Value(2019, 4.0), Value(2020, 5.0), *unknown, Value(2022, 6.0), Value(2023, 5.0), Value(2024, 7.0)]
    )
    assert chart.gaps == (2021,)
    assert [dot.value for dot in chart.dots] == [4.0, 5.0, 6.0, 5.0, 7.0]
    assert [piece.count("L") for piece in chart.line.split("M")[1:]] == [1, 2]
    assert chart.lowest.value == 4.0


def test_gaps_at_the_ends_keep_their_place() -> None:
    chart = line_chart([Value(2020, None), Value(2021, 5.0), Value(2022, 6.0), Value(2023, None)])
    assert (chart.first, chart.last, chart.gaps) == (2020, 2023, (2020, 2023))
    assert [dot.x for dot in chart.dots] == [33.3, 66.7]


def test_a_single_figure_is_a_point_in_the_middle() -> None:
    chart = line_chart([Value(2022, 0.0)])
    assert (places(chart), chart.line, chart.is_flat) == ([(50, 50)], "", True)


def test_a_flat_series_runs_through_the_middle() -> None:
    assert line_chart([Value(2020, 3.0), Value(2021, 3.0)]).line == "M0 50L100 50"


@pytest.mark.parametrize("values", [[], [Value(2020, None), Value(2021, None)]])
def test_there_is_no_chart_of_nothing(values: list[Value]) -> None:
    assert line_chart(values) is None


def test_no_line_leads_from_one_territory_to_another() -> None:
    chart = line_chart(
        [
            Value(2008, 9.0, is_other_territory=True),
            Value(2009, 8.0, is_other_territory=True),
            Value(2010, 4.0),
            Value(2011, 3.0),
        ],
        changes=[2010],
    )
    assert chart.line == "M0 8L33.3 22M66.7 78L100 92"
    assert chart.marks == (66.7,)


def test_changes_outside_the_series_are_not_marked() -> None:
    values = [Value(2010, 1.0), Value(2020, 2.0)]
    assert line_chart(values, changes=[1999, 2010, 2015, 2015, 2020, 2021]).marks == (50, 100)


def test_qualified_figures_are_told_apart() -> None:
    chart = line_chart([Value(2020, 1.0), Value(2021, 2.0, is_qualified=True)])
    assert [dot.is_qualified for dot in chart.dots] == [False, True]


SERIES = st.dictionaries(
    st.integers(1900, 2100), st.none() | st.floats(-1e12, 1e12, allow_nan=False), max_size=40
)


@given(SERIES)
def test_every_known_figure_is_drawn_inside_and_the_highest_stands_highest(
    series: dict[int, float | None],
) -> None:
    chart = line_chart(Value(year, value) for year, value in series.items())
    known = {year: value for year, value in series.items() if value is not None}
    if not known:
        assert chart is None
        return
    assert {dot.year: dot.value for dot in chart.dots} == known
    assert all(0 <= dot.x <= SIDE and AIR <= dot.y <= SIDE - AIR for dot in chart.dots)
    assert min(dot.y for dot in chart.dots) == chart.highest.y
    assert max(dot.y for dot in chart.dots) == chart.lowest.y
    assert set(chart.gaps) == set(range(chart.first, chart.last + 1)) - set(known)
