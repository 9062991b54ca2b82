"""Changing practice cards: a new card, a new version, and its publication."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.log_actions import log

from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.places.queries import fold
from sadzonka.practices.addresses import is_address_of_another_page
from sadzonka.practices.models import CardText, Practice, Version
from sadzonka.practices.problems import problems_of
from sadzonka.practices.rules import may_publish_version, may_start_version

# What belongs to one version and does not pass to its successor.
_OWN = ("id", "number", "state", "author", "reviewer", "published_on", "confirmed_by_host_on")

LONGEST_TITLE = 150
LONGEST_SLUG = 40  # leaves room for a number


class VersionInPreparation(Exception):
    """The practice has a version that is being written: that one comes first."""

    def __init__(self, version: Version) -> None:
        super().__init__(str(version))
        self.version = version


class VersionIsNotReady(Exception):
    """The version cannot be published; `problems` say why, in words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@transaction.atomic
def start_version(*, practice: Practice, by: Person) -> Version:
    """Make a draft that says what the newest version says, or an empty one for a new practice.

    Raises VersionInPreparation when there is one already.
    """
    if not may_start_version(by):
        raise PermissionDenied
    Practice.objects.select_for_update().get(pk=practice.pk)  # two people at once get one draft
    newest = practice.versions.order_by("-number").first()
    if newest is not None and newest.is_in_preparation:
        raise VersionInPreparation(newest)
    version = Version(practice=practice) if newest is None else newest.copy_cluster(exclude_fields=_OWN)[0]
    version.number, version.author = (newest.number + 1 if newest else 1), by
    version.save()
    log(
        instance=version,
        action="wagtail.create",
        user=by,
        data={"copy_of": newest.number if newest else None},
    )
    return version


@transaction.atomic
def start_card(
    *,
    title: str,
    language: str,
    texts: Mapping[str, str],
    author: Person,
    origin: Municipality | None = None,
    run_by: Organisation | None = None,
) -> Version:
    """Make a practice with the draft of its card in one language; conditions and criteria are not invented.

    The caller knows who may: whoever leads a debrief starts cards that only staff complete and publish.
    """
    practice = _new_practice(title, origin=origin, run_by=run_by)
    version = Version.objects.create(practice=practice, author=author)
    CardText.objects.create(version=version, language=language, title=title[:LONGEST_TITLE], **texts)
    log(instance=practice, action="wagtail.create", user=author)
    log(instance=version, action="wagtail.create", user=author, data={"copy_of": None})
    return version


def _new_practice(title: str, *, origin: Municipality | None, run_by: Organisation | None) -> Practice:
    """Make a practice under a free address; whoever takes the same one at this moment gets it first."""
    while True:
        slug = _free_slug(title)
        try:
            with transaction.atomic():
                return Practice.objects.create(slug=slug, origin=origin, run_by=run_by)
        except IntegrityError:
            if _free_slug(title) == slug:  # it was not the address that was taken
                raise


def _free_slug(title: str) -> str:
    """Return an address that no practice has, made of a title."""
    wanted = slugify(fold(title))[:LONGEST_SLUG].strip("-") or "practice"
    taken = set(Practice.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in itertools.count(2))
    if wanted not in taken and not is_address_of_another_page(wanted):
        return wanted
    return next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def publish_version(*, version: Version, by: Person) -> Version:
    """Show a version to everybody; the one shown before becomes outdated.

    Raises PermissionDenied for its author and for a version that is not in preparation, VersionIsNotReady
    when it has no text or cannot be analysed.
    """
    Practice.objects.select_for_update().get(pk=version.practice_id)
    version = Version.objects.get(pk=version.pk)
    if not may_publish_version(by, version):
        raise PermissionDenied
    problems = problems_of(version)
    if problems:
        raise VersionIsNotReady(problems)
    for shown in Version.objects.filter(practice=version.practice_id, state__in=Version.SHOWN):
        _change_state(shown, Version.State.OUTDATED, action="wagtail.unpublish", by=by)
    version.reviewer, version.published_on = by, timezone.localdate()
    _change_state(version, Version.State.PUBLISHED, action="wagtail.publish", by=by)
    return version


def _change_state(version: Version, state: Version.State, *, action: str, by: Person) -> None:
    before, version.state = version.state, state
    version.save(update_fields=["state", "reviewer", "published_on"])
    log(
        instance=version, action=action, user=by, data={"state": {"before": str(before), "after": str(state)}}
    )
