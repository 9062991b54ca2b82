"""All practices of a municipality against each other, beside the same question put to sampled weightings."""

from __future__ import annotations

import importlib
import platform
import statistics
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.chart import Bar
from bench.cold import NOT_INSTALLED, first_calls, has_numba
from sadzonka.analysis import expected_ranks, pairwise_shares

PRACTICES, DIMENSIONS = 500, 5
SAMPLED_WEIGHTINGS = 10_000
PART = 10  # weightings by which the peers are measured
RUNS = 15
SIZES = (125, 250, PRACTICES)
BUDGET_MS, BUDGET_COMPILED_MS = 20, 2
FIRST_CALL = (
    "from sadzonka.analysis import expected_ranks\n"
    "def run(): expected_ranks([[0.9, 0.1], [0.5, 0.3]], compiled=True)"
)

Floats = NDArray[np.float64]


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## Practices against each other",
        "",
        f"Work: {measured['work']}. CPU milliseconds, warm medians; {measured['machine']}.",
        "",
        "| who | CPU ms | times ours | how |",
        "|---|---|---|---|",
    ]
    for row in measured["rows"]:
        if "skipped" in row:
            lines.append(f"| {row['name']} | – | – | {row['skipped']} |")
        else:
            ratio = row["ms"] / measured["rows"][0]["ms"]
            lines.append(f"| {row['name']} | {row['ms']:,.1f} | {ratio:,.2f} | {row['note']} |")
    growth = ", ".join(f"{size}: {ms:.1f} ms" for size, ms in measured["growth"])
    below = (
        f"By number of practices (NumPy): {growth}. One subtraction per pair and dimension, the practical "
        f"limit: {measured['limit_ms']:.2f} ms."
    )
    if measured["cold"]:
        compiling, loading = measured["cold"]
        below += f" The first call by Numba: {compiling:.1f} s to compile, {loading:.2f} s from its cache."
    return "\n".join([*lines, "", below])


def bars(measured: dict[str, Any]) -> list[Bar]:
    return [
        Bar("Practices against each other", row["name"], row["ms"] / 1e3, row["name"].startswith("Sadzonka"))
        for row in measured["rows"]
        if "ms" in row
    ]


def measure() -> dict[str, Any]:
    """Measure shares of all pairs with the expected ranks, ours and the peers' on the same values."""
    y = _values(PRACTICES)
    ours = {
        "name": "Sadzonka (exact, NumPy)",
        "ms": _median_cpu_ms(lambda: _ranked(y), RUNS),
        "note": f"budget {BUDGET_MS} ms",
    }
    compiled = {"name": "Sadzonka (exact, Numba)", "note": f"the same bits; budget {BUDGET_COMPILED_MS} ms"}
    if has_numba():
        compiled |= {"ms": _median_cpu_ms(lambda: _ranked(y, compiled=True), RUNS)}
    else:
        compiled |= {"skipped": NOT_INSTALLED}
    return {
        "work": (
            f"{PRACTICES} x {PRACTICES} practices of one municipality, {DIMENSIONS} dimensions: shares of "
            "weightings for which one scores more than the other, and the expected ranks from them"
        ),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}",
        "rows": [ours, compiled, *(_measured(*peer, y) for peer in PEERS)],
        "growth": [(size, _median_cpu_ms(lambda size=size: _ranked(_values(size)), RUNS)) for size in SIZES],
        "limit_ms": _median_cpu_ms(lambda: _subtract(y), RUNS),
        "cold": first_calls(FIRST_CALL) if has_numba() else None,
    }


def _values(practices: int) -> Floats:
    return np.random.default_rng(20131127).random((practices, DIMENSIONS)).round(9)


def _ranked(y: Floats, **how: bool) -> None:
    expected_ranks(y, shares=pairwise_shares(y, **how), **how)


def _subtract(y: Floats) -> None:
    for column in y.T:
        np.subtract.outer(column, column)


def _median_cpu_ms(work: Callable[[], object], runs: int) -> float:
    work()  # warm
    return statistics.median(_cpu_ms(work) for _ in range(runs))


def _cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _measured(
    name: str, module: str, rank: Callable[[Any, Floats, Floats], None], y: Floats
) -> dict[str, Any]:
    try:
        peer = importlib.import_module(module)
    except ImportError:
        return {"name": name, "skipped": f"{name} is not installed: NOT MEASURED"}
    weightings = np.random.default_rng(1).dirichlet(np.ones(DIMENSIONS), PART)
    part = _median_cpu_ms(lambda: rank(peer, y, weightings), 3)
    return {
        "name": f"{name} {metadata.version(name)}",
        "ms": part * SAMPLED_WEIGHTINGS / PART,
        "note": (
            f"extrapolated from {PART} weightings to {SAMPLED_WEIGHTINGS:,}, whose error is then about "
            "0.005; every pair is compared under each"
        ),
    }


def _compare(scores: Floats, ahead: NDArray[np.int64]) -> None:
    ahead += scores[:, np.newaxis] > scores


def _numpy(_: Any, y: Floats, weightings: Floats) -> None:
    ahead = np.zeros((len(y), len(y)), np.int64)
    for scores in weightings @ y.T:
        _compare(scores, ahead)


def _pymcdm(_: Any, y: Floats, weightings: Floats) -> None:
    method = importlib.import_module("pymcdm.methods").WSM()
    ahead = np.zeros((len(y), len(y)), np.int64)
    for weighting in weightings:
        _compare(method(y, weighting, np.ones(len(weighting))), ahead)


def _scikit_criteria(peer: Any, y: Floats, weightings: Floats) -> None:
    method = importlib.import_module("skcriteria.agg.simple").WeightedSumModel()
    ahead = np.zeros((len(y), len(y)), np.int64)
    for weighting in weightings:
        found = method.evaluate(peer.mkdm(y, [max] * len(weighting), weights=weighting))
        _compare(-found.rank_.astype(np.float64), ahead)


PEERS = (
    ("numpy", "numpy", _numpy),
    ("pymcdm", "pymcdm", _pymcdm),
    ("scikit-criteria", "skcriteria", _scikit_criteria),
)
