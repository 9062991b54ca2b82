"""The roles, and what an expectation about one address looks like."""

from __future__ import annotations

from typing import NamedTuple

CANARY = "Kanarek-w-klatce"  # the text of everything that is not for everybody
INVITED = "Kanarek-zaproszony"  # why somebody stands on an invitation list, and its note: on that list only

ROLES = (
    "anonymous",
    "stranger",
    "participant",
    "facilitator",
    "editor",
    "staff",
    "controller",
    "administrator",
)

# What the roles get, in the order of ROLES.
ALL = (200,) * 8
NOBODY = (404,) * 8
MOVED = (302,) * 8
NOT_ALLOWED = (405,) * 8
INVALID = (422,) * 8
OVER = (410,) * 8
INSIDERS = (404, 404, 404, 404, 404, 200, 200, 200)
ADMIN = (302, 302, 302, 302, 302, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200, 200, 200, 200)
NOT_SIGNED_IN = (200, 302, 302, 302, 302, 302, 302, 302)
DESK = (302, 404, 404, 404, 404, 200, 200, 200)  # read by staff and controllers


class Row(NamedTuple):
    """What one address answers; `shows` is what a 200 contains, or where a 302 leads."""

    url: str
    address: str
    method: str
    answers: tuple[int, ...]
    shows: str = ""
