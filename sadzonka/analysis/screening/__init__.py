"""Which places to invite: rank bands over all weightings, for staff only (method, section 6).

>>> spread = weightings(2, points=256)
>>> values = [[0.9, 0.8], [0.2, 0.7], [0.6, 0.1]]
>>> screen(values, values, spread, bands=[1, 2]).shares[1].round(2).tolist()
[[1.0, 0.0, 0.0], [1.0, 0.6, 0.4]]
"""

from sadzonka.analysis.screening.acceptability import Acceptability, BandShares
from sadzonka.analysis.screening.bands import screen
from sadzonka.analysis.screening.changed import what_if
from sadzonka.analysis.screening.contest import BANDS
from sadzonka.analysis.screening.grid import on_grid, scores_of, whole_parts
from sadzonka.analysis.screening.sampling import POINTS, SCRAMBLINGS, SEED, Weightings, on_simplex, weightings
from sadzonka.analysis.screening.storage import as_bytes, from_bytes

__all__ = [
    "BANDS",
    "POINTS",
    "SCRAMBLINGS",
    "SEED",
    "Acceptability",
    "BandShares",
    "Weightings",
    "as_bytes",
    "from_bytes",
    "on_grid",
    "on_simplex",
    "scores_of",
    "screen",
    "weightings",
    "what_if",
    "whole_parts",
]
