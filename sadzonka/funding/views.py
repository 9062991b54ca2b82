"""One funded project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.funding.models import Project
from sadzonka.funding.queries import project_whole, visits_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    found = project_whole(slug)
    if found is None:
        raise NothingHere(_("There is no project at this address."), list(Project.objects.all()[:3]))
    return render(
        request,
        "funding/project.html",
        {"project": found, "visits": visits_of(found), "marks": found.programme.marks.all()},
    )
