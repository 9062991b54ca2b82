"""How a reader's answers, and the steps that they imagine, stand in the address of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from sadzonka.analysis import Change
    from sadzonka.transfer.queries import Answers

CONDITION, QUESTION, STEP = "if-", "q-", "do-"
UNKNOWN, TAKEN = "unknown", "1"


def name_of(change: Change) -> str:
    """Return the name under which a change stands in an address."""
    return f"{STEP}{change.kind}-{change.key}"


def query_of(answers: Answers, changes: Iterable[Change]) -> str:
    """Return the part of an address that holds a reader's answers and the steps taken."""
    states = {CONDITION + key: state.word for key, state in answers.states.items()}
    levels = {
        QUESTION + key: UNKNOWN if level is None else str(level) for key, level in answers.levels.items()
    }
    return urlencode(states | levels | {name_of(change): TAKEN for change in changes})
