"""The three states of a condition and of the gate (method, section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from operator import attrgetter
from typing import Self

from sadzonka.analysis.checks import MethodError

_VALUE = attrgetter("value")


class State(Enum):
    """State of an alternative or of a clause: unmet 0, unknown 1/2, met 1. Unknown is never met.

    Kleene's strong three-valued logic: OR is `any_of`, the maximum; AND is `all_of`, the minimum.

    >>> State.UNKNOWN.value
    0.5
    """

    UNMET = 0.0
    UNKNOWN = 0.5
    MET = 1.0

    @property
    def word(self) -> str:
        """The word used in JSON.

        >>> State.MET.word
        'met'
        """
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Self:
        """Return the state that `word` names; raise `MethodError` for any other word.

        >>> State.from_word("unmet") is State.UNMET
        True
        >>> State.from_word("perhaps")
        Traceback (most recent call last):
        ...
        sadzonka.analysis.checks.MethodError: state: 'perhaps' is none of unmet, unknown, met
        """
        for state in cls:
            if state.word == word:
                return state
        words = ", ".join(state.word for state in cls)
        raise MethodError("state", f"{word!r} is none of {words}")


def any_of(states: Iterable[State]) -> State:
    """Return the highest of the states: met as soon as one is; unmet when there is none.

    >>> any_of([State.UNMET, State.UNKNOWN]).word
    'unknown'
    """
    return max(states, key=_VALUE, default=State.UNMET)


def all_of(states: Iterable[State]) -> State:
    """Return the lowest of the states: met only when all are, also when there is none.

    >>> all_of([State.MET, State.UNKNOWN]).word, all_of([]).word
    ('unknown', 'met')
    """
    return min(states, key=_VALUE, default=State.MET)


class Gate(Enum):
    """State of all necessary conditions together: blocked 0, to verify 1/2, open 1.

    >>> Gate(State.UNKNOWN.value).word
    'to_verify'
    """

    BLOCKED = 0.0
    TO_VERIFY = 0.5
    OPEN = 1.0

    @property
    def word(self) -> str:
        """The word used in JSON.

        >>> Gate.OPEN.word
        'open'
        """
        return self.name.lower()
