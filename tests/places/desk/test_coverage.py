"""Coverage: exact counts of municipalities by indicator and year, of those that existed then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.desk.coverage import Cell, Coverage, Span, coverage_of, existing_in
from sadzonka.places.models import Country, Municipality, Observation, Period
from tests.places.desk.previews import figure, indicator, release

SignIn = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def counts_of(found: Coverage, key: str) -> dict[int, tuple[int, int]]:
    (row,) = [row for row in found.rows if row.indicator.key == key]
    return {year: (cell.known, cell.existing) for year, cell in zip(found.years, row.cells, strict=True)}


@pytest.fixture
def poland() -> Country:
    """Poland with the three municipalities of one county and no figures."""
    Observation.objects.all().delete()
    Period.objects.exclude(municipality__code__in=["300101", "300102", "300103"]).delete()
    Period.objects.update(valid_from=None, valid_to=None)
    return Country.objects.get(code="PL")


def test_a_municipality_counts_once_however_often_it_was_published(poland: Country) -> None:
    beds = indicator("beds")
    for one in (release("a"), release("b")):
        figure(beds, "300101", 2024, 5, release=one)
    figure(beds, "300102", 2024, 5, release=one)
    figure(beds, "300103", 2023, 0, release=one)
    assert counts_of(coverage_of(poland), "beds") == {2023: (1, 3), 2024: (2, 3)}


def test_what_is_secret_or_missing_is_not_counted(poland: Country) -> None:
    beds, of = indicator("beds"), release()
    figure(beds, "300101", 2024, 5, release=of)
    figure(beds, "300102", 2024, None, release=of)
    figure(beds, "300103", 2024, None, status="missing", release=of)
    assert counts_of(coverage_of(poland), "beds") == {2024: (1, 3)}


def test_only_those_that_existed_at_the_end_of_the_year_are_counted(poland: Country) -> None:
    Period.objects.filter(municipality__code="300102").update(valid_from=dt.date(2010, 1, 1))
    Period.objects.filter(municipality__code="300103").update(valid_to=dt.date(2012, 12, 31))
    beds, of = indicator("beds"), release()
    for year in (2009, 2012, 2013):
        for code in ("300101", "300102", "300103"):
            figure(beds, code, year, 1, release=of)
    assert counts_of(coverage_of(poland), "beds") == {2009: (2, 2), 2012: (3, 3), 2013: (2, 2)}


def test_an_invented_municipality_is_not_counted(poland: Country) -> None:
    Municipality.objects.filter(code="300103").update(is_invented=True)
    beds, of = indicator("beds"), release()
    for code in ("300101", "300103"):
        figure(beds, code, 2024, 1, release=of)
    assert counts_of(coverage_of(poland), "beds") == {2024: (1, 2)}


def test_a_municipality_with_two_periods_is_one(poland: Country) -> None:
    later, earlier = Period.objects.filter(municipality__code="300102").order_by("-pk")
    Period.objects.filter(pk=earlier.pk).update(valid_to=dt.date(2015, 12, 31))
    Period.objects.filter(pk=later.pk).update(valid_from=dt.date(2016, 1, 1))
    beds, of = indicator("beds"), release()
    for year in (2014, 2017):
        figure(beds, "300102", year, 1, release=of)
    assert counts_of(coverage_of(poland), "beds") == {2014: (1, 3), 2017: (1, 3)}


def test_existing_places_are_counted_at_the_end_of_the_year() -> None:
    spans = [Span(None, None), Span(dt.date(2010, 12, 31), None), Span(None, dt.date(2010, 12, 30))]
    assert existing_in(spans, (2009, 2010, 2011)) == (2, 2, 2)
    assert existing_in(spans[1:2], (2009, 2010, 2011)) == (0, 1, 1)


@pytest.mark.parametrize(
    ("known", "existing", "shade", "percent"),
    [(0, 8, 0, 0), (1, 8, 1, 12), (2, 8, 2, 25), (4, 8, 3, 50), (7, 8, 4, 87), (8, 8, 5, 100), (0, 0, 0, 0)],
)
def test_a_cell_is_darker_the_more_is_known_and_darkest_only_when_all_is(
    known: int, existing: int, shade: int, percent: int
) -> None:
    cell = Cell(known, existing)
    assert (cell.shade, cell.percent) == (shade, percent)


def test_the_table_has_a_number_in_every_cell(poland: Country, ewa: Person, signed_in: SignIn) -> None:
    of = release()
    beds, desks = indicator("beds"), indicator("desks")
    figure(beds, "300101", 2023, 5, release=of)
    figure(desks, "300101", 2024, 5, release=of)
    answer = signed_in(ewa).get("/en/statistics/desk/coverage/?country=pl")
    html = BeautifulSoup(answer.content, "html.parser")
    rows = [[cell.text for cell in row.select("th, td")] for row in html.select("table tr")]
    assert rows == [
        ["Indicator", "2024", "2023"],
        ["of so many that existed", "3", "3"],
        ["beds", "0", "1"],
        ["desks", "1", "0"],
    ]
    assert [one["class"] for one in html.select("tbody td")] == [
        ["num", "shade-0"],
        ["num", "shade-2"],
        ["num", "shade-2"],
        ["num", "shade-0"],
    ]


def test_a_country_without_figures_is_not_here(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    assert client.get("/en/statistics/desk/coverage/?country=XX").status_code == 404
    assert client.get("/en/statistics/desk/stale/?country=XX").status_code == 404


def test_an_installation_without_figures_says_so(ewa: Person, signed_in: SignIn) -> None:
    Observation.objects.all().delete()
    for name in ("coverage", "stale"):
        answer = signed_in(ewa).get(f"/en/statistics/desk/{name}/")
        assert answer.status_code == 200
        assert "No figures yet" in answer.content.decode()
