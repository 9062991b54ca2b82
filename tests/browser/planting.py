"""Fill a served database with the world of the permission matrix; run as a program, it prints its keys."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from typing import TYPE_CHECKING

import django
from django.conf import settings

if TYPE_CHECKING:
    from sadzonka.people.models import Person


def main() -> None:
    """Print who is signed in by which session cookie, and the addresses that nobody can guess."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sadzonka.settings")
    django.setup()
    from django.db import transaction  # noqa: PLC0415 - these need the settings

    with transaction.atomic():
        keys = plant()
    sys.stdout.write(json.dumps(keys))


def plant() -> dict[str, dict[str, str]]:
    """Plant what the matrix plants, a choice under way, adoptions, and letters that a host has received."""
    from sadzonka.people.actions import create_account  # noqa: PLC0415
    from sadzonka.people.rules import CONTROLLER, STAFF  # noqa: PLC0415
    from tests.chain import visit_under_way  # noqa: PLC0415
    from tests.permissions.conftest import plant as plant_matrix  # noqa: PLC0415

    make_room()
    world = visit_under_way()
    plant_matrix(world)
    people = {
        "stranger": create_account(email="stranger@browser.example.org", name="Nieznajoma"),
        "participant": world.marek,
        "facilitator": world.facilitator,
        "editor": world.editor,
        "staff": create_account(email="staff@browser.example.org", name="Ewa", roles=[STAFF]),
        "controller": create_account(
            email="controller@browser.example.org", name="Kontroler", roles=[CONTROLLER]
        ),
        "administrator": create_account(
            email="admin@browser.example.org", name="Admin", is_administrator=True
        ),
    }
    plant_choice()
    plant_adoptions(people["staff"])
    from tests.permissions.rows.recruitment import APPLICATION, DELEGATION  # noqa: PLC0415

    signed = {"application": APPLICATION, "delegation": DELEGATION}  # with this installation's key
    return {
        "sessions": {role: session_of(person) for role, person in people.items()},
        "letters": signed | letters_to_a_host(people["staff"]),
    }


def make_room() -> None:
    """Move those of the demonstration whose addresses the people of the tests have."""
    from django.db.models import F, Value  # noqa: PLC0415
    from django.db.models.functions import Concat  # noqa: PLC0415

    from sadzonka.people.models import Person  # noqa: PLC0415

    both = Person.objects.filter(email__in=["marek@example.org", "zofia@example.org"])
    both.update(email=Concat(Value("demo-"), F("email")))


def plant_choice() -> None:
    """Plant a call that has closed, with five people to choose from and two on the way."""
    from django.utils import timezone  # noqa: PLC0415

    from sadzonka.organisations.models import Organisation  # noqa: PLC0415
    from sadzonka.visits.models import Application, Visit  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415
    from tests.chain import application, call_for  # noqa: PLC0415

    now, starts_on = timezone.now(), timezone.localdate() + dt.timedelta(days=40)
    visit = factories.visit(
        "choosing", "A choice under way", state=Visit.State.SELECTING, starts_on=starts_on, ends_on=starts_on
    )
    factories.agenda_item(
        visit,
        "first",
        "A meeting",
        held_on=starts_on,
        starts_at=dt.time(9),
        host=Organisation.objects.get(slug="cadiai"),
        host_email="chiara@example.org",
    )
    call = call_for(visit, opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(days=3))
    state = Application.State
    for name, stands in (
        ("Jagoda", state.ELIGIBLE),
        ("Konstantynopolitańczykowianeczka", state.ELIGIBLE),
        ("Tadeusz", state.CHOSEN),
        ("Urszula", state.RESERVE),
        ("Wanda", state.CONFIRMED),
    ):
        position = 1 if stands == state.RESERVE else None
        application(call, name, state=stands, delegated_at=now, reserve_position=position)


def plant_adoptions(staff: Person) -> None:
    """Plant how a practice ended with six municipalities: it lasts, was given up, turned down, is elsewhere.

    So precedents are near and far and not comparable, and what its card calls necessary can be tested.
    """
    from tests.transfer.adoption.stories import climb, decided, precedent  # noqa: PLC0415

    given_up = (("started", "2022-09-01"), ("abandoned", "2023-01-31"))
    delivered = (("started", "2022-09-01"), ("delivered", "2022-12-01"))
    for code, *path in (
        ("300103", *delivered, ("sustained-12", "2023-12-01")),
        ("302101", *delivered),
        ("300104", *given_up),
        ("302102", *given_up),
    ):
        adoption = decided(staff, code=code).plan.adoption
        climb(adoption, staff, *path, reason="The workshop has closed.", source="A report of the council")
    decided(staff, code="300105", outcome="declined", reason="The prison is too far away.")
    precedent(staff, "037006", adaptations="Without a shop")


def letters_to_a_host(staff: Person) -> dict[str, str]:
    """Return the addresses by which a host answers: whether a meeting suits, and a question."""
    from django.utils import timezone  # noqa: PLC0415

    from sadzonka.conversations.models import Question  # noqa: PLC0415
    from sadzonka.outbox.models import Link  # noqa: PLC0415
    from sadzonka.visits.agenda.actions import ask_hosts  # noqa: PLC0415
    from sadzonka.visits.models import AgendaItem  # noqa: PLC0415

    item = AgendaItem.objects.get(visit__slug="choosing")
    ask_hosts(visit=item.visit, items=[item], by=staff)
    question = Link.objects.create(
        purpose=Link.Purpose.QUESTION,
        subject_id=Question.objects.get(text="Asked lately").pk,
        language="en",
        expires_at=timezone.now() + dt.timedelta(days=9),
    )
    hosting = Link.objects.get(purpose=Link.Purpose.HOSTING, subject_id=item.pk)
    return {"hosting": f"/en/hosting/{hosting.token}/", "question": f"/en/question/{question.token}/"}


def session_of(person: Person) -> str:
    """Sign somebody in and return their session cookie."""
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    main()
