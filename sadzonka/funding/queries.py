"""Reading projects and the marks that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.funding.models import Project

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def project_whole(slug: str) -> Project | None:
    """Return a project with everything that its page shows, None when there is none."""
    return (
        Project.objects.select_related("programme", "beneficiary")
        .prefetch_related("programme__marks", "partners", "sources")
        .filter(slug=slug)
        .first()
    )


def visits_of(project: Project) -> QuerySet[Model]:
    """Return the announced visits of a project; visits is a later layer, hence the word for a draft."""
    return project.visits.exclude(state="draft")
