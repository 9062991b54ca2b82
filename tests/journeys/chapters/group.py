"""How thirty people apply and twelve of them are chosen, one after another's withdrawal."""

from __future__ import annotations

from sadzonka.people.models import Person
from sadzonka.visits.models import Change
from sadzonka.visits.recruitment.rules import DECIDED
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
    withdraws,
    writes_the_call,
)

NAMES = (
    *("Adam", "Beata", "Cezary", "Danuta", "Edward", "Felicja", "Grzegorz", "Hanna", "Igor", "Jadwiga"),
    *("Kamil", "Lucyna", "Marek", "Natalia", "Olgierd", "Paulina", "Roman", "Sylwia", "Tadeusz", "Urszula"),
    *("Wanda", "Xenia", "Yves", "Zofia", "Bogdan", "Celina", "Dariusz", "Elwira", "Filip", "Gabriela"),
)
RETURNED, INELIGIBLE = 3, 26  # by their place in the list of applicants
CHOSEN = [*range(10), 27, 28]
RESERVE = [10, 29, *range(11, 18)]
REFUSED = [*range(18, 26)]
WITHDRAWS, MOVES_UP, ONE_TOO_MANY = 5, 10, 29


def thirty_people() -> list[Applicant]:
    """Return thirty people from 27 real municipalities: three from the first one, two from the second."""
    places = real_gminas(27)
    places += [*places[:2], places[0]]
    return [
        Applicant(name, place, number) for number, (name, place) in enumerate(zip(NAMES, places, strict=True))
    ]


def the_call_is_answered(story: Story) -> None:
    """Open the call; thirty people apply without an account, and each one's superior confirms by link."""
    story.next_state("Announce the visit")
    writes_the_call(story, opens="2027-02-02T08:00", closes="2027-02-28T20:00", places=12, limit=2)
    story.next_state("Open recruitment")
    story.applicants = thirty_people()
    story.clock.moves_to("2027-02-03")
    for applicant in story.applicants[:4]:
        applies_in_two_sittings(story, applicant)
    for applicant in story.applicants[4:]:
        assert applies(story, applicant).heading == "We have written to you"
    delivers()
    for applicant in story.applicants:
        is_delegated(applicant)


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
    assert (
        moved_up.texts("section ol.entries .source")[-1]
        == "A place became free and the reserve list moved up"
    )
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


def takes_part() -> list[int]:
    return sorted({*CHOSEN, MOVES_UP} - {WITHDRAWS})


def account_of(applicant: Applicant) -> Person:
    return Person.objects.get(email=applicant.email)
