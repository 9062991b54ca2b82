"""Organisations in the admin."""

from __future__ import annotations

from wagtail import hooks

from sadzonka.organisations.viewsets import OrganisationRecords, Organisations


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [Organisations(), OrganisationRecords().chooser()]
