"""Columns that practices share: values by NumPy and by Numba, and parts of them."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    Alternative,
    Clause,
    Column,
    Criterion,
    MethodError,
    Practice,
    StateColumn,
    Sweep,
    ValueFunction,
    sweep,
)
from tests.analysis.strategies import FALLING, IDENTITY, PEAKED, RISING, often

LONG = ValueFunction(((-0.15, 0), (0, 0.1), (0.25, 0.9), (0.35, 1)))  # R's smaa 0.3-2, tests/pvf.R
FUNCTIONS = [RISING, FALLING, PEAKED, LONG]
WAYS = [{}, {"compiled": True}, {"threads": 2}, {"compiled": True, "threads": 2}]

readings = st.floats(-1, 6) | st.integers(0, 5) | st.sampled_from([-0.15, 0.25, 0.35, -1e308, 1e308])


@often
@given(st.sampled_from(FUNCTIONS), st.data())
def test_values_have_the_same_bits_by_numba(function: ValueFunction, data: st.DataObject) -> None:
    intervals = st.tuples(readings, readings).map(sorted) | st.just([np.nan, np.nan])
    lower, upper = np.array(data.draw(st.lists(intervals, min_size=1, max_size=9)), np.float64).T
    for ends in ((lower, upper), (lower, lower)):
        plain, compiled = (Column("x", *ends).values(function, compiled=how) for how in (False, True))
        assert [end.tolist() for end in plain] == [end.tolist() for end in compiled]
        assert (plain[0] is plain[1]) == (compiled[0] is compiled[1])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_values_of_more_readings_than_a_block_holds_have_the_same_bits(function: ValueFunction) -> None:
    rng = np.random.default_rng(20131127)
    lower = rng.uniform(-1, 6, 1000)
    lower[rng.random(1000) < 0.1] = np.nan
    for width in (0, 2):
        column = Column("x", lower, lower + width)
        plain, compiled = column.part(slice(None)).values(function), column.values(function, compiled=True)
        assert [end.tobytes() for end in plain] == [end.tobytes() for end in compiled]


def test_parts_of_columns_give_the_rows_of_the_whole_in_every_way() -> None:
    rng = np.random.default_rng(20131127)
    places = 8192 + 131
    points = rng.random((len(DIMENSIONS), places))
    points[:3, rng.random(places) < 0.2] = np.nan
    columns = {
        key: Column(key, row, row + (key == "fit") / 8) for key, row in zip(DIMENSIONS, points, strict=True)
    }
    states = {"centre": StateColumn("centre", rng.integers(0, 3, places) / 2)}
    run = Clause("run", (Alternative("agreement"), Alternative("centre")))
    practice = Practice((run,), tuple(Criterion(key, key, 1, IDENTITY) for key in DIMENSIONS))
    whole = sweep(practice, states, columns)
    for rows in (slice(0, 1), slice(100, 331), slice(8100, places)):
        expected = {field.name: getattr(whole, field.name)[..., rows].tolist() for field in fields(Sweep)}
        some_states = {key: column.part(rows) for key, column in states.items()}
        some = {key: column.part(rows) for key, column in columns.items()}
        for how in WAYS:
            found = sweep(practice, some_states, some, **how)
            assert {field.name: getattr(found, field.name).tolist() for field in fields(Sweep)} == expected


def test_part_is_not_copied_and_keeps_its_own_values() -> None:
    column = Column("level", [1.0, np.nan, 2.0], [1.0, np.nan, 2.0])
    part = column.part(slice(0, 1))
    assert (len(part), part.is_complete, part.extent) == (1, True, (1.0, 2.0))
    assert part.lower is part.upper
    assert np.shares_memory(part.lower, column.lower)
    part.values(RISING)
    assert (len(part._values), len(column._values)) == (1, 0)


def test_a_reading_outside_the_limits_refuses_every_part() -> None:
    practice = Practice((), (Criterion("level", "need", 1, RISING, (0, 5)),))
    part = Column("level", [1, 6], [1, 6]).part(slice(0, 1))
    with pytest.raises(MethodError, match=r"level: readings 1.0 to 6.0 leave 0.0 to 5.0"):
        sweep(practice, {}, {"level": part})


def test_states_of_a_column_are_those_of_the_row() -> None:
    practice = Practice((Clause("run", (Alternative("centre"),)),), ())
    column = StateColumn("centre", [0, 0.5, 1])
    assert sweep(practice, {"centre": column}, {}).gate.tolist() == [0, 1, 2]
    assert sweep(practice, {"centre": column.part(slice(2, 3))}, {}).gate.tolist() == [2]


def test_what_are_no_states_is_refused_by_name() -> None:
    with pytest.raises(MethodError, match=r"centre: a row of states 0, 0.5 and 1 is needed"):
        StateColumn("centre", [0, 2])
