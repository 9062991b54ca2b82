"""Figures of earlier years in the territory of today: sums, other codes, splits; nothing twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import count

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sadzonka.places.models import County, Indicator, Municipality, Observation, Period, Release, Succession
from sadzonka.places.queries import figures_of, place
from sadzonka.places.series.points import How
from sadzonka.places.series.time import Territory, series_of, territory_of

Kind = Succession.Kind
db = pytest.mark.django_db
TODAY = dt.date(2024, 6, 1)
Seen = list[tuple[int, float | None, str]]


@pytest.fixture
def population() -> Indicator:
    return Indicator.objects.get(key="population")


def town(code: str, name: str, begins: str = "", ends: str = "") -> Municipality:
    made = Municipality.objects.create(country_id="PL", code=code)
    Period.objects.create(
        municipality=made,
        name=name,
        kind="rural",
        county=County.objects.filter(region__country="PL")[0],
        valid_from=begins or None,
        valid_to=ends or None,
    )
    return made


def release(key: str = "counted") -> Release:
    return Release.objects.get_or_create(
        key=key, defaults={"publisher": "GUS", "title": key, "period": "x", "retrieved_on": "2024-01-01"}
    )[0]


def counted(
    of: Municipality, indicator: Indicator, figures: dict[int, float | None], status: str = ""
) -> None:
    for year, value in figures.items():
        Observation.objects.create(
            release=release(),
            indicator=indicator,
            municipality=of,
            period=year,
            value=value,
            status=status or ("missing" if value is None else ""),
        )


def becomes(one: Municipality, other: Municipality, day: str, kind: str = "merger") -> Succession:
    return Succession.objects.create(
        predecessor=one, successor=other, happened_on=dt.date.fromisoformat(day), kind=kind
    )


def seen(of: Municipality, indicator: Indicator, day: dt.date | None = None) -> Seen:
    return [(point.year, point.value, point.how.value) for point in series_of([of.pk], indicator, day)[of.pk]]


def reasons(of: Municipality, indicator: Indicator, language: str = "en") -> list[str]:
    with override(language):
        return [point.reason for point in series_of([of.pk], indicator)[of.pk]]


# --- mergers


@db
def test_before_a_merger_an_additive_figure_is_the_sum_over_all_that_merged(population: Indicator) -> None:
    city, village = town("309901", "City"), town("309902", "Village", ends="2014-12-31")
    counted(city, population, {2013: 100, 2014: 110, 2015: 175})
    counted(village, population, {2013: 50, 2014: 60})
    becomes(village, city, "2015-01-01")
    assert seen(city, population) == [
        (2013, 150, "sum of predecessors"),
        (2014, 170, "sum of predecessors"),
        (2015, 175, "published"),
    ]
    assert seen(village, population) == [(2013, 50, "published"), (2014, 60, "published")]
    assert reasons(city, population) == [
        *["Sum over the territory of today; merged until 1 January 2015: Village."] * 2,
        "",
    ]


@db
@pytest.mark.parametrize("status", ["secret", "missing"])
def test_a_sum_with_an_unknown_part_is_unknown_and_never_less(population: Indicator, status: str) -> None:
    city, village = town("309901", "City"), town("309902", "Village", ends="2014-12-31")
    counted(city, population, {2013: 100, 2014: 110})
    counted(village, population, {2013: None}, status)
    becomes(village, city, "2015-01-01")
    points = series_of([city.pk], population)[city.pk]
    assert [(one.year, one.value, one.status) for one in points] == [
        (2013, None, status),
        (2014, None, "missing"),
    ]
    assert reasons(city, population)[0] == (
        "Unknown: a sum over the territory of today (merged until 1 January 2015: Village) "
        "lacks the figure of Village."
    )


@db
def test_what_cannot_be_summed_is_unknown_before_a_merger() -> None:
    city, village = town("309901", "City"), town("309902", "Village", ends="2014-12-31")
    rate = Indicator.objects.get(key="deaths_per_1000")
    counted(city, rate, {2014: 11, 2015: 12})
    counted(village, rate, {2014: 9})
    becomes(village, city, "2015-01-01")
    assert seen(city, rate) == [(2014, None, "other territory"), (2015, 12, "published")]
    assert reasons(city, rate)[0] == (
        "Unknown: the territory was another one (merged until 1 January 2015: Village), "
        "and this indicator cannot be summed."
    )


@db
def test_mergers_in_a_row_are_summed_once(population: Indicator) -> None:
    a, b = town("309901", "A", ends="2009-12-31"), town("309902", "B", ends="2014-12-31")
    c = town("309903", "C")
    for one, figures in ((a, {2008: 1}), (b, {2008: 10, 2012: 11}), (c, {2008: 100, 2012: 100, 2016: 111})):
        counted(one, population, dict(figures))
    becomes(a, b, "2010-01-01")
    becomes(b, c, "2015-01-01")
    assert seen(c, population) == [
        (2008, 111, "sum of predecessors"),
        (2012, 111, "sum of predecessors"),
        (2016, 111, "published"),
    ]
    assert seen(b, population) == [(2008, 11, "sum of predecessors"), (2012, 11, "published")]


@db
def test_a_new_municipality_is_the_sum_of_those_that_made_it_unless_the_office_counted_back(
    population: Indicator,
) -> None:
    ventasso = Municipality.objects.get(country="IT", code="035046")
    for code, figure in (("035007", 1), ("035019", 2), ("035025", 4), ("035031", 8)):
        counted(Municipality.objects.get(country="IT", code=code), population, {2010: figure, 2011: figure})
    counted(ventasso, population, {2011: 14.5})
    assert seen(ventasso, population)[:2] == [(2010, 15, "sum of predecessors"), (2011, 14.5, "published")]


@db
def test_on_an_earlier_day_the_territory_is_that_of_the_day(population: Indicator) -> None:
    city, village = town("309901", "City"), town("309902", "Village")
    counted(city, population, {2013: 100})
    counted(village, population, {2013: 50})
    Release.objects.update(retrieved_on="2014-01-01")
    becomes(village, city, "2015-01-01")
    assert seen(city, population, dt.date(2014, 6, 1)) == [(2013, 100, "published")]
    assert seen(city, population, dt.date(2015, 6, 1)) == [(2013, 150, "sum of predecessors")]


# --- another code, another type


@db
def test_a_series_goes_on_under_a_new_code(population: Indicator) -> None:
    old, new = town("309901", "Rejowiec", ends="2005-12-31"), town("309902", "Rejowiec", "2006-01-01")
    newest = town("309903", "Rejowiec", "2010-01-01")
    counted(old, population, {2005: 7})
    counted(new, population, {2006: 8})
    counted(newest, population, {2010: 9})
    becomes(old, new, "2006-01-01", "renumbering")
    becomes(new, newest, "2010-01-01", "renumbering")
    assert seen(newest, population) == [
        (2005, 7, "predecessor"),
        (2006, 8, "predecessor"),
        (2010, 9, "published"),
    ]
    assert reasons(newest, population)[1] == "As Rejowiec, code 309902."
    rate = Indicator.objects.get(key="deaths_per_1000")
    counted(old, rate, {2005: 7.5})
    assert seen(newest, rate) == [(2005, 7.5, "predecessor")]


@db
def test_a_change_of_type_is_no_change_of_the_series(population: Indicator) -> None:
    one = town("309901", "Budzyń", ends="2020-12-31")
    Period.objects.create(
        municipality=one,
        name="Budzyń",
        kind="urban-rural",
        county=one.periods.get().county,
        valid_from="2021-01-01",
    )
    counted(one, population, {2020: 5, 2021: 6})
    assert seen(one, population) == [(2020, 5, "published"), (2021, 6, "published")]


# --- splits


@db
def test_before_a_split_the_part_is_unknown_and_the_rest_says_that_it_was_more(population: Indicator) -> None:
    dukla, jasliska = town("309901", "Dukla"), town("309902", "Jaśliska", "2010-01-01")
    counted(dukla, population, {2009: 1155, 2010: 964})
    counted(jasliska, population, {2010: 127})
    becomes(dukla, jasliska, "2010-01-01", "split")
    assert seen(dukla, population) == [(2009, 1155, How.BEFORE_CHANGE), (2010, 964, "published")]
    assert seen(jasliska, population) == [(2009, None, "other territory"), (2010, 127, "published")]
    assert reasons(dukla, population)[0] == "Before the split of 1 January 2010: with Jaśliska."
    assert reasons(jasliska, population)[0] == "Unknown: part of Dukla until 1 January 2010."


@db
def test_who_gained_a_part_of_another_was_less_before(population: Indicator) -> None:
    ostrowice, drawsko = town("309901", "Ostrowice", ends="2018-12-31"), town("309902", "Drawsko")
    counted(ostrowice, population, {2018: 114})
    counted(drawsko, population, {2018: 538, 2019: 553})
    becomes(ostrowice, drawsko, "2019-01-01", "split")
    assert seen(drawsko, population) == [(2018, 538, How.BEFORE_CHANGE), (2019, 553, "published")]
    assert reasons(drawsko, population)[0] == (
        "Before 1 January 2019: without the part of Ostrowice that was added then."
    )


@db
def test_a_merger_of_which_a_part_was_lost_later_is_unknown(population: Indicator) -> None:
    a, b, c = town("309901", "A", ends="2009-12-31"), town("309902", "B"), town("309903", "C", "2015-01-01")
    counted(a, population, {2008: 1})
    counted(b, population, {2008: 10})
    becomes(a, b, "2010-01-01")
    becomes(b, c, "2015-01-01", "split")
    assert seen(b, population) == [(2008, None, "other territory")]
    (reason,) = reasons(b, population)
    assert reason == (
        "Unknown: the territory was another one, and its parts were not counted apart. "
        "Before the split of 1 January 2015: with C."
    )


# --- whatever happened


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Succession], dict[int, dt.date], dict[int, dict[int, set[int]]]]:
    """Draw mergers, splits and new codes; return them, first days, and who held which hamlets when."""
    numbers, hamlets = count(1), count(1)
    held = {next(numbers): {next(hamlets), next(hamlets), next(hamlets)} for _town in range(4)}
    successions: list[Succession] = []
    begins: dict[int, dt.date] = {}
    by_year: dict[int, dict[int, set[int]]] = {2000: {one: set(of) for one, of in held.items()}}

    def happens(one: int, other: int, year: int, kind: str) -> None:
        day = dt.date(year, 1, 1)
        if other not in held:
            held[other], begins[other] = set(), day
        successions.append(
            Succession(
                pk=len(successions) + 1, predecessor_id=one, successor_id=other, happened_on=day, kind=kind
            )
        )

    for year in range(2001, 2007):
        one = draw(st.sampled_from(sorted(held)))
        others = [other for other in sorted(held) if other != one]
        what = draw(st.sampled_from(["nothing", "joins", "fuses", "code", "leaves", "dissolves"]))
        if what == "joins" and others:
            other = draw(st.sampled_from(others))
            happens(one, other, year, Kind.MERGER)
            held[other] |= held.pop(one)
        elif what == "fuses" and others:
            other, new = draw(st.sampled_from(others)), next(numbers)
            happens(one, new, year, Kind.MERGER)
            happens(other, new, year, Kind.MERGER)
            held[new] = held.pop(one) | held.pop(other)
        elif what == "code":
            new = next(numbers)
            happens(one, new, year, Kind.RENUMBERING)
            held[new] = held.pop(one)
        elif what == "leaves" and len(held[one]) > 1:
            new = next(numbers)
            happens(one, new, year, Kind.SPLIT)
            held[new] = {held[one].pop()}
        elif what == "dissolves" and len(others) > 1 and len(held[one]) > 1:
            first, second = others[:2]
            happens(one, first, year, Kind.SPLIT)
            happens(one, second, year, Kind.SPLIT)
            part = held[one].pop()
            held[first].add(part)
            held[second] |= held.pop(one)
        by_year[year] = {place: set(of) for place, of in held.items()}
    return successions, begins, by_year


@given(histories())
def test_a_known_figure_of_the_present_territory_counts_each_of_its_hamlets_once(
    history: tuple[list[Succession], dict[int, dt.date], dict[int, dict[int, set[int]]]],
) -> None:
    successions, begins, by_year = history
    indicator = Indicator(pk=1, key="x", is_additive=True)
    rows: dict[int, dict[int, Observation]] = {}
    for year, held in by_year.items():
        for one, hamlets in held.items():
            worth = float(sum(2**hamlet for hamlet in hamlets))
            rows.setdefault(one, {})[year] = Observation(
                indicator=indicator, municipality_id=one, period=year, value=worth, status=""
            )
    land = Territory(successions, begins, TODAY)
    land.__dict__["names"] = {}
    for one, hamlets in by_year[2006].items():
        points = {point.year: point for point in land.points(one, indicator, rows)}
        assert points[2006].value == sum(2**hamlet for hamlet in hamlets)
        for point in points.values():
            if point.is_known and point.is_of_present_territory:
                assert point.value == points[2006].value, (one, point.year)
        has_parts = any(one.kind == Kind.SPLIT for one in successions)
        if not has_parts:  # mergers and new codes alone leave nothing unknown
            assert [point.year for point in points.values() if not point.is_known] == []


# --- reading it


@db
def test_a_place_is_read_in_one_query_and_in_three_when_it_changed(
    population: Indicator, django_assert_num_queries: Callable[..., object]
) -> None:
    a, b, c = (
        town("309901", "A", ends="2009-12-31"),
        town("309902", "B", ends="2014-12-31"),
        town("309903", "C"),
    )
    becomes(a, b, "2010-01-01")
    becomes(b, c, "2015-01-01")
    with django_assert_num_queries(1):
        unchanged = place("PL", "300101")
    with django_assert_num_queries(3):
        changed = place("PL", "309903")
        assert [str(one.predecessor) for one in changed.origins] == ["B"]
    with django_assert_num_queries(2):
        figures_of(unchanged.municipality, territory=unchanged.territory)
    with django_assert_num_queries(2):
        figures_of(changed.municipality, territory=changed.territory)
    with django_assert_num_queries(3):
        figures_of(unchanged.municipality)


@db
def test_the_territory_of_many_is_that_of_each(population: Indicator) -> None:
    places = list(Municipality.objects.filter(country="IT"))
    together = series_of([one.pk for one in places], population)
    assert together == {one.pk: series_of([one.pk], population)[one.pk] for one in places}
    assert len(territory_of().successions) == 4
