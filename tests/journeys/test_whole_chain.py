"""The whole way: from the first announcement to a service that a municipality has run for a year."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.models import Assessment
from sadzonka.visits.models import Change, Debrief, Visit
from sadzonka.visits.recruitment.rules import DECIDED
from sadzonka.website.models import NewsPage
from tests import factories
from tests.journeys.clock import Clock
from tests.journeys.post_office import delivers
from tests.journeys.recruiting import (
    Applicant,
    Story,
    accepts,
    applies,
    applies_in_two_sittings,
    decision,
    finds,
    gives_points,
    is_delegated,
    mails_go_out,
    opens_application,
    opens_applications,
    real_gminas,
    row,
    saves_the_choice,
    signed_in,
    withdraws,
    writes_the_call,
)
from tests.journeys.transferring import (
    answers,
    declares_interest,
    plans_a_step,
    reaches,
    records_decision,
    starts_assessment,
    verifies,
)
from tests.journeys.travelling import (
    agrees,
    asks_the_hosts,
    completes_the_card,
    host_answers,
    notes_attendance,
    SEEN_IN_PRISON,
    plans_agenda_and_goals,
    publishes,
    rendered_token,
    signs_in_by_code,
    writes_a_sheet,
)
from tests.journeys.visitor import Visitor

NAMES = (
    "Adam Beata Cezary Danuta Edward Felicja Grzegorz Hanna Igor Jadwiga Kamil Lucyna Marek Natalia Olgierd "
    "Paulina Roman Sylwia Tadeusz Urszula Wanda Xenia Yves Zofia Bogdan Celina Dariusz Elwira Filip Gabriela"
).split()


@pytest.fixture
def story(clock: Clock, ewa: Person, colleague: Person) -> Story:
    cache.clear()
    clock.moves_to("2027-02-01")
    visit = factories.visit(
        "spring-2027",
        "Spring in Emilia",
        state=Visit.State.DRAFT,
        starts_on=dt.date(2027, 5, 11),
        ends_on=dt.date(2027, 5, 12),
    )
    plans_agenda_and_goals(visit)
    visit.facilitators.add(create_account(email="halina@example.org", name="Halina"))
    visit.save()
    return Story(clock, visit, ewa, colleague)


def test_from_the_call_to_a_service_that_lasts(story: Story) -> None:
    story.next_state("Announce the visit")
    writes_the_call(story, opens="2027-02-02T08:00", closes="2027-02-28T20:00", places=12, limit=2)
    story.next_state("Open recruitment")
    places = real_gminas(27)
    story.applicants = [
        Applicant(name, (places + places[:2] + places[:1])[number], number + 1)
        for number, name in enumerate(NAMES)
    ]
    story.clock.moves_to("2027-02-03")
    for applicant in story.applicants[:4]:
        applies_in_two_sittings(story, applicant)
    for applicant in story.applicants[4:]:
        assert applies(story, applicant).heading == "We have written to you"
    delivers()
    for applicant in story.applicants:
        is_delegated(applicant)
    checks_them_all(story)
    story.clock.moves_to("2027-03-01")
    assert "12 places" in story.next_state("Begin to select").section("What waits, and where")
    scores_them_all(story)
    chooses(story)
    places_are_accepted_and_one_moves_up(story)
    everybody_reads_where_they_stand(story)
    story.next_state("Confirm the visit")
    the_visit_takes_place(story)
    card = what_was_seen_becomes_a_card(story)
    the_visit_ends_with_papers(story)
    it_takes_root(story, card)
    the_visit_is_accounted_for(story, card)


RETURNED, INELIGIBLE = 3, 26  # by their place in the list of applicants
CHOSEN = [*range(10), 27, 28]
RESERVE = [10, 29, *range(11, 18)]
REFUSED = [*range(18, 26)]
WITHDRAWS, MOVES_UP, ONE_TOO_MANY = 5, 10, 29


def checks_them_all(story: Story) -> None:
    """Check each application; one is returned for completion and completed, one meets no condition."""
    story.clock.moves_to("2027-02-10")
    for applicant, desk in opens_applications(story, story.applicants, story.ewa):
        if applicant == story.applicants[RETURNED]:
            finds(desk, "returned", "Say which office you work in.")
        elif applicant == story.applicants[INELIGIBLE]:
            finds(desk, "ineligible", "The call is for officials.")
        else:
            finds(desk, "eligible")
    assert mails_go_out(story) == 2
    returned = story.applicants[RETURNED]
    reader = returned.reads()
    assert reader.sees("Say which office you work in.")
    reader.presses("Send", {"position": "inspector for transport"})
    desk = opens_application(story, returned, story.ewa)
    assert desk.sees("inspector for transport")
    finds(desk, "eligible")
    desk = story.desk("applications/")
    assert desk.texts("main nav a") == [
        "all (30)",
        "meets the formal conditions (29)",
        "does not meet the formal conditions (1)",
    ]


def scores_them_all(story: Story) -> None:
    """Let both reviewers give points to those in question, each without seeing those of the other first."""
    in_question = [story.applicants[number] for number in (0, 9, *RESERVE[:2])]
    for applicant, desk in opens_applications(story, in_question, story.ewa):
        gives_points(desk, 5 - applicant.number % 3)
    first = opens_application(story, in_question[0], story.olga)
    assert first.sees("1 reviewer is done.")
    assert not first.sees("As the application says.")
    for applicant, desk in opens_applications(story, in_question, story.olga):
        gives_points(desk, 5 - applicant.number % 3)
        assert desk.sees("2 reviewers", within="#score caption")


def chooses(story: Story) -> None:
    """Choose twelve, put nine on the reserve list, refuse eight; three from one place is one too many."""
    desk = story.desk("choice/")
    decisions: dict[str, str | list[str]] = {}
    for number in CHOSEN:
        decisions |= decision(desk, story.applicants[number], "chosen", "It decides about transport.")
    for position, number in enumerate(RESERVE, start=1):
        reason = "It comes after those chosen."
        decisions |= decision(desk, story.applicants[number], "reserve", reason, position)
    for number in REFUSED:
        decisions |= decision(desk, story.applicants[number], "refused", "It has no plan for afterwards.")
    one_too_many, instead_of = story.applicants[ONE_TOO_MANY], story.applicants[9]
    other_way_round = {
        **decisions,
        **decision(desk, one_too_many, "chosen", "It decides about transport."),
        **decision(desk, instead_of, "reserve", "It comes after those chosen.", 2),
    }
    saves_the_choice(desk, other_way_round, status=422)
    beside = desk.texts(f"#row-{row(desk, one_too_many)} .errorlist")
    assert beside == ["At most 2 people from one municipality: here it would be 3."]
    assert desk.texts(f"#row-{row(desk, instead_of)} .errorlist") == []
    assert list(Change.objects.filter(state__in=DECIDED)) == []
    assert desk.sees("Nothing was saved. What you have typed is kept.")

    desk = story.desk("choice/")
    saves_the_choice(desk, decisions)
    assert desk.sees("29 decisions are saved. Their mails wait for review.")
    assert mails_go_out(story) == 29
    assert mails_go_out(story) == 0


def places_are_accepted_and_one_moves_up(story: Story) -> None:
    """Let everybody chosen accept; one withdraws, and the first of the reserve list gets the place."""
    story.clock.moves_to("2027-03-03")
    for number in CHOSEN:
        assert accepts(story.applicants[number]).sees("Thank you: your place is confirmed.")
    withdraws(story.applicants[WITHDRAWS], "I have a new task.")
    assert mails_go_out(story) == 1
    moved_up = story.applicants[MOVES_UP].reads()
    assert moved_up.texts("section ol.entries h3")[-1] == "Chosen, to be accepted"
    assert moved_up.texts("section ol.entries .source")[-1] == "A place became free and the reserve list moved up"
    assert accepts(story.applicants[MOVES_UP]).sees("Thank you: your place is confirmed.")
    delivers()


def everybody_reads_where_they_stand(story: Story) -> None:
    """Open each application by its link: its state, and the reason of the last change."""
    seen = []
    for applicant in story.applicants:
        reader = applicant.reads()
        seen.append(reader.texts("header.title .lede strong"))
    positions = {number: position for position, number in enumerate(RESERVE[1:], start=1)}
    assert seen == [expected_standing(number) for number in range(len(story.applicants))]
    reserve = {
        number: story.applicants[number].reads().sees(f"You are number {position} on the reserve list.")
        for number, position in positions.items()
    }
    assert all(reserve.values())


def expected_standing(number: int) -> list[str]:
    if number == WITHDRAWS:
        return ["Withdrawn."]
    if number == INELIGIBLE:
        return ["Does not meet the formal conditions."]
    if number == MOVES_UP or number in CHOSEN:
        return ["Place accepted."]
    return ["On the reserve list."] if number in RESERVE else ["Not chosen."]


def the_visit_takes_place(story: Story) -> None:
    """Ask two hosts, of whom one confirms by link; then start the visit and note who was there."""
    desk = asks_the_hosts(story, "cooperative", "talk")
    assert desk.sees("2 mails are written.")
    assert mails_go_out(story) == 2
    host = host_answers("cooperative", "confirmed", note="Vi aspettiamo.")
    assert host.sees("Thank you, you have confirmed the visit.")
    reader = Visitor("en")
    reader.opens(story.page)
    assert reader.sees("Confirmed by their hosts: 1 of 3.")
    assert reader.texts(".agenda .state.met") == ["Confirmed by the host"]

    story.clock.moves_to("2027-05-11", 17)
    story.next_state("Start the visit")
    notes_attendance(story, "cooperative")
    notes_attendance(story, "talk", "Beata")
    story.clock.moves_to("2027-05-12", 17)
    notes_attendance(story, "workshop", "Adam", "Beata")
    desk = story.desk("attendance/")
    assert desk.texts(".agenda .slot p:not(.time, .source)") == [
        "12 present",
        "11 present, 1 absent",
        "10 present, 2 absent",
    ]


def what_was_seen_becomes_a_card(story: Story) -> str:
    """Share three sheets and keep one, agree on a text, make a card of it, complete and publish it."""
    travellers = [account_of(story.applicants[number]) for number in (2, 3, 4, 6)]
    for number, person in enumerate(travellers[:3], start=1):
        shared = writes_a_sheet(
            story, person, "workshop", press="Save and share", seen=f"{number} benches", works="Tools are lent."
        )
        assert shared.sees("Saved, and shared with everybody on this visit.")
    kept = writes_a_sheet(story, travellers[3], "workshop", press="Save for myself", seen="A private thought")
    assert kept.sees("Saved. Nobody but you can read it.")

    halina = Person.objects.get(email="halina@example.org")
    side_by_side = signed_in(halina)
    side_by_side.opens(f"{story.page}debriefs/workshop/")
    assert side_by_side.sees("3 shared, 4 begun")
    assert side_by_side.sees("2 benches")
    assert not side_by_side.sees("A private thought")
    debrief = agrees(
        story,
        halina,
        "workshop",
        {
            "seen": "A workshop of ten benches.",
            "works": "Tools are lent.",
            "obstacles": "The lease ends.",
            "gains-for-both-sides": "Jobs here, repaired things there.",
        },
        works="Two saw tools that nobody lends.",
    )
    assert debrief.sees("Agreed. Everybody can read the text now, without names.")

    reader = Visitor("en")
    reader.opens(story.page)
    reader.follows("The workshop", within="main")
    assert reader.texts("main .question h3") == [
        "What did we see?",
        "Why does it work?",
        "What could break it?",
        "What do both sides gain?",
    ]
    assert reader.sees("Two saw tools that nobody lends.")
    assert reader.sees("it rests on the notes of 3 people")
    said = reader.found("main").get_text()
    private = ["A private thought", "2 benches", *(one.first_name for one in travellers)]
    assert [words for words in private if words in said] == []

    debrief.presses("Make a draft card of it", {})
    version = Debrief.objects.get(item__key="workshop", item__visit=story.visit).practice.versions.get()
    assert version.state == Version.State.DRAFT
    assert version.texts.get().fragility == "The lease ends."
    card = str(version.practice.slug)
    reader.opens(f"/en/practices/{card}/", status=404)
    completes_the_card(story, version)
    publishes(story.olga, version)
    reader.opens(f"/en/practices/{card}/")
    assert reader.heading == "The workshop"
    return card


def the_visit_ends_with_papers(story: Story) -> None:
    """Complete the visit; the attendance list and a certificate are files that say who was there."""
    story.clock.moves_to("2027-05-13")
    story.next_state("Complete the visit")
    desk = story.desk("attendance/")
    lists = [str(one["href"]) for one in desk.page.select(".agenda a.more")]
    signed = words_of(desk.client.get(lists[1]).content)
    names = [story.applicants[number].full_name for number in takes_part()]
    assert [name for name in names if name not in signed] == []

    adam = signs_in_by_code(story.applicants[0].email)
    certificate = words_of(adam.downloads("My certificate (PDF)", within="main"))
    assert "Adam Nowak" in certificate
    assert ("The talk" in certificate, "The workshop" in certificate) == (True, False)
    refused = story.applicants[REFUSED[0]].reads()
    assert "certificate" not in refused.found("main").get_text()


def it_takes_root(story: Story, card: str) -> None:
    """Two municipalities are interested; one assesses, plans, decides and runs the service for a year."""
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

    keeper.presses("Make a plan", {})
    assert keeper.sees("1 condition is not covered by a step yet.")
    plans_a_step(keeper, "Add a step", "Give the old school.", due_on="2027-09-30")
    assert keeper.sees("A step covers every open condition.")
    story.clock.moves_to("2027-06-28")
    plan = keeper.address
    records_decision(signed_in_at(teresa, plan), "adopted", "XXI/123/2027", "2027-06-25")
    reader.opens(plan)
    assert reader.sees("Adopted on 25 June 2027, XXI/123/2027.")
    assert not reader.sees("Office for property")
    frozen = Assessment.objects.get(pk=address.strip("/").split("/")[-1])
    assert frozen.state == Assessment.State.FROZEN

    reader.follows("What became of it", within="main .label")
    adoption = reader.address
    for outcome, on in (("started", "2027-10-01"), ("delivered", "2027-12-01"), ("sustained-12", "2028-12-01")):
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
    assert told.startswith("Who like us has done it, and how did it end? 1 other municipality has taken it up")
    assert f"Sustained for 12 months : {place} , 1 December 2028" in told


def signed_in_at(person: Person, address: str) -> Visitor:
    visitor = signed_in(person)
    visitor.opens(address)
    return visitor


def the_visit_is_accounted_for(story: Story, card: str) -> None:
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
        "Practices with a card": "2",
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
    seen_in_2013 = set(Practice.objects.filter(agenda_items__visit__slug="wwd-italy-2013"))
    reader.opens("/en/visits/series/wwd/river/")
    also_here = Practice.objects.filter(slug__in=[SEEN_IN_PRISON, card])
    practices = {"Practices with a card": str(len(seen_in_2013 | set(also_here)))}
    assert numbers_in(reader, "figure + table") == {**followed, **practices}


def numbers_in(visitor: Visitor, table: str) -> dict[str, str]:
    rows = visitor.found(table).select("tbody tr")
    return {one.th.get_text(): one.td.get_text() for one in rows}  # type: ignore[union-attr]


def takes_part() -> list[int]:
    return sorted({*CHOSEN, MOVES_UP} - {WITHDRAWS})


def account_of(applicant: Applicant) -> Person:
    return Person.objects.get(email=applicant.email)


def words_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
