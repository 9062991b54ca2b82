"""The directory of organisations and one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from sadzonka.common.pages import NothingHere, PageRequest
from sadzonka.organisations.forms import DayForm
from sadzonka.organisations.graph import membership_graph
from sadzonka.organisations.queries import (
    members_at,
    organisation_whole,
    organisations_listed,
    practices_shown,
    similar_organisations,
)
from sadzonka.places.models import Country

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    countries = list(Country.objects.all())
    wanted = request.GET.get("country", "").upper()
    country = wanted if wanted in {one.code for one in countries} else ""
    return render(
        request,
        "organisations/list.html",
        {"organisations": organisations_listed(country), "countries": countries, "country": country},
    )


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def organisation(request: PageRequest, slug: str) -> HttpResponse:
    found = organisation_whole(slug)
    if found is None:
        raise NothingHere(_("There is no organisation at this address."), similar_organisations(slug))
    form = DayForm(request.GET if "date" in request.GET else None)
    members = members_at(found, form.day()) if found.ties.all() else None
    template = (
        "organisations/_members.html"
        if request.htmx.target == "members"
        else "organisations/organisation.html"
    )
    return render(
        request,
        template,
        {
            "organisation": found,
            "practices": practices_shown(found),
            "form": form,
            "members": members,
            "graph": membership_graph(found.name, members) if members else None,
        },
    )
