"""One practice over all places: the same numbers as place by place, with a meaning for each column."""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from django.conf import settings

from sadzonka.analysis import DIMENSIONS, Facts, State, analyse
from sadzonka.analysis.screening import BANDS
from sadzonka.transfer.screening.blocks import Block, OtherCode, meanings, screened
from tests.transfer.screening.made_up import PRACTICE, block, spread

NO_DJANGO = """
import sys
import sadzonka.transfer.screening.blocks, sadzonka.transfer.screening.cluster
import sadzonka.transfer.screening.parquet, sadzonka.transfer.screening.runs
print(sorted({name.partition(".")[0] for name in sys.modules} & {"django", "wagtail", "pyarrow", "scipy"}))
"""


def facts_of(made: Block, row: int) -> Facts:
    return Facts(
        states={key: State(float(column[row])) for key, column in made.states.items()},
        readings={
            key: (float(lower[row]), float(upper[row]))
            for key, (lower, upper) in made.readings.items()
            if not np.isnan(lower[row])
        },
    )


def test_every_row_says_what_the_analysis_of_its_place_says() -> None:
    made = block(1, 40, spread())
    columns = screened(made)
    gates = {"blocked": 0, "to_verify": 1, "open": 2}
    for row in range(40):
        found = analyse(PRACTICE, facts_of(made, row))
        expected = {
            "gate": gates[found.gate.word],
            "standing": found.standing,
            "completeness": np.float32(found.completeness),
            **{
                f"{name}_{end}": value
                for e, end in enumerate(("lower", "upper"))
                for name, value in (
                    ("class", found.class_interval[e]),
                    ("is_capped", found.is_capped[e]),
                    ("score", np.float32(found.score[e])),
                    ("share_at_least_possible", np.float32(found.shares[0][e])),
                    ("share_at_least_good", np.float32(found.shares[1][e])),
                    ("share_at_least_strong", np.float32(found.shares[2][e])),
                    *((k, np.float32(v[e])) for k, v in zip(DIMENSIONS, found.dimensions, strict=True)),
                )
            },
        }
        assert {name: columns[name][row] for name in expected} == expected
    assert set(columns["gate"].tolist()) == {0, 1, 2}


def test_every_column_has_its_meaning_and_its_type() -> None:
    columns = screened(block(1, 40, spread()))
    assert list(columns) == list(meanings())
    types = {name: str(column.dtype) for name, column in columns.items()}
    whole = {"gate", "standing", "class_lower", "class_upper"}
    flags = {name for name in types if name.startswith("is_")}
    assert {name for name, kind in types.items() if kind == "int8"} == whole
    assert {name for name, kind in types.items() if kind == "bool"} == flags
    assert {kind for name, kind in types.items() if name not in whole | flags} == {"float32"}
    assert {column.shape for column in columns.values()} == {(40,)}


def test_blocked_places_have_no_bands_and_compete_with_nobody() -> None:
    made = block(2, 40, spread())
    columns = screened(made)
    is_blocked = columns["gate"] == 0
    in_bands = [name for name in columns if name.startswith(("first_", "central_weight_"))]
    assert all(np.isnan(columns[name][is_blocked]).all() for name in in_bands)
    left = np.flatnonzero(~is_blocked)
    alone = replace(
        made,
        places=len(left),
        states={key: column[left] for key, column in made.states.items()},
        readings={key: (lower[left], upper[left]) for key, (lower, upper) in made.readings.items()},
    )
    for name, column in screened(alone).items():
        np.testing.assert_array_equal(column, columns[name][left], err_msg=name)


def test_of_places_that_are_points_and_all_different_one_is_first() -> None:
    made = block(3, 30, spread())
    draw = np.random.default_rng(3)
    readings = {one.key: draw.uniform(0, 5, 30) for one in PRACTICE.criteria}
    met = {one.key: np.ones(30) for one in PRACTICE.alternatives}
    points = replace(made, states=met, readings={key: (one, one) for key, one in readings.items()})
    columns = screened(points)
    for band in BANDS[:-1]:  # there are no 50 places
        assert columns[f"first_{band}_sure"].sum(dtype=float) == pytest.approx(band, abs=1e-5)
    assert columns["first_50_sure"].tolist() == [1.0] * 30
    np.testing.assert_array_equal(columns["first_1_sure"], columns["first_1_possible"])


def test_numba_gives_the_same_bits() -> None:
    pytest.importorskip("numba")
    plain, compiled = (screened(block(4, 50, spread(), is_compiled=way)) for way in (False, True))
    assert {name: column.tobytes() for name, column in compiled.items()} == {
        name: column.tobytes() for name, column in plain.items()
    }


def test_a_worker_with_other_code_refuses_the_work() -> None:
    made = replace(block(5, 4, spread()), made_with={"analysis": "other", "numpy": np.__version__})
    with pytest.raises(OtherCode, match="practice-05"):
        screened(made)


def test_a_block_travels_whole() -> None:
    made = block(6, 20, spread())
    arrived = screened(pickle.loads(pickle.dumps(made)))  # noqa: S301 - our own
    for name, column in screened(made).items():
        assert arrived[name].tobytes() == column.tobytes()


def test_a_worker_needs_neither_django_nor_what_only_the_coordinator_needs() -> None:
    told = subprocess.run(
        [sys.executable, "-c", NO_DJANGO],
        cwd=settings.ROOT_DIR,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
