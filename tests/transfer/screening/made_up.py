"""Practices made up by numbers, over as many places as a test wants, without a database."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path

import numpy as np

from sadzonka.analysis import (
    DIMENSIONS,
    LEVELS,
    Alternative,
    Clause,
    Criterion,
    Practice,
    ValueFunction,
    practice_record,
)
from sadzonka.analysis.screening import Weightings, weightings
from sadzonka.transfer.screening.blocks import Block, environment
from sadzonka.transfer.screening.runs import Run, Work, weightings_file

LEVEL = ValueFunction(((0, 0), (5, 1)))
PRACTICE = Practice(
    clauses=(
        Clause("who", (Alternative("agreement"), Alternative("own-centre"))),
        Clause("money", (Alternative("budget"),)),
    ),
    criteria=(
        Criterion("unemployed", "need", 0.6, ValueFunction(((2, 0), (12, 1)))),
        Criterion("older", "need", 0.4, ValueFunction(((10, 0), (20, 1), (35, 0.5)))),
        *(Criterion(name, name, 1, LEVEL, limits=LEVELS) for name in DIMENSIONS[1:]),
    ),
    floors=(("feasibility", 0.2),),
)


def spread(points: int = 16, seed: int = 7) -> Weightings:
    return weightings(5, points=points, seed=seed)


def block(number: int, places: int, over: Weightings, *, is_compiled: bool = False) -> Block:
    """Make a block whose facts are drawn from its number: points, intervals and gaps."""
    draw = np.random.default_rng(number)
    states = {
        one.key: draw.choice([0.0, 0.5, 1.0], places, p=[0.1, 0.5, 0.4]) for one in PRACTICE.alternatives
    }
    readings = {}
    for one in PRACTICE.criteria:
        lowest, highest = (0.0, 5.0) if one.limits else (0.0, 40.0)
        lower = draw.integers(lowest, highest, places).astype(np.float64)
        upper = np.minimum(lower + draw.integers(0, 3, places), highest)
        lower[draw.random(places) < 0.2] = np.nan
        readings[one.key] = lower, np.where(np.isnan(lower), np.nan, upper)
    return Block(
        name=name_of(number),
        practice=PRACTICE,
        places=places,
        states=states,
        readings=readings,
        weightings=over,
        is_compiled=is_compiled,
        made_with=environment(),
    )


def name_of(number: int) -> str:
    return f"practice-{number:02}"


def run(
    blocks: int = 5, places: int = 60, *, day: str = "2026-11-23", points: int = 16, is_compiled: bool = False
) -> Run:
    """Plan a run of so many blocks over so many places."""
    over = spread(points)
    return Run(
        provenance={
            "day": day,
            "practices": {name_of(number): practice_record(PRACTICE) for number in range(blocks)},
            "weightings": {"seed": 7, "sha256": hashlib.sha256(weightings_file(over)).hexdigest()},
        },
        weightings=over,
        places={
            "country": np.array(["PL"] * places),
            "code": np.array([f"{number:06}" for number in range(places)]),
        },
        works=[
            Work(name_of(number), partial(block, number, places, over, is_compiled=is_compiled))
            for number in range(blocks)
        ],
    )


def files_in(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}
