"""The chart of docs/benchmarks.md: ours and the peers beside one another, by a logarithmic scale."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

WHOLE_SECONDS = 100  # from here on no fraction is told


class Bar(NamedTuple):
    """What one of those that did a work took for it, in seconds; `is_ours` colours it."""

    work: str
    who: str
    seconds: float
    is_ours: bool = False


def draw(bars: Sequence[Bar], path: Path) -> None:
    """Write bars as an SVG that is the same for the same figures."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    mpl.rcParams |= {"svg.hashsalt": "sadzonka", "font.size": 9, "svg.fonttype": "path"}
    works = list(dict.fromkeys(bar.work for bar in bars))
    rows = [[bar for bar in bars if bar.work == work] for work in works]
    heights = [len(row) for row in rows]
    size = (8, 0.3 * sum(heights) + 0.7 * len(works))
    figure, axes = plt.subplots(len(works), 1, figsize=size, height_ratios=heights, squeeze=False)
    for axis, work, row in zip(axes[:, 0], works, rows, strict=True):
        names = [bar.who for bar in row]
        axis.barh(
            names,
            [bar.seconds for bar in row],
            color=["#2f6b3c" if bar.is_ours else "#b9b2a3" for bar in row],
        )
        axis.set(xscale="log", title=work)
        axis.title.set(ha="left", x=0, fontweight="bold")
        axis.invert_yaxis()
        axis.margins(x=0.25)
        for place, bar in enumerate(row):
            cost = f"{bar.seconds:,.0f} s" if bar.seconds >= WHOLE_SECONDS else f"{bar.seconds:.3g} s"
            axis.annotate(cost, (bar.seconds, place), (4, 0), textcoords="offset points", va="center")
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)
