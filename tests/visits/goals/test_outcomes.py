"""What becomes of goals: counted or entered, and never zero for want of knowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.practices.models import Idea, Interest, Practice
from sadzonka.visits.attendance.actions import note_attendance
from sadzonka.visits.goals.outcomes import Verdict, tally
from sadzonka.visits.goals.queries import counts_of, outcomes_of, outcomes_with_pages
from sadzonka.visits.models import AgendaItem, Application, Debrief, Evidence, Goal, Statement, Visit
from tests import factories
from tests.chain import World, at

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
Measure = Goal.Measure
COUNTED = [measure for measure in Measure.values if measure != Measure.BY_HAND]
GOALS = "/en/visits/under-way/goals/"


def goal(visit: Visit, **fields: object) -> Goal:
    return Goal.objects.create(visit=visit, **{"text": factories.words("A goal"), **fields})


def count(world: World, measure: str) -> int | None:
    """Return what is counted for a measure now."""
    return counts_of(world.visit, {measure})[measure]


def debrief(world: World, number: int = 0, **fields: object) -> Debrief:
    return Debrief.objects.create(item=world.items[number], language="en", **fields)


def interest(world: World, practice: str = "bicycles-from-prison", **fields: object) -> Interest:
    """Declare Marek's interest on the second day of the visit."""
    declared_at = fields.pop("declared_at", at(world.visit.starts_on + dt.timedelta(days=1)))
    one = Interest.objects.create(
        **{
            "person": world.marek,
            "municipality": factories.municipality(),
            "practice": Practice.objects.get(slug=practice),
            **fields,
        }
    )
    Interest.objects.filter(pk=one.pk).update(declared_at=declared_at)
    return one


# --- the verdict


@pytest.mark.parametrize(
    ("target", "achieved", "verdict"),
    [
        (20, 20, Verdict.REACHED),
        (20, 23, Verdict.REACHED),
        (20, 19, Verdict.NOT_REACHED),
        (20, 0, Verdict.NOT_REACHED),
        (0, 0, Verdict.REACHED),
        (20, None, Verdict.UNKNOWN),
        (None, 20, Verdict.UNKNOWN),
        (None, None, Verdict.UNKNOWN),
        (Decimal("2.5"), Decimal("2.50"), Verdict.REACHED),
    ],
)
def test_a_goal_is_reached_missed_or_not_known(
    target: Decimal | None, achieved: Decimal | None, verdict: Verdict, world: World
) -> None:
    one = goal(world.visit, target=target, achieved=achieved)
    assert [found.verdict for found in outcomes_of(world.visit, [one])] == [verdict]


def test_goals_are_counted_by_what_became_of_them(world: World) -> None:
    for target, achieved in ((1, 1), (1, 2), (1, 0), (1, None)):
        goal(world.visit, target=target, achieved=achieved)
    found = tally(outcomes_of(world.visit, world.visit.goals.all()))
    assert (found.reached, found.not_reached, found.unknown, found.goals) == (2, 1, 1, 4)


# --- what is counted


@pytest.mark.parametrize("measure", COUNTED)
def test_what_was_never_recorded_is_not_known(measure: str, world: World) -> None:
    assert count(world, measure) is None
    one = goal(world.visit, measure=measure, target=0, achieved=7)  # what was entered by hand does not count
    (found,) = outcomes_of(world.visit, [one])
    assert (found.achieved, found.verdict) == (None, Verdict.UNKNOWN)


def test_participants_are_those_who_attended_something(world: World, ewa: Person) -> None:
    marek, neighbour = (world.applications[name].pk for name in ("marek", "neighbour"))
    note_attendance(item=world.items[0], by=ewa, noted={marek: False, neighbour: False})
    assert count(world, Measure.PARTICIPANTS) == 0
    for item in world.items[:2]:
        note_attendance(item=item, by=ewa, noted={marek: True})
    assert count(world, Measure.PARTICIPANTS) == 1
    note_attendance(item=world.items[2], by=ewa, noted={neighbour: True})
    assert count(world, Measure.PARTICIPANTS) == 2


