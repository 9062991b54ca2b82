"""The river: what followed a visit in numbers, and where the water runs."""

from __future__ import annotations

import datetime as dt
import doctest
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.models import Interest, Practice
from sadzonka.transfer.models import Assessment, Plan, Stage
from sadzonka.transfer.river import drawing
from sadzonka.transfer.river.drawing import river
from sadzonka.transfer.river.queries import Followed, what_followed
from sadzonka.visits.models import Debrief, Series, Visit
from tests import factories
from tests.chain import World, at
from tests.transfer.adoption.stories import SLUG, decided, opened, planned, precedent, stored

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def visit(world: World) -> Visit:
    """A visit whose first day is long enough ago for everything that follows."""
    Visit.objects.filter(pk=world.visit.pk).update(starts_on=dt.date(2021, 9, 1))
    world.visit.refresh_from_db()
    return world.visit


def interest(person: Person, code: str, slug: str = SLUG, day: dt.date | None = None) -> Interest:
    made = Interest.objects.create(
        person=person,
        municipality=factories.municipality(code),
        practice=Practice.objects.get(slug=slug),
    )
    if day:
        Interest.objects.filter(pk=made.pk).update(declared_at=at(day))
    return made


def numbers(answer: HttpResponse) -> dict[str, int]:
    """Return the numbers of the table beside the river."""
    table = BeautifulSoup(answer.content, "html.parser").find("table")
    return {row.th.text: int(row.td.text) for row in table.tbody.find_all("tr")}


# --- what is counted


def test_nothing_followed_yet(visit: Visit) -> None:
    assert what_followed([visit]).total == Followed(practices=1)


def test_each_part_of_the_way_is_counted(visit: Visit, world: World, ewa: Person) -> None:
    for person, code in ((world.marek, "300101"), (world.editor, "300101"), (world.neighbour, "300102")):
        interest(person, code)
    opened(ewa, code="300104")
    stored(ewa, code="300105")
    planned(ewa, code="300102")
    decided(ewa, code="300103", outcome="declined", reason="No money.")
    adoption = decided(ewa, code="300101").plan.adoption
    for outcome, day in (("started", 1), ("delivered", 2), ("abandoned", 3)):
        reason = "The tutor left." if outcome == "abandoned" else ""
        adoption.stages.create(outcome=outcome, reached_on=dt.date(2022, 9, day), reason=reason)
    assert what_followed([visit]).total == Followed(
        practices=1,
        interest=2,  # municipalities, not people
        assessments=5,
        stored=4,
        plans=3,
        adopted=1,
        declined=1,
        started=1,
        delivered=1,
        abandoned=1,
    )


def test_a_sustained_service_counts_in_every_part_before(visit: Visit, ewa: Person) -> None:
    adoption = decided(ewa).plan.adoption
    for number, outcome in enumerate(("started", "delivered", "sustained-12", "sustained-24")):
        adoption.stages.create(outcome=outcome, reached_on=dt.date(2022 + number, 9, 1))
    found = what_followed([visit]).total
    assert (found.adopted, found.started, found.delivered, found.sustained) == (1, 1, 1, 1)


def test_what_was_before_the_visit_or_was_withdrawn_does_not_count(visit: Visit, world: World) -> None:
    interest(world.marek, "300101", day=visit.starts_on - dt.timedelta(days=1))
    withdrawn = interest(world.neighbour, "300102")
    Interest.objects.filter(pk=withdrawn.pk).update(withdrawn_at=at(dt.date(2022, 1, 1)))
    decided(world.editor)
    Assessment.objects.update(opened_at=at(visit.starts_on - dt.timedelta(days=1)))
    assert what_followed([visit]).total == Followed(practices=1)
    interest(world.marek, "300102", day=visit.starts_on)
    assert what_followed([visit]).total.interest == 1


def test_practices_of_other_visits_and_precedents_from_elsewhere_do_not_count(
    visit: Visit, world: World, ewa: Person
) -> None:
    interest(world.marek, "300101", slug="nurseries-by-a-consortium")
    stored(world.editor, slug="nurseries-by-a-consortium")
    precedent(ewa, "300102")
    assert what_followed([visit]).total == Followed(practices=1)


def test_a_draft_made_of_a_debrief_becomes_a_practice_when_its_card_is_shown(
    visit: Visit, world: World
) -> None:
    made = factories.practice("made-of-a-debrief")
    version = factories.version(made, "Made of a debrief")
    Debrief.objects.create(item=world.items[1], language="en", practice=made)
    found = what_followed([visit])
    assert (found.total.practices, found.total.drafts, len(found.practices)) == (1, 1, 1)
    version.state = version.State.PUBLISHED
    version.save()
    found = what_followed([visit])
    assert (found.total.practices, found.total.drafts, len(found.practices)) == (2, 0, 2)


