"""The lists and forms of the admin: closed to those without a role, read-only for a controller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from sadzonka.people.models import Person

SignIn = Callable[[Person], Client]

READ = {"index", "index_results", "inspect", "history", "history_results"}
WRITE = {"add", "edit", "delete", "publish"}
SIGN_IN = ("/pl/konto/login/", "/admin/login/")  # which leads to the former


def ours() -> list[ModelViewSet]:
    """Return our own lists; the one of people is Wagtail's and has its row in the matrix."""
    return [
        one
        for one in viewsets.viewsets
        if isinstance(one, ModelViewSet)
        and one.model.__module__.startswith("sadzonka.")
        and one.model is not Person
    ]


def addresses(viewset: ModelViewSet, names: set[str]) -> dict[str, str]:
    """Return an address of each view by its name, for the first record (or a number that is none)."""
    record: Any = viewset.model._default_manager.first()
    number = record.pk if record else 1
    return {
        pattern.name: reverse(
            f"{viewset.url_namespace}:{pattern.name}", args=[number] if "<" in str(pattern.pattern) else []
        )
        for pattern in viewset.get_urlpatterns()
        if pattern.name in names
    }


def test_every_view_of_the_admin_either_reads_or_writes() -> None:
    assert len(ours()) > 10
    named = {pattern.name for viewset in ours() for pattern in viewset.get_urlpatterns()}
    assert named - READ == WRITE


@pytest.mark.django_db
def test_nobody_without_a_role_comes_in(stranger: Person, client: Client, signed_in: SignIn) -> None:
    outside = {}
    for who, browser in {"anonymous": client, "stranger": signed_in(stranger)}.items():
        for viewset in ours():
            for address in addresses(viewset, READ | WRITE).values():
                for answer in (browser.get(address), browser.post(address)):
                    place = answer.headers.get("Location", "")
                    if answer.status_code != 302 or not place.startswith(SIGN_IN):
                        outside[f"{who} {address}"] = (answer.status_code, place)
    assert outside == {}


@pytest.mark.django_db
def test_a_controller_reads_every_list_and_changes_nothing(controller: Person, signed_in: SignIn) -> None:
    browser, wrong = signed_in(controller), {}
    for viewset in ours():
        count = viewset.model._default_manager.count()
        lists = browser.get(addresses(viewset, {"index"})["index"])
        if lists.status_code != 200:
            wrong[lists.request["PATH_INFO"]] = lists.status_code
        for address in addresses(viewset, WRITE).values():
            for answer in (browser.get(address), browser.post(address)):
                if answer.status_code not in {302, 403, 404, 405}:
                    wrong[address] = answer.status_code
        assert viewset.model._default_manager.count() == count
    assert wrong == {}
