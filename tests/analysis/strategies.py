"""Practices and facts that hypothesis draws, small enough to be drawn often."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from sadzonka.analysis import (
    DIMENSIONS,
    LEVELS,
    Alternative,
    Clause,
    Criterion,
    Facts,
    Practice,
    State,
    ValueFunction,
    WeightSet,
)

# The same examples in every run, nothing written to disk.
often = settings(max_examples=25, deadline=None, database=None, derandomize=True)

RISING = ValueFunction(((0, 0), (5, 1)))
FALLING = ValueFunction(((0, 1), (3, 0.4), (5, 0)))
PEAKED = ValueFunction(((0, 0), (2, 1), (4, 1), (5, 0.2)))
IDENTITY = ValueFunction(((0, 0), (1, 1)))

_PARTITIONS = [(), (1.0,), (0.5, 0.5), (0.3, 0.7), (0.2, 0.3, 0.5)]
_POOL = tuple(Alternative(f"way {i}", changed_by="municipality", cost_class=i % 2) for i in range(4))


@st.composite
def practices(draw: st.DrawFn, functions: tuple[ValueFunction, ...] = (RISING, FALLING, PEAKED)) -> Practice:
    """Draw a practice with up to four clauses, three criteria per dimension and two floors."""
    first = draw(st.integers(0, len(functions) - 1))
    criteria = [
        Criterion(f"{name} {i}", name, weight, functions[(first + k + i) % len(functions)], LEVELS)
        for k, name in enumerate(DIMENSIONS)
        for i, weight in enumerate(draw(st.sampled_from(_PARTITIONS)))
    ]
    floors = draw(st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from([0.1, 0.3, 0.5]), max_size=2))
    return Practice(draw(clauses()), tuple(criteria), tuple(floors.items()))


@st.composite
def clauses(draw: st.DrawFn) -> tuple[Clause, ...]:
    """Draw up to four clauses over the same four alternatives, so that some are shared."""
    chosen = draw(st.lists(st.sets(st.sampled_from(range(4)), min_size=1, max_size=3), max_size=4))
    return tuple(Clause(f"clause {i}", tuple(_POOL[j] for j in sorted(one))) for i, one in enumerate(chosen))


@st.composite
def states_of(draw: st.DrawFn, practice: Practice) -> dict[str, State]:
    """Draw a state, perhaps unknown, for every alternative of the practice."""
    return {one.key: draw(st.sampled_from(State)) for one in practice.alternatives}


@st.composite
def facts_about(draw: st.DrawFn, practice: Practice) -> Facts:
    """Draw facts in which about every fourth criterion is missing."""
    readings = {}
    for criterion in practice.criteria:
        lower, width = divmod(draw(st.integers(0, 599)), 21)
        if lower < 21:
            readings[criterion.key] = (lower / 4, min(lower + width, 20) / 4)
    return Facts(draw(states_of(practice)), readings)


@st.composite
def weight_sets(draw: st.DrawFn) -> WeightSet:
    """Draw one of the three kinds."""
    ranked = st.permutations(DIMENSIONS).map(lambda order: WeightSet.ranked(tuple(order)))
    bounds = st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from([0.0, 0.1, 0.2]))
    return draw(st.just(WeightSet.simplex()) | ranked | bounds.map(WeightSet.bounded))
