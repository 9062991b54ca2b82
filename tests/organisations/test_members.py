"""Who belonged to a consortium on a day, and who perhaps did."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from sadzonka.organisations.models import Membership, Organisation
from sadzonka.organisations.queries import members_at

pytestmark = pytest.mark.django_db
ADDRESS = "/en/organisations/consorzio-aldebaran/"


@pytest.fixture
def consortium() -> Organisation:
    """Give a consortium three members: since 2010, from 2005 to 2012, since nobody knows when."""
    group = Organisation.objects.get(slug="consorzio-aldebaran")
    group.ties.all().delete()
    for slug, begin, end in (
        ("cadiai", dt.date(2010, 1, 1), None),
        ("camst", dt.date(2005, 1, 1), dt.date(2012, 12, 31)),
        ("open-group", None, dt.date(2020, 6, 30)),
    ):
        member = Organisation.objects.get(slug=slug)
        Membership.objects.create(member=member, group=group, valid_from=begin, valid_to=end)
    return group


@pytest.mark.parametrize(
    ("day", "certain", "uncertain", "outside"),
    [
        (dt.date(2004, 12, 31), set(), {"open-group"}, {"cadiai", "camst"}),
        (dt.date(2005, 1, 1), {"camst"}, {"open-group"}, {"cadiai"}),
        (dt.date(2012, 12, 31), {"cadiai", "camst"}, {"open-group"}, set()),
        (dt.date(2013, 1, 1), {"cadiai"}, {"open-group"}, {"camst"}),
        (dt.date(2020, 7, 1), {"cadiai"}, set(), {"camst", "open-group"}),
    ],
)
def test_members_come_and_go(
    day: dt.date, certain: set[str], uncertain: set[str], outside: set[str], consortium: Organisation
) -> None:
    found = members_at(consortium, day)
    kinds = (found.certain, found.uncertain, found.outside)
    assert [{tie.member.slug for tie in ties} for ties in kinds] == [certain, uncertain, outside]


def test_the_page_shows_the_members_of_the_day_asked_for(consortium: Organisation, client: Client) -> None:
    answer = client.get(ADDRESS, {"date": "2005-01-01"})
    found = answer.context["members"]
    assert ([tie.member.slug for tie in found.certain], found.day) == (["camst"], dt.date(2005, 1, 1))
    part = client.get(ADDRESS, {"date": "2005-01-01"}, headers={"hx-request": "true", "hx-target": "members"})
    assert "<html" not in part.content.decode()
    whole = BeautifulSoup(answer.content, "html.parser").find(id="members")
    assert " ".join(BeautifulSoup(part.content, "html.parser").text.split()) in " ".join(whole.text.split())


def test_nobody_is_a_member_of_itself(consortium: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=consortium, group=consortium)


def test_a_membership_cannot_end_before_it_begins(consortium: Organisation) -> None:
    days = {"valid_from": dt.date(2012, 1, 2), "valid_to": dt.date(2012, 1, 1)}
    with pytest.raises(ValidationError) as refusal:
        Membership(member=consortium, group=consortium, **days).clean()
    assert list(refusal.value.message_dict) == ["valid_to"]


@pytest.mark.parametrize(
    ("country", "codes"), [("it", {"IT"}), ("PL", {"PL"}), ("XX", {"PL", "IT"}), ("", {"PL", "IT"})]
)
def test_the_directory_shows_the_country_asked_for(country: str, codes: set[str], client: Client) -> None:
    listed = client.get("/en/organisations/", {"country": country}).context["organisations"]
    assert {one.country_id for one in listed} == codes
