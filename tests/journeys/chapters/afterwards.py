"""How a practice takes root: interest, assessment, plan, decision, a service for a year; and the accounts."""

from __future__ import annotations

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.practices.models import Practice
from sadzonka.transfer.models import Assessment
from sadzonka.visits.models import Visit
from sadzonka.website.models import NewsPage
from tests.journeys.chapters.group import account_of
from tests.journeys.recruiting import Story, signed_in
from tests.journeys.transferring import (
    answers,
    declares_interest,
    plans_a_step,
    reaches,
    records_decision,
    starts_assessment,
    verifies,
)
from tests.journeys.travelling import SEEN_IN_PRISON, rendered_token
from tests.journeys.visitor import Visitor

PRACTICES = "Practices with a card"


def it_takes_root(story: Story, card: str) -> None:
    """Let a municipality assess the practice, decide on a plan, and run the service for a year."""
    teresa, assessment = it_is_assessed(story, card)
    plan = it_is_decided(story, teresa, assessment)
    it_is_run_for_a_year(story, teresa, plan, card)


def it_is_assessed(story: Story, card: str) -> tuple[Person, str]:
    """Two municipalities are interested; three people of one answer alone, then see what all said."""
    adam, second, elsewhere = (account_of(story.applicants[number]) for number in (0, 27, 2))
    place = story.applicants[0].place
    teresa = create_account(email="teresa@example.org", name="Teresa")
    council = Affiliation.Group.COUNCIL
    affiliate(person=teresa, municipality=place, group=council, is_editor=True, by=story.ewa)
    declares_interest(adam, card, "We have an empty room.")
    declares_interest(elsewhere, card)
    reader = Visitor("en")
    reader.opens(f"/en/practices/{card}/")
    assert reader.texts("#interest li > a") == [str(place), str(story.applicants[2].place)]

    story.clock.moves_to("2027-06-01")
    address = starts_assessment(teresa, place, card)
    assert answers(adam, address, {"trust": ("4", "We lend tools already.")}).sees("We lend tools already.")
    waits = signed_in(second)
    waits.opens(f"{address}discussion/")
    assert not waits.sees("We lend tools already.")
    answers(second, address, {"trust": ("4", "The cooperative keeps its word.")})
    answers(teresa, address, {"trust": ("3", "It is new to us.")})
    unmet = ("unmet", "Letter of the property office, 20 May 2027", "2027-05-20")
    keeper = verifies(teresa, address, municipal_room=unmet)
    reader.opens(address)
    assert "/account/login/" in reader.address, "nobody else reads an open assessment"
    keeper.opens(address)
    keeper.presses("Close round 1", {})
    keeper.presses("Store the assessment", {})
    reader.opens(address)
    assert reader.sees("Blocked")
    assert reader.sees("panel of 3 people on 2027-06-01: agreement")
    assert not reader.sees("We lend tools already.")
    return teresa, address


def it_is_decided(story: Story, teresa: Person, address: str) -> str:
    """Plan a step for the condition that is not met; the council decides, which freezes the assessment."""
    keeper, reader = signed_in(teresa, at=address), Visitor("en")
    keeper.presses("Make a plan", {})
    assert keeper.sees("1 condition is not covered by a step yet.")
    plans_a_step(keeper, "Add a step", "Give the old school.", due_on="2027-09-30")
    assert keeper.sees("Every condition that is not met yet has its step.")
    story.clock.moves_to("2027-06-28")
    plan = keeper.address
    records_decision(signed_in(teresa, at=plan), "adopted", "XXI/123/2027", "2027-06-25")
    reader.opens(plan)
    assert reader.sees("Adopted on 25 June 2027, XXI/123/2027.")
    assert not reader.sees("Office for property")
    frozen = Assessment.objects.get(pk=address.strip("/").split("/")[-1])
    assert frozen.state == Assessment.State.FROZEN

    return plan


