"""The door of a visit's desk, the same for every part of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere
from sadzonka.visits.models import Visit
from sadzonka.visits.rules import may_read_desk, may_run_visit


def at_desk(request: HttpRequest, visit: Visit | None) -> Visit:
    """Return the visit for who may read its desk and, to change something, for who may run it."""
    may_come_in = may_read_desk if request.method in {"GET", "HEAD"} else may_run_visit
    if visit is None or not may_come_in(request.user):
        raise NothingHere(_("There is no visit at this address."))
    return visit
