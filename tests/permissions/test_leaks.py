"""What is not for everybody is found nowhere: drafts, unpublished news, messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sadzonka.people.models import Person
from tests.permissions.matrix import AREAS, CANARY
from tests.permissions.roles import INVITED, ROLES
from tests.permissions.rows.screening import DONE

ALSO = [
    "/robots.txt",
    "/api/openapi.json",
    "/api/practices",
    "/api/visits",
    "/api/visits/wwd-italy-2013",
    "/api/municipalities?country=IT",
    "/api/municipalities/PL/300101",
    "/api/analysis/bicycles-from-prison/PL/300101",
    *(f"/{language}/feed.xml" for language in ("pl", "it", "en")),
    "/en/visits/series/wwd/",
    "/en/projects/pwp-woes-ii/",
    "/en/practices/?q=klatce",
    "/en/municipalities/?country=IT",
    "/en/municipalities/PL/300101/",
    "/en/municipalities/PL/300101/bicycles-from-prison/",
]
DRAFT_ADDRESSES = ("draft-practice", "draft-visit", "draft-news")
SCREENINGS = "/screenings/"


def sitemap_paths(client: Client) -> list[str]:
    sitemap = client.get("/sitemap.xml").content.decode()
    return [re.sub(r"^https?://[^/]+", "", address) for address in re.findall(r"<loc>(.*?)</loc>", sitemap)]


def leaks(body: str) -> Iterator[str]:
    yield from (word for word in (CANARY, INVITED, SCREENINGS, *DRAFT_ADDRESSES) if word in body)


def test_no_public_page_feed_list_or_api_answer_shows_what_is_not_for_everybody(
    planted: None, client: Client
) -> None:
    paths = sitemap_paths(client)
    languages = {path.split("/")[1] for path in paths}
    kinds = {"/".join(path.split("/")[1:3]) for path in paths if path.startswith("/en/")}
    assert languages == {"pl", "it", "en"}
    assert {"en/news", "en/practices", "en/visits", "en/organisations"} <= kinds
    # One language of each page is enough: texts of drafts exist in all of them.
    read = [path for path in paths if path.startswith("/en/")] + ALSO
    answers = {path: client.get(path) for path in read}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    found = {path: list(leaks(answer.content.decode())) for path, answer in answers.items()}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("page", ["invitation_list", "invitation_table"])
@pytest.mark.parametrize("language", ["pl", "it", "en"])
def test_the_canary_of_an_invitation_list_is_read_there_by_staff(
    language: str, page: str, planted: None, ewa: Person, signed_in: Callable[[Person], Client]
) -> None:
    with override(language):
        address = reverse(page, args=[DONE])
    assert INVITED in signed_in(ewa).get(address).text


def test_the_sitemap_names_what_is_shown_and_nothing_else(planted: None, client: Client) -> None:
    paths = sitemap_paths(client)
    assert list(leaks(" ".join(paths))) == []
    assert sorted(path for path in paths if path.startswith("/pl/wizyty/")) == [
        "/pl/wizyty/attended/",
        "/pl/wizyty/open-call/",
        "/pl/wizyty/under-way/",
        "/pl/wizyty/wwd-italy-2013/",
    ]
    assert len([path for path in paths if path.startswith("/it/pratiche/")]) == 6
    assert [path for path in paths if "municipalities" in path or "gminy" in path] == []


def test_a_search_for_the_words_of_a_draft_finds_nothing(planted: None, client: Client) -> None:
    page = BeautifulSoup(client.get("/en/practices/?q=klatce").content, "html.parser")
    links = [link["href"] for link in page.find(id="found").find_all("a", href=True)]
    assert [link for link in links if re.fullmatch(r"/en/practices/[\w-]+/", link)] == []


@pytest.mark.parametrize("path", ["/en/visits/draft-visits/", "/en/practices/draft-practise/"])
def test_suggestions_beside_an_error_name_no_draft(path: str, planted: None, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    links = [link["href"] for link in BeautifulSoup(answer.content, "html.parser").find_all("a", href=True)]
    assert [link for link in links if "draft-visit/" in link or "draft-practice/" in link] == []


def test_an_organisation_lists_only_practices_that_are_shown(planted: None, client: Client) -> None:
    body = client.get("/en/organisations/consorzio-karabak/").content.decode()
    assert "/en/practices/nurseries-by-a-consortium/" in body
    assert "draft-practice" not in body


def test_the_agenda_in_the_api_names_only_practices_that_are_shown(planted: None, client: Client) -> None:
    agenda = client.get("/api/visits/wwd-italy-2013").json()["agenda"]
    named = {slug for item in agenda for slug in item["practices"]}
    shown = {practice["slug"] for practice in client.get("/api/practices").json()}
    assert named
    assert named - shown == set()


def test_what_is_for_some_only_is_kept_by_no_browser(
    planted: None, ewa: Person, signed_in: Callable[[Person], Client]
) -> None:
    staff, client = ROLES.index("staff"), signed_in(ewa)
    rows = [
        row
        for area in AREAS
        for row in area.ROWS
        if (row.method, row.answers[0], row.answers[staff]) == ("GET", 302, 200) and "account" not in row.url
    ]
    kept = [row.address for row in rows if "no-store" not in client.get(row.address).get("Cache-Control", "")]
    assert (kept, len(rows) > 20) == ([], True)
