"""Who gets what: plans, decisions, adoptions and the river; and what could leak there."""

from __future__ import annotations

import datetime as dt

from sadzonka.practices.models import Practice, Version
from sadzonka.transfer.models import Adoption, Assessment, Decision, Plan
from tests import factories
from tests.chain import World
from tests.permissions.roles import ALL, CANARY, INSIDERS, NOBODY, NOT_ALLOWED, Row

# anonymous, stranger, participant, facilitator, editor, staff, controller, administrator
TEAM = (302, 404, 200, 404, 200, 200, 200, 200)  # a plan of the participant's and the editor's municipality
OTHER_TEAM = (302, 404, 404, 404, 404, 200, 200, 200)  # a plan of another municipality
KEEPERS = (302, 404, 404, 404, 200, 200, 404, 200)  # forms of the editor's municipality
STAFF_ONLY = (302, 404, 404, 404, 404, 200, 404, 200)
REFUSED = (302, 404, 404, 404, 422, 422, 404, 422)  # an empty form of the editor's municipality
REFUSED_TO_STAFF = (302, 404, 404, 404, 404, 422, 404, 422)
SENT_BACK = (302, 404, 404, 404, 302, 302, 404, 302)  # what can no longer be changed
NOT_FOUND = (302, 404, 404, 404, 404, 404, 404, 404)
OPEN, DECIDED, OTHER = 9001, 9002, 9003  # primary keys of plans, their steps and assessments

