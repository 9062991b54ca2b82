"""What is stale: newest year against the indicator's limit, and how many municipalities are behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.people.models import Person
from sadzonka.places.desk.ageing import Aged, ages_of, lists_of_units
from sadzonka.places.models import Country, Observation, Period
from tests.places.desk.previews import figure, indicator, release

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def poland() -> Iterator[Country]:
    """Poland with three municipalities and no figures, in November 2026."""
    Observation.objects.all().delete()
    Period.objects.exclude(municipality__code__in=["300101", "300102", "300103"]).delete()
    Period.objects.update(valid_from=None, valid_to=None)
    with at_that_time(read_moment("2026-11-26")):
        yield Country.objects.get(code="PL")


def told(one: Aged) -> tuple[str, int, bool, int, int]:
    return one.indicator.key, one.newest, one.is_stale, one.beyond, one.never


def test_figures_are_stale_after_so_many_years_as_their_indicator_says(poland: Country) -> None:
    of = release()
    slow, quick = indicator("slow", max_age_years=3), indicator("quick", max_age_years=2)
    for one in (slow, quick):
        figure(one, "300101", 2023, 1, release=of)
    assert [told(one) for one in ages_of(poland)] == [
        ("quick", 2023, True, 1, 2),
        ("slow", 2023, False, 0, 2),
    ]


def test_a_municipality_behind_the_others_is_counted(poland: Country) -> None:
    of, beds = release(), indicator("beds", max_age_years=3)
    for code, years in (("300101", (2010, 2025)), ("300102", (2010, 2022)), ("300103", (2023,))):
        for year in years:
            figure(beds, code, year, 1, release=of)
    assert [told(one) for one in ages_of(poland)] == [("beds", 2025, False, 1, 0)]


def test_what_is_secret_does_not_make_figures_young(poland: Country) -> None:
    of, beds = release(), indicator("beds", max_age_years=3)
    figure(beds, "300101", 2010, 1, release=of)
    figure(beds, "300101", 2025, None, release=of)
    assert [told(one) for one in ages_of(poland)] == [("beds", 2010, True, 1, 2)]


def test_a_municipality_that_ended_is_not_behind(poland: Country) -> None:
    Period.objects.filter(municipality__code="300103").update(valid_to=dt.date(2015, 12, 31))
    of, beds = release(), indicator("beds", max_age_years=3)
    figure(beds, "300101", 2025, 1, release=of)
    figure(beds, "300103", 2015, 1, release=of)
    assert [told(one) for one in ages_of(poland)] == [("beds", 2025, False, 0, 1)]


def test_the_next_figures_are_looked_for_where_the_newest_came_from(poland: Country) -> None:
    beds = indicator("beds")
    older_year = release("older-year", retrieved_on=dt.date(2026, 5, 1))
    first, corrected = release("first"), release("corrected", retrieved_on=dt.date(2026, 2, 1))
    for year, of in ((2023, older_year), (2024, first), (2024, corrected)):
        figure(beds, "300101", year, 1, release=of)
    assert [one.release for one in ages_of(poland)] == [corrected]


def test_what_an_older_figure_becomes_is_said_in_words(poland: Country) -> None:
    of = release()
    unknown = indicator("unknown", max_age_years=2)
    widened = indicator(
        "widened", max_age_years=2, relative_change_over_years={"2": 0.01, "3": 0.05, "4": 0.125}
    )
    for one in (unknown, widened):
        figure(one, "300101", 2025, 1, release=of)
    with override("en"):
        said = {one.indicator.key: one.becomes for one in ages_of(poland)}
    assert said == {
        "unknown": "unknown",
        "widened": "after 3 years ±5%, after 4 years ±12.5%, else unknown",
    }


def test_a_list_of_units_is_good_for_a_year(poland: Country) -> None:
    release("older", lists_all_of=poland, as_of=dt.date(2024, 1, 1))
    newest = release("newest", lists_all_of=poland, as_of=dt.date(2025, 11, 26))
    italy = Country.objects.get(code="IT")
    assert [(one.release, one.is_stale) for one in lists_of_units([poland, italy])] == [
        (newest, False),
        (None, False),
    ]
    with at_that_time(read_moment("2026-11-28")):
        assert lists_of_units([poland])[0].is_stale


def test_the_page_says_it_all(poland: Country, ewa: Person, signed_in: SignIn) -> None:
    of = release(url="https://example.org/table")
    figure(indicator("beds", max_age_years=1), "300101", 2020, 1, release=of)
    html = BeautifulSoup(signed_in(ewa).get("/en/statistics/desk/stale/").content, "html.parser")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in html.select("tbody tr")
    ]
    assert rows == [
        [
            "beds",
            "2020",
            "stale since the end of 2021",
            "1",
            "2",
            "unknown",
            "A table (invented) , 5 January 2026 look for a newer one: An office",
        ],
        ["Poland", "no list was read", "a list is needed", "–"],
    ]
