"""Who comes in at the desk's pages about recruitment."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere
from sadzonka.visits.models import Call, Visit
from sadzonka.visits.pages import at_desk
from sadzonka.visits.recruitment.queries import call_of, visit_with_call


def visit_at_desk(request: HttpRequest, slug: str) -> Visit:
    """Return the visit for who may read its desk and, to change something, for who may run it."""
    return at_desk(request, visit_with_call(slug))


def call_at_desk(request: HttpRequest, slug: str) -> Call:
    """Return the call of the visit, for who may read or run it."""
    call = call_of(visit_at_desk(request, slug))
    if call is None:
        raise NothingHere(_("This visit has no call yet."))
    return call
