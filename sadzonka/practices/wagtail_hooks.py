"""Practices in the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from sadzonka.practices.models import Version
from sadzonka.practices.viewsets import PracticeRecords, Practices, VersionPolicy

register_permission_policy(Version, VersionPolicy(Version))


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [Practices(), PracticeRecords().chooser()]