def it_is_run_for_a_year(story: Story, teresa: Person, plan: str, card: str) -> None:
    """Record what was reached as time goes on; the other municipality's analysis tells of it."""
    reader, place = Visitor("en"), story.applicants[0].place
    reader.opens(plan)
    reader.follows("What became of it", within="main .label")
    adoption = reader.address
    for outcome, on in (
        ("started", "2027-10-01"),
        ("delivered", "2027-12-01"),
        ("sustained-12", "2028-12-01"),
    ):
        story.clock.moves_to(on)
        reaches(teresa, adoption, outcome, on)
    reader.opens(adoption)
    assert reader.texts("main ol.entries h3") == [
        "Interest",
        "Assessment",
        "Plan",
        "Decision",
        "Considered",
        "Decided",
        "Started",
        "Delivered",
        "Sustained for 12 months",
    ]
    reader.opens(f"/en/municipalities/PL/{story.applicants[2].place.code}/{card}/")
    told = reader.section("Who like us has done it, and how did it end?")
    assert told.startswith(
        "Who like us has done it, and how did it end? 1 other municipality has taken it up"
    )
    assert f"Sustained for 12 months : {place} , 1 December 2028" in told
    assert "apart, known of both:" in told
    reader.opens("/en/adoptions/calibration/")
    learnt = reader.section("Class by class")
    assert "1 rests on a frozen assessment and was delivered or abandoned" in learnt
    # At its lower and at its upper end, delivered and then sustained; of one there is no percentage.
    assert (learnt.count("1 of 1"), "%" in learnt) == (4, False)


def the_visit_is_accounted_for(story: Story, before: dict[str, int]) -> None:
    """Read goals against numbers, draft the closing news, and read what followed: exactly this story."""
    reader = Visitor("en")
    reader.opens(f"{story.page}goals/")
    assert reader.texts("main section .head .state") == ["reached"] * 5 + ["not reached"]
    numbers = [one.get_text() for one in reader.page.select("dl.facts dd > strong")]
    assert numbers == ["12", "10", "2", "4", "1", "2"]
    desk = story.desk("goals/").client
    token = rendered_token(desk, f"{story.page}desk/goals/")
    desk.post(f"{story.page}desk/closing-news/", {"csrfmiddlewaretoken": token})
    news = NewsPage.objects.get(visit=story.visit)
    assert (news.live, news.summary) == (
        False,
        "The visit lasted from 11 May 2027 to 12 May 2027. 5 of 6 goals were reached.",
    )

    reader.opens(f"{story.page}river/")
    followed = {
        PRACTICES: "2",
        "Municipalities interested": "2",
        "Assessments started": "1",
        "Assessments stored": "1",
        "Plans": "1",
        "Decisions to adopt": "1",
        "Services started": "1",
        "Services delivered": "1",
        "Sustained for 12 months or longer": "1",
        "Draft cards made of debriefs": "0",
        "Decisions against": "0",
        "Abandoned after a decision": "0",
    }
    assert numbers_in(reader, "figure + table") == followed
    earlier = Practice.objects.filter(agenda_items__visit__in=Visit.objects.exclude(pk=story.visit.pk))
    seen_before = earlier.filter(slug=SEEN_IN_PRISON).distinct().count()
    assert counted_in_the_series() == {
        station: number + int(followed[station]) - (seen_before if station == PRACTICES else 0)
        for station, number in before.items()
    }


def counted_in_the_series() -> dict[str, int]:
    """Return the numbers of the river of all visits of the series."""
    reader = Visitor("en")
    reader.opens("/en/visits/series/wwd/river/")
    return {station: int(number) for station, number in numbers_in(reader, "figure + table").items()}


def numbers_in(visitor: Visitor, table: str) -> dict[str, str]:
    rows = visitor.found(table).select("tbody tr")
    return {one.th.get_text(): one.td.get_text() for one in rows}  # type: ignore[union-attr]
