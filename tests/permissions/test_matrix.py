"""Every address of ours answers every role as the matrix says, and an address that is not in it fails."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve
from django.urls.resolvers import URLResolver
from django.utils.translation import override
from pypdf import PdfReader

from sadzonka.people.models import Person
from tests.chain import World
from tests.permissions.matrix import MATRIX
from tests.permissions.roles import CANARY, INVITED, ROLES, Row

SignIn = Callable[[Person], Client]

INCLUDED = {"admin/": "admin/*", "documents/": "documents/*", "konto/": "account/*", "": "pages/*"}


def addresses_of(resolver: URLResolver) -> set[str]:
    """Return the name of each address of ours, and one word for each included set."""
    found = set()
    for entry in resolver.url_patterns:
        pattern = str(entry.pattern)
        if isinstance(entry, URLPattern):
            found.add(entry.name or pattern)
        elif pattern == "api/":
            found |= {f"api:{operation.name}" for operation in entry.url_patterns}
        elif pattern == "pl/":
            found |= addresses_of(entry)
        else:
            found.add(INCLUDED.get(pattern, pattern))
    return found


def test_every_address_has_expectations() -> None:
    with override("pl"):
        assert addresses_of(get_resolver()) == {row.url for row in MATRIX}


@pytest.fixture
def people(
    world: World, stranger: Person, ewa: Person, controller: Person, administrator: Person
) -> tuple[Person, ...]:
    return stranger, world.marek, world.facilitator, world.editor, ewa, controller, administrator


@pytest.fixture
def everybody(client: Client, people: tuple[Person, ...], signed_in: SignIn) -> dict[str, Client]:
    return dict(zip(ROLES, (client, *map(signed_in, people)), strict=True))


def text_of(answer: HttpResponse) -> str:
    """Return what can be read in an answer, in a paper too."""
    body = answer.getvalue()
    if answer.get("Content-Type") != "application/pdf":
        return body.decode()
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def problem_of(row: Row, expected: int, answer: HttpResponse) -> str | None:
    """Say what is wrong with an answer, None when nothing is."""
    body = text_of(answer)
    if answer.status_code != expected:
        return f"answers {answer.status_code} instead of {expected}"
    if expected == 200 and row.shows not in body:
        return f"does not show {row.shows}"
    if expected == 302 and row.shows.startswith("/") and answer["Location"] != row.shows:
        return f"leads to {answer['Location']}"
    if CANARY in body and not (expected in {200, 422} and row.shows == CANARY):  # 422: the page with its form
        return "shows what this role must not see"
    if INVITED in body and not row.url.startswith("invitation_"):
        return "shows whom staff think of inviting"
    return None


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_matrix_says(role: str, planted: None, everybody: dict[str, Client]) -> None:
    client, place = everybody[role], ROLES.index(role)
    problems = {}
    for row in MATRIX:
        answer = client.generic(row.method, row.address)
        if problem := problem_of(row, row.answers[place], answer):
            problems[f"{row.method} {row.address}"] = problem
    assert problems == {}


def test_each_row_names_the_address_it_is_about() -> None:
    with override("en"):
        named = {
            row.address: resolve(row.address.split("?")[0]).url_name
            for row in MATRIX
            if not row.url.endswith("/*")
        }
    assert named == {row.address: row.url.removeprefix("api:") for row in MATRIX if row.address in named}
