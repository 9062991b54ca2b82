"""How much a figure changes within n years, learnt from all gminas of Poland."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from pathlib import Path

PERCENTILE = Fraction(95, 100)
LONGEST = 10
LINE = re.compile(r"^relative_change_over_years = .*$", re.MULTILINE)


def relative_change(series: Iterable[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """Return, by number of years n, the share that 95 % of all changes over n years do not exceed.

    Every pair of years (t, t+n) of every series counts; a change is |x(t+n) - x(t)| / x(t), so pairs that
    begin at zero do not count. Percentile by nearest rank, rounded up to 0.01.

    >>> relative_change([{2020: Decimal(100), 2021: Decimal(90)}, {2020: Decimal(10), 2021: Decimal(14)}])
    {1: Decimal('0.40')}
    """
    all_series = list(series)
    shares: dict[int, Decimal] = {}
    for years in range(1, LONGEST + 1):
        changes = sorted(
            abs(values[year + years] - value) / value
            for values in all_series
            for year, value in values.items()
            if value and year + years in values
        )
        if changes:
            rank = -(-len(changes) * PERCENTILE.numerator // PERCENTILE.denominator)
            shares[years] = changes[rank - 1].quantize(Decimal("0.01"), rounding=ROUND_CEILING)
    return shares


def write_change(shares: Mapping[int, Decimal], template: Path, target: Path) -> None:
    """Write the hand-written indicators with the computed line in its place."""
    line = ", ".join(f"{years} = {share}" for years, share in shares.items())
    text, found = LINE.subn(
        f"relative_change_over_years = {{ {line} }}", template.read_text(encoding="utf-8")
    )
    if found != 1:
        raise ValueError(f"{template}: expected one line relative_change_over_years, found {found}")
    target.write_text(text, encoding="utf-8", newline="\n")
