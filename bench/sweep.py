"""All places of a continent through hundreds of practices, from readings in units to shares and classes."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.chart import Bar
from bench.cold import NOT_INSTALLED, first_calls, has_numba
from sadzonka.analysis import (
    DIMENSIONS,
    Alternative,
    Clause,
    Column,
    Criterion,
    Practice,
    StateColumn,
    ValueFunction,
    sweep,
)
from sadzonka.analysis.ends import in_parts

PLACES, PRACTICES, CRITERIA = 99_140, 500, 10
INDICATORS, FUNCTIONS = 60, 4
GAPS = 0.1  # share of readings that are missing
CORES = 2
BUDGETS = {"NumPy, one core": 15.0, "Numba, two threads": 2.5}
FIRST_CALL = (
    "from bench.sweep import Size, Work\n"
    "work = Work(Size(1_000, 1))\n"
    "def run(): work.analyse(slice(0, 1_000), compiled=True)"
)
LIMIT = (
    "The practical limit, {:.2f} s CPU, is one multiplication and one addition per criterion, end and place, "
    "in NumPy, on values that are there already. Budgets are for the clock of a quiet machine. CPU "
    "nanoseconds per place and practice as the work grows (NumPy):"
)


class Size(NamedTuple):
    places: int = PLACES
    practices: int = PRACTICES
    criteria: int = CRITERIA


WHOLE = Size()
GROWTH = {
    "places": [Size(places, 50) for places in (2_477, 29_742, PLACES)],
    "practices": [Size(29_742, practices) for practices in (25, 100, 400)],
    "criteria": [Size(29_742, 50, criteria) for criteria in (5, 10, 20)],
}


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## Many places at once",
        "",
        f"Work: {measured['work']}; {measured['machine']}.",
        "",
        "| who | CPU seconds | on the clock | budget | memory, MB | before | share of the practical limit |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in measured["rows"]:
        if "skipped" in row:
            lines.append(f"| {row['name']} | – | – | {row['budget']} s | – | – | {row['skipped']} |")
        else:
            lines.append(
                f"| {row['name']} | {row['cpu']:.2f} | {row['clock']:.2f} | {row['budget']} s "
                f"| {row['megabytes']:.0f} | {row['before']:.0f} | {measured['limit'] / row['cpu']:.0%} |"
            )
    below = [
        "",
        LIMIT.format(measured["limit"]),
        "",
        *(f"- {what}: {', '.join(cells)}" for what, cells in measured["growth"].items()),
    ]
    if measured["cold"]:
        compiling, loading = measured["cold"]
        below += [
            "",
            f"The first call by Numba: {compiling:.1f} s to compile, {loading:.2f} s from its cache.",
        ]
    return "\n".join([*lines, *below])


def bars(measured: dict[str, Any]) -> list[Bar]:
    return [
        Bar("A continent through 500 practices", f"Sadzonka ({row['name']})", row["cpu"], is_ours=True)
        for row in measured["rows"]
        if "cpu" in row
    ]


def measure() -> dict[str, Any]:
    """Measure each way in a process of its own, so that memory is its own, with everything warm."""
    numpy_one, numba_two = BUDGETS
    rows = [{"name": numpy_one, "budget": BUDGETS[numpy_one], **_apart(WHOLE)}]
    if has_numba():
        one = {"name": "Numba, one core", "budget": "–", **_apart(WHOLE, compiled=True)}
        two = _apart(WHOLE, compiled=True, threads=CORES)
        rows += [one, {"name": numba_two, "budget": BUDGETS[numba_two], **two}]
    else:
        rows.append({"name": numba_two, "budget": BUDGETS[numba_two], "skipped": NOT_INSTALLED})
    return {
        "work": (
            f"{PLACES:,} places x {PRACTICES} practices, {CRITERIA} criteria each over {INDICATORS} columns "
            f"({GAPS:.0%} missing, a quarter intervals), {FUNCTIONS} value functions, 2 conditions; both "
            "ends, 3 thresholds; NumPy one practice after the other, Numba in tiles of 8,192 places, each "
            "through all practices"
        ),
        "machine": f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}",
        "rows": rows,
        "limit": _limit(),
        "growth": {what: [_cell(what, size) for size in sizes] for what, sizes in GROWTH.items()},
        "cold": first_calls(FIRST_CALL) if has_numba() else None,
    }


class Work:
    """Practices with the columns that their criteria read, and states; the same in every run."""

    def __init__(self, size: Size) -> None:
        draw = np.random.default_rng(20131127)
        self.columns = []
        for i in range(INDICATORS):
            readings = draw.random(size.places) * 100
            readings[draw.random(size.places) < GAPS] = np.nan
            self.columns.append(Column(f"column {i}", readings, readings if i % 4 else readings + 5))
        functions = [
            ValueFunction(((5, 0.1), (40 + i, 1), (60 + i, 1), (90, 0.2)))
            if i % 2
            else ValueFunction(((10, 0), (40 + i, 0.3), (90, 1)))
            for i in range(FUNCTIONS)
        ]
        clauses = (
            Clause("run", (Alternative("agreement"), Alternative("centre"))),
            Clause("pay", (Alternative("grant"),)),
        )
        self.practices = []
        for _ in range(size.practices):
            chosen = draw.choice(INDICATORS, size.criteria, replace=False)
            shapes = draw.integers(0, FUNCTIONS, size.criteria)
            asked = tuple(
                Criterion(
                    f"criterion {j}",
                    DIMENSIONS[j % len(DIMENSIONS)],
                    len(DIMENSIONS) / size.criteria,
                    functions[shapes[j]],
                )
                for j in range(size.criteria)
            )
            practice = Practice(clauses, asked, floors=(("need", 0.2),))
            self.practices.append((practice, dict(zip((one.key for one in asked), chosen, strict=True))))
        self.states = {
            key: StateColumn(key, draw.integers(0, 3, size.places) / 2)
            for key in ("agreement", "centre", "grant")
        }

    def analyse(self, rows: slice, *, compiled: bool = False) -> None:
        """Take one tile of the places through all practices."""
        states = {key: column.part(rows) for key, column in self.states.items()}
        columns = [column.part(rows) for column in self.columns]
        found = None
        for practice, reads in self.practices:
            readings = {key: columns[i] for key, i in reads.items()}
            found = sweep(practice, states, readings, into=found, compiled=compiled)


def _swept(size: Size, *, compiled: bool = False, threads: int = 1) -> dict[str, float]:
    """CPU seconds, seconds and memory of one run from readings to results, after a small one to warm up."""
    Work(Size(1_000, 2, size.criteria)).analyse(slice(0, 1_000), compiled=compiled)
    before = _megabytes()
    work = Work(size)
    cpu, clock = time.process_time(), time.perf_counter()
    if compiled:
        in_parts(size.places, lambda rows: work.analyse(rows, compiled=True), threads)
    else:
        work.analyse(slice(0, size.places))  # in tiles, NumPy would ask the system for its scratch each time
    return {
        "cpu": time.process_time() - cpu,
        "clock": time.perf_counter() - clock,
        "megabytes": _megabytes(),
        "before": before,
    }


def _megabytes() -> float:
    """Return the most memory this process has held; `getrusage` would begin with that of its parent."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3


def _apart(size: Size, **how: Any) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.sweep", json.dumps([size, how])]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603 - this file
    return dict(json.loads(done.stdout))


def _cell(what: str, size: Size) -> str:
    cpu = _apart(size)["cpu"] / size.places / size.practices
    return f"{getattr(size, what):,}: {cpu * 1e9:.0f}"


def _limit() -> float:
    values, sums = np.full(PLACES, 1, np.int32), np.zeros(PLACES)

    def add() -> None:
        for start in range(0, PLACES, 8192):
            part = slice(start, start + 8192)
            for _ in range(2 * CRITERIA):
                sums[part] += values[part] * 0.5

    return _cpu_seconds(add, 10) * PRACTICES


def _cpu_seconds(run: Callable[[], object], times: int) -> float:
    run()  # warm
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asked_size, asked_how = json.loads(sys.argv[1])
        print(json.dumps(_swept(Size(*asked_size), **asked_how)))
    else:
        print(report(measure()))
