"""The working set says of every municipality what its own page says, and is read once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.log_actions import log

from sadzonka.places.models import Municipality, Observation, Period, Release, Succession
from sadzonka.places.queries import figures_of, indicators_with_parts, periods_on
from sadzonka.places.series.points import How
from sadzonka.places.series.working_set import KEPT, working_set
from sadzonka.transfer.queries import aged
from tests.factories import municipality

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


def readings(municipality_: Municipality, day: dt.date) -> dict[str, tuple[float, float, int]]:
    """Return what the pages of a municipality take as known."""
    return {
        figure.indicator.key: (*interval, figure.newest.period)
        for figure in figures_of(municipality_, day)
        if (interval := aged(figure, day)) is not None
    }


@pytest.mark.parametrize("day", [DAY, dt.date(2026, 12, 1), dt.date(2029, 6, 1)])
def test_every_municipality_of_the_demonstration_has_the_readings_of_its_page(day: dt.date) -> None:
    found = working_set(None, indicators_with_parts(), day)
    there = {period.municipality_id: period.municipality for period in periods_on(day)}
    assert set(found.ids.tolist()) == set(there)
    for row, number in enumerate(found.ids.tolist()):
        expected = readings(there[number], day)
        known = {
            key: (found.lower[row, at], found.upper[row, at], int(found.years[row, at]))
            for at, key in enumerate(found.keys)
            if not np.isnan(found.lower[row, at])
        }
        assert known == expected, there[number]
    population = found.lower[:, found.keys.index("population")]
    assert np.isfinite(population).sum() > 200 or day.year > 2026  # there is something to compare


@pytest.fixture
def _eventful(db: None) -> None:
    """Let things happen to twelve municipalities of the demonstration, and publish old figures of them."""
    places = list(Municipality.objects.filter(country="PL", is_invented=False).order_by("code")[:12])
    happened = [
        (0, 1, 2012, "merger"),
        (1, 2, 2016, "merger"),
        (3, 4, 2014, "split"),
        (5, 6, 2015, "renumbering"),
    ]
    happened += [(7, 8, 2018, "split"), (8, 9, 2020, "merger"), (10, 11, 2010, "renumbering")]
    for one, other, year, kind in happened:
        Succession.objects.create(
            predecessor=places[one], successor=places[other], happened_on=dt.date(year, 1, 1), kind=kind
        )
        years = {"period__lt": year} if kind == "renumbering" else {"period__gte": year}
        Observation.objects.filter(municipality=places[other], **years).delete()
    Period.objects.filter(municipality=places[4]).update(valid_from="2014-01-01")


@pytest.mark.usefixtures("_eventful")
@pytest.mark.parametrize("day", [DAY, dt.date(2027, 1, 1)])
def test_sums_and_splits_are_the_same_in_columns_and_on_pages(day: dt.date) -> None:
    indicators = indicators_with_parts()
    for one in indicators:
        one.max_age_years = 30  # old figures count, so that all that happened is seen
    found = working_set("PL", indicators, day)
    seen = set()
    for place in Municipality.objects.filter(country="PL", is_invented=False).order_by("code")[:12]:
        row, figures = found.row_of(place.pk), {one.indicator.key: one for one in figures_of(place, day)}
        for at, key in enumerate(found.keys):
            value = figures[key].value if key in figures else None
            year = figures[key].newest.period if value is not None else 0
            lower = None if np.isnan(found.lower[row, at]) else found.lower[row, at]
            assert (lower, found.years[row, at]) == (value, year), (place, key)
            seen |= {point.how for point in (figures[key].points if key in figures else ())}
    assert seen == set(How)


def test_only_municipalities_of_the_country_and_the_day_are_in_it() -> None:
    indicators = indicators_with_parts()[:1]
    italian = working_set("IT", indicators, DAY)
    assert set(italian.countries.tolist()) == {"IT"}
    codes = set(italian.codes.tolist())
    assert "035046" in codes
    assert "035007" not in codes  # Busana is part of Ventasso
    before = working_set("IT", indicators, dt.date(2015, 6, 1))
    assert {"035007", "035046"} & set(before.codes.tolist()) == {"035007"}
    everybody = working_set(None, indicators, DAY)
    assert everybody.is_invented.sum() == Municipality.objects.filter(is_invented=True).count()
    assert working_set("FR", indicators, DAY).lower.shape == (0, 1)


def test_it_is_computed_once_and_again_when_something_was_imported() -> None:
    indicators = indicators_with_parts()[:3]
    first = working_set("PL", indicators, DAY)
    with CaptureQueriesContext(connection) as queries:
        assert working_set("PL", indicators, DAY) is first
    assert len(queries) == 1
    made = Release.objects.create(key="r", publisher="x", title="x", period="x", retrieved_on="2026-11-01")
    Observation.objects.create(
        release=made, indicator=indicators[0], municipality=municipality(), period=2025, value=1.0
    )
    second = working_set("PL", indicators, DAY)
    row = second.row_of(municipality().pk)
    assert (second.lower[row, 0], second.years[row, 0]) == (1.0, 2025)
    assert first.lower[row, 0] != 1.0
    indicators[0].max_age_years = 0
    assert np.isnan(working_set("PL", indicators, DAY).lower[row, 0])


def test_it_is_computed_again_when_a_period_was_changed_by_hand() -> None:
    indicators = indicators_with_parts()[:1]
    first = working_set("PL", indicators, DAY)
    period = municipality().periods.get()
    period.valid_to = dt.date(2020, 12, 31)
    period.save()
    log(instance=period, action="wagtail.edit")
    assert first.lower.shape[0] - working_set("PL", indicators, DAY).lower.shape[0] == 1


def test_nobody_can_change_what_all_share() -> None:
    found = working_set("PL", indicators_with_parts()[:1], DAY)
    for array in (found.lower, found.upper, found.years, found.ids):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_memory_is_bounded() -> None:
    indicators = indicators_with_parts()[:1]
    first = working_set("PL", indicators, DAY)
    for days in range(1, KEPT + 1):
        working_set("PL", indicators, DAY + dt.timedelta(days))
    assert working_set("PL", indicators, DAY) is not first


def test_a_secret_or_missing_figure_is_unknown_and_never_zero() -> None:
    indicators = [one for one in indicators_with_parts() if one.key == "population"]
    Observation.objects.filter(municipality=municipality(), indicator=indicators[0]).delete()
    made = Release.objects.create(key="r", publisher="x", title="x", period="x", retrieved_on="2026-11-01")
    Observation.objects.create(
        release=made, indicator=indicators[0], municipality=municipality(), period=2024, status="secret"
    )
    found = working_set("PL", indicators, DAY)
    row = found.row_of(municipality().pk)
    assert np.isnan(found.lower[row, 0])
    assert np.isnan(found.upper[row, 0])
    assert found.years[row, 0] == 0
