"""Who gets what: observation; and what could leak there."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, CANARY, NOBODY, NOT_ALLOWED, Row
from tests.visits.observation.talk import plant_debrief, plant_sheet

VISIT = "/en/visits/under-way"
INSIDE = (302, 404, 200, 200, 404, 200, 404, 200)  # people of the visit, and those who run it
WRITTEN = (302, 404, 422, 422, 404, 422, 404, 422)
LEAD = (302, 404, 404, 422, 404, 422, 404, 422)  # facilitators and staff
LED = (302, 404, 404, 302, 404, 302, 404, 302)
OUTSIDE = (302, 404, 404, 404, 404, 404, 404, 404)

ROWS: list[Row] = [
    # Zofia's sheet on item-0 is not shared: nobody of the matrix reads it, staff and administrators neither.
    Row("sheet", f"{VISIT}/sheets/item-0/", "GET", INSIDE, "What did we see?"),
    Row("sheet", f"{VISIT}/sheets/item-0/", "POST", WRITTEN),
    Row("sheet", f"{VISIT}/sheets/item-0/", "PUT", NOT_ALLOWED),
    Row("sheet", f"{VISIT}/sheets/unknown/", "GET", OUTSIDE),
    Row("sheet", "/en/visits/unknown/sheets/item-0/", "GET", OUTSIDE),
    Row(
        "sheet",
        "/en/visits/draft-visit/sheets/first/",
        "GET",
        (302, 404, 404, 404, 404, 200, 404, 200),
        CANARY,
    ),
    Row("debriefs", f"{VISIT}/debriefs/", "GET", INSIDE, "sheets shared"),
    Row("debriefs", f"{VISIT}/debriefs/", "POST", NOT_ALLOWED),
    Row("debriefs", "/en/visits/unknown/debriefs/", "GET", OUTSIDE),
    Row("debrief", f"{VISIT}/debriefs/item-0/", "GET", INSIDE, "Where it stands"),
    Row("debrief", f"{VISIT}/debriefs/item-1/", "GET", INSIDE, CANARY),  # shared, not agreed yet
    Row("debrief", f"{VISIT}/debriefs/item-0/", "POST", LEAD),
    Row("debrief", f"{VISIT}/debriefs/item-1/", "PUT", NOT_ALLOWED),
    Row("debrief", f"{VISIT}/debriefs/unknown/", "GET", OUTSIDE),
    Row("debrief_reopen", f"{VISIT}/debriefs/item-1/reopen/", "POST", LED),  # is open: changes nothing
    Row("debrief_reopen", f"{VISIT}/debriefs/item-0/reopen/", "POST", OUTSIDE),  # not begun
    Row("debrief_reopen", f"{VISIT}/debriefs/item-1/reopen/", "GET", NOT_ALLOWED),
    Row("debrief_card", f"{VISIT}/debriefs/item-1/card/", "POST", LED),  # not agreed: makes nothing
    Row("debrief_card", f"{VISIT}/debriefs/item-0/card/", "POST", OUTSIDE),
    Row("debrief_card", f"{VISIT}/debriefs/item-1/card/", "GET", NOT_ALLOWED),
    Row(
        "debrief_idea",
        f"{VISIT}/debriefs/item-2/idea/",
        "GET",
        (302, 404, 404, 200, 404, 200, 404, 200),
        "<h1",
    ),
    Row("debrief_idea", f"{VISIT}/debriefs/item-2/idea/", "POST", LEAD),
    Row("debrief_idea", f"{VISIT}/debriefs/item-1/idea/", "GET", LED),  # not agreed yet
    Row("debrief_idea", f"{VISIT}/debriefs/item-0/idea/", "GET", OUTSIDE),
    Row("debrief_idea", f"{VISIT}/debriefs/item-2/idea/", "PUT", NOT_ALLOWED),
    Row("agreed_text", f"{VISIT}/agreed/item-2/", "GET", ALL, "What everybody may read"),
    Row("agreed_text", f"{VISIT}/agreed/item-1/", "GET", NOBODY),  # not agreed yet
    Row("agreed_text", f"{VISIT}/agreed/item-0/", "GET", NOBODY),
    Row("agreed_text", "/en/visits/unknown/agreed/item-2/", "GET", NOBODY),
    Row(
        "agreed_text",
        "/en/visits/draft-visit/agreed/first/",
        "GET",
        (404, 404, 404, 404, 404, 200, 200, 200),
        CANARY,
    ),
    Row("agreed_text", f"{VISIT}/agreed/item-2/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant a sheet nobody shared, a debrief nobody agreed, an agreed text on notes with the canary."""
    secret, open_one, agreed = world.items
    plant_sheet(secret, world.neighbour, CANARY, is_shared=False)
    plant_sheet(open_one, world.neighbour, CANARY, is_shared=True)
    plant_debrief(open_one, CANARY, is_agreed=False, by=world.facilitator)
    sheet = plant_sheet(agreed, world.neighbour, CANARY, is_shared=True)
    debrief = plant_debrief(agreed, "What everybody may read", is_agreed=True, by=world.facilitator)
    debrief.statements.get().notes.set(sheet.notes.filter(question="seen"))
    draft = type(world.visit).objects.get(slug="draft-visit").agenda.get()
    plant_debrief(draft, CANARY, is_agreed=True, by=world.facilitator)
