"""Who gets what: screenings, invitation lists and what a region could use, for staff and controllers only."""

from __future__ import annotations

import datetime as dt

from sadzonka.practices.models import Version
from sadzonka.transfer.models import Invitation, InvitationList, Screening
from sadzonka.transfer.screening.actions.screenings import carry_out
from tests import factories
from tests.chain import World
from tests.permissions.roles import CANARY, DESK, INVITED, NOT_ALLOWED, Row

DONE, WAITING, FAILED = 9_000_101, 9_000_102, 9_000_103
SENDS_NOTHING = (302, 404, 404, 404, 404, 422, 404, 422)
MOVES_ON = (302, 404, 404, 404, 404, 302, 404, 302)
NOWHERE = (302, 404, 404, 404, 404, 404, 404, 404)
WRONG = (302, 404, 404, 404, 404, 422, 422, 422)
LED = (302, 404, 404, 404, 404, 302, 302, 302)
AT = "/en/screenings/"
HERE = f"{AT}{DONE}/"

ROWS: list[Row] = [
    Row("screenings", AT, "GET", DESK, CANARY),
    Row("screenings", f"{AT}?page=99", "GET", DESK, CANARY),
    Row("screenings", AT, "POST", SENDS_NOTHING, CANARY),
    Row("screenings", AT, "PUT", NOT_ALLOWED),
    Row("screening", HERE, "GET", DESK, CANARY),
    Row("screening", f"{HERE}?gate=open", "GET", DESK, CANARY),
    Row("screening", f"{AT}{WAITING}/", "GET", DESK, CANARY),
    Row("screening", f"{AT}{FAILED}/", "GET", DESK, CANARY),
    Row("screening", f"{AT}1234567/", "GET", NOWHERE),
    Row("screening", HERE, "POST", NOT_ALLOWED),
    Row("screening_again", f"{AT}{FAILED}/again/", "POST", MOVES_ON),
    Row("screening_again", f"{AT}1234567/again/", "POST", NOWHERE),
    Row("screening_again", f"{AT}{FAILED}/again/", "GET", NOT_ALLOWED),
    Row("screening_table", f"{HERE}table.csv", "GET", DESK, "300101"),
    Row("screening_table", f"{AT}{WAITING}/table.csv", "GET", NOWHERE),
    Row("screening_table", f"{HERE}table.csv", "POST", NOT_ALLOWED),
    Row("screening_place", f"{HERE}300101/", "GET", DESK, CANARY),
    Row("screening_place", f"{HERE}300101/?if-resolution=met", "GET", DESK, CANARY),
    Row("screening_place", f"{HERE}999901/", "GET", NOWHERE),
    Row("screening_place", f"{AT}{WAITING}/300101/", "GET", NOWHERE),
    Row("screening_place", f"{HERE}300101/", "POST", NOT_ALLOWED),
    Row("invitation_list", f"{HERE}invitations/", "GET", DESK, CANARY),
    Row("invitation_list", f"{HERE}invitations/", "POST", SENDS_NOTHING, CANARY),
    Row("invitation_list", f"{AT}{WAITING}/invitations/", "GET", NOWHERE),
    Row("invitation_list", f"{HERE}invitations/", "PUT", NOT_ALLOWED),
    Row("invitation_draft", f"{HERE}invitations/draft/", "POST", SENDS_NOTHING, CANARY),
    Row("invitation_draft", f"{AT}{WAITING}/invitations/draft/", "POST", NOWHERE),
    Row("invitation_draft", f"{HERE}invitations/draft/", "GET", NOT_ALLOWED),
    Row("invitation_add", f"{HERE}invitations/add/", "POST", SENDS_NOTHING, CANARY),
    Row("invitation_add", f"{AT}{WAITING}/invitations/add/", "POST", NOWHERE),
    Row("invitation_add", f"{HERE}invitations/add/", "GET", NOT_ALLOWED),
    Row("invitation_table", f"{HERE}invitations/table.csv", "GET", DESK, INVITED),
    Row("invitation_table", f"{AT}{WAITING}/invitations/table.csv", "GET", NOWHERE),
    Row("invitation_table", f"{HERE}invitations/table.csv", "POST", NOT_ALLOWED),
    Row("region_screenings", f"{AT}regions/", "GET", DESK, "PL-30"),
    Row("region_screenings", f"{AT}regions/?region=PL-30", "GET", LED),
    Row("region_screenings", f"{AT}regions/?region=XX-1", "GET", WRONG),
    Row("region_screenings", f"{AT}regions/", "POST", NOT_ALLOWED),
    Row("region_screening", f"{AT}regions/PL/30/", "GET", DESK, "wielkopolskie"),
    Row("region_screening", f"{AT}regions/XX/30/", "GET", NOWHERE),
    Row("region_screening", f"{AT}regions/PL/30/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant a finished screening with its invitation list, one that waits and one that failed.

    They are of a card that is no longer shown and carries the canary, which so stands on all of their pages.
    """
    practice = factories.practice("screened-practice")
    version = factories.version(practice, CANARY, state=Version.State.REVIEWED)
    for number, state in ((DONE, "queued"), (WAITING, "queued"), (FAILED, "failed")):
        Screening.objects.create(
            pk=number,
            version=version,
            country_id="PL",
            day=dt.date(2026, 5, 4),
            state=state,
            told_at=dt.datetime(2026, 5, 4, tzinfo=dt.UTC),
        )
    carry_out(screening=Screening.objects.get(pk=DONE))
    made = InvitationList.objects.create(screening_id=DONE, note=INVITED)
    Invitation.objects.create(invitation_list=made, municipality=factories.municipality(), reason=INVITED)
