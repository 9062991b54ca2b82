"""Two practices for one municipality: which scores more, under how many weightings, and what decides."""

from __future__ import annotations

from dataclasses import dataclass

from sadzonka.analysis import DIMENSIONS, Analysis, Gate, Interval, share_better
from sadzonka.analysis.shares import DECIMALS
from sadzonka.practices.choices import Dimension
from sadzonka.transfer.answer import OutlookLine, outlook_line
from sadzonka.transfer.queries import Outlook
from sadzonka.transfer.words import percent


@dataclass(frozen=True, slots=True)
class Side:
    """One of two practices: what the list of the municipality says of it, and how often it scores more.

    `better` is the share of weightings for which it scores more than the other one, at worst and at best.
    Sentences call it by its letter.
    """

    letter: str
    line: OutlookLine
    better: Interval

    @property
    def analysis(self) -> Analysis:
        return self.line.outlook.analysis

    @property
    def slug(self) -> str:
        return self.line.outlook.version.practice.slug

    @property
    def is_blocked(self) -> bool:
        return self.analysis.gate is Gate.BLOCKED

    @property
    def is_open(self) -> bool:
        return self.analysis.gate is Gate.OPEN

    @property
    def percent(self) -> tuple[str, str]:
        """The share in percent, the lower end rounded down and the upper one up."""
        low, high = percent(self.better)
        return str(low), str(high)

    def value_of(self, dimension: str) -> Interval:
        """Return the interval of a dimension."""
        return self.analysis.dimensions[DIMENSIONS.index(dimension)]

    def knows(self, dimension: str) -> bool:
        """Whether anything is known in a dimension."""
        return any(one.is_known for one in self.analysis.criteria if one.criterion.dimension == dimension)


@dataclass(frozen=True, slots=True)
class SideOfDimension:
    """What one practice reaches in one dimension."""

    side: Side
    value: Interval
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class DimensionPair:
    """One dimension of both: what each reaches, and the difference, the first one's less the second one's."""

    dimension: Dimension
    sides: tuple[SideOfDimension, SideOfDimension]
    difference: Interval

    @property
    def ahead(self) -> Side | None:
        """The one that is surely higher here, None when neither is."""
        low, high = self.difference
        first, second = self.sides
        return first.side if low > 0 else second.side if high < 0 else None

    @property
    def is_equal(self) -> bool:
        return self.difference == (0.0, 0.0)

    @property
    def sure_difference(self) -> float:
        """By how much they differ whatever is not known, 0 when they may be equal."""
        low, high = self.difference
        return max(low, -high, 0.0)

    @property
    def open_difference(self) -> float:
        """How far the difference can still move."""
        low, high = self.difference
        return round(high - low, DECIMALS)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two practices compared for one municipality on what is stored."""

    first: Side
    second: Side
    dimensions: tuple[DimensionPair, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.first, self.second

    @property
    def ahead(self) -> Side | None:
        """The one that is surely nowhere lower and somewhere higher, so that no weighting puts it behind."""
        lows, highs = zip(*(one.difference for one in self.dimensions), strict=True)
        if min(lows) >= 0 and max(lows) > 0:
            return self.first
        return self.second if max(highs) <= 0 and min(highs) < 0 else None

    @property
    def behind(self) -> Side | None:
        """The other one."""
        return next((one for one in self.sides if self.ahead and one is not self.ahead), None)

    @property
    def is_equal(self) -> bool:
        """Whether both score the same under every weighting."""
        return all(one.is_equal for one in self.dimensions)

    @property
    def is_undecided(self) -> bool:
        """Whether no weighting settles anything: what is not known decides alone."""
        return all(one.better[0] == 0 < one.better[1] for one in self.sides)

    @property
    def is_certain(self) -> bool:
        """Whether the shares are points: only the weights decide."""
        return all(one.better[0] == one.better[1] for one in self.sides)

    @property
    def blocked(self) -> tuple[Side, ...]:
        return tuple(one for one in self.sides if one.is_blocked)

    @property
    def decides(self) -> DimensionPair | None:
        """The dimension that differs most for sure, None when none does."""
        found = max(self.dimensions, key=lambda one: one.sure_difference)
        return found if found.sure_difference else None

    @property
    def most_open(self) -> DimensionPair | None:
        """The dimension in which the difference can still move furthest, None when all is known."""
        found = max(self.dimensions, key=lambda one: one.open_difference)
        return found if found.open_difference else None


def pair_of(first: Outlook, second: Outlook) -> Pair:
    """Compare two practices for one municipality, under the weights of the first's analysis.

    The lower end of a share sets the one's lowest values against the other's highest, the upper end the
    reverse (method, section 4).
    """
    sides = (
        Side("A", outlook_line(first), _better(first.analysis, second.analysis)),
        Side("B", outlook_line(second), _better(second.analysis, first.analysis)),
    )
    return Pair(*sides, dimensions=tuple(_dimension_pair(Dimension(name), *sides) for name in DIMENSIONS))


def _better(one: Analysis, other: Analysis) -> Interval:
    weights = one.weights
    lowest, highest = (weights.image(end) for end in zip(*one.dimensions, strict=True))
    others_lowest, others_highest = (weights.image(end) for end in zip(*other.dimensions, strict=True))
    low, high = share_better(lowest, others_highest), share_better(highest, others_lowest)
    return round(float(low), DECIMALS), round(float(high), DECIMALS)


def _dimension_pair(dimension: Dimension, first: Side, second: Side) -> DimensionPair:
    ours, theirs = (
        SideOfDimension(side, side.value_of(dimension), is_unknown=not side.knows(dimension))
        for side in (first, second)
    )
    (low, high), (others_low, others_high) = ours.value, theirs.value
    difference = round(low - others_high, DECIMALS), round(high - others_low, DECIMALS)
    return DimensionPair(dimension, (ours, theirs), difference)
