"""S3: a call, applications, an explained choice: what the whole story does not come across."""

from __future__ import annotations

import pytest

from sadzonka.visits.models import Application
from tests import factories
from tests.journeys.post_office import delivers
from tests.journeys.recruiting import (
    Applicant,
    Story,
    accepts,
    applies,
    decision,
    finds,
    is_delegated,
    mails_go_out,
    opens_application,
    row,
    saves_the_choice,
    writes_the_call,
)
from tests.journeys.visitor import Visitor

REASON = "It decides about transport."


@pytest.fixture
def open_call(story: Story) -> Story:
    """Open a call for two places."""
    story.next_state("Announce the visit")
    writes_the_call(story, opens="2027-02-01T08:00", closes="2027-02-28T20:00", places=2, limit=1)
    story.next_state("Open recruitment")
    return story


def test_what_is_missing_is_said_beside_each_field_and_nothing_is_lost(open_call: Story) -> None:
    visitor = Visitor("en")
    visitor.opens(f"{open_call.page}apply/")
    visitor.presses("Send", {"first_name": "Adam", "email": "adam@", "motivation": "To see it"}, status=422)
    wrong = [str(field["id"]) for field in visitor.page.select("form.applying [aria-invalid]")]
    assert wrong == [
        "id_last_name",
        "id_email",
        "id_municipality",
        "id_institution",
        "id_position",
        "id_superior_name",
        "id_superior_email",
        "id_notice",
    ]
    assert visitor.found("#id_motivation").get_text(strip=True) == "To see it"
    assert not Application.objects.exists()


def test_a_municipality_whose_name_several_have_is_picked(open_call: Story) -> None:
    applicant = Applicant("Adam", factories.municipality("301101"), 1)
    visitor = Visitor("en")
    visitor.opens(f"{open_call.page}apply/")
    visitor.presses("Send", {**applicant.answers, "municipality": "Kościan"}, status=422)
    offered = {str(one["value"]) for one in visitor.page.select("[name=municipality_choice]")}
    assert offered == {"PL-301101", "PL-301103"}
    visitor.presses("Send", {"municipality_choice": "PL-301103"})
    assert Application.objects.get().municipality == factories.municipality("301103")


def test_nobody_is_chosen_whom_the_institution_does_not_send(open_call: Story) -> None:
    applicant = Applicant("Adam", factories.municipality(), 1)
    applies(open_call, applicant)
    delivers()
    is_delegated(applicant, press="No, we do not")
    finds(opens_application(open_call, applicant, open_call.ewa), "eligible")
    open_call.clock.moves_to("2027-03-01")
    desk = open_call.desk("choice/")
    saves_the_choice(desk, decision(desk, applicant, "chosen", REASON), status=422)
    beside = desk.texts(f"#row-{row(desk, applicant)} .errorlist")
    assert beside == ["The institution has not confirmed that it sends this person."]
    assert is_delegated(applicant).sees("Thank you, your answer is noted.")
    saves_the_choice(open_call.desk("choice/"), decision(desk, applicant, "chosen", REASON))
    assert mails_go_out(open_call) == 1
    assert applicant.reads().sees(REASON)


def test_a_place_that_nobody_accepts_in_time_goes_to_the_next(open_call: Story) -> None:
    people = [
        Applicant(name, factories.municipality(code), number)
        for number, (name, code) in enumerate([("Adam", "300101"), ("Beata", "300102"), ("Cezary", "300103")])
    ]
    for applicant in people:
        applies(open_call, applicant)
        delivers()
        is_delegated(applicant)
        finds(opens_application(open_call, applicant, open_call.ewa), "eligible")
    open_call.clock.moves_to("2027-03-01")
    desk = open_call.desk("choice/")
    saves_the_choice(
        desk,
        {
            **decision(desk, people[0], "chosen", REASON),
            **decision(desk, people[1], "chosen", REASON),
            **decision(desk, people[2], "reserve", "It comes after those chosen.", 1),
        },
    )
    assert mails_go_out(open_call) == 3
    accepts(people[0])
    open_call.clock.moves_to("2027-03-09")
    desk = open_call.desk("choice/")
    desk.presses("End late offers and fill the places", {})
    assert desk.sees("1 offer has lapsed; the reserve list has moved up where it could.")
    assert mails_go_out(open_call) == 2
    late = people[1].reads()
    assert late.texts("header.title .lede strong") == ["Withdrawn."]
    assert accepts(people[2]).sees("Thank you: your place is confirmed.")


def test_nobody_applies_before_the_call_opens_or_after_it_has_closed(open_call: Story) -> None:
    visitor = Visitor("en")
    visitor.opens(open_call.page)
    visitor.follows("Apply", within="#call")
    open_call.clock.moves_to("2027-03-01")
    visitor.presses("Send", Applicant("Adam", factories.municipality(), 1).answers)
    assert visitor.sees("The call has closed.")
    visitor.opens(open_call.page)
    assert [link for link in visitor.page.select("#call a") if "apply" in str(link["href"])] == []
    assert not Application.objects.exists()
