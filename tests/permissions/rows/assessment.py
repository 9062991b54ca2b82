"""Who gets what: assessment; and what could leak there."""

from __future__ import annotations

import datetime as dt

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Person
from sadzonka.practices.models import Version
from sadzonka.transfer.assessment.actions import (
    close_round,
    save_ballot,
    send_ballot,
    start_assessment,
    store_assessment,
)
from sadzonka.transfer.assessment.answers import Answer, Answers
from sadzonka.transfer.assessment.queries import questions_of
from sadzonka.transfer.models import Assessment
from tests import factories
from tests.chain import World
from tests.permissions.roles import (
    ALL,
    CANARY,
    NOT_ALLOWED,
    Row,
)

RUNNING, DISCUSSED, STORED, ELSEWHERE = 9101, 9102, 9103, 9104  # what plant() makes

TEAM = (302, 404, 200, 404, 200, 200, 200, 200)  # the people of 300101, staff and controllers
ELSEWHERE_TEAM = (302, 404, 404, 404, 404, 200, 200, 200)
ANSWERING = (302, 404, 200, 404, 200, 404, 404, 404)  # the people of 300101
KEEPING = (302, 404, 404, 404, 200, 200, 404, 200)
KEEPING_BADLY = (302, 404, 404, 404, 422, 422, 404, 422)
NOT_FOUND = (302, 404, 404, 404, 404, 404, 404, 404)
NOT_SIGNED_IN = (302, 405, 405, 405, 405, 405, 405, 405)

ROWS: list[Row] = [
    Row("team", "/en/team/PL/300101/", "GET", TEAM, "Teresa"),
    Row("team", "/en/team/pl/300101/", "GET", (302, 404, 302, 404, 302, 302, 302, 302)),
    Row("team", "/en/team/PL/300102/", "GET", ELSEWHERE_TEAM, "Zofia"),
    Row("team", "/en/team/PL/000000/", "GET", NOT_FOUND),
    Row("team", "/en/team/PL/300101/", "POST", NOT_SIGNED_IN),
    Row("assessment_start", "/en/team/PL/300101/start/", "POST", KEEPING_BADLY),
    Row("assessment_start", "/en/team/PL/300102/start/", "POST", (302, 404, 404, 404, 404, 422, 404, 422)),
    Row("assessment_start", "/en/team/PL/000000/start/", "POST", NOT_FOUND),
    Row("assessment_start", "/en/team/PL/300101/start/", "GET", NOT_SIGNED_IN),
    Row("assessment", f"/en/assessments/{RUNNING}/", "GET", TEAM, "Being assessed together"),
    Row("assessment", f"/en/assessments/{DISCUSSED}/", "GET", TEAM, "Being assessed together"),
    Row("assessment", f"/en/assessments/{ELSEWHERE}/", "GET", ELSEWHERE_TEAM, "Being assessed together"),
    Row("assessment", f"/en/assessments/{STORED}/", "GET", ALL, "Stored assessment"),
    Row("assessment", "/en/assessments/999999/", "GET", NOT_FOUND),
    Row("assessment", f"/en/assessments/{STORED}/", "POST", NOT_ALLOWED),
    Row("assessment_record", f"/en/assessments/{STORED}/record.json", "GET", ALL, '"input"'),
    Row("assessment_record", f"/en/assessments/{RUNNING}/record.json", "GET", (404,) * 8),
    Row("assessment_record", f"/en/assessments/{DISCUSSED}/record.json", "GET", (404,) * 8),
    Row("assessment_record", "/en/assessments/999999/record.json", "GET", (404,) * 8),
    Row("assessment_record", f"/en/assessments/{STORED}/record.json", "POST", NOT_ALLOWED),
    # What somebody sent or saved in a running round is shown to nobody who has not sent: to no role here.
    Row("discussion", f"/en/assessments/{RUNNING}/discussion/", "GET", TEAM, "Still hidden"),
    Row("discussion", f"/en/assessments/{DISCUSSED}/discussion/", "GET", TEAM, CANARY),
    Row("discussion", f"/en/assessments/{STORED}/discussion/", "GET", TEAM, CANARY),
    Row("discussion", f"/en/assessments/{ELSEWHERE}/discussion/", "GET", ELSEWHERE_TEAM, "Still hidden"),
    Row("discussion", "/en/assessments/999999/discussion/", "GET", NOT_FOUND),
    Row("discussion", f"/en/assessments/{DISCUSSED}/discussion/", "POST", NOT_SIGNED_IN),
    Row("ballot", f"/en/assessments/{RUNNING}/answers/", "GET", ANSWERING, "Send my answers"),
    Row("ballot", f"/en/assessments/{DISCUSSED}/answers/", "GET", (302, 404, 302, 404, 302, 404, 404, 404)),
    Row("ballot", f"/en/assessments/{ELSEWHERE}/answers/", "GET", NOT_FOUND),
    Row("ballot", "/en/assessments/999999/answers/", "GET", NOT_FOUND),
    Row("ballot", f"/en/assessments/{RUNNING}/answers/", "POST", (302, 404, 422, 404, 422, 404, 404, 404)),
    Row("ballot", f"/en/assessments/{ELSEWHERE}/answers/", "POST", NOT_FOUND),
    Row("ballot", f"/en/assessments/{RUNNING}/answers/", "PUT", NOT_SIGNED_IN),
    Row("conditions", f"/en/assessments/{RUNNING}/conditions/", "GET", KEEPING, "Store what is verified"),
    Row(
        "conditions",
        f"/en/assessments/{ELSEWHERE}/conditions/",
        "GET",
        (302, 404, 404, 404, 404, 200, 404, 200),
        "Store what is verified",
    ),
    Row("conditions", f"/en/assessments/{STORED}/conditions/", "GET", NOT_FOUND),
    Row("conditions", "/en/assessments/999999/conditions/", "GET", NOT_FOUND),
    Row("conditions", f"/en/assessments/{RUNNING}/conditions/", "POST", KEEPING_BADLY),
    Row("conditions", f"/en/assessments/{RUNNING}/conditions/", "DELETE", NOT_SIGNED_IN),
    Row("assessment_next", f"/en/assessments/{RUNNING}/next/", "POST", KEEPING_BADLY),
    Row(
        "assessment_next",
        f"/en/assessments/{ELSEWHERE}/next/",
        "POST",
        (302, 404, 404, 404, 404, 422, 404, 422),
    ),
    Row("assessment_next", f"/en/assessments/{STORED}/next/", "POST", KEEPING_BADLY),
    Row("assessment_next", "/en/assessments/999999/next/", "POST", NOT_FOUND),
    Row("assessment_next", f"/en/assessments/{RUNNING}/next/", "GET", NOT_SIGNED_IN),
]


