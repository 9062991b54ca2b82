"""Finding a municipality, its answer page, and one analysis."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from sadzonka.common.pages import NothingHere, PageRequest
from sadzonka.places.atlas.browsing import MANY, MOST_FOUND, by_county, periods_found, real_count, regions_of
from sadzonka.places.atlas.maps import circle_map, map_by_region, populations_of
from sadzonka.places.models import Country, Period
from sadzonka.places.pages import place_or_404
from sadzonka.places.queries import periods_matching, periods_on
from sadzonka.practices.ideas.queries import interests_of
from sadzonka.practices.queries import analysable_versions, similar_slugs
from sadzonka.transfer.adoption.precedents import catalogue_for, precedents_for
from sadzonka.transfer.adoption.queries import precedents_of
from sadzonka.transfer.answer import answer_page, outlook_line
from sadzonka.transfer.assessment.queries import stored_assessments_of
from sadzonka.transfer.assessment.rules import may_see_team
from sadzonka.transfer.explanation.taken import taken_steps
from sadzonka.transfer.forms import AnswersForm
from sadzonka.transfer.queries import knowledge_of, outlook, outlooks, traces_of


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def finder(request: PageRequest) -> HttpResponse:
    words, county = request.GET.get("q", "")[:100], request.GET.get("county", "")
    code = request.GET.get("country", "PL").upper()
    everything = periods_on().filter(county__region__country=code).order_by()
    countries = list(Country.objects.all())
    country = next((one for one in countries if one.code == code), None)
    if country is not None and everything[MANY : MANY + 1].exists():
        shown = _among_many(country, words, county)
    else:
        shown = _among_few(list(everything), words, county)
    template = "transfer/_found.html" if request.htmx.target == "found" else "transfer/finder.html"
    here = {"countries": countries, "country": code, "known": country, "q": words}
    return render(request, template, here | shown)


def _among_few(periods: list[Period], words: str, county: str) -> dict[str, Any]:
    found = [period for period in periods if not county or period.county.code == county]
    if words:
        found = periods_matching(words, found)
    marked = {period.municipality_id for period in found} if words or county else ()
    return {
        "found": by_county(found),
        "found_count": len(found),
        "map": circle_map(periods, populations_of(periods), marked),
    }


def _among_many(country: Country, words: str, county: str) -> dict[str, Any]:
    """Show regions until somebody says what to look for: thousands of names help nobody."""
    parts = regions_of(country)
    found = periods_found(country.code, words, county) if words or county else []
    return {
        "found": by_county(found),
        "found_count": len(found) if words or county else real_count(parts),
        "parts": [] if words or county else parts,
        "is_cut": len(found) == MOST_FOUND,
        "map": map_by_region(country, parts),
        "referred": reverse("country_map", args=[country.code]),
    }


@require_safe
def municipality(request: HttpRequest, country: str, code: str) -> HttpResponse:
    found = place_or_404(country, code)
    if country != found.municipality.country_id:
        return redirect(found.municipality)
    traces = traces_of(found.municipality)
    knowledge = knowledge_of(found.municipality, territory=found.territory, has_answers=traces.has_answers)
    found_outlooks = outlooks(knowledge)
    versions = [one.version for one in found_outlooks]
    return render(
        request,
        "transfer/municipality.html",
        {
            "place": found,
            "municipality": found.municipality,
            "period": found.period,
            "figures": list(knowledge.figures.values()),
            "knowledge": knowledge,
            "lines": [outlook_line(one) for one in found_outlooks],
            "assessments": stored_assessments_of(found.municipality) if traces.has_assessments else [],
            "may_see_team": may_see_team(request.user, found.municipality),
            "interests": interests_of(found.municipality, versions) if traces.has_interests else [],
        },
    )


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def analysis(request: PageRequest, country: str, code: str, slug: str) -> HttpResponse:
    found = place_or_404(country, code)
    version = analysable_versions().filter(practice__slug=slug).first()
    if version is None:
        raise NothingHere(_("There is no practice at this address."), similar_slugs(slug))
    if country != found.municipality.country_id:
        address = reverse("analysis", args=[found.municipality.country_id, code, slug])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    catalogue = catalogue_for(version)
    knowledge = knowledge_of(found.municipality, territory=found.territory, indicators=catalogue)
    form = AnswersForm(version, knowledge, request.GET)
    result = outlook(version, knowledge, form.answers())
    steps, adopters = form.steps(), precedents_of(version.practice)
    template = "transfer/_answer.html" if request.htmx.target == "answer" else "transfer/analysis.html"
    return render(
        request,
        template,
        {
            "municipality": found.municipality,
            "period": found.period,
            "version": version,
            "text": version.text_in(),
            "form": form,
            "outlook": result,
            "answer": answer_page(result),
            "taken": taken_steps(result, steps) if steps else None,
            "precedents": precedents_for(
                found.municipality, found.period.kind, adopters, catalogue, knowledge.day
            ),
            "may_see_team": may_see_team(request.user, found.municipality),
        },
    )
