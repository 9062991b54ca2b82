"""What everybody sees of visits, and in which order."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Series, Visit
from sadzonka.visits.queries import announced_visits, versions_seen_on, visit_whole
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state for state in Visit.State.values if state != "draft"])
def test_a_visit_is_seen_in_every_state_but_draft(state: str, client: Client) -> None:
    factories.visit("one", "One", state=state)
    assert client.get("/en/visits/one/").context["visit"].state == state
    assert "one" in {visit.slug for visit in announced_visits()}


def test_visits_stand_series_by_series_the_newest_first(client: Client) -> None:
    other = Series.objects.create(slug="a", name=factories.words("A"), description=factories.words("A"))
    factories.visit("later", "x", starts_on=dt.date(2026, 9, 2))
    factories.visit("other", "x", series=other)
    shown = [visit.slug for visit in client.get("/en/visits/").context["visits"]]
    assert shown == ["other", "later", "wwd-italy-2013"]


def test_an_agenda_is_in_order_and_what_has_no_day_comes_last() -> None:
    visit = factories.visit("one", "One")
    for key, day, order in (("c", None, 1), ("b", 2, 2), ("a", 2, 1), ("first", 1, 9)):
        held_on = dt.date(2026, 9, day) if day else None
        factories.agenda_item(visit, key, key, held_on=held_on, sort_order=order)
    assert [item.key for item in visit_whole("one").agenda.all()] == ["first", "a", "b", "c"]


def test_a_card_seen_twice_is_listed_once_and_a_draft_not_at_all() -> None:
    visit, shown = factories.visit("one", "One"), Practice.objects.get(slug="bicycles-from-prison")
    draft = factories.practice("draft")
    factories.version(draft, "Draft")
    for key in ("a", "b"):
        item = factories.agenda_item(visit, key, key)
        item.practices.set([shown, draft])
        item.save()
    assert [version.practice.slug for version in versions_seen_on(visit)] == ["bicycles-from-prison"]


def test_a_visit_cannot_end_before_it_starts() -> None:
    days = {"starts_on": dt.date(2026, 9, 2), "ends_on": dt.date(2026, 9, 1)}
    with pytest.raises(ValidationError) as refusal:
        Visit(**days).clean()
    assert list(refusal.value.message_dict) == ["ends_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.visit("one", "One", **days)


@pytest.mark.parametrize(("day", "wrong"), [(1, []), (3, []), (4, ["held_on"])])
def test_an_agenda_item_is_on_a_day_of_its_visit(day: int, wrong: list[str]) -> None:
    item = AgendaItem(visit=factories.visit("one", "One"), held_on=dt.date(2026, 9, day))
    assert factories.wrong_fields(item) == wrong
