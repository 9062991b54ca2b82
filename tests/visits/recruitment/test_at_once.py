"""Sixty answers at the same time: never more places than there are, and the reserve list in its order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.actions import PlaceIsNotOffered, accept_place, withdraw
from sadzonka.visits.recruitment.queries import application_with_everything
from tests.visits.recruitment.stage import State, chosen, closed_call, reserve

PLACES, WAITING = 25, 40

pytestmark = pytest.mark.postgres


def test_sixty_answers_at_once_keep_the_places_and_the_order(own_database: None) -> None:
    call = closed_call(places=PLACES, municipality_limit=None)
    offered = [chosen(call, f"Chosen{n}") for n in range(PLACES)]
    waiting = [reserve(call, f"Reserve{n}", n) for n in range(1, WAITING + 1)]
    answers = [
        *[(accept_place, one) for one in offered],  # 25 accept ...
        *[(withdraw, one) for one in offered[:20]],  # ... of whom 20 withdraw in the same moment
        *[(withdraw, one) for one in waiting[:5]],
        *[(accept_place, one) for one in waiting[5:15]],
    ]
    assert len(answers) == 60
    most_held, problems = answered_at_once(call, answers)
    held = call.applications.filter(state__in=Application.HOLD_A_PLACE)
    assert (problems, most_held, held.count()) == ([], PLACES, PLACES)
    moved_up = Change.objects.filter(cause=Change.Cause.RESERVE_MOVED_UP).order_by("pk")
    names = list(moved_up.values_list("application__first_name", flat=True))
    numbers = [int(name.removeprefix("Reserve")) for name in names]
    assert numbers == sorted(numbers)
    still_waiting = call.applications.filter(state=State.RESERVE).order_by("reserve_position")
    assert min(still_waiting.values_list("reserve_position", flat=True)) > max(numbers)
    assert Change.objects.filter(application__in=offered[:20], state=State.WITHDRAWN).count() == 20


def answered_at_once(
    call: Call, answers: list[tuple[Callable[..., object], Application]]
) -> tuple[int, list[Exception]]:
    """Let everybody answer when all are ready; return the most places seen held, and what went wrong."""
    start, is_over = threading.Barrier(len(answers)), threading.Event()
    problems: list[Exception] = []

    def answer(action: Callable[..., object], one: Application) -> None:
        try:
            mine = application_with_everything(one.pk)
            start.wait(timeout=60)
            action(application=mine)
        except PlaceIsNotOffered:  # not yet, or no longer: a kind word on the page
            pass
        except Exception as error:  # noqa: BLE001 - whatever went wrong fails the test
            problems.append(error)
        finally:
            connections.close_all()

    def watch() -> int:
        most = 0
        try:
            while not is_over.wait(timeout=0.005):
                held = Application.objects.filter(call=call, state__in=Application.HOLD_A_PLACE)
                most = max(most, held.count())
        finally:
            connections.close_all()
        return most

    with ThreadPoolExecutor(len(answers) + 1) as threads:
        watching = threads.submit(watch)
        waiting = [threads.submit(answer, action, one) for action, one in answers]
        for one in waiting:
            one.result(timeout=120)
        is_over.set()
        return watching.result(timeout=60), problems
