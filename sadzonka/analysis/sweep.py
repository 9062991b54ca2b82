"""One practice over many places at once, each to the bit as `analyse` finds it (method, sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis import sums
from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.column import Column
from sadzonka.analysis.compiled import kernels
from sadzonka.analysis.ends import Ends, Rules, fill_ends, in_parts
from sadzonka.analysis.method import METHOD, Method
from sadzonka.analysis.practice import DIMENSIONS, Criterion, Practice
from sadzonka.analysis.result import GOOD, whole_weight
from sadzonka.analysis.shares import BILLION, POSSIBLE, Floats, scores
from sadzonka.analysis.weights import SIMPLEX, WeightSet

Indices: TypeAlias = NDArray[np.int8]
Readings: TypeAlias = Column | tuple[ArrayLike, ArrayLike]
BLOCKED, TO_VERIFY, OPEN = range(3)  # twice the values of `Gate`


@dataclass(frozen=True, slots=True)
class Sweep:
    """A practice at n places; index 0 of a first axis of two is the lower end, 1 the upper.

    `gate` (n,) int8: 0 blocked, 1 to verify, 2 open. `dimensions` (2, 5, n) in the order of `DIMENSIONS`,
    `score` (2, n) and `shares` (2, 3, n), one per threshold, within [0, 1] to 9 decimals; shares are shares
    of weightings, not probabilities. `class_interval` (2, n) int8, indices in `CLASSES`; `is_capped` (2, n);
    `completeness` (n,) within [0, 1]; `standing` (n,) int8, as `Analysis.standing`.

    >>> sweep(Practice((), ()), {}, {}, places=2).standing.tolist()
    [1, 1]
    """

    gate: Indices
    dimensions: Floats
    score: Floats
    shares: Floats
    class_interval: Indices
    is_capped: NDArray[np.bool_]
    completeness: Floats
    standing: Indices


def sweep(
    practice: Practice,
    states: Mapping[str, ArrayLike],
    readings: Mapping[str, Readings],
    weights: WeightSet = SIMPLEX,
    method: Method | None = None,
    *,
    places: int | None = None,
    into: Sweep | None = None,
    compiled: bool = False,
    threads: int = 1,
) -> Sweep:
    """Analyse one practice at n places; row i has the very bits of `analyse` of place i.

    `states`: by alternative key n states 0 (unmet), 1/2 or 1; an absent key is unknown everywhere.
    `readings`: by criterion key the ends (lower (n,), upper (n,)) in the criterion's units, NaN where
    nothing is known, or a `Column`, which practices share; an absent key is missing everywhere. `places` is
    n where there are no arrays. The arrays of `into`, an earlier result for as many places, are filled again
    and returned: new ones for each practice of a stream cost more than filling them. `compiled` gives the
    same bits by Numba; `threads`, at most one per core, share the places. Unknown keys, other states,
    unequal lengths, readings outside the criterion's limits and no intervals raise `MethodError`.
    Source: method, sections 2 to 5.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
    >>> found = sweep(Practice((), (will,)), {}, {"will": ([2, 5, float("nan")], [3, 5, float("nan")])})
    >>> found.dimensions[:, 2].tolist(), found.completeness.tolist()
    ([[0.4, 1.0, 0.0], [0.6, 1.0, 1.0]], [0.2, 0.2, 0.0])
    """
    columns = _columns(practice, readings)
    whole_states = _whole_states(practice, states)
    count = _count({**whole_states, **columns}, places)
    members = [
        _Dimension.of([one for one in practice.criteria if one.dimension == name], columns)
        for name in DIMENSIONS
    ]
    rules = Rules(weights, practice.thresholds, practice.floor_per_dimension)
    found = into or _blank(count)
    if len(found.gate) != count:
        raise MethodError("into", f"{len(found.gate)} places, not {count}")
    ends = Ends(found.score, found.shares, found.class_interval, found.is_capped)
    _fill_gate(found.gate, practice, whole_states)
    arithmetic = kernels("sums") if compiled else sums

    def analyse_part(rows: slice) -> None:
        values, part = found.dimensions[:, :, rows], ends.part(rows)
        for k, dimension in enumerate(members):
            dimension.fill(values[:, k], rows, arithmetic)
        fill_ends(values, rules, part, compiled=compiled)
        known = np.array([dimension.completeness(rows, arithmetic) for dimension in members])
        found.completeness[rows] = scores(known.T, weights.centroid)
        found.standing[rows] = _standing(found.gate[rows], part, method or METHOD)

    in_parts(count, analyse_part, threads)
    return found


def _blank(count: int) -> Sweep:
    """Return arrays for so many places that are still to be filled."""
    ends = Ends.of_so_many(count)
    return Sweep(
        gate=np.empty(count, np.int8),
        dimensions=np.empty((2, len(DIMENSIONS), count)),
        score=ends.score,
        shares=ends.shares,
        class_interval=ends.class_interval,
        is_capped=ends.is_capped,
        completeness=np.empty(count),
        standing=np.empty(count, np.int8),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a criterion: its whole weight, values in whole billionths, and where, None if all."""

    weight: float
    lower: NDArray[np.int32]
    upper: NDArray[np.int32]
    is_known: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class _Dimension:
    """Its criteria: all their whole weights together, and those about which something is known."""

    total: float
    known: tuple[_Known, ...]

    @classmethod
    def of(cls, criteria: Sequence[Criterion], columns: Mapping[str, Column]) -> _Dimension:
        known = []
        for one in criteria:
            if column := columns.get(one.key):
                is_known = None if column.is_known.all() else column.is_known
                values = column.values(one.value_function)
                known.append(_Known(float(whole_weight(one)), *values, is_known))
        return cls(float(sum(map(whole_weight, criteria))), tuple(known))

    def fill(self, ends: Floats, rows: slice, arithmetic: ModuleType) -> None:
        """Fill both ends (2, m) of the value at some places, as `dimension_intervals` finds them."""
        ends[0], ends[1] = 0.0, 1.0
        if not self.total:
            return
        ends[1] = BILLION * (self.total - sum(one.weight for one in self.known))
        for one in self.known:
            for end, values in zip(ends, (one.lower, one.upper), strict=True):
                arithmetic.add_weighted(end, values[rows], one.weight)
        for end in ends:
            arithmetic.round_mean(end, self.total)

    def completeness(self, rows: slice, arithmetic: ModuleType) -> Floats:
        """Weight (m,) of the criteria about which something is known, of their dimension's."""
        always = sum(one.weight for one in self.known if one.is_known is None)
        weight = np.full(rows.stop - rows.start, BILLION * always)
        for one in self.known:
            if one.is_known is not None:
                arithmetic.add_weighted(weight, one.is_known[rows], BILLION * one.weight)
        arithmetic.round_mean(weight, max(self.total, 1.0))
        return weight


