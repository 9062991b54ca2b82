"""A municipality through time and the catalogue of indicators, as pages."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from sadzonka.places.models import (
    County,
    Indicator,
    Period,
    Succession,
)
from tests import factories
from tests.places.atlas.places import (
    AT,
    HERE,
    figures,
    links,
    many_places,
    new_place,
    page,
    regional,
    text,
)

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]


def test_every_indicator_has_its_newest_figure_with_year_and_source(client: Client) -> None:
    first = page(client.get(HERE)).select(".series > li")[0]
    said = " ".join(first.text.split())
    assert said.startswith("Population 17,043 people, 2024")
    assert "Tabl. IV" in said


def test_a_secret_year_is_a_gap_in_the_chart_and_words_in_the_table(client: Client) -> None:
    figures("population", {2022: 10.0, 2023: None, 2021: 12.0, 2020: 0.0})
    answer = client.get(f"{HERE}?indicator=population")
    rows = [" ".join(row.text.split()) for row in page(answer).select(".years tbody tr")]
    assert rows[1].startswith("2023 not published (statistical secrecy)")
    assert rows[4].startswith("2020 0 ")
    described = page(answer).find("desc").text
    assert "lowest 0 in 2020" in described
    assert "Years without a figure: 2023." in " ".join(described.split())
    assert len(page(answer).select("svg circle")) == 4


def test_a_newer_secret_year_does_not_hide_the_newest_known_one(client: Client) -> None:
    figures("population", {2025: None})
    said = " ".join(page(client.get(HERE)).select(".series > li")[0].text.split())
    assert "17,043 people, 2024" in said
    assert "2025: not published (statistical secrecy)" in said


def test_beside_it_stand_the_region_and_the_country(client: Client) -> None:
    regional({2024: 77.0}, "30")
    regional({2024: 1000.0, 2023: None})
    answer = client.get(f"{HERE}?indicator=registered_unemployed")
    head = [one.text for one in page(answer).select(".years thead th")]
    assert head[1:4] == ["Chodzież", "województwo wielkopolskie", "Poland"]
    rows = [
        [" ".join(cell.text.split()) for cell in row.select("td")]
        for row in page(answer).select(".years tbody tr")
    ]
    assert rows[0][:3] == ["443", "77", "1,000"]
    assert rows[1][:3] == ["445", "–no figure", "not published (statistical secrecy)"]


def test_a_computed_figure_says_from_what(client: Client) -> None:
    answer = client.get(f"{HERE}?indicator=registered_unemployed_per_1000")
    row = " ".join(page(answer).select_one(".years tbody tr").text.split())
    assert row == "2024 26.0 computed from: Registered unemployed 2024, Population 2024 [1] [2]"


def test_a_merger_is_a_sum_and_is_marked(client: Client) -> None:
    here, county = factories.municipality(), County.objects.get(code="3001", region__country="PL")
    gone = new_place("309901", "Dawna", county, valid_to=dt.date(2022, 12, 31))
    Succession.objects.create(
        predecessor=gone, successor=here, happened_on=dt.date(2023, 1, 1), kind="merger"
    )
    figures("population", {2021: 100.0, 2022: 90.0, 2023: 130.0})
    figures("population", {2022: 30.0}, code="309901")
    answer = client.get(f"{HERE}?indicator=population")
    rows = {
        row.find("th").text: " ".join(row.find("td").text.split())
        for row in page(answer).select(".years tbody tr")
    }
    assert rows == {"2024": "17,043", "2023": "130", "2022": "120", "2021": "no data"}
    assert len(page(answer).select("svg line.mark")) == 1
    assert len(page(answer).select("svg circle.qualified")) == 1
    assert "1 January 2023: took in the whole of Dawna" in text(answer)
    before = client.get(f"{AT}PL/309901/through-time/")
    assert "This municipality ended: since 1 January 2023 it is part of another one: Chodzież" in text(before)
    assert HERE in links(before)


def test_who_gave_away_a_part_has_not_ended(client: Client) -> None:
    county = County.objects.get(code="3001", region__country="PL")
    part = new_place("309901", "Nowa", county, valid_from=dt.date(2023, 1, 1))
    Succession.objects.create(
        predecessor=factories.municipality(), successor=part, happened_on=dt.date(2023, 1, 1), kind="split"
    )
    for address in (HERE, f"{AT}PL/300101/"):
        assert "This municipality ended" not in text(client.get(address))
    assert "gave a part to Nowa" in text(client.get(HERE))


def test_a_rough_date_says_so(client: Client) -> None:
    here = factories.municipality()
    Period.objects.filter(municipality=here).update(valid_to=dt.date(2020, 12, 31))
    Period.objects.create(
        municipality=here,
        name="Nowy Chodzież",
        kind="urban-rural",
        county=County.objects.get(code="3001", region__country="PL"),
        valid_from=dt.date(2021, 1, 1),
        is_dated_roughly=True,
    )
    change = " ".join(page(client.get(HERE)).select_one(".changes li").text.split())
    assert change == (
        "1 January 2021 roughly: renamed from Chodzież to Nowy Chodzież; "
        "type changed from urban municipality to urban-rural municipality"
    )


def test_a_municipality_without_figures_says_so(client: Client) -> None:
    many_places(1)
    assert "No figures are known here." in text(client.get(f"{AT}FR/00000/through-time/"))


def test_an_invented_municipality_is_marked(client: Client) -> None:
    said = text(client.get(f"{AT}PL/999901/through-time/"))
    assert "An invented municipality: nothing here describes a real one." in said


def test_figures_are_taken_along_as_a_table_without_formulas(client: Client) -> None:
    Period.objects.filter(municipality__code="300101").update(name="=HYPERLINK(1)")
    figures("population", {2023: None, 2022: -5.0})
    answer = client.get(f"{HERE}?indicator=population&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Disposition"] == 'attachment; filename="PL-300101-population.csv"'
    assert [(row["year"], row["value"], row["status"]) for row in rows] == [
        ("2024", "17043.0", "as published"),
        ("2023", "", "not published (statistical secrecy)"),
        ("2022", "-5.0", "as published"),
    ]
    assert {row["name"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["unit"] for row in rows} == {"people"}


# --- indicators


def test_the_catalogue_says_which_years_are_known_where(client: Client) -> None:
    answer = client.get("/en/indicators/")
    rows = {
        row.find("h2").text: " ".join(row.find(class_="aside").text.split())
        for row in page(answer).select(".entries li")
    }
    assert rows["Registered unemployed"] == "2003–2024: Poland"
    assert rows["Registered unemployed per 1,000 inhabitants"] == "computed, nowhere published"
    assert len(rows) == Indicator.objects.count()


def test_an_indicator_says_what_it_counts_and_for_how_many(client: Client) -> None:
    figures("altitude_m", {2020: 80.0})
    answer = client.get("/en/indicators/altitude_m/")
    rows = [" ".join(row.text.split()) for row in page(answer).select("tbody tr")]
    assert "Poland20201" in rows
    assert "Office · 2024 · retrieved on 2 January 2026" in text(answer)
    computed = text(client.get("/en/indicators/registered_unemployed_per_1000/"))
    assert "computed: Registered unemployed / Population × 1,000." in computed


def test_a_secret_figure_is_not_counted_as_known(client: Client) -> None:
    figures("altitude_m", {2020: None})
    assert "Poland2020" not in text(client.get("/en/indicators/altitude_m/"))


# --- addresses
