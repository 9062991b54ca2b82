"""Pages behind signed links."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sadzonka.outbox.links import LinkIsOver, LinkIsWrong, link_of_token
from sadzonka.outbox.models import Link

P = ParamSpec("P")
LinkView = Callable[Concatenate[HttpRequest, Link, P], HttpResponse]
TokenView = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def behind_link(purpose: Link.Purpose) -> Callable[[LinkView[P]], TokenView[P]]:
    """Hand the view the link whose token stands in the address; a wrong or ended one gets one answer, 410.

    A page behind a link is not stored by caches or search engines, and GET never changes anything: programs
    that look at the links in mails open them too.
    """

    def decorate(view: LinkView[P]) -> TokenView[P]:
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                response = view(request, link_of_token(purpose, token), *args, **kwargs)
            except (LinkIsWrong, LinkIsOver):
                response = render(request, "outbox/link_is_over.html", status=410)
            response["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return decorate
