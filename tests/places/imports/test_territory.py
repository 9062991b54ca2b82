"""Lists of places become municipalities with their history; new codes of old places are found in figures."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from django.db import transaction
from django.utils.translation import override

from sadzonka.places.formats.reading import Point, Reading, Unit
from sadzonka.places.models import Country, Municipality, Period, Region, Release, Succession
from tests.places.imports.readings import (
    CHODZIEZ,
    a_list,
    imported,
    line,
    planned,
    population,
    reading,
    unit,
)

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, str, str | None, str | None, bool]]:
    """Return the periods of Slovenia, which the demonstration does not have."""
    return [
        (
            one.municipality.code,
            one.name,
            one.kind,
            one.valid_from.isoformat() if one.valid_from else None,
            one.valid_to.isoformat() if one.valid_to else None,
            one.is_dated_roughly,
        )
        for one in Period.objects.filter(municipality__country="SI")
        .select_related("municipality")
        .order_by("municipality__code", "valid_from")
    ]


def test_a_list_makes_municipalities_with_county_and_region() -> None:
    done = imported(a_list("2031-01-01", unit("001", "Ankaran"), unit("002", "Apače", "urban")))
    assert told() == [
        ("001", "Ankaran", "rural", None, None, False),
        ("002", "Apače", "urban", None, None, False),
    ]
    (region,) = Region.objects.filter(country="SI")
    assert [(region.code, region.name)] == [("SI03", "Vzhodna")]
    assert list(region.counties.values_list("code", "name")) == [("SI031", "Pomurska")]
    assert done is not None
    assert done.release is not None
    assert (done.state, done.release.lists_all_of_id, done.release.as_of) == (
        "imported",
        "SI",
        dt.date(2031, 1, 1),
    )
    with override("pl"):
        assert str(Country.objects.get(code="SI")) == "Słowenia"


LISTS = {
    "old": a_list("2031-01-01", unit("001", "Ankaran"), unit("002", "Apače"), unit("003", "Beltinci")),
    "middle": a_list(
        "2033-01-01", unit("001", "Ankaran"), unit("002", "Apače", "urban"), unit("003", "Beltinci")
    ),
    "new": a_list("2036-01-01", unit("001", "Koper"), unit("002", "Apače", "urban"), unit("004", "Bled")),
}


def test_lists_read_in_any_order_tell_the_same_history() -> None:
    outcomes = []
    for order in permutations(LISTS.values()):
        with transaction.atomic():
            for one in order:
                imported(one)
            outcomes.append(told())
            transaction.set_rollback(True)
    expected = [
        ("001", "Ankaran", "rural", None, "2035-12-31", True),
        ("001", "Koper", "rural", "2036-01-01", None, True),
        ("002", "Apače", "rural", None, "2032-12-31", True),
        ("002", "Apače", "urban", "2033-01-01", None, True),
        ("003", "Beltinci", "rural", None, "2035-12-31", True),
        ("004", "Bled", "rural", "2036-01-01", None, True),
    ]
    assert [sorted(one, key=lambda row: (row[0], row[3] or "")) for one in outcomes] == [expected] * 6


def test_the_same_list_again_changes_nothing_at_all() -> None:
    imported(LISTS["old"])
    rows = (told(), Release.objects.count())
    assert imported(LISTS["old"]) is None
    assert (told(), Release.objects.count()) == rows


def test_another_list_of_the_same_state_is_kept_as_a_release_and_changes_no_place() -> None:
    imported(a_list("2031-01-01", unit("001", "Ankaran")))
    before = told()
    imported(a_list("2035-01-01", unit("001", "Ankaran")))
    assert (told(), Release.objects.filter(lists_all_of="SI").count()) == (before, 2)


def dated(
    code: str, name: str, since: int | None, until: int | None, kind: str = "rural"
) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "valid_from": dt.date(since, 1, 1) if since else None,
        "valid_to": dt.date(until, 12, 31) if until else None,
    }


def figures_that_tell(*units: dict[str, object]) -> Reading:
    return reading(country="SI", units=tuple(unit(**one) for one in units))  # type: ignore[arg-type]


def test_one_that_ends_and_one_of_its_name_that_begins_next_day_are_the_same_under_a_new_code() -> None:
    imported(a_list("2036-01-01", unit("022", "Bled")))
    found = figures_that_tell(dated("021", "Bled", None, 2032), dated("022", "Bled", 2033, None))
    imported(found)
    (succession,) = Succession.objects.filter(predecessor__country="SI")
    assert (
        succession.predecessor.code,
        succession.successor.code,
        succession.kind,
        succession.happened_on,
    ) == (
        "021",
        "022",
        "renumbering",
        dt.date(2033, 1, 1),
    )
    assert told() == [
        ("021", "Bled", "rural", None, "2032-12-31", False),
        ("022", "Bled", "rural", "2033-01-01", None, False),
    ]
    assert imported(found) is None


@pytest.mark.parametrize(
    "others",
    [
        [dated("022", "Bled", 2034, None)],
        [dated("022", "Bohinj", 2033, None)],
        [dated("022", "Bled", 2033, None, "urban")],
        [dated("022", "Bled", 2033, None), dated("023", "Bled", 2033, None)],
        [dated("022", "Bled", 2033, None), dated("020", "Bled", None, 2032)],
    ],
    ids=["a year later", "another name", "another type", "two begin", "two end"],
)
def test_what_is_not_certainly_the_same_place_gets_no_new_code(others: list[dict[str, object]]) -> None:
    found = figures_that_tell(dated("021", "Bled", None, 2032), *others)
    assert planned(found).territory.renumbered == []


def test_a_list_of_another_country_touches_nobody_else_and_no_invented_place() -> None:
    before = list(Period.objects.values_list("pk", "valid_to").order_by("pk"))
    imported(a_list("2036-01-01", unit("022", "Bled")))
    kept = Period.objects.exclude(municipality__country="SI")
    assert list(kept.values_list("pk", "valid_to").order_by("pk")) == before


def test_a_whole_list_of_poland_ends_those_it_lacks_but_not_the_invented_ones() -> None:
    periods = Period.objects.filter(
        municipality__country="PL", municipality__is_invented=False, valid_to=None
    )
    kept = [
        one
        for one in periods.select_related("municipality", "county__region")
        if one.municipality.code != CHODZIEZ
    ]
    units = [
        unit(
            one.municipality.code,
            one.name,
            one.kind,
            country="PL",
            county=one.county.code,
            region=one.county.region.code,
            region_name="",
            county_name="",
        )
        for one in kept
    ]
    done = imported(a_list("2031-01-01", *units, country="PL", layout="terc"))
    assert done is not None
    counts = done.report["territory"]
    assert [counts[what] for what in ("new", "changed", "ended")] == [0, 0, 1]
    ended = Period.objects.get(municipality__code=CHODZIEZ, municipality__country="PL")
    assert (ended.valid_to, ended.is_dated_roughly) == (dt.date(2030, 12, 31), True)
    assert Period.objects.filter(municipality__is_invented=True, valid_to__isnull=False).count() == 0


def test_coordinates_fill_gaps_and_replace_nothing() -> None:
    imported(a_list("2031-01-01", unit("001", "Ankaran")))
    for latitude in (45.5, 46.0):
        imported(reading(country="SI", points=(Point("SI", "001", latitude, 13.7),)))
    stored = Municipality.objects.get(country="SI", code="001")
    assert (stored.latitude, stored.longitude) == (45.5, 13.7)


def test_figures_of_a_place_that_the_same_file_tells_are_kept() -> None:
    found = reading(
        [line("001", "Ankaran", country="SI")],
        [population()],
        [[3209.0]],
        country="SI",
        units=(unit("001", "Ankaran"),),
        as_of=dt.date(2031, 1, 1),
    )
    imported(found)
    stored = Municipality.objects.get(country="SI", code="001").observations.get()
    assert (stored.value, stored.period, stored.release.lists_all_of) == (3209.0, 2031, None)


def test_a_list_that_is_not_whole_tells_of_its_day_in_any_order() -> None:
    whole = a_list("2031-01-01", unit("001", "Ankaran"), unit("002", "Apače"))
    part = reading(
        layout="eurostat-lau", country="SI", as_of=dt.date(2036, 1, 1), units=(unit("001", "Koper"),)
    )
    polish = reading(layout="terc", as_of=dt.date(2033, 1, 1), units=(pole(),))
    outcomes = []
    for order in permutations((whole, part, polish)):
        with transaction.atomic():
            for one in order:
                imported(one)
            outcomes.append(sorted(told(), key=lambda row: (row[0], row[3] or "")))
            transaction.set_rollback(True)
    expected = [
        ("001", "Ankaran", "rural", None, "2035-12-31", True),
        ("001", "Koper", "rural", "2036-01-01", None, True),
        ("002", "Apače", "rural", None, None, False),
    ]
    assert outcomes == [expected] * 6


def pole() -> Unit:
    """Return what a Polish list says of a gmina of the demonstration, nothing new."""
    period = Period.objects.get(municipality__code=CHODZIEZ, municipality__country="PL", valid_to=None)
    return unit(CHODZIEZ, period.name, period.kind, country="PL", county="3001", region="30")
