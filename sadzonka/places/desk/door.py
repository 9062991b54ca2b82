"""The door of the desk: who comes in, and how much they may bring."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from sadzonka.common.pages import NothingHere
from sadzonka.places.desk.rules import may_import, may_read_statistics_desk

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

View = Callable[..., "HttpResponse"]


def let_in(request: HttpRequest) -> None:
    """Let in who may read the desk and, to change something, who may import."""
    may_come_in = may_read_statistics_desk if request.method in {"GET", "HEAD"} else may_import
    if not may_come_in(request.user):
        raise NothingHere(_("There is no page at this address."))


def whoever_asks(request: HttpRequest) -> AbstractBaseUser:
    """Return who has signed in; call it behind this door only."""
    return cast("AbstractBaseUser", request.user)


def brings_at_most(most_bytes: int, refusal: View) -> Callable[[View], View]:
    """Answer with `refusal` to a request that says it is larger, before anything of its body is read.

    Looking for the token against forged requests would read the body: that is done after the size is known.
    Who may not send anything at all is turned away first.
    """

    def weigh(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def weighed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            let_in(request)
            length = request.META.get("CONTENT_LENGTH") or ""
            if length.isdecimal() and int(length) > most_bytes:
                return refusal(request, *args, **kwargs)
            return csrf_protect(view)(request, *args, **kwargs)

        return weighed

    return weigh
