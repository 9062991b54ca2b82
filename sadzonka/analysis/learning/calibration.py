"""Of the adoptions that were anticipated to be of each class, how many were delivered (method, section 9)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sadzonka.analysis.checks import MethodError, finite_number
from sadzonka.analysis.practice import CLASSES
from sadzonka.analysis.shares import DECIMALS
from sadzonka.analysis.value_function import Interval

FEWEST_FOR_PERCENTAGE = 10
_Z = 1.959963984540054  # 97.5 % of a standard normal distribution lie below it


@dataclass(frozen=True, slots=True)
class ClassOutcome:
    """What became of the adoptions anticipated to be of one class.

    `class_index` is that in `CLASSES`. Of `n` whose outcome is known, `k` were delivered; of `n_open` it is
    not known yet, and they count nowhere else. `interval` is Wilson's, 95 %; `pooled` is the rate once
    classes whose rates contradict their order are taken together, None when n is 0.

    >>> ClassOutcome(2, 3, 2, 1, (0.208, 0.939), 0.667).word
    'good'
    """

    class_index: int
    n: int
    k: int
    n_open: int
    interval: Interval
    pooled: float | None

    @property
    def word(self) -> str:
        """The word of the class.

        >>> ClassOutcome(0, 0, 0, 0, (0.0, 1.0), None).word
        'distant'
        """
        return CLASSES[self.class_index]

    @property
    def shows_percentage(self) -> bool:
        """Whether so many are known that a percentage says more than "k of n".

        >>> ClassOutcome(3, 9, 9, 0, (0.701, 1.0), 1.0).shows_percentage
        False
        """
        return self.n >= FEWEST_FOR_PERCENTAGE


def calibration(outcomes: Iterable[tuple[int, bool | None]]) -> tuple[ClassOutcome, ...]:
    """Count outcomes by anticipated class, the lowest class first; every class is there, also an empty one.

    Each outcome is a pair: the index in `CLASSES` that was anticipated when it was decided (the lower end
    of an interval, as in `is_robustly_good`), and whether it was delivered, None while that is not known.
    An index of no class, or an outcome that is none of the three, raises `MethodError`. The order of
    outcomes is irrelevant. Source: method, section 9.

    >>> [(one.word, one.k, one.n, one.pooled) for one in calibration([(1, False), (2, True), (2, None)])]
    [('distant', 0, 0, None), ('possible', 0, 1, 0.0), ('good', 1, 1, 1.0), ('strong', 0, 0, None)]
    """
    delivered, known, unknown = ([0] * len(CLASSES) for _ in range(3))
    for index, is_delivered in outcomes:
        if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(CLASSES):
            raise MethodError("class", f"{index!r} is no index of a class, 0 to {len(CLASSES) - 1}")
        if is_delivered is not None and not isinstance(is_delivered, bool):
            raise MethodError("outcome", f"{is_delivered!r} is none of True, False, None")
        unknown[index] += is_delivered is None
        known[index] += is_delivered is not None
        delivered[index] += is_delivered is True
    filled = [index for index, n in enumerate(known) if n]
    rates = pooled([delivered[index] / known[index] for index in filled], [known[index] for index in filled])
    in_order = dict(zip(filled, rates, strict=True))
    return tuple(
        ClassOutcome(index, n, k, n_open, wilson(k, n), in_order.get(index))
        for index, (n, k, n_open) in enumerate(zip(known, delivered, unknown, strict=True))
    )


def wilson(k: int, n: int) -> Interval:
    """Wilson's 95 % interval, to 9 decimals within [0, 1], of a rate of which `k` of `n` were seen.

    Nothing seen, n = 0, leaves [0, 1], where the formula tends to. k outside 0 to n raises `MethodError`.
    Source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3.

    >>> [round(end, 4) for end in wilson(81, 263)]
    [0.2553, 0.3662]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    for name, count in (("k", k), ("n", n)):
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise MethodError(name, f"{count!r} is not a whole number from 0")
    if k > n:
        raise MethodError("k", f"{k} is more than n, {n}")
    if n == 0:
        return 0.0, 1.0
    middle = k + _Z**2 / 2
    half = _Z * math.sqrt(k * (n - k) / n + _Z**2 / 4)
    lower = 0.0 if k == 0 else (middle - half) / (n + _Z**2)
    upper = 1.0 if k == n else (middle + half) / (n + _Z**2)
    return round(lower, DECIMALS), round(upper, DECIMALS)


def pooled(rates: Sequence[float], counts: Sequence[float]) -> tuple[float, ...]:
    """Return the rates that never fall from one to the next and are nearest to `rates` weighted by `counts`.

    Neighbours that fall are taken together at their weighted mean until none does (pooled adjacent
    violators); rounded to 9 decimals. Both are equally long, counts above 0, all finite; anything else
    raises `MethodError`. Source: Ayer et al. 1955; Barlow et al. 1972.

    >>> pooled([0.2, 0.6, 0.3, 0.9], [5, 1, 2, 4])
    (0.2, 0.4, 0.4, 0.9)
    """
    if len(rates) != len(counts):
        raise MethodError("counts", f"{len(rates)} are needed, not {len(counts)}")
    blocks: list[tuple[float, float, int]] = []  # sum of rates by counts, sum of counts, how many
    for rate, count in zip(rates, counts, strict=True):
        if finite_number("counts", count) <= 0:
            raise MethodError("counts", f"{count} is not above 0")
        block = (finite_number("rates", rate) * count, float(count), 1)
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            total, weight, size = blocks.pop()
            block = (total + block[0], weight + block[1], size + block[2])
        blocks.append(block)
    return tuple(round(total / weight, DECIMALS) for total, weight, size in blocks for _ in range(size))
