"""Staff tick the items whose hosts are to be written to, and see what they answered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.visits.models import AgendaItem
from tests.chain import World

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("_three_weeks_before")
ADDRESS = "/en/visits/under-way/desk/hosts/"


def test_ticked_hosts_get_a_drafted_mail(world: World, ewa: Person, signed_in: SignIn) -> None:
    client, ticked = signed_in(ewa), [world.items[0].pk, world.items[2].pk]
    answer = client.post(ADDRESS, {"items": ticked})
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    assert [mail.state for mail in Mail.objects.all()] == ["draft", "draft"]
    assert list(AgendaItem.objects.filter(host_reply="asked").values_list("pk", flat=True)) == ticked
    assert "2 mails are written." in client.get(ADDRESS).content.decode()


def test_pressing_twice_writes_one_mail(world: World, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    for _time in range(2):
        assert client.post(ADDRESS, {"items": [world.items[0].pk]}).status_code == 302
    assert Mail.objects.count() == 1


def test_nothing_ticked_is_said(world: World, ewa: Person, signed_in: SignIn) -> None:
    answer = signed_in(ewa).post(ADDRESS, {})
    assert (answer.status_code, answer.context["form"].errors["items"]) == (422, ["Tick at least one item."])
    assert Mail.objects.count() == 0


def test_an_item_of_another_visit_is_refused(world: World, ewa: Person, signed_in: SignIn) -> None:
    other = AgendaItem.objects.filter(visit__slug="wwd-italy-2013").first()
    assert other
    answer = signed_in(ewa).post(ADDRESS, {"items": [other.pk]})
    assert (answer.status_code, Mail.objects.count()) == (422, 0)


def test_what_stands_in_the_way_is_said_and_the_ticks_are_kept(
    world: World, ewa: Person, signed_in: SignIn
) -> None:
    first, second, _third = world.items
    AgendaItem.objects.filter(pk=second.pk).update(host_email="")
    client = signed_in(ewa)
    assert "The host’s e-mail address is missing." in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, {"items": [first.pk, second.pk]})
    assert answer.status_code == 422
    assert answer.context["form"].errors["items"] == ["Item 1: The host’s e-mail address is missing."]
    assert f'value="{first.pk}" checked' in answer.content.decode()
    assert Mail.objects.count() == 0


def test_a_controller_reads_and_asks_nobody(world: World, controller: Person, signed_in: SignIn) -> None:
    client = signed_in(controller)
    page = client.get(ADDRESS).content.decode()
    assert "chiara@example.org" in page
    assert 'type="checkbox"' not in page
    assert client.post(ADDRESS, {"items": [world.items[0].pk]}).status_code == 404
    assert Mail.objects.count() == 0


def test_an_agenda_without_hosts_says_what_to_do(world: World, ewa: Person, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(visit=world.visit).update(kind="travel", host=None, host_email="")
    assert "Add meetings with their hosts" in signed_in(ewa).get(ADDRESS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_items_take_the_same_queries(
    count: int, world: World, ewa: Person, signed_in: SignIn, django_assert_num_queries: AssertQueries
) -> None:
    AgendaItem.objects.filter(pk__in=[item.pk for item in world.items[count:]]).delete()
    client = signed_in(ewa)
    client.get(ADDRESS)
    with django_assert_num_queries(10):
        assert client.get(ADDRESS).status_code == 200
