"""Who gets what: ideas; and what could leak there."""

from __future__ import annotations

import uuid

from sadzonka.practices.models import Idea, Interest, Practice
from tests import factories
from tests.chain import World
from tests.permissions.roles import ALL, CANARY, DESK, INSIDERS, NOBODY, NOT_ALLOWED, Row

SHOWN, HIDDEN, OF_A_DRAFT = 9001, 9002, 9003  # numbers of the planted ideas

# anonymous, stranger, participant, facilitator, editor, staff, controller, administrator
WRITERS = (302, 200, 200, 200, 200, 200, 200, 200)
WRITTEN_BADLY = (302, 422, 422, 422, 422, 422, 422, 422)
SIGNED_IN_NOTHING = (302, 404, 404, 404, 404, 404, 404, 404)
AUTHOR = (302, 404, 200, 404, 404, 404, 404, 404)
AUTHOR_BADLY = (302, 404, 422, 404, 404, 404, 404, 404)
STAFF = (302, 404, 404, 404, 404, 200, 404, 200)
DESK_BADLY = (302, 404, 404, 404, 404, 422, 404, 422)
HIDDEN_IDEA = (302, 404, 404, 404, 404, 200, 200, 200)

ROWS: list[Row] = [
    Row("ideas", "/en/ideas/", "GET", ALL, "An idea for everybody"),
    Row("ideas", "/en/ideas/?became=practice", "GET", ALL, "An idea of a draft"),
    Row("ideas", "/en/ideas/", "POST", NOT_ALLOWED),
    Row("idea", f"/en/ideas/{SHOWN}/", "GET", ALL, "An idea for everybody"),
    Row("idea", f"/en/ideas/{OF_A_DRAFT}/", "GET", ALL, "An idea of a draft"),
    Row("idea", f"/en/ideas/{HIDDEN}/", "GET", INSIDERS, CANARY),
    Row("idea", "/en/ideas/1234567/", "GET", NOBODY),
    Row("idea", f"/en/ideas/{SHOWN}/", "POST", NOT_ALLOWED),
    Row("idea_new", "/en/ideas/new/", "GET", WRITERS, "Write it down"),
    Row("idea_new", "/en/ideas/new/", "POST", WRITTEN_BADLY),
    Row("idea_new", "/en/ideas/new/", "PUT", NOT_ALLOWED),
    Row("idea_edit", f"/en/ideas/{SHOWN}/edit/", "GET", AUTHOR, "An idea for everybody"),
    Row("idea_edit", f"/en/ideas/{SHOWN}/edit/", "POST", AUTHOR_BADLY),
    Row("idea_edit", f"/en/ideas/{HIDDEN}/edit/", "GET", SIGNED_IN_NOTHING),
    Row("idea_edit", f"/en/ideas/{OF_A_DRAFT}/edit/", "GET", SIGNED_IN_NOTHING),
    Row("idea_edit", f"/en/ideas/{SHOWN}/edit/", "PUT", NOT_ALLOWED),
    Row("idea_hide", f"/en/ideas/{HIDDEN}/hide/", "GET", DESK, CANARY),
    Row("idea_hide", f"/en/ideas/{SHOWN}/hide/", "GET", DESK, "An idea for everybody"),
    Row("idea_hide", f"/en/ideas/{SHOWN}/hide/", "POST", DESK_BADLY),
    Row("idea_hide", "/en/ideas/1234567/hide/", "GET", SIGNED_IN_NOTHING),
    Row("idea_hide", f"/en/ideas/{SHOWN}/hide/", "PUT", NOT_ALLOWED),
    # Drafts of practices are among what staff choose from.
    Row("idea_practice", f"/en/ideas/{SHOWN}/practice/", "GET", STAFF, CANARY),
    Row("idea_practice", "/en/ideas/1234567/practice/", "POST", SIGNED_IN_NOTHING),
    Row("idea_practice", "/en/ideas/1234567/practice/", "GET", SIGNED_IN_NOTHING),
    Row("idea_practice", f"/en/ideas/{SHOWN}/practice/", "PUT", NOT_ALLOWED),
    # Why somebody is interested is for whoever wrote it, staff and controllers.
    Row("interest", "/en/practices/bicycles-from-prison/interest/", "GET", WRITERS, "Declare interest"),
    Row("interest", "/en/practices/nurseries-by-a-consortium/interest/", "POST", WRITTEN_BADLY),
    Row("interest", "/en/practices/draft-practice/interest/", "GET", SIGNED_IN_NOTHING),
    Row("interest", "/en/practices/draft-practice/interest/", "POST", SIGNED_IN_NOTHING),
    Row("interest", "/en/practices/bicycles-from-prison/interest/", "PUT", NOT_ALLOWED),
    Row("idea_interest", f"/en/ideas/{SHOWN}/interest/", "GET", WRITERS, "Declare interest"),
    Row("idea_interest", f"/en/ideas/{SHOWN}/interest/", "POST", WRITTEN_BADLY),
    Row("idea_interest", f"/en/ideas/{HIDDEN}/interest/", "GET", HIDDEN_IDEA, CANARY),
    Row("idea_interest", f"/en/ideas/{SHOWN}/interest/", "PUT", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant an idea for everybody, a hidden one, one that became a draft, and a note beside an interest."""
    draft = Practice.objects.get(slug="draft-practice")
    _idea(SHOWN, "An idea for everybody", author=world.marek)
    _idea(HIDDEN, CANARY, author=world.editor, is_hidden=True, hidden_reason=CANARY)
    Idea.objects.filter(pk=HIDDEN).update(author=None)
    _idea(OF_A_DRAFT, "An idea of a draft", author=world.marek, practice=draft)
    place = factories.municipality("300102")
    for subject in ({"practice": draft}, {"idea": Idea.objects.get(pk=HIDDEN)}):
        Interest.objects.create(person=world.neighbour, municipality=place, note=CANARY, **subject)
    shown = Practice.objects.get(slug="municipal-forests-cooperative")
    Interest.objects.create(person=world.neighbour, municipality=place, note=CANARY, practice=shown)


def _idea(number: int, text: str, **fields: object) -> None:
    words = dict.fromkeys(("title", "need", "solution", "first_step"), text)
    Idea.objects.create(pk=number, nonce=uuid.uuid4(), language="en", **words, **fields)
