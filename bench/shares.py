"""Exact shares and classes of a whole country beside the same question put to sampled weightings."""

from __future__ import annotations

import functools
import importlib
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np

from bench.chart import Bar
from bench.cold import NOT_INSTALLED, first_calls, has_numba
from sadzonka.analysis import DIMENSIONS, ends_of
from sadzonka.analysis.shares import Floats

MUNICIPALITIES = 2_477
PRACTICES = 200
THRESHOLDS = (0.35, 0.55, 0.75)
FLOORS = (0.0, 0.0, 0.2, 0.2, 0.0)
SAMPLED_WEIGHTINGS = 10_000  # what a sampled share is usually drawn from; its error is then about 0.005
RUNS = 7
PEER_PRACTICES = 2
BUDGET_SECONDS = 0.2
BUDGET_COMPILED = 0.03
FIRST_CALL = (
    "import numpy as np\n"
    "from sadzonka.analysis import ends_of\n"
    "def run(): ends_of(np.full((2, 5, 1), 0.5), (0.35, 0.55, 0.75), compiled=True)"
)


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## Exact shares and classes",
        "",
        f"Work: {measured['work']}. CPU seconds, warm medians; {measured['machine']}.",
        "",
        "| who | CPU seconds | times ours | how |",
        "|---|---|---|---|",
        f"| Sadzonka (exact, NumPy) | {measured['ours_seconds']:.3f} | 1 | budget {BUDGET_SECONDS} s |",
    ]
    if measured["compiled_seconds"] is None:
        lines.append(f"| Sadzonka (exact, Numba) | – | – | {NOT_INSTALLED} |")
    else:
        ratio = measured["compiled_seconds"] / measured["ours_seconds"]
        cells = f"{measured['compiled_seconds']:.3f} | {ratio:.2f}"
        lines.append(f"| Sadzonka (exact, Numba) | {cells} | the same bits; budget {BUDGET_COMPILED} s |")
    for peer in measured["peers"]:
        if "skipped" in peer:
            lines.append(f"| {peer['name']} | – | – | {peer['skipped']} |")
        else:
            name, cost = f"{peer['name']} {peer['version']}", f"{peer['seconds']:,.0f} | {peer['ratio']:,.0f}"
            lines.append(f"| {name} | {cost} | {peer['note']} |")
    growth = ", ".join(f"{count:,}: {seconds:.3f}" for count, seconds in measured["growth"])
    below = (
        f"One pair alone: {measured['one_pair_seconds'] * 1000:.2f} ms. By number of pairs: {growth}. "
        "Merely reading the values and writing as many numbers as the result has, the practical limit: "
        f"{measured['limit_seconds']:.3f} s."
    )
    if measured["cold"]:
        compiling, loading = measured["cold"]
        below += f" The first call by Numba: {compiling:.1f} s to compile, {loading:.2f} s from its cache."
    return "\n".join([*lines, "", below])


def bars(measured: dict[str, Any]) -> list[Bar]:
    work = "Exact shares and classes, 2,477 x 200"
    ours = {"Sadzonka (NumPy)": measured["ours_seconds"], "Sadzonka (Numba)": measured["compiled_seconds"]}
    peers = [Bar(work, peer["name"], peer["seconds"]) for peer in measured["peers"] if "seconds" in peer]
    return [*(Bar(work, who, cost, is_ours=True) for who, cost in ours.items() if cost), *peers]


def measure() -> dict[str, Any]:
    """Measure ours in full and the peers on a part of the same matrices; CPU seconds, warm medians."""
    dimensions = _dimension_values()
    pairs = dimensions.shape[2]
    ours = _median_cpu_seconds(lambda: _shares_and_classes(dimensions), RUNS)
    single = dimensions[:, :, :1]
    lower = dimensions[0].T.reshape(PRACTICES, MUNICIPALITIES, len(DIMENSIONS))
    return {
        "work": (
            f"{MUNICIPALITIES} municipalities x {PRACTICES} practices, {len(DIMENSIONS)} dimensions: "
            f"shares for {len(THRESHOLDS)} thresholds and the class, for both ends of the interval"
        ),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}",
        "budget_seconds": BUDGET_SECONDS,
        "ours_seconds": ours,
        "compiled_seconds": (
            _median_cpu_seconds(lambda: _shares_and_classes(dimensions, compiled=True), RUNS)
            if has_numba()
            else None
        ),
        "cold": first_calls(FIRST_CALL) if has_numba() else None,
        "growth": [
            (size, _median_cpu_seconds(functools.partial(_shares_and_classes, dimensions[:, :, :size]), RUNS))
            for size in (pairs // 16, pairs // 4, pairs)
        ],
        "limit_seconds": _median_cpu_seconds(lambda: _read_and_write(dimensions), RUNS),
        "one_pair_seconds": _median_cpu_seconds(lambda: _shares_and_classes(single), 200),
        "peers": [_measured(peer, lower, ours) for peer in _peers()],
    }


