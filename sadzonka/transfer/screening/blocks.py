"""One practice over all its places: a pure function that a thread or a worker on another machine can run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sadzonka import analysis
from sadzonka.analysis import CLASSES, DIMENSIONS, SIMPLEX, Gate, Practice, WeightSet
from sadzonka.analysis.compiled.cache import hash_of_code
from sadzonka.analysis.screening import BANDS, Weightings, screen
from sadzonka.analysis.sweep import sweep

Floats: TypeAlias = NDArray[np.float64]
Columns: TypeAlias = dict[str, NDArray[Any]]

ENDS = ("lower", "upper")
SURE_AND_POSSIBLE = ("sure", "possible")
CENTRAL_BAND = 10  # what an invitation usually asks about
BLOCKED = int(2 * Gate.BLOCKED.value)


class OtherCode(Exception):
    """A worker computes with other code or another NumPy than who asked: its bits would not be the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One practice, and what is known about it in n places: all that its columns depend on.

    `states` and `readings` as `analysis.sweep` takes them. `made_with` is `environment()` where the block was
    made. `is_compiled` changes how long it takes, and no bit.
    """

    name: str
    practice: Practice
    places: int
    states: Mapping[str, Floats]
    readings: Mapping[str, tuple[Floats, Floats]]
    weightings: Weightings
    weights: WeightSet = SIMPLEX
    is_compiled: bool = False
    made_with: Mapping[str, str] | None = None


def screened(block: Block) -> Columns:
    """Return what a screening tells of each place, as columns (n,) by name, in the order of `meanings`.

    Blocked places compete with nobody and have no bands: NaN, like the central weights of a place that no
    weighting brings into the first ten. Raises `OtherCode` on a worker whose code differs.
    """
    if block.made_with is not None and block.made_with != environment():
        raise OtherCode(f"{block.name}: {block.made_with} was asked for, {environment()} is here")
    swept = sweep(
        block.practice,
        block.states,
        block.readings,
        block.weights,
        places=block.places,
        compiled=block.is_compiled,
    )
    lower, upper = swept.dimensions.transpose(0, 2, 1)
    found = screen(
        lower,
        upper,
        block.weightings,
        bands=BANDS,
        is_excluded=swept.gate == BLOCKED,
        central_band=CENTRAL_BAND,
        compiled=block.is_compiled,
    )
    columns: Columns = {"gate": swept.gate, "standing": swept.standing}
    columns["completeness"] = _single(swept.completeness)
    for e, end in enumerate(ENDS):
        columns[f"class_{end}"] = swept.class_interval[e]
        columns[f"is_capped_{end}"] = swept.is_capped[e]
        columns[f"score_{end}"] = _single(swept.score[e])
        for c, name in enumerate(CLASSES[1:]):
            columns[f"share_at_least_{name}_{end}"] = _single(swept.shares[e, c])
        for k, name in enumerate(DIMENSIONS):
            columns[f"{name}_{end}"] = _single(swept.dimensions[e, k])
    shares, errors, central = found.shares, found.errors, found.central_weights
    for s, how in enumerate(SURE_AND_POSSIBLE):
        for b, band in enumerate(BANDS):
            columns[f"first_{band}_{how}"] = _single(shares[s, b])
            columns[f"first_{band}_{how}_error"] = _single(errors[s, b])
        columns[f"is_first_{CENTRAL_BAND}_at_central_{how}"] = found.confidence[s]
    for k, name in enumerate(DIMENSIONS):
        columns[f"central_weight_{name}"] = _single(central[:, k])
    return {name: columns[name] for name in meanings()}


@cache
def meanings() -> dict[str, str]:
    """Return what each column says, by its name, in the order of the file."""
    return {**_meanings_by_itself(), **_meanings_among_others()}


def _meanings_by_itself() -> dict[str, str]:
    numbered = ", ".join(f"{number} {word}" for number, word in enumerate(CLASSES))
    by_end = {
        "class": f"class: {numbered}; {{}} end",
        "is_capped": "whether a dimension is under its floor; {} end",
        "score": "score at the mean weights, 0 to 1; {} end",
        **{
            f"share_at_least_{name}": f"share of weightings with a score of at least '{name}', not a "
            "probability; {} end"
            for name in CLASSES[1:]
        },
        **{name: f"dimension '{name}', 0 to 1; {{}} end" for name in DIMENSIONS},
    }
    return {
        "gate": "0 blocked, 1 to verify, 2 open",
        "standing": "0 open and robustly good, 1 possibly good, 2 upper class at least possible, 3 others, "
        "4 blocked",
        "completeness": "weight of the criteria about which something is known, 0 to 1; no part of the score",
        **{f"{name}_{end}": says.format(end) for name, says in by_end.items() for end in ENDS},
    }


def _meanings_among_others() -> dict[str, str]:
    found = {}
    for band in BANDS:
        for how in SURE_AND_POSSIBLE:
            found[f"first_{band}_{how}"] = (
                f"share of weightings under which it is among the first {band}, not a probability; {how}"
            )
            found[f"first_{band}_{how}_error"] = "standard error of that share by sampling"
    for name in DIMENSIONS:
        found[f"central_weight_{name}"] = (
            f"mean weight of '{name}' over the weightings under which it is possibly among the first "
            f"{CENTRAL_BAND}; undefined, not 0, where there are none"
        )
    for how in SURE_AND_POSSIBLE:
        found[f"is_first_{CENTRAL_BAND}_at_central_{how}"] = (
            f"whether it is among the first {CENTRAL_BAND} at its central weights; {how}"
        )
    return found


@cache
def environment() -> dict[str, str]:
    """Return what the bits of a result depend on beside the input: the analysis' code and NumPy."""
    return {"analysis": hash_of_code(Path(analysis.__file__).parent), "numpy": np.__version__}


def _single(column: Floats) -> NDArray[np.float32]:
    return np.where(np.isnan(column), np.nan, column).astype(np.float32)  # one NaN of the many there are
