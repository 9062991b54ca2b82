"""The page of how anticipated classes turned out: words, counts, what stands apart, no percentage of few."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.analysis import State
from tests.transfer.calibration.frozen import (
    ABANDONED,
    AT,
    DECLINED,
    DELIVERED,
    STARTED,
    adopted,
    card,
    from_a_source,
)

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]
THREE = (3,) * 5


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").find("main")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).text.split())


def table(answer: HttpResponse, caption: str) -> list[list[str]]:
    """Return the cells of the first table with this caption."""
    found = next(one for one in page(answer).find_all("table") if one.caption.text == caption)
    return [
        [" ".join(cell.stripped_strings) for cell in row.find_all(["th", "td"])]
        for row in found.tbody.find_all("tr")
    ]


def test_without_adoptions_it_says_so(client: Client) -> None:
    said = text(client.get(AT))
    assert "No adoption is known here yet" in said
    assert "Invented examples" not in said


def test_counts_stand_in_words_and_in_a_table(client: Client) -> None:
    card()
    for stages in (DELIVERED, DELIVERED, ABANDONED, STARTED, DECLINED):
        adopted(stages, *THREE)
    from_a_source("decided", "delivered")
    answer = client.get(AT)
    said = text(answer)
    sentences = [
        "Only municipalities that decided to try are counted",
        "None of them is a chance of success.",
        "3 rest on a frozen assessment and were delivered or abandoned",
        "1 is still under way.",
        "1 was declined: nobody tried",
        "1 is known from a source only",
        "Weights and thresholds change only by a new version of the method that people approve",
    ]
    assert [one for one in sentences if one not in said] == []
    assert table(answer, "Delivered, whatever became of it later") == [
        ["Distant", "none yet", "none yet"],
        ["Possible", "none yet", "none yet"],
        ["Good", "2 of 3 1 under way", "2 of 3 1 under way"],
        ["Strong", "none yet", "none yet"],
    ]
    assert table(answer, "Sustained for at least 12 months")[2] == [
        "Good",
        "0 of 1 3 under way",
        "0 of 1 3 under way",
    ]
    assert "%" not in said


def test_a_percentage_stands_beside_ten(client: Client) -> None:
    card()
    for stages in (DELIVERED,) * 8 + (ABANDONED,) * 2:
        adopted(stages, *THREE)
    answer = client.get(AT)
    assert table(answer, "Delivered, whatever became of it later")[2][1] == (
        "8 of 10 49 to 95 % (Wilson, 95 %) 80 % with the order of classes kept"
    )


def test_deviant_cases_lead_to_their_stories(client: Client) -> None:
    card()
    deviant = adopted(DELIVERED, *THREE, will=State.UNMET)
    adopted(DELIVERED, *THREE)
    adopted(ABANDONED, *THREE)
    adopted(ABANDONED, *THREE, will=State.UNMET)
    answer = client.get(AT)
    (row,) = table(answer, "Conditions that the card calls necessary")
    assert row == [
        (
            "Own not necessary here: delivered also where it was missing or weak "
            "Delivered where it was missing or weak: Chodzież"
        ),
        "4 of 4",
        "0.50",
        "0.50",
        "0.67",
    ]
    links = [one["href"] for one in page(answer).select("table a[href]")]
    assert links == [f"/en/adoptions/{deviant.pk}/"]
    assert "does not part them" in table(answer, "Criteria, by their value at the decision")[0][0]


def test_too_few_to_test_is_said(client: Client) -> None:
    card()
    adopted(DELIVERED, *THREE)
    adopted(ABANDONED, *THREE)
    answer = client.get(AT)
    assert "Too few to test: at least two that were delivered and two that were abandoned" in text(answer)
    assert len(page(answer).find_all("table")) == 2


def test_invented_adoptions_stand_in_a_section_of_their_own(client: Client) -> None:
    card()
    adopted(DELIVERED, *THREE, code="999901")
    answer = client.get(AT)
    said = text(answer)
    assert said.index("No adoption is known here yet") < said.index("Invented examples")
    assert said.index("Invented examples") < said.index("1 of 1")
    assert "None of it is counted above." in said


def test_the_list_of_adoptions_leads_here(client: Client) -> None:
    card()
    adopted(DELIVERED, *THREE)
    assert [one["href"] for one in page(client.get("/en/adoptions/")).select(f"a[href='{AT}']")] == [AT]


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_take_the_same_queries(
    count: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    for number in range(count):
        card(f"own-{number}", "Own")
        for stages in (DELIVERED, DELIVERED, ABANDONED, ABANDONED):
            adopted(stages, *THREE, slug=f"own-{number}", will=State.UNMET)
    client.get(AT)
    with django_assert_num_queries(10):
        assert len(client.get(AT).context["real"].practices) == count


def test_search_engines_are_told_of_it(client: Client) -> None:
    told = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver{AT}</loc>" in told
