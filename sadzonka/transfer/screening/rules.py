"""Who may read screenings, and who may start them and draft invitation lists: never the public."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def may_read_screenings(person: AbstractBaseUser | PermissionsMixin | AnonymousUser) -> bool:
    """Staff and controllers see screenings and invitation lists: a public ranking would be chased."""
    return person.has_perm("transfer.view_screening")  # type: ignore[union-attr]


def may_screen(person: AbstractBaseUser | PermissionsMixin | AnonymousUser) -> bool:
    """Staff start screenings."""
    return person.has_perm("transfer.add_screening")  # type: ignore[union-attr]


def may_invite(person: AbstractBaseUser | PermissionsMixin | AnonymousUser) -> bool:
    """Staff draft invitation lists and change them."""
    return person.has_perm("transfer.change_invitationlist")  # type: ignore[union-attr]