def test_municipalities_are_those_of_the_people_who_came(world: World, ewa: Person) -> None:
    for item in world.items:
        note_attendance(item=item, by=ewa, noted={}, others_present=True)
    assert count(world, Measure.MUNICIPALITIES) == 2
    Application.objects.update(municipality=factories.municipality("300101"))
    assert count(world, Measure.MUNICIPALITIES) == 1
    Application.objects.update(municipality=None)
    assert count(world, Measure.MUNICIPALITIES) is None


def test_a_host_is_met_where_anybody_was_present(world: World, ewa: Person) -> None:
    other = Organisation.objects.get(slug="camst")
    AgendaItem.objects.filter(pk=world.items[2].pk).update(host=other)
    marek = world.applications["marek"].pk
    for item in world.items[:2]:
        note_attendance(item=item, by=ewa, noted={marek: True})
    note_attendance(item=world.items[2], by=ewa, noted={marek: False})
    assert count(world, Measure.HOSTS) == 1
    note_attendance(item=world.items[2], by=ewa, noted={marek: True})
    assert count(world, Measure.HOSTS) == 2
    AgendaItem.objects.update(host=None)
    assert count(world, Measure.HOSTS) is None


def test_statements_count_once_they_are_agreed(world: World) -> None:
    one = debrief(world)
    for question in ("seen", "works"):
        Statement.objects.create(debrief=one, question=question, text="What we saw")
    assert count(world, Measure.STATEMENTS) == 0
    Debrief.objects.update(agreed_at=timezone.now())
    assert count(world, Measure.STATEMENTS) == 2


def test_cards_and_ideas_are_those_made_of_debriefs(world: World) -> None:
    one, _two = debrief(world), debrief(world, 1)
    assert (count(world, Measure.CARDS), count(world, Measure.IDEAS)) == (0, 0)
    one.practice = Practice.objects.get(slug="bicycles-from-prison")
    one.idea = Idea.objects.create(language="en", title="An idea", need="x", solution="x", first_step="x")
    one.save()
    assert (count(world, Measure.CARDS), count(world, Measure.IDEAS)) == (1, 1)
    Idea.objects.update(is_hidden=True)
    assert count(world, Measure.IDEAS) == 0


def test_interest_counts_municipalities_once_since_the_visit_began(world: World) -> None:
    interest(world)
    interest(world, person=world.neighbour)
    assert count(world, Measure.INTERESTS) == 1
    interest(world, municipality=factories.municipality("300102"))
    assert count(world, Measure.INTERESTS) == 2
    Interest.objects.update(withdrawn_at=timezone.now())
    assert count(world, Measure.INTERESTS) == 0


def test_interest_in_other_practices_or_from_before_the_visit_does_not_count(world: World) -> None:
    interest(world, declared_at=at(world.visit.starts_on - dt.timedelta(days=1)))
    interest(world, practice="community-cooperative-succiso")
    assert count(world, Measure.INTERESTS) is None


def test_what_is_recorded_about_another_visit_does_not_count(world: World, ewa: Person) -> None:
    for item in world.items:
        note_attendance(item=item, by=ewa, noted={}, others_present=True)
    debrief(world, agreed_at=timezone.now())
    other = factories.visit("other", "Other")
    found = counts_of(other, set(COUNTED))
    assert found == dict.fromkeys(COUNTED)


# --- the page


def counted_world(world: World, ewa: Person) -> None:
    """Record something for every measure, and a goal for each."""
    for item in world.items:
        note_attendance(item=item, by=ewa, noted={}, others_present=True)
    idea = Idea.objects.create(language="en", title="An idea", need="x", solution="x", first_step="x")
    practice = Practice.objects.get(slug="bicycles-from-prison")
    one = debrief(world, agreed_at=timezone.now(), idea=idea, practice=practice)
    Statement.objects.create(debrief=one, question="seen", text="What we saw")
    interest(world)
    for measure in COUNTED:
        goal(world.visit, measure=measure, target=1)


