"""The public pages of places take the same queries for one thing and for three."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from sadzonka.places.models import (
    County,
    Observation,
    Period,
    Region,
    Succession,
)
from tests import factories
from tests.places.atlas.places import (
    AT,
    HERE,
    new_place,
)

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]


# --- what pages ask of the database


def regions(count: int) -> None:
    for number in range(count - 1):
        region = Region.objects.create(country_id="PL", code=f"9{number}", name="x")
        new_place(f"90000{number}", "x", County.objects.create(region=region, code=f"9{number}", name="x"))


def counties(count: int) -> None:
    region = Region.objects.get(country="PL", code="30")
    for number in range(count - 1):
        county = County.objects.create(region=region, code=f"309{number}", name="x")
        new_place(f"30990{number}", "x", county)


def municipalities(count: int) -> None:
    Period.objects.exclude(municipality__code__in=["300101", "300102", "300103"][:count]).delete()


def series(count: int) -> None:
    kept = ["population", "registered_unemployed", "registered_unemployed_per_1000"][:count]
    Observation.objects.exclude(indicator__key__in=kept).delete()


def years(count: int) -> None:
    Observation.objects.filter(period__lt=2025 - count).delete()


def merged(count: int) -> None:
    county = County.objects.get(code="3001", region__country="PL")
    for number in range(count):
        gone = new_place(f"30990{number}", "x", county, valid_to=dt.date(2022, 12, 31))
        Succession.objects.create(
            predecessor=gone,
            successor=factories.municipality(),
            happened_on=dt.date(2023, 1, 1),
            kind="merger",
        )


LISTS = [
    (regions, f"{AT}PL/", 10),
    (counties, f"{AT}PL/region/30/", 12),
    (municipalities, f"{AT}PL/county/3001/", 12),
    (series, HERE, 6),
    (years, f"{HERE}?indicator=registered_unemployed", 8),
    (merged, HERE, 8),
    (years, "/en/indicators/", 5),
    (years, "/en/indicators/registered_unemployed/", 7),
]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "address", "queries"), LISTS, ids=lambda one: getattr(one, "__name__", one))
def test_one_and_three_take_the_same_queries(
    kind: Callable[[int], None],
    address: str,
    queries: int,
    count: int,
    django_assert_num_queries: AssertQueries,
) -> None:
    client = Client()
    kind(count)
    client.get(address)  # drawings and counts are remembered
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
