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
from sadzonka.analysis.record import METHOD_VERSION, Record, fingerprint, input_record, result_record
from sadzonka.analysis.result import (
    Analysis,
    CriterionValue,
    analyse,
    criterion_values,
    dimension_intervals,
)
from sadzonka.analysis.shares import classes, scores, share_at_least, share_better, under_floor
from sadzonka.analysis.states import Gate, State
from sadzonka.analysis.value_function import Interval, ValueFunction
from sadzonka.analysis.weights import SIMPLEX, WeightSet

__all__ = [
    "CLASSES",
    "DEFAULT_THRESHOLDS",
    "DIMENSIONS",
    "LEVELS",
    "METHOD_VERSION",
    "SIMPLEX",
    "Alternative",
    "AlternativeReport",
    "Analysis",
    "Clause",
    "ClauseReport",
    "Criterion",
    "CriterionValue",
    "Facts",
    "FirstQuestion",
    "Gate",
    "Interval",
    "MethodError",
    "Practice",
    "Record",
    "State",
    "ValueFunction",
    "WeightSet",
    "aged_reading",
    "analyse",
    "check_facts",
    "classes",
    "clause_reports",
    "criterion_values",
    "dimension_intervals",
    "fingerprint",
    "first_questions",
    "gate_of",
    "input_record",
    "result_record",
    "scores",
    "share_at_least",
    "share_better",
    "smallest_repair",
    "under_floor",
]
