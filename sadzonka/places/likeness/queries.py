"""The municipalities most like one, with the figures by which they are alike or differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import number_format

from sadzonka.analysis import LEAST_COMPARABLE, Likeness
from sadzonka.analysis.shares import DECIMALS
from sadzonka.places.likeness.comparing import Comparison, compared_indicators, comparison
from sadzonka.places.models import Indicator, Municipality, Observation, Period, Release
from sadzonka.places.queries import periods_on
from sadzonka.places.series.derived import years_around
from sadzonka.places.series.working_set import WorkingSet

SHOWN = 10
NAMED = 3  # variables by which two are most alike, and as many by which they differ most
NARROWEST = 0.012  # a point keeps a width that can be seen
DECIMALS_SHOWN = 2


class Sources:
    """The releases from which figures were read, numbered as they are first named."""

    def __init__(self, newest: Mapping[tuple[int, int, int], Release]) -> None:
        """Take the release that counts, by municipality, indicator and year."""
        self._newest = newest
        self._numbers: dict[Release, int] = {}

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases that were named, in the order of their numbers."""
        return tuple(self._numbers)

    def numbers_of(self, municipality: int, indicator: Indicator, year: int) -> tuple[int, ...]:
        """Return the numbers of the releases behind a figure; none behind one summed over predecessors."""
        return tuple(
            self._numbers.setdefault(release, len(self._numbers) + 1)
            for release in dict.fromkeys(self._releases_of(municipality, indicator, year))
        )

    def _releases_of(self, municipality: int, indicator: Indicator, year: int) -> list[Release]:
        """Return the release of a published figure, of a computed one those of its parts."""
        own = self._first(municipality, indicator.pk, [year])
        if own or not indicator.formula:
            return [own] if own else []
        if indicator.formula == Indicator.Formula.CHANGE:
            other = indicator.numerator_id, [year - indicator.over_years]
        else:
            other = indicator.denominator_id, list(years_around(year, indicator.years_apart))
        wanted = ((indicator.numerator_id, [year]), other)
        found = [self._first(municipality, part, years) for part, years in wanted]
        return [release for release in found if release] if all(found) else []

    def _first(self, municipality: int, indicator: int | None, years: Iterable[int]) -> Release | None:
        known = (self._newest.get((municipality, indicator or 0, year)) for year in years)
        return next((release for release in known if release), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of an indicator in a municipality: a figure, or between which two it lies by its age."""

    indicator: Indicator
    lower: float
    upper: float
    year: int
    sources: tuple[int, ...]

    @property
    def shown(self) -> str:
        """The figure in the reader's language, both ends where it is old."""
        decimals = self.indicator.decimals
        return "–".join(dict.fromkeys(_written(end, decimals) for end in (self.lower, self.upper)))


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval within 0 to 1 on a drawing, in lengths that SVG understands."""

    lower: float
    upper: float

    @property
    def x(self) -> str:
        return f"{self.lower * 100:.1f}%"

    @property
    def width(self) -> str:
        return f"{max(self.upper - self.lower, NARROWEST) * 100:.1f}%"

    @property
    def shown(self) -> str:
        """The ends in the reader's language; one when they are the same."""
        return "–".join(dict.fromkeys(_written(end, DECIMALS_SHOWN) for end in (self.lower, self.upper)))


@dataclass(frozen=True, slots=True)
class Part:
    """How far two municipalities are apart by one variable; the type of municipality has no indicator."""

    indicator: Indicator | None
    here: Reading | str | None
    there: Reading | str | None
    apart: Bar
    is_compared: bool

    @property
    def both(self) -> tuple[Reading | str | None, Reading | str | None]:
        return self.here, self.there


@dataclass(frozen=True, slots=True)
class LikePlace:
    """One municipality that is like another: how far apart, and by which variables."""

    period: Period
    apart: Bar
    comparable: float
    parts: tuple[Part, ...]
    compared: tuple[Part, ...] = field(init=False)  # the closest first

    def __post_init__(self) -> None:
        """Order by how far apart the two are at most, then at least, then as in the catalogue."""
        known = (part for part in self.parts if part.is_compared)
        ordered = sorted(known, key=lambda part: (part.apart.upper, part.apart.lower))
        object.__setattr__(self, "compared", tuple(ordered))

    @property
    def alike(self) -> tuple[Part, ...]:
        """What makes them alike, the closest first."""
        return self.compared[: min(NAMED, (len(self.compared) + 1) // 2)]

    @property
    def different(self) -> tuple[Part, ...]:
        """Where they differ most, the furthest apart first; nothing that is shown as the same."""
        rest = self.compared[len(self.alike) :]
        apart = [part for part in rest if round(part.apart.upper, DECIMALS_SHOWN) > 0]
        return tuple(reversed(apart[-NAMED:]))

    @property
    def between(self) -> tuple[Part, ...]:
        """What is neither among the closest nor among the furthest apart."""
        return self.compared[len(self.alike) : len(self.compared) - len(self.different)]

    @property
    def unknown_there(self) -> list[Part]:
        return [part for part in self.parts if part.there is None]


@dataclass(frozen=True, slots=True)
class Likenesses:
    """The municipalities most like one on a day, and by what they were compared.

    `is_gone` says that it no longer exists: only what exists is compared.
    """

    day: dt.date
    indicators: tuple[Indicator, ...]
    left_out: tuple[Indicator, ...]
    has_types: bool
    is_gone: bool
    unknown_here: tuple[Indicator, ...]
    found: tuple[LikePlace, ...]
    releases: tuple[Release, ...]

    @property
    def variables(self) -> int:
        return len(self.indicators) + self.has_types

    @property
    def known_here(self) -> int:
        return self.variables - len(self.unknown_here)

    @property
    def is_too_little_known(self) -> bool:
        return bool(self.variables) and self.known_here < round(LEAST_COMPARABLE * self.variables, DECIMALS)


def likenesses_of(municipality: Municipality, among: str | None, day: dt.date | None = None) -> Likenesses:
    """Return what is most like a municipality in a country, or in all of them; in six queries when warm."""
    day = day or timezone.localdate()
    indicators = compared_indicators()
    compared = comparison(municipality.country_id, among, indicators, day)
    used = tuple(indicators[column] for column in compared.columns)
    row, own = compared.own.row_of(municipality.pk), compared.own
    nearest = compared.most_like(municipality.pk, SHOWN)
    ids = [int(compared.others.ids[one.index]) for one in nearest]
    sources = _sources([municipality.pk, *ids], used, _years(compared, row, nearest))
    here = [] if row is None else _readings(own, row, compared.columns, used, sources)
    found = tuple(
        _like_places(compared, nearest, municipality.pk, used=used, here=here, sources=sources, day=day)
    )
    is_known = [reading is not None for reading in here] or [False] * len(used)
    return Likenesses(
        day=day,
        indicators=used,
        left_out=tuple(one for one in indicators if one not in used),
        has_types=compared.kinds is not None,
        is_gone=row is None,
        unknown_here=tuple(one for one, known in zip(used, is_known, strict=True) if not known),
        found=found,
        releases=sources.releases if found else (),
    )


def _written(value: float, decimals: int) -> str:
    """Write a number in the reader's language; `number_format` alone would cut it off."""
    return number_format(round(value, decimals), decimals, force_grouping=True)


def _like_places(
    compared: Comparison,
    nearest: Sequence[Likeness],
    municipality: int,
    *,
    used: Sequence[Indicator],
    here: Sequence[Reading | None],
    sources: Sources,
    day: dt.date,
) -> Iterator[LikePlace]:
    ids = [int(compared.others.ids[one.index]) for one in nearest]
    periods = {
        period.municipality_id: period
        for period in periods_on(day).filter(municipality__in=[municipality, *ids])
    }
    for one, pk in zip(nearest, ids, strict=True):
        there = _readings(compared.others, one.index, compared.columns, used, sources)
        parts = [
            Part(indicator, mine, theirs, Bar(*apart), is_compared)
            for indicator, mine, theirs, apart, is_compared in zip(
                used, here, there, one.parts, one.is_compared, strict=False
            )
        ]
        if compared.kinds is not None:
            mine, theirs = (str(periods[each].get_kind_display()) for each in (municipality, pk))
            parts.append(Part(None, mine, theirs, Bar(*one.parts[-1]), is_compared=True))
        yield LikePlace(periods[pk], Bar(one.lower, one.upper), one.comparable, tuple(parts))


def _readings(
    known: WorkingSet, row: int, columns: Sequence[int], used: Sequence[Indicator], sources: Sources
) -> list[Reading | None]:
    """Return what was compared of a municipality, None where nothing is known."""
    found: list[Reading | None] = []
    for indicator, column in zip(used, columns, strict=True):
        lower, upper = (float(ends[row, column]) for ends in (known.lower, known.upper))
        year = int(known.years[row, column])
        is_known = lower == lower  # noqa: PLR0124 - NaN is not equal to itself
        numbers = sources.numbers_of(int(known.ids[row]), indicator, year) if is_known else ()
        found.append(Reading(indicator, lower, upper, year, numbers) if is_known else None)
    return found


def _years(compared: Comparison, row: int | None, nearest: Sequence[Likeness]) -> set[int]:
    columns = list(compared.columns)
    years = {int(year) for one in nearest for year in compared.others.years[one.index, columns]}
    if row is not None:
        years |= {int(year) for year in compared.own.years[row, columns]}
    return years - {0}


def _sources(ids: Collection[int], used: Sequence[Indicator], years: Collection[int]) -> Sources:
    """Return the releases of published figures that may have been read; in two queries."""
    parts = {part for one in used for part in (one.pk, one.numerator_id, one.denominator_id) if part}
    apart = max((max(one.years_apart, one.over_years) for one in used), default=0)
    rows = (
        Observation.objects.filter(
            municipality__in=ids,
            indicator__in=parts,
            period__in={near for year in years for near in years_around(year, apart)},
            value__isnull=False,
        )
        .order_by("release__retrieved_on", "release_id")
        .values_list("municipality_id", "indicator_id", "period", "release_id")
    )
    newest = {(place, indicator, year): release for place, indicator, year, release in rows}
    releases = Release.objects.in_bulk(set(newest.values()))
    return Sources({key: releases[release] for key, release in newest.items()})
