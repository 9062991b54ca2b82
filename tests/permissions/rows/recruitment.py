"""Who gets what: recruitment; and what could leak there."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from sadzonka.outbox.models import Link, signer
from sadzonka.visits.models import Application, CallCriterion, Score, Visit
from tests import factories
from tests.chain import World, application, call_for
from tests.permissions.roles import ALL, CANARY, DESK, MOVED, NOBODY, NOT_ALLOWED, OVER, Row

MINE, SUPERIORS, LAPSED = 900_001, 900_002, 900_003  # numbers of the planted links
DESK_WRITTEN = (302, 404, 404, 404, 404, 422, 404, 422)  # written by staff; the rows send nothing valid
ALL_INVALID = (422,) * 8
OPEN, HERE = "/en/visits/open-call/", "/en/visits/under-way/desk/"


def token(number: int, purpose: str) -> str:
    return signer(purpose).sign(str(number))


APPLICATION = f"/en/application/{token(MINE, 'application')}/"
DELEGATION = f"/en/delegation/{token(SUPERIORS, 'delegation')}/"

ROWS: list[Row] = [
    # --- everybody
    Row("apply", f"{OPEN}apply/", "GET", ALL, "Save and go on later"),
    Row("apply", f"{OPEN}apply/?written=1", "GET", ALL, "We have written to you"),
    Row("apply", f"{OPEN}apply/", "POST", ALL_INVALID),
    Row("apply", f"{OPEN}apply/", "PUT", NOT_ALLOWED),
    Row("apply", "/en/visits/under-way/apply/", "GET", ALL, "The call has closed."),
    Row("apply", "/en/visits/under-way/apply/", "POST", ALL, "The call has closed."),
    Row("apply", "/en/visits/wwd-italy-2013/apply/", "GET", NOBODY),
    Row("apply", "/en/visits/draft-visit/apply/", "GET", NOBODY),
    Row("apply", "/en/visits/unknown/apply/", "GET", NOBODY),
    Row("visit", OPEN, "GET", ALL, f"{OPEN}apply/"),
    # --- whoever holds the link, signed in or not
    Row("application", APPLICATION, "GET", ALL, CANARY),
    Row("application", APPLICATION, "POST", MOVED, APPLICATION),
    Row("application", APPLICATION, "DELETE", NOT_ALLOWED),
    Row("application", f"/en/application/{token(SUPERIORS, 'application')}/", "GET", OVER),
    Row("application", f"/en/application/{token(MINE, 'delegation')}/", "GET", OVER),
    Row("application", f"/en/application/{token(LAPSED, 'application')}/", "GET", OVER),
    Row("application", "/en/application/wrong/", "GET", OVER),
    Row("application", "/en/application/wrong/", "POST", OVER),
    Row("application_answer", f"{APPLICATION}answer/?answer=withdraw", "GET", ALL, "Are you sure?"),
    Row("application_answer", f"{APPLICATION}answer/?answer=accept", "GET", MOVED, APPLICATION),
    Row("application_answer", f"{APPLICATION}answer/", "POST", MOVED, APPLICATION),
    Row("application_answer", f"{APPLICATION}answer/", "PUT", NOT_ALLOWED),
    Row("application_answer", "/en/application/wrong/answer/", "GET", OVER),
    Row("application_answer", "/en/application/wrong/answer/", "POST", OVER),
    Row("delegation", DELEGATION, "GET", ALL, "Do you send this person?"),
    Row("delegation", DELEGATION, "POST", ALL_INVALID),
    Row("delegation", DELEGATION, "PUT", NOT_ALLOWED),
    Row("delegation", f"/en/delegation/{token(MINE, 'delegation')}/", "GET", OVER),
    Row("delegation", f"/en/delegation/{token(SUPERIORS, 'application')}/", "GET", OVER),
    Row("delegation", "/en/delegation/wrong/", "GET", OVER),
    Row("delegation", "/en/delegation/wrong/", "POST", OVER),
    # --- the desk
    Row("call_edit", f"{HERE}call/", "GET", DESK, "The rules of the call."),
    Row("call_edit", "/en/visits/draft-visit/desk/call/", "GET", DESK, CANARY),
    Row("call_edit", f"{HERE}call/", "POST", DESK_WRITTEN),
    Row("call_edit", f"{HERE}call/", "PUT", NOT_ALLOWED),
    Row("call_edit", "/en/visits/unknown/desk/call/", "GET", (302, *NOBODY[1:])),
    Row("applications", f"{HERE}applications/", "GET", DESK, CANARY),
    Row("applications", f"{HERE}applications/?state=submitted", "GET", DESK, CANARY),
    Row("applications", f"{HERE}applications/", "POST", NOT_ALLOWED),
    Row("applications", "/en/visits/wwd-italy-2013/desk/applications/", "GET", (302, *NOBODY[1:])),
    Row("application_desk", f"{HERE}applications/RECRU22/", "GET", DESK, CANARY),
    Row("application_desk", f"{OPEN}desk/applications/RECRU55/", "POST", DESK_WRITTEN),
    Row("application_desk", f"{HERE}applications/RECRU22/", "PUT", NOT_ALLOWED),
    Row("application_desk", f"{HERE}applications/RECRU44/", "GET", (302, *NOBODY[1:])),
    Row("application_desk", f"{HERE}applications/UNKNOWN/", "GET", (302, *NOBODY[1:])),
    Row("choice", f"{HERE}choice/", "GET", DESK, CANARY),
    Row("choice", f"{OPEN}desk/choice/", "POST", DESK_WRITTEN),
    Row("choice", f"{HERE}choice/", "PUT", NOT_ALLOWED),
    Row("choice", "/en/visits/unknown/desk/choice/", "GET", (302, *NOBODY[1:])),
]


def plant(world: World) -> None:
    """Plant an open call with an application behind links, and one whose every text is the canary."""
    now, starts_on = timezone.now(), timezone.localdate() + dt.timedelta(days=60)
    call = call_for(
        factories.visit(
            "open-call", "An open call", state=Visit.State.RECRUITING, starts_on=starts_on, ends_on=starts_on
        ),
        opens_at=now - dt.timedelta(days=1),
        closes_at=now + dt.timedelta(days=10),
    )
    secret = {
        "phone": CANARY,
        "motivation": CANARY,
        "needs": CANARY,
        "delegation_note": "",
        "superior_email": f"{CANARY}@example.org",
    }
    application(call, "Plain", reference="RECRU55")
    mine = application(call, "Jagoda", reference="RECRU44", **secret)
    for number, purpose, ends_at in (
        (MINE, Link.Purpose.APPLICATION, now + dt.timedelta(days=9)),
        (SUPERIORS, Link.Purpose.DELEGATION, now + dt.timedelta(days=9)),
        (LAPSED, Link.Purpose.APPLICATION, now),
    ):
        Link.objects.create(pk=number, purpose=purpose, subject_id=mine.pk, language="en", expires_at=ends_at)
    for reference, state in (
        ("RECRU22", Application.State.SUBMITTED),
        ("RECRU33", Application.State.ELIGIBLE),
    ):
        one = application(
            world.call,
            CANARY,
            reference=reference,
            state=state,
            institution=CANARY,
            position=CANARY,
            **secret,
        )
        one.changes.create(state=state, reason=CANARY)
    criterion = CallCriterion.objects.filter(call=world.call).first()
    assert criterion is not None
    Score.objects.create(
        application=one, criterion=criterion, reviewer=world.facilitator, points=1, reason=CANARY
    )
