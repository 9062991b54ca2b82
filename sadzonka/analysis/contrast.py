"""By what a place falls short of where the practice comes from (method, section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sadzonka.analysis.facts import Facts, check_facts
from sadzonka.analysis.practice import DIMENSIONS, Criterion, Practice
from sadzonka.analysis.result import CriterionValue, criterion_values, inner_weights
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.value_function import Interval
from sadzonka.analysis.weights import SIMPLEX, WeightSet


@dataclass(frozen=True, slots=True)
class Contrast:
    """A criterion at the origin of the practice and here.

    `origin` and `here` are values in [0, 1]; `loss` is how much less of the score, in [-1, 1], the place
    has for it, a_j w_k (v_origin - v_here): surely at least its lower end, possibly up to its upper end.
    Below 0 the place has more than the origin.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
    >>> Contrast(will, 0.8, (0.0, 1.0), (-0.04, 0.16)).is_sure
    False
    """

    criterion: Criterion
    origin: float
    here: Interval
    loss: Interval

    @property
    def is_sure(self) -> bool:
        """Whether the place has less for it, whatever is still unknown turns out to be.

        >>> from sadzonka.analysis.value_function import ValueFunction
        >>> will = Criterion("will", "readiness", 1, ValueFunction(((0, 0), (5, 1))))
        >>> Contrast(will, 0.8, (0.4, 0.6), (0.04, 0.08)).is_sure
        True
        """
        return self.loss[0] > 0


def contrast(
    practice: Practice, facts: Facts, origin: Mapping[str, float], weights: WeightSet = SIMPLEX
) -> tuple[Contrast, ...]:
    """Compare a place with the practice's origin, what it loses most by first.

    `origin` holds readings by criterion key, in the criterion's units; a criterion without one is not
    compared. What is missing here has the value [0, 1], so its loss may begin below 0. Ordered by the sure
    loss, then by the possible one, then as in the practice. Facts and readings that do not fit the
    practice raise `MethodError`. Source: method, section 8.

    >>> from sadzonka.analysis.value_function import ValueFunction
    >>> level = ValueFunction(((0, 0), (5, 1)))
    >>> practice = Practice((), tuple(Criterion(name, name, 1, level) for name in DIMENSIONS))
    >>> found = contrast(practice, Facts(readings={"need": (2, 3)}), {"need": 4, "support": 5})
    >>> [(one.criterion.key, one.loss) for one in found]
    [('need', (0.04, 0.08)), ('support', (0.0, 0.2))]
    """
    known_there = Facts(readings={key: (reading, reading) for key, reading in origin.items()})
    check_facts(practice, facts)
    check_facts(practice, known_there)
    pairs = zip(criterion_values(practice, known_there), criterion_values(practice, facts), strict=True)
    inside = inner_weights(practice)
    found = [
        _contrast(there, here, inside[here.criterion.key], weights) for there, here in pairs if there.is_known
    ]
    return tuple(sorted(found, key=lambda one: (-one.loss[0], -one.loss[1])))


def _contrast(there: CriterionValue, here: CriterionValue, inside: float, weights: WeightSet) -> Contrast:
    criterion = here.criterion
    stake = inside * weights.centroid[DIMENSIONS.index(criterion.dimension)]
    origin, (lower, upper) = there.value[0], here.value
    loss = (round(stake * (origin - upper), DECIMALS), round(stake * (origin - lower), DECIMALS))
    return Contrast(criterion, origin, here.value, loss)
