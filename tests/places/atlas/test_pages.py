"""Public pages of places: browsing, maps, a municipality through time, and the catalogue of indicators."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.places.atlas import extents, maps
from sadzonka.places.atlas.browsing import MANY, periods_found, regions_of
from sadzonka.places.finding import forget_names
from sadzonka.places.models import (
    Boundary,
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    RegionalObservation,
    Release,
    Succession,
)
from sadzonka.practices.addresses import is_address_of_another_page
from tests import factories

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]

AT = "/en/municipalities/"
HERE = f"{AT}PL/300101/through-time/"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Numbers come again when a test is rolled back: what is remembered by them would be another test's."""
    forget()
    yield
    forget()


def forget() -> None:
    for remembered in (maps._drawing, extents._extents, extents._year_counts):
        remembered.cache_clear()


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").find("main")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).text.split())


def links(answer: HttpResponse) -> list[str]:
    return [link["href"] for link in page(answer).find_all("a", href=True)]


def release(key: str = "r", **fields: object) -> Release:
    known = {"publisher": "Office", "title": "Table", "period": "2024", "retrieved_on": dt.date(2026, 1, 2)}
    return Release.objects.create(key=key, **{**known, **fields})


def figures(key: str, values: dict[int, float | None], code: str = "300101", status: str = "secret") -> None:
    for year, value in values.items():
        Observation.objects.create(
            release=Release.objects.filter(key="r").first() or release(),
            indicator=Indicator.objects.get(key=key),
            municipality=factories.municipality(code),
            period=year,
            value=value,
            status="" if value is not None else status,
        )


def regional(values: dict[int, float | None], region: str | None = None) -> None:
    for year, value in values.items():
        RegionalObservation.objects.create(
            release=Release.objects.filter(key="r").first() or release(),
            indicator=Indicator.objects.get(key="registered_unemployed"),
            country_id="PL",
            region=region and Region.objects.get(country="PL", code=region),
            period=year,
            value=value,
            status="" if value is not None else "secret",
        )


def new_place(code: str, name: str, county: County, **fields: object) -> Municipality:
    made = Municipality.objects.create(country=county.region.country, code=code)
    Period.objects.create(municipality=made, name=name, kind="rural", county=county, **fields)
    return made


def many_places(count: int = MANY + 1) -> Country:
    """Plant a country with more municipalities than stand on one page."""
    country = Country.objects.create(code="FR", name=factories.words("France"))
    region = Region.objects.create(country=country, code="FR01", name="Nord")
    counties = [
        County.objects.create(region=region, code=f"F{number}", name=f"Dép {number}") for number in range(2)
    ]
    made = Municipality.objects.bulk_create(
        Municipality(country=country, code=f"{number:05}") for number in range(count)
    )
    Period.objects.bulk_create(
        Period(municipality=one, name=f"Ville-{one.code}", kind="local-unit", county=counties[number % 2])
        for number, one in enumerate(made)
    )
    return country


def bound(*codes: str) -> None:
    """Draw a square around each of these municipalities, beside each other."""
    drawn = release("boundaries", publisher="Geodesy", title="Boundaries", period="2021")
    for number, code in enumerate(codes):
        x, y = 16 + number, 52
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        Boundary.objects.create(municipality=factories.municipality(code), release=drawn, polygons=[[ring]])


# --- browsing


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


@pytest.mark.parametrize(
    ("slug", "is_taken"), [("through-time", True), ("likenesses", True), ("bicycles-from-prison", False)]
)
def test_a_card_cannot_take_the_address_of_another_page(slug: str, *, is_taken: bool) -> None:
    assert is_address_of_another_page(slug) == is_taken
    wrong = factories.wrong_fields(factories.practice(slug)) if is_taken else []
    assert wrong == (["slug"] if is_taken else [])


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
