"""Who gets what: the municipalities most like one, for everybody."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, MOVED, NOBODY, NOT_ALLOWED, Row

ROWS: list[Row] = [
    Row("likenesses", "/en/municipalities/PL/300101/likenesses/", "GET", ALL, "Most alike"),
    Row("likenesses", "/en/municipalities/PL/300101/likenesses/?among=ALL", "GET", ALL, "all countries"),
    Row("likenesses", "/en/municipalities/PL/300101/likenesses/?among=Q", "GET", ALL, "Most alike"),
    Row("likenesses", "/en/municipalities/PL/999901/likenesses/", "GET", ALL, "An invented municipality"),
    Row("likenesses", "/en/municipalities/IT/035007/likenesses/", "GET", ALL, "no longer exists"),
    Row(
        "likenesses",
        "/en/municipalities/pl/300101/likenesses/",
        "GET",
        MOVED,
        "/en/municipalities/PL/300101/likenesses/",
    ),
    Row("likenesses", "/en/municipalities/PL/000000/likenesses/", "GET", NOBODY),
    Row("likenesses", "/en/municipalities/IT/300101/likenesses/", "GET", NOBODY),
    Row("likenesses", "/en/municipalities/PL/300101/likenesses/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant nothing: what is shown here rests on public figures only."""