def _dimension_values() -> Floats:
    """Both ends of the five dimensions, one column per pair of practice and municipality: (2, 5, pairs)."""
    shape = 2, len(DIMENSIONS), PRACTICES * MUNICIPALITIES
    return np.sort(np.random.default_rng(20131127).random(shape).round(9), axis=0)


def _shares_and_classes(dimensions: Floats, **how: bool) -> None:
    ends_of(dimensions, THRESHOLDS, FLOORS, **how)


def _read_and_write(dimensions: Floats) -> None:
    dimensions.sum(axis=1)
    np.zeros((2, len(THRESHOLDS) + 1, dimensions.shape[2])).fill(1.0)


def _median_cpu_seconds(work: Callable[[], object], runs: int) -> float:
    work()  # warm
    return statistics.median(_cpu_seconds(work) for _ in range(runs))


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@dataclass(frozen=True)
class _Peer:
    name: str
    module: str
    weigh: Callable[[Any, Floats, Floats], object]
    weightings: int  # at once, of which the cost of one is taken
    counted: str


def _measured(peer: _Peer, lower: Floats, ours: float) -> dict[str, Any]:
    """Measure sampled weightings for a few practices and extrapolate to all of the work."""
    try:
        module = importlib.import_module(peer.module)
    except ImportError:
        return {"name": peer.name, "skipped": f"{peer.name} is not installed: NOT MEASURED"}
    weightings = np.random.default_rng(1).dirichlet(np.ones(len(DIMENSIONS)), peer.weightings)

    def some() -> None:
        for matrix in lower[:PEER_PRACTICES]:
            peer.weigh(module, matrix, weightings)

    per_weighting = _median_cpu_seconds(some, 3) / (PEER_PRACTICES * peer.weightings)
    whole = per_weighting * SAMPLED_WEIGHTINGS * PRACTICES * 2
    return {
        "name": peer.name,
        "version": metadata.version(peer.name),
        "seconds_per_practice_and_weighting": per_weighting,
        "seconds": whole,
        "ratio": whole / ours,
        "note": (
            f"extrapolated from {PEER_PRACTICES} practices and {peer.weightings} weightings to {PRACTICES} "
            f"practices, {SAMPLED_WEIGHTINGS:,} weightings and both ends; {peer.counted}"
        ),
    }


def _numpy(_: Any, matrix: Floats, weightings: Floats) -> None:
    weighted = matrix @ weightings.T
    for threshold in THRESHOLDS:
        np.mean(weighted >= threshold, axis=1)


def _pymcdm(_: Any, matrix: Floats, weightings: Floats) -> None:
    method = importlib.import_module("pymcdm.methods").WSM()
    for weighting in weightings:
        method(matrix, weighting, np.ones(len(weighting)))


def _scikit_criteria(peer: Any, matrix: Floats, weightings: Floats) -> None:
    method = importlib.import_module("skcriteria.agg.simple").WeightedSumModel()
    for weighting in weightings:
        method.evaluate(peer.mkdm(matrix, [max] * len(weighting), weights=weighting))


def _peers() -> tuple[_Peer, ...]:
    return (
        _Peer("numpy", "numpy", _numpy, 1_000, "shares by a plain matrix product"),
        _Peer("pymcdm", "pymcdm", _pymcdm, 10, "weighted sums only, no shares"),
        _Peer("scikit-criteria", "skcriteria", _scikit_criteria, 10, "weighted sums only, no shares"),
    )
