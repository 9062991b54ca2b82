"""What applicants and their superiors answer behind their links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.visits.models import Application, Change
from sadzonka.visits.recruitment.actions.changes import locked_application, move, note
from sadzonka.visits.recruitment.actions.reserve import fill_places
from sadzonka.visits.recruitment.mails import post_to_applicant
from sadzonka.visits.recruitment.rules import can_be_accepted, can_be_delegated, can_be_withdrawn
from sadzonka.visits.rules import may_run_visit

if TYPE_CHECKING:
    from sadzonka.places.models import Municipality


class PlaceIsNotOffered(Exception):
    """No place is offered, or no longer: it was withdrawn, declined, or not accepted in time."""


class TooLate(Exception):
    """What was asked for is no longer possible in the state that the application is in."""


@transaction.atomic
def accept_place(*, application: Application) -> Application:
    """Accept the offered place; the applicant becomes a participant with an account. Twice is once.

    The account is only linked: whoever holds the link does not sign in by it.
    """
    locked = locked_application(application)
    if locked.state == Application.State.CONFIRMED:
        return locked
    if not can_be_accepted(locked):
        raise PlaceIsNotOffered
    locked.person = _account_of(locked)
    if locked.municipality is not None:
        _affiliate(locked.person, locked.municipality)
    change = move(locked, Application.State.CONFIRMED, cause=Change.Cause.APPLICANT)
    post_to_applicant(locked, "accepted", key=f"application:{change.pk}")
    return locked


def _account_of(application: Application) -> Person:
    known = Person.objects.filter(email__iexact=application.email)
    if person := known.first():
        return person
    try:
        with transaction.atomic():
            person = create_account(email=application.email, name=application.first_name)
    except IntegrityError:  # made at this very moment, for a place on another visit
        return known.get()
    person.last_name, person.language = application.last_name, application.language
    person.save(update_fields=["last_name", "language"])
    return person


def _affiliate(person: Person, municipality: Municipality) -> None:
    """Let a participant speak for the municipality, unless they do already, perhaps with more rights."""
    if not person.affiliations.filter(municipality=municipality).exists():
        affiliate(person=person, municipality=municipality, group=Affiliation.Group.OFFICE)


@transaction.atomic
def decline_place(*, application: Application, reason: str = "") -> Application:
    """Decline the offered place; the next on the reserve list gets it."""
    locked = locked_application(application)
    if locked.state == Application.State.WITHDRAWN:
        return locked
    if locked.state != Application.State.CHOSEN:
        raise PlaceIsNotOffered
    return _end(locked, reason=reason, by=None)


@transaction.atomic
def withdraw(*, application: Application, reason: str = "", by: Person | None = None) -> Application:
    """Withdraw an application, for the applicant or (staff) on their word; twice is once.

    A place that it held goes to the next on the reserve list. Raises TooLate when it has ended otherwise.
    """
    if by is not None and not may_run_visit(by):
        raise PermissionDenied
    locked = locked_application(application)
    if locked.state == Application.State.WITHDRAWN:
        return locked
    if not can_be_withdrawn(locked):
        raise TooLate
    return _end(locked, reason=reason, by=by)


def _end(application: Application, *, reason: str, by: Person | None) -> Application:
    cause = Change.Cause.APPLICANT if by is None else Change.Cause.BY_HAND
    held = application.state in Application.HOLD_A_PLACE
    change = move(
        application, Application.State.WITHDRAWN, cause=cause, reason=reason, by=by, is_told=by is not None
    )
    if by is None:
        post_to_applicant(application, "withdrawn", key=f"application:{change.pk}")
    if held:
        fill_places(call=application.call)
    return application


@transaction.atomic
def set_image_consent(*, application: Application, consents: bool) -> Application:
    """Note whether pictures of a person may be shown; they change it when they like."""
    locked = locked_application(application)
    if locked.image_consent is not consents:
        locked.image_consent, locked.image_consent_at = consents, timezone.now()
        locked.save(update_fields=["image_consent", "image_consent_at"])
        note(locked, None, pictures=consents)
    return locked


@transaction.atomic
def decide_delegation(
    *, application: Application, is_confirmed: bool, name: str, remark: str = ""
) -> Application:
    """Note that the institution sends this person, or does not; raises TooLate after the choice."""
    locked = locked_application(application)
    if not can_be_delegated(locked):
        raise TooLate
    now = timezone.now()
    if is_confirmed != locked.is_delegated or (locked.delegated_by, locked.delegation_note) != (name, remark):
        locked.delegated_at = (locked.delegated_at or now) if is_confirmed else None
        locked.delegation_refused_at = None if is_confirmed else now
        locked.delegated_by, locked.delegation_note = name, remark
        locked.save(
            update_fields=["delegated_at", "delegation_refused_at", "delegated_by", "delegation_note"]
        )
        note(locked, None, delegated=is_confirmed)
        if is_confirmed and locked.state == Application.State.RESERVE:
            fill_places(call=locked.call)
    return locked
