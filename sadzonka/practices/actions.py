"""Changing practice cards: a new version, and its publication."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.problems import problems_of
from sadzonka.practices.rules import may_publish_version, may_start_version

# What belongs to one version and does not pass to its successor.
_OWN = ("id", "number", "state", "author", "reviewer", "published_on", "confirmed_by_host_on")


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
