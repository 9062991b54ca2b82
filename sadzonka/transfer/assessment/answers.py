"""What one person answers to one question, and what an editor verified about one condition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sadzonka.transfer.models import Ballot


@dataclass(frozen=True, slots=True)
class Answer:
    """A level 0 to 5 with its reason; without a level the person does not know."""

    level: int | None
    reason: str = ""


Answers: TypeAlias = Mapping[str, Answer]  # by the key of the question


def answers_of(ballot: Ballot | None) -> dict[str, Answer]:
    """Return what a ballot says."""
    ratings = ballot.ratings.all() if ballot else ()
    return {rating.criterion_key: Answer(rating.level, rating.reason) for rating in ratings}


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether an alternative of a condition is met, according to which source; no state is unknown."""

    state: str
    source: str = ""
    found_on: dt.date | None = None


Verifications: TypeAlias = Mapping[str, Verification]  # by the key of the alternative
