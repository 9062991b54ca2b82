"""Adoptions as cases to learn from: what the frozen record anticipated, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sadzonka.analysis import CLASSES, Interval, State
from sadzonka.practices.models import Version
from sadzonka.transfer.adoption.queries import Story, stories, told_adoptions
from sadzonka.transfer.assessment.stored import has_its_hash
from sadzonka.transfer.models import Assessment, Stage

SUSTAINED = frozenset({Stage.Outcome.SUSTAINED_12, Stage.Outcome.SUSTAINED_24})


@dataclass(frozen=True, slots=True)
class Case:
    """An adoption somebody decided for: its class, conditions and values at the decision, and its outcome.

    `class_interval` holds indices in `CLASSES`. Of conditions and criteria only those stand here that were
    known then. Of the two outcomes None means that it is not settled yet.
    """

    story: Story
    version: Version
    class_interval: tuple[int, int]
    clauses: Mapping[str, State]
    values: Mapping[str, Interval]
    is_delivered: bool | None
    is_sustained: bool | None


@dataclass(frozen=True, slots=True)
class Sorted:
    """Adoptions by what can be learnt from them: `cases` have a record, the others are only counted."""

    cases: tuple[Case, ...]
    declined: int
    without_assessment: int
    without_record: int

    @property
    def count(self) -> int:
        """How many adoptions there are in all."""
        return len(self.cases) + self.declined + self.without_assessment + self.without_record

    @property
    def settled(self) -> tuple[Case, ...]:
        """Those that were delivered or abandoned."""
        return tuple(one for one in self.cases if one.is_delivered is not None)

    @property
    def under_way(self) -> int:
        return len(self.cases) - len(self.settled)


def sorted_adoptions() -> tuple[Sorted, Sorted]:
    """Return what can be learnt from the adoptions that everybody reads: real ones, and invented ones apart.

    What was anticipated comes from the assessment's frozen record and never from what is known today.
    """
    told = told_adoptions().prefetch_related(
        "plan__assessment__version__clauses", "plan__assessment__version__criteria"
    )
    every = stories(told)
    return (
        _sorted(one for one in every if not one.adoption.municipality.is_invented),
        _sorted(one for one in every if one.adoption.municipality.is_invented),
    )


def _sorted(told: Iterable[Story]) -> Sorted:
    cases, declined, without_assessment, without_record = [], 0, 0, 0
    for story in told:
        if story.adoption.plan is None:
            without_assessment += 1
        elif story.newest.outcome == Stage.Outcome.DECLINED:
            declined += 1
        elif case := _case(story, story.adoption.plan.assessment):
            cases.append(case)
        else:
            without_record += 1
    return Sorted(tuple(cases), declined, without_assessment, without_record)


def _case(story: Story, assessment: Assessment) -> Case | None:
    """Return a story with what its record anticipated, None when there is no whole record."""
    found = _frozen_result(assessment)
    if found is None:
        return None
    low, high = (CLASSES.index(word) for word in found["class"])
    is_over = story.newest.outcome == Stage.Outcome.ABANDONED
    is_sustained = any(one.outcome in SUSTAINED for one in story.stages)
    return Case(
        story,
        assessment.version,
        (low, high),
        clauses={
            one["key"]: state
            for one in found["clauses"]
            if (state := State.from_word(one["state"])) is not State.UNKNOWN
        },
        values={one["key"]: tuple(one["value"]) for one in found["criteria"] if one["is_known"]},
        is_delivered=story.is_delivered or (False if is_over else None),
        is_sustained=is_sustained or (False if is_over else None),
    )


def _frozen_result(assessment: Assessment) -> Any:
    """Return the result that was frozen with a decision; None where what it rests on lost its hash."""
    is_whole = assessment.state == Assessment.State.FROZEN and has_its_hash(assessment)
    return json.loads(assessment.result_json) if is_whole else None
