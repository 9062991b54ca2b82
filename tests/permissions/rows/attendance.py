"""Who gets what: attendance and its papers; and what could leak there."""

from __future__ import annotations

from sadzonka.visits.models import AgendaItem, Application, Attendance, Visit
from tests import factories
from tests.chain import World, application, call_for
from tests.permissions.roles import ALL, CANARY, DESK, NOBODY, NOT_ALLOWED, Row

FACILITATOR_TOO = (302, 404, 404, 200, 404, 200, 200, 200)  # who leads the debriefs notes who was there
OWN = (302, 404, 200, 404, 404, 200, 200, 200)
NOBODY_SIGNED_IN = (302, 404, 404, 404, 404, 404, 404, 404)
SECRET, ATTENDED, UNDER_WAY = (f"/en/visits/{slug}/" for slug in ("secret", "attended", "under-way"))

ROWS: list[Row] = [
    Row("attendance", f"{SECRET}desk/attendance/", "GET", FACILITATOR_TOO, CANARY),
    Row("attendance", f"{SECRET}desk/attendance/", "POST", (302, *NOT_ALLOWED[1:])),
    Row("attendance", "/en/visits/unknown/desk/attendance/", "GET", NOBODY_SIGNED_IN),
    Row("attendance", f"{ATTENDED}desk/attendance/", "GET", DESK, CANARY),
    Row("attendance_item", f"{SECRET}desk/attendance/first/", "GET", FACILITATOR_TOO, CANARY),
    Row(
        "attendance_item", f"{SECRET}desk/attendance/first/", "POST", (302, 404, 404, 302, 404, 302, 404, 302)
    ),
    Row("attendance_item", f"{SECRET}desk/attendance/first/", "PUT", (302, *NOT_ALLOWED[1:])),
    Row("attendance_item", f"{SECRET}desk/attendance/unknown/", "GET", NOBODY_SIGNED_IN),
    Row("attendance_list", f"{SECRET}papers/attendance-first.pdf", "GET", FACILITATOR_TOO, CANARY),
    Row("attendance_list", f"{SECRET}papers/attendance-first.pdf", "POST", (302, *NOT_ALLOWED[1:])),
    Row("attendance_list", f"{SECRET}papers/attendance-2026-09-09.pdf", "GET", NOBODY_SIGNED_IN),
    Row("programme", f"{UNDER_WAY}papers/programme.pdf", "GET", ALL, "Programme of the visit"),
    Row(
        "programme", f"{SECRET}papers/programme.pdf", "GET", (404, 404, 404, 404, 404, 200, 200, 200), CANARY
    ),
    Row("programme", "/en/visits/unknown/papers/programme.pdf", "GET", NOBODY),
    Row("programme", f"{UNDER_WAY}papers/programme.pdf", "POST", NOT_ALLOWED),
    Row("certificate", f"{ATTENDED}papers/certificate-MAREKAA.pdf", "GET", OWN, "Marek"),
    Row("certificate", f"{ATTENDED}papers/certificate-WASHERE.pdf", "GET", DESK, CANARY),
    Row("certificate", f"{ATTENDED}papers/certificate-ABSENTA.pdf", "GET", NOBODY_SIGNED_IN),
    Row("certificate", f"{SECRET}papers/certificate-SECRETA.pdf", "GET", NOBODY_SIGNED_IN),
    Row("certificate", f"{UNDER_WAY}papers/certificate-MAREKAA.pdf", "GET", NOBODY_SIGNED_IN),
    Row("certificate", f"{ATTENDED}papers/certificate-MAREKAA.pdf", "POST", (302, *NOT_ALLOWED[1:])),
    Row("certificates", f"{ATTENDED}papers/certificates.pdf", "GET", DESK, CANARY),
    Row("certificates", f"{SECRET}papers/certificates.pdf", "GET", NOBODY_SIGNED_IN),
    Row("certificates", f"{ATTENDED}papers/certificates.pdf", "POST", (302, *NOT_ALLOWED[1:])),
]


def plant(world: World) -> None:
    """Plant a draft that the facilitator leads, and a visit that is over, each with its participants."""
    secret = _visit("secret", Visit.State.DRAFT, CANARY)
    secret.facilitators.add(world.facilitator)
    secret.save()
    _participant(secret, CANARY, "SECRETA", was_there=True)
    attended = _visit("attended", Visit.State.ARCHIVED, "A meeting")
    _participant(attended, CANARY, "WASHERE", was_there=True)
    _participant(attended, "Marek", "MAREKAA", was_there=True, person=world.marek)
    _participant(attended, "Jan", "ABSENTA", was_there=False)


def _visit(slug: str, state: str, text: str) -> Visit:
    visit = factories.visit(slug, "A visit", state=state)
    call_for(visit)
    factories.agenda_item(visit, "first", text)
    return visit


def _participant(visit: Visit, name: str, reference: str, *, was_there: bool, **fields: object) -> None:
    confirmed = Application.State.CONFIRMED
    one = application(visit.call, name, reference=reference, state=confirmed, **fields)
    Attendance.objects.create(item=AgendaItem.objects.get(visit=visit), participant=one, is_present=was_there)
