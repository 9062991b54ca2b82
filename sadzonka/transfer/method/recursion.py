"""The exact share of weightings worked out line by line, in fractions (method, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

MOST_DIGITS = 10_000  # a fraction with a longer denominator explains less than its decimals
BILLION = 10**9  # values count in whole billionths


@dataclass(frozen=True, slots=True)
class ShareSteps:
    """How far each value lies above or below the threshold, and the lines of the recursion.

    A line holds a_0 to a_m, one more than there are values `above`: the first as it begins, then one
    after each value `below`.
    """

    threshold: Fraction
    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...]
    lines: tuple[tuple[Fraction, ...], ...]

    @property
    def share_below(self) -> Fraction:
        """The share of weightings for which the score stays under the threshold."""
        return self.lines[-1][-1]

    @property
    def share(self) -> Fraction:
        """The share of weightings for which the score reaches the threshold."""
        return 1 - self.share_below


def share_steps(values: Iterable[float], threshold: float) -> ShareSteps:
    """Return the recursion of Varsi over `values`, in the order in which they are given.

    >>> str(share_steps((0.9, 0.3, 0.4), 0.5).share)
    '8/15'
    """
    cut = _exact(threshold)
    distances = [_exact(value) - cut for value in values]
    above = tuple(one for one in distances if one >= 0)
    below = tuple(one for one in distances if one < 0)
    lines = [(Fraction(1), *(Fraction(0) for _ in above))]
    for z in below:
        lines.append(_next_line(lines[-1], above, z))
    return ShareSteps(cut, above, below, tuple(lines))


def short_fraction(number: Fraction) -> str:
    """Return a fraction as it is written, empty for a whole number and where it would be long.

    >>> short_fraction(Fraction(451, 2520)), short_fraction(Fraction(1, 12345)), short_fraction(Fraction(1))
    ('451/2520', '', '')
    """
    return str(number) if 1 < number.denominator < MOST_DIGITS else ""


def _next_line(line: tuple[Fraction, ...], above: tuple[Fraction, ...], z: Fraction) -> tuple[Fraction, ...]:
    found = [line[0]]
    for p, old in zip(above, line[1:], strict=True):
        found.append((p * old - z * found[-1]) / (p - z))
    return tuple(found)


def _exact(value: float) -> Fraction:
    return Fraction(round(value * BILLION), BILLION)
