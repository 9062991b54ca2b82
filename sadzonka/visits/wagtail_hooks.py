"""Visits in the admin."""

from __future__ import annotations

from wagtail import hooks

from sadzonka.visits.viewsets import VisitRecords, Visits


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [Visits(), VisitRecords().chooser()]
