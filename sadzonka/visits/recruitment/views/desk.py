"""Who comes in at the desk's pages about recruitment."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere
from sadzonka.visits.models import Call, Visit
from sadzonka.visits.recruitment.queries import call_of, visit_with_call
from sadzonka.visits.rules import may_read_desk, may_run_visit


def visit_at_desk(request: HttpRequest, slug: str) -> Visit:
    """Return the visit for who may read its desk and, to change something, for who may run it."""
    is_reading = request.method in {"GET", "HEAD"}
    may_come_in = may_read_desk(request.user) if is_reading else may_run_visit(request.user)
    visit = visit_with_call(slug) if may_come_in else None
    if visit is None:
        raise NothingHere(_("There is no visit at this address."))
    return visit


def call_at_desk(request: HttpRequest, slug: str) -> Call:
    """Return the call of the visit, for who may read or run it."""
    call = call_of(visit_at_desk(request, slug))
    if call is None:
        raise NothingHere(_("This visit has no call yet."))
    return call
