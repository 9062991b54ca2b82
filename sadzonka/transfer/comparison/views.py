"""The page that compares two practices for one municipality."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sadzonka.places.pages import place_or_404
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.comparison.forms import FIRST, SECOND, PairForm
from sadzonka.transfer.comparison.pairs import pair_of
from sadzonka.transfer.comparison.ranks import rank_lines
from sadzonka.transfer.queries import knowledge_of, outlooks


@require_safe
def municipality_comparison(request: HttpRequest, country: str, code: str) -> HttpResponse:
    place = place_or_404(country, code)
    municipality = place.municipality
    if country != municipality.country_id:
        address = reverse("municipality_comparison", args=[municipality.country_id, code])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    knowledge = knowledge_of(municipality, territory=place.territory)
    found = {one.version.practice.slug: one for one in outlooks(knowledge, analysable_versions())}
    titles = {slug: str(one.version.text_in() or slug) for slug, one in found.items()}
    form = PairForm(titles, request.GET)
    pair = None
    if form.is_valid():
        pair = pair_of(found[form.cleaned_data[FIRST]], found[form.cleaned_data[SECOND]])
    return render(
        request,
        "transfer/comparison/comparison.html",
        {
            "municipality": municipality,
            "period": place.period,
            "knowledge": knowledge,
            "form": form,
            "pair": pair,
            "ranks": rank_lines(list(found.values())),
        },
    )
