"""Rank bands of a country's municipalities under thousands of weightings, beside the peers that rank."""

from __future__ import annotations

import importlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.chart import Bar
from sadzonka.analysis.screening import BANDS, Weightings, as_bytes, screen, weightings, what_if

ROOT = Path(__file__).resolve().parent.parent
PLACES, COLUMNS, WEIGHTINGS = 2_477, 12, 4_096
RUNS, PEER_WEIGHTINGS, PEER_RUNS = 5, 40, 3
BUDGET_NS = {False: 40, True: 6}  # by whether it is compiled
BUDGET_WHAT_IF_MS = 5
SMAA_NS = 7_770  # R smaa 0.3-2 on two shared cores, autumn 2026
REFERENCE = 1 << 18
GROWTH = {
    "places": [(n, COLUMNS, WEIGHTINGS) for n in (2_477, 9_914, 99_140)],
    "weightings": [(PLACES, COLUMNS, s) for s in (1_024, 4_096, 16_384)],
    "columns": [(PLACES, k, WEIGHTINGS) for k in (3, 5, 12)],
    "places with intervals up to 0.3 wide": [(n, COLUMNS, WEIGHTINGS, 0.3) for n in (2_477, 9_914, 99_140)],
}
FIRST_CALL = """
import time
import numpy as np
from sadzonka.analysis.screening import screen, weightings
made, values = weightings(12, points=8), np.random.default_rng(1).random((100, 12))
screen(values, values, made, compiled=False)
start = time.process_time()
screen(values, values, made, compiled=True)
print(time.process_time() - start)
"""

Figures = NDArray[np.float64]


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## Rank bands of a screening",
        "",
        f"Work: {measured['work']}; a score is one place under one weighting.",
        f"CPU nanoseconds per score, warm medians, one thread; {measured['machine']}.",
        "",
        "| who | ns per score | times compiled | what comes back |",
        "|---|---|---|---|",
    ]
    compiled = measured["ours"][0]["ns"]
    for row in [*measured["ours"], *measured["peers"]]:
        if "skipped" in row:
            lines.append(f"| {row['name']} | – | – | {row['skipped']} |")
        else:
            lines.append(
                f"| {row['name']} | {row['ns']:,.2f} | {row['ns'] / compiled:,.2f} | {row['note']} |"
            )
    lines += ["", _beside(measured), "", *_accuracy_table(measured["accuracy"])]
    return "\n".join(lines)


def bars(measured: dict[str, Any]) -> list[Bar]:
    work, scores = "Rank bands, 2,477 x 12 x 4,096 weightings", PLACES * WEIGHTINGS
    ours = [row for row in measured["ours"] if row["name"].startswith("Sadzonka")]
    return [
        Bar(work, row["name"], row["ns"] * scores / 1e9, row in ours)
        for row in [*ours, *measured["peers"]]
        if "ns" in row
    ]


def measure() -> dict[str, Any]:
    """Measure ours and the peers on the same figures; CPU time, warm medians."""
    values, made = _figures(PLACES, COLUMNS), weightings(COLUMNS)
    found = screen(values, values, made)
    return {
        "work": (
            f"{PLACES:,} places x {COLUMNS} columns x {WEIGHTINGS:,} weightings, bands of "
            f"{', '.join(map(str, BANDS))}"
        ),
        "machine": (
            f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}, "
            f"Numba {metadata.version('numba')}"
        ),
        "ours": list(_ours(values, made)),
        "peers": [_smaa(), *(_measured(*peer, values, made) for peer in PEERS)],
        "what_if_ms": _median_cpu(lambda: what_if(found, made, 7, values[8], values[8]), 50) * 1e3,
        "rerun_ms": _median_cpu(lambda: screen(values, values, made), RUNS) * 1e3,
        "kilobytes": len(as_bytes(found, made)) / 1e3,
        "weightings_ms": _median_cpu(lambda: weightings(COLUMNS), RUNS) * 1e3,
        "first": {name: _first_call(folder) for name, folder in (("again", None), ("ever", "empty"))},
        "growth": {name: [_grown(*size) for size in sizes] for name, sizes in GROWTH.items()},
        "megabytes": {n: _peak_megabytes(n) for n in (PLACES, 99_140)},
        "accuracy": [_accuracy(columns) for columns in (5, 12)],
    }


