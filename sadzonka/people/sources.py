"""Invented people with accounts from a file: without a password, as every account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.common.files import toml_file
from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.places.sources import known_municipalities

if TYPE_CHECKING:
    from pathlib import Path


def load_people(file: Path) -> None:
    """Make the accounts of a file, with their roles and what municipality they speak for."""
    municipalities = known_municipalities()
    groups = {group.value: group for group in Affiliation.Group}
    for entry in toml_file(file).entries("people"):
        person = create_account(
            email=entry.text("email"),
            name=entry.text("name"),
            last_name=entry.text("last_name"),
            roles=entry.get("roles", []),
        )
        if entry.get("municipality"):
            place = entry.table("municipality")
            affiliate(
                person=person,
                municipality=place.found(
                    "code", municipalities, key=(place.text("country"), place.text("code"))
                ),
                group=entry.found("group", groups),
                is_editor=bool(entry.get("is_editor", False)),
            )


def known_people() -> dict[str, Person]:
    """Return everybody with an account by their address."""
    return {person.email: person for person in Person.objects.all()}
