"""Reading practice cards."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from django.db.models import Count, Prefetch, QuerySet

from sadzonka import analysis
from sadzonka.places.queries import fold
from sadzonka.practices.choices import LEVELS
from sadzonka.practices.models import CardText, Criterion, Version

QUESTION_LEVELS = (0.0, float(LEVELS - 1))


def shown_versions() -> QuerySet[Version]:
    """Return the versions that everybody sees, with their texts."""
    return (
        Version.objects.filter(state__in=Version.SHOWN)
        .select_related("practice")
        .prefetch_related("texts")
        .order_by("practice__slug")
    )


def listed_versions() -> QuerySet[Version]:
    """Return the shown versions with what the catalogue says: where each comes from, how much it asks."""
    return (
        shown_versions()
        .select_related("practice__origin__country")
        .prefetch_related("practice__origin__periods")
        .annotate(
            clause_count=Count("clauses", distinct=True), criterion_count=Count("criteria", distinct=True)
        )
    )


def analysable_versions() -> QuerySet[Version]:
    """Return the shown versions with everything that an analysis needs."""
    return shown_versions().prefetch_related(
        "clauses__alternatives", Prefetch("criteria", Criterion.objects.select_related("indicator"))
    )


def whole_versions() -> QuerySet[Version]:
    """Return versions in any state with everything that their page shows."""
    return Version.objects.select_related(
        "practice__origin__country", "practice__run_by__legal_form"
    ).prefetch_related(
        "texts",
        "components",
        "clauses__alternatives",
        "criteria__indicator",
        "costs",
        "sources",
        "practice__organisations",
        "practice__origin__periods",
    )


def versions_matching(
    words: str, service: str = "", versions: Iterable[Version] | None = None
) -> list[Version]:
    """Return the shown versions whose card holds every word in any language, diacritics and case apart."""
    wanted = fold(words).split()
    found = []
    for version in shown_versions() if versions is None else versions:
        if service and version.practice.service != service:
            continue
        texts = " ".join(
            f"{text.title} {text.summary} {text.problem} {text.mechanism}" for text in version.texts.all()
        )
        haystack = fold(texts)
        if all(word in haystack for word in wanted):
            found.append(version)
    return found


def similar_slugs(slug: str) -> list[CardText]:
    """Return the texts of the practices whose address is near a wrong one."""
    versions = {version.practice.slug: version for version in shown_versions()}
    near = difflib.get_close_matches(slug, versions, n=3, cutoff=0.5)
    return [text for found in near if (text := versions[found].text_in())]


def analysis_model(version: Version) -> analysis.Practice:
    """Return what the computation needs of a version."""
    return analysis.Practice(
        clauses=tuple(
            analysis.Clause(
                clause.key,
                tuple(
                    analysis.Alternative(one.key, one.changed_by, one.cost_class)
                    for one in clause.alternatives.all()
                ),
            )
            for clause in version.clauses.all()
        ),
        criteria=tuple(_criterion(criterion) for criterion in version.criteria.all()),
        floors=tuple(sorted((dimension, float(floor)) for dimension, floor in version.floors.items())),
        thresholds=_three(version.thresholds),
    )


def _three(thresholds: list[float]) -> tuple[float, float, float]:
    possible, good, strong = thresholds
    return float(possible), float(good), float(strong)


def _criterion(criterion: Criterion) -> analysis.Criterion:
    return analysis.Criterion(
        criterion.key,
        criterion.dimension,
        criterion.weight,
        criterion.value_function(),
        limits=QUESTION_LEVELS if criterion.is_question else None,
    )
