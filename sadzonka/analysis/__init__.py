"""Can this practice take root here, why, and how surely: the transfer analysis, without Django."""

from sadzonka.analysis.agreement import Alpha, Ipras, ipras, krippendorff_alpha
from sadzonka.analysis.changes import MOST_CHANGES, Change, ChangeSet, changed_facts, smallest_change
from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.column import Column, StateColumn
from sadzonka.analysis.conditions import (
    AlternativeReport,
    ClauseReport,
    clause_reports,
    gate_of,
    smallest_repair,
)
from sadzonka.analysis.contrast import Contrast, contrast
from sadzonka.analysis.ends import Ends, ends_of
from sadzonka.analysis.facts import Facts, aged_reading, check_facts
from sadzonka.analysis.learning import (
    ClassOutcome,
    Necessity,
    Separation,
    calibration,
    necessity,
    pooled,
    separation,
    wilson,
)
from sadzonka.analysis.likeness import LEAST_COMPARABLE, Distances, Likeness, distances, nearest
from sadzonka.analysis.method import METHOD, METHOD_VERSION, Method
from sadzonka.analysis.pairwise import expected_ranks, pairwise_bounds, pairwise_shares, rank_bounds
from sadzonka.analysis.practice import (
    CLASSES,
    DEFAULT_THRESHOLDS,
    DIMENSIONS,
    LEVELS,
    Alternative,
    Clause,
    Criterion,
    Practice,
)
from sadzonka.analysis.questions import FirstQuestion, first_questions
from sadzonka.analysis.raters import Panel, consensus, panel
from sadzonka.analysis.record import (
    Record,
    analysis_of,
    canonical,
    facts_of,
    facts_record,
    fingerprint,
    input_record,
    practice_of,
    practice_record,
    recompute,
    result_record,
    weights_of,
    weights_record,
)
from sadzonka.analysis.result import (
    Analysis,
    CriterionValue,
    analyse,
    criterion_values,
    dimension_intervals,
)
from sadzonka.analysis.shares import classes, scores, share_at_least, share_better, under_floor
from sadzonka.analysis.space import NOT_KNOWN, Box, Kind, Scale, Space
from sadzonka.analysis.states import Gate, State
from sadzonka.analysis.sweep import Sweep, sweep
from sadzonka.analysis.value_function import Interval, ValueFunction
from sadzonka.analysis.weights import SIMPLEX, WeightSet

__all__ = [
    "CLASSES",
    "DEFAULT_THRESHOLDS",
    "DIMENSIONS",
    "LEAST_COMPARABLE",
    "LEVELS",
    "METHOD",
    "METHOD_VERSION",
    "MOST_CHANGES",
    "NOT_KNOWN",
    "SIMPLEX",
    "Alpha",
    "Alternative",
    "AlternativeReport",
    "Analysis",
    "Box",
    "Change",
    "ChangeSet",
    "ClassOutcome",
    "Clause",
    "ClauseReport",
    "Column",
    "Contrast",
    "Criterion",
    "CriterionValue",
    "Distances",
    "Ends",
    "Facts",
    "FirstQuestion",
    "Gate",
    "Interval",
    "Ipras",
    "Kind",
    "Likeness",
    "Method",
    "MethodError",
    "Necessity",
    "Panel",
    "Practice",
    "Record",
    "Scale",
    "Separation",
    "Space",
    "State",
    "StateColumn",
    "Sweep",
    "ValueFunction",
    "WeightSet",
    "aged_reading",
    "analyse",
    "analysis_of",
    "calibration",
    "canonical",
    "changed_facts",
    "check_facts",
    "classes",
    "clause_reports",
    "consensus",
    "contrast",
    "criterion_values",
    "dimension_intervals",
    "distances",
    "ends_of",
    "expected_ranks",
    "facts_of",
    "facts_record",
    "fingerprint",
    "first_questions",
    "gate_of",
    "input_record",
    "ipras",
    "krippendorff_alpha",
    "nearest",
    "necessity",
    "pairwise_bounds",
    "pairwise_shares",
    "panel",
    "pooled",
    "practice_of",
    "practice_record",
    "rank_bounds",
    "recompute",
    "result_record",
    "scores",
    "separation",
    "share_at_least",
    "share_better",
    "smallest_change",
    "smallest_repair",
    "sweep",
    "under_floor",
    "weights_of",
    "weights_record",
    "wilson",
]
