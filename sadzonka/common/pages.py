"""Answers that a page gives when it has nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from collections.abc import Sequence


class PageRequest(HttpRequest):
    """A request after the middleware that knows whether htmx asked for a fragment."""

    htmx: HtmxDetails


class NothingHere(Http404):
    """A 404 that says in the page's language what was not found and what is near."""

    def __init__(self, message: str, suggestions: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.message, self.suggestions = message, suggestions
