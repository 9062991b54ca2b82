"""Interest that people declared, as a file tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.common.files import toml_file
from sadzonka.people.sources import known_people
from sadzonka.places.sources import known_municipalities
from sadzonka.practices.ideas.actions import declare_interest
from sadzonka.practices.models import Idea, Practice

if TYPE_CHECKING:
    from pathlib import Path


def load_interests(file: Path) -> None:
    """Let people declare the interest of their municipalities in practices and ideas."""
    people, municipalities = known_people(), known_municipalities()
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    ideas = {idea.title: idea for idea in Idea.objects.all()}
    for entry in toml_file(file).entries("interests"):
        subject = entry.found_or_none("practice", practices) or entry.found("idea", ideas)
        with at_that_time(entry.needed("on", read_moment, "a date")):
            declare_interest(
                subject=subject,
                person=entry.found("person", people),
                municipality=entry.found(
                    "municipality", municipalities, key=("PL", entry.text("municipality"))
                ),
                note=entry.get("note"),
            )
