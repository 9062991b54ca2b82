"""Several people answer one question: what they say together (method, section 7)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.practice import LEVELS
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.value_function import Interval

FEWEST = 3  # fewer people than this give an individual opinion, not a panel's
_HIGHEST = int(LEVELS[1])
_QUARTILES = (0.25, 0.75)


@dataclass(frozen=True, slots=True)
class Panel:
    """The levels 0 to 5 that people gave to one question, and what follows from them.

    `n` gave a level, `n_unknown` said that they do not know; `counts` goes by level. `window` are the
    levels at most one away from the median; of the two windows around a half-integer median the one with
    more ratings, the lower of equals. `interval` is what the analysis takes as reading. `median`,
    `window`, `is_agreement` and `interval` are None when nobody gave a level: the question is missing.

    >>> panel([3, 3, 4, None]).counts
    (0, 0, 0, 2, 1, 0)
    """

    n: int
    n_unknown: int
    counts: tuple[int, ...]
    median: float | None
    window: tuple[int, int] | None
    is_agreement: bool | None
    interval: Interval | None

    @property
    def is_individual_opinion(self) -> bool:
        """Whether so few gave a level that it cannot be called a panel's answer.

        >>> panel([2, 3]).is_individual_opinion, panel([2, 3, 3]).is_individual_opinion
        (True, False)
        """
        return 0 < self.n < FEWEST

    @property
    def n_outside(self) -> int:
        """How many ratings lie outside the window.

        >>> panel([1, 4, 4, 5]).n_outside
        1
        """
        return sum(count for level, count in enumerate(self.counts) if self.is_outside(level))

    @property
    def consensus(self) -> float | None:
        """How close the levels are: 1 when all are the same, 0 when half is at each end of the scale.

        >>> panel([0, 0, 5, 5]).consensus, panel([2, 2]).consensus
        (0.0, 1.0)
        """
        return consensus(self.counts)

    def is_outside(self, level: int) -> bool:
        """Whether a level lies outside the window.

        >>> panel([1, 4, 4, 5]).is_outside(1)
        True
        """
        return self.window is not None and not self.window[0] <= level <= self.window[1]

    def is_minority(self, level: int) -> bool:
        """Whether who gave this level sees it otherwise than the rest agrees; on a split nobody does.

        >>> panel([1, 4, 4, 5]).is_minority(1), panel([0, 0, 5, 5]).is_minority(0)
        (True, False)
        """
        return self.is_agreement is True and self.is_outside(level)


def panel(levels: Iterable[int | None]) -> Panel:
    """Return what people say together who gave these levels, None for "I don't know"; order is irrelevant.

    They agree when fewer than a third of the ratings lie outside the window of three levels around the
    median. Then the interval goes from the first to the third quartile (NumPy's
    `averaged_inverted_cdf`, with which a doubled panel says the same); otherwise from the lowest to the
    highest level: disagreement is carried on as uncertainty. Anything but a whole number 0 to 5 or None
    raises `MethodError`. Source: method, section 7; window after Lim & Yap (RAND/UCLA).

    >>> panel([2, 3, 3, 3, 4]).interval, panel([0, 1, 4, 5]).interval
    ((3.0, 3.0), (0.0, 5.0))
    >>> panel([3, 7])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: level: 7 is not a whole number from 0 to 5
    """
    given = list(levels)
    known = sorted(_checked_level(level) for level in given if level is not None)
    counts = tuple(known.count(level) for level in range(_HIGHEST + 1))
    n, n_unknown = len(known), len(given) - len(known)
    if not known:
        return Panel(n, n_unknown, counts, None, None, None, None)
    median = (known[(n - 1) // 2] + known[n // 2]) / 2
    window = _better_window(known, median)
    is_agreement = 3 * sum(not window[0] <= level <= window[1] for level in known) < n
    return Panel(
        n=n,
        n_unknown=n_unknown,
        counts=counts,
        median=median,
        window=window,
        is_agreement=is_agreement,
        interval=_quartiles(known) if is_agreement else (float(known[0]), float(known[-1])),
    )


def consensus(counts: Sequence[int]) -> float | None:
    """Consensus, in [0, 1] to 9 decimals, of ratings counted by equally distant categories.

    1 when all are in one category, 0 when half is at each end, None when there are no ratings. Fewer than
    two categories and counts that are no whole numbers from 0 raise `MethodError`.
    Source: Tastle & Wierman 2007, Cns = 1 + sum p_i log2(1 - |X_i - mean| / width).

    >>> consensus([30, 40, 210, 130, 530, 50, 10])
    0.725687614
    >>> consensus([0, 0, 0]) is None
    True
    """
    width = len(counts) - 1
    if width < 1:
        raise MethodError("counts", "at least two categories are needed")
    for count in counts:
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise MethodError("counts", f"{count!r} is not a whole number from 0")
    n = sum(counts)
    if not n:
        return None
    mean = sum(category * count for category, count in enumerate(counts)) / n
    terms = (
        count / n * math.log2(1 - abs(category - mean) / width)
        for category, count in enumerate(counts)
        if count
    )
    return round(min(max(1 + math.fsum(terms), 0.0), 1.0), DECIMALS)


def _checked_level(level: object) -> int:
    if isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= _HIGHEST:
        raise MethodError("level", f"{level!r} is not a whole number from 0 to {_HIGHEST}")
    return level


def _better_window(known: list[int], median: float) -> tuple[int, int]:
    """Return the ends of the three levels around the median that hold more ratings."""
    centres = sorted({math.floor(median), math.ceil(median)})
    windows = [(max(centre - 1, 0), min(centre + 1, _HIGHEST)) for centre in centres]
    return max(windows, key=lambda window: sum(window[0] <= level <= window[1] for level in known))


def _quartiles(known: list[int]) -> Interval:
    lower, upper = np.quantile(known, _QUARTILES, method="averaged_inverted_cdf")
    return float(lower), float(upper)
