"""One municipality of a screening: how it stands, and how it would stand with other answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sadzonka.analysis import DIMENSIONS, Analysis, Facts, Gate, Interval, State, analyse
from sadzonka.analysis.screening import BandShares, what_if
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.models import Screening
from sadzonka.transfer.queries import Answers, is_in_force
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.outcome import Outcome, weight_set
from sadzonka.transfer.screening.ranking import POSSIBLE, SURE


@dataclass(frozen=True, slots=True)
class BandLine:
    """How often a municipality is in a band, and how often it would be."""

    name: str
    is_central: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DimensionLine:
    """A dimension: its value, what it would be, and how much it weighs where the municipality is ahead."""

    name: str
    value: Interval
    changed: Interval
    weight: float | None
    usual: float
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a municipality stands: what an analysis says of it, and how often it is in which band."""

    analysis: Analysis
    shares: BandShares
    at: int  # its place in `shares`
    sampling: str

    @property
    def is_blocked(self) -> bool:
        return self.analysis.gate is Gate.BLOCKED

    @property
    def gate(self) -> str:
        return str(words.gate_word(self.analysis.gate))

    @property
    def css(self) -> str:
        return words.GATE_CSS[int(self.analysis.gate.value * 2)]

    @property
    def drawing(self) -> str:
        return words.GATE_DRAWINGS[int(self.analysis.gate.value * 2)]

    @property
    def classes(self) -> str:
        return words.class_words(self.analysis.class_interval)

    @property
    def central_weights(self) -> tuple[float, ...] | None:
        """The mean of the weightings that may bring it into the central band, None where none does."""
        found = self.shares.central_weights[self.at]
        return None if np.isnan(found).any() else tuple(float(weight) for weight in found)

    @property
    def heaviest(self) -> str:
        """The dimensions that weigh more than usual there, in words."""
        heavier = words.heavier_dimensions(self.central_weights or (), self.analysis.weights.centroid)
        return words.joined([one.label for one in heavier]) if heavier else ""

    @property
    def is_sure_there(self) -> bool:
        """Whether it is in the central band with just its central weights, whatever is not known."""
        return bool(self.shares.confidence[SURE, self.at])

    @property
    def is_possible_there(self) -> bool:
        """Whether it may be in the central band with just its central weights."""
        return bool(self.shares.confidence[POSSIBLE, self.at])

    def share(self, place: int) -> str:
        """Return how often it is in a band, in words; nothing when it is blocked."""
        if self.is_blocked:
            return ""
        low, high = (float(end) for end in self.shares.shares[:, place, self.at])
        return words.share_words((low, high))


def standing_of(screening: Screening, outcome: Outcome, row: int) -> Standing:
    """Return how a municipality stood when it was screened."""
    found = analyse(analysis_model(screening.version), outcome.facts_at(row), weight_set(screening.weights))
    sampling = words.sampling_words(max(1, words.sampling_error(outcome, row)))
    return Standing(found, outcome.acceptability, row, sampling)


def changed_standing(screening: Screening, outcome: Outcome, row: int, facts: Facts) -> Standing:
    """Return how it would stand with other facts, all other municipalities staying as they are.

    Its own line is what a full rerun would give; theirs may move too and are not computed.
    """
    found = analyse(analysis_model(screening.version), facts, weight_set(screening.weights))
    lower, upper = zip(*found.dimensions, strict=True)
    shares = what_if(
        outcome.acceptability,
        outcome.weightings,
        row,
        lower,
        upper,
        is_excluded=found.gate is Gate.BLOCKED,
    )
    return Standing(found, shares, 0, "")


def answered(version: Version, day: dt.date, facts: Facts, answers: Answers) -> Facts:
    """Return facts with a reader's answers in their place; no answer brings a law into force."""
    states: dict[str, State] = dict(facts.states)
    for clause in version.clauses.all():
        for alternative in clause.alternatives.all():
            if alternative.key in answers.states and is_in_force(alternative, day):
                states[alternative.key] = answers.states[alternative.key]
    readings: dict[str, Interval] = dict(facts.readings)
    for key, level in answers.levels.items():
        readings.pop(key, None)
        if level is not None:
            readings[key] = (level, level)
    return Facts(states=states, readings=readings)


def band_lines(outcome: Outcome, before: Standing, after: Standing | None) -> list[BandLine]:
    """Return the bands with how often the municipality is in each."""
    return [
        BandLine(
            words.band_words(band),
            place == outcome.central,
            before.share(place),
            after.share(place) if after else "",
        )
        for place, band in enumerate(outcome.bands)
    ]


def dimension_lines(before: Standing, after: Standing | None) -> list[DimensionLine]:
    """Return the five dimensions of a municipality."""
    shown = (after or before).analysis
    central = before.central_weights if not before.is_blocked else None
    usual: Mapping[str, float] = dict(zip(DIMENSIONS, before.analysis.weights.centroid, strict=True))
    return [
        DimensionLine(
            str(Dimension(name).label),
            before.analysis.dimensions[place],
            shown.dimensions[place],
            central[place] if central else None,
            usual[name],
            is_unknown=not any(one.is_known for one in shown.criteria if one.criterion.dimension == name),
        )
        for place, name in enumerate(DIMENSIONS)
    ]
