"""A screening prepared for its page: groups of municipalities, each with what there is to say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.functional import Promise

from sadzonka.analysis import Practice, first_questions
from sadzonka.places.models import Period
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.outcome import Outcome, weight_set
from sadzonka.transfer.screening.queries import periods_by_municipality
from sadzonka.transfer.screening.ranking import grouped
from sadzonka.transfer.words import percent


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality of a screening as the list shows it."""

    code: str
    country: str
    name: str
    county: str
    region: str
    css: str
    drawing: str
    gate: Promise
    classes: str
    shares: tuple[str, ...]
    completeness: int
    first_question: str | None


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Municipalities under one heading."""

    heading: str
    is_blocked: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All municipalities of a screening in a few numbers."""

    count: int
    blocked: int
    to_verify: int
    open: int
    completeness: tuple[int, int]
    half_knows: int
    sampling: str


def summary_of(outcome: Outcome) -> Summary:
    """Return what a screening says at its head."""
    blocked, to_verify, are_open = (int(count) for count in np.bincount(outcome.gate, minlength=3))
    known = outcome.completeness
    return Summary(
        count=len(outcome),
        blocked=blocked,
        to_verify=to_verify,
        open=are_open,
        completeness=(_percent(float(known.min())), _percent(float(known.max()))),
        half_knows=_percent(float(np.sort(known)[(len(known) - 1) // 2])),
        sampling=words.sampling_words(max(1, words.sampling_error(outcome))),
    )


def groups_shown(screening: Screening, outcome: Outcome, rows: Sequence[int]) -> list[LineGroup]:
    """Return rows that are in order as the page shows them; in one query."""
    periods = periods_by_municipality(screening, [int(outcome.ids[row]) for row in rows])
    model = analysis_model(screening.version)
    return [
        LineGroup(
            words.group_words(outcome.bands, group.place),
            group.place > len(outcome.bands),
            tuple(
                _line(screening, model, outcome, row, group=group.place, period=period)
                for row in group.rows
                if (period := periods.get(int(outcome.ids[row]))) is not None
            ),
        )
        for group in grouped(outcome, rows)
    ]


def _line(
    screening: Screening, model: Practice, outcome: Outcome, row: int, *, group: int, period: Period
) -> Line:
    gate = int(outcome.gate[row])
    return Line(
        code=period.municipality.code,
        country=screening.country_id,
        name=period.name,
        county=str(period.county),
        region=str(period.county.region),
        css=words.GATE_CSS[gate],
        drawing=words.GATE_DRAWINGS[gate],
        gate=words.gate_at(outcome, row),
        classes=words.class_words(outcome.class_interval[:, row]),
        shares=_shares(outcome, row, group),
        completeness=_percent(float(outcome.completeness[row])),
        first_question=first_question(screening, model, outcome, row),
    )


def first_question(screening: Screening, model: Practice, outcome: Outcome, row: int) -> str | None:
    """Return what is to be found out first, None when nothing that is unknown decides."""
    questions = first_questions(model, outcome.facts_at(row), weight_set(screening.weights))
    first = next((one for one in questions if one.is_worth_measuring), None)
    return words.question_words(screening.version, first) if first else None


def _shares(outcome: Outcome, row: int, group: int) -> tuple[str, ...]:
    """Return how often it is in the band of its group and in the one that invitations ask about."""
    if outcome.is_blocked[row]:
        return ()
    own = min(group, len(outcome.bands) - 1)
    return tuple(
        f"{words.band_words(outcome.bands[place])}: {words.share_words(words.share_at(outcome, row, place))}"
        for place in sorted({own, outcome.central})
    )


def _percent(share: float) -> int:
    return percent((share, 1.0))[0]  # never more than is known
