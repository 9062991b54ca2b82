"""Practice cards from the files of a folder."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from sadzonka.common.actions import store
from sadzonka.common.files import Entry, cited, read_date, toml_folder
from sadzonka.common.words import language_codes
from sadzonka.organisations.models import Organisation, Service
from sadzonka.organisations.sources import known_organisations
from sadzonka.places.models import Indicator
from sadzonka.places.sources import known_municipalities
from sadzonka.practices.choices import ChangedBy, CostClass, Dimension
from sadzonka.practices.models import (
    Alternative,
    CardText,
    Clause,
    Component,
    Cost,
    Criterion,
    Practice,
    Version,
    VersionSource,
)
from sadzonka.practices.queries import analysis_model

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model

    from sadzonka.places.models import Municipality

LONG_TEXTS = (
    "title",
    "summary",
    "problem",
    "mechanism",
    "gains_municipality",
    "gains_cooperative",
    "gains_people",
    "origin_context",
    "evidence",
    "fragility",
    "review",
)


def load_practices(folder: Path) -> None:
    """Store the practice cards of `folder`, each as a published version."""
    known, municipalities = known_organisations(), known_municipalities()
    indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
    for entry in toml_folder(folder):
        version = _load_card(entry, known, municipalities)
        store(_compared_by(entry, version, indicators))
        store(_texts(entry, version))
        store(_components(entry, version))
        _load_clauses(entry, version)
        store([_criterion(row, order, version, indicators) for order, row in _numbered(entry, "criteria")])
        store(_costs_and_sources(entry, version))
        _check_whole(entry, version)


def _numbered(entry: Entry, column: str) -> Iterator[tuple[int, Entry]]:
    return enumerate(entry.entries(column), start=1)


def _load_card(
    entry: Entry, known: dict[str, Organisation], municipalities: dict[tuple[str, str], Municipality]
) -> Version:
    origin = entry.table("origin")
    place = origin.get("municipality")
    services = entry.get("services", [])
    (practice,) = store(
        [
            Practice(
                slug=entry.text("slug"),
                origin=origin.found("municipality", municipalities, key=(origin.text("country"), place))
                if place
                else None,
                run_by=origin.found_or_none("organisation", known),
                service=entry.found("services", {kind.value: kind for kind in Service.Kind}, key=services[0])
                if services
                else Service.Kind.OTHER,
                is_failure=bool(entry.get("is_failure", False)),
            )
        ]
    )
    store(
        Practice.organisations.through(
            practice=practice, organisation=entry.found("organisations", known, key=slug)
        )
        for slug in entry.get("organisations", [])
    )
    version = Version(
        practice=practice,
        number=entry.get("version", 1),
        state=Version.State.PUBLISHED,
        evidence_level=entry.found(
            "evidence_level",
            {level.value: level for level in Version.Evidence},
            key=entry.get("evidence_level"),
        ),
        thresholds=entry.get("thresholds"),
        floors=entry.get("floors", {}),
        published_on=entry.needed("published_on", read_date, "a date"),
        verified_on=entry.convert("verified_on", read_date, "a date"),
    )
    return store([version])[0]


def _compared_by(entry: Entry, version: Version, indicators: dict[str, Indicator]) -> Iterator[Model]:
    """Yield the figures by which adopters are compared; each needs the fixed ends of its scale."""
    for key in entry.get("compared_by", []):
        indicator = entry.found("compared_by", indicators, key=key)
        if indicator.likeness_from is None or indicator.likeness_to is None:
            raise entry.broken("compared_by", f"“{key}” has no fixed range to compare by")
        yield Version.compared_by.through(version=version, indicator=indicator)


def _texts(entry: Entry, version: Version) -> Iterator[CardText]:
    texts = entry.table("texts")
    for language in language_codes():
        text = texts.table(language)
        yield CardText(
            version=version,
            language=language,
            state=CardText.State.REVIEWED,
            **{name: text.text(name).strip() for name in LONG_TEXTS},
        )


def _components(entry: Entry, version: Version) -> Iterator[Component]:
    for order, row in _numbered(entry, "components"):
        yield Component(
            version=version,
            sort_order=order,
            is_core=bool(row.get("is_core", True)),
            name=row.words("name"),
            description=row.words("description"),
        )


def _load_clauses(entry: Entry, version: Version) -> None:
    rows = entry.entries("clauses")
    clauses = store(
        Clause(version=version, sort_order=order, key=row.text("key"), name=row.words("name"))
        for order, row in enumerate(rows, start=1)
    )
    store(
        Alternative(
            clause=clause,
            sort_order=order,
            key=alternative.text("key"),
            statement=alternative.words("statement"),
            legal_basis=alternative.words_or_none("legal_basis"),
            verified_by=alternative.words_or_none("verified_by"),
            changed_by=alternative.found("changed_by", {who.value: who for who in ChangedBy}),
            cost_class=alternative.found(
                "cost_class", {one.value: one for one in CostClass}, key=alternative.get("cost_class", 1)
            ),
            valid_from=alternative.convert("valid_from", read_date, "a date"),
            valid_to=alternative.convert("valid_to", read_date, "a date"),
        )
        for clause, row in zip(clauses, rows, strict=True)
        for order, alternative in _numbered(row, "alternatives")
    )


def _criterion(row: Entry, order: int, version: Version, indicators: dict[str, Indicator]) -> Criterion:
    anchors = row.get("anchors", {})
    criterion = Criterion(
        version=version,
        sort_order=order,
        key=row.text("key"),
        dimension=row.found("dimension", {one.value: one for one in Dimension}),
        weight=row.needed("weight", float, "a number"),
        name=row.words("name"),
        mechanism=row.words("mechanism"),
        indicator=row.found_or_none("indicator", indicators),
        points=row.get("points", []),
        points_reason=row.words_or_none("points_reason"),
        question=row.words_or_none("question"),
        anchors={language: anchors[language] for language in language_codes() if language in anchors},
        is_alterable=bool(row.get("is_alterable", False)),
        changed_by=row.found(
            "changed_by", {who.value: who for who in ChangedBy}, key=row.get("changed_by", "nobody")
        ),
        cost_class=row.found(
            "cost_class", {one.value: one for one in CostClass}, key=row.get("cost_class", 0)
        ),
        step=row.words_or_none("step"),
        step_reading=row.get("step_reading", None),
        origin_reading=row.get("origin_value", row.get("origin_level", None)),
    )
    try:
        criterion.clean()
    except ValidationError as error:
        raise row.broken(next(iter(error.message_dict)), "; ".join(error.messages)) from error
    return criterion


def _costs_and_sources(entry: Entry, version: Version) -> Iterator[Cost | VersionSource]:
    for _order, row in _numbered(entry, "costs"):
        yield Cost(
            version=version,
            what=row.words("what"),
            amount=row.needed("amount", Decimal, "a number"),
            amount_to=row.convert("amount_to", Decimal, "a number"),
            currency=row.text("currency"),
            year=row.needed("year", int, "a year"),
            source_number=row.get("source", 1),
        )
    for order, row in _numbered(entry, "sources"):
        yield VersionSource(version=version, sort_order=order, **cited(row))


def _check_whole(entry: Entry, version: Version) -> None:
    """Make sure that the whole card can be analysed: weights, keys, thresholds and floors fit together."""
    try:
        version.clean()
        analysis_model(version)
    except (ValidationError, ValueError) as error:
        message = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise entry.broken("criteria", message) from error
