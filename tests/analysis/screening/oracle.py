"""A screening by the letter of its definition, in plain whole numbers, and contests that hypothesis draws."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sadzonka.analysis.screening import Acceptability, BandShares, Weightings, on_grid

SHOWN = ("counts", "squares", "central_sums", "confidence", "is_excluded", "lower", "upper", "edges")


def plain_scores(grid: Any, weightings: Any) -> list[list[int]]:
    """Scores by weighting and place, each a sum of Python's whole numbers."""
    return [[sum(w * v for w, v in zip(ws, vs, strict=True)) for vs in grid] for ws in weightings]


def memberships(
    low: list[int], up: list[int], is_excluded: list[bool], band: int
) -> tuple[list[bool], list[bool]]:
    """Whether each place is surely, possibly in the band, by counting its rivals."""
    sure, possible = [], []
    for i, excluded in enumerate(is_excluded):
        rivals = [j for j, out in enumerate(is_excluded) if j != i and not out]
        sure.append(not excluded and sum(up[j] >= low[i] for j in rivals) < band)
        possible.append(not excluded and sum(low[j] > up[i] for j in rivals) < band)
    return sure, possible


def plain_counts(
    lower: Any, upper: Any, weightings: Weightings, bands: list[int], is_excluded: list[bool]
) -> list[list[list[int]]]:
    """Counts (2, B, n) of the weightings under which a place is surely, possibly in each band."""
    grid = weightings.grid.tolist()
    lows, ups = plain_scores(on_grid(lower).tolist(), grid), plain_scores(on_grid(upper).tolist(), grid)
    counts = np.zeros((2, len(bands), len(is_excluded)), dtype=int)
    for low, up in zip(lows, ups, strict=True):
        for b, band in enumerate(bands):
            counts[:, b] += np.array(memberships(low, up, is_excluded, band))
    return counts.tolist()  # type: ignore[no-any-return]


def bytes_of(found: BandShares) -> dict[str, bytes]:
    """All arrays of a result as bytes, by name."""
    return {name: getattr(found, name).tobytes() for name in SHOWN if hasattr(found, name)}


def row_of(found: Acceptability, row: int) -> dict[str, bytes]:
    """What a what-if answers, taken from a whole screening."""
    return {
        "counts": found.counts[:, :, row].tobytes(),
        "squares": found.squares[:, :, row].tobytes(),
        "central_sums": found.central_sums[row].tobytes(),
        "confidence": found.confidence[:, row].tobytes(),
        "is_excluded": found.is_excluded[row].tobytes(),
    }


@st.composite
def contests(draw: st.DrawFn) -> dict[str, Any]:
    """Draw up to nine places of up to four columns: coarse values with many ties, some excluded."""
    n, columns = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    coarse = arrays.arrays(np.float64, (2, n, columns), elements=st.sampled_from([0, 0.25, 0.5, 0.75, 1]))
    ends = draw(coarse)
    upper = ends.max(axis=0) if draw(st.booleans()) else ends[0]  # points, every other time
    weights = draw(
        st.lists(st.lists(st.integers(0, 4), min_size=columns, max_size=columns), min_size=2, max_size=4)
    )
    rows = np.array([[weight + (k == 0) for k, weight in enumerate(row)] for row in weights], dtype=float)
    bands = sorted(draw(st.sets(st.integers(1, 11), min_size=1, max_size=4)))
    return {
        "lower": np.minimum(ends[0], upper),
        "upper": upper,
        "weightings": Weightings.of(np.tile(rows / rows.sum(axis=1, keepdims=True), (2, 1)), scramblings=2),
        "bands": bands,
        "is_excluded": np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n))),
        "central_band": draw(st.sampled_from(bands)),
    }
