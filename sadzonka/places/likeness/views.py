"""The page of the municipalities most like one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sadzonka.places.likeness.queries import likenesses_of
from sadzonka.places.models import Country
from sadzonka.places.pages import place_or_404

EVERYWHERE = "ALL"  # longer than the code of any country


@require_safe
def likenesses(request: HttpRequest, country: str, code: str) -> HttpResponse:
    place = place_or_404(country, code)
    home = place.municipality.country
    if country != home.code:
        address = reverse("likenesses", args=[home.code, code])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
    countries = {one.code: one for one in Country.objects.all()}
    wanted = request.GET.get("among", home.code).upper()
    among = countries.get(wanted, home)
    is_everywhere = wanted == EVERYWHERE
    return render(
        request,
        "places/likenesses.html",
        {
            "place": place,
            "municipality": place.municipality,
            "period": place.period,
            "countries": countries.values(),
            "among": None if is_everywhere else among,
            "everywhere": EVERYWHERE,
            "is_abroad": not is_everywhere and among != home,
            "likenesses": likenesses_of(place.municipality, None if is_everywhere else among.code),
        },
    )
