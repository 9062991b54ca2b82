"""Storing what was read from a file: all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def store(things: Iterable[M]) -> list[M]:
    """Store new things in the order given, kind by kind; all of them or none."""
    kinds: dict[type[M], list[M]] = {}
    for thing in things:
        kinds.setdefault(type(thing), []).append(thing)
    stored: list[M] = []
    for kind, rows in kinds.items():
        stored += kind._default_manager.bulk_create(rows, batch_size=1000)
    return stored
