"""A call and its applications as a file tells them: each step is taken by its action, on its own day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from sadzonka.common.clock import at_that_time, read_day, read_moment
from sadzonka.places.sources import known_municipalities
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Application, Call
from sadzonka.visits.recruitment.actions import (
    CriterionRow,
    accept_place,
    check_application,
    choose,
    decide_delegation,
    decline_place,
    save_call,
    score_application,
    start_application,
)
from sadzonka.visits.recruitment.choices import Choice

if TYPE_CHECKING:
    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person
    from sadzonka.visits.models import Visit

A_DATE = "a date or a number of days from today"
STATES = {state.value: state for state in Application.State}


def load_call(entry: Entry, visit: Visit, people: dict[str, Person], by: Person, on: dt.datetime) -> Call:
    """Announce the call of a visit on its day; days counted from today are counted from the real one."""
    terms: dict[str, Any] = {
        name: entry.needed(name, int, "a number") for name in ("places", "days_to_answer")
    }
    terms["opens_at"] = entry.needed("opens_at", read_moment, A_DATE)
    last_moment = dt.time(23, 59)
    terms["closes_at"] = timezone.make_aware(
        dt.datetime.combine(entry.needed("closes_on", read_day, A_DATE), last_moment)
    )
    terms |= {name: entry.words(name) for name in ("rules", "notice")}
    terms["municipality_limit"] = entry.convert("municipality_limit", int, "a number")
    criteria = [
        CriterionRow(None, row.words("name"), row.needed("most_points", int, "a number"))
        for row in entry.entries("criteria")
    ]
    reviewers = [entry.found("reviewers", people, key=email) for email in entry.get("reviewers", [])]
    with at_that_time(on):
        return save_call(visit=visit, revision=0, terms=terms, reviewers=reviewers, criteria=criteria, by=by)


def load_applications(
    entries: Iterable[Entry], call: Call, people: dict[str, Person], by: Person
) -> dict[str, Application]:
    """Let people apply, their superiors delegate them, and staff check and score what came in."""
    applications = {}
    for entry in entries:
        application = _apply(entry, call)
        applications[application.email] = application
        _delegate(entry.table("delegation"), application)
        _check(entry.table("check"), application, by)
        for row in entry.entries("scores"):
            _score(row, application, people)
    return applications


def _apply(entry: Entry, call: Call) -> Application:
    municipalities = known_municipalities()
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    answers: dict[str, Any] = {
        name: entry.text(name)
        for name in (
            "first_name",
            "last_name",
            "institution",
            "position",
            "superior_name",
            "superior_email",
            "motivation",
        )
    }
    answers |= {
        "phone": entry.get("phone"),
        "needs": entry.get("needs"),
        "municipality": entry.found("municipality", municipalities, key=("PL", entry.text("municipality"))),
        "practices": [entry.found("practices", practices, key=slug) for slug in entry.get("practices", [])],
        "notice": True,
        "pictures": bool(entry.get("pictures", False)),
    }
    with at_that_time(entry.needed("applied_on", read_moment, A_DATE)):
        return start_application(
            call=call,
            nonce=uuid.uuid4(),
            email=entry.text("email"),
            answers=answers,
            is_sent=True,
            language=entry.get("language", "pl"),
            address="",
        )


def _delegate(entry: Entry, application: Application) -> None:
    if entry.values:
        with at_that_time(entry.needed("on", read_moment, A_DATE)):
            decide_delegation(
                application=application,
                is_confirmed=bool(entry.get("is_confirmed", True)),
                name=entry.text("by"),
                remark=entry.get("remark"),
            )


def _check(entry: Entry, application: Application, by: Person) -> None:
    if entry.values:
        application.refresh_from_db()
        with at_that_time(entry.needed("on", read_moment, A_DATE)):
            check_application(
                application=application,
                revision=application.revision,
                decision=entry.found("decision", STATES),
                reason=entry.get("reason"),
                by=by,
            )


def _score(entry: Entry, application: Application, people: dict[str, Person]) -> None:
    criteria = application.call.criteria.all()
    points = {
        one: (given, entry.text("reason")) for one, given in zip(criteria, entry.get("points"), strict=True)
    }
    with at_that_time(entry.needed("on", read_moment, A_DATE)):
        score_application(application=application, points=points, by=entry.found("by", people))


def load_choice(entries: list[Entry], call: Call, by: Person) -> None:
    """Choose participants, all on one day."""
    applications = {one.email: one for one in Application.objects.filter(call=call)}
    call.refresh_from_db()
    choose(
        call=call,
        revision=call.revision,
        choices=[
            Choice(
                application=applications[entry.text("email")].pk,
                revision=applications[entry.text("email")].revision,
                decision=choice.found("decision", STATES),
                reason=choice.text("reason"),
                position=choice.convert("position", int, "a number"),
            )
            for entry in entries
            if (choice := entry.table("choice")).values
        ],
        by=by,
    )


def load_answers(entries: Iterable[Entry], call: Call, after_each: Callable[[], None]) -> None:
    """Let those who were offered a place accept or decline it, in the order of the days.

    Who moves up on the reserve list is told by `after_each` before they answer in turn.
    """
    answers = [(entry.text("email"), entry.table("answer")) for entry in entries if entry.get("answer")]
    moments = [(answer.needed("on", read_moment, A_DATE), email, answer) for email, answer in answers]
    for moment, email, answer in sorted(moments, key=lambda one: one[0]):
        application = Application.objects.select_related("call__visit").get(call=call, email=email)
        with at_that_time(moment):
            if answer.get("accepts"):
                accept_place(application=application)
            else:
                decline_place(application=application, reason=answer.get("reason"))
        after_each()
