"""Calls that are open or have just closed, and applications as they stand then."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.utils import timezone

from sadzonka.outbox.links import link_of_token
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person
from sadzonka.visits.models import Application, Call, Visit
from sadzonka.visits.recruitment.choices import Choice
from tests import factories
from tests.chain import application, call_for

State = Application.State
DAY = dt.timedelta(days=1)

FORM = {
    "first_name": "Marek",
    "last_name": "Kowalski",
    "email": "marek@example.org",
    "phone": "600 000 000",
    "municipality": "300101",
    "institution": "Urząd Miejski w Chodzieży",
    "position": "inspektor",
    "superior_name": "Anna Wójt",
    "superior_email": "wojt@example.org",
    "motivation": "We look for a way to renovate bicycles.",
    "needs": "",
    "notice": "on",
    "pictures": "",
    "left_empty": "",
    "go": "send",
}


def open_call(**fields: Any) -> Call:
    """Make a call that is open, for a visit in two months."""
    return _call(Visit.State.RECRUITING, {"closes_at": timezone.now() + 10 * DAY, **fields})


def closed_call(**fields: Any) -> Call:
    """Make a call that closed yesterday, for a visit in two months whose participants are being chosen."""
    return _call(Visit.State.SELECTING, {"closes_at": timezone.now() - DAY, **fields})


def _call(state: Visit.State, fields: dict[str, Any]) -> Call:
    starts_on = timezone.localdate() + 60 * DAY
    visit = factories.visit(
        "to-go", "A visit to go on", state=state, starts_on=starts_on, ends_on=starts_on + 2 * DAY
    )
    return call_for(visit, **{"opens_at": timezone.now() - 20 * DAY, **fields})


def eligible(call: Call, name: str, *, code: str = "300101", **fields: Any) -> Application:
    """Make an application that can be decided on: checked and delegated."""
    return application(
        call, name, code=code, **{"state": State.ELIGIBLE, "delegated_at": timezone.now(), **fields}
    )


def chosen(call: Call, name: str, *, code: str = "300101", **fields: Any) -> Application:
    """Make an application that is offered a place for a week."""
    return eligible(
        call, name, code=code, **{"state": State.CHOSEN, "answer_by": timezone.now() + 7 * DAY, **fields}
    )


def reserve(call: Call, name: str, position: int, *, code: str = "300101", **fields: Any) -> Application:
    """Make an application on the reserve list."""
    return eligible(call, name, code=code, state=State.RESERVE, reserve_position=position, **fields)


def choice(
    of: Application, decision: str, *, reason: str = "Because.", position: int | None = None
) -> Choice:
    return Choice(of.pk, of.revision, str(decision), reason, position)


def form(**changes: Any) -> dict[str, Any]:
    """Return what a browser sends, with a nonce of its own."""
    return {"nonce": str(uuid.uuid4()), **FORM, **changes}


def state_of(of: Application) -> str:
    of.refresh_from_db()
    return of.state


def link_in(mail: Mail, purpose: str = "application") -> str:
    """Return the path of the signed link in a mail."""
    found = re.search(rf"https?://[^/]+(/\w\w/{purpose}/\S+/)", mail.body)
    assert found, mail.body
    return found[1]


def subject_of(path: str, purpose: str = "application") -> int:
    return link_of_token(Link.Purpose(purpose), path.rstrip("/").split("/")[-1]).subject_id


def mails_to(email: str) -> list[tuple[str, str]]:
    """Return the subjects and states of the mails to somebody, in the order they were stored."""
    return list(Mail.objects.filter(recipient=email).order_by("pk").values_list("subject", "state"))


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    """Return what stands beside each field of a page."""
    found: dict[str, list[str]] = {}
    for listed in page(answer).select("ul.errorlist"):
        field = str(listed.get("id", "")).removeprefix("id_").removesuffix("_error") or "form"
        found[field] = [item.text for item in listed.find_all("li")]
    return found


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).find("main").get_text(" ").split())


def reviewer(call: Call, person: Person) -> Person:
    call.reviewers.add(person)
    return person
