"""What is known about a criterion in a municipality, as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from sadzonka.analysis import CriterionValue, Interval
from sadzonka.places.queries import Figure
from sadzonka.practices.models import Criterion
from sadzonka.transfer.models import Judgement
from sadzonka.transfer.queries import Outlook


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion as the page shows it: its value, and the figure, judgement or answer behind it."""

    criterion: Criterion
    value: Interval
    is_known: bool
    figure: Figure | None
    judgement: Judgement | None
    is_readers: bool
    is_too_old: bool


def criterion_line(found: CriterionValue, criterion: Criterion, outlook: Outlook) -> CriterionLine:
    """Return one criterion as pages show it."""
    knowledge = outlook.knowledge
    figure = knowledge.figures.get(criterion.indicator_id) if criterion.indicator_id else None
    return CriterionLine(
        criterion,
        found.value,
        found.is_known,
        figure,
        knowledge.judgements.get((outlook.version.practice_id, criterion.key)),
        is_readers=criterion.key in outlook.answers.levels,
        is_too_old=figure is not None and figure.value is not None and not found.is_known,
    )
