"""What reviewers' points come to, and who may see them yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sadzonka.people.models import Person
    from sadzonka.visits.models import Application, CallCriterion, Score

NEEDED_REVIEWERS = 2
DIFFERENCE = 2  # points on one criterion; reviewers who differ by more talk to each other


@dataclass(frozen=True)
class Scoring:
    """The points of one application: who gave how many for what."""

    criteria: Sequence[CallCriterion]
    scores: Sequence[Score]

    @property
    def by_reviewer(self) -> dict[Person, dict[int, Score]]:
        """The points of each reviewer by criterion, also unfinished ones."""
        found: dict[Person, dict[int, Score]] = {}
        for score in self.scores:
            found.setdefault(score.reviewer, {})[score.criterion_id] = score
        return found

    @property
    def complete(self) -> dict[Person, dict[int, Score]]:
        """The points of the reviewers who gave some on every criterion."""
        wanted = {criterion.pk for criterion in self.criteria}
        return {one: given for one, given in self.by_reviewer.items() if wanted and wanted <= given.keys()}

    @property
    def mean(self) -> float | None:
        """The mean of the complete reviewers' sums, None when there is none."""
        sums = [sum(score.points for score in given.values()) for given in self.complete.values()]
        return sum(sums) / len(sums) if sums else None

    @property
    def most(self) -> int:
        return sum(criterion.most_points for criterion in self.criteria)

    @property
    def disputed(self) -> list[CallCriterion]:
        """The criteria on which two complete reviewers differ by more than two points."""
        return [criterion for criterion in self.criteria if self._spread(criterion) > DIFFERENCE]

    def _spread(self, criterion: CallCriterion) -> int:
        points = [given[criterion.pk].points for given in self.complete.values()]
        return max(points) - min(points) if points else 0

    def shown_to(self, person: Person, reviewers: Iterable[Person]) -> Scoring:
        """Return what a person sees: a reviewer only their own points until those are complete.

        Others see points once two reviewers are done, so that nobody's points lean on another's.
        """
        if person in set(reviewers):
            is_open = person in self.complete
        else:
            is_open = len(self.complete) >= NEEDED_REVIEWERS
        if is_open:
            done = set(self.complete)
            return Scoring(self.criteria, [one for one in self.scores if one.reviewer in {*done, person}])
        return Scoring(self.criteria, [one for one in self.scores if one.reviewer == person])

    def lines(self) -> list[tuple[CallCriterion, list[Score | None], bool]]:
        """Return by criterion the points of each reviewer in turn, and whether they differ much."""
        people = list(self.by_reviewer.values())
        disputed = set(self.disputed)
        return [
            (criterion, [given.get(criterion.pk) for given in people], criterion in disputed)
            for criterion in self.criteria
        ]


def scorings(
    applications: Iterable[Application], criteria: Sequence[CallCriterion], scores: Iterable[Score]
) -> dict[int, Scoring]:
    """Return the scoring of each application by its number."""
    given: dict[int, list[Score]] = {}
    for score in scores:
        given.setdefault(score.application_id, []).append(score)
    return {one.pk: Scoring(criteria, given.get(one.pk, [])) for one in applications}
