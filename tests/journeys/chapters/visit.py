"""How the visit goes: hosts confirm, people note what they saw, agree, and take home papers and a card."""

from __future__ import annotations

import io

from pypdf import PdfReader

from sadzonka.people.models import Person
from sadzonka.practices.models import Version
from sadzonka.visits.models import Debrief
from tests.journeys.chapters.group import REFUSED, account_of, takes_part
from tests.journeys.recruiting import Story, mails_go_out, signed_in
from tests.journeys.travelling import (
    agrees,
    asks_the_hosts,
    completes_the_card,
    host_answers,
    notes_attendance,
    publishes,
    signs_in_by_code,
    writes_a_sheet,
)
from tests.journeys.visitor import Visitor


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
            story,
            person,
            "workshop",
            press="Save and share",
            seen=f"{number} benches",
            works="Tools are lent.",
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


def words_of(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
