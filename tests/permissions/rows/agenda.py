"""Who gets what: agenda; and what could leak there."""

from __future__ import annotations

from sadzonka.visits.models import AgendaItem, Interpreter
from tests.chain import World
from tests.permissions.roles import ALL, CANARY, DESK, INSIDERS, NOBODY, NOT_ALLOWED, OVER, Row

# anonymous, stranger, participant, facilitator, editor, staff, controller, administrator
TRAVELLERS = (302, 404, 200, 200, 404, 200, 200, 200)
OUTSIDE = (302, 404, 404, 404, 404, 404, 404, 404)
ASKING_NOBODY = (302, 404, 404, 404, 404, 422, 404, 422)

ROWS: list[Row] = [
    # The interpreter's name is on the agenda of those who travel, and nowhere public.
    Row("visit_agenda", "/en/visits/under-way/agenda/", "GET", TRAVELLERS, CANARY),
    Row("visit_agenda", "/en/visits/wwd-italy-2013/agenda/", "GET", DESK, "Agenda"),
    Row("visit_agenda", "/en/visits/draft-visit/agenda/", "GET", DESK, CANARY),
    Row("visit_agenda", "/en/visits/unknown/agenda/", "GET", OUTSIDE),
    Row("visit_agenda", "/en/visits/under-way/agenda/", "POST", NOT_ALLOWED),
    Row("visit", "/en/visits/under-way/", "GET", ALL, "With an interpreter"),
    Row("visit_calendar", "/en/visits/under-way/agenda.ics", "GET", ALL, "SUMMARY"),
    Row("visit_calendar", "/en/visits/wwd-italy-2013/agenda.ics", "GET", ALL, "BEGIN:VCALENDAR"),
    Row("visit_calendar", "/en/visits/draft-visit/agenda.ics", "GET", INSIDERS, CANARY),
    Row("visit_calendar", "/en/visits/unknown/agenda.ics", "GET", NOBODY),
    Row("visit_calendar", "/en/visits/under-way/agenda.ics", "POST", NOT_ALLOWED),
    # What hosts remark is for staff and controllers.
    Row("host_requests", "/en/visits/under-way/desk/hosts/", "GET", DESK, CANARY),
    Row("host_requests", "/en/visits/draft-visit/desk/hosts/", "GET", DESK, CANARY),
    Row("host_requests", "/en/visits/unknown/desk/hosts/", "GET", OUTSIDE),
    Row("host_requests", "/en/visits/wwd-italy-2013/desk/hosts/", "POST", ASKING_NOBODY),
    Row("host_requests", "/en/visits/under-way/desk/hosts/", "PUT", NOT_ALLOWED),
    Row("hosting", "/en/hosting/wrong-token/", "GET", OVER),
    Row("hosting", "/en/hosting/wrong-token/", "POST", OVER),
    Row("hosting", "/en/hosting/wrong-token/", "PUT", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant what could leak, with the canary in its texts."""
    interpreter = Interpreter.objects.create(name=CANARY, email="canary@example.org")
    AgendaItem.objects.filter(visit=world.visit).update(
        interpreter=interpreter, host_reply="declined", host_replied_by=CANARY, host_note=CANARY
    )
