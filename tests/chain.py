"""A visit under way, small but whole: what tests of the chain start from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from sadzonka.organisations.models import Organisation
from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Application, Call, CallCriterion, Visit
from tests import factories

START = dt.date(2026, 9, 1)  # of the visit of factories.visit


@dataclass
class World:
    """A confirmed visit of three days with a closed call, and its people.

    `marek` takes part for 300101 (Chodzież), `facilitator` leads the debriefs, `editor` keeps what PL
    300101 does; `neighbour` takes part for 300102 and belongs to nobody else's municipality.
    """

    visit: Visit
    call: Call
    items: list[AgendaItem]
    marek: Person
    neighbour: Person
    facilitator: Person
    editor: Person
    applications: dict[str, Application] = field(default_factory=dict)


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    """Return an hour of a day in the site's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def call_for(visit: Visit, **fields: Any) -> Call:
    """Make a call that has closed before the visit starts, with two criteria."""
    call = Call.objects.create(
        **{
            "visit": visit,
            "opens_at": at(visit.starts_on - dt.timedelta(days=60)),
            "closes_at": at(visit.starts_on - dt.timedelta(days=30)),
            "places": 12,
            "municipality_limit": 2,
            "rules": factories.words("The rules of the call."),
            "notice": factories.words("What becomes of the data."),
            **fields,
        }
    )
    for order, name in enumerate(("Role at home", "Plan for afterwards"), start=1):
        CallCriterion.objects.create(call=call, sort_order=order, name=factories.words(name))
    return call


def application(call: Call, name: str, *, code: str = "300101", **fields: Any) -> Application:
    """Make a complete application, sent unless its state says otherwise."""
    return Application.objects.create(
        **{
            "call": call,
            "state": Application.State.SUBMITTED,
            "language": "en",
            "first_name": name,
            "last_name": "Nowak",
            "email": f"{name.lower()}@example.org",
            "municipality": factories.municipality(code),
            "institution": "Urząd Gminy",
            "position": "inspector",
            "superior_name": "Anna Wójt",
            "superior_email": "wojt@example.org",
            "motivation": "We look for a way to renovate bicycles.",
            "notice_read_at": call.opens_at,
            "notice_version": call.notice_version,
            "submitted_at": call.opens_at + dt.timedelta(days=1),
            **fields,
        }
    )


def participant(call: Call, name: str, *, code: str = "300101") -> Application:
    """Make a confirmed participant with an account, who may speak for their municipality."""
    person = create_account(email=f"{name.lower()}@example.org", name=name)
    affiliate(person=person, municipality=factories.municipality(code), group=Affiliation.Group.OFFICE)
    return application(
        call, name, code=code, state=Application.State.CONFIRMED, person=person, delegated_at=call.closes_at
    )


@pytest.fixture
def world(db: None) -> World:
    """Return a visit under way with its people."""
    return visit_under_way()


def visit_under_way() -> World:
    """Make a visit under way with its people."""
    visit = factories.visit("under-way", "A visit under way", state=Visit.State.CONFIRMED)
    call = call_for(visit)
    practice = Practice.objects.get(slug="bicycles-from-prison")
    items = [
        factories.agenda_item(
            visit,
            f"item-{number}",
            f"Item {number}",
            sort_order=number,
            held_on=START + dt.timedelta(days=number // 2),
            starts_at=dt.time(9 + 4 * (number % 2)),
            ends_at=dt.time(11 + 4 * (number % 2)),
            host=Organisation.objects.get(slug="cadiai"),
            host_email="chiara@example.org",
            host_language="it",
            municipality=factories.municipality("037006", "IT"),
        )
        for number in range(3)
    ]
    items[0].practices.add(practice)
    items[0].save()
    marek, neighbour = participant(call, "Marek"), participant(call, "Zofia", code="300102")
    facilitator = create_account(email="facilitator@example.org", name="Halina")
    visit.facilitators.add(facilitator)
    visit.save()
    editor = create_account(email="editor@example.org", name="Teresa")
    affiliate(
        person=editor,
        municipality=factories.municipality(),
        group=Affiliation.Group.COUNCIL,
        is_editor=True,
    )
    assert marek.person is not None
    assert neighbour.person is not None
    return World(
        visit=visit,
        call=call,
        items=items,
        marek=marek.person,
        neighbour=neighbour.person,
        facilitator=facilitator,
        editor=editor,
        applications={"marek": marek, "neighbour": neighbour},
    )
