"""Who may read the desk of statistics, and who may import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def may_read_statistics_desk(person: AbstractBaseUser | PermissionsMixin | AnonymousUser) -> bool:
    """Staff and controllers see every import with its report, releases, coverage and what is stale."""
    return person.has_perm("places.view_fileimport")  # type: ignore[union-attr]


def may_import(person: AbstractBaseUser | PermissionsMixin | AnonymousUser) -> bool:
    """Staff hand files in, choose and import: every import makes a release."""
    return person.has_perm("places.add_release")  # type: ignore[union-attr]
