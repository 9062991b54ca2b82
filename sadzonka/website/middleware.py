"""The address alone decides the language of a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
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
