"""What adoptions teach about classes, conditions and criteria (method, section 9)."""

from sadzonka.analysis.learning.calibration import ClassOutcome, calibration, pooled, wilson
from sadzonka.analysis.learning.necessity import Necessity, necessity
from sadzonka.analysis.learning.separation import Separation, separation

__all__ = [
    "ClassOutcome",
    "Necessity",
    "Separation",
    "calibration",
    "necessity",
    "pooled",
    "separation",
    "wilson",
]
