"""Reading calls and applications."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When

from sadzonka.people.models import Person
from sadzonka.people.rules import STAFF
from sadzonka.places.finding import Named, names_of, wanted_in
from sadzonka.places.queries import KIND_WORDS, fold, periods_on
from sadzonka.practices.queries import shown_versions
from sadzonka.visits.models import Application, Call, Change, Score, Visit
from sadzonka.visits.queries import versions_seen_on
from sadzonka.visits.recruitment.scores import Scoring, scorings

if TYPE_CHECKING:
    from sadzonka.places.models import Period
    from sadzonka.practices.models import Practice

MOST_CANDIDATES = 12
# What people write before or behind the name of a municipality and what the official name does not hold.
AROUND_NAMES = {"wiejska", "miejska", "miejsko", "urzad", "miejski", "gminy", "miasta", "di", "del"}


class TooManyPlaces(Exception):
    """So many municipalities fit the words that nobody wants to read them all."""


def visit_with_call(slug: str) -> Visit | None:
    """Return a visit with its call, None when there is no such visit."""
    return (
        Visit.objects.select_related("call", "series", "project__programme", "organiser")
        .filter(slug=slug)
        .first()
    )


def call_of(visit: Visit) -> Call | None:
    """Return the call of a visit, None while there is none; no query for one of `visit_with_call`."""
    return getattr(visit, "call", None)


def possible_reviewers() -> QuerySet[Person]:
    """Return the staff, who may be asked to review."""
    return (
        Person.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True)
        .distinct()
        .order_by("last_name", "first_name", "email")
    )


def practices_to_choose(visit: Visit) -> list[tuple[Practice, str]]:
    """Return the practices seen on a visit, all that are shown when none is, each with its card's title."""
    versions = list(versions_seen_on(visit)) or list(shown_versions())
    titles = [(version.practice, version.text_in()) for version in versions]
    return [(practice, text.title) for practice, text in titles if text is not None]


# --- applications


def whole_applications() -> QuerySet[Application]:
    """Return applications with what a line about each says."""
    return Application.objects.select_related(
        "call__visit__project", "call__visit__organiser", "municipality", "person"
    ).prefetch_related("municipality__periods")


def application_with_everything(pk: int) -> Application | None:
    """Return an application with what its own page shows."""
    return (
        whole_applications()
        .prefetch_related("practices__versions__texts", _changes_with_people())
        .filter(pk=pk)
        .first()
    )


def _changes_with_people() -> Prefetch[str]:
    return Prefetch("changes", Change.objects.select_related("by"))


def application_of_call(call: Call, reference: str) -> Application | None:
    """Return an application of a call by its reference, None when it has none such."""
    number = call.applications.filter(reference=reference.upper()).values_list("pk", flat=True).first()
    return application_with_everything(number) if number else None


def applications_of(call: Call, states: Iterable[str] = ()) -> list[Application]:
    """Return the applications of a call in the order of their sending, those not sent yet last."""
    found = whole_applications().filter(call=call).prefetch_related(_changes_with_people())
    if states:
        found = found.filter(state__in=list(states))
    unsent = Case(When(submitted_at=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    return list(found.order_by(unsent, "submitted_at", "pk"))


def scorings_of(call: Call, applications: Iterable[Application]) -> dict[int, Scoring]:
    """Return all points of these applications, by application."""
    applications = list(applications)
    scores = Score.objects.filter(application__in=[one.pk for one in applications]).select_related("reviewer")
    return scorings(applications, list(call.criteria.all()), scores)


def returned_at(application: Application) -> datetime | None:
    """Return when an application was returned last, None when it never was."""
    times = [
        change.changed_at
        for change in application.changes.all()
        if change.state == Application.State.RETURNED
    ]
    return max(times, default=None)


def reason_of(application: Application) -> str:
    """Return the reason for the state that an application is in, empty when none was given."""
    latest = [change for change in application.changes.all() if change.state == application.state]
    return latest[-1].reason if latest else ""


def place_in_reserve(application: Application) -> int | None:
    """Return the place on the reserve list as it is today: 1 for who is next, None when not on it."""
    if application.state != Application.State.RESERVE or application.reserve_position is None:
        return None
    before = Application.objects.filter(
        call=application.call_id,
        state=Application.State.RESERVE,
        reserve_position__lt=application.reserve_position,
    )
    return before.count() + 1


def application_in_use(call: Call, email: str) -> Application | None:
    """Return the application that an address has for a call already, those withdrawn apart."""
    return (
        call.applications.filter(email__iexact=email)
        .exclude(state=Application.State.WITHDRAWN)
        .order_by("pk")
        .first()
    )


# --- municipalities


def municipalities_named(words: str) -> list[Period]:
    """Return the municipalities that somebody may mean: one when it is clear, else the candidates.

    A whole name or code wins over a part of one. Raises TooManyPlaces.
    """
    wanted = " ".join(re.split(r"[^\w]+", fold(words))).strip()
    if not wanted:
        return []
    names = names_of()
    found = [one for one in names.with_words(wanted.split()) if wanted in {one.name, one.code}]
    found = found or list(names.with_words(wanted_in(wanted)))
    if not found:
        kept = [word for word in wanted_in(wanted) if word not in AROUND_NAMES]
        found = list(names.with_words(kept)) if kept else []
    found = _with_whole_words(wanted, found)
    if len(found) > MOST_CANDIDATES:
        raise TooManyPlaces
    periods = periods_on().filter(pk__in=[one.period for one in found])
    return sorted(periods, key=lambda period: (fold(period.name), period.municipality.code))


def _with_whole_words(wanted: str, found: list[Named]) -> list[Named]:
    """Return those whose name and code hold each word wholly, all of them when none does."""
    words = set(wanted.split()) - AROUND_NAMES - KIND_WORDS
    whole = [
        one
        for one in found
        if words & set(re.split(r"[^\w]+", one.name))
        and words <= set(re.split(r"[^\w]+", f"{one.name} {one.above} {one.code}"))
    ]
    return whole or found
