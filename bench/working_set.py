"""How long the working set of the analysis takes: 99,140 municipalities x 12 indicators."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MUNICIPALITIES, INDICATORS, YEARS, MERGERS = 99_140, 12, 3, 300
DAY = dt.date(2026, 6, 1)
COLD_RUNS, WARM_RUNS = 5, 200
BUDGET_SECONDS = 2.0


def measure() -> dict[str, Any]:
    """Measure on a database of its own for each kind there is; seconds are medians."""
    with tempfile.TemporaryDirectory(prefix="sadzonka-bench-") as folder:
        databases = {
            "SQLite": f"sqlite:///{folder}/working_set.sqlite3",
            "PostgreSQL": os.environ.get("SADZONKA_BENCH_POSTGRES", ""),
        }
        rows = [_on(name, address) for name, address in databases.items()]
    return {"machine": f"{platform.machine()}, Python {platform.python_version()}", "rows": rows}


def report() -> str:
    """Return what was measured as a part of the report."""
    measured = measure()
    lines = [
        "## Working set of the analysis",
        "",
        (
            f"Work: {MUNICIPALITIES:,} municipalities x {INDICATORS} indicators, {MERGERS} of them after a "
            "merger, every tenth without its newest figure, so that two years are read; "
            f"budget {BUDGET_SECONDS:g} s cold, milliseconds from memory. Medians; {measured['machine']}."
        ),
        "",
        "| database | cold, seconds | of it CPU of the process | from memory, ms | MB kept |",
        "|---|---|---|---|---|",
    ]
    for row in measured["rows"]:
        if "skipped" in row:
            lines.append(f"| {row['database']} | – | – | – | {row['skipped']} |")
        else:
            cold = f"{row['cold_seconds']:.2f} | {row['cold_cpu_seconds']:.2f}"
            kept = f"{row['warm_milliseconds']:.2f} | {row['megabytes_kept']:.0f}"
            lines.append(f"| {row['database']} | {cold} | {kept} |")
    return "\n".join(lines)


def _on(name: str, address: str) -> dict[str, Any]:
    if not address:
        return {
            "database": name,
            "skipped": "SADZONKA_BENCH_POSTGRES names no empty database: NOT MEASURED",
        }
    finished = subprocess.run(
        [sys.executable, "-m", "bench.working_set"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "sadzonka.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        return {"database": name, "skipped": f"failed: {finished.stderr.strip()[-300:]} NOT MEASURED"}
    return {"database": name, **json.loads(finished.stdout.splitlines()[-1])}


def main() -> None:
    """Fill the database that DATABASE_URL names, measure there, and print one line of JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from sadzonka.places.models import Indicator, Municipality
    from sadzonka.places.series.working_set import forget_working_sets, working_set

    call_command("migrate", verbosity=0)
    if Municipality.objects.exists():
        sys.exit("The database is not empty: nothing was measured.")
    _fill()
    indicators = list(Indicator.objects.all())
    cold, cpu = [], []
    for _run in range(COLD_RUNS):
        forget_working_sets()
        start, start_cpu = time.perf_counter(), time.process_time()
        found = working_set(None, indicators, DAY)
        cold.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    warm = []
    for _run in range(WARM_RUNS):
        start = time.perf_counter()
        working_set(None, indicators, DAY)
        warm.append(time.perf_counter() - start)
    print(
        json.dumps(
            {
                "shape": list(found.lower.shape),
                "cold_seconds": statistics.median(cold),
                "cold_cpu_seconds": statistics.median(cpu),
                "warm_milliseconds": statistics.median(warm) * 1000,
                "megabytes_kept": sum(one.nbytes for one in (found.lower, found.upper, found.years)) / 1e6,
            }
        )
    )


def _fill() -> None:
    """Store a continent of invented municipalities; every tenth lacks its newest figures, 300 were merged."""
    from django.db import connection

    from sadzonka.places.models import (
        Country,
        County,
        Indicator,
        Municipality,
        Period,
        Region,
        Release,
        Succession,
    )

    country = Country.objects.create(code="XX", name={"en": "Bench"})
    county = County.objects.create(
        region=Region.objects.create(country=country, code="1", name="One"), code="1", name="One"
    )
    numbers = range(MUNICIPALITIES + MERGERS)
    places = Municipality.objects.bulk_create(
        [Municipality(country=country, code=f"{number:06}") for number in numbers], batch_size=5000
    )
    ends = [None if number < MUNICIPALITIES else dt.date(2024, 12, 31) for number in numbers]
    Period.objects.bulk_create(
        [
            Period(municipality=place, name=place.code, kind="local-unit", county=county, valid_to=end)
            for place, end in zip(places, ends, strict=True)
        ],
        batch_size=5000,
    )
    Succession.objects.bulk_create(
        Succession(predecessor=one, successor=places[number], happened_on=dt.date(2025, 1, 1), kind="merger")
        for number, one in enumerate(places[MUNICIPALITIES:])
    )
    for number in range(INDICATORS):
        words = {"en": f"Bench {number}"}
        indicator = Indicator.objects.create(
            key=f"bench-{number}", name=words, unit=words, definition=words, source="x", is_additive=True
        )
        for year in range(2026 - YEARS, 2026):
            release = Release.objects.create(
                key=f"bench-{number}-{year}",
                publisher="x",
                title="x",
                period=str(year),
                retrieved_on=dt.date(2026, 1, 1),
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO places_observation"
                    " (release_id, indicator_id, municipality_id, period, value, status)"
                    " SELECT %s, %s, id, %s, (id * 7919 + %s) / 10007.0, '' FROM places_municipality"
                    " WHERE %s < 2025 OR (id + %s) %% 10 > 0",
                    [release.pk, indicator.pk, year, number, year, number],
                )


if __name__ == "__main__":
    main()
