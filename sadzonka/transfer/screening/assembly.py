"""What is known about many municipalities at once, as an analysis takes it: whole columns, in few queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from numpy.typing import NDArray

from sadzonka.analysis import State
from sadzonka.places.models import Indicator, Observation, Region, Release
from sadzonka.places.queries import indicators_with_parts, periods_on
from sadzonka.places.series.derived import years_around
from sadzonka.places.series.working_set import WorkingSet, working_set
from sadzonka.practices.models import Version
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.queries import is_in_force

Floats = NDArray[np.float64]
Ends = tuple[Floats, Floats]
Answered = Mapping[tuple[int, str], tuple[NDArray[np.int64], Floats]]


@dataclass(frozen=True, slots=True, eq=False)
class Assembled:
    """One version of a card, and what is known about it in n municipalities, in the order of their codes.

    `states` hold 0, 1/2 or 1 by alternative, `readings` both ends by criterion in its own units with NaN for
    missing: arrays (n,). What is known nowhere is absent. `years` are those of figures, 0 where none counts;
    `releases` the keys of the releases that tell the figures.
    """

    version: Version
    day: dt.date
    ids: NDArray[np.int64]
    codes: NDArray[np.str_]
    countries: NDArray[np.str_]
    is_invented: NDArray[np.bool_]
    states: Mapping[str, Floats]
    readings: Mapping[str, Ends]
    years: Mapping[str, NDArray[np.int16]]
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assembly:
    """What is known about several practices in the same municipalities; practices share the columns."""

    day: dt.date
    ids: NDArray[np.int64]
    codes: NDArray[np.str_]
    countries: NDArray[np.str_]
    is_invented: NDArray[np.bool_]
    figures: Mapping[int, tuple[Ends, NDArray[np.int16]]]
    findings: Answered
    judgements: Answered
    releases: tuple[str, ...]

    def of(self, version: Version) -> Assembled:
        """Return what is known about one version; row i is `queries.facts_for` of municipality i."""
        figures = {
            criterion.key: self.figures[criterion.indicator_id]
            for criterion in version.criteria.all()
            if criterion.indicator_id is not None
        }
        readings = {key: ends for key, (ends, _years) in figures.items()}
        return Assembled(
            version=version,
            day=self.day,
            ids=self.ids,
            codes=self.codes,
            countries=self.countries,
            is_invented=self.is_invented,
            states=self._states(version),
            readings={**readings, **self._levels(version)},
            years={key: years for key, (_ends, years) in figures.items()},
            releases=self.releases,
        )

    def _states(self, version: Version) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        for clause in version.clauses.all():
            for alternative in clause.alternatives.all():
                if not is_in_force(alternative, self.day):
                    found[alternative.key] = np.full(len(self.ids), State.UNMET.value)
                elif (known := self.findings.get((version.practice_id, alternative.key))) is not None:
                    states = found.setdefault(alternative.key, np.full(len(self.ids), State.UNKNOWN.value))
                    rows, values = known
                    states[rows] = values[:, 0]
        return found

    def _levels(self, version: Version) -> dict[str, Ends]:
        found: dict[str, Ends] = {}
        for criterion in version.criteria.all():
            known = self.judgements.get((version.practice_id, criterion.key))
            if criterion.is_question and known is not None:
                rows, values = known
                lower, upper = np.full(len(self.ids), np.nan), np.full(len(self.ids), np.nan)
                lower[rows], upper[rows] = values[:, 0], values[:, 1]
                found[criterion.key] = lower, upper
        return found


def assembled(
    version: Version,
    country: str | None,
    region: Region | None = None,
    day: dt.date | None = None,
    *,
    with_invented: bool = False,
) -> Assembled:
    """Return what is known about a version in all municipalities of a country, or of one of its regions."""
    return assembly([version], country, region, day, with_invented=with_invented).of(version)


def assembly(
    versions: Iterable[Version],
    country: str | None,
    region: Region | None = None,
    day: dt.date | None = None,
    *,
    with_invented: bool = False,
) -> Assembly:
    """Return what is known about versions in the municipalities that exist on a day.

    No country means all of them. Findings and judgements count as in `queries.knowledge_of`: all that are
    stored, of an earlier `day` only those made by then. Invented municipalities do not stand beside real
    ones unless they are asked for. As many queries for any number of versions and municipalities.
    """
    versions, on = list(versions), day or timezone.localdate()
    wanted = {criterion.indicator_id for version in versions for criterion in version.criteria.all()}
    indicators = [one for one in indicators_with_parts() if one.pk in wanted]
    known = working_set(country, indicators, on)
    rows = _rows(known, region, on, with_invented=with_invented)
    ids = known.ids[rows]
    practices = {version.practice_id for version in versions}
    findings = Finding.objects.filter(practice__in=practices)
    judgements = Judgement.objects.filter(practice__in=practices)
    if country is not None:
        findings = findings.filter(municipality__country=country)
        judgements = judgements.filter(municipality__country=country)
    if day is not None:
        findings, judgements = findings.filter(found_on__lte=day), judgements.filter(judged_on__lte=day)
    columns = {one.pk: _column(known, at, rows) for at, one in enumerate(indicators)}
    stated = findings.order_by().values_list("municipality_id", "practice_id", "alternative_key", "state")
    judged = judgements.order_by().values_list(
        "municipality_id", "practice_id", "criterion_key", "low", "high"
    )
    years = {one.pk: set(np.unique(columns[one.pk][1]).tolist()) - {0} for one in indicators}
    return Assembly(
        day=on,
        ids=ids,
        codes=known.codes[rows],
        countries=known.countries[rows],
        is_invented=known.is_invented[rows],
        figures=columns,
        findings=_answered(ids, ((*one[:3], State.from_word(one[3]).value) for one in stated.iterator())),
        judgements=_answered(ids, judged.iterator()),
        releases=_releases(indicators, years, on, _inside(country, with_invented=with_invented)),
    )


def _rows(
    known: WorkingSet, region: Region | None, day: dt.date, *, with_invented: bool
) -> NDArray[np.int64]:
    fits = np.ones(len(known.ids), dtype=np.bool_) if with_invented else ~known.is_invented
    if region is not None:
        inside = periods_on(day).filter(county__region=region).order_by()
        fits &= np.isin(known.ids, list(inside.values_list("municipality_id", flat=True)))
    return np.flatnonzero(fits)


def _column(known: WorkingSet, at: int, rows: NDArray[np.int64]) -> tuple[Ends, NDArray[np.int16]]:
    return (known.lower[rows, at], known.upper[rows, at]), known.years[rows, at]


def _answered(ids: NDArray[np.int64], answers: Iterable[tuple[Any, ...]]) -> Answered:
    """Return rows (k,) and numbers (k, 1 or 2) by practice and key, of the municipalities in `ids`."""
    gathered: dict[tuple[int, str], tuple[list[int], list[list[float]]]] = defaultdict(lambda: ([], []))
    for municipality, practice, key, *numbers in answers:
        places, values = gathered[practice, key]
        places.append(municipality)
        values.append(numbers)
    order = np.argsort(ids)
    found: dict[tuple[int, str], tuple[NDArray[np.int64], Floats]] = {}
    for subject, (places, values) in gathered.items():
        where = np.minimum(np.searchsorted(ids, places, sorter=order), max(len(ids) - 1, 0))
        rows = order[where] if len(ids) else where
        is_here = ids[rows] == places if len(ids) else np.zeros(len(places), dtype=np.bool_)
        if is_here.any():
            found[subject] = rows[is_here], np.array(values, dtype=np.float64)[is_here]
    return found


def _inside(country: str | None, *, with_invented: bool) -> Q:
    """Return which observations may count: a municipality sums up others only of its own country."""
    real = Q() if with_invented else Q(municipality__is_invented=False)
    return real if country is None else real & Q(municipality__country=country)


def _releases(
    indicators: Iterable[Indicator], years: Mapping[int, set[int]], day: dt.date, inside: Q
) -> tuple[str, ...]:
    """Return the releases that tell an indicator, or a part of a computed one, in a year that counts."""
    counting = Q(pk__in=[])
    for one in indicators:
        counting |= Q(indicator=one, period__in=years[one.pk])
        if one.formula and one.numerator_id:
            then = {year - one.over_years for year in years[one.pk]}
            counting |= Q(indicator=one.numerator_id, period__in=years[one.pk] | then)
        if one.formula and one.denominator_id:
            near = {other for year in years[one.pk] for other in years_around(year, one.years_apart)}
            counting |= Q(indicator=one.denominator_id, period__in=near)
    there = Observation.objects.filter(counting, inside, release=OuterRef("pk"))
    told = Release.objects.filter(Exists(there), retrieved_on__lte=day).order_by("key")
    return tuple(told.values_list("key", flat=True))
