"""Exact shares and classes of a whole country beside the same question put to sampled weightings."""

from __future__ import annotations

import importlib
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import numpy as np

from sadzonka.analysis import DIMENSIONS, SIMPLEX, classes, scores, share_at_least, under_floor
from sadzonka.analysis.shares import Floats

MUNICIPALITIES = 2_477
PRACTICES = 200
THRESHOLDS = (0.35, 0.55, 0.75)
FLOORS = (0.0, 0.0, 0.2, 0.2, 0.0)
SAMPLED_WEIGHTINGS = 10_000  # what a sampled share is usually drawn from; its error is then about 0.005
RUNS = 7
PEER_PRACTICES = 2
BUDGET_SECONDS = 0.2


def measure() -> dict[str, Any]:
    """Measure ours in full and the peers on a part of the same matrices; CPU seconds, warm medians."""
    lower, upper = _dimension_values()
    ours = _median_cpu_seconds(lambda: _shares_and_classes(lower, upper), RUNS)
    single = lower[0, :1]
    return {
        "work": (
            f"{MUNICIPALITIES} municipalities x {PRACTICES} practices, {len(DIMENSIONS)} dimensions: "
            f"shares for {len(THRESHOLDS)} thresholds and the class, for both ends of the interval"
        ),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}",
        "budget_seconds": BUDGET_SECONDS,
        "ours_seconds": ours,
        "one_pair_seconds": _median_cpu_seconds(lambda: _shares_and_classes(single, single), 200),
        "peers": [_measured(peer, lower, ours) for peer in _peers()],
    }


def _dimension_values() -> tuple[Floats, Floats]:
    """Lower and upper ends, practices x municipalities x 5, the same in every run."""
    ends = np.random.default_rng(20131127).random((2, PRACTICES, MUNICIPALITIES, len(DIMENSIONS))).round(9)
    return ends.min(axis=0), ends.max(axis=0)


def _shares_and_classes(*ends: Floats) -> None:
    for end in ends:
        share_at_least(end, THRESHOLDS)
        classes(scores(end, SIMPLEX.centroid), THRESHOLDS, under_floor(end, FLOORS))


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


def _report(measured: dict[str, Any]) -> str:
    lines = [
        measured["work"],
        measured["machine"],
        f"ours: {measured['ours_seconds']:.3f} s CPU (budget {measured['budget_seconds']} s)",
        f"one pair alone: {measured['one_pair_seconds'] * 1000:.2f} ms",
    ]
    for peer in measured["peers"]:
        if "skipped" in peer:
            lines.append(peer["skipped"])
            continue
        milliseconds = peer["seconds_per_practice_and_weighting"] * 1000
        lines.append(
            f"{peer['name']} {peer['version']}: {milliseconds:.3f} ms per practice and weighting, "
            f"{peer['seconds']:,.0f} s for all ({peer['ratio']:,.0f} times ours; {peer['note']})"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(_report(measure()))
