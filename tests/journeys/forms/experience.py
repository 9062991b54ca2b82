"""Forms of what is seen on a visit, of exchange and of ideas, opened and filled in as their people do."""

from __future__ import annotations

import uuid

from sadzonka.conversations.actions import start_thread
from sadzonka.conversations.hosts.actions import ask
from sadzonka.conversations.models import Question
from sadzonka.organisations.models import Organisation
from sadzonka.outbox.models import Link
from sadzonka.practices.ideas.actions import write_idea
from sadzonka.practices.models import Idea, Practice
from sadzonka.visits.models import Goal
from tests import factories
from tests.journeys.forms.scene import BICYCLES, Filled, Scene, behind
from tests.journeys.recruiting import signed_in
from tests.visits.observation.talk import write


def note_attendance(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/attendance/{scene.world.items[0].key}/")
    return Filled(desk, "Save, and everybody not noted was there", {})


def write_sheet(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at=f"{scene.page}sheets/{scene.world.items[0].key}/")
    return Filled(writer, "Save and share", {"q-seen": "Ten benches"})


def agree_on_text(scene: Scene) -> Filled:
    item = scene.world.items[0]
    write(item, scene.world.marek, seen="Ten benches")
    leader = signed_in(scene.world.facilitator, at=f"{scene.page}debriefs/{item.key}/")
    return Filled(leader, "Save and close as agreed", {"q-seen": "Ten benches"})


def reopen_debrief(scene: Scene) -> Filled:
    return Filled(signed_in(scene.world.facilitator, at=scene.agreed()), "Reopen the debrief", {})


def make_card(scene: Scene) -> Filled:
    return Filled(signed_in(scene.world.facilitator, at=scene.agreed()), "Make a draft card of it", {})


def make_idea(scene: Scene) -> Filled:
    leader = signed_in(scene.world.facilitator, at=scene.agreed())
    leader.follows("Write it down as an idea", within="main")
    return Filled(
        leader, "Write the idea down", {"need": "A room", "solution": "A bench", "first_step": "Ask"}
    )


def record_goals(scene: Scene) -> Filled:
    goal = Goal.objects.create(visit=scene.world.visit, text=factories.words("To see ten places"))
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/goals/")
    row = f"goal-{goal.pk}"
    evidence = {f"{row}-evidence-0-label_en": "A report", f"{row}-evidence-0-url": "https://example.org/r"}
    return Filled(
        desk, desk.texts("main form[action$='/desk/goals/'] button")[0], {f"{row}-achieved": "9", **evidence}
    )


def say_something(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at=f"/en/practices/{BICYCLES}/exchange/")
    return Filled(writer, "Open the thread", {"title": "Spare parts", "text": "Where from?"})


def ask_a_host(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at="/en/organisations/cadiai/exchange/ask/")
    return Filled(writer, "Ask", {"text": "Who pays the rent?"})


def pass_question_on(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"/en/desk/questions/{_asked(scene).pk}/")
    return Filled(desk, "Send to the host", {"recipient": "chiara@example.org"})


def close_question(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"/en/desk/questions/{_asked(scene).pk}/")
    return Filled(desk, "Close the question", {"reason": "It stands on the card."})


def host_answers(scene: Scene) -> Filled:
    pass_question_on(scene).sent()
    host = behind(Link.objects.get(purpose=Link.Purpose.QUESTION), language="it")
    answers = {"text": "Il comune", "answered_by": "Chiara", "may_be_published": "yes"}
    return Filled(host, host.found("main form button").get_text(), answers)


def _asked(scene: Scene) -> Question:
    host = Organisation.objects.get(slug="cadiai")
    return ask(
        nonce=uuid.uuid4(),
        subject=host,
        host=host,
        asked_by=scene.world.marek,
        language="pl",
        text="Kto płaci?",
    )


def close_thread(scene: Scene) -> Filled:
    message = start_thread(
        subject=Practice.objects.get(slug=BICYCLES),
        title="Spare parts",
        author=scene.world.marek,
        nonce=uuid.uuid4(),
        language="en",
        text="Where from?",
    )
    desk = signed_in(scene.ewa, at=f"/en/exchange/threads/{message.thread_id}/")
    return Filled(desk, "Close the thread", {})


def write_an_idea(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at="/en/ideas/new/")
    lines = {"title": "Tools to lend", "need": "Tools", "solution": "A library", "first_step": "Ask around"}
    return Filled(writer, "Write it down", lines)


def _idea(scene: Scene) -> Idea:
    lines = dict.fromkeys(("title", "need", "solution", "first_step"), "Tools to lend")
    return write_idea(nonce=uuid.uuid4(), author=scene.world.marek, language="en", **lines)


def change_an_idea(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at=f"/en/ideas/{_idea(scene).pk}/edit/")
    return Filled(writer, "Store", {"need": "Better tools"})


def declare_interest(scene: Scene) -> Filled:
    writer = signed_in(scene.world.marek, at=f"/en/practices/{BICYCLES}/interest/")
    return Filled(writer, "Declare interest", {"note": "We have a room"})


def declare_interest_in_an_idea(scene: Scene) -> Filled:
    writer = signed_in(scene.world.neighbour, at=f"/en/ideas/{_idea(scene).pk}/interest/")
    return Filled(writer, "Declare interest", {})


def hide_an_idea(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"/en/ideas/{_idea(scene).pk}/hide/")
    return Filled(desk, "Hide the idea", {"reason": "It names a person."})


def say_what_it_became(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"/en/ideas/{_idea(scene).pk}/practice/")
    return Filled(desk, "Store", {"practice": str(Practice.objects.get(slug=BICYCLES).pk)})


FORMS = (
    note_attendance,
    write_sheet,
    agree_on_text,
    reopen_debrief,
    make_card,
    make_idea,
    record_goals,
    say_something,
    ask_a_host,
    pass_question_on,
    close_question,
    host_answers,
    close_thread,
    write_an_idea,
    change_an_idea,
    declare_interest,
    declare_interest_in_an_idea,
    hide_an_idea,
    say_what_it_became,
)
