"""Programmes, marks and projects from the files of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.common.actions import store
from sadzonka.common.files import cited, read_date, toml_file
from sadzonka.funding.models import Mark, Programme, Project, ProjectSource
from sadzonka.organisations.sources import known_organisations

if TYPE_CHECKING:
    from pathlib import Path


def load_funding(folder: Path) -> None:
    """Store the programmes with their marks, and the projects of `folder`."""
    entries = toml_file(folder / "programmes.toml").entries("programmes")
    store(
        Programme(
            key=entry.text("key"),
            name=entry.words("name"),
            fund=entry.words("fund"),
            starts=entry.needed("starts", int, "a year"),
            ends=entry.needed("ends", int, "a year"),
        )
        for entry in entries
    )
    programmes = {programme.key: programme for programme in Programme.objects.all()}
    store(
        Mark(
            programme=programmes[entry.text("key")],
            sort_order=order,
            kind=mark.found("kind", {kind.value: kind for kind in Mark.Kind}),
            text=mark.words("text"),
        )
        for entry in entries
        for order, mark in enumerate(entry.entries("marks"), start=1)
    )
    _load_projects(folder, programmes)


def _load_projects(folder: Path, programmes: dict[str, Programme]) -> None:
    known = known_organisations()
    entries = toml_file(folder / "projects.toml").entries("projects")
    store(
        Project(
            slug=entry.text("slug"),
            name=entry.text("name"),
            title=entry.words("title"),
            programme=entry.found("programme", programmes),
            starts_on=entry.convert("starts_on", read_date, "a date"),
            ends_on=entry.convert("ends_on", read_date, "a date"),
            beneficiary=entry.found_or_none("beneficiary", known),
            description=entry.words("description"),
        )
        for entry in entries
    )
    projects = {project.slug: project for project in Project.objects.all()}
    partners = Project.partners.through
    store(
        partners(
            project=projects[entry.text("slug")],
            organisation=entry.found("partners", known, key=slug),
        )
        for entry in entries
        for slug in entry.get("partners", [])
    )
    store(
        ProjectSource(project=projects[entry.text("slug")], sort_order=order, **cited(source))
        for entry in entries
        for order, source in enumerate(entry.entries("sources"), start=1)
    )
