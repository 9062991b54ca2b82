"""The news that closes a visit is drafted from its goals, once, and published by people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.common.words import Words
from sadzonka.funding.models import Project
from sadzonka.people.models import Person
from sadzonka.visits.models import Evidence, Goal
from sadzonka.website.closing.actions import draft_closing_news
from sadzonka.website.models import NewsIndexPage, NewsPage
from tests import factories
from tests.chain import World

SignIn = Callable[[Person], Client]
ADDRESS = "/en/visits/under-way/desk/closing-news/"


@pytest.fixture
def closed(world: World) -> World:
    """The visit is funded and has a goal that was reached, one that was not, one of which nobody knows."""
    world.visit.project = Project.objects.get(slug="pwp-woes-ii")
    world.visit.save()
    for text, target, achieved in (("Show <b>cards</b>", 3, 4), ("Meet hosts", 20, 12), ("Inspire", 1, None)):
        Goal.objects.create(
            visit=world.visit,
            text=factories.words(text),
            measure_text=factories.words("times"),
            target=target,
            achieved=achieved,
        )
    Evidence.objects.create(
        goal=Goal.objects.get(target=3), label=Words({"pl": "Karty"}), url="https://example.org/?a=1&b=2"
    )
    return world


def drafted(world: World, by: Person, language: str = "en") -> NewsPage:
    return draft_closing_news(visit=world.visit, language=language, by=by)


def test_it_is_a_draft_that_belongs_to_the_visit_and_its_project(closed: World, ewa: Person) -> None:
    page = drafted(closed, ewa)
    assert (page.live, page.visit, page.project, page.locale.language_code, page.owner) == (
        False,
        closed.visit,
        closed.visit.project,
        "en",
        ewa,
    )
    assert page.get_parent().specific == NewsIndexPage.objects.get(locale__language_code="en")
    assert page.latest_revision.user == ewa


def test_it_says_of_each_goal_what_became_of_it(closed: World, ewa: Person) -> None:
    page = drafted(closed, ewa)
    assert page.title == "What was achieved: A visit under way"
    assert page.summary == (
        "The visit lasted from 1 September 2026 to 3 September 2026. 1 of 3 goals were reached. "
        "About 1 goal it is not known yet."
    )
    assert page.body == (
        "<h2>The goals</h2><ul>"
        "<li><b>Show &lt;b&gt;cards&lt;/b&gt;</b> Reached: 4 of 3 (times)."
        ' To read: <a href="https://example.org/?a=1&amp;b=2">Karty (Polish)</a></li>'
        "<li><b>Meet hosts</b> Not reached: 12 of 20 (times).</li>"
        "<li><b>Inspire</b> Whether this was reached is not known yet (times).</li></ul>"
        '<p><a href="/en/visits/under-way/goals/">The goals against the evidence</a></p>'
        '<p><a href="/en/visits/under-way/">The visit with its agenda</a></p>'
    )


def test_nobody_sees_it_before_it_is_published(closed: World, ewa: Person, client: Client) -> None:
    page = drafted(closed, ewa)
    assert client.get(f"/en/news/{page.slug}/").status_code == 404
    page.save_revision().publish()
    body = client.get(f"/en/news/{page.slug}/").content.decode()
    assert "Reached: 4 of 3" in body
    assert "European Social Fund" in body


def test_pressed_twice_it_is_one_draft(closed: World, ewa: Person, colleague: Person) -> None:
    assert drafted(closed, ewa) == drafted(closed, colleague)
    assert NewsPage.objects.filter(visit=closed.visit).count() == 1


def test_a_draft_about_the_visit_is_taken_up_whatever_its_address(closed: World, ewa: Person) -> None:
    written = factories.news("Half written", live=False, visit=closed.visit)
    assert drafted(closed, ewa) == written


def test_other_news_of_the_visit_does_not_stand_for_its_closing(closed: World, ewa: Person) -> None:
    call = factories.news("The call is open", visit=closed.visit)
    assert drafted(closed, ewa) != call


def test_what_was_published_already_is_not_written_anew(closed: World, ewa: Person) -> None:
    page = drafted(closed, ewa)
    page.save_revision().publish()
    assert drafted(closed, ewa) == page


def test_each_language_has_its_own_and_they_know_of_each_other(closed: World, ewa: Person) -> None:
    english, polish = drafted(closed, ewa), drafted(closed, ewa, "pl")
    assert english != polish
    assert polish.locale.language_code == "pl"
    assert "/pl/wizyty/under-way/" in polish.body
    assert [one.specific for one in english.get_translations()] == [polish]


def test_a_visit_without_goals_gets_a_draft_that_says_so(world: World, ewa: Person) -> None:
    assert "No goals were written down for this visit." in drafted(world, ewa).body


@pytest.mark.parametrize("who", ["marek", "facilitator", "editor"])
def test_only_staff_draft_it(who: str, closed: World) -> None:
    with pytest.raises(PermissionDenied):
        drafted(closed, getattr(closed, who))


def test_the_button_leads_to_the_draft_in_the_admin(closed: World, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    for path in ("/en/visits/under-way/goals/", "/en/visits/under-way/desk/goals/"):
        assert f'action="{ADDRESS}"' in client.get(path).content.decode()
    answer = client.post(ADDRESS)
    page = NewsPage.objects.get(visit=closed.visit)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/pages/{page.pk}/edit/")
    assert client.get(answer["Location"]).status_code == 200


def test_without_a_list_of_news_it_says_so(closed: World, ewa: Person, signed_in: SignIn) -> None:
    NewsIndexPage.objects.get(locale__language_code="en").delete()
    answer = signed_in(ewa).post(ADDRESS)
    assert answer.status_code == 404
    assert "This site has no list of news in this language." in answer.content.decode()
