"""Countries, regions, counties and their maps, as pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from sadzonka.places.atlas.browsing import periods_found, regions_of
from sadzonka.places.finding import forget_names
from sadzonka.places.models import (
    Boundary,
    Country,
    County,
    Period,
)
from sadzonka.practices.addresses import is_address_of_another_page
from tests import factories
from tests.places.atlas.places import (
    AT,
    HERE,
    bound,
    links,
    many_places,
    new_place,
    page,
    regional,
    release,
    text,
)

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]


def test_a_country_shows_its_regions_by_name_and_says_how_many_municipalities_each_has(
    client: Client,
) -> None:
    answer = client.get(f"{AT}PL/")
    listed = [" ".join(line.text.split()) for line in page(answer).select(".parts li")]
    assert listed == [
        "województwo wielkopolskie 226 municipalities",
        "województwo wymyślone invented for the demonstration 1 municipality",
    ]
    assert page(answer).find(class_="kicker").text == "226 municipalities"


def test_municipalities_that_are_gone_are_not_counted() -> None:
    italy = Country.objects.get(pk="IT")
    before = {part.place.code: part.count for part in regions_of(italy)}
    Period.objects.filter(municipality__code="035046").update(valid_to=dt.date(2025, 12, 31))
    forget_names()  # an import or a change by staff would have been logged
    after = {part.place.code: part.count for part in regions_of(italy)}
    assert {
        code: before[code] - after.get(code, 0) for code in before if before[code] != after.get(code, 0)
    } == {"08": 1}


def test_a_region_lists_its_counties_and_their_municipalities(client: Client) -> None:
    answer = client.get(f"{AT}PL/region/30/")
    assert {f"{AT}PL/county/3001/", f"{AT}PL/300101/"} <= set(links(answer))
    names = [one.find(string=True, recursive=False).strip() for one in page(answer).select(".places summary")]
    assert names[:3] == ["powiat chodzieski", "powiat czarnkowsko-trzcianecki", "powiat gnieźnieński"]
    assert len(names) == 35


def test_two_municipalities_of_one_name_in_one_county_are_told_apart(client: Client) -> None:
    bound("300101", "300102")
    answer = client.get(f"{AT}PL/county/3001/")
    named = [one["aria-label"] for one in page(answer).select(".map svg a")]
    assert {"Chodzież, urban municipality"} < set(named)
    rows = [" ".join(row.text.split()) for row in page(answer).select("tbody tr") if "Chodzież" in row.text]
    assert rows == ["Chodzieżurban municipality 17,0432024", "Chodzieżrural municipality 6,1732024"]


def test_a_population_that_is_not_known_is_said_in_words(client: Client) -> None:
    county = County.objects.get(code="3001", region__country="PL")
    new_place("309901", "Nowa", county)
    row = next(
        row for row in page(client.get(f"{AT}PL/county/3001/")).select("tbody tr") if "Nowa" in row.text
    )
    assert row.find("td").text == "not known"


def test_a_large_country_shows_regions_until_somebody_says_what_to_look_for(client: Client) -> None:
    many_places()
    answer = client.get(f"{AT}?country=FR")
    assert [one for one in links(answer) if "/FR/0" in one] == []
    assert f"{AT}FR/region/FR01/" in links(answer)
    found = client.get(f"{AT}?country=FR&q=ville-00123")
    assert f"{AT}FR/00123/" in links(found)
    assert "1 municipality" in text(found)
    cut = client.get(f"{AT}?country=FR&q=ville")
    assert "Only the first 200 are shown" in text(cut)


def test_a_large_region_shows_counties_and_no_thousands_of_names(client: Client) -> None:
    many_places()
    answer = client.get(f"{AT}FR/region/FR01/")
    assert [one for one in links(answer) if one.startswith(f"{AT}FR/")][-2:] == [
        f"{AT}FR/county/F0/",
        f"{AT}FR/county/F1/",
    ]
    assert f"{AT}FR/00001/" not in links(answer)


@pytest.mark.parametrize("words", ["chodziez", "CHODZIEŻ gmina", "300101", "chodzieski 300101"])
def test_searching_many_finds_what_searching_few_does(words: str) -> None:
    assert "300101" in [period.municipality.code for period in periods_found("PL", words)]
    assert periods_found("PL", f"{words} elsewhere") == []
    assert "300101" in [period.municipality.code for period in periods_found("PL", words, "3001")]
    assert periods_found("PL", words, "3002") == []


def test_regional_figures_stand_with_year_and_source_and_are_no_sum(client: Client) -> None:
    regional({2023: 100.0, 2024: None}, "30")
    regional({2024: 1000.0})
    region, country = client.get(f"{AT}PL/region/30/"), client.get(f"{AT}PL/")
    row = " ".join(page(region).select_one(".figures tbody tr").text.split())
    assert row == "Registered unemployedpeople 100 2023 [1]"
    assert page(region).select_one("#source-1").text == "TableOffice"
    assert "1,000" in " ".join(page(country).select_one(".figures tbody tr").text.split())


@pytest.mark.parametrize(
    ("address", "near"),
    [
        (f"{AT}XX/", f"{AT}PL/"),
        (f"{AT}PL/region/99x/", f"{AT}PL/"),
        (f"{AT}PL/county/9/", f"{AT}PL/"),
        (f"{AT}PL/3001011/through-time/", f"{AT}PL/300101/"),
        (f"{AT}IT/35046/through-time/", f"{AT}IT/035046/"),
        (f"{HERE}?indicator=altitude_m", "/en/indicators/altitude_m/"),
    ],
)
def test_a_wrong_address_names_what_is_near(address: str, near: str, client: Client) -> None:
    answer = client.get(address)
    assert (answer.status_code, near in links(answer)) == (404, True)


# --- maps


def test_without_boundaries_a_region_is_drawn_in_circles(client: Client) -> None:
    answer = client.get(f"{AT}PL/region/30/")
    assert (len(page(answer).select(".map circle")) > 200, page(answer).select(".map path")) == (True, [])


def test_boundaries_lead_to_their_municipalities_and_name_their_source(client: Client) -> None:
    bound("300101", "300103")
    answer = client.get(f"{AT}PL/county/3001/")
    led = {one["href"]: one.find("path")["d"] for one in page(answer).select(".map a[href*='/PL/']")}
    assert len(led) == 5
    assert [address for address, path in led.items() if "l" in path] == [f"{AT}PL/300101/", f"{AT}PL/300103/"]
    assert "Geodesy: Boundaries (2021)" in page(answer).find("figcaption").text


def test_of_two_boundaries_the_newer_one_is_drawn(client: Client) -> None:
    bound("300101", "300102")
    before = client.get(f"{AT}PL/county/3001/")
    newer = release("newer", title="Newer", retrieved_on=dt.date(2026, 2, 2))
    ring = [[16, 52], [17, 52], [16, 53], [16, 52]]
    Boundary.objects.create(municipality=factories.municipality("300101"), release=newer, polygons=[[ring]])
    after = client.get(f"{AT}PL/county/3001/")
    shapes = [
        page(one).select_one(f".map a[href='{AT}PL/300101/'] path")["d"].count("+") for one in (before, after)
    ]
    assert shapes[1] < shapes[0]
    assert "Newer" in page(after).find("figcaption").text


def test_the_map_of_a_country_is_kept_by_browsers_until_it_changes(client: Client) -> None:
    first = client.get(f"{AT}PL/map.svg")
    assert (first["Content-Type"], first["Cache-Control"]) == ("image/svg+xml", "public, max-age=86400")
    assert 'id="region-30"' in first.content.decode()
    again = client.get(f"{AT}PL/map.svg", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    bound("300101", "300102")
    changed = client.get(f"{AT}PL/map.svg", headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_page_refers_to_the_regions_of_that_map(client: Client) -> None:
    (used,) = page(client.get(f"{AT}PL/")).select(".map use")
    address, _hash, part = used["href"].partition("#")
    assert f'id="{part}"' in client.get(address).content.decode()


def test_a_country_without_coordinates_has_no_map(client: Client) -> None:
    many_places(3)
    assert page(client.get(f"{AT}FR/")).select(".map") == []
    assert client.get(f"{AT}FR/map.svg").status_code == 404


# --- through time


@pytest.mark.parametrize(
    ("slug", "is_taken"), [("through-time", True), ("likenesses", True), ("bicycles-from-prison", False)]
)
def test_a_card_cannot_take_the_address_of_another_page(slug: str, *, is_taken: bool) -> None:
    assert is_address_of_another_page(slug) == is_taken
    wrong = factories.wrong_fields(factories.practice(slug)) if is_taken else []
    assert wrong == (["slug"] if is_taken else [])
