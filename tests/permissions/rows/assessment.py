"""Who gets what: assessment; and what could leak there."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import Row

ROWS: list[Row] = []


def plant(world: World) -> None:
    """Plant what could leak, with the canary in its texts."""
