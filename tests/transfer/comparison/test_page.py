"""The page that compares two practices: what it says in words, what it refuses, what it never offers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.practices.models import Practice, Version
from tests import factories
from tests.transfer.comparison.cards import AT, card, only

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[None]]


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").find("main")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).text.split())


def offered(answer: HttpResponse, field: str) -> list[str]:
    return [one["value"] for one in page(answer).select(f"select[name={field}] option")]


def test_it_says_in_words_first_what_the_shares_are(client: Client) -> None:
    card("one", "One thing", 5, 2, 3, 3, 3)
    card("two", "Two things", 2, 3, 3, 3, 3, gate="unmet")
    said = text(client.get(AT, {"a": "one", "b": "two"}))
    sentences = [
        "A: One thing Open. Good",  # 0.64 at the mean weights
        "B: Two things Blocked. Not met: Two things. If the conditions were met: good.",  # 0.56
        "It depends on what weighs more",
        "B is blocked: its score says what would hold if its conditions were met.",
        "A scores more for 75 % of all weightings.",
        "B scores more for 25 % of all weightings.",
        "not probabilities of success",
        "The dimension “need” differs most: there A is higher by at least 0.60.",
    ]
    assert [one for one in sentences if one not in said] == []
    places = [said.index(one) for one in sentences]
    assert places == sorted(places)


def test_numbers_stand_beside_the_words(client: Client) -> None:
    card("one", "One thing", 5, None, 3, 3, 3)
    card("two", "Two things", 2, 3, 3, 3, 3)
    answer = client.get(AT, {"a": "one", "b": "two"})
    tables = {one.caption.text: one for one in page(answer).find_all("table")}
    rows = [
        [" ".join(cell.text.split()) for cell in row.find_all(["th", "td"])]
        for row in tables["Both in numbers"].tbody.find_all("tr")
    ]
    assert [row[1:] for row in rows] == [
        ["0.56–0.76", "0.56"],
        ["0.00–1.00", "0.40–0.60"],
        ["0.500–1.000", "0.000–0.500"],
    ]
    assert "A scores more for at least 50 % of all weightings, and possibly for up to 100 %." in text(answer)
    assert (
        "Most is still open in the dimension “fit of context”: A less B lies between -0.60 and 0.40"
        in text(answer)
    )
    bars = tables["Intervals of both, by dimension"]
    assert len(bars.select("rect.void")) == 1
    assert len(bars.select("rect.bar")) == 9


def test_it_rests_on_what_is_stored(client: Client) -> None:
    card("one", "One thing", 5, 2, 3, 3, 3)
    card("two", "Two things", 2, 3, 3, 3, 3)
    asked = {"a": "one", "b": "two"}
    plain, answered = (
        client.get(AT, asked),
        client.get(AT, {**asked, "q-need": "0", "if-resolution": "unmet"}),
    )
    assert text(plain) == text(answered)
    assert "On what is stored" in text(plain)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"a": "one", "b": "one"}, {"b": "This is the same practice."}),
        ({"a": "one", "b": "unknown"}, {"b": "There is no published practice of this name."}),
        ({"a": "unknown"}, {"a": "There is no published practice of this name.", "b": "Choose a practice."}),
        ({"a": "", "b": "one"}, {"a": "Choose a practice."}),
        ({"a": "<script>alert(1)</script>", "b": "x" * 3000}, {"a": "There is no", "b": "There is no"}),
    ],
)
def test_what_cannot_be_compared_is_said_beside_its_field(
    asked: dict[str, str], wrong: dict[str, str], client: Client
) -> None:
    card("one", "One thing", 5, 2, 3, 3, 3)
    answer = client.get(AT, asked)
    fields = {one.find("select")["name"]: one for one in page(answer).select("form .field")}
    said = {
        name: one.select_one(".errorlist").text for name, one in fields.items() if one.select(".errorlist")
    }
    assert (answer.status_code, answer.context["pair"], said.keys()) == (200, None, wrong.keys())
    assert [name for name in wrong if not said[name].startswith(wrong[name])] == []
    assert "<script>alert(1)" not in answer.content.decode()


def test_a_practice_that_a_link_brought_is_chosen_and_nothing_is_complained_about(client: Client) -> None:
    card("one", "One thing", 5, 2, 3, 3, 3)
    answer = client.get(AT, {"a": "one"})
    assert page(answer).select_one("select[name=a] option[selected]")["value"] == "one"
    assert page(answer).select(".errorlist, .errors") == []


def test_only_published_practices_are_offered_and_ranked(client: Client) -> None:
    for state in Version.State:
        factories.version(factories.practice(f"is-{state.value}"), "Kept back", state=state)
    answer = client.get(AT)
    shown = sorted(
        Practice.objects.filter(versions__state__in=["published", "to-reverify"]).values_list(
            "slug", flat=True
        )
    )
    assert {"is-published", "is-to-reverify"} < set(shown)
    assert [sorted(offered(answer, field)) for field in "ab"] == [["", *shown]] * 2
    assert sorted(one.slug for one in answer.context["ranks"]) == shown
    refused = client.get(AT, {"a": "is-draft", "b": "is-outdated"})
    assert refused.context["form"].errors.keys() == {"a", "b"}


def test_there_is_nothing_to_compare_with_a_single_practice(client: Client) -> None:
    card("one", "One thing", 5, 2, 3, 3, 3)
    only("one")
    answer = client.get(AT)
    assert "nothing to compare" in text(answer)
    assert page(answer).select("form, table") == []


def test_no_practice_can_take_its_address() -> None:
    assert factories.wrong_fields(Practice(slug="compare")) == ["slug"]


def test_an_invented_municipality_says_so(client: Client) -> None:
    assert "nothing here describes a real one" in text(client.get(AT.replace("300101", "999901")))
    assert "nothing here describes a real one" not in text(client.get(AT))


def test_the_municipality_leads_here(client: Client) -> None:
    links = [one["href"] for one in page(client.get("/en/municipalities/PL/300101/")).select("a[href]")]
    assert links.count(AT) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_practices_take_the_same_queries(
    count: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    slugs = ["one", "two", "three", "four"][: count + 1]
    for level, slug in enumerate(slugs):
        card(slug, slug.capitalize(), level, 2, 3, 3, 3)
    only(*slugs)
    asked = {"a": "one", "b": "two"}
    client.get(AT, asked)
    with django_assert_num_queries(13):
        assert client.get(AT, asked).context["pair"] is not None
