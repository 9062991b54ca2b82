"""The address alone decides the language of a page; one with a null byte is no address."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path


class LanguageMiddleware(LocaleMiddleware):
    """Django's own without its guess that a missing page exists under a language: only `/` asks the browser.

    The guess would answer a wrong address of the API with a page, because Wagtail's pattern fits every path.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if get_language_from_path(request.path_info) is None:
            patch_vary_headers(response, ("Accept-Language",))
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Language", get_language() or "")
        return response


def refuse_null_bytes(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer 404 to an address with a null byte: PostgreSQL cannot even look for one."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META["QUERY_STRING"]:
            raise Http404
        return get_response(request)

    return respond