def _standing(gate: Indices, ends: Ends, method: Method) -> Indices:
    """Place in the order in which a place's practices are shown, as `Analysis.standing`."""
    good, is_capped = ends.shares[:, GOOD - 1], ends.is_capped
    is_robustly_good = (good[0] >= method.robust_share) & ~is_capped[0] & ~is_capped[1]
    is_possibly_good = (good[1] >= method.possible_share) & ~is_capped[1]
    standing = np.full(len(gate), 3, np.int8)
    np.copyto(standing, 2, where=ends.class_interval[1] >= POSSIBLE)
    np.copyto(standing, 1, where=is_possibly_good)
    np.copyto(standing, 0, where=is_robustly_good & (gate == OPEN))
    np.copyto(standing, 4, where=gate == BLOCKED)
    return standing


def _columns(practice: Practice, readings: Mapping[str, Readings]) -> dict[str, Column]:
    criteria = {criterion.key: criterion for criterion in practice.criteria}
    columns = {}
    for key, reading in readings.items():
        if key not in criteria:
            raise MethodError(key, "the practice has no such criterion")
        column = reading if isinstance(reading, Column) else Column(key, *map(np.asarray, reading))
        limits = criteria[key].limits
        if limits and column.extent and not limits[0] <= column.extent[0] <= column.extent[1] <= limits[1]:
            least, greatest = column.extent
            raise MethodError(key, f"readings {least} to {greatest} leave {limits[0]} to {limits[1]}")
        columns[key] = column
    return columns


def _whole_states(practice: Practice, states: Mapping[str, ArrayLike]) -> dict[str, Indices]:
    """Twice the states: 0 unmet, 1 unknown, 2 met."""
    alternatives = {alternative.key for alternative in practice.alternatives}
    whole_states = {}
    for key, row in states.items():
        if key not in alternatives:
            raise MethodError(key, "the practice has no such alternative")
        doubled = 2 * np.asarray(row)
        if doubled.ndim != 1 or not ((doubled == BLOCKED) | (doubled == TO_VERIFY) | (doubled == OPEN)).all():
            raise MethodError(key, "a row of states 0, 0.5 and 1 is needed")
        whole_states[key] = doubled.astype(np.int8)
    return whole_states


def _count(rows: Mapping[str, Column | Indices], places: int | None) -> int:
    counts = {key: len(row) for key, row in rows.items()}
    if places is None:
        if not counts:
            raise MethodError("places", "how many there are is needed where nothing is known of any")
        places = next(iter(counts.values()))
    for key, count in counts.items():
        if count != places:
            raise MethodError(key, f"{count} places, not {places}")
    return places


def _fill_gate(gate: Indices, practice: Practice, states: Mapping[str, Indices]) -> None:
    """Three-valued logic: the least of the clauses, each the greatest of its alternatives."""
    gate[:] = OPEN
    for clause in practice.clauses:
        best = np.full(len(gate), BLOCKED, np.int8)
        for alternative in clause.alternatives:
            np.maximum(best, states.get(alternative.key, TO_VERIFY), out=best)
        np.minimum(gate, best, out=gate)
