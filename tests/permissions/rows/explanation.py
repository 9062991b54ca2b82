"""Who gets what: what would surely help, steps taken in the imagination, the origin, for everybody."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, MOVED, NOBODY, NOT_ALLOWED, Row

AT = "/en/municipalities/PL/300101/bicycles-from-prison/"
TAKEN = "?do-step-stock-size=1&do-alternative-several-years=1"

ROWS: list[Row] = [
    Row("analysis", AT, "GET", ALL, "The smallest change that would surely help"),
    Row("analysis", AT, "GET", ALL, "Where it is weakest against the place it comes from"),
    Row("analysis", f"{AT}{TAKEN}", "GET", ALL, "with these steps taken"),
    Row("analysis", f"{AT}{TAKEN}&q-stock-size=2&if-several-years=met", "GET", ALL, "with your answers"),
    Row("analysis", f"{AT}?do-step-nothing=1", "GET", ALL, "no step called “do-step-nothing”"),
    Row("analysis", f"{AT}{TAKEN}", "POST", NOT_ALLOWED),
    Row("analysis", f"/en/municipalities/PL/300101/draft-practice/{TAKEN}", "GET", NOBODY),
    Row("analysis", f"{AT.replace('PL', 'pl')}{TAKEN}", "GET", MOVED, f"{AT}{TAKEN}"),
    Row("api:analysis", "/api/analysis/bicycles-from-prison/PL/300101", "GET", ALL, '"smallest_change"'),
]


def plant(world: World) -> None:
    """Plant nothing: a card, public figures and an address are all that these pages rest on."""
