"""Places through time, their figures, and the map without tiles."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from sadzonka.places.atlas.maps import LARGEST, MARGIN, SMALLEST, WIDTH, circle_map, populations_of
from sadzonka.places.models import County, Indicator, Municipality, Observation, Period, Release
from sadzonka.places.queries import figures_of, periods_matching, periods_on, place
from sadzonka.transfer.queries import aged, knowledge_of
from tests.factories import municipality

pytestmark = pytest.mark.django_db
PREDECESSORS = {"035007": "Busana", "035019": "Collagna", "035025": "Ligonchio", "035031": "Ramiseto"}


def release(key: str, retrieved_on: dt.date) -> Release:
    return Release.objects.create(
        key=key, publisher="GUS", title=key, period="2024", retrieved_on=retrieved_on
    )


def observation(value: float | None, period: int, of: Release, status: str = "") -> Observation:
    return Observation.objects.create(
        release=of,
        indicator=Indicator.objects.get(key="population"),
        municipality=municipality(),
        period=period,
        value=value,
        status=status,
    )


def population(day: dt.date | None = None) -> tuple[int, float | None]:
    figures = {figure.indicator.key: figure for figure in figures_of(municipality(), day)}
    return figures["population"].newest.period, figures["population"].value


# --- through time


def test_ventasso_took_the_place_of_four() -> None:
    found = place("IT", "035046")
    assert {one.predecessor.code: str(one.predecessor) for one in found.origins} == PREDECESSORS
    assert ([one.happened_on for one in found.origins], found.successors) == ([dt.date(2016, 1, 1)] * 4, [])
    for code, name in PREDECESSORS.items():
        before = place("it", code)
        assert (before.period.name, before.origins) == (name, [])
        assert [str(one.successor) for one in before.successors] == ["Ventasso"]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (dt.date(2015, 12, 31), set(PREDECESSORS.values())),
        (dt.date(2016, 1, 1), {"Ventasso"}),
        (dt.date(2026, 1, 1), {"Ventasso"}),
    ],
)
def test_one_of_them_is_there_on_each_day(day: dt.date, names: set[str]) -> None:
    asked = [*PREDECESSORS, "035046"]
    there = periods_on(day).filter(municipality__country="IT", municipality__code__in=asked)
    assert {period.name for period in there} == names


def test_a_municipality_that_is_gone_keeps_its_last_name() -> None:
    busana = municipality("035007", "IT")
    assert (str(busana), busana.period_at(dt.date(2015, 1, 1)).name) == ("Busana", "Busana")
    ventasso = municipality("035046", "IT")
    assert ventasso.period_at(dt.date(2010, 1, 1)).name == "Ventasso"  # to come: its first name


def test_names_and_kinds_follow_each_other() -> None:
    one = Municipality.objects.create(country_id="PL", code="309901")
    county = County.objects.filter(region__country="PL").first()
    for name, begin, end in (("Old", None, dt.date(2020, 12, 31)), ("New", dt.date(2021, 1, 1), None)):
        Period.objects.create(
            municipality=one, name=name, kind="rural", county=county, valid_from=begin, valid_to=end
        )
    days = [dt.date(2000, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1), dt.date(2030, 1, 1)]
    assert [one.period_at(day).name for day in days] == ["Old", "Old", "New", "New"]
    assert [period.name for period in place("PL", "309901").periods] == ["Old", "New"]


def test_a_municipality_without_a_name_is_shown_by_its_code() -> None:
    assert str(Municipality.objects.create(country_id="PL", code="309902")) == "309902"


def test_a_period_cannot_end_before_it_begins() -> None:
    county = County.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.create(
            municipality=municipality(),
            name="x",
            kind="rural",
            county=county,
            valid_from=dt.date(2020, 1, 2),
            valid_to=dt.date(2020, 1, 1),
        )


@pytest.mark.parametrize(
    ("country", "code"),
    [("PL", "000000"), ("IT", "300101"), ("PL", "30010"), ("", ""), ("ĄĄ", "١٢٣٤٥٦")],
)
def test_a_wrong_code_is_no_place(country: str, code: str) -> None:
    assert place(country, code) is None


@pytest.mark.parametrize("words", ["chodziez", "CHODZIEŻ", "  Chodzież ", "300101", "chodzieski 300101"])
def test_a_place_is_found_by_name_county_or_code_in_any_spelling(words: str) -> None:
    periods = periods_on().filter(municipality__code="300101")
    assert [period.municipality.code for period in periods_matching(words, periods)] == ["300101"]


# --- figures


def test_the_newest_period_counts() -> None:
    later = release("later", dt.date(2026, 1, 2))
    observation(100.0, 2025, later)
    observation(50.0, 2000, release("last", dt.date(2026, 1, 3)))
    assert population() == (2025, 100.0)


def test_of_one_period_the_release_retrieved_last_counts() -> None:
    observation(100.0, 2025, release("a-first", dt.date(2026, 1, 2)))
    observation(200.0, 2025, release("b-corrected", dt.date(2026, 1, 9)))
    observation(300.0, 2025, release("c-earliest", dt.date(2026, 1, 1)))
    assert population() == (2025, 200.0)
    assert population(dt.date(2026, 1, 5)) == (2025, 100.0)  # what one could know on that day


def test_figures_of_the_future_are_not_known_yet() -> None:
    observation(100.0, 2025, release("r", dt.date(2026, 1, 2)))
    known = [figure.newest.release.key for figure in figures_of(municipality(), dt.date(2026, 1, 1))]
    assert "r" not in known
    assert "r" in [figure.newest.release.key for figure in figures_of(municipality(), dt.date(2026, 1, 2))]


@pytest.mark.parametrize("status", ["secret", "missing"])
def test_a_figure_that_is_not_published_is_not_zero(status: str) -> None:
    observation(None, 2025, release("r", dt.date(2026, 1, 2)), status)
    Observation.objects.filter(municipality=municipality(), indicator__key="population", period=2024).delete()
    figure = next(one for one in figures_of(municipality()) if one.indicator.key == "population")
    assert (figure.newest.status, figure.value, figure.shown) == (status, None, "")
    assert aged(figure, dt.date(2026, 1, 2)) is None


@pytest.mark.parametrize(
    ("value", "status"), [(None, ""), (1.0, "secret"), (0.0, "missing"), (None, "estimate")]
)
def test_a_value_and_its_status_agree_in_the_database(value: float | None, status: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        observation(value, 2025, release("r", dt.date(2026, 1, 2)), status)


def test_the_income_tax_of_2019_is_too_old_to_count() -> None:
    day = dt.date(2026, 11, 23)
    figures = {one.indicator.key: one for one in knowledge_of(municipality(), day).figures.values()}
    tax = figures["pit_share_pln"]
    assert (tax.newest.period, tax.indicator.max_age_years) == (2019, 5)
    assert aged(tax, day) is None
    assert aged(tax, dt.date(2024, 12, 31)) == (tax.value, tax.value)


def test_an_old_figure_is_widened_by_the_change_published_for_its_age() -> None:
    figures = {one.indicator.key: one for one in figures_of(municipality())}
    jobless = figures["registered_unemployed"]
    year, value = jobless.newest.period, jobless.value
    assert aged(jobless, dt.date(year + 3, 1, 1)) == (value, value)
    low, high = aged(jobless, dt.date(year + 4, 1, 1))
    assert (low, high) == (pytest.approx(value * (1 - 0.63)), pytest.approx(value * (1 + 0.63)))
    assert aged(jobless, dt.date(year + 11, 1, 1)) is None


def test_a_figure_is_written_as_its_reader_writes_numbers() -> None:
    observation(1234567.0, 2025, release("r", dt.date(2026, 1, 2)))
    figure = next(one for one in figures_of(municipality()) if one.indicator.key == "population")
    shown = {}
    for language in ("pl", "it", "en"):
        with override(language):
            shown[language] = figure.shown
    assert shown == {"pl": "1\xa0234\xa0567", "it": "1.234.567", "en": "1,234,567"}


# --- the map


def test_circles_stay_on_the_map_and_their_areas_are_proportional() -> None:
    periods = list(periods_on().filter(county__region__country="PL"))
    populations = populations_of(periods)
    drawn = circle_map(periods, populations)
    assert drawn is not None
    placed = [period for period in periods if period.municipality.latitude is not None]
    assert len(drawn.circles) == len(placed) > 200
    assert all(MARGIN <= one.x <= WIDTH - MARGIN for one in drawn.circles)
    assert all(MARGIN <= one.y <= drawn.height - MARGIN for one in drawn.circles)
    assert [one.radius for one in drawn.circles] == sorted(
        (one.radius for one in drawn.circles), reverse=True
    )
    largest = drawn.circles[0]
    assert (largest.period.name, largest.radius) == ("Poznań", LARGEST)
    for one in drawn.circles:
        wanted = LARGEST * math.sqrt(populations.get(one.period.municipality_id, 0) / largest.population)
        assert one.radius == pytest.approx(max(SMALLEST, wanted), abs=0.06)


def test_north_is_up_and_east_is_right() -> None:
    periods = periods_on().filter(municipality__code__in=["035046", "015146", "048017"])
    drawn = circle_map(periods, {})
    at = {one.period.name: one for one in drawn.circles}
    assert at["Milano"].y < at["Firenze"].y
    assert at["Milano"].x < at["Firenze"].x


def test_there_is_no_map_of_places_without_coordinates() -> None:
    assert circle_map(periods_on().filter(municipality__is_invented=True), {}) is None
    assert circle_map([], {}) is None


def test_a_map_of_one_place_is_a_map() -> None:
    (circle,) = circle_map(periods_on().filter(municipality__code="300101"), {}).circles
    assert (circle.x, circle.y, circle.radius, circle.population) == (MARGIN, MARGIN, SMALLEST, None)
