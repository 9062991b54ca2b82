"""The places most like one among a continent's, beside the peers that compute such distances."""

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
from sadzonka.analysis import Scale, Space, nearest

PLACES, VARIABLES, K = 99_140, 30, 10
GAPS = 0.1  # share of figures that are missing
RUNS, PEER_RUNS = 51, 7
BUDGET_MS = 3
SIZES = (2_477, 9_914, 29_742, PLACES, 3 * PLACES)
PLACE = 7
OURS = f"the {K} nearest with both ends of the distance, exact; budget {BUDGET_MS} ms"

Figures = NDArray[np.float64]


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## The places most like one",
        "",
        f"Work: {measured['work']}. CPU milliseconds, warm medians; {measured['machine']}.",
        "",
        "| who | CPU ms | times ours | what comes back |",
        "|---|---|---|---|",
        f"| Sadzonka | {measured['ours_ms']:.2f} | 1 | {OURS} |",
    ]
    for peer in measured["peers"]:
        if "skipped" in peer:
            lines.append(f"| {peer['name']} | – | – | {peer['skipped']} |")
        else:
            times = peer["ms"] / measured["ours_ms"]
            lines.append(
                f"| {peer['name']} {peer['version']} | {peer['ms']:.1f} | {times:.0f} | {peer['note']} |"
            )
    growth = ", ".join(f"{n:,}: {ms:.2f} ms" for n, ms in measured["growth"])
    worst = ", ".join(f"{name} {ms:.1f} ms" for name, ms in measured["worst"])
    below = (
        f"By number of places: {growth}. Made ready once in {measured['build_ms']:.0f} ms "
        f"({measured['megabytes']:.0f} MB kept). At worst: {worst}."
    )
    return "\n".join([*lines, "", below])


def bars(measured: dict[str, Any]) -> list[Bar]:
    work = "The most alike among 99,140"
    peers = [Bar(work, peer["name"], peer["ms"] / 1e3) for peer in measured["peers"] if "ms" in peer]
    return [Bar(work, "Sadzonka (NumPy)", measured["ours_ms"] / 1e3, is_ours=True), *peers]


def measure() -> dict[str, Any]:
    """Measure ours and the peers on the same figures; CPU milliseconds, warm medians."""
    figures = _figures(PLACES)
    start = time.process_time()
    space = _space(figures)
    build_ms = (time.process_time() - start) * 1000
    arrays = (space.lower, space.upper, space.centres, space.half_widths, space.known_bits)
    return {
        "work": f"one place among {PLACES:,}, {VARIABLES} variables, {GAPS:.0%} of the figures missing",
        "machine": f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}",
        "ours_ms": _median_cpu_ms(lambda: nearest(space, PLACE, K), RUNS),
        "peers": [_measured(*peer, figures) for peer in PEERS],
        "growth": [(n, _of_so_many(n)) for n in SIZES],
        "worst": [
            ("all places equal", _of(np.full((PLACES, VARIABLES), 0.3), PEER_RUNS)),
            ("nothing known of any", _of(np.full((PLACES, VARIABLES), np.nan), PEER_RUNS)),
        ],
        "build_ms": build_ms,
        "megabytes": sum(array.nbytes for array in arrays) / 1e6,
    }


def _figures(places: int) -> Figures:
    """Figures by place and variable, the same in every run; NaN is a gap."""
    draw = np.random.default_rng(20131127)
    figures = draw.random((places, VARIABLES))
    figures[draw.random(figures.shape) < GAPS] = np.nan
    return figures


def _space(figures: Figures) -> Space:
    return Space.of([Scale(f"variable {j}", 0, 1) for j in range(figures.shape[1])], figures, figures)


def _of_so_many(places: int) -> float:
    return _of(_figures(places), RUNS)


def _of(figures: Figures, runs: int) -> float:
    space = _space(figures)
    return _median_cpu_ms(lambda: nearest(space, PLACE, K), runs)


def _median_cpu_ms(work: Callable[[], object], runs: int) -> float:
    work()  # warm
    return statistics.median(_cpu_ms(work) for _ in range(runs))


def _cpu_ms(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _measured(
    name: str,
    module: str,
    compare: Callable[[Any, Figures], tuple[Callable[[], object], str]],
    figures: Figures,
) -> dict[str, Any]:
    try:
        peer = importlib.import_module(module)
    except ImportError:
        return {"name": name, "skipped": f"{name} is not installed: NOT MEASURED"}
    work, note = compare(peer, figures)
    return {
        "name": name,
        "version": metadata.version(name),
        "ms": _median_cpu_ms(work, PEER_RUNS),
        "note": note,
    }


def _scikit_learn(peer: Any, figures: Figures) -> tuple[Callable[[], object], str]:
    def work() -> object:
        apart = peer.nan_euclidean_distances(figures[PLACE : PLACE + 1], figures)[0]
        return np.argpartition(apart, K)[:K]

    return work, (
        f"{K} places by nan_euclidean_distances and argpartition: gaps are filled with the mean of the known "
        "differences, so an unknown place can come first; one number, no interval"
    )


def _gower(peer: Any, figures: Figures) -> tuple[Callable[[], object], str]:
    def work() -> object:
        return peer.gower_topn(figures[PLACE : PLACE + 1], figures, n=K)

    apart = peer.gower_matrix(figures[PLACE : PLACE + 1], figures)[0]
    return work, (
        f"gower_topn; {int(np.isnan(apart).sum()):,} of {len(apart):,} distances are NaN, "
        f"ranges come from the data ({_agreement(peer)})"
    )


def _agreement(peer: Any) -> str:
    """Say how far ours are from the peer's distances where nothing is missing."""
    from sadzonka.analysis import distances

    whole = np.random.default_rng(1).random((5_000, VARIABLES))
    whole[0], whole[1] = 0.0, 1.0  # then its ranges are ours
    apart = np.abs(
        peer.gower_matrix(whole[PLACE : PLACE + 1], whole)[0] - distances(_space(whole), PLACE).upper
    )
    return f"without gaps and with equal ranges it differs from ours by at most {apart.max():.0e}"


PEERS: tuple[tuple[str, str, Callable[[Any, Figures], tuple[Callable[[], object], str]]], ...] = (
    ("scikit-learn", "sklearn.metrics.pairwise", _scikit_learn),
    ("gower", "gower", _gower),
)
