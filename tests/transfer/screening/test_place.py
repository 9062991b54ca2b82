"""One municipality of a screening: how it stands, and what other answers and steps would change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.choices import ChangedBy
from sadzonka.practices.models import Criterion
from sadzonka.transfer.models import Screening
from tests import factories
from tests.transfer.screening import tiny

AssertQueries = Callable[[int], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]


@pytest.fixture
def staff(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


def at(screening: Screening) -> str:
    return f"/en/screenings/{screening.pk}/"


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).find("main").text.split())


def bands(answer: HttpResponse) -> list[list[str]]:
    """Return the table of bands, line by line."""
    table = page(answer).find("caption", id="bands").parent
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")]


def errors(answer: HttpResponse) -> list[str]:
    return [" ".join(one.text.split()) for one in page(answer).select("main .errors li")]


def test_one_municipality_says_with_which_weights_it_leads(staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}{tiny.CODES['Beta']}/")
    # Beta leads Alfa where fit weighs nearly everything: its mean weights there are far above 1/5 in fit.
    said = "It may be first above all when these weigh more than usual: fit of context."
    assert said in text(answer)
    assert bands(answer) == [["First", "0 to 1 % of weightings"]]


def test_a_blocked_one_has_no_shares(staff: Client, done: Screening) -> None:
    shown = staff.get(f"{at(done)}{tiny.CODES['Delta']}/")
    assert "It is compared with nobody while it is blocked" in text(shown)
    assert [one.text for one in page(shown).select("caption")] == ["Intervals by dimension"]


def test_an_answer_shows_before_and_after(staff: Client, done: Screening) -> None:
    address = f"{at(done)}{tiny.CODES['Beta']}/"
    answer = staff.get(f"{address}?q-need=5&q-fit=5&q-readiness=5&q-feasibility=5&q-support=5")
    said = text(answer)
    assert "Open; possible → strong" in said
    # With 1 everywhere Beta is possibly first always, and never surely: Gamma may be at 1 too.
    assert bands(answer) == [["First", "0 to 1 % of weightings", "0 to 100 % of weightings"]]
    assert "all others staying as they were screened. Their shares may move a little too" in said
    assert "1.00was 0.00" in said


def test_an_answer_lifts_what_blocks(staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}{tiny.CODES['Delta']}/?if-resolution=met")
    assert "Blocked → open; strong" in text(answer)
    assert bands(answer) == [["First", "–", "0 to 100 % of weightings"]]


def test_an_answer_that_blocks_takes_it_out_of_the_comparison(staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}{tiny.CODES['Alfa']}/?if-resolution=unmet")
    assert "Open → blocked; strong" in text(answer)
    assert bands(answer) == [["First", "0 to 100 % of weightings", "–"]]


def test_an_unknown_question_is_named_and_the_others_count(staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}{tiny.CODES['Beta']}/?q-need=5&q-nothing=1")
    assert errors(answer) == ["This card has no question called “q-nothing”."]
    assert "with your answers" in text(answer)


def test_the_answer_alone_comes_as_a_fragment(staff: Client, done: Screening) -> None:
    address = f"{at(done)}{tiny.CODES['Beta']}/?q-need=5"
    answer = staff.get(address, headers={"hx-request": "true", "hx-target": "changed"})
    assert (answer.text.count("<h1"), "with your answers" in answer.text) == (0, True)


@pytest.mark.parametrize("code", ["0005", "9999", "300101"])
def test_who_was_not_screened_is_not_here(code: str, staff: Client, done: Screening) -> None:
    assert staff.get(f"{at(done)}{code}/").status_code == 404


def test_one_municipality_takes_so_many_queries(
    done: Screening, staff: Client, django_assert_num_queries: AssertQueries
) -> None:
    address = f"{at(done)}{tiny.CODES['Beta']}/?q-need=5"
    staff.get(address)
    with django_assert_num_queries(19):
        assert staff.get(address).status_code == 200


# --- steps


@pytest.fixture
def step(done: Screening) -> None:
    """Have the card say that a step brings need to level 5."""
    Criterion.objects.filter(version=done.version, key="need").update(
        is_alterable=True,
        changed_by=ChangedBy.MUNICIPALITY,
        step=factories.words("Ask the people."),
        step_reading=5,
    )


def test_a_step_is_offered_with_who_can_take_it(step: None, staff: Client, done: Screening) -> None:
    shown = page(staff.get(f"{at(done)}{tiny.CODES['Beta']}/"))
    (box,) = shown.select("#own input[name=do-step-need]")
    assert not box.has_attr("checked")
    said = " ".join(box.parent.text.split())
    assert said == "Level of need: Ask the people. the municipality, no cost"


def test_what_is_at_its_best_by_the_stored_facts_has_no_step(
    step: None, staff: Client, done: Screening
) -> None:
    shown = page(staff.get(f"{at(done)}{tiny.CODES['Alfa']}/"))
    assert shown.select("#own input[name=do-step-need]") == []


def test_a_step_taken_does_what_the_answer_does_to_which_it_leads(
    step: None, staff: Client, done: Screening
) -> None:
    """Beta is at 0 in need and 0.6 in the rest: 0.48, with need at 1 it is 0.68."""
    address = f"{at(done)}{tiny.CODES['Beta']}/"
    taken, answered = staff.get(f"{address}?do-step-need=1"), staff.get(f"{address}?q-need=5")
    assert bands(taken) == bands(answered)
    assert "Open; possible → good" in text(taken)
    assert [one.text for one in page(taken).select(".ribbon")[-1:]] == ["with these steps taken"]
    assert "with your answers" not in text(taken)
    assert page(taken).find("input", {"name": "do-step-need"}).has_attr("checked")
    assert "what a step leads to is what the card’s author expects, not a promise." in text(taken)


def test_a_step_that_the_card_does_not_know_is_named(step: None, staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}{tiny.CODES['Beta']}/?do-step-nothing=1")
    assert errors(answer) == ["This card has no step called “do-step-nothing”."]
