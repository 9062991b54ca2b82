"""What counts of a municipality's figures: the newest known one, computed where no office publishes it."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils.translation import override

from sadzonka.analysis import canonical
from sadzonka.places.models import Indicator, Municipality, Observation, Release
from sadzonka.places.queries import Figure, figures_of, indicators_with_parts
from sadzonka.transfer.assessment.stored import _figures
from sadzonka.transfer.exports import _figure_record
from sadzonka.transfer.queries import knowledge_of
from tests.factories import municipality

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


def figure(key: str, of: Municipality | None = None, day: dt.date | None = None) -> Figure:
    return next(one for one in figures_of(of or municipality(), day) if one.indicator.key == key)


def newer(key: str, year: int, value: float | None, status: str = "") -> Observation:
    made = Release.objects.get_or_create(
        key="newer", defaults={"publisher": "GUS", "title": "x", "period": "x", "retrieved_on": "2026-11-23"}
    )[0]
    return Observation.objects.create(
        release=made,
        indicator=Indicator.objects.get(key=key),
        municipality=municipality(),
        period=year,
        value=value,
        status=status,
    )


@pytest.mark.parametrize("status", ["secret", "missing"])
def test_a_newer_year_that_is_unknown_does_not_hide_the_newest_known_one(status: str) -> None:
    newer("population", 2025, None, status)
    found = figure("population")
    assert (found.newest.period, found.value) == (2024, 17043)
    assert [(one.period, one.value, one.status) for one in found.unknown_since] == [(2025, None, status)]
    assert [one.period for one in found.series] == [2025, 2024]
    assert found.earlier == ()


def test_a_rate_that_nobody_publishes_is_computed_from_its_parts() -> None:
    found = figure("registered_unemployed_per_1000")
    jobless, people = figure("registered_unemployed"), figure("population")
    assert found.value == jobless.value / people.value * 1000
    assert (found.newest.pk, found.newest.release.pk, found.newest.period) == (None, None, 2024)
    assert found.computed_from == (jobless.newest, people.newest)
    with override("en"):
        assert str(found.newest.release.title).startswith("computed from: Registered unemployed 2024 (")
    assert not Observation.objects.filter(indicator__formula__gt="", release__publisher="Sadzonka").exists()


def test_a_published_rate_goes_before_a_computed_one() -> None:
    density = figure("density_per_km2")
    assert (density.newest.release.key, density.computed_from) == ("gus-bdl-ludn-2425", ())
    italian = figure("density_per_km2", municipality("037006", "IT"))
    assert (italian.newest.release.key, italian.newest.period) == ("computed", 2022)
    assert [(one.indicator.key, one.period) for one in italian.computed_from] == [
        ("population", 2022),
        ("area_km2", 2023),
    ]


def test_the_change_over_five_years_is_of_the_newest_year_and_the_one_five_years_before() -> None:
    found, jobless = figure("registered_unemployed_change_5_years"), figure("registered_unemployed")
    at = {one.period: one.value for one in jobless.series}
    assert (found.newest.period, found.value) == (2024, (at[2024] - at[2019]) / at[2019] * 100)
    assert [one.period for one in found.series] == list(range(2024, 2007, -1))


def test_a_secret_part_makes_a_rate_unknown_for_its_year() -> None:
    Observation.objects.filter(municipality=municipality(), indicator__key="population").delete()
    newer("population", 2024, None, "secret")
    found = figure("registered_unemployed_per_1000")
    assert (found.value, found.newest.status) == (None, "secret")


def test_figures_of_an_earlier_day_are_computed_from_what_was_known_then() -> None:
    newer("population", 2024, 34086.0)
    assert figure("registered_unemployed_per_1000", day=DAY).value == pytest.approx(
        figure("registered_unemployed").value / 34.086
    )
    known = {one.indicator.key for one in figures_of(municipality(), dt.date(2026, 11, 22))}
    assert "registered_unemployed_per_1000" not in known  # the population was not retrieved yet


def test_every_indicator_comes_once_and_in_its_order() -> None:
    keys = [one.indicator.key for one in figures_of(municipality())]
    ordered = [one.key for one in indicators_with_parts()]
    assert keys == [key for key in ordered if key in set(keys)]
    assert len(keys) == len(set(keys))


def test_a_computed_figure_is_recorded_with_its_parts_and_read_back_from_the_record() -> None:
    knowledge = knowledge_of(municipality(), DAY)
    found = figure("registered_unemployed_per_1000", day=DAY)
    record = json.loads(canonical(_figure_record(found, knowledge)))
    assert (record["release"], record["value"], record["status"]) == ("computed", found.value, "")
    assert [(one["indicator"], one["period"], one["release"]) for one in record["from"]] == [
        ("registered_unemployed", 2024, "gus-bdl-ryne-1944"),
        ("population", 2024, "gus-tabl-iv-2024"),
    ]
    (again,) = _figures([record])
    assert (again.value, again.newest.period, again.indicator) == (found.value, 2024, found.indicator)
    assert str(again.newest.release.title) == str(found.newest.release.title)
    assert "from" not in _figure_record(figure("population"), knowledge)


def test_a_figure_taken_from_predecessors_is_recorded_with_whose_it_was() -> None:
    ventasso = municipality("035046", "IT")
    made = Release.objects.create(
        key="old", publisher="Istat", title="x", period="2010", retrieved_on="2026-01-01"
    )
    births = Indicator.objects.get(key="live_births")
    for code in ("035007", "035019", "035025", "035031"):
        Observation.objects.create(
            release=made, indicator=births, municipality=municipality(code, "IT"), period=2010, value=2
        )
    found = figure("live_births", ventasso)
    assert (found.value, found.newest.release.key) == (8, "old")
    record = _figure_record(found, knowledge_of(ventasso, DAY))
    assert [one["municipality"] for one in record["from"]] == [
        *("IT 035007", "IT 035019", "IT 035025", "IT 035031")
    ]
