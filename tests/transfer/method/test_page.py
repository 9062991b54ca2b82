"""The page of the method: its sections, its words, and what one view of it costs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sadzonka.transfer.method.literature import LITERATURE
from sadzonka.transfer.method.objections import OBJECTIONS

pytestmark = pytest.mark.django_db
SECTIONS = [
    "questions",
    "gate",
    "values",
    "shares",
    "class",
    "several",
    "change",
    "precedents",
    "screening",
    "learning",
    "objections",
    "example",
    "sources",
]
FOLDER = Path(get_template("transfer/method/page.html").origin.name).parent
SUCCESS = re.compile(r"(probabilit|likelihood|chance|odds)[^.]{0,40}success", re.IGNORECASE)


@pytest.fixture
def page(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/en/method/").content, "html.parser")


def test_the_list_of_contents_names_every_section_in_its_order(page: BeautifulSoup) -> None:
    assert [link["href"] for link in page.select("ul.pages a")] == [f"#{name}" for name in SECTIONS]


def test_every_section_is_there_once_and_begins_with_a_heading(page: BeautifulSoup) -> None:
    found = [one["id"] for one in page.select("main section[id]")]
    assert found == SECTIONS
    assert all(page.select(f"#{name} h2") for name in SECTIONS)


def test_no_id_stands_twice(page: BeautifulSoup) -> None:
    ids = [one["id"] for one in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_objection_is_answered_in_three_parts(page: BeautifulSoup) -> None:
    assert len(OBJECTIONS) == 14  # method, section 11
    answered = [len(one.select("dd")) for one in page.select("#objections > ol > li")]
    assert answered == [3] * 14
    assert all(dd.text.strip() for dd in page.select("#objections dd"))


def test_every_source_says_what_was_taken(page: BeautifulSoup) -> None:
    assert len(page.select("#sources .sources > li")) == len(LITERATURE)
    assert all(one.text.strip() for one in page.select("#sources .sources .source"))


def test_five_dimensions_are_fixed_because_a_sixth_would_change_the_answer(page: BeautifulSoup) -> None:
    # worked examples, section 2: x = (9/10, 3/10, 2/5) and with the first value counted twice, at 1/2
    shares = " ".join(page.select_one("#shares").text.split())
    assert "8/15 of the weightings reach 0.5. Count the first of them twice and it is 184/225." in shares


def templates() -> list[Path]:
    return sorted(FOLDER.glob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_a_share_is_nowhere_called_a_probability_of_success(path: Path) -> None:
    text = " ".join(re.sub(r"<[^>]*>|\{%.*?%\}", lambda tag: words_in(tag[0]), path.read_text()).split())
    said = text.replace("a share of weightings, not a probability of success", "")
    assert SUCCESS.findall(said) == []


def words_in(tag: str) -> str:
    """Return the words of a {% translate %}, nothing of any other tag."""
    return " ".join(re.findall(r'translate "([^"]*)"', tag))


def test_the_texts_of_objections_and_sources_know_no_probability_either() -> None:
    texts = [str(text) for one in OBJECTIONS for text in (one.said, one.true, one.done, one.remains)]
    texts += [str(one.taken) for one in LITERATURE]
    assert [text for text in texts if SUCCESS.search(text)] == []


def test_every_table_of_shares_says_what_a_share_is(page: BeautifulSoup) -> None:
    outcome = page.select_one("#outcome").text
    assert "That is a share of weightings, not a probability of success." in outcome


def test_the_footer_of_every_page_leads_to_the_method(client: Client) -> None:
    footer = BeautifulSoup(client.get("/en/practices/").content, "html.parser").select("footer a")
    assert ("The method", "/en/method/") in [(link.text, link["href"]) for link in footer]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_language_has_its_address_and_names_the_others(client: Client, language: str) -> None:
    from_english = BeautifulSoup(client.get("/en/method/?value-fit=0.5").content, "html.parser")
    address = from_english.select_one(f"#languages a[hreflang={language}]")["href"]
    answer = client.get(address)
    assert (answer.status_code, address.endswith("?value-fit=0.5")) == (200, True)
    assert BeautifulSoup(answer.content, "html.parser").select_one("[name=value-fit]")["value"] == "0.5"


def test_a_view_of_the_page_asks_the_database_only_for_the_menus(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/method/")
    with django_assert_num_queries(3):
        client.get("/en/method/?weights=ranked")


def test_the_record_asks_the_database_for_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/en/method/example.json")
    with django_assert_num_queries(0):
        client.get("/en/method/example.json?weights=ranked")
