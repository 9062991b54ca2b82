"""What every page about a place needs: the place itself, or an answer that names what is near."""

from __future__ import annotations

import difflib

from django.db.models import Q
from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere
from sadzonka.places.models import Municipality
from sadzonka.places.queries import Place, place

SUGGESTIONS, LOOKED_AT = 3, 3000


def place_or_404(country: str, code: str) -> Place:
    """Return a municipality with its history; a wrong code is answered with codes that are like it."""
    found = place(country, code)
    if found is None:
        raise NothingHere(
            _("There is no municipality with the code %(code)s in %(country)s.")
            % {"code": code[:20], "country": country[:10].upper()},
            _municipalities_with_codes_like(country.upper(), code),
        )
    return found


def _municipalities_with_codes_like(country: str, code: str) -> list[Municipality]:
    """Return those whose code begins alike, also after a leading zero that was lost, the nearest first."""
    of_country = Municipality.objects.filter(country=country)
    alike = of_country.filter(Q(code__startswith=code[:2]) | Q(code__startswith=f"0{code[:1]}"))
    codes = alike.order_by("code").values_list("code", flat=True)[:LOOKED_AT]
    near = difflib.get_close_matches(code[:20], codes, n=SUGGESTIONS, cutoff=0.6)
    return list(of_country.filter(code__in=near).prefetch_related("periods"))
