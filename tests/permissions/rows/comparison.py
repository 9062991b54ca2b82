"""Who gets what: two practices compared for one municipality, for everybody; drafts are not offered."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, MOVED, NOBODY, NOT_ALLOWED, Row

AT = "/en/municipalities/PL/300101/compare/"
TWO = "?a=bicycles-from-prison&b=kostrzynianka-home-care"
NO_SUCH = "There is no published practice of this name"

ROWS: list[Row] = [
    Row("municipality_comparison", AT, "GET", ALL, "Among all practices"),
    Row("municipality_comparison", f"{AT}{TWO}", "GET", ALL, "Now version two"),
    Row("municipality_comparison", f"{AT}?a=bicycles-from-prison&b=draft-practice", "GET", ALL, NO_SUCH),
    Row("municipality_comparison", f"{AT}?a=unknown&b=unknown", "GET", ALL, NO_SUCH),
    Row(
        "municipality_comparison",
        f"/en/municipalities/pl/300101/compare/{TWO}",
        "GET",
        MOVED,
        f"{AT}{TWO}",
    ),
    Row("municipality_comparison", "/en/municipalities/PL/000000/compare/", "GET", NOBODY),
    Row("municipality_comparison", "/en/municipalities/IT/300101/compare/", "GET", NOBODY),
    Row("municipality_comparison", AT, "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant nothing: drafts with their texts are planted for all pages."""
