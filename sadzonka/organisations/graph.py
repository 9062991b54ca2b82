"""Where the members of a consortium stand in its drawing: pure positions on a ring around the hub."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sadzonka.organisations.queries import MembersAt

HUB_RADIUS, NODE_RADIUS = 48, 18
RING_WIDTH = 130  # from the hub to a member's middle
LOW_RING, HIGH_RING = 95, 145  # the same upwards, for a few members and for more
MOST_ON_A_LOW_RING = 4
LINE = 16  # from one line of a name to the next
LETTERS = 13  # that fit on one line beside a neighbour
MOST_DRAWN = 8  # a fuller ring cannot be read; the table always names everybody


@dataclass(frozen=True, slots=True)
class Node:
    """A circle with its name in lines: (y, text)."""

    x: int
    y: int
    radius: int
    name: tuple[tuple[int, str], ...]
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Graph:
    """A consortium in the middle, its members around it."""

    hub: Node
    members: tuple[Node, ...]
    view_box: str


def membership_graph(name: str, members: MembersAt) -> Graph | None:
    """Draw the members of one day and those whose beginning is not known; None when too few or too many."""
    ties = [(str(tie.member), True) for tie in members.certain]
    ties += [(str(tie.member), False) for tie in members.uncertain]
    return _ring(name, ties) if 0 < len(ties) <= MOST_DRAWN else None


def _ring(name: str, ties: Sequence[tuple[str, bool]]) -> Graph:
    height = LOW_RING if len(ties) <= MOST_ON_A_LOW_RING else HIGH_RING
    nodes = tuple(_member(*_on_ellipse(place, len(ties), height), *tie) for place, tie in enumerate(ties))
    top = min(-HUB_RADIUS, *(min(node.y - NODE_RADIUS, node.name[0][0] - LINE) for node in nodes)) - 2
    bottom = max(HUB_RADIUS, *(max(node.y + NODE_RADIUS, node.name[-1][0]) for node in nodes)) + 6
    half = RING_WIDTH + 50
    return Graph(_hub(name), nodes, f"{-half} {top} {2 * half} {bottom - top}")


def _on_ellipse(place: int, count: int, height: int) -> tuple[int, int]:
    """Return the coordinates of one of `count` places, none straight above the hub."""
    angle = math.tau * (place + 0.5) / count - math.pi / 2
    return round(RING_WIDTH * math.cos(angle)), round(height * math.sin(angle))


def _member(x: int, y: int, name: str, is_certain: bool) -> Node:  # noqa: FBT001 - unpacked from a pair
    lines = _lines(name)
    # On the outer side of the circle, where no line runs to the hub.
    first = y - NODE_RADIUS - LINE // 2 - LINE * (len(lines) - 1) if y < 0 else y + NODE_RADIUS + LINE
    return Node(x, y, NODE_RADIUS, _stacked(lines, first), is_certain)


def _hub(name: str) -> Node:
    lines = _lines(name)
    first = round(LINE / 3 - LINE * (len(lines) - 1) / 2)
    return Node(0, 0, HUB_RADIUS, _stacked(lines, first))


def _stacked(lines: Sequence[str], first: int) -> tuple[tuple[int, str], ...]:
    return tuple((first + LINE * number, line) for number, line in enumerate(lines))


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, LETTERS, break_long_words=False, max_lines=3, placeholder="…")