def _figures(places: int, columns: int) -> Figures:
    return np.random.default_rng(20131127).random((places, columns))


def _widened(values: Figures, width: float) -> Figures:
    return np.minimum(values + width * np.random.default_rng(1).random(values.shape), 1)


def _ours(values: Figures, made: Weightings) -> list[dict[str, Any]]:
    rows = []
    for name, upper in (("points", values), ("intervals up to 0.3 wide", _widened(values, 0.3))):
        for is_compiled in (True, False):
            seconds = _median_cpu(partial(screen, values, upper, made, compiled=is_compiled), RUNS)
            budget = f"; budget {BUDGET_NS[is_compiled]}" if upper is values else ""
            how = "compiled" if is_compiled else "NumPy"
            note = "counts, errors, edges for a what-if, central weights and confidence"
            rows.append({"name": f"Sadzonka, {how}, {name}", "ns": _ns(seconds), "note": note + budget})
    limit = _median_cpu(_practical_limit(values, made), RUNS)
    note = "practical limit: the score, and two counters one higher; no band is found"
    return [*rows, {"name": "a bare loop, compiled", "ns": _ns(limit), "note": note}]


def _ns(seconds: float, places: int = PLACES, samples: int = WEIGHTINGS) -> float:
    return seconds / (places * samples) * 1e9


def _practical_limit(values: Figures, made: Weightings) -> Callable[[], object]:
    import numba

    @numba.njit(nogil=True)
    def bare(weights: Any, columns: Any, buckets: Any, counts: Any) -> None:
        sums = np.empty(columns.shape[1], np.float32)
        for s in range(len(weights)):
            sums[:] = 0
            for k in range(0, len(columns), 4):
                a, b, c, d = weights[s, k], weights[s, k + 1], weights[s, k + 2], weights[s, k + 3]
                for i in range(len(sums)):
                    sums[i] += (
                        a * columns[k, i]
                        + b * columns[k + 1, i]
                        + c * columns[k + 2, i]
                        + d * columns[k + 3, i]
                    )
            for i in range(len(sums)):
                bucket = np.int32(sums[i]) >> 12
                buckets[bucket] += 1
                counts[i, bucket & 7] += 1

    columns = np.ascontiguousarray(np.rint(values * 4095).astype(np.float32).T)
    room = np.zeros(4096, np.int32), np.zeros((len(values), 8), np.int32)
    return lambda: bare(made.grid.astype(np.float32), columns, *room)


def _smaa() -> dict[str, Any]:
    note = "R smaa 0.3-2, all ranks; quoted from two shared cores in autumn 2026: NOT MEASURED in this run"
    return {"name": "R smaa (quoted)", "ns": SMAA_NS, "note": note}


def _measured(
    name: str, module: str, rank: Callable[[Any, Figures, Figures], Any], values: Figures, made: Weightings
) -> dict[str, Any]:
    try:
        peer = importlib.import_module(module)
    except ImportError:
        return {"name": name, "skipped": f"{name} is not installed: NOT MEASURED"}
    weights = made.grid[: PEER_WEIGHTINGS * 100 : 100] / 4096
    weights = np.maximum(weights, 1e-9)  # some peers refuse a weight of 0

    def work() -> None:
        counts = np.zeros((len(BANDS), len(values)), dtype=np.int64)
        for row in weights:
            counts += rank(peer, values, row / row.sum()) <= np.array(BANDS)[:, np.newaxis]

    seconds = _median_cpu(work, PEER_RUNS)
    note = (
        f"weighted sums and ranks, then the same bands by NumPy; measured with {PEER_WEIGHTINGS} weightings"
    )
    return {
        "name": f"{name} {metadata.version(name)}",
        "ns": _ns(seconds, samples=PEER_WEIGHTINGS),
        "note": note,
    }


def _pymcdm(peer: Any, values: Figures, weights: Figures) -> Any:
    method = peer.WSM()
    return method.rank(method(values, weights, np.ones(len(weights))))


