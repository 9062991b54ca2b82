"""Finding a municipality, its answer page, and one analysis."""

from __future__ import annotations

import difflib
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from sadzonka.common.pages import NothingHere, PageRequest
from sadzonka.places.maps import circle_map, populations_of
from sadzonka.places.models import Country, Municipality
from sadzonka.places.queries import Place, fold, periods_matching, periods_on, place
from sadzonka.practices.ideas.queries import interests_of
from sadzonka.practices.queries import analysable_versions, similar_slugs
from sadzonka.transfer.adoption.queries import precedents_of
from sadzonka.transfer.answer import answer_page, outlook_line
from sadzonka.transfer.assessment.queries import stored_assessments_of
from sadzonka.transfer.assessment.rules import may_see_team
from sadzonka.transfer.forms import AnswersForm
from sadzonka.transfer.queries import knowledge_of, outlook, outlooks


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def finder(request: PageRequest) -> HttpResponse:
    words, county = request.GET.get("q", "")[:100], request.GET.get("county", "")
    country = request.GET.get("country", "PL").upper()
    periods = sorted(
        periods_on().filter(county__region__country=country),
        key=lambda period: (
            period.municipality.is_invented,
            fold(period.county.region.name),
            fold(period.county.name),
            fold(period.name),
        ),
    )
    found = [period for period in periods if not county or period.county.code == county]
    if words:
        found = periods_matching(words, found)
    marked = {period.municipality_id for period in found} if words or county else ()
    template = "transfer/_found.html" if request.htmx.target == "found" else "transfer/finder.html"
    return render(
        request,
        template,
        {
            "found": [(one, list(group)) for one, group in groupby(found, key=lambda period: period.county)],
            "found_count": len(found),
            "map": circle_map(periods, populations_of(periods), marked),
            "countries": Country.objects.all(),
            "country": country,
            "q": words,
        },
    )


@require_safe
def municipality(request: HttpRequest, country: str, code: str) -> HttpResponse:
    found = _place_or_404(country, code)
    if country != found.municipality.country_id:
        return redirect(found.municipality)
    knowledge = knowledge_of(found.municipality)
    found_outlooks = outlooks(knowledge)
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
            "assessments": stored_assessments_of(found.municipality),
            "may_see_team": may_see_team(request.user, found.municipality),
            "interests": interests_of(found.municipality, [one.version for one in found_outlooks]),
        },
    )


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def analysis(request: PageRequest, country: str, code: str, slug: str) -> HttpResponse:
    found = _place_or_404(country, code)
    version = analysable_versions().filter(practice__slug=slug).first()
    if version is None:
        raise NothingHere(_("There is no practice at this address."), similar_slugs(slug))
    if country != found.municipality.country_id:
        address = reverse("analysis", args=[found.municipality.country_id, code, slug])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    knowledge = knowledge_of(found.municipality)
    form = AnswersForm(version, knowledge, request.GET)
    result = outlook(version, knowledge, form.answers())
    precedents = precedents_of(version.practice)
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
            "here": [one for one in precedents if one.municipality == found.municipality],
            "precedents": [one for one in precedents if one.municipality != found.municipality],
            "may_see_team": may_see_team(request.user, found.municipality),
        },
    )


def _place_or_404(country: str, code: str) -> Place:
    found = place(country, code)
    if found is None:
        raise NothingHere(
            _("There is no municipality with the code %(code)s in %(country)s.")
            % {"code": code[:20], "country": country[:10].upper()},
            _municipalities_with_codes_like(country, code),
        )
    return found


def _municipalities_with_codes_like(country: str, code: str) -> list[Municipality]:
    codes = Municipality.objects.filter(country=country.upper()).values_list("code", flat=True)
    near = difflib.get_close_matches(code, codes, n=3, cutoff=0.6)
    return list(
        Municipality.objects.filter(country=country.upper(), code__in=near).prefetch_related("periods")
    )
