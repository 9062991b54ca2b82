"""`./run bench [part ...]`: measure, print, and write docs/benchmarks.md when everything was measured."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from bench import bands, imports, likeness, pages, pairwise, reversals, shares, sweep, working_set
from bench.chart import Bar, draw

DOCS = Path(__file__).resolve().parent.parent / "docs"
REPORT, CHART = DOCS / "benchmarks.md", DOCS / "benchmarks.svg"
# Every part of the analysis measures, reports, and gives bars for the chart.
ANALYSIS: dict[str, ModuleType] = {
    "shares": shares,
    "sweep": sweep,
    "pairwise": pairwise,
    "bands": bands,
    "likeness": likeness,
    "reversals": reversals,
}
SITE: dict[str, Callable[[], str]] = {
    "imports": imports.report,
    "places": working_set.report,
    "pages": pages.report,
}
GROUPS = {"analysis": tuple(ANALYSIS)}


def main(words: list[str]) -> int:
    """Measure the parts or groups of parts that `words` name, all without any."""
    known = (*SITE, *ANALYSIS)  # imports first: the peak memory of a child is at least its parent's
    unknown = [word for word in words if word not in (*known, *GROUPS)]
    if unknown:
        there_are = ", ".join((*GROUPS, *known))
        print(f"bench: no such part: {', '.join(unknown)}; there are: {there_are}", file=sys.stderr)
        return 2
    parts = [part for word in words or known for part in GROUPS.get(word, (word,))]
    texts, bars = [], []
    for name in parts:
        print(f"measuring {name} ...", file=sys.stderr)
        text, drawn = _measured(name)
        texts.append(text)
        bars += drawn
        print(text, end="\n\n", flush=True)
    if not words:
        REPORT.write_text("\n\n".join([_head(), *texts]) + "\n", encoding="utf-8")
        draw(bars, CHART)
    return 0


def _measured(name: str) -> tuple[str, list[Bar]]:
    if name in SITE:
        return SITE[name](), []
    part = ANALYSIS[name]
    measured = part.measure()
    return part.report(measured), part.bars(measured)


def _head() -> str:
    return (
        "# Benchmarks\n\n"
        f"Written by `./run bench` on {dt.datetime.now(tz=dt.UTC):%Y-%m-%d}; "
        f"{os.cpu_count()} shared cores, {platform.system()} {platform.machine()}. Read ratios before "
        "seconds: the machine is shared. Benchmarks report, they never fail; what must hold is in the "
        "tests.\n\n"
        "![Seconds for the same work, ours and the peers', by a logarithmic scale](benchmarks.svg)\n\n"
        "The chart: CPU seconds for the same work; green is ours. Peers are measured in the same run, those "
        "that only sample weightings on a part of the work and extrapolated, R `smaa` quoted."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
