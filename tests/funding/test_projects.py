"""What the page of a project and its news show."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sadzonka.funding.models import Project
from sadzonka.visits.models import Visit
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_project_shows_its_announced_visits_and_the_marks_of_its_programme(client: Client) -> None:
    project = Project.objects.get(slug="pwp-woes-ii")
    factories.visit("hidden", "Hidden", state="draft", project=project)
    answer = client.get("/en/projects/pwp-woes-ii/")
    assert [visit.slug for visit in answer.context["visits"]] == ["wwd-italy-2013"]
    assert list(answer.context["marks"]) == list(project.programme.marks.all())
    assert "Hidden" not in answer.content.decode()


def test_news_of_a_project_carry_its_marks_and_others_do_not(client: Client) -> None:
    project = Project.objects.get(slug="pwp-woes-ii")
    with_project = factories.news("With", project=project, slug="with")
    without = factories.news("Without", slug="without")
    shown = [list(client.get(page.url).context["marks"]) for page in (with_project, without)]
    assert shown == [list(project.programme.marks.all()), []]
    assert shown[0] != []


def test_news_lead_to_those_before_and_after_and_not_to_unpublished_ones(client: Client) -> None:
    for number in (1, 2, 3):
        factories.news(f"News {number}", slug=f"news-{number}", date=f"2030-01-0{number}", live=number != 2)
    answer = client.get("/en/news/news-3/").context
    assert (answer["previous"].slug, answer["next"]) == ("news-1", None)
    assert client.get("/en/news/news-2/").status_code == 404


def test_news_name_no_visit_that_is_a_draft(client: Client) -> None:
    visit = factories.visit("hidden", "Hidden")
    page = factories.news("News", visit=visit, slug="news-1")
    assert client.get(page.url).context["visit"] == visit
    Visit.objects.filter(pk=visit.pk).update(state="draft")
    answer = client.get(page.url)
    assert answer.context["visit"] is None
    assert "Hidden" not in answer.content.decode()


def test_the_feed_has_the_published_news_of_its_language(client: Client) -> None:
    factories.news("Newest <b>", slug="newest", date="2030-01-01")
    factories.news("Unpublished", slug="unpublished", live=False)
    feed = client.get("/en/feed.xml").content.decode()
    titles = re.findall(r"<entry>\s*<title>(.*?)</title>", feed)
    assert (len(titles), titles[0]) == (4, "Newest &lt;b&gt;")
    assert "Newest" not in client.get("/pl/feed.xml").content.decode()
    assert 'xml:lang="en' in feed
