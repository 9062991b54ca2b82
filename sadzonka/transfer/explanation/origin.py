"""Where a municipality is weakest against the place that a practice comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import floatformat

from sadzonka.analysis import Contrast, contrast
from sadzonka.common.templatetags.words import without_references
from sadzonka.practices.models import Criterion
from sadzonka.transfer.explanation.options import reading_given
from sadzonka.transfer.known import CriterionLine, criterion_line
from sadzonka.transfer.queries import Outlook

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A criterion by which the municipality has, or may have, less than the origin of the practice."""

    contrast: Contrast
    line: CriterionLine

    @property
    def criterion(self) -> Criterion:
        return self.line.criterion

    @property
    def origin_figure(self) -> str:
        """The reading at the origin as it is written in the reader's language."""
        indicator = self.criterion.indicator
        return str(floatformat(self.criterion.origin_reading, f"{indicator.decimals if indicator else -1}g"))

    @property
    def origin_level(self) -> str:
        """What the level of a question at the origin means, in the words of the card."""
        reading = self.criterion.origin_reading
        if not self.criterion.is_question:
            return ""
        return without_references(dict(self.criterion.levels()).get(int(reading or 0), ""))


@dataclass(frozen=True, slots=True)
class AgainstOrigin:
    """What loses most against the origin: surely, and perhaps since nothing or little is known here."""

    is_given: bool
    sure: tuple[Shortfall, ...]
    possible: tuple[Shortfall, ...]


def against_origin(outlook: Outlook) -> AgainstOrigin:
    """Compare a municipality with the origin by every criterion of which the card tells how it is there."""
    criteria = {one.key: one for one in outlook.version.criteria.all()}
    origin = {
        key: reading
        for key, one in criteria.items()
        if (reading := reading_given(one, one.origin_reading)) is not None
    }
    found = contrast(outlook.model, outlook.facts, origin, outlook.analysis.weights)
    perhaps = [one for one in found if one.loss[0] <= 0 < one.loss[1]]
    return AgainstOrigin(
        is_given=bool(origin),
        sure=_shortfalls([one for one in found if one.is_sure], criteria, outlook),
        possible=_shortfalls(sorted(perhaps, key=lambda one: -one.loss[1]), criteria, outlook),
    )


def _shortfalls(
    found: Sequence[Contrast], criteria: dict[str, Criterion], outlook: Outlook
) -> tuple[Shortfall, ...]:
    values = {one.criterion.key: one for one in outlook.analysis.criteria}
    return tuple(
        Shortfall(one, criterion_line(values[one.criterion.key], criteria[one.criterion.key], outlook))
        for one in found[:MOST_NAMED]
    )
