"""Writing ideas down, moderating them, and declaring or withdrawing interest."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.common.revisions import claim
from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.ideas.rules import (
    may_declare_interest,
    may_edit_idea,
    may_moderate_ideas,
    may_write_idea,
)
from sadzonka.practices.models import Idea, Interest, Practice


class NoInterestStands(Exception):
    """The person has declared no such interest, or has withdrawn it already."""


@transaction.atomic
def write_idea(
    *,
    nonce: uuid.UUID,
    author: Person,
    language: str,
    title: str,
    need: str,
    solution: str,
    first_step: str,
    municipality: Municipality | None = None,
    seen_at: Organisation | None = None,
) -> Idea:
    """Write an idea down, once: the same nonce again returns the idea as it stands and changes nothing.

    Raises PermissionDenied for a municipality that the author does not speak for.
    """
    if not may_write_idea(author, municipality):
        raise PermissionDenied
    idea, is_new = Idea.objects.get_or_create(
        nonce=nonce,
        defaults={
            "author": author,
            "language": language,
            "title": title,
            "need": need,
            "solution": solution,
            "first_step": first_step,
            "municipality": municipality,
            "seen_at": seen_at,
        },
    )
    if idea.author_id != author.pk:
        raise PermissionDenied
    if is_new:
        log(instance=idea, action="wagtail.create", user=author)
    return idea


@transaction.atomic
def edit_idea(
    *,
    idea: Idea,
    by: Person,
    revision: int,
    language: str,
    title: str,
    need: str,
    solution: str,
    first_step: str,
    municipality: Municipality | None = None,
    seen_at: Organisation | None = None,
) -> Idea:
    """Change an idea; raises StaleForm when it has changed since the form was opened."""
    claimed = claim(idea, revision)
    is_new_place = municipality is not None and municipality.pk != claimed.municipality_id
    if not may_edit_idea(by, claimed) or (is_new_place and not may_write_idea(by, municipality)):
        raise PermissionDenied
    claimed.language, claimed.title = language, title
    claimed.need, claimed.solution, claimed.first_step = need, solution, first_step
    claimed.municipality, claimed.seen_at = municipality, seen_at
    claimed.save()
    log(instance=claimed, action="wagtail.edit", user=by)
    return claimed


@transaction.atomic
def hide_idea(*, idea: Idea, by: Person, revision: int, reason: str) -> Idea:
    """Take an idea out of sight, saying why; raises StaleForm when it has changed meanwhile."""
    _check_moderator(by)
    if Idea.objects.filter(pk=idea.pk, is_hidden=True, hidden_reason=reason).exists():
        return idea
    hidden = claim(idea, revision)
    hidden.is_hidden, hidden.hidden_reason = True, reason
    return _store_decision(hidden, by, hidden=reason)


@transaction.atomic
def show_idea(*, idea: Idea, by: Person) -> Idea:
    """Let everybody see a hidden idea again."""
    _check_moderator(by)
    shown = Idea.objects.select_for_update().get(pk=idea.pk)
    if not shown.is_hidden:
        return shown
    shown.revision += 1
    shown.is_hidden, shown.hidden_reason = False, ""
    return _store_decision(shown, by, hidden=None)


@transaction.atomic
def turn_into_practice(*, idea: Idea, by: Person, revision: int, practice: Practice | None) -> Idea:
    """Say which practice an idea became, None when that was a mistake; raises StaleForm."""
    _check_moderator(by)
    if Idea.objects.filter(pk=idea.pk, practice=practice).exists():
        return idea
    grown = claim(idea, revision)
    grown.practice = practice
    return _store_decision(grown, by, practice=practice.slug if practice else None)


def _check_moderator(by: Person) -> None:
    if not may_moderate_ideas(by):
        raise PermissionDenied


def _store_decision(idea: Idea, by: Person, **changes: str | None) -> Idea:
    idea.save()
    log(instance=idea, action="wagtail.edit", user=by, data=changes)
    return idea


@transaction.atomic
def declare_interest(
    *, subject: Practice | Idea, person: Person, municipality: Municipality, note: str = ""
) -> Interest:
    """Say that a municipality is interested; said again, only the note changes."""
    if not may_declare_interest(person, municipality):
        raise PermissionDenied
    interest, is_new = Interest.objects.get_or_create(
        person=person,
        municipality=municipality,
        withdrawn_at=None,
        **_about(subject),
        defaults={"note": note},
    )
    if is_new:
        log(instance=interest, action="wagtail.create", user=person)
    elif interest.note != note:
        interest.note = note
        interest.save(update_fields=["note"])
        log(instance=interest, action="wagtail.edit", user=person)
    return interest


@transaction.atomic
def withdraw_interest(*, subject: Practice | Idea, person: Person, municipality: Municipality) -> Interest:
    """Take one's own interest back; raises NoInterestStands when there is none."""
    interest = (
        Interest.objects.select_for_update()
        .filter(person=person, municipality=municipality, withdrawn_at=None, **_about(subject))
        .first()
    )
    if interest is None:
        raise NoInterestStands
    interest.withdrawn_at = timezone.now()
    interest.save(update_fields=["withdrawn_at"])
    log(instance=interest, action="wagtail.edit", user=person, data={"withdrawn": True})
    return interest


def _about(subject: Practice | Idea) -> dict[str, Practice | Idea | None]:
    is_practice = isinstance(subject, Practice)
    return {"practice": subject if is_practice else None, "idea": None if is_practice else subject}
