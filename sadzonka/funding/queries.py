"""Reading projects and the marks that belong to them."""

from __future__ import annotations

from sadzonka.funding.models import Project


def project_whole(slug: str) -> Project | None:
    """Return a project with everything that its page shows, None when there is none."""
    return (
        Project.objects.select_related("programme", "beneficiary")
        .prefetch_related("programme__marks", "partners", "sources")
        .filter(slug=slug)
        .first()
    )
