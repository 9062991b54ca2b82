"""The adopters of a practice that are most like a municipality, however it ended with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import Exists, OuterRef

from sadzonka.analysis import NOT_KNOWN, Box, Kind, Likeness, Space, nearest
from sadzonka.places.likeness.comparing import columns_in_use, scale_of
from sadzonka.places.likeness.queries import DECIMALS_SHOWN, NAMED, Bar
from sadzonka.places.models import Indicator, Municipality, Period
from sadzonka.places.queries import indicators_with_parts
from sadzonka.places.series.working_set import WorkingSet, working_set
from sadzonka.practices.models import Version
from sadzonka.transfer.adoption.queries import Precedent

if TYPE_CHECKING:
    import datetime as dt

SHOWN = 3
TYPE = Kind("type")
ONLY_TYPES = frozenset({Period.Kind.COMUNE, Period.Kind.LOCAL_UNIT})  # the only type of its country


@dataclass(frozen=True, slots=True)
class Variable:
    """By what two municipalities are compared, and how far apart they are; a type has no indicator."""

    indicator: Indicator | None
    apart: Bar


@dataclass(frozen=True, slots=True)
class LikeAdopter:
    """An adopter with its distance; `compared` are the variables known of both, the closest first."""

    precedent: Precedent
    apart: Bar
    compared: tuple[Variable, ...]
    variables: int

    @property
    def alike(self) -> tuple[Variable, ...]:
        """What is closest between the two."""
        return self.compared[: min(NAMED, (len(self.compared) + 1) // 2)]

    @property
    def different(self) -> tuple[Variable, ...]:
        """Where they are furthest apart, the furthest first; nothing that is shown as the same."""
        rest = self.compared[len(self.alike) :]
        apart = [one for one in rest if round(one.apart.upper, DECIMALS_SHOWN) > 0]
        return tuple(reversed(apart[-NAMED:]))


@dataclass(frozen=True, slots=True)
class Precedents:
    """Who has taken a practice up: the municipality itself, the nearest, the others, the incomparable."""

    here: tuple[Precedent, ...] = ()
    nearest: tuple[LikeAdopter, ...] = ()
    further: tuple[LikeAdopter, ...] = ()
    incomparable: tuple[Precedent, ...] = ()

    @property
    def elsewhere(self) -> int:
        """How many other municipalities have taken it up or turned it down."""
        return len(self.nearest) + len(self.further) + len(self.incomparable)


def catalogue_for(version: Version) -> list[Indicator]:
    """Return all indicators, each with whether the card names it to compare adopters by; in one query."""
    chosen = Version.compared_by.through.objects.filter(version=version.pk, indicator=OuterRef("pk"))
    return indicators_with_parts(Indicator.objects.annotate(is_chosen=Exists(chosen)))


def precedents_for(
    municipality: Municipality,
    kind: str,
    found: Sequence[Precedent],
    catalogue: Sequence[Indicator],
    day: dt.date,
) -> Precedents:
    """Return the adopters of a practice as a municipality of this kind sees them, failures included.

    An invented municipality is no precedent for a real one. In one query of the version of figures when
    the working set is in memory, in none when nobody else has adopted the practice.
    """
    here = tuple(one for one in found if one.municipality == municipality)
    elsewhere = adopters_elsewhere(municipality, found)
    if not elsewhere:
        return Precedents(here)
    like = figures_for(catalogue, day).most_like(municipality, kind, elsewhere)
    comparable = {one.precedent.adoption.pk for one in like}
    return Precedents(
        here,
        tuple(like[:SHOWN]),
        tuple(like[SHOWN:]),
        tuple(one for one in elsewhere if one.adoption.pk not in comparable),
    )


def adopters_elsewhere(municipality: Municipality, found: Sequence[Precedent]) -> list[Precedent]:
    """Return the adopters that can be a precedent for a municipality: others, real ones for a real one."""
    return [
        one
        for one in found
        if one.municipality != municipality and (municipality.is_invented or not one.municipality.is_invented)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class FiguresToCompare:
    """The figures of all municipalities by which adopters of a practice are compared."""

    indicators: tuple[Indicator, ...]
    everywhere: WorkingSet

    def most_like(
        self, municipality: Municipality, kind: str, adopters: Sequence[Precedent]
    ) -> list[LikeAdopter]:
        """Return the adopters that can be compared with a municipality of this kind, the nearest first."""
        row_of = self.everywhere.row_of
        rows = {row: one for one in adopters if (row := row_of(one.municipality.pk)) is not None}
        at = np.array(sorted(rows), dtype=np.intp)  # equal distances stay in the order of the codes
        there, own = [rows[row] for row in at.tolist()], row_of(municipality.pk)
        columns = list(_columns(municipality, there, self.indicators, self.everywhere))
        if own is None or not there or not columns:
            return []
        types = _types(municipality, kind, there)
        space = Space.of(
            [scale_of(self.indicators[column]) for column in columns],
            self.everywhere.lower[at][:, columns],
            self.everywhere.upper[at][:, columns],
            () if types is None else (TYPE,),
            types,
        )
        box = _box(space, self.everywhere, own, columns)
        used = [self.indicators[column] for column in columns]
        return [_like_adopter(one, there[one.index], used) for one in nearest(space, box, len(there))]


def figures_for(catalogue: Sequence[Indicator], day: dt.date) -> FiguresToCompare:
    """Return what is known on a day of the indicators with a fixed range, for any number of comparisons."""
    scaled = tuple(one for one in catalogue if one.likeness_from is not None and one.likeness_to is not None)
    return FiguresToCompare(scaled, working_set(None, scaled, day))


def _columns(
    municipality: Municipality,
    adopters: Sequence[Precedent],
    scaled: Sequence[Indicator],
    everywhere: WorkingSet,
) -> tuple[int, ...]:
    """Return the columns of what the card names; else of what is widely known where one looks."""
    chosen = tuple(column for column, one in enumerate(scaled) if one.is_chosen)  # type: ignore[attr-defined]
    if chosen:
        return chosen
    own = everywhere.of(municipality.country_id)
    is_abroad = any(one.municipality.country_id != municipality.country_id for one in adopters)
    return columns_in_use(own, everywhere if is_abroad else own)


def _types(
    municipality: Municipality, kind: str, adopters: Sequence[Precedent]
) -> np.ndarray[tuple[int, int], np.dtype[np.int16]] | None:
    """Return whether each adopter is of another type; not known abroad, where other laws make the types."""
    at_home = [one.municipality.country_id == municipality.country_id for one in adopters]
    if kind in ONLY_TYPES or not any(at_home):
        return None
    numbers = [
        int(one.kind != kind) if is_home else NOT_KNOWN
        for one, is_home in zip(adopters, at_home, strict=True)
    ]
    return np.array([numbers], dtype=np.int16).T


def _box(space: Space, everywhere: WorkingSet, row: int, columns: list[int]) -> Box:
    """Return the municipality itself; of its own type it is always."""
    own_type = [0] if space.sorts else None
    return space.box(everywhere.lower[row, columns], everywhere.upper[row, columns], own_type)


def _like_adopter(found: Likeness, precedent: Precedent, indicators: Sequence[Indicator]) -> LikeAdopter:
    known = [
        Variable(indicator, Bar(*apart))
        for indicator, apart, is_compared in zip(
            [*indicators, None][: len(found.parts)], found.parts, found.is_compared, strict=True
        )
        if is_compared
    ]
    compared = sorted(known, key=lambda one: (one.apart.upper, one.apart.lower))
    return LikeAdopter(precedent, Bar(found.lower, found.upper), tuple(compared), len(found.parts))
