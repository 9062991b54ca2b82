"""Releases: a list to filter, and what each says of which years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import Boundary, Country, RegionalObservation, Release
from tests import factories
from tests.places.desk.previews import figure, file_import, indicator, release

SignIn = Callable[[Person], Client]
LIST = "/en/statistics/desk/releases/"

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", ["by-another", "a-list"]),
        ("?publisher=An+office", ["a-list"]),
        ("?layout=bdl-table", ["by-another"]),
        ("?publisher=An+office&layout=bdl-table", []),
        ("?layout=nonsense", []),
    ],
)
def test_releases_are_filtered_by_publisher_and_layout(
    query: str, keys: list[str], ewa: Person, signed_in: SignIn
) -> None:
    shown = {one.key for one in Release.objects.all()}
    release("a-list", layout="terc", retrieved_on=dt.date(2030, 1, 1))
    release("by-another", publisher="Another", layout="bdl-table", retrieved_on=dt.date(2030, 1, 2))
    html = page(signed_in(ewa), LIST + query)
    found = [link["href"].split("/")[-2] for link in html.select(".entries a")]
    assert [key for key in found if key not in shown] == keys


def test_a_release_says_what_it_holds(ewa: Person, signed_in: SignIn) -> None:
    of = release(
        url="https://example.org/table",
        layout="terc",
        as_of=dt.date(2024, 1, 1),
        lists_all_of=Country.objects.get(code="PL"),
        sha256="a" * 64,
    )
    beds = indicator("beds")
    figure(beds, "300101", 2023, 0, release=of)
    figure(beds, "300101", 2024, 5, release=of)
    figure(beds, "300102", 2024, None, release=of)
    RegionalObservation.objects.create(release=of, indicator=beds, country_id="PL", period=2024, value=9)
    Boundary.objects.create(municipality=factories.municipality(), release=of, polygons=[])
    made = file_import("imported", file_name="beds.csv", release=of)
    html = page(signed_in(ewa), f"{LIST}invented/")
    rows = {
        table.caption.text: [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")]
        for table in html.select("table")
    }
    assert rows == {
        "Figures of municipalities by indicator and year": [
            ["beds", "2023", "1", "0"],
            ["beds", "2024", "1", "1"],
        ],
        "Figures of regions and countries by indicator and year": [["beds", "2024", "1", "0"]],
    }
    facts = {row.dt.text: row.dd.text for row in html.select(".facts > div")}
    assert facts == {
        "Key": "invented",
        "Period": "2024",
        "Territory as it was on": "1 January 2024",
        "Lists every municipality of": "Poland",
        "Downloaded on": "5 January 2026",
        "Address": "https://example.org/table",
        "Licence": "not noted",
        "Kind of file": "Statistics Poland, TERYT: list of units (TERC)",
        "SHA-256 of the file": "a" * 64,
    }
    assert "Boundaries of 1 municipality" in html.text
    assert html.select_one(f"a[href='/en/statistics/desk/files/{made.pk}/']").text == "beds.csv"
    assert "A release is never changed or undone." in html.select_one(".lede").text


def test_a_release_of_places_only_says_so(controller: Person, signed_in: SignIn) -> None:
    release()
    html = page(signed_in(controller), f"{LIST}invented/")
    assert "It tells of places only: it holds no figures and no boundaries." in html.text
    assert "Hand in a newer file" not in html.text


def test_a_release_that_is_none_is_not_here(ewa: Person, signed_in: SignIn) -> None:
    assert signed_in(ewa).get(f"{LIST}unknown/").status_code == 404