def _scikit_criteria(peer: Any, values: Figures, weights: Figures) -> Any:
    skcriteria = importlib.import_module("skcriteria")
    matrix = skcriteria.mkdm(values, [max] * len(weights), weights=weights)
    return peer.WeightedSumModel().evaluate(matrix).rank_


PEERS: tuple[tuple[str, str, Callable[[Any, Figures, Figures], Any]], ...] = (
    ("pymcdm", "pymcdm.methods", _pymcdm),
    ("scikit-criteria", "skcriteria.agg.simple", _scikit_criteria),
)


def _first_call(folder: str | None) -> float:
    """CPU seconds of the first compiled call of a process: loops loaded from disk, or compiled (`folder`)."""
    with tempfile.TemporaryDirectory() as empty:
        cache = {"NUMBA_CACHE_DIR": empty} if folder else {}
        environment = {**os.environ, **cache, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", FIRST_CALL]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout)


def _grown(places: int, columns: int, samples: int, width: float = 0) -> tuple[int, int, int, float]:
    values, made = _figures(places, columns), weightings(columns, points=samples // 8)
    seconds = _median_cpu(partial(screen, values, _widened(values, width), made, compiled=True), 3)
    return places, columns, samples, _ns(seconds, places, samples)


def _peak_megabytes(places: int) -> float:
    values, made = _figures(places, COLUMNS), weightings(COLUMNS)
    tracemalloc.start()
    screen(values, values, made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _accuracy(columns: int) -> dict[str, Any]:
    """Root mean square error of the shares, over bands and places that are ever in one, by sampling."""
    values = _figures(PLACES, columns)

    def shares(made: Weightings) -> Figures:
        return screen(values, values, made, compiled=True).shares[1]

    exact = shares(weightings(columns, points=REFERENCE // 8, seed=1))
    ever = exact > 0
    draw = np.random.default_rng(2)

    def error(made: Weightings) -> float:
        return float(np.sqrt(np.mean((shares(made) - exact)[ever] ** 2)))

    spread = [error(weightings(columns, seed=seed)) for seed in range(2, 6)]
    random = {
        times: [
            error(Weightings.of(draw.dirichlet(np.ones(columns), times * WEIGHTINGS))) for _repeat in range(4)
        ]
        for times in (1, 4)
    }
    return {
        "columns": columns,
        "spread": statistics.mean(spread),
        **{f"random_{times}": statistics.mean(errors) for times, errors in random.items()},
    }


def _accuracy_table(rows: list[dict[str, Any]]) -> list[str]:
    return [
        f"Root mean square error of the shares, over bands and places, against {REFERENCE:,} weightings:",
        "",
        f"| columns | {WEIGHTINGS:,} scrambled Sobol | {WEIGHTINGS:,} random | {4 * WEIGHTINGS:,} random |",
        "|---|---|---|---|",
        *(
            f"| {row['columns']} | {row['spread']:.5f} | {row['random_1']:.5f} | {row['random_4']:.5f} |"
            for row in rows
        ),
    ]


def _beside(measured: dict[str, Any]) -> str:
    growth = "; ".join(
        f"by {name}: " + ", ".join(f"{size[axis]:,}: {size[3]:.2f}" for size in sizes)
        for axis, (name, sizes) in zip((0, 2, 1, 0), measured["growth"].items(), strict=True)
    )
    memory = ", ".join(f"{n:,} places {size:.0f} MB" for n, size in measured["megabytes"].items())
    first = measured["first"]
    return (
        f"What-if of one changed place: {measured['what_if_ms']:.2f} ms (budget {BUDGET_WHAT_IF_MS}), equal "
        f"to a whole run of {measured['rerun_ms']:.0f} ms. First compiled call of a process: "
        f"{first['again']:.1f} s with the loops on disk, {first['ever']:.1f} s to compile them. Weightings "
        f"are made once in {measured['weightings_ms']:.0f} ms. Stored: {measured['kilobytes']:,.0f} kB. Peak "
        f"memory of a run: {memory}. Compiled ns per score, {growth}."
    )


def _median_cpu(work: Callable[[], object], runs: int) -> float:
    work()  # warm
    return statistics.median(_cpu(work) for _ in range(runs))


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
