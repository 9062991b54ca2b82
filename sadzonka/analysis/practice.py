"""What a reviewed practice asks of a place: conditions, criteria, floors, thresholds (method, section 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.value_function import Interval, ValueFunction

DIMENSIONS = ("need", "fit", "readiness", "feasibility", "support")
CLASSES = ("distant", "possible", "good", "strong")
LEVELS: Interval = (0.0, 5.0)
DEFAULT_THRESHOLDS = (0.35, 0.55, 0.75)
_WEIGHT_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a necessary condition.

    `changed_by` names who can change it (municipality, county, region, parliament ...);
    `cost_class` is an ordinal class, 0 the cheapest. A wrong one raises `MethodError`.

    >>> Alternative("inter-municipal agreement", changed_by="municipality", cost_class=1).cost_class
    1
    """

    key: str
    changed_by: str = ""
    cost_class: int = 0

    def __post_init__(self) -> None:
        """Refuse an empty key and a cost class that is not a whole number from 0."""
        _check_key("alternative", self.key)
        if isinstance(self.cost_class, bool) or not isinstance(self.cost_class, int) or self.cost_class < 0:
            raise MethodError(self.key, f"cost class {self.cost_class!r} is not a whole number from 0")


@dataclass(frozen=True, slots=True)
class Clause:
    """A necessary condition: met when at least one of its alternatives is met.

    The same alternative may stand in several clauses. No alternative, or one named twice, raises
    `MethodError`.

    >>> Clause("somebody runs it", (Alternative("agreement"), Alternative("own centre"))).key
    'somebody runs it'
    """

    key: str
    alternatives: tuple[Alternative, ...]

    def __post_init__(self) -> None:
        """Refuse an empty clause and an alternative named twice."""
        _check_key("clause", self.key)
        if not self.alternatives:
            raise MethodError(self.key, "a clause needs at least one alternative")
        _check_unique(self.key, [alternative.key for alternative in self.alternatives])


@dataclass(frozen=True, slots=True)
class Criterion:
    """What helps the practice to take root, in one of the five dimensions.

    `weight` is its share of the dimension, in (0, 1]; `value_function` takes readings in the
    indicator's units. `limits` are the readings that can exist: `LEVELS` for a question with anchored
    levels 0-5, for instance (0, 100) for a percentage, None for no limit. Wrong ones raise `MethodError`.

    >>> Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))), limits=LEVELS).weight
    1.0
    """

    key: str
    dimension: str
    weight: float
    value_function: ValueFunction
    limits: Interval | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown dimension, a weight outside (0, 1] and limits in the wrong order."""
        _check_key("criterion", self.key)
        _check_dimension(self.key, self.dimension)
        weight = finite_number(f"weight of {self.key}", self.weight)
        if not 0 < weight <= 1:
            raise MethodError(self.key, f"weight {weight} is outside (0, 1]")
        object.__setattr__(self, "weight", weight)
        if self.limits is not None:
            least, greatest = (finite_number(f"limits of {self.key}", limit) for limit in self.limits)
            if least >= greatest:
                raise MethodError(self.key, f"limits {least} to {greatest} hold nothing")
            object.__setattr__(self, "limits", (least, greatest))


@dataclass(frozen=True, slots=True)
class Practice:
    """One version of a practice, as far as the computation needs it.

    `clauses` must all be met; `criteria` carry weights that sum to 1 in each dimension that has any;
    `floors` are pairs (dimension, least value in [0, 1]) under which the class is capped at "possible";
    `thresholds` are the three scores that part the four `CLASSES`, rising within (0, 1). Floors and
    thresholds are kept to 9 decimals, like what is compared with them. Anything else raises `MethodError`.

    >>> trust = Criterion("trust", "readiness", 0.6, ValueFunction(((0, 0), (5, 1))))
    >>> Practice(clauses=(), criteria=(trust,))
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: readiness: weights sum to 0.6, not to 1
    """

    clauses: tuple[Clause, ...]
    criteria: tuple[Criterion, ...]
    floors: tuple[tuple[str, float], ...] = ()
    thresholds: tuple[float, float, float] = DEFAULT_THRESHOLDS

    def __post_init__(self) -> None:
        """Refuse what contradicts itself."""
        _check_unique("clauses", [clause.key for clause in self.clauses])
        _check_unique("criteria", [criterion.key for criterion in self.criteria])
        self._check_alternatives()
        self._check_weights()
        self._check_floors()
        self._check_thresholds()

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Every alternative once, in the order of the clauses.

        >>> shared = Alternative("agreement")
        >>> len(Practice((Clause("a", (shared,)), Clause("b", (shared,))), ()).alternatives)
        1
        """
        return tuple(dict.fromkeys(one for clause in self.clauses for one in clause.alternatives))

    @property
    def floor_per_dimension(self) -> tuple[float, ...]:
        """The five floors in the order of `DIMENSIONS`, 0 where there is none.

        >>> Practice((), (), floors=(("need", 0.3),)).floor_per_dimension
        (0.3, 0.0, 0.0, 0.0, 0.0)
        """
        floors = dict(self.floors)
        return tuple(floors.get(dimension, 0.0) for dimension in DIMENSIONS)

    def _check_alternatives(self) -> None:
        seen: dict[str, Alternative] = {}
        for alternative in self.alternatives:
            if seen.setdefault(alternative.key, alternative) != alternative:
                raise MethodError(alternative.key, "two different alternatives have this key")

    def _check_weights(self) -> None:
        for dimension in DIMENSIONS:
            weights = [one.weight for one in self.criteria if one.dimension == dimension]
            total = math.fsum(weights)
            if weights and abs(total - 1) > _WEIGHT_TOLERANCE:
                raise MethodError(dimension, f"weights sum to {total}, not to 1")

    def _check_floors(self) -> None:
        _check_unique("floors", [dimension for dimension, _ in self.floors])
        for dimension, floor in self.floors:
            _check_dimension("floors", dimension)
            if not 0 <= finite_number(f"floor of {dimension}", floor) <= 1:
                raise MethodError(dimension, f"floor {floor} is outside 0 to 1")
        floors = tuple((dimension, round(float(floor), DECIMALS)) for dimension, floor in self.floors)
        object.__setattr__(self, "floors", floors)

    def _check_thresholds(self) -> None:
        thresholds = [round(finite_number("thresholds", one), DECIMALS) for one in self.thresholds]
        if len(thresholds) != len(CLASSES) - 1:
            raise MethodError("thresholds", f"{len(CLASSES) - 1} are needed, not {len(thresholds)}")
        rising = [0.0, *thresholds, 1.0]
        if any(after <= before for before, after in pairwise(rising)):
            raise MethodError("thresholds", f"{thresholds} do not rise within 0 and 1")
        object.__setattr__(self, "thresholds", tuple(thresholds))


def _check_key(kind: str, key: str) -> None:
    if not isinstance(key, str) or not key:
        raise MethodError(kind, f"{key!r} is not a key")


def _check_dimension(name: str, dimension: str) -> None:
    if dimension not in DIMENSIONS:
        raise MethodError(name, f"{dimension!r} is none of {', '.join(DIMENSIONS)}")


def _check_unique(name: str, keys: list[str]) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise MethodError(name, f"named twice: {', '.join(twice)}")
