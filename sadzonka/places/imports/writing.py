"""Writing what was planned, in the caller's transaction: the release first, then places, then figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from django.db import connection
from django.utils import timezone

from sadzonka.common.actions import store
from sadzonka.places.catalogue import plant_countries, plant_successions
from sadzonka.places.formats.reading import STATUSES, Mark
from sadzonka.places.imports.bulk import insert
from sadzonka.places.imports.plan import Plan, region_ids
from sadzonka.places.imports.stored import Key
from sadzonka.places.imports.timeline import Span
from sadzonka.places.models import (
    Boundary,
    ColumnLabel,
    County,
    Municipality,
    Observation,
    Period,
    Region,
    RegionalObservation,
    Release,
    Succession,
)

Tell = Callable[[int], None]  # is told how many per cent are done
STATUS_OF = {int(mark): status.value for mark, status in STATUSES.items()}
PERIOD_FIELDS = ("municipality", "valid_from", "valid_to", "is_dated_roughly", "kind", "name", "county")
FIGURE_FIELDS = ("release", "indicator", "municipality", "period", "value", "status")


def write(plan: Plan, tell: Tell) -> Release:
    """Write a plan; the caller holds a transaction. Return the release."""
    plant_countries({key[0] for key in plan.territory.new} | {one.country for one in plan.larger})
    release = plan.release
    if not release.pk:
        chosen = plan.file.choices.get("retrieved_on")
        release.retrieved_on = chosen or timezone.localdate()
        release.save()
    municipalities = _write_places(plan, release)
    tell(75)
    _write_figures(plan, release, municipalities)
    _write_larger(plan, release)
    _write_drawings(plan, release, municipalities)
    tell(95)
    return release


def _write_places(plan: Plan, release: Release) -> dict[Key, int]:
    """Write regions, counties, municipalities, their periods and new codes; return numbers by code."""
    territory = plan.territory
    counties = _write_areas(plan)
    insert(Municipality, ("country", "code", "is_invented"), ((*key, False) for key in territory.new))
    municipalities = dict(plan.stored.municipalities)
    if territory.new:
        rows = Municipality.objects.filter(country__in={key[0] for key in territory.new})
        municipalities |= {
            (country, code): pk for country, code, pk in rows.values_list("country", "code", "pk")
        }
    changed: list[Period] = []
    fresh: list[Period] = []
    for key, spans in territory.spans.items():
        for span in spans:
            period = _period(span, key, municipalities, counties)
            (fresh if span.pk is None else changed).append(period)
    Period.objects.bulk_update(changed, PERIOD_FIELDS, batch_size=500)
    insert(
        Period,
        PERIOD_FIELDS,
        (
            (
                one.municipality_id,
                _day(one.valid_from),
                _day(one.valid_to),
                one.is_dated_roughly,
                one.kind,
                one.name,
                one.county_id,
            )
            for one in fresh
        ),
    )
    _write_successions(plan, release, municipalities)
    if not territory.is_empty:
        plant_successions()
    return municipalities


def _day(day: Any) -> Any:
    """Return a date as the database's own driver takes it."""
    return connection.ops.adapt_datefield_value(day)


def _write_areas(plan: Plan) -> dict[Key, int]:
    """Write regions and counties, or their better names; return the numbers of counties by code."""
    stored, territory = plan.stored, plan.territory
    for key, name in territory.regions.items():
        if key in stored.regions:
            Region.objects.filter(pk=stored.regions[key].pk).update(name=name)
    for key, (_region, name) in territory.counties.items():
        if key in stored.counties:
            County.objects.filter(pk=stored.counties[key].pk).update(name=name)
    plant_countries({key[0] for key in territory.regions})
    store(
        Region(country_id=country, code=code, name=name)
        for (country, code), name in territory.regions.items()
        if (country, code) not in stored.regions
    )
    regions = region_ids({key[0] for key in territory.counties})
    made = store(
        County(region_id=regions[country, region], code=code, name=name)
        for (country, code), (region, name) in territory.counties.items()
        if (country, code) not in stored.counties
    )
    country_of = {pk: country for (country, _code), pk in regions.items()}
    numbers = {key: area.pk for key, area in stored.counties.items()}
    return numbers | {(country_of[county.region_id], county.code): county.pk for county in made}


def _period(span: Span, key: Key, municipalities: dict[Key, int], counties: dict[Key, int]) -> Period:
    return Period(
        pk=span.pk,
        municipality_id=municipalities[key],
        valid_from=span.start,
        valid_to=span.end,
        is_dated_roughly=span.is_rough,
        kind=span.told.kind,
        name=span.told.name,
        county_id=counties[key[0], span.told.county],
    )


def _write_successions(plan: Plan, release: Release, municipalities: dict[Key, int]) -> None:
    store(
        Succession(
            predecessor_id=municipalities[old],
            successor_id=municipalities[new],
            happened_on=day,
            kind=Succession.Kind.RENUMBERING,
            source_url=release.url,
        )
        for old, new, day in plan.territory.renumbered
    )


def _write_figures(plan: Plan, release: Release, municipalities: dict[Key, int]) -> None:
    store(plan.meanings.added)
    _remember_labels(plan)
    insert(Observation, FIGURE_FIELDS, _figure_rows(plan, release, municipalities))


def _figure_rows(plan: Plan, release: Release, municipalities: dict[Key, int]) -> Iterator[tuple[Any, ...]]:
    cells = plan.figures.cells.chosen(plan.figures.unwritten)
    ids = np.array([municipalities[key] for key in plan.places.keys], dtype=np.int64)
    pks = np.array([indicator.pk for indicator in plan.figures.indicators], dtype=np.int64)
    if not cells.place.size:
        return
    number = release.pk
    for indicator, municipality, year, value, mark in zip(
        pks[cells.indicator].tolist(),
        ids[cells.place].tolist(),
        cells.year.tolist(),
        cells.value.tolist(),
        cells.mark.tolist(),
        strict=True,
    ):
        yield number, indicator, municipality, year, value if mark < Mark.SECRET else None, STATUS_OF[mark]


def _remember_labels(plan: Plan) -> None:
    """Keep what staff chose: a label that was known by another meaning gets the new one."""
    for label in plan.meanings.remembered(plan.file.reading):
        ColumnLabel.objects.update_or_create(
            layout=label.layout,
            label=label.label,
            defaults={"indicator": label.indicator, "factor": label.factor},
        )


def _write_larger(plan: Plan, release: Release) -> None:
    regions = region_ids({one.country for one in plan.larger})
    store(
        RegionalObservation(
            release=release,
            indicator=plan.meanings.indicators[one.indicator],
            country_id=one.country,
            region_id=regions[one.country, one.region] if one.region else None,
            period=one.year,
            value=one.value,
            status=STATUS_OF[one.mark],
        )
        for one in plan.larger
    )


def _write_drawings(plan: Plan, release: Release, municipalities: dict[Key, int]) -> None:
    store(
        Boundary(
            municipality_id=municipalities[one.country, one.code], release=release, polygons=one.polygons
        )
        for one in plan.outlines
    )
    Municipality.objects.bulk_update(
        [
            Municipality(
                pk=municipalities[one.country, one.code], latitude=one.latitude, longitude=one.longitude
            )
            for one in plan.points
        ],
        ["latitude", "longitude"],
        batch_size=500,
    )
