"""Who gets what: conversations; and what could leak there."""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone

from sadzonka.conversations.models import Message, Question, Thread
from sadzonka.organisations.models import Organisation
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Visit
from tests.chain import World
from tests.permissions.roles import ALL, CANARY, DESK, INSIDERS, NOBODY, NOT_ALLOWED, OVER, Row

THREAD, SHOWN_MESSAGE, HIDDEN_MESSAGE, QUESTION = 9101, 9102, 9103, 9104  # numbers of what is planted

# anonymous, stranger, participant, facilitator, editor, staff, controller, administrator
WRITTEN_BADLY = (302, 422, 422, 422, 422, 422, 422, 422)
SIGNED_IN_NOTHING = (302, 404, 404, 404, 404, 404, 404, 404)
DESK_BADLY = (302, 404, 404, 404, 404, 422, 404, 422)
DESK_DONE = (302, 404, 404, 404, 404, 302, 404, 302)

PRACTICE = "/en/practices/bicycles-from-prison/exchange/"
VISIT = "/en/visits/under-way/exchange/"
HOST = "/en/organisations/cadiai/exchange/"

ROWS: list[Row] = [
    Row("exchange", "/en/exchange/", "GET", ALL, "Said to everybody"),
    Row("exchange", "/en/exchange/?theme=both-sides", "GET", ALL, "Said to everybody"),
    Row("exchange", "/en/exchange/", "POST", NOT_ALLOWED),
    Row("practice_exchange", PRACTICE, "GET", ALL, "What each side gains"),
    Row("practice_exchange", PRACTICE, "POST", WRITTEN_BADLY),
    Row("practice_exchange", "/en/practices/draft-practice/exchange/", "GET", INSIDERS, CANARY),
    Row("practice_exchange", "/en/practices/unknown/exchange/", "GET", NOBODY),
    Row("practice_exchange", PRACTICE, "PUT", NOT_ALLOWED),
    Row("practice_ask", f"{PRACTICE}ask/", "GET", ALL, "Ask a host"),
    Row("practice_ask", f"{PRACTICE}ask/", "POST", WRITTEN_BADLY),
    Row("practice_ask", "/en/practices/draft-practice/exchange/ask/", "GET", INSIDERS, CANARY),
    Row("practice_ask", f"{PRACTICE}ask/", "PUT", NOT_ALLOWED),
    Row("visit_exchange", VISIT, "GET", ALL, "Hidden: A reason"),
    Row("visit_exchange", VISIT, "POST", WRITTEN_BADLY),
    Row("visit_exchange", "/en/visits/draft-visit/exchange/", "GET", INSIDERS, CANARY),
    Row("visit_exchange", "/en/visits/unknown/exchange/", "GET", NOBODY),
    Row("visit_exchange", VISIT, "PUT", NOT_ALLOWED),
    Row("visit_ask", f"{VISIT}ask/", "GET", ALL, "Ask a host"),
    Row("visit_ask", f"{VISIT}ask/", "POST", WRITTEN_BADLY),
    Row("visit_ask", "/en/visits/draft-visit/exchange/ask/", "GET", INSIDERS, CANARY),
    Row("visit_ask", f"{VISIT}ask/", "PUT", NOT_ALLOWED),
    Row("organisation_exchange", HOST, "GET", ALL, "Questions to hosts"),
    Row("organisation_exchange", HOST, "POST", WRITTEN_BADLY),
    Row("organisation_exchange", "/en/organisations/unknown/exchange/", "GET", NOBODY),
    Row("organisation_exchange", HOST, "PUT", NOT_ALLOWED),
    Row("organisation_ask", f"{HOST}ask/", "GET", ALL, "Ask a host"),
    Row("organisation_ask", f"{HOST}ask/", "POST", WRITTEN_BADLY),
    Row("organisation_ask", "/en/organisations/unknown/exchange/ask/", "GET", NOBODY),
    Row("organisation_ask", f"{HOST}ask/", "PUT", NOT_ALLOWED),
    # --- moderating
    Row("message_desk", f"/en/exchange/messages/{HIDDEN_MESSAGE}/", "GET", DESK, CANARY),
    Row("message_desk", f"/en/exchange/messages/{SHOWN_MESSAGE}/", "POST", DESK_BADLY),
    Row("message_desk", "/en/exchange/messages/1234567/", "GET", SIGNED_IN_NOTHING),
    Row("message_desk", f"/en/exchange/messages/{HIDDEN_MESSAGE}/", "PUT", NOT_ALLOWED),
    Row("thread_desk", f"/en/exchange/threads/{THREAD}/", "GET", DESK, "Thread"),
    Row("thread_desk", f"/en/exchange/threads/{THREAD}/", "POST", DESK_DONE),
    Row("thread_desk", "/en/exchange/threads/1234567/", "GET", SIGNED_IN_NOTHING),
    Row("thread_desk", f"/en/exchange/threads/{THREAD}/", "PUT", NOT_ALLOWED),
    # --- questions to hosts
    Row("questions", "/en/desk/questions/?state=answered", "GET", DESK, CANARY),
    Row("questions", "/en/desk/questions/", "POST", NOT_ALLOWED),
    Row("question_desk", f"/en/desk/questions/{QUESTION}/", "GET", DESK, CANARY),
    Row("question_desk", f"/en/desk/questions/{QUESTION + 1}/", "GET", DESK, "Asked lately"),
    Row("question_desk", f"/en/desk/questions/{QUESTION + 1}/", "POST", DESK_BADLY),
    Row("question_desk", "/en/desk/questions/1234567/", "GET", SIGNED_IN_NOTHING),
    Row("question_desk", f"/en/desk/questions/{QUESTION + 1}/", "PUT", NOT_ALLOWED),
    Row("question", "/en/question/wrong-token/", "GET", OVER),
    Row("question", "/en/question/wrong-token/", "POST", OVER),
    Row("question", "/en/question/wrong-token/", "PUT", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant a hidden message, messages about drafts, and an answer that is not for publication."""
    thread = Thread.objects.create(pk=THREAD, subject=world.visit, theme="both-sides")
    _say(thread, "Said to everybody", pk=SHOWN_MESSAGE)
    _say(thread, CANARY, pk=HIDDEN_MESSAGE, is_hidden=True, hidden_reason="A reason")
    for draft in (Practice.objects.get(slug="draft-practice"), Visit.objects.get(slug="draft-visit")):
        _say(Thread.objects.create(subject=draft, title=CANARY), CANARY)
    host = Organisation.objects.get(slug="cadiai")
    asked = {"subject": world.visit, "host": host, "language": "en"}
    Question.objects.create(
        pk=QUESTION,
        text=CANARY,
        state=Question.State.ANSWERED,
        answer=CANARY,
        answer_language="it",
        answered_by="Chiara",
        answered_at=timezone.now() - dt.timedelta(days=1),
        may_be_published=False,
        **asked,
    )
    Question.objects.create(pk=QUESTION + 1, text="Asked lately", **asked)


def _say(thread: Thread, text: str, **fields: object) -> None:
    Message.objects.create(thread=thread, nonce=uuid.uuid4(), text=text, language="en", **fields)
