"""Funding in the admin."""

from __future__ import annotations

from wagtail import hooks

from sadzonka.funding.viewsets import Funding, ProjectRecords


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [Funding(), ProjectRecords().chooser()]
