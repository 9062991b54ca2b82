"""Whole columns say of every municipality what its own page rests on, and leave the invented ones out."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sadzonka.analysis import Facts, State
from sadzonka.places.models import Indicator, Municipality, Observation, Region, Release
from sadzonka.practices.models import Alternative, Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.queries import facts_for, knowledge_of
from sadzonka.transfer.screening.assembly import Assembled, assembled, assembly
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)
EARLIER, LATER = dt.date(2026, 6, 1), dt.date(2029, 6, 1)


def facts_of_row(found: Assembled, row: int) -> Facts:
    """Return one row of the columns as the facts of one municipality."""
    states = {key: State(float(column[row])) for key, column in found.states.items()}
    return Facts(
        states={key: state for key, state in states.items() if state is not State.UNKNOWN},
        readings={
            key: (float(lower[row]), float(upper[row]))
            for key, (lower, upper) in found.readings.items()
            if not np.isnan(lower[row])
        },
    )


@pytest.fixture
def _answered() -> None:
    """Let people of every third municipality have found out and judged things, at random, repeatably."""
    draw = random.Random(20261123)  # noqa: S311 - repeatable, not secret
    places = list(Municipality.objects.order_by("country", "code")[::3])
    for version in analysable_versions():
        for place in places:
            day = draw.choice([EARLIER - dt.timedelta(1), DAY])
            for clause in version.clauses.all():
                for one in clause.alternatives.all():
                    if draw.random() < 0.5:
                        Finding.objects.get_or_create(
                            municipality=place,
                            practice=version.practice,
                            alternative_key=one.key,
                            defaults={
                                "state": draw.choice(["met", "unmet"]),
                                "source": factories.words("Uchwała"),
                                "found_on": day,
                            },
                        )
            for criterion in version.criteria.all():
                if criterion.is_question and draw.random() < 0.5:
                    low = draw.randint(0, 5)
                    Judgement.objects.get_or_create(
                        municipality=place,
                        practice=version.practice,
                        criterion_key=criterion.key,
                        defaults={
                            "low": low,
                            "high": draw.randint(low, 5),
                            "reason": factories.words("Tak"),
                            "judged_on": day,
                        },
                    )


@pytest.mark.usefixtures("_answered")
@pytest.mark.parametrize("day", [None, EARLIER, LATER])
@pytest.mark.parametrize("country", ["PL", "IT"])
def test_every_row_is_what_the_page_of_the_municipality_rests_on(country: str, day: dt.date | None) -> None:
    versions = list(analysable_versions())
    together = assembly(versions, country, None, day, with_invented=True)
    places = Municipality.objects.in_bulk(together.ids.tolist())
    seen = {"states": 0, "points": 0, "intervals": 0}
    for row, number in list(enumerate(together.ids.tolist()))[::2]:
        knowledge = knowledge_of(places[number], day)
        for version in versions:
            expected = facts_for(version, knowledge)
            assert facts_of_row(together.of(version), row) == expected, (places[number], version)
            seen["states"] += len(expected.states)
            for low, high in expected.readings.values():
                seen["points" if low == high else "intervals"] += 1
    assert min(seen.values()) > 0


def test_an_alternative_whose_law_is_not_in_force_is_unmet_everywhere() -> None:
    version = analysable_versions().get(practice__slug="bicycles-from-prison")
    alternative = version.clauses.all()[0].alternatives.all()[0]
    Alternative.objects.filter(pk=alternative.pk).update(valid_to=DAY - dt.timedelta(1))
    version = analysable_versions().get(pk=version.pk)
    assert set(assembled(version, "PL", None, DAY).states[alternative.key].tolist()) == {0.0}
    before = assembled(version, "PL", None, DAY - dt.timedelta(1)).states
    assert set(before.get(alternative.key, np.array([])).tolist()) <= {0.5}


def test_invented_municipalities_stand_beside_real_ones_only_when_asked_for() -> None:
    version = analysable_versions()[0]
    usual, asked = (
        assembled(version, "PL", None, DAY),
        assembled(version, "PL", None, DAY, with_invented=True),
    )
    invented = set(Municipality.objects.filter(is_invented=True, country="PL").values_list("pk", flat=True))
    assert (usual.is_invented.any(), set(asked.ids.tolist()) - set(usual.ids.tolist())) == (False, invented)
    assert set(asked.ids[asked.is_invented].tolist()) == invented


def test_a_region_holds_its_own_municipalities_of_that_day() -> None:
    version, region = analysable_versions()[0], Region.objects.get(country="PL", code="30")
    found = assembled(version, "PL", region, DAY)
    assert {code[:2] for code in found.codes.tolist()} == {"30"}
    moved = factories.municipality("300101").periods.get()
    moved.valid_to = DAY - dt.timedelta(1)
    moved.save()
    assert len(found.ids) - len(assembled(version, "PL", region, DAY).ids) == 1


def test_no_country_means_every_country_in_the_order_of_the_codes() -> None:
    found = assembled(analysable_versions()[0], None, None, DAY)
    order = list(zip(found.countries.tolist(), found.codes.tolist(), strict=True))
    assert ({country for country, _code in order}, order) == ({"PL", "IT"}, sorted(order))
    assert assembled(analysable_versions()[0], "FR", None, DAY).ids.shape == (0,)


def test_the_releases_behind_the_figures_are_named_and_no_others() -> None:
    population = Indicator.objects.get(key="population")
    version = factories.version(factories.practice("own"), "Own", state="published")
    version.criteria.update(indicator=population, points=[[0, 0], [1000, 1]])
    Observation.objects.filter(indicator=population).delete()
    invented = Municipality.objects.filter(is_invented=True, country="PL")[0]
    abroad = Municipality.objects.filter(country="IT")[0]
    here = factories.municipality()
    for key, retrieved_on, place, year in (
        ("old", EARLIER, here, 2022),
        ("counting", EARLIER, here, 2025),
        ("future", LATER, here, 2025),
        ("of-an-invented-place", EARLIER, invented, 2025),
        ("of-another-country", EARLIER, abroad, 2025),
    ):
        release = Release.objects.create(
            key=key, publisher="x", title="x", period="x", retrieved_on=retrieved_on
        )
        Observation.objects.create(
            release=release, indicator=population, municipality=place, period=year, value=5.0
        )
    found = assembled(analysable_versions().get(pk=version.pk), "PL", None, DAY)
    row = found.ids.tolist().index(here.pk)
    assert (found.releases, int(found.years["trust"][row])) == (("counting",), 2025)


def queries_of(versions: list[Version], country: str | None) -> int:
    with CaptureQueriesContext(connection) as queries:
        together = assembly(versions, country, None, DAY)
        for version in versions:
            together.of(version)
    return len(queries)


@pytest.mark.usefixtures("_answered")
def test_more_practices_and_places_ask_no_more_of_the_database() -> None:
    versions = list(analysable_versions())
    assembly(versions, None, None, DAY)  # what is kept in memory is there
    # version of figures, indicators, findings, judgements, releases
    assert [queries_of(versions, "PL"), queries_of(versions, None)] == [5, 5]
    assembly(versions[:1], None, None, DAY)
    assert queries_of(versions[:1], "PL") == 5
