"""Doing things at the same moment, on a database of one's own: threads commit what they do."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

TIMES = 6  # as often as somebody impatient presses a button


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work in a copy of the test database, so that what is committed is seen by no other test."""
    with django_db_blocker.unblock():
        connection.close()  # a database is copied when nobody uses it
        connection.creation.clone_test_db(suffix="at_once", verbosity=0, autoclobber=True)
        name = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = f"{name}_at_once"
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = name
            connection.creation.destroy_test_db(suffix="at_once", verbosity=0)


def together(*deeds: Callable[[], Any], refused: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Do all deeds when all are ready; return what each returned, or how it was refused.

    Whatever else a deed raises is raised here.
    """
    start = threading.Barrier(len(deeds))

    def done(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=60)
            return deed()
        except refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        waiting = [threads.submit(done, deed) for deed in deeds]
        return [one.result(timeout=120) for one in waiting]


def again_and_again(deed: Callable[[], Any], refused: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Do the same several times at the same moment."""
    return together(*[deed] * TIMES, refused=refused)
