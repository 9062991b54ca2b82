"""`./run bench [part ...]`: measure, print, and write docs/benchmarks.md when everything was measured."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import analysis_shares, imports, likeness, pages, working_set

REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
WEB_PEERS = (
    "Peers on the web, quoted and not measured here (two shared cores, autumn 2026), CPU ms per request: "
    "pretalx event page 20, Wagtail mini site 9, pretix 50, Indico 45-160."
)


def shares() -> str:
    measured = analysis_shares.measure()
    lines = [
        "## Exact shares and classes",
        "",
        f"Work: {measured['work']}. CPU seconds, warm medians; {measured['machine']}.",
        "",
        "| who | CPU seconds | times ours | how |",
        "|---|---|---|---|",
        f"| Sadzonka (exact) | {measured['ours_seconds']:.3f} | 1 | budget {measured['budget_seconds']} s |",
    ]
    for peer in measured["peers"]:
        if "skipped" in peer:
            lines.append(f"| {peer['name']} | – | – | {peer['skipped']} |")
        else:
            name, cost = f"{peer['name']} {peer['version']}", f"{peer['seconds']:,.0f} | {peer['ratio']:,.0f}"
            lines.append(f"| {name} | {cost} | {peer['note']} |")
    lines += ["", f"One pair alone: {measured['one_pair_seconds'] * 1000:.2f} ms."]
    return "\n".join(lines)


def uncached_pages() -> str:
    measured = pages.measure()
    if "skipped" in measured:
        return f"## Uncached pages\n\n{measured['skipped']}"
    lines = [
        "## Uncached pages",
        "",
        f"CPU milliseconds per request (warm median) and queries, SQLite; {measured['machine']}.",
        "",
        "| page | CPU ms | budget | queries | budget | kB |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['page']} | {row['cpu_ms']:.1f} | {row['budget_ms']} "
        f"| {row['queries']} | {row['budget_queries']} | {row['kilobytes']:.0f} |"
        for row in measured["rows"]
    ]
    paper = measured["paper"]
    on_paper = (
        f"Attendance list of 30 as PDF/UA: {paper['seconds']:.3f} s (budget 0.1), the first one "
        f"{paper['first_seconds']:.2f} s; {paper['kilobytes']:.0f} kB. "
        "Quoted, not measured here: WeasyPrint 0.13 s, and 1.7 s to import."
    )
    return "\n".join([*lines, "", on_paper, "", WEB_PEERS])


PARTS: dict[str, Callable[[], str]] = {
    "shares": shares,
    "likeness": likeness.report,
    "pages": uncached_pages,
    "imports": imports.report,
    "places": working_set.report,
}


def main(words: list[str]) -> int:
    unknown = [word for word in words if word not in PARTS]
    if unknown:
        print(f"bench: no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    parts = []
    for name in words or PARTS:
        print(f"measuring {name} ...", file=sys.stderr)
        parts.append(PARTS[name]())
    report = "\n\n".join(parts)
    print(report)
    if not words:
        REPORT.write_text(f"{_head()}\n\n{report}\n", encoding="utf-8")
    return 0


def _head() -> str:
    machine: dict[str, Any] = {
        "cores": os.cpu_count(),
        "system": platform.system(),
        "arch": platform.machine(),
    }
    return (
        "# Benchmarks\n\n"
        f"Written by `./run bench` on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}; "
        f"{machine['cores']} shared cores, "
        f"{machine['system']} {machine['arch']}. Read ratios before seconds: the machine is shared. "
        "Benchmarks report, they never fail; what must hold is in the tests."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
