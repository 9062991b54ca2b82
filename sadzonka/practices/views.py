"""The catalogue of practices and one practice card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from sadzonka.common.pages import NothingHere, PageRequest
from sadzonka.organisations.models import Service
from sadzonka.practices.choices import Dimension
from sadzonka.practices.ideas.queries import interested_in
from sadzonka.practices.models import Version
from sadzonka.practices.queries import listed_versions, similar_slugs, versions_matching, whole_versions
from sadzonka.practices.rules import may_see_version

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_DIGITS = 4  # of a version's number: more is no number of ours


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def practice_list(request: PageRequest) -> HttpResponse:
    words, service = request.GET.get("q", "")[:100], request.GET.get("service", "")
    every = list(listed_versions())
    kinds = {version.practice.service for version in every}
    template = "practices/_found.html" if request.htmx.target == "found" else "practices/list.html"
    return render(
        request,
        template,
        {
            "found": versions_matching(words, service, every),
            "q": words,
            "service": service,
            "services": [(kind.value, kind.label) for kind in Service.Kind if kind in kinds],
            "card_count": len(every),
        },
    )


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    versions = whole_versions().filter(practice__slug=slug)
    number = request.GET.get("version", "")
    is_number = number.isdecimal() and len(number) <= MOST_DIGITS
    wanted = versions.filter(number=int(number)) if is_number else versions.filter(state__in=Version.SHOWN)
    version = next((one for one in wanted if may_see_version(request.user, one)), None)
    if version is None:
        raise NothingHere(_("There is no practice at this address."), similar_slugs(slug))
    criteria = list(version.criteria.all())
    return render(
        request,
        "practices/card.html",
        {
            "version": version,
            "practice": version.practice,
            "text": version.text_in(),
            "interested": interested_in(version.practice),
            "dimensions": [
                (
                    dimension,
                    [one for one in criteria if one.dimension == dimension],
                    version.floors.get(dimension),
                )
                for dimension in Dimension
            ],
        },
    )
