"""Staff publish a news item through the admin, and its page carries the marks of its project."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text

from sadzonka.funding.models import Mark, Project
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.website.models import NewsIndexPage, NewsPage

SignIn = Callable[[Person], Client]


@pytest.fixture
def add_url(db: None) -> str:
    index = NewsIndexPage.objects.get(locale__language_code="pl")
    return reverse("wagtailadmin_pages:add", args=["website", "newspage", index.pk])


def item(**changed: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "Ogłaszamy wizytę",
            "slug": "oglaszamy-wizyte",
            "date": "2026-05-04",
            "summary": "Zapraszamy samorządy.",
            "body": rich_text("<p>Szczegóły wkrótce.</p>"),
            "project": Project.objects.filter(programme__marks__kind=Mark.Kind.TEXT).first().pk,
            "visit": "",
            "practices": [Practice.objects.first().pk],
            "action-publish": "action-publish",
            **changed,
        }
    )


def test_staff_publish_a_news_item_with_its_marks(
    add_url: str, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    editor = signed_in(ewa)
    assert editor.get(add_url).status_code == 200
    assert editor.post(add_url, item()).status_code == 302
    news = NewsPage.objects.get(slug="oglaszamy-wizyte")
    assert news.live
    assert PageLogEntry.objects.get(page=news.pk, action="wagtail.publish").user == ewa

    page = client.get(news.url).content.decode()
    marks = Mark.objects.filter(programme__projects=news.project, kind=Mark.Kind.TEXT)
    assert "Szczegóły wkrótce." in page
    assert marks
    assert [mark.text["pl"] for mark in marks if escape(mark.text["pl"]) not in page] == []


def test_a_draft_is_not_public(add_url: str, ewa: Person, client: Client, signed_in: SignIn) -> None:
    sent = item()
    del sent["action-publish"]
    assert signed_in(ewa).post(add_url, sent).status_code == 302
    news = NewsPage.objects.get(slug="oglaszamy-wizyte")
    assert not news.live
    assert client.get(news.get_url()).status_code == 404


def test_a_news_item_without_a_title_is_not_published(add_url: str, ewa: Person, signed_in: SignIn) -> None:
    assert signed_in(ewa).post(add_url, item(title="")).status_code == 200
    assert not NewsPage.objects.filter(slug="oglaszamy-wizyte").exists()


def test_a_controller_publishes_nothing(add_url: str, controller: Person, signed_in: SignIn) -> None:
    response = signed_in(controller).post(add_url, item())
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert not NewsPage.objects.filter(slug="oglaszamy-wizyte").exists()


@pytest.mark.parametrize(
    "view",
    [
        "wagtailimages:index",
        "wagtailimages:add",
        "wagtaildocs:index",
        "wagtaildocs:add",
        "wagtailredirects:index",
    ],
)
def test_staff_have_pictures_papers_and_redirects(view: str, ewa: Person, signed_in: SignIn) -> None:
    assert signed_in(ewa).get(reverse(view)).status_code == 200


@pytest.mark.parametrize("view", ["wagtailimages:add", "wagtaildocs:add", "wagtailredirects:add"])
def test_a_controller_adds_no_pictures_papers_and_redirects(
    view: str, controller: Person, signed_in: SignIn
) -> None:
    response = signed_in(controller).get(reverse(view))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
