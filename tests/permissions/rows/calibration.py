"""Who gets what: how anticipated classes turned out, for everybody; adoptions of drafts are not told."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, NOT_ALLOWED, Row

ROWS: list[Row] = [
    Row("calibration", "/en/adoptions/calibration/", "GET", ALL, "Class by class"),
    Row("calibration", "/en/adoptions/calibration/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant nothing: adoptions of a draft card are planted with the others."""
