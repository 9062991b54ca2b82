"""What a region could use, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality, Region
from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.screening.regions import RegionLine, region_lines
from tests.transfer.screening import tiny

AssertQueries = Callable[[int], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]
AT = "/en/screenings/regions/"


def line_of(region: str) -> RegionLine:
    found = region_lines(Region.objects.get(country=tiny.COUNTRY, code=region), timezone.localdate())
    return next(one for one in found if one.version.practice.slug == tiny.SLUG)


def asked(line: RegionLine) -> list[tuple[str, int]]:
    with override("en"):
        return [(str(one.words), one.count) for one in line.asked]


@pytest.fixture
def staff(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


def test_municipalities_are_counted_by_what_stands_there(places: dict[str, Municipality]) -> None:
    north = line_of("n")
    # Alfa: .6 under good in one of five, 1 in the rest: 1 - (.15/.6)^4 = .996 of weightings, over .95.
    # Beta: good for 1 - (.55/.6)^4 = .294 of weightings: possibly. Gamma: nothing is known.
    assert (north.count, north.robust, north.perhaps, north.others, north.blocked) == (3, 1, 2, 0, 0)
    assert (north.blocked_by, asked(north)) == (None, [("Tiny practice", 1)])


def test_what_blocks_most_often_is_named(places: dict[str, Municipality]) -> None:
    south = line_of("s")
    assert (south.count, south.robust, south.perhaps, south.blocked) == (1, 0, 0, 1)
    with override("en"):
        assert str(south.blocked_by) == "Tiny practice"
    assert asked(south) == []  # its only condition is known, and no level matters while it is blocked


def test_a_question_that_alone_decides_is_counted_where_it_does(places: dict[str, Municipality]) -> None:
    practice = Practice.objects.get(slug=tiny.SLUG)
    # Of Gamma all but need becomes known: (0..1 + 4 * .6) / 5 = .48 to .68, from possible to good.
    tiny.know(places["Gamma"], practice, levels=(0, 3, 3, 3, 3), gate="met")
    places["Gamma"].judgements.filter(criterion_key="need").delete()
    assert asked(line_of("n")) == [("How much need?", 1)]


def test_practices_stand_by_where_to_begin_asking(places: dict[str, Municipality]) -> None:
    found = region_lines(Region.objects.get(country=tiny.COUNTRY, code="n"), timezone.localdate())
    order = [(one.robust, one.perhaps, -one.blocked) for one in found]
    assert (found[0].version.practice.slug, order) == (tiny.SLUG, sorted(order, reverse=True))


def test_the_page_says_it_in_words_and_in_a_table(staff: Client, places: dict[str, Municipality]) -> None:
    shown = BeautifulSoup(staff.get(f"{AT}XT/n/").content, "html.parser")
    first = " ".join(shown.select_one("main ol.entries li").get_text(" ").split())
    assert first == (
        "Tiny practice Open and robustly good in 1 of 3 municipalities. "
        "Could be good, to be found out first, in 2. "
        "Asking this alone could decide: Tiny practice ( in 1 municipality )"
    ).replace("( in 1 municipality )", "(in 1 municipality)")
    row = shown.select_one("main tbody tr")
    assert [cell.text for cell in row.find_all(["th", "td"])] == ["Tiny practice", "1", "2", "0", "0", "3"]
    assert shown.select_one("main select option[selected]")["value"] == "XT-n"


def test_a_region_is_chosen_from_all_that_have_municipalities(
    staff: Client, places: dict[str, Municipality]
) -> None:
    offered = [one["value"] for one in BeautifulSoup(staff.get(AT).content, "html.parser").select("option")]
    assert [one for one in offered if one.startswith("XT")] == ["XT-n", "XT-s"]
    assert staff.get(f"{AT}?region=XT-n")["Location"] == f"{AT}XT/n/"
    wrong = staff.get(f"{AT}?region=<script>")
    assert (wrong.status_code, "There is no such region. Choose one." in wrong.text) == (422, True)


def test_a_region_with_invented_municipalities_only_says_so(
    staff: Client, places: dict[str, Municipality]
) -> None:
    Municipality.objects.filter(country=tiny.COUNTRY).update(is_invented=True)
    assert "There is no real municipality here today" in staff.get(f"{AT}XT/n/").text


def test_small_letters_find_it_and_wrong_codes_do_not(staff: Client, places: dict[str, Municipality]) -> None:
    assert [staff.get(f"{AT}{path}").status_code for path in ("xt/n/", "XT/z/", "ZZ/n/")] == [200, 404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_more_practices_take_the_same_queries(
    count: int,
    staff: Client,
    places: dict[str, Municipality],
    django_assert_num_queries: AssertQueries,
) -> None:
    kept = [tiny.SLUG, "bicycles-from-prison", "kostrzynianka-home-care"][:count]
    Version.objects.exclude(practice__slug__in=kept).update(state="outdated")
    staff.get(f"{AT}XT/n/")
    with django_assert_num_queries(21):
        shown = BeautifulSoup(staff.get(f"{AT}XT/n/").content, "html.parser")
    assert len(shown.select("main ol.entries li")) == count


def test_the_page_of_a_region_leads_there_for_staff_only(
    staff: Client, client: Client, places: dict[str, Municipality]
) -> None:
    address, leads_to = "/en/municipalities/XT/region/n/", f'href="{AT}XT/n/"'
    assert [leads_to in one.get(address).text for one in (staff, client)] == [True, False]