def test_counted_goals_lead_to_the_pages_that_were_counted(world: World, ewa: Person) -> None:
    counted_world(world, ewa)
    with override("en"):
        found = outcomes_with_pages(world.visit, world.visit.goals.all())
    assert {one.goal.measure: [page.url for page in one.pages] for one in found} == {
        "participants": [],
        "municipalities": ["/en/municipalities/PL/300101/", "/en/municipalities/PL/300102/"],
        "hosts": ["/en/organisations/cadiai/"],
        "statements": ["/en/visits/under-way/agreed/item-0/"],
        "cards": ["/en/practices/bicycles-from-prison/"],
        "ideas": [f"/en/ideas/{Idea.objects.get().pk}/"],
        "interests": ["/en/municipalities/PL/300101/"],
    }
    assert {one.verdict for one in found} == {Verdict.REACHED}


def test_a_draft_card_counts_but_nobody_is_led_to_it(world: World, ewa: Person, client: Client) -> None:
    draft = factories.practice("draft-practice")
    factories.version(draft, "A draft")
    debrief(world, practice=draft)
    goal(world.visit, measure=Measure.CARDS, target=1)
    (found,) = outcomes_with_pages(world.visit, world.visit.goals.all())
    assert (found.achieved, found.pages) == (1, ())
    assert "draft-practice" not in client.get(GOALS).content.decode()


def test_the_page_says_of_each_goal_what_it_rests_on(world: World, client: Client) -> None:
    one = goal(
        world.visit,
        measure_text=factories.words("meetings held"),
        target=Decimal("12.50"),
        achieved=13,
        note=factories.words("One more than planned."),
    )
    Evidence.objects.create(goal=one, label=factories.words("The report"), url="https://example.org/report")
    body = " ".join(client.get(GOALS).content.decode().split())
    for words in (
        "1 of 1 goal reached.",
        "meetings held",
        "<dd>12.50</dd>",
        "<strong>13</strong>",
        '<a href="https://example.org/report">The report</a>',
        "One more than planned.",
    ):
        assert words in body


def test_the_page_never_shows_a_zero_that_nobody_recorded(world: World, client: Client) -> None:
    goal(world.visit, measure=Measure.PARTICIPANTS, target=20)
    body = " ".join(client.get(GOALS).content.decode().split())
    assert "0 of 1 goal reached, 1 not known yet." in body
    assert '<dt>Achieved</dt><dd><span class="unknown">not known</span>' in body


def test_the_page_names_no_participant(world: World, ewa: Person, client: Client) -> None:
    counted_world(world, ewa)
    body = client.get(GOALS).content.decode()
    assert "Nowak" not in body
    assert "the names are not public" in body


def test_the_page_of_a_visit_without_goals_says_so(world: World, client: Client) -> None:
    assert "The goals of this visit are not known." in client.get(GOALS).content.decode()


def test_goals_of_a_draft_are_for_insiders(
    client: Client, ewa: Person, controller: Person, stranger: Person, signed_in: SignIn
) -> None:
    goal(factories.visit("secret", "Secret", state="draft"))
    address = "/en/visits/secret/goals/"
    codes = [one.get(address).status_code for one in (client, *map(signed_in, (stranger, ewa, controller)))]
    assert codes == [404, 404, 200, 200]


def test_the_page_of_the_visit_says_how_many_goals_were_reached(world: World, client: Client) -> None:
    goal(world.visit, target=1, achieved=1)
    goal(world.visit, target=1)
    body = " ".join(client.get("/en/visits/under-way/").content.decode().split())
    assert "1 of 2 goals reached, 1 not known yet." in body
    assert f'href="{GOALS}"' in body


@pytest.mark.parametrize("many", [1, 3])
def test_more_goals_and_evidence_take_no_more_queries(
    many: int, world: World, ewa: Person, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    counted_world(world, ewa)
    for measure in Measure.values * many:
        one = goal(world.visit, measure=measure, target=1)
        for number in range(many):
            Evidence.objects.create(goal=one, label=factories.words("x"), url=f"https://example.org/{number}")
    client.get(GOALS)
    with django_assert_num_queries(18):
        assert client.get(GOALS).status_code == 200
