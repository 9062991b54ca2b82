"""How far a panel agrees, for those who lead the discussion: two more measures; they change no result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis.agreement import Alpha, krippendorff_alpha
from sadzonka.practices.models import Criterion
from sadzonka.transfer.assessment.panels import FEWEST_FOR_GROUPS
from sadzonka.transfer.models import Ballot

RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff 2004: for conclusions, for tentative ones


@dataclass(frozen=True, slots=True)
class Reliability:
    """Krippendorff's alpha (ordinal) of a whole questionnaire that so many people answered."""

    people: int
    alpha: Alpha

    @property
    def value(self) -> float | None:
        """Alpha; None where it means nothing, as of a single question that two people answered."""
        return self.alpha.value if self.alpha.n_units > 1 else None

    @property
    def reading(self) -> Promise:
        """What it says, in words."""
        if self.alpha.undefined == "no variation":
            return _("cannot be told from chance: every level given is the same")
        if self.value is None:
            return _("cannot be said: fewer than two questions were answered by two people")
        if self.value >= RELIABLE:
            return _("people read and answer the questions alike")
        if self.value >= TENTATIVE:
            return _("people answer more or less alike; rest no more than tentative conclusions on it")
        return _("people answer differently; ask each other what you had in mind")


def reliability(questions: Sequence[Criterion], counted: Sequence[Ballot]) -> Reliability | None:
    """Return how far people agree over all questions; None of fewer than three, and of a single question."""
    if len(counted) < FEWEST_FOR_GROUPS or len(questions) <= 1:
        return None
    given = [{one.criterion_key: one.level for one in ballot.ratings.all()} for ballot in counted]
    rows = [[levels.get(question.key) for question in questions] for levels in given]
    return Reliability(len(counted), krippendorff_alpha(rows, "ordinal"))
