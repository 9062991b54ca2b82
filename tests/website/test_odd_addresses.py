"""Whatever stands in a query, a page answers it; and what machines ask for is right."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

pytestmark = pytest.mark.django_db

ODD = {
    "empty": "",
    "blank": " \t\n",
    "very long": "ż" * 8000,
    "SQL": "' OR 1=1; DROP TABLE people_person;--",
    "null byte": "a\x00b",
    "right to left": "\u202egnp.exe\u202c",
    "emoji": "🌱👩‍🌾",
    "superscript": "²",
    "Arabic digit": "١",
    "negative": "-1",
    "huge": "9" * 400,
    "float": "1e308",
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7*7 }}{% now %}",
    "lone surrogate": "%ED%A0%80",
    "percent": "%",
}
ASKED = [
    ("/en/practices/", ("q", "service")),
    ("/en/practices/bicycles-from-prison/", ("version",)),
    ("/en/organisations/", ("country",)),
    ("/en/organisations/consorzio-karabak/", ("date",)),
    ("/en/municipalities/", ("q",)),
    ("/en/municipalities/", ("county",)),
    ("/en/municipalities/", ("country",)),
    ("/en/municipalities/PL/300101/bicycles-from-prison/", ("q-x", "if-x")),
    ("/en/visits/", ("page",)),
    ("/en/adoptions/", ("practice", "country", "outcome", "municipality")),
    ("/en/news/", ("page",)),
    ("/en/contact/", ("sent",)),
    ("/en/feed.xml", ("page",)),
    ("/sitemap.xml", ("p",)),
    ("/api/municipalities", ("country",)),
    ("/en/account/login/", ("next",)),
]


@pytest.mark.parametrize(("path", "names"), ASKED)
def test_no_value_in_a_query_breaks_a_page(path: str, names: tuple[str, ...], client: Client) -> None:
    answers = {
        what: client.get(path, {"country": "IT", **dict.fromkeys(names, value)})
        for what, value in ODD.items()
    }
    allowed = {200, 404} if path == "/sitemap.xml" else {200}
    assert answers.pop("null byte").status_code == 404
    assert {asked: one.status_code for asked, one in answers.items() if one.status_code not in allowed} == {}
    assert [asked for asked, one in answers.items() if b"<script>alert(1)" in one.content] == []


@pytest.mark.parametrize(
    "path",
    [
        "/en/municipalities/{}/300101/",
        "/en/municipalities/PL/{}/",
        "/en/municipalities/PL/{}/bicycles-from-prison/",
        "/en/practices/{}/",
        "/en/organisations/{}/",
        "/en/visits/{}/",
        "/en/visits/series/{}/",
        "/en/{}/",
        "/{}/",
        "/media/images/{}",
        "/api/practices/{}",
        "/api/visits/{}",
        "/api/municipalities/PL/{}",
        "/api/municipalities/{}/300101",
        "/api/analysis/{}/PL/300101",
    ],
)
@pytest.mark.parametrize(
    "odd", ["%00", "%27%20OR%201=1", "%E2%80%AE", "%F0%9F%8C%B1", "%C2%B2", "%D9%A1", "9" * 400]
)
def test_no_odd_address_breaks_a_page(path: str, odd: str, client: Client) -> None:
    answer = client.get(path.format(odd))
    assert answer.status_code == 404
    assert b"Traceback" not in answer.getvalue()


@pytest.mark.parametrize("number", ["1", "", "²", "x", "-1", "11111", "١"])
def test_a_version_that_is_no_number_is_the_one_that_is_shown(number: str, client: Client) -> None:
    answer = client.get("/en/practices/bicycles-from-prison/", {"version": number})
    assert (answer.status_code, answer.context["version"].number) == (200, 1)


@pytest.mark.parametrize(
    "path", ["/en/practices/?q=rower", "/en/practices/?q=ROWER", "/en/practices/?q=r%C3%B3wer"]
)
def test_a_card_is_found_in_any_language_and_spelling(path: str, client: Client) -> None:
    slugs = {version.practice.slug for version in client.get(path).context["found"]}
    assert "bicycles-from-prison" in slugs
    assert len(slugs) < 6


def test_a_day_that_is_no_day_is_named_and_today_counts(client: Client) -> None:
    answer = client.get("/en/organisations/consorzio-karabak/", {"date": "2015-02-30"})
    today = client.get("/en/organisations/consorzio-karabak/")
    assert answer.context["form"].errors == {"date": ["Write a date such as 2015-06-30."]}
    assert answer.context["members"].day == today.context["members"].day


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("pl", "/pl/"), ("it-CH,it;q=0.9", "/it/"), ("en-US", "/en/"), ("de", "/pl/"), ("", "/pl/")],
)
def test_the_front_door_leads_to_the_readers_language(language: str, wanted: str, client: Client) -> None:
    answer = client.get("/", headers={"accept-language": language})
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("path", ["/pl/", "/it/pratiche/", "/en/visits/"])
def test_the_address_alone_decides_the_language(path: str, client: Client) -> None:
    answer = client.get(path, headers={"accept-language": "de,fr"})
    assert answer["Content-Language"] == path.split("/")[1]
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_old_addresses_of_news_lead_to_the_new_ones(client: Client) -> None:
    for redirect in Redirect.objects.all():
        answer = client.get(redirect.old_path)
        assert (answer.status_code, client.get(answer["Location"]).status_code) == (301, 200)


def test_health_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/healthz").content == b"ok\n"


def test_robots_are_told_of_the_sitemap(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /admin/", "Sitemap: http://testserver/sitemap.xml"]


@pytest.mark.parametrize("path", ["/en/", "/en/practices/", "/en/account/login/", "/api/practices", "/en/x/"])
def test_answers_carry_their_security_headers(path: str, client: Client) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "same-origin")