def plant(world: World) -> None:
    """Plant assessments in every state whose answers hold the canary, with names that hold it too."""
    shown = {version.practice.slug: version for version in Version.objects.filter(state="published")}
    home, away = factories.municipality(), factories.municipality("300102")
    answering = create_account(email="answering@example.org", name="Odpowiada")
    elsewhere = create_account(email="elsewhere@example.org", name="Gdzie Indziej")
    affiliate(person=answering, municipality=home, group="social")
    affiliate(person=elsewhere, municipality=away, group="council", is_editor=True)
    planted = [
        (RUNNING, home, "bicycles-from-prison", world.editor, answering),
        (DISCUSSED, home, "nurseries-by-a-consortium", world.editor, answering),
        (STORED, home, "kostrzynianka-home-care", world.editor, answering),
        (ELSEWHERE, away, "bicycles-from-prison", elsewhere, elsewhere),
    ]
    for number, place, slug, by, person in planted:
        started = start_assessment(municipality=place, version=shown[slug], by=by)
        Assessment.objects.filter(pk=started.pk).update(id=number)
        assessment = Assessment.objects.get(pk=number)
        _answer(assessment, person)
        if number in {DISCUSSED, STORED}:
            close_round(assessment=assessment, by=by, number=1)
        if number == STORED:
            store_assessment(assessment=assessment, by=by, on=dt.date(2026, 5, 4))


def _answer(assessment: Assessment, person: Person) -> None:
    answers: Answers = {one.key: Answer(3, CANARY) for one in questions_of(assessment.version)}
    entries = {"assessment": assessment, "by": person, "number": 1, "answers": answers}
    save_ballot(**entries, revision=0)
    send_ballot(**entries, revision=1)