ROWS: list[Row] = [
    # --- plans
    Row("plan_start", f"/en/assessments/{DECIDED}/plan/", "POST", SENT_BACK),
    Row("plan_start", f"/en/assessments/{OTHER}/plan/", "POST", (302, 404, 404, 404, 404, 302, 404, 302)),
    Row("plan_start", "/en/assessments/999999/plan/", "POST", NOT_FOUND),
    Row("plan_start", f"/en/assessments/{OPEN}/plan/", "GET", NOT_ALLOWED),
    Row("plan", f"/en/plans/{OPEN}/", "GET", TEAM, CANARY),
    Row("plan", f"/en/plans/{OTHER}/", "GET", OTHER_TEAM, CANARY),
    Row("plan", f"/en/plans/{DECIDED}/", "GET", ALL, "A decided plan"),
    Row("plan", "/en/plans/999999/", "GET", NOT_FOUND),
    Row("plan", f"/en/plans/{OPEN}/", "POST", NOT_ALLOWED),
    Row("plan_summary", f"/en/plans/{OPEN}/summary/", "GET", KEEPERS, "A plan to decide"),
    Row("plan_summary", f"/en/plans/{OTHER}/summary/", "GET", STAFF_ONLY, "A plan to decide"),
    Row("plan_summary", f"/en/plans/{DECIDED}/summary/", "GET", SENT_BACK),
    Row("plan_summary", f"/en/plans/{OPEN}/summary/", "POST", REFUSED),
    Row("plan_summary", f"/en/plans/{OPEN}/summary/", "PUT", NOT_ALLOWED),
    Row("step_new", f"/en/plans/{OPEN}/steps/new/", "GET", KEEPERS, "<form"),
    Row("step_new", f"/en/plans/{OTHER}/steps/new/", "GET", STAFF_ONLY, "<form"),
    Row("step_new", f"/en/plans/{DECIDED}/steps/new/", "GET", SENT_BACK),
    Row("step_new", f"/en/plans/{OPEN}/steps/new/", "POST", REFUSED),
    Row("step_new", f"/en/plans/{OPEN}/steps/new/", "PUT", NOT_ALLOWED),
    Row("step", f"/en/plans/{OPEN}/steps/{OPEN}/", "GET", KEEPERS, CANARY),
    Row("step", f"/en/plans/{OTHER}/steps/{OTHER}/", "GET", STAFF_ONLY, CANARY),
    Row("step", f"/en/plans/{OPEN}/steps/{OTHER}/", "GET", NOT_FOUND),
    Row("step", f"/en/plans/{OPEN}/steps/{OPEN}/", "POST", REFUSED),
    Row("step", f"/en/plans/{OPEN}/steps/{OPEN}/", "DELETE", NOT_ALLOWED),
    Row("step_remove", f"/en/plans/{DECIDED}/steps/{DECIDED}/remove/", "POST", SENT_BACK),
    Row("step_remove", f"/en/plans/{OPEN}/steps/{OTHER}/remove/", "POST", NOT_FOUND),
    Row("step_remove", f"/en/plans/{OPEN}/steps/{OPEN}/remove/", "GET", NOT_ALLOWED),
    Row("step_done", f"/en/plans/{OPEN}/steps/{OPEN}/done/", "GET", KEEPERS, CANARY),
    Row("step_done", f"/en/plans/{OTHER}/steps/{OTHER}/done/", "GET", STAFF_ONLY, CANARY),
    Row("step_done", f"/en/plans/{DECIDED}/steps/{DECIDED}/done/", "GET", KEEPERS, "<form"),
    Row("step_done", f"/en/plans/{DECIDED}/steps/{DECIDED}/done/", "POST", REFUSED),
    Row("step_done", f"/en/plans/{OPEN}/steps/{OPEN}/done/", "PUT", NOT_ALLOWED),
    Row("decision", f"/en/plans/{OPEN}/decision/", "GET", KEEPERS, "<form"),
    Row("decision", f"/en/plans/{OTHER}/decision/", "GET", STAFF_ONLY, "<form"),
    Row("decision", f"/en/plans/{DECIDED}/decision/", "GET", SENT_BACK),
    Row("decision", f"/en/plans/{OPEN}/decision/", "POST", REFUSED),
    Row("decision", f"/en/plans/{OPEN}/decision/", "PUT", NOT_ALLOWED),
    # --- adoptions
    Row("adoptions", "/en/adoptions/", "GET", ALL, f"/en/adoptions/{DECIDED}/"),
    Row("adoptions", "/en/adoptions/?practice=draft-practice", "GET", ALL, "<h1"),
    Row("adoptions", "/en/adoptions/", "POST", NOT_ALLOWED),
    Row("adoption_new", "/en/adoptions/new/", "GET", STAFF_ONLY, "<form"),
    Row("adoption_new", "/en/adoptions/new/", "POST", REFUSED_TO_STAFF),
    Row("adoption_new", "/en/adoptions/new/", "PUT", NOT_ALLOWED),
    Row("adoption", f"/en/adoptions/{DECIDED}/", "GET", ALL, "XII/34/2022"),
    Row("adoption", f"/en/adoptions/{OTHER}/", "GET", NOBODY),  # of a card that nobody could read
    Row("adoption", "/en/adoptions/999999/", "GET", NOBODY),
    Row("adoption", f"/en/adoptions/{DECIDED}/", "POST", NOT_ALLOWED),
    Row("adoption_stage", f"/en/adoptions/{DECIDED}/stage/", "GET", KEEPERS, "<form"),
    Row("adoption_stage", f"/en/adoptions/{DECIDED}/stage/", "POST", REFUSED),
    Row("adoption_stage", f"/en/adoptions/{OTHER}/stage/", "POST", NOT_FOUND),
    Row("adoption_stage", f"/en/adoptions/{DECIDED}/stage/", "PUT", NOT_ALLOWED),
    Row("adoption_adaptations", f"/en/adoptions/{DECIDED}/adaptations/", "GET", KEEPERS, "<form"),
    Row("adoption_adaptations", f"/en/adoptions/{DECIDED}/adaptations/", "POST", REFUSED),
    Row("adoption_adaptations", f"/en/adoptions/{DECIDED}/adaptations/", "PUT", NOT_ALLOWED),
    Row("stage", f"/en/adoptions/{DECIDED}/stages/decided/", "GET", KEEPERS, "<form"),
    Row("stage", f"/en/adoptions/{DECIDED}/stages/delivered/", "GET", NOT_FOUND),
    Row("stage", f"/en/adoptions/{DECIDED}/stages/decided/", "POST", REFUSED),
    Row("stage", f"/en/adoptions/{DECIDED}/stages/decided/", "DELETE", NOT_ALLOWED),
    Row("api:adoptions", "/api/adoptions", "GET", ALL, "XII/34/2022"),
    Row("api:adoptions", "/api/adoptions", "POST", NOT_ALLOWED),
    # --- the river
    Row("visit_river", "/en/visits/wwd-italy-2013/river/", "GET", ALL, "<h1"),
    Row("visit_river", "/en/visits/draft-visit/river/", "GET", INSIDERS, CANARY),
    Row("visit_river", "/en/visits/unknown/river/", "GET", NOBODY),
    Row("visit_river", "/en/visits/wwd-italy-2013/river/", "POST", NOT_ALLOWED),
    Row("series_river", "/en/visits/series/wwd/river/", "GET", ALL, "<h1"),
    Row("series_river", "/en/visits/series/unknown/river/", "GET", NOBODY),
    Row("series_river", "/en/visits/series/wwd/river/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant plans that nobody has decided about, one that was, and an adoption of a draft card."""
    shown = Version.objects.get(practice__slug="bicycles-from-prison", state="published")
    _plan(OPEN, shown, "300101", "A plan to decide", CANARY)
    _plan(OTHER, shown, "300102", "A plan to decide", CANARY)
    plan = _plan(DECIDED, shown, "300101", "A decided plan", "A step")
    day = dt.date(2022, 5, 10)
    Decision.objects.create(plan=plan, outcome="adopted", number="XII/34/2022", decided_on=day)
    adoption = Adoption.objects.create(
        pk=DECIDED, municipality=factories.municipality(), practice=shown.practice, plan=plan, language="en"
    )
    draft = Adoption.objects.create(
        pk=OTHER,
        municipality=factories.municipality(),
        practice=Practice.objects.get(slug="draft-practice"),
        adaptations=CANARY,
        language="en",
    )
    for one in (adoption, draft):
        one.stages.create(outcome="considered", reached_on=day)
        one.stages.create(outcome="decided", reached_on=day, source="XII/34/2022")


def _plan(pk: int, version: Version, code: str, summary: str, text: str) -> Plan:
    assessment = Assessment.objects.create(
        pk=pk,
        municipality=factories.municipality(code),
        practice=version.practice,
        version=version,
        state=Assessment.State.STORED,
        stored_on=dt.date(2022, 3, 1),
        input_hash="0" * 64,
    )
    plan = Plan.objects.create(pk=pk, assessment=assessment, summary=summary, language="en")
    plan.steps.create(pk=pk, text=text, owner=text, note=text, due_on=dt.date(2027, 1, 1))
    return plan
