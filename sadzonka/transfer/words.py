"""What the results of an analysis are called: classes, the gate, shares in percent."""

from __future__ import annotations

import math

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import Gate, Interval
from sadzonka.analysis.shares import DECIMALS

CLASS_WORDS: tuple[Promise, ...] = (_("distant"), _("possible"), _("good"), _("strong"))
GATE_WORDS = {
    Gate.BLOCKED: _("blocked"),
    Gate.TO_VERIFY: _("to verify"),
    Gate.OPEN: _("open"),
}


def class_range(interval: tuple[int, int]) -> str:
    """Return the classes from the lower to the upper end in words: one word when they are the same."""
    low, high = (str(CLASS_WORDS[end]) for end in interval)
    return low if low == high else gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def gate_word(gate: Gate) -> Promise:
    """Return the word for the state of all conditions together."""
    return GATE_WORDS[gate]


def percent(share: Interval) -> tuple[int, int]:
    """Return an interval in whole percent, its ends rounded outwards: never more certain than it is.

    >>> percent((0.29, 0.57)), percent((0.285, 0.571))
    ((29, 57), (28, 58))
    """
    low, high = (round(end * 100, DECIMALS - 2) for end in share)  # 0.29 * 100 is under 29
    return math.floor(low), math.ceil(high)
