"""What a region could use: for staff who plan what to offer there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.places.models import Region
from sadzonka.transfer.screening.door import let_in
from sadzonka.transfer.screening.queries import regions_to_screen
from sadzonka.transfer.screening.regions import region_lines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@never_cache
@login_required
def region_choice(request: HttpRequest) -> HttpResponse:
    """Let choose a region, or lead to the one that was chosen."""
    let_in(request)
    regions = regions_to_screen()
    wanted = request.GET.get("region", "")
    chosen = next((one for one in regions if f"{one.country_id}-{one.code}" == wanted), None)
    if chosen is not None:
        return redirect("region_screening", chosen.country_id, chosen.code)
    context = {"regions": regions, "is_wrong": bool(wanted)}
    return render(request, "transfer/screening/region.html", context, status=422 if wanted else 200)


@require_safe
@never_cache
@login_required
def region(request: HttpRequest, country: str, code: str) -> HttpResponse:
    """Show what each practice could be for the municipalities of a region."""
    let_in(request)
    found = Region.objects.select_related("country").filter(country=country.upper(), code=code).first()
    if found is None:
        raise NothingHere(_("There is no region at this address."))
    day = timezone.localdate()
    lines = region_lines(found, day)
    return render(
        request,
        "transfer/screening/region.html",
        {
            "region": found,
            "regions": regions_to_screen(),
            "lines": lines,
            "count": lines[0].count if lines else 0,
            "day": day,
        },
    )