def test_a_practice_seen_twice_counts_once_and_from_the_first_time(visit: Visit, world: World) -> None:
    later = factories.visit("later", "Later", starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 1, 2))
    item = factories.agenda_item(later, "again", "Again")
    item.practices.add(Practice.objects.get(slug=SLUG))
    item.save()
    interest(world.marek, "300101", day=dt.date(2023, 1, 1))
    assert what_followed([later]).total.interest == 0
    found = what_followed([visit, later]).total
    assert (found.practices, found.interest) == (1, 1)


# --- pages


def test_the_river_of_a_visit_says_the_same_in_the_drawing_and_the_table(
    visit: Visit, world: World, client: Client
) -> None:
    decided(world.editor)
    answer = client.get(f"/en/visits/{visit.slug}/river/")
    page = BeautifulSoup(answer.content, "html.parser")
    table = numbers(answer)
    drawn = [int(one.text) for one in page.find("svg", role="img").find_all(class_="number")]
    assert drawn == list(table.values())[:9] == [1, 0, 1, 1, 1, 1, 0, 0, 0]
    assert (table["Decisions against"], table["Decisions to adopt"]) == (0, 1)
    assert "plans: 1" in page.find(id="river-words").text
    assert "not what the visit caused" in page.find("main").text
    assert f"/en/adoptions/?practice={SLUG}" in {one["href"] for one in page.find_all("a", href=True)}


def test_the_river_of_a_series_adds_its_announced_visits_up(visit: Visit, client: Client) -> None:
    draft = factories.visit("secret", "Secret", state="draft")
    item = factories.agenda_item(draft, "first", "First")
    item.practices.add(Practice.objects.get(slug="nurseries-by-a-consortium"))
    item.save()
    Visit.objects.filter(slug="wwd-italy-2013").delete()
    answer = client.get("/en/visits/series/wwd/river/")
    assert numbers(answer)["Practices with a card"] == 1
    assert "1 visit" in answer.content.decode()


def test_a_series_without_visits_says_that_nothing_can_be_followed(client: Client) -> None:
    Series.objects.create(slug="new", name=factories.words("New"), description={})
    answer = client.get("/en/visits/series/new/river/")
    assert "nothing can be followed yet" in answer.content.decode()


def test_a_draft_has_a_river_for_insiders_only(ewa: Person, client: Client, signed_in: SignIn) -> None:
    factories.visit("secret", "Secret", state="draft")
    address = "/en/visits/secret/river/"
    assert (client.get(address).status_code, signed_in(ewa).get(address).status_code) == (404, 200)
    assert client.get("/en/visits/unknown/river/").status_code == 404
    assert client.get("/en/visits/series/unknown/river/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_river_takes_the_same_queries_however_much_followed(
    count: int, world: World, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    for slug in (SLUG, "nurseries-by-a-consortium", "kostrzynianka-home-care")[:count]:
        world.items[0].practices.add(Practice.objects.get(slug=slug))
        decided(world.editor, slug=slug)
    world.items[0].save()
    Assessment.objects.update(opened_at=at(dt.date(2026, 9, 2)))
    for address, queries in {"visits/under-way": 11, "visits/series/wwd": 12}.items():
        client.get(f"/en/{address}/river/")
        with django_assert_num_queries(queries):
            answer = client.get(f"/en/{address}/river/")
        assert numbers(answer)["Plans"] == count
    assert (Plan.objects.count(), Stage.objects.count()) == (count, 2 * count)


# --- the drawing


def test_the_examples_in_the_drawing_hold() -> None:
    tried = doctest.testmod(drawing)
    assert (tried.failed, tried.attempted) == (0, 2)


def test_the_water_is_as_wide_as_its_number_and_never_out_of_the_picture() -> None:
    drawn = river([("seen", 8), ("interested", 4), ("planned", 0), ("adopted", 1), ("started", 400)])
    assert [one.half for one in drawn.stations] == [5.0, 5.0, 1.0, 5.0, 56.0]
    assert all(one.x - one.half > 0 and one.bank < 168 for one in drawn.stations)
    heights = [one.y for one in drawn.stations]
    assert heights == sorted(heights)
    assert heights[-1] < int(drawn.view_box.split()[-1])


def test_the_water_is_one_closed_line_without_broken_numbers() -> None:
    water = river([("seen", 3), ("planned", 1), ("delivered", 0)]).water
    assert (water.count("M"), water.count("L"), water.count("Z"), water.count("C")) == (1, 1, 1, 8)
    assert re.fullmatch(r"[MLCZ\d., -]+", water)


def test_words_that_are_too_long_are_cut_after_two_lines() -> None:
    (station,) = river([("a very long name " * 9, 1)]).stations
    assert len(station.lines) == 2
    assert station.lines[1][1].endswith("…")


def test_a_river_without_numbers_is_dry() -> None:
    assert [one.half for one in river([("seen", 0), ("planned", 0)]).stations] == [1.0, 1.0]
    assert river([]).water == ""
