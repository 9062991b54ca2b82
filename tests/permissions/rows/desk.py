"""Who gets what: desk and one's own page; and what could leak there."""

from __future__ import annotations

from sadzonka.outbox.models import Mail
from tests.chain import World
from tests.permissions.roles import CANARY, DESK, MOVED, NOT_ALLOWED, SIGNED_IN, Row

DESK_SENDS = (302, 404, 404, 404, 404, 422, 404, 422)  # something that is not valid
DESK_MOVES = (302, 404, 404, 404, 404, 302, 404, 302)
NOWHERE = (302, 404, 404, 404, 404, 404, 404, 404)

ROWS: list[Row] = [
    Row("desks", "/en/desk/", "GET", DESK, CANARY),
    Row("desks", "/en/desk/", "POST", NOT_ALLOWED),
    Row("desk", "/en/visits/under-way/desk/", "GET", DESK, "A visit under way"),
    Row("desk", "/en/visits/draft-visit/desk/", "GET", DESK, CANARY),
    Row("desk", "/en/visits/unknown/desk/", "GET", NOWHERE),
    Row("desk", "/en/visits/under-way/desk/", "POST", NOT_ALLOWED),
    Row("desk_state", "/en/visits/under-way/desk/state/", "POST", DESK_SENDS),
    Row("desk_state", "/en/visits/unknown/desk/state/", "POST", NOWHERE),
    Row("desk_state", "/en/visits/under-way/desk/state/", "GET", NOT_ALLOWED),
    Row("desk_mails", "/en/visits/under-way/desk/mails/", "GET", DESK, CANARY),
    Row("desk_mails", "/en/visits/draft-visit/desk/mails/", "GET", DESK, CANARY),
    Row("desk_mails", "/en/visits/unknown/desk/mails/", "GET", NOWHERE),
    Row("desk_mails", "/en/visits/under-way/desk/mails/", "POST", DESK_MOVES),
    Row("desk_mails", "/en/visits/under-way/desk/mails/", "PUT", NOT_ALLOWED),
    Row("my", "/en/my/", "GET", SIGNED_IN, "@example.org"),
    Row("my", "/en/my/", "POST", (302, 422, 422, 422, 422, 422, 422, 422)),
    Row("my", "/en/my/", "PUT", NOT_ALLOWED),
    Row("account/*", "/en/account/login/code/", "GET", (200, 302, 302, 302, 302, 302, 302, 302), "code"),
    Row("account/*", "/en/account/login/code/confirm/", "GET", MOVED),
    Row("account/*", "/en/account/logout/", "GET", SIGNED_IN, "Sign out"),
]


def plant(world: World) -> None:
    """Plant what could leak, with the canary in its texts."""
    Mail.objects.create(
        key="drafted",
        topic=f"visit:{world.visit.pk}",
        state=Mail.State.DRAFT,
        recipient="marek@example.org",
        subject=CANARY,
        body=CANARY,
        language="pl",
    )
