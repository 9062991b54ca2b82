"""A list of three asks the database as often as a list of one, and no page asks more than it did."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from wagtail.models import Page

from sadzonka.funding.models import Project
from sadzonka.organisations.models import Membership, Organisation
from sadzonka.places.models import Municipality, Observation, Period, Succession
from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.visits.models import AgendaItem, Goal, Series, Visit
from sadzonka.website.models import NewsPage
from tests import factories

AssertQueries = Callable[[int], AbstractContextManager[None]]

pytestmark = pytest.mark.django_db


def practices(count: int) -> None:
    """Keep so many practices, with everything that their cards say."""
    kept = list(Practice.objects.order_by("slug").values_list("pk", flat=True)[:count])
    Version.objects.exclude(practice__in=kept).delete()
    Practice.objects.exclude(pk__in=kept).delete()


def organisations(count: int) -> None:
    """Keep so many organisations, each with a seat and services."""
    Visit.objects.all().delete()
    Project.objects.all().delete()
    kept = ["cadiai", "la-citta-verde", "camst"][:count]
    Organisation.objects.exclude(slug__in=kept).delete()


def visits(count: int) -> None:
    """Have so many visits in one series, each with its project and organiser."""
    for number in range(count - 1):
        factories.visit(f"visit-{number}", "Visit", project=Project.objects.order_by("pk")[number])


def series(count: int) -> None:
    """Have so many series with a visit each."""
    for number in range(count - 1):
        one = Series.objects.create(slug=f"series-{number}", name=factories.words("x"), description={})
        factories.visit(f"visit-{number}", "Visit", series=one)


def agenda(count: int) -> None:
    """Have a visit with so many agenda items, goals, places, each item with a host, a place and practices."""
    visit = Visit.objects.get(slug="wwd-italy-2013")
    AgendaItem.objects.all().delete()
    Goal.objects.all().delete()
    hosts, places = Organisation.objects.order_by("pk"), Municipality.objects.filter(country="IT")
    visit.municipalities.set(places[:count])
    visit.save()
    for number in range(count):
        item = factories.agenda_item(
            visit, f"item-{number}", "Item", host=hosts[number], municipality=places[number]
        )
        item.practices.set(Practice.objects.order_by("slug")[number : number + 2])
        item.save()
        Goal.objects.create(visit=visit, text=factories.words("Goal"))


def municipalities(count: int) -> None:
    """Keep so many municipalities of one county, with their figures."""
    kept = ["300101", "300102", "300103"][:count]
    Period.objects.exclude(municipality__code__in=kept).delete()


def members(count: int) -> None:
    """Keep a consortium with so many members."""
    kept = Membership.objects.filter(group__slug="consorzio-karabak").order_by("pk")
    kept = list(kept.values_list("pk", flat=True)[:count])
    Membership.objects.filter(group__slug="consorzio-karabak").exclude(pk__in=kept).delete()
    assert len(kept) == count


def news(count: int) -> None:
    """Keep so many news of each language."""
    for language in factories.LANGUAGES:
        for page in NewsPage.objects.filter(locale__language_code=language)[count:]:
            Page.objects.get(pk=page.pk).delete()
    assert NewsPage.objects.filter(locale__language_code="en").count() == count


def answers(count: int) -> None:
    """Keep so many practices, and as many findings and judgements of the invented municipality."""
    practices(count)
    for model in (Finding, Judgement):
        kept = list(model.objects.values_list("pk", flat=True)[:count])
        model.objects.exclude(pk__in=kept).delete()


def successions(count: int) -> None:
    """Keep a municipality that took the place of so many others."""
    kept = list(Succession.objects.values_list("pk", flat=True)[:count])
    Succession.objects.exclude(pk__in=kept).delete()


def figures(count: int) -> None:
    """Keep figures of so many years."""
    Observation.objects.filter(period__lt=2025 - count).delete()


# what there is more of; the address; how many queries it takes, with one as with three
LISTS = [
    (practices, "/en/practices/", 6),
    (practices, "/en/practices/?q=the", 6),
    (organisations, "/en/organisations/", 7),
    (organisations, "/en/organisations/?country=it", 7),
    (members, "/en/organisations/consorzio-karabak/", 15),
    (visits, "/en/visits/", 4),
    (series, "/en/visits/", 4),
    (visits, "/en/visits/series/wwd/", 5),
    (agenda, "/en/visits/wwd-italy-2013/", 19),
    (visits, "/en/projects/pwp-woes-ii/", 8),
    (municipalities, "/en/municipalities/", 7),
    (practices, "/en/municipalities/PL/300101/", 12),
    (answers, "/en/municipalities/PL/999901/", 14),
    (successions, "/en/municipalities/IT/035046/", 14),
    (figures, "/en/municipalities/PL/300101/", 12),
    (answers, "/en/municipalities/PL/999901/bicycles-from-prison/", 14),
    (news, "/en/news/", 15),
    (news, "/en/", 16),
    (practices, "/en/", 16),
    (news, "/en/feed.xml", 3),
    (practices, "/api/practices", 2),
    (municipalities, "/api/municipalities", 1),
    (visits, "/api/visits", 1),
    (agenda, "/api/visits/wwd-italy-2013", 12),
    (figures, "/api/municipalities/PL/300101", 5),
    (answers, "/api/analysis/bicycles-from-prison/PL/999901", 10),
    (visits, "/sitemap.xml", 13),
]
PAGES = [
    ("/en/practices/bicycles-from-prison/", 15),
    ("/en/organisations/cadiai/", 15),
    ("/en/contact/", 13),
    ("/en/method/", 3),
    ("/en/news/the-demonstration-opens/", 19),
    ("/en/no-such-page/", 8),
    ("/robots.txt", 0),
    ("/healthz", 0),
]


def warm(client: Client, address: str) -> None:
    """Ask once, so that what is asked once for all pages (content types, sites) is not counted."""
    client.get(address)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("kind", "address", "queries"), LISTS, ids=lambda one: getattr(one, "__name__", one))
def test_one_and_three_take_the_same_queries(
    kind: Callable[[int], None],
    address: str,
    queries: int,
    count: int,
    django_assert_num_queries: AssertQueries,
) -> None:
    client = Client()
    kind(count)
    warm(client, address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("address", "queries"), PAGES)
def test_a_page_takes_so_many_queries(
    address: str, queries: int, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    warm(client, address)
    with django_assert_num_queries(queries):
        client.get(address)
