"""What is sent twice happens once: no form of the chain leaves anything else behind on its second sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail as locmem
from django.core.cache import cache

from sadzonka.people.models import Person
from tests.chain import World
from tests.journeys.clock import Clock
from tests.journeys.forms import adoption, experience, group, screening
from tests.journeys.forms.scene import Filled, Scene
from tests.journeys.post_office import delivers
from tests.journeys.visitor import Visitor, filled_in

CHAIN = ("people", "outbox", "conversations", "practices", "visits", "transfer", "wagtailcore")
OF_THE_FRAMEWORK = ("wagtailcore.referenceindex",)
FORMS = (*group.FORMS, *experience.FORMS, *adoption.FORMS, *screening.FORMS)
NOTED_ALREADY, REFUSED_WITH_CARE = 302, 409
STALE = (
    (group.go_on_later, "motivation", "Typed in another tab"),
    (group.write_call, "rules_en", "Typed in another tab"),
    (group.check, "reason", "Typed in another tab"),
    (experience.write_sheet, "q-works", "Typed in another tab"),
    (experience.change_an_idea, "need", "Typed in another tab"),
    (experience.hide_an_idea, "reason", "Typed in another tab"),
    (experience.pass_question_on, "subject", "Typed in another tab"),
    (adoption.plan_a_step, "text", "Typed in another tab"),
    (adoption.say_what_was_different, "adaptations", "Typed in another tab"),
    (screening.keep_the_list, "note", "Typed in another tab"),
    (screening.draft_the_list_anew, "most", "7"),
)


@pytest.fixture
def scene(world: World, ewa: Person, clock: Clock) -> Scene:
    cache.clear()
    clock.moves_to("2026-08-25")
    return Scene(world, ewa)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_the_same_form_sent_twice_is_one_thing(form: Callable[[Scene], Filled], scene: Scene) -> None:
    filled = form(scene)
    before = everything()
    visitor = filled.sent()
    once = everything()
    assert once != before, "the form did something"
    assert visitor.sends_again() in {NOTED_ALREADY, REFUSED_WITH_CARE}
    assert everything() == once


@pytest.mark.parametrize(("form", "field", "text"), STALE, ids=lambda value: getattr(value, "__name__", ""))
def test_what_was_typed_in_a_stale_tab_is_refused_and_kept(
    form: Callable[[Scene], Filled], field: str, text: str, scene: Scene
) -> None:
    filled = form(scene)
    other_tab = Visitor(filled.visitor.language, filled.visitor.client)
    other_tab.opens(filled.visitor.address)
    filled.sent()
    once = everything()
    other_tab.presses(filled.button, {**filled.answers, field: text}, status=REFUSED_WITH_CARE)
    assert everything() == once
    assert text in [value for form in other_tab.page.select("form") for value in filled_in(form).values()]


def everything() -> dict[str, list[Any]]:
    """Return all rows of the chain, the log with them, and the mail that the worker has delivered."""
    delivers()
    rows = {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for label in CHAIN
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.label_lower not in OF_THE_FRAMEWORK
    }
    return {**rows, "mail": [message.subject for message in locmem.outbox]}
