"""Numba's kernels: the same bits as NumPy's, above all where values tie, and a clear word without Numba."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.analysis import WeightSet, ends_of, share_at_least
from tests.analysis.strategies import often, weight_sets

BILLION = 10**9
THRESHOLDS = (0.35, 0.55, 0.75)

on_threshold = st.sampled_from([350_000_000, 550_000_000, 750_000_000])
near = st.tuples(on_threshold, st.integers(-2, 2)).map(sum)
values = st.integers(0, BILLION) | on_threshold | near | st.sampled_from([0, BILLION])


def same_bits(*arrays: np.ndarray) -> bool:
    return len({(array.dtype, array.shape, array.tobytes()) for array in arrays}) == 1


@often
@given(st.integers(1, 12), st.data())
def test_shares_have_the_same_bits(size: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(values, min_size=size, max_size=size), min_size=1, max_size=5))
    y = np.array(rows) / BILLION
    cuts = [*THRESHOLDS, y[0, 0], 0.0, 1.0]
    assert same_bits(share_at_least(y, cuts), share_at_least(y, cuts, compiled=True))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 8, 12])
def test_shares_of_random_rows_have_the_same_bits(size: int) -> None:
    y = np.random.default_rng(size).random((8192 + 200, size))
    assert same_bits(share_at_least(y, THRESHOLDS), share_at_least(y, THRESHOLDS, compiled=True))


def test_ten_thousand_equal_rows_have_the_same_bits() -> None:
    y = np.tile([0.55, 0.55, 0.2, 0.9, 0.55], (10_000, 1))
    plain, compiled = share_at_least(y, THRESHOLDS), share_at_least(y, THRESHOLDS, compiled=True)
    assert same_bits(plain, compiled)
    assert len(np.unique(compiled, axis=0)) == 1


@pytest.mark.parametrize("level", [0.349999999, 0.35, 0.350000001, 0.55, 0.75])
def test_rows_on_and_beside_a_threshold_have_the_same_bits(level: float) -> None:
    y = np.full((300, 5), level)
    expected = [[float(level >= cut) for cut in THRESHOLDS]] * 300
    assert share_at_least(y, THRESHOLDS, compiled=True).tolist() == expected
    assert share_at_least(y, THRESHOLDS).tolist() == expected


@often
@given(st.data(), weight_sets())
def test_ends_have_the_same_bits_in_every_way(data: st.DataObject, weights: WeightSet) -> None:
    rows = st.lists(values, min_size=5, max_size=5)
    pairs = np.array(data.draw(st.lists(st.tuples(rows, rows), min_size=1, max_size=6)))
    dimensions = np.sort(pairs, axis=1).transpose(1, 2, 0) / BILLION
    floors = tuple(data.draw(st.lists(values, min_size=5, max_size=5)))
    rules = THRESHOLDS, tuple(floor / BILLION for floor in floors), weights
    plain = ends_of(dimensions, *rules)
    for how in ({"compiled": True}, {"threads": 3}, {"compiled": True, "threads": 3}):
        other = ends_of(dimensions, *rules, **how)
        assert same_bits(plain.score, other.score)
        assert same_bits(plain.shares, other.shares)
        assert same_bits(plain.class_interval, other.class_interval)
        assert same_bits(plain.is_capped, other.is_capped)


WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None  # as if it were not installed
from sadzonka.analysis import MethodError, share_at_least
print(share_at_least([0.9, 0.3, 0.4], [0.5]).round(9).tolist())
try:
    share_at_least([0.5], [0.5], compiled=True)
except MethodError as error:
    print(error)
"""


def test_without_numba_all_works_but_what_is_asked_to_be_compiled() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_NUMBA], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "[0.533333333]",
        "compiled: Numba is not installed (pip install numba)",
    ]


def test_numba_is_loaded_only_when_asked_for() -> None:
    code = "import sys, sadzonka.analysis; print(sorted({'numba', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
