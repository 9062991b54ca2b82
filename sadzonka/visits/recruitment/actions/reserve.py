"""The reserve list fills free places by itself, always in its order."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.db import transaction
from django.utils import timezone

from sadzonka.outbox.models import Mail
from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.actions.changes import locked_call, move
from sadzonka.visits.recruitment.choices import has_room
from sadzonka.visits.recruitment.rules import is_filling

NOT_TOLD = (Mail.State.DRAFT, Mail.State.WAITING, Mail.State.SENDING, Mail.State.FAILED)


@transaction.atomic
def fill_places(*, call: Call) -> list[Application]:
    """Offer free places to the next on the reserve list and return those who moved up.

    Whoever is not delegated, or whose municipality has its share, keeps their position and is passed over.
    """
    locked = locked_call(call.pk)
    if not is_filling(locked):
        return []
    applications = list(
        locked.applications.filter(
            state__in=[*Application.HOLD_A_PLACE, Application.State.RESERVE]
        ).select_related("municipality")
    )
    held = [one for one in applications if one.state in Application.HOLD_A_PLACE]
    free, taken = locked.places - len(held), Counter(one.municipality_id for one in held)
    moved_up: list[Application] = []
    for application in sorted(
        (one for one in applications if one.state == Application.State.RESERVE),
        key=lambda one: one.reserve_position or 0,
    ):
        if len(moved_up) >= free:
            break
        if not has_room(locked, application, taken):
            continue
        application.call = locked
        offer_place(application)
        move(application, Application.State.CHOSEN, cause=Change.Cause.RESERVE_MOVED_UP)
        taken[application.municipality_id] += 1
        moved_up.append(application)
    return moved_up


def offer_place(application: Application) -> None:
    """Set until when the place is to be accepted: the days of the call, but not after the visit begins."""
    call = application.call
    starts = timezone.make_aware(dt.datetime.combine(call.visit.starts_on, dt.time.min))
    answer_by = timezone.now() + call.answering_time
    application.answer_by = min(answer_by, starts) if starts > timezone.now() else answer_by
    application.reserve_position = None


@transaction.atomic
def let_offers_lapse(*, call: Call) -> list[Application]:
    """End the offers that nobody accepted in time, then fill the places; return the ended ones.

    An offer whose mail was never sent does not lapse: its applicant cannot know of it.
    """
    locked = locked_call(call.pk)
    if not is_filling(locked):
        return []
    late = locked.applications.filter(state=Application.State.CHOSEN, answer_by__lte=timezone.now())
    lapsed = [application for application in late.order_by("answer_by", "pk") if _is_told(application)]
    for application in lapsed:
        application.call = locked
        move(application, Application.State.WITHDRAWN, cause=Change.Cause.NO_ANSWER)
    fill_places(call=locked)
    return lapsed


def _is_told(application: Application) -> bool:
    latest = application.changes.order_by("pk").last()
    return (
        latest is None or not Mail.objects.filter(key=f"application:{latest.pk}", state__in=NOT_TOLD).exists()
    )
