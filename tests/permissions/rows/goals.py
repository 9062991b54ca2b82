"""Who gets what: goals against evidence, and the closing news; and what could leak there."""

from __future__ import annotations

from sadzonka.visits.models import Evidence, Goal, Visit
from tests import factories
from tests.chain import World
from tests.permissions.roles import ALL, CANARY, INSIDERS, NOBODY, NOT_ALLOWED, Row

STAFF_ONLY = (302, 404, 404, 404, 404, 200, 302, 200)  # a controller is led to the page for everybody
NOBODY_SIGNED_IN = (302, 404, 404, 404, 404, 404, 404, 404)
STAFF_SEND_NOTHING = (302, 404, 404, 404, 404, 422, 404, 422)
STAFF_MOVE_ON = (302, 404, 404, 404, 404, 302, 404, 302)

ROWS: list[Row] = [
    Row("goals", "/en/visits/under-way/goals/", "GET", ALL, "Goals against evidence"),
    Row("goals", "/en/visits/draft-visit/goals/", "GET", INSIDERS, CANARY),
    Row("goals", "/en/visits/unknown/goals/", "GET", NOBODY),
    Row("goals", "/en/visits/under-way/goals/", "POST", NOT_ALLOWED),
    Row("goals_edit", "/en/visits/draft-visit/desk/goals/", "GET", STAFF_ONLY, CANARY),
    Row("goals_edit", "/en/visits/unknown/desk/goals/", "GET", NOBODY_SIGNED_IN),
    Row("goals_edit", "/en/visits/under-way/desk/goals/", "POST", STAFF_SEND_NOTHING),
    Row("goals_edit", "/en/visits/draft-visit/desk/goals/", "PUT", (302, *NOT_ALLOWED[1:])),
    Row("closing_news", "/en/visits/draft-visit/desk/closing-news/", "POST", STAFF_MOVE_ON),
    Row("closing_news", "/en/visits/unknown/desk/closing-news/", "POST", NOBODY_SIGNED_IN),
    Row("closing_news", "/en/visits/draft-visit/desk/closing-news/", "GET", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant a goal of a draft with its remark and evidence, and one that everybody sees."""
    Goal.objects.create(visit=world.visit, text=factories.words("A goal"))
    draft = Visit.objects.get(slug="draft-visit")
    goal = Goal.objects.create(
        visit=draft, text=factories.words(CANARY), note=factories.words(CANARY), target=1, achieved=1
    )
    Evidence.objects.create(goal=goal, label=factories.words(CANARY), url="https://example.org/evidence")
