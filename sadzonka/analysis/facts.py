"""What is known about one place (method, section 3): states of conditions, readings of criteria."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.practice import Practice
from sadzonka.analysis.states import State
from sadzonka.analysis.value_function import Interval


@dataclass(frozen=True, slots=True)
class Facts:
    """States by alternative key, and readings [l, u] by criterion key in the criterion's own units.

    A key that is absent is unknown (a condition) or missing (a criterion: its value is [0, 1]).
    Anything but a `State`, a number that is not finite and l > u raise `MethodError`.

    >>> Facts(states={"agreement": State.MET}, readings={"unemployment": (7, 7)}).readings["unemployment"]
    (7.0, 7.0)
    >>> Facts(readings={"unemployment": (9, 7)})
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: unemployment: lower end 9.0 is above upper end 7.0
    """

    states: Mapping[str, State] = field(default_factory=dict)
    readings: Mapping[str, Interval] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep copies of what was checked: the caller may change theirs."""
        for key, state in self.states.items():
            if not isinstance(state, State):
                raise MethodError(key, f"{state!r} is not a state")
        readings = {key: _checked_reading(key, reading) for key, reading in self.readings.items()}
        object.__setattr__(self, "states", dict(self.states))
        object.__setattr__(self, "readings", readings)

    def state_of(self, key: str) -> State:
        """State of the alternative with this key; `State.UNKNOWN` when nothing is known.

        >>> Facts().state_of("agreement").word
        'unknown'
        """
        return self.states.get(key, State.UNKNOWN)


def check_facts(practice: Practice, facts: Facts) -> None:
    """Raise `MethodError` for a key that the practice does not know or a reading outside its limits.

    >>> check_facts(Practice((), ()), Facts(states={"agreement": State.MET}))
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: agreement: the practice has no such alternative
    """
    alternatives = {alternative.key for alternative in practice.alternatives}
    for key in facts.states:
        if key not in alternatives:
            raise MethodError(key, "the practice has no such alternative")
    criteria = {criterion.key: criterion for criterion in practice.criteria}
    for key, (lower, upper) in facts.readings.items():
        if key not in criteria:
            raise MethodError(key, "the practice has no such criterion")
        limits = criteria[key].limits
        if limits and not limits[0] <= lower <= upper <= limits[1]:
            raise MethodError(key, f"reading {lower} to {upper} is outside {limits[0]} to {limits[1]}")


def aged_reading(
    value: float,
    years_old: int,
    limit_years: int,
    change_over_years: Mapping[int, float],
    limits: Interval | None = None,
) -> Interval | None:
    """Return the reading [l, u], in the indicator's units, of a figure that is `years_old` years old.

    Within `limit_years` it is a point. Older, it is widened by the change (in the same units, both ways)
    that the indicator is published to show over just so many years, and cut to `limits` when they are
    given. Without a published change the reading is None: missing. Negative years or changes, a
    figure outside the limits and numbers that are not finite raise `MethodError`. Source: method, section 3.

    >>> aged_reading(8.0, years_old=1, limit_years=2, change_over_years={3: 1.5})
    (8.0, 8.0)
    >>> aged_reading(8.0, years_old=3, limit_years=2, change_over_years={3: 1.5})
    (6.5, 9.5)
    >>> aged_reading(8.0, years_old=4, limit_years=2, change_over_years={3: 1.5}) is None
    True
    """
    figure = finite_number("value", value)
    for name, years in (("years_old", years_old), ("limit_years", limit_years)):
        if finite_number(name, years) < 0:
            raise MethodError(name, f"{years} is negative")
    if years_old <= limit_years:
        return figure, figure
    if years_old not in change_over_years:
        return None
    change = finite_number("change_over_years", change_over_years[years_old])
    if change < 0:
        raise MethodError("change_over_years", f"{change} over {years_old} years is negative")
    if limits is None:
        return figure - change, figure + change
    least, greatest = _checked_reading("limits", limits)
    if not least <= figure <= greatest:
        raise MethodError("value", f"{figure} is outside {least} to {greatest}")
    return max(figure - change, least), min(figure + change, greatest)


def _checked_reading(key: str, reading: Interval) -> Interval:
    try:
        lower, upper = reading
    except (TypeError, ValueError):
        raise MethodError(key, f"{reading!r} is not a pair of numbers") from None
    lower, upper = finite_number(key, lower), finite_number(key, upper)
    if lower > upper:
        raise MethodError(key, f"lower end {lower} is above upper end {upper}")
    return lower, upper
