"""The municipalities most like one: which, why, where they differ, and what is said when nothing is known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sadzonka.places.likeness.comparing import compared_indicators
from sadzonka.places.likeness.queries import Likenesses, Reading, likenesses_of
from sadzonka.places.models import (
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    Release,
    Succession,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 1)
KEYS = ("population", "density_per_km2", "live_births_per_1000", "deaths_per_1000", "urbanisation_pct")
# The figures of a gmina, in the order of KEYS; None is not published.
Row = tuple[float | None, ...]
HERE: Row = (10_000, 100, 8, 10, 40)
AssertQueries = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def release() -> Release:
    """Make an empty country, XX, where nothing is compared by but five indicators."""
    country = Country.objects.create(code="XX", name={"pl": "Iksland", "it": "Icslandia", "en": "Exland"})
    region = Region.objects.create(country=country, code="1", name="Region")
    County.objects.create(region=region, code="1", name="County")
    Indicator.objects.exclude(key__in=KEYS).update(likeness_from=None, likeness_to=None)
    Indicator.objects.filter(key__in=KEYS).update(formula="", numerator=None, denominator=None)
    return Release.objects.create(
        key="r", publisher="Office", title="Book", period="2025", retrieved_on=dt.date(2026, 1, 2)
    )


def place(
    code: str, figures: Row, release: Release, *, kind: str = "urban", year: int = 2025
) -> Municipality:
    """Make a gmina of XX with these figures of a year."""
    made = Municipality.objects.create(country_id="XX", code=code, is_invented=code.startswith("9"))
    county = County.objects.get(region__country="XX")
    Period.objects.create(municipality=made, name=f"Place {code}", kind=kind, county=county)
    indicators = {one.key: one for one in Indicator.objects.filter(key__in=KEYS)}
    for key, value in zip(KEYS, figures, strict=True):
        if value is not None:
            Observation.objects.create(
                release=release, indicator=indicators[key], municipality=made, period=year, value=value
            )
    return made


def codes(found: Likenesses) -> list[str]:
    return [one.period.municipality.code for one in found.found]


def page(client: Client, code: str, query: str = "") -> str:
    """Return what is read on the page, without tags."""
    answer = client.get(f"/en/municipalities/XX/{code}/likenesses/{query}")
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


# --- which


def test_the_most_alike_come_first_and_nobody_is_alike_to_itself(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (10_000, 100, 8, 10, 90), release)
    place("102", (10_000, 100, 8, 10, 45), release)
    place("103", (90_000, 3_000, 2, 28, 100), release)
    found = likenesses_of(here, "XX", DAY)
    assert codes(found) == ["102", "101", "103"]
    assert [round(one.apart.upper, 3) for one in found.found[:2]] == [0.01, 0.1]


def test_equally_alike_come_by_their_codes_whoever_was_stored_first(release: Release) -> None:
    here = place("105", HERE, release)
    for code in ("104", "106", "101"):
        place(code, HERE, release)
    assert codes(likenesses_of(here, "XX", DAY)) == ["101", "104", "106"]


def test_the_type_counts_where_a_country_has_several(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", HERE, release, kind="rural")
    found = likenesses_of(here, "XX", DAY)
    (other,) = found.found
    assert (found.has_types, round(other.apart.upper, 6)) == (True, round(1 / 6, 6))
    assert [(part.here, part.there) for part in other.different if part.indicator is None] == [
        ("urban municipality", "rural municipality")
    ]


def test_the_type_does_not_count_where_all_are_of_one(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", HERE, release)
    found = likenesses_of(here, "XX", DAY)
    assert (found.has_types, found.variables, found.found[0].apart.upper) == (False, 5, 0.0)


def test_an_invented_municipality_is_never_shown_to_a_real_one(release: Release) -> None:
    real, invented = place("100", HERE, release), place("900", HERE, release)
    place("901", HERE, release)
    place("101", (9_000, 100, 8, 10, 40), release)
    assert codes(likenesses_of(real, "XX", DAY)) == ["101"]
    assert codes(likenesses_of(invented, "XX", DAY)) == ["100", "901", "101"]


def test_another_country_is_compared_by_what_is_known_in_both(release: Release) -> None:
    here = place("100", HERE, release)
    italian = likenesses_of(here, "IT", DAY)
    assert {one.period.municipality.country_id for one in italian.found} == {"IT"}
    assert [one.key for one in italian.indicators] == ["population"]
    assert {one.key for one in italian.left_out} == set(KEYS) - {"population"}
    assert not italian.has_types


def test_everywhere_is_everywhere(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", HERE, release)
    found = likenesses_of(here, None, DAY)
    assert codes(found)[0] == "101"
    assert len({one.period.municipality.country_id for one in found.found}) > 1


def test_what_is_the_same_is_no_difference(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (10_000, 100, 8, 10, 90), release)
    (found,) = likenesses_of(here, "XX", DAY).found
    keys = [[part.indicator.key for part in parts] for parts in (found.different, found.between)]
    assert (keys, len(found.alike)) == ([["urbanisation_pct"], ["density_per_km2"]], 3)


# --- what is not known


def test_a_gap_is_an_interval_and_never_a_likeness(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (10_000, 100, 8, 10, None), release)
    place("102", (10_000, 100, 8, 10, 60), release)
    found = likenesses_of(here, "XX", DAY)
    assert codes(found) == ["102", "101"]
    gap = found.found[1]
    assert (round(gap.apart.lower, 6), round(gap.apart.upper, 6)) == (0.0, round(0.6 / 5, 6))
    assert [part.indicator.key for part in gap.unknown_there] == ["urbanisation_pct"]
    assert len(gap.compared) == 4


def test_what_is_known_by_less_than_three_fifths_is_not_comparable(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (10_000, 100, 8, None, None), release)
    place("102", (10_000, 100, None, None, None), release)
    place("103", HERE, release)
    assert codes(likenesses_of(here, "XX", DAY)) == ["103", "101"]


def test_a_secret_figure_is_not_known_and_not_zero(release: Release) -> None:
    here = place("100", HERE, release)
    other = place("101", (10_000, 100, 8, 10, None), release)
    urbanisation = Indicator.objects.get(key="urbanisation_pct")
    Observation.objects.create(
        release=release, indicator=urbanisation, municipality=other, period=2025, value=None, status="secret"
    )
    (found,) = likenesses_of(here, "XX", DAY).found
    assert [part.indicator.key for part in found.unknown_there] == ["urbanisation_pct"]


def test_what_no_office_publishes_in_a_country_is_left_out_and_said(release: Release) -> None:
    here = place("100", (10_000, 100, 8, None, None), release)
    place("101", (10_000, 100, 8, None, 40), release)
    place("102", (10_000, 100, 8, None, None), release)
    found = likenesses_of(here, "XX", DAY)
    assert {one.key for one in found.left_out} == {"deaths_per_1000", "urbanisation_pct"}
    assert codes(found) == ["101", "102"]


def test_an_old_figure_is_compared_as_an_interval(release: Release) -> None:
    unemployed = Indicator.objects.get(key="population")
    unemployed.relative_change_over_years = {"6": 0.5}
    unemployed.max_age_years = 5
    unemployed.save()
    here = place("100", HERE, release)
    place("101", (10_000, None, None, None, None), release, year=2020)
    new = place("102", (None, 100, 8, 10, 40), release)
    for row in Observation.objects.filter(municipality__code="101", municipality__country="XX"):
        Observation.objects.filter(pk=row.pk).update(municipality=new)
    (found,) = likenesses_of(here, "XX", DAY).found
    (old,) = (part.there for part in found.parts if part.indicator.key == "population")
    assert isinstance(old, Reading)
    assert (old.lower, old.upper, old.year, old.shown) == (5_000, 15_000, 2020, "5,000–15,000")


def test_figures_that_come_in_later_are_compared_at_once(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (50_000, 100, 8, 10, 40), release)
    other = place("102", (60_000, 100, 8, 10, 40), release)
    assert codes(likenesses_of(here, "XX", DAY)) == ["101", "102"]
    later = Release.objects.create(
        key="later", publisher="Office", title="New book", period="2025", retrieved_on=dt.date(2026, 2, 3)
    )
    population = Indicator.objects.get(key="population")
    Observation.objects.create(
        release=later, indicator=population, municipality=other, period=2025, value=10_000
    )
    found = likenesses_of(here, "XX", DAY)
    assert codes(found) == ["102", "101"]
    assert {one.title for one in found.releases} == {"Book", "New book"}


def test_another_range_is_compared_by_at_once(release: Release) -> None:
    here = place("100", HERE, release)
    place("101", (10_000, 100, 8, 20, 40), release)
    assert round(likenesses_of(here, "XX", DAY).found[0].apart.upper, 6) == round(10 / 30 / 5, 6)
    Indicator.objects.filter(key="deaths_per_1000").update(likeness_to=50)
    assert round(likenesses_of(here, "XX", DAY).found[0].apart.upper, 6) == round(10 / 50 / 5, 6)


def test_a_computed_figure_names_the_releases_of_its_parts(release: Release) -> None:
    here, other = place("100", HERE, release), place("101", HERE, release)
    rate = Indicator.objects.get(key="registered_unemployed_per_1000")
    Indicator.objects.filter(pk=rate.pk).update(likeness_from=0, likeness_to=100)
    labour = Release.objects.create(
        key="l", publisher="Labour office", title="Jobs", period="2025", retrieved_on=dt.date(2026, 1, 5)
    )
    jobless = Indicator.objects.get(key="registered_unemployed")
    for one in (here, other):
        Observation.objects.create(
            release=labour, indicator=jobless, municipality=one, period=2025, value=200
        )
    found = likenesses_of(here, "XX", DAY)
    (part,) = (part for part in found.found[0].parts if part.indicator == rate)
    assert (part.here.shown, [found.releases[number - 1].title for number in part.here.sources]) == (
        "20.0",
        ["Jobs", "Book"],
    )


# --- the page


def test_the_page_says_why_and_where_with_years_and_sources(release: Release, client: Client) -> None:
    place("100", HERE, release)
    place("101", (10_000, 100, 8, 10, 90), release)
    read = page(client, "100")
    assert "Place 100: which municipalities are most like it?" in read
    assert "it says neither why things are so nor how good they are" in read
    assert "Furthest apart Urbanisation" in read
    assert re.search(r"Closest Population .{0,40}10,000 2025, \[1\] 10,000 2025, \[1\]", read)
    assert re.search(r"40\.0 2025, \[1\] 90\.0 2025, \[1\] 0\.50", read)
    assert "5 of 5" in read
    assert "Office: Book" in read
    assert "nearest neighbour" not in read


def test_the_page_names_the_ranges(release: Release, client: Client) -> None:
    place("100", HERE, release)
    read = page(client, "100")
    assert re.search(r"Population .{0,120}by ratio.{0,80} 100 3,000,000", read)


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (HERE, "No comparable municipality: of none are three fifths"),
        ((10_000, 100, None, None, None), "too little is known of Place 100, 2 of 5"),
    ],
    ids=["alone", "hardly known"],
)
def test_a_municipality_without_likenesses_is_told_so(
    figures: Row, said: str, release: Release, client: Client
) -> None:
    place("100", figures, release)
    if figures is not HERE:
        place("101", HERE, release)
    if figures is not HERE:
        place("102", HERE, release)
    assert said in page(client, "100")


def test_where_nothing_is_published_there_is_nothing_to_compare_by(release: Release, client: Client) -> None:
    place("100", (None,) * 5, release)
    assert "There is nothing to compare by" in page(client, "100")


def test_a_municipality_that_is_gone_leads_to_what_took_its_place(release: Release, client: Client) -> None:
    gone, there = place("100", HERE, release), place("101", HERE, release)
    Period.objects.filter(municipality=gone).update(valid_to=dt.date(2019, 12, 31))
    Succession.objects.create(
        predecessor=gone, successor=there, happened_on=dt.date(2020, 1, 1), kind="merger"
    )
    read = page(client, "100")
    assert "This municipality no longer exists; only those of today are compared." in read
    assert (
        "Since 1 January 2020 this municipality, or a part of it, belongs to another one: Place 101" in read
    )


def test_an_invented_one_is_marked(release: Release, client: Client) -> None:
    place("900", HERE, release)
    place("901", HERE, release)
    place("100", HERE, release)
    read = page(client, "900")
    assert "An invented municipality: nothing here describes a real one." in read
    assert "Place 901 invented" in read
    assert "Place 100 invented" not in read


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("", "Exland"),
        ("?among=it", "Italy"),
        ("?among=ALL", "all countries"),
        ("?among=all", "all countries"),
        ("?among=Q", "Exland"),
    ],
)
def test_one_may_look_in_one_country_or_in_all(
    query: str, where: str, release: Release, client: Client
) -> None:
    place("100", HERE, release)
    assert f"Looked for in {where}" in page(client, "100", query)


def test_a_country_in_small_letters_leads_to_the_page_and_keeps_the_question(client: Client) -> None:
    answer = client.get("/en/municipalities/pl/300101/likenesses/?among=IT")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/en/municipalities/PL/300101/likenesses/?among=IT",
    )


@pytest.mark.parametrize("language", ["pl", "it", "en"])
def test_a_page_of_the_demonstration_is_there_in_each_language(language: str, client: Client) -> None:
    with override(language):
        assert client.get(reverse("likenesses", args=["PL", "300101"])).status_code == 200


# --- the demonstration


def test_real_gminas_and_comuni_have_ten_likenesses_at_home() -> None:
    for country, code in (("PL", "300101"), ("IT", "035046"), ("PL", "999901")):
        one = Municipality.objects.get(country=country, code=code)
        assert len(likenesses_of(one, country).found) == 10, code


def test_every_indicator_of_the_catalogue_with_a_range_is_looked_at() -> None:
    ranged = [one for one in Indicator.objects.all() if one.is_compared]
    assert compared_indicators() == ranged
    one = Municipality.objects.get(country="PL", code="300101")
    found = likenesses_of(one, "PL")
    assert sorted((*found.indicators, *found.left_out), key=lambda one: one.sort_order) == ranged


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("", 10), ("?among=ALL", 11)])
@pytest.mark.usefixtures("release")
def test_one_and_three_likenesses_take_the_same_queries(
    query: str, queries: int, count: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    Municipality.objects.exclude(country="XX").update(is_invented=True)
    for number in range(count + 1):
        place(f"10{number}", HERE, Release.objects.get(key="r"))
    address = f"/en/municipalities/XX/100/likenesses/{query}"
    assert client.get(address).content.decode().count('<details class="likeness"') == count
    with django_assert_num_queries(queries):
        client.get(address)
