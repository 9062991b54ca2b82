"""Can this practice take root here, why, and how surely: the transfer analysis, without Django."""

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.conditions import (
    AlternativeReport,
    ClauseReport,
    clause_reports,
    gate_of,
    smallest_repair,
)
from sadzonka.analysis.facts import Facts, aged_reading, check_facts
from sadzonka.analysis.likeness import LEAST_COMPARABLE, Distances, Likeness, distances, nearest
from sadzonka.analysis.method import METHOD, METHOD_VERSION, Method
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
    "NOT_KNOWN",
    "SIMPLEX",
    "Alternative",
    "AlternativeReport",
    "Analysis",
    "Box",
    "Clause",
    "ClauseReport",
    "Criterion",
    "CriterionValue",
    "Distances",
    "Facts",
    "FirstQuestion",
    "Gate",
    "Interval",
    "Kind",
    "Likeness",
    "Method",
    "MethodError",
    "Panel",
    "Practice",
    "Record",
    "Scale",
    "Space",
    "State",
    "ValueFunction",
    "WeightSet",
    "aged_reading",
    "analyse",
    "analysis_of",
    "canonical",
    "check_facts",
    "classes",
    "clause_reports",
    "consensus",
    "criterion_values",
    "dimension_intervals",
    "distances",
    "facts_of",
    "facts_record",
    "fingerprint",
    "first_questions",
    "gate_of",
    "input_record",
    "nearest",
    "panel",
    "practice_of",
    "practice_record",
    "recompute",
    "result_record",
    "scores",
    "share_at_least",
    "share_better",
    "smallest_repair",
    "under_floor",
]
