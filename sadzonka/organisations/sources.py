"""Organisations, legal forms and memberships from the files of a folder."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from sadzonka.common.actions import store
from sadzonka.common.files import Entry, cited, csv_rows, toml_file
from sadzonka.organisations.models import (
    Identifier,
    LegalForm,
    Membership,
    Organisation,
    OrganisationSource,
    Service,
)
from sadzonka.places.models import Country
from sadzonka.places.sources import known_municipalities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model

    from sadzonka.places.models import Municipality


def load_organisations(folder: Path) -> None:
    """Store the legal forms (unless it relies on those stored), organisations and memberships of `folder`."""
    if (folder / "legal_forms.toml").exists():
        _load_legal_forms(toml_file(folder / "legal_forms.toml").entries("legal_forms"))
    countries = {country.code: country for country in Country.objects.all()}
    forms = {form.key: form for form in LegalForm.objects.all()}
    municipalities = known_municipalities()
    entries = toml_file(folder / "organisations.toml").entries("organisations")
    store(_organisation(entry, countries, forms, municipalities) for entry in entries)
    known = known_organisations()
    store(part for entry in entries for part in _parts(entry, known[entry.text("slug")]))
    store(
        _membership(row, known)
        for row in csv_rows(
            folder / "memberships.csv",
            ("member", "group", "kind", "valid_from", "valid_to", "source_url", "note"),
        )
    )


def known_organisations() -> dict[str, Organisation]:
    """Return every organisation by its slug."""
    return {organisation.slug: organisation for organisation in Organisation.objects.all()}


def _load_legal_forms(entries: list[Entry]) -> None:
    countries = {country.code: country for country in Country.objects.all()}
    forms = {
        entry.text("key"): LegalForm(
            key=entry.text("key"),
            country=entry.found("country", countries),
            name=entry.words("name"),
            note=entry.words_or_none("note"),
            is_consortium=bool(entry.get("is_consortium", False)),
            law=entry.get("law"),
        )
        for entry in entries
    }
    store(forms.values())
    stored = {form.key: form for form in LegalForm.objects.all()}
    for entry in entries:
        stored[entry.text("key")].closest = entry.found_or_none("closest", stored)
    LegalForm.objects.bulk_update(stored.values(), ["closest"])


def _organisation(
    entry: Entry,
    countries: dict[str, Country],
    forms: dict[str, LegalForm],
    municipalities: dict[tuple[str, str], Municipality],
) -> Organisation:
    seat = entry.get("seat")
    return Organisation(
        slug=entry.text("slug"),
        name=entry.text("name"),
        legal_form=entry.found("legal_form", forms),
        country=entry.found("country", countries),
        seat=entry.found("seat", municipalities, key=(entry.text("country"), seat)) if seat else None,
        founded=entry.convert("founded", int, "a year"),
        ended=entry.convert("ended", int, "a year"),
        website=entry.get("website"),
        description=entry.words("description"),
        is_invented=bool(entry.get("is_invented", False)),
    )


def _parts(entry: Entry, organisation: Organisation) -> Iterator[Model]:
    for service in entry.entries("services"):
        yield Service(
            organisation=organisation,
            kind=service.found("kind", {kind.value: kind for kind in Service.Kind}),
            name=service.words("name"),
            task_of=service.found("task_of", {task.value: task for task in Service.TaskOf}),
            since=service.convert("since", int, "a year"),
        )
    for number in entry.entries("identifiers"):
        identifier = Identifier(
            organisation=organisation,
            scheme=number.found("scheme", {scheme.value: scheme for scheme in Identifier.Scheme}),
            value=number.text("value"),
        )
        try:
            identifier.clean()
        except ValidationError as error:
            raise number.broken("value", "; ".join(error.messages)) from error
        yield identifier
    for order, source in enumerate(entry.entries("sources"), start=1):
        yield OrganisationSource(organisation=organisation, sort_order=order, **cited(source))


def _membership(row: Entry, known: dict[str, Organisation]) -> Membership:
    return Membership(
        member=row.found("member", known),
        group=row.found("group", known),
        kind=row.found("kind", {kind.value: kind for kind in Membership.Kind}),
        valid_from=row.convert("valid_from", _first_day, "a date or a year"),
        valid_to=row.convert("valid_to", _last_day, "a date or a year"),
        is_exact="-" in row.get("valid_from") + row.get("valid_to"),
        source_url=row.get("source_url"),
        note=row.get("note"),
    )


def _first_day(value: str) -> dt.date:
    return dt.date.fromisoformat(value) if "-" in value else dt.date(int(value), 1, 1)


def _last_day(value: str) -> dt.date:
    return dt.date.fromisoformat(value) if "-" in value else dt.date(int(value), 12, 31)
