"""Answers of municipalities in the admin."""

from __future__ import annotations

from wagtail import hooks

from sadzonka.transfer.viewsets import Answers


@hooks.register("register_admin_viewset")
def viewsets() -> Answers:
    return Answers()
