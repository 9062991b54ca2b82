"""Who gets what: the desk of statistics; and what could leak there."""

from __future__ import annotations

import datetime as dt

from sadzonka.places.models import FileImport, Release
from tests.chain import World
from tests.permissions.roles import CANARY, DESK, NOT_ALLOWED, Row
from tests.places.desk.previews import PREVIEW, preview

FILE, OPEN, DISCARDED = 9_000_001, 9_000_002, 9_000_003  # only the first says what could leak
SENDS_NOTHING = (302, 404, 404, 404, 404, 422, 404, 422)
OUT_OF_DATE = (302, 404, 404, 404, 404, 409, 404, 409)
MOVES_ON = (302, 404, 404, 404, 404, 302, 404, 302)
NOWHERE = (302, 404, 404, 404, 404, 404, 404, 404)
AT = "/en/statistics/desk/"

ROWS: list[Row] = [
    Row("imports", AT, "GET", DESK, CANARY),
    Row("imports", f"{AT}?page=99", "GET", DESK, CANARY),
    Row("imports", AT, "POST", SENDS_NOTHING, CANARY),
    Row("imports", AT, "PUT", NOT_ALLOWED),
    Row("import", f"{AT}files/{FILE}/", "GET", DESK, CANARY),
    Row("import", f"{AT}files/{DISCARDED}/", "GET", DESK, "planted.csv"),
    Row("import", f"{AT}files/1234567/", "GET", NOWHERE),
    Row("import", f"{AT}files/{FILE}/", "POST", NOT_ALLOWED),
    Row("import_choices", f"{AT}files/{OPEN}/choices/", "POST", OUT_OF_DATE),
    Row("import_choices", f"{AT}files/1234567/choices/", "POST", NOWHERE),
    Row("import_choices", f"{AT}files/{OPEN}/choices/", "GET", NOT_ALLOWED),
    Row("import_start", f"{AT}files/{OPEN}/import/", "POST", OUT_OF_DATE),
    Row("import_start", f"{AT}files/1234567/import/", "POST", NOWHERE),
    Row("import_start", f"{AT}files/{OPEN}/import/", "GET", NOT_ALLOWED),
    Row("import_again", f"{AT}files/{OPEN}/again/", "POST", OUT_OF_DATE),
    Row("import_again", f"{AT}files/1234567/again/", "POST", NOWHERE),
    Row("import_again", f"{AT}files/{OPEN}/again/", "GET", NOT_ALLOWED),
    Row("import_discard", f"{AT}files/{OPEN}/discard/", "POST", OUT_OF_DATE),
    Row("import_discard", f"{AT}files/{DISCARDED}/discard/", "POST", MOVES_ON),
    Row("import_discard", f"{AT}files/1234567/discard/", "POST", NOWHERE),
    Row("import_discard", f"{AT}files/{OPEN}/discard/", "GET", NOT_ALLOWED),
    Row("import_report", f"{AT}files/{FILE}/report.csv", "GET", DESK, CANARY),
    Row("import_report", f"{AT}files/{DISCARDED}/report.csv", "GET", NOWHERE),
    Row("import_report", f"{AT}files/{FILE}/report.csv", "POST", NOT_ALLOWED),
    Row("releases", f"{AT}releases/", "GET", DESK, CANARY),
    Row("releases", f"{AT}releases/?layout=bdl-table", "GET", DESK, CANARY),
    Row("releases", f"{AT}releases/", "POST", NOT_ALLOWED),
    Row("release", f"{AT}releases/planted/", "GET", DESK, CANARY),
    Row("release", f"{AT}releases/unknown/", "GET", NOWHERE),
    Row("release", f"{AT}releases/planted/", "POST", NOT_ALLOWED),
    Row("coverage", f"{AT}coverage/?country=it", "GET", DESK, "Italy"),
    Row("coverage", f"{AT}coverage/?country=xx", "GET", NOWHERE),
    Row("coverage", f"{AT}coverage/", "POST", NOT_ALLOWED),
    Row("stale", f"{AT}stale/?country=it", "GET", DESK, "Italy"),
    Row("stale", f"{AT}stale/?country=xx", "GET", NOWHERE),
    Row("stale", f"{AT}stale/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant files that were read and one that was discarded, and a release; the canary in one and in it.

    It is in the name of the file too, which the list of all files shows.
    """
    notes = [{"key": "bad-code", "weight": "error", "row": 3, "column": "A", "params": {"value": CANARY}}]
    for number, state, name, found in (
        (FILE, "read", CANARY, preview(title=CANARY, notes=[*PREVIEW["notes"], *notes], errors=1)),
        (OPEN, "read", "planted", preview(same_as="planted")),
        (DISCARDED, "discarded", "planted", {}),
    ):
        FileImport.objects.create(
            pk=number, state=state, file_name=f"{name}.csv", size=9, sha256="0" * 64, preview=found
        )
    Release.objects.create(
        key="planted",
        publisher=CANARY,
        title=CANARY,
        period="2024",
        layout="bdl-table",
        retrieved_on=dt.date(2026, 1, 5),
    )
