"""Addresses of analyses: the slug of a practice stands where other pages of a place have their words."""

from __future__ import annotations

from django.conf import settings
from django.urls import resolve, reverse
from django.utils.translation import override


def is_address_of_another_page(slug: str) -> bool:
    """Whether, in some language, an analysis with this slug could not be reached."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if resolve(reverse("analysis", args=["XX", "0", slug])).url_name != "analysis":
                return True
    return False
