"""A list of three asks the database as often as a list of one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import Country, Observation, Release
from tests.places.desk.previews import PREVIEW, figure, file_import, indicator, preview, release

AssertQueries = Callable[[int], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]
CODES = ("300101", "300102", "300103")

pytestmark = pytest.mark.django_db


def files(count: int) -> None:
    """Have so many files, each with its release."""
    for number in range(count):
        file_import("imported", file_name=f"file-{number}.csv", release=release(f"release-{number}"))


def releases(count: int) -> None:
    """Have so many releases, each the list of a country."""
    Observation.objects.all().delete()
    Release.objects.all().delete()
    for number in range(count):
        release(f"release-{number}", lists_all_of=Country.objects.get(code="PL"))


def columns(count: int) -> None:
    """Have one file with so many columns, changes, sums and notes."""
    found = preview()
    found["columns"] = [{**PREVIEW["columns"][0], "label": f"label {number}"} for number in range(count)]
    found["figures"]["changes"] *= count
    found["sums"] *= count
    found["notes"] *= count
    file_import(pk=1, preview=found)


def parts(count: int) -> None:
    """Have one release with so many indicators, years and imports."""
    of = release()
    for number in range(count):
        one = indicator(f"beds-{number}")
        figure(one, CODES[number], 2020 + number, 1, release=of)
        file_import("imported", release=of)


def covered(count: int) -> None:
    """Have so many indicators, each of another year, release and municipality."""
    Observation.objects.all().delete()
    for number in range(count):
        one = indicator(f"beds-{number}")
        figure(one, CODES[number], 2020 + number, 1, release=release(f"release-{number}"))


LISTS = [
    (files, "/en/statistics/desk/", 10),
    (columns, "/en/statistics/desk/files/1/", 11),
    (releases, "/en/statistics/desk/releases/", 11),
    (parts, "/en/statistics/desk/releases/invented/", 14),
    (covered, "/en/statistics/desk/coverage/?country=pl", 13),
    (covered, "/en/statistics/desk/stale/?country=pl", 15),
]


@pytest.fixture
def at_the_desk(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "address", "queries"), LISTS, ids=lambda one: getattr(one, "__name__", one))
def test_one_and_three_take_the_same_queries(
    *,
    kind: Callable[[int], None],
    address: str,
    queries: int,
    count: int,
    at_the_desk: Client,
    django_assert_num_queries: AssertQueries,
) -> None:
    client = at_the_desk
    kind(count)
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
