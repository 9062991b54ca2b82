"""Measure the import of official files: the whole command, in a process of its own, on an empty SQLite."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TERC = "pl/TERC_2024-01-01.csv"
WORK = {
    "BDL, 4,434 rows x 22 years": ("pl/bdl/RYNE_1944_CTAB_20250616184618.csv.gz", 3, 200),
    "LAU, 99,140 local units": ("eu/lau_2019_nuts2016_degurba.parquet", 20, None),
}
TIMES = 3


def report() -> str:
    measured = measure()
    if "skipped" in measured:
        return f"## Import of official files\n\n{measured['skipped']}; NOT MEASURED"
    lines = [
        "## Import of official files",
        "",
        "The whole command `import-statistics`, start of the process included, on SQLite; medians of three.",
        "",
        "| work | seconds | budget | CPU seconds | peak MB | budget |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['work']} | {row['seconds']:.1f} | {row['budget_seconds'] or '–'} | {row['cpu_seconds']:.1f} "
        f"| {row['megabytes']:.0f} | {row['budget_megabytes'] or '–'} |"
        for row in measured["rows"]
    ]
    return "\n".join(lines)


def measure() -> dict[str, Any]:
    """Return seconds, CPU seconds and peak memory of each import; skipped without the files."""
    data = os.environ.get("SADZONKA_DATA")
    if not data:
        return {"skipped": "SADZONKA_DATA does not name the folder with the official files"}
    with tempfile.TemporaryDirectory() as folder:
        return {"rows": list(_rows(Path(data), Path(folder)))}


def _rows(data: Path, folder: Path) -> list[dict[str, Any]]:
    template = folder / "template.sqlite3"
    _ran(template, folder, "migrate", "-v0")
    _ran(template, folder, "import-statistics", str(data / TERC))
    rows = []
    for name, (file, seconds, megabytes) in WORK.items():
        runs = []
        for _time in range(TIMES):
            database = folder / "work.sqlite3"
            shutil.copy(template, database)
            runs.append(_ran(database, folder, "import-statistics", str(data / file)))
        rows.append(
            {
                "work": name,
                **{
                    kind: median(run[kind] for run in runs)
                    for kind in ("seconds", "cpu_seconds", "megabytes")
                },
                "budget_seconds": seconds,
                "budget_megabytes": megabytes,
            }
        )
    start = _medians([_ran(template, folder, "help", "import-statistics") for _time in range(TIMES)])
    nothing = {"budget_seconds": None, "budget_megabytes": None}
    rows.append({"work": "the start of the process alone", **start, **nothing})
    return rows


def _medians(runs: list[dict[str, float]]) -> dict[str, float]:
    return {kind: median(run[kind] for run in runs) for kind in runs[0]}


def _ran(database: Path, folder: Path, *words: str) -> dict[str, float]:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "SADZONKA_VAR": str(folder)}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} ended with {process.returncode}")
    return {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
    }
