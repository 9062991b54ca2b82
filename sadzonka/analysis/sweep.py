"""One practice over many places at once, each to the bit as `analyse` finds it (method, sections 2 to 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sadzonka.analysis.checks import MethodError, numbers, whole_number
from sadzonka.analysis.column import BLOCKED, OPEN, TO_VERIFY, Column, Indices, StateColumn
from sadzonka.analysis.compiled import kernels
from sadzonka.analysis.ends import Ends, Rules, fill_ends, in_parts
from sadzonka.analysis.method import METHOD, Method
from sadzonka.analysis.practice import DIMENSIONS, Practice
from sadzonka.analysis.result import GOOD
from sadzonka.analysis.shares import POSSIBLE, Floats, scores
from sadzonka.analysis.sums import Sums
from sadzonka.analysis.weights import SIMPLEX, WeightSet

States: TypeAlias = StateColumn | ArrayLike
Readings: TypeAlias = Column | tuple[ArrayLike, ArrayLike]


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

    @property
    def ends(self) -> Ends:
        """What the two ends give, in the same arrays.

        >>> sweep(Practice((), ()), {}, {}, places=2).ends.score.tolist()
        [[0.0, 0.0], [1.0, 1.0]]
        """
        return Ends(self.score, self.shares, self.class_interval, self.is_capped)


def sweep(
    practice: Practice,
    states: Mapping[str, States],
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

    `states`: by alternative key n states 0 (unmet), 1/2 or 1, or a `StateColumn`; an absent key is unknown
    everywhere. `readings`: by criterion key the ends (lower (n,), upper (n,)) in the criterion's units, NaN
    where nothing is known, or a `Column`; an absent key is missing everywhere. Practices share columns: what
    was checked and computed of one is not again. `places` is n where there are no arrays. The arrays of
    `into`, an earlier result for as many places, are filled again and returned: new ones for each practice
    of a stream cost more than filling them. `compiled` gives the same bits by Numba; many practices are then
    soonest done tile by tile, all of them on parts of the columns that stay in a core's cache. `threads`, at
    most one per core, share the places. Unknown keys, other states, unequal lengths, readings outside the
    criterion's limits and no intervals raise `MethodError`.
    Source: method, sections 2 to 5.

    >>> from sadzonka.analysis import Criterion, ValueFunction
    >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
    >>> found = sweep(Practice((), (will,)), {}, {"will": ([2, 5, float("nan")], [3, 5, float("nan")])})
    >>> found.dimensions[:, 2].tolist(), found.completeness.tolist()
    ([[0.4, 1.0, 0.0], [0.6, 1.0, 1.0]], [0.2, 0.2, 0.0])
    """
    columns = _columns(practice, readings)
    state_columns = _state_columns(practice, states)
    count = _count({**state_columns, **columns}, places)
    found = into or _blank(count)
    if len(found.gate) != count:
        raise MethodError("into", f"{len(found.gate)} places, not {count}")
    _fill_gate(found.gate, practice, state_columns)
    sums = Sums.of(practice, columns, compiled=compiled)
    rules = Rules(weights, practice.thresholds, practice.floor_per_dimension)
    filling = _by_numba if compiled else _by_numpy
    in_parts(count, filling(found, sums, rules, method or METHOD), threads)
    return found


def _by_numpy(found: Sweep, sums: Sums, rules: Rules, method: Method) -> Callable[[slice], None]:
    def fill(rows: slice) -> None:
        ends, dimensions = found.ends.part(rows), found.dimensions[:, :, rows]
        knowledge = np.empty(dimensions.shape[1:])
        sums.fill_means(rows, dimensions, knowledge)
        fill_ends(dimensions, rules, ends)
        found.completeness[rows] = scores(knowledge.T, rules.weights.centroid)
        found.standing[rows] = _standing(found.gate[rows], ends, method)

    return fill


def _by_numba(found: Sweep, sums: Sums, rules: Rules, method: Method) -> Callable[[slice], None]:
    fill_part, weighed = kernels("sweep").fill_part, sums.weighed
    judged_by = rules.arrays, np.array([method.robust_share, method.possible_share]), found.gate
    arrays = found.ends.arrays, (found.dimensions, found.completeness, found.standing)

    def fill(rows: slice) -> None:
        fill_part(rows.start, sums.stacked(rows), weighed, judged_by, arrays)

    return fill


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
        column = reading if isinstance(reading, Column) else Column(key, *_both_ends(key, reading))
        limits = criteria[key].limits
        if limits and column.extent and not limits[0] <= column.extent[0] <= column.extent[1] <= limits[1]:
            least, greatest = column.extent
            raise MethodError(key, f"readings {least} to {greatest} leave {limits[0]} to {limits[1]}")
        columns[key] = column
    return columns


def _state_columns(practice: Practice, states: Mapping[str, States]) -> dict[str, StateColumn]:
    alternatives = {alternative.key for alternative in practice.alternatives}
    for key in states:
        if key not in alternatives:
            raise MethodError(key, "the practice has no such alternative")
    return {
        key: row if isinstance(row, StateColumn) else StateColumn(key, row) for key, row in states.items()
    }


def _both_ends(key: str, reading: tuple[ArrayLike, ArrayLike]) -> tuple[Floats, Floats]:
    try:
        lower, upper = reading
    except (TypeError, ValueError):
        raise MethodError(key, "a pair of rows is needed, of lower and of upper ends") from None
    return numbers(key, lower), numbers(key, upper)


def _count(rows: Mapping[str, Column | StateColumn], places: int | None) -> int:
    counts = {key: len(row) for key, row in rows.items()}
    if places is None:
        if not counts:
            raise MethodError("places", "how many there are is needed where nothing is known of any")
        places = next(iter(counts.values()))
    whole_number("places", places)
    for key, count in counts.items():
        if count != places:
            raise MethodError(key, f"{count} places, not {places}")
    return places


def _fill_gate(gate: Indices, practice: Practice, states: Mapping[str, StateColumn]) -> None:
    """Three-valued logic: the least of the clauses, each the greatest of its alternatives."""
    gate[:] = OPEN
    for clause in practice.clauses:
        best = np.full(len(gate), BLOCKED, np.int8)
        for alternative in clause.alternatives:
            known = states.get(alternative.key)
            np.maximum(best, known.whole if known else TO_VERIFY, out=best)
        np.minimum(gate, best, out=gate)
