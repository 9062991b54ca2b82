"""What staff choose for a file: columns, what the file does not say, and where it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import FileImport
from tests.admin.browser import values_of
from tests.places.desk.previews import PREVIEW, file_import, preview

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


class Desk:
    """The form of one file, filled in from what the page shows."""

    def __init__(self, client: Client, found: FileImport) -> None:
        self.client, self.address = client, f"/en/statistics/desk/files/{found.pk}/"

    def form(self) -> dict[str, Any]:
        page = BeautifulSoup(self.client.get(self.address).content, "html.parser")
        return values_of(page.select_one("#choices form"))

    def sends(self, **changes: Any) -> tuple[int, list[str]]:
        changed = {name.replace("__", "-"): value for name, value in changes.items()}
        answer = self.client.post(f"{self.address}choices/", {**self.form(), **changed})
        page = BeautifulSoup(answer.content, "html.parser")
        return answer.status_code, [error.text for error in page.select(".field .errorlist li")]


@pytest.fixture
def desk(ewa: Person, signed_in: SignIn) -> Desk:
    return Desk(signed_in(ewa), file_import())


def kept() -> dict[str, Any]:
    return FileImport.objects.get().choices


def test_columns_are_chosen_left_out_and_described_anew(desk: Desk) -> None:
    assert desk.sends(
        column__0="-",
        column__1="new",
        column__1__key="unemployed_women",
        column__1__name="Unemployed women",
        column__1__unit="persons",
    ) == (302, [])
    assert kept()["columns"] == {
        "ogółem [osoba]": "-",
        "kobiety [osoba]": {
            "new": {
                "key": "unemployed_women",
                "name": "Unemployed women",
                "unit": "persons",
                "language": "en",
            }
        },
    }
    assert FileImport.objects.get().state == "waiting"


def test_what_was_chosen_stands_in_the_form_and_can_be_taken_back(desk: Desk) -> None:
    new = {"key": "k", "name": "n", "unit": "u"}
    chosen = {"ogółem [osoba]": "population", "kobiety [osoba]": {"new": new}}
    FileImport.objects.update(choices={"columns": chosen})
    form = desk.form()
    assert [form[name] for name in ("column-0", "column-1", "column-1-key", "column-1-unit")] == [
        ["population"],
        ["new"],
        "k",
        "u",
    ]
    assert desk.sends(column__0="", column__1="") == (302, [])
    assert kept()["columns"] == {}


def described(key: str) -> dict[str, str]:
    """Return what one sends to describe a new indicator for the second column."""
    return {
        "column__1": "new",
        "column__1__key": key,
        "column__1__name": "A name",
        "column__1__unit": "persons",
    }


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"column__1": "new"}, ["A new indicator needs a key, a name and a unit."] * 3),
        (
            described("population"),
            ["The catalogue has this key already: choose it there."],
        ),
        (
            described("no key"),
            ["Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."],
        ),
        ({"column__1": "nonsense"}, ["Select a valid choice. nonsense is not one of the available choices."]),
        ({"url": "javascript:alert(1)"}, ["Enter a valid URL."]),
        ({"retrieved_on": "2999-01-01"}, ["This day is still to come."]),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    changes: dict[str, str], errors: list[str], desk: Desk
) -> None:
    assert desk.sends(**changes) == (422, errors)
    assert (kept(), FileImport.objects.get().state) == ({}, "read")


def test_two_columns_may_be_one_new_indicator_only_when_they_say_the_same(desk: Desk) -> None:
    new = {"key": "women", "name": "Women", "unit": "persons"}
    both = {f"column__{number}__{part}": text for number in (0, 1) for part, text in new.items()}
    differing = {**both, "column__0": "new", "column__1": "new", "column__1__unit": "thousands"}
    assert desk.sends(**differing) == (422, ["Two columns describe this key differently."])
    assert desk.sends(**both, column__0="new", column__1="new") == (302, [])


def test_where_a_file_comes_from_can_be_corrected(desk: Desk) -> None:
    form = desk.form()
    assert (form["publisher"], form["title"]) == (PREVIEW["publisher"], PREVIEW["title"])
    assert desk.sends(
        title="Unemployed", url="bdl.stat.gov.pl/table", licence="", retrieved_on="2026-11-20"
    ) == (302, [])
    assert {name: value for name, value in kept().items() if name != "columns"} == {
        "publisher": "Statistics Poland",
        "title": "Unemployed",
        "url": "https://bdl.stat.gov.pl/table",
        "retrieved_on": "2026-11-20",
    }


def test_a_year_is_asked_only_when_the_file_does_not_say_it(desk: Desk) -> None:
    assert "year" not in desk.form()
    FileImport.objects.update(preview=preview(asks=[{"key": "year"}]))
    assert desk.sends(year="18") == (422, ["Ensure this value is greater than or equal to 1900."])
    assert desk.sends(year="2019") == (302, [])
    assert kept()["year"] == 2019


def test_a_plain_table_is_told_its_country_and_columns(desk: Desk) -> None:
    headers = ["istat", "comune", "anno", "cooperative"]
    FileImport.objects.update(layout="plain", preview=preview(layout="plain", headers=headers))
    assert desk.sends(
        country="IT", plain__code="istat", plain__year_column="anno", plain__count="social_cooperatives"
    ) == (302, [])
    assert kept()["country"] == "IT"
    assert kept()["plain"] == {"code": "istat", "year_column": "anno", "count": "social_cooperatives"}


def test_the_day_of_download_is_today_unless_something_else_is_said(desk: Desk) -> None:
    assert desk.form()["retrieved_on"] == dt.date.today().isoformat()  # noqa: DTZ011 - the day here
