"""The door of screenings: who comes in to read, and who to change something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere
from sadzonka.transfer.screening.queries import screening_numbered
from sadzonka.transfer.screening.rules import may_invite, may_read_screenings, may_screen

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.transfer.models import Screening

READING = {"GET", "HEAD"}


def let_in(request: HttpRequest) -> None:
    """Let in who may read screenings and, to change something, who may start them and invite."""
    is_let_in = may_read_screenings(request.user)
    if request.method not in READING:
        is_let_in = may_screen(request.user) and may_invite(request.user)
    if not is_let_in:
        raise NothingHere(_("There is no page at this address."))


def screening_or_404(request: HttpRequest, number: int) -> Screening:
    """Return a screening for those who may see it."""
    let_in(request)
    found = screening_numbered(number)
    if found is None:
        raise NothingHere(_("There is no screening at this address."))
    return found
